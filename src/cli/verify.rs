//! `zicha verify OUT`: do the files still match the manifest.

use super::{args::VerifyArgs, exit::Exit, output};
use zicha_model::{diag::human, manifest::Manifest};
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

/// Lines that name what is not the same; more would not fit on one screen.
const NAMED: usize = 10;

/// Who handed in what, made with what, and whether it is still that: one screen.
fn tell(verified: &Verified) -> String {
    let manifest = &verified.manifest;
    let mut text = about(manifest);
    text.push_str(&group("报告文件", &verified.outputs));
    match &verified.inputs {
        Some(inputs) => text.push_str(&group("台账文件", inputs)),
        None if manifest.inputs.is_empty() => {}
        None => text.push_str(&format!(
            "台账文件：{} 个，没有核对（加 --dir 台账文件夹 一并核对）\n",
            manifest.inputs.len()
        )),
    }
    text.push_str("manifest.json 自身的校验值，可与另行留存的记录核对：\n");
    for (name, digest) in verified.digests.named() {
        text.push_str(&format!("  {name:7} {digest}\n"));
    }
    text.push_str(conclusion(verified));
    text
}

/// The unit, the check, the program and the standard. A manifest of an earlier version has less.
fn about(manifest: &Manifest) -> String {
    let mut text = String::new();
    if !manifest.unit.is_empty() {
        text.push_str(&format!("单位：{}\n", manifest.unit));
    }
    let lists: Vec<_> = manifest
        .checklists
        .iter()
        .map(|list| list.label())
        .collect();
    if !lists.is_empty() {
        text.push_str(&format!("内容：{}\n", lists.join("、")));
    }
    text.push_str(&format!(
        "检查基准日 {}，{} {} 生成{}\n",
        manifest.as_of,
        manifest.tool.name,
        manifest.tool.version,
        if manifest.redacted {
            "，已隐去人名、标题和编号"
        } else {
            ""
        }
    ));
    let packs = manifest.packs.iter();
    let packs: Vec<_> = packs
        .map(|p| format!("{} {}（{:.12}）", p.id, p.version, p.sha256))
        .collect();
    if !packs.is_empty() {
        text.push_str(&format!("检查标准：{}\n", packs.join("、")));
    }
    text
}

/// The list is handed out to be filled in, so that its change alone is no fault of the receiver's copy.
fn conclusion(verified: &Verified) -> &'static str {
    let inputs = verified.inputs.iter().flatten();
    let mut others = verified.outputs.iter().chain(inputs);
    if verified.is_intact() {
        "核对过的文件都没有改动。\n"
    } else if others
        .all(|(name, s)| *s == Standing::Same || (name == LIST && *s == Standing::Changed))
    {
        "除供人填写的整改清单以外，核对过的文件都没有改动。\n"
    } else {
        "有文件与生成时不一致，见上。\n"
    }
}

/// How many are the same, and each that is not, up to a screenful.
fn group(title: &str, files: &[(String, Standing)]) -> String {
    let same = files.iter().filter(|(_, s)| *s == Standing::Same).count();
    let mut text = format!("{title}：{same} 个一致");
    let others: Vec<_> = files.iter().filter(|(_, s)| *s != Standing::Same).collect();
    if !others.is_empty() {
        text.push_str(&format!("，{} 个不一致", others.len()));
    }
    text.push('\n');
    for (name, standing) in others.iter().take(NAMED) {
        text.push_str(&format!("  {}\n", line(name, standing)));
    }
    if others.len() > NAMED {
        text.push_str(&format!("  ……其余 {} 个不一致\n", others.len() - NAMED));
    }
    text
}

/// The workbook that people fill in.
const LIST: &str = "整改清单.xlsx";

fn line(name: &str, standing: &Standing) -> String {
    match standing {
        Standing::Same => format!("一致  {name}"),
        Standing::Changed if name == LIST => {
            format!("已改动  {name}（供人填写，填写过即为改动）")
        }
        Standing::Changed => format!("已改动  {name}"),
        Standing::Missing => format!("缺少  {name}"),
        Standing::Added => format!("多出  {name}（不是程序这次写出的）"),
        Standing::Unreadable(reason) => format!("读不出  {name}（{reason}）"),
    }
}
