//! `zicha init DIR`: a new workspace to be filled in.

use super::{args::InitArgs, exit::Exit, output};
use crate::init::{self, Created, Request};
use zicha_model::diag::human;

/// Writes the files and says what to do next.
pub(super) fn run(args: &InitArgs) -> Exit {
    let request = Request {
        dir: args.dir.clone(),
        all: args.all,
        beside: args.beside,
        kit: args.kit,
        levels: args.levels,
    };
    match init::run(&request) {
        Ok(created) => {
            output::print(&tell(args, &created));
            Exit::Clean
        }
        Err(problems) => {
            output::complain(&problems.iter().map(human::render).collect::<String>());
            output::complain("没有写出文件。\n");
            Exit::Failed
        }
    }
}

fn tell(args: &InitArgs, created: &Created) -> String {
    let mut text = String::new();
    for path in &created.written {
        text.push_str(&format!("写出  {path}\n"));
    }
    for path in &created.kept {
        text.push_str(&format!("保留  {path}（已有，没有改动）\n"));
    }
    for ledger in &created.held {
        text.push_str(&format!("略过  {ledger}（文件夹里已有这本台账）\n"));
    }
    if !created.left_out.is_empty() {
        text.push_str(&format!(
            "没有写出的台账 {} 本（加 --all 一并写出）：{}\n",
            created.left_out.len(),
            created.left_out.join("、")
        ));
    }
    if args.beside {
        text.push_str(&format!(
            "\n下一步：\n  1. 填写“{}”文件夹里的表，编号和姓名已经填好的不要改\n  2. zicha check {}\n",
            init::BESIDE,
            args.dir.display()
        ));
        return text;
    }
    if args.levels {
        text.push_str(&format!(
            "部门和个人自查表 {} 份，分发填写后放回本文件夹的任何位置。\n",
            created.sheets
        ));
    }
    text.push_str(&format!(
        "\n现场检查答复表共 {} 行。下一步：\n  1. 在 zicha.yaml 里写上单位名称和性质\n  2. 填写“台账”文件夹里的各本台账，没有此类事项的写进 zicha.yaml 的 not_kept\n  3. zicha check {}\n",
        created.questions,
        args.dir.display()
    ));
    text
}
