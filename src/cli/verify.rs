//! `zicha verify OUT`: do the files still match the manifest.

use super::{args::VerifyArgs, exit::Exit, output};
use zicha_model::diag::human;
use zicha_model::digest::FileDigests;
use zicha_report::verify::{self, Standing, Verified};

/// Compares and tells; the exit code says whether everything is as it was.
pub(super) fn run(args: &VerifyArgs) -> Exit {
    match verify::folder(&args.out, args.dir.as_deref()) {
        Ok(verified) => {
            output::print(&tell(&verified));
            if verified.is_intact() {
                Exit::Clean
            } else {
                Exit::Findings
            }
        }
        Err(problem) => {
            output::complain(&human::render(&problem));
            Exit::Failed
        }
    }
}

fn tell(verified: &Verified) -> String {
    let manifest = &verified.manifest;
    let mut text = format!(
        "检查基准日 {}，{} {} 生成\n",
        manifest.as_of, manifest.tool.name, manifest.tool.version
    );
    text.push_str(&group("报告文件", &verified.outputs));
    match &verified.inputs {
        Some(inputs) => text.push_str(&group("台账文件", inputs)),
        None if manifest.inputs.is_empty() => {}
        None => text.push_str(&format!(
            "台账文件：{} 个，没有核对（加 --dir 台账文件夹 一并核对）\n",
            manifest.inputs.len()
        )),
    }
    text.push_str(&format!(
        "manifest.json 自身的校验值，可与另行留存的记录核对：\n{}",
        digest_lines(&verified.digests)
    ));
    text.push_str(if verified.is_intact() {
        "核对过的文件都没有改动。\n"
    } else {
        "有文件与生成时不一致，见上。\n"
    });
    text
}

/// One indented line a digest, its name padded.
fn digest_lines(digests: &FileDigests) -> String {
    let line = |(name, digits)| format!("  {name:<7} {digits}\n");
    digests.named().map(line).concat()
}

/// How many are the same, and each that is not.
fn group(title: &str, files: &[(String, Standing)]) -> String {
    let same = files.iter().filter(|(_, s)| *s == Standing::Same).count();
    let mut text = format!("{title}：{same} 个一致");
    let others: Vec<_> = files.iter().filter(|(_, s)| *s != Standing::Same).collect();
    if !others.is_empty() {
        text.push_str(&format!("，{} 个不一致", others.len()));
    }
    text.push('\n');
    for (name, standing) in others {
        text.push_str(&format!("  {}\n", line(name, standing)));
    }
    text
}

fn line(name: &str, standing: &Standing) -> String {
    match standing {
        Standing::Same => format!("一致  {name}"),
        Standing::Changed if name == "整改清单.xlsx" => {
            format!("已改动  {name}（供人填写，填写过即为改动）")
        }
        Standing::Changed => format!("已改动  {name}"),
        Standing::Missing => format!("缺少  {name}"),
        Standing::Added => format!("多出  {name}（不是程序这次写出的）"),
        Standing::Unreadable(reason) => format!("读不出  {name}（{reason}）"),
    }
}
