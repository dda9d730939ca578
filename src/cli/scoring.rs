//! `zicha scoring import FILE`: a bureau's own score table becomes a file that people confirm.

use super::args::{ScoringCommand, ScoringImportArgs};
use super::{exit::Exit, output};
use crate::score_table::{self, Taken};
use zicha_model::diag::human;

/// Runs the command.
pub(super) fn run(command: &ScoringCommand) -> Exit {
    let ScoringCommand::Import(args) = command;
    let request = score_table::Request {
        file: args.file.clone(),
        out: args.out.clone(),
        dir: args.dir.clone(),
    };
    match score_table::take_in(&request) {
        Ok(taken) => {
            output::print(&tell(args, &taken));
            Exit::Clean
        }
        Err(told) => {
            output::complain(&told.iter().map(human::render).collect::<String>());
            Exit::Failed
        }
    }
}

fn tell(args: &ScoringImportArgs, taken: &Taken) -> String {
    let mut text: String = taken.told.iter().map(human::render).collect();
    let out = taken.out.display();
    text.push_str(&format!(
        "《{}》：{} 组，{} 项，{} 分；扣分 {} 处，其中 {} 处提出了检查项待确认，{} 处由现场回答。\n",
        taken.title, taken.groups, taken.items, taken.points, taken.ways, taken.proposed, taken.asked
    ));
    if taken.kept > 0 || !taken.gone.is_empty() {
        text.push_str(&format!("按项目文字保留了以前确认的 {} 处。\n", taken.kept));
    }
    if !taken.gone.is_empty() {
        text.push_str(&format!(
            "新表中已没有的项目：{}，其确认内容没有带过来。\n",
            taken.gone.join("、")
        ));
    }
    text.push_str(&format!(
        "写出  {out}\n下一步：\n  1. 对照 {} 核对 {out}，确认检查项\n  2. 在 zicha.yaml 中写 scoring: {}\n  3. zicha lint 核对合计，zicha check 评分并填写自评表\n",
        args.file.display(),
        taken.out.file_name().unwrap_or_default().to_string_lossy(),
    ));
    text
}
