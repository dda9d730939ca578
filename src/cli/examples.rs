//! The examples that stand first in the help of each command; a test runs them all.

/// Examples of a command by its name, a heading and a blank line around them; empty without any.
pub(super) fn of(command: &str) -> String {
    let examples: &[(&str, &str)] = match command {
        "zicha" => &[
            ("zicha 台账文件夹", "年度自查，写出全部报告"),
            (
                "zicha check 台账文件夹 --checklist 节前",
                "节前检查，自动取下一个节日",
            ),
            ("zicha ledgers 台账文件夹", "查看每张表是怎样识别的"),
            ("zicha init 新文件夹", "建一个新的台账文件夹"),
        ],
        "check" => &[
            ("zicha check 台账文件夹", "年度自查，基准日为今天"),
            (
                "zicha check 台账文件夹 --checklist 节前 --festival 国庆",
                "国庆节前检查",
            ),
            (
                "zicha check 台账文件夹 --checklist 全部 --as-of 2026.9.24",
                "两张清单，基准日为9月24日",
            ),
            (
                "zicha check 台账文件夹 --format html,json",
                "只写网页和数据",
            ),
        ],
        "init" => &[
            ("zicha init 新文件夹", "常用台账"),
            ("zicha init 新文件夹 --all", "全部台账"),
            (
                "zicha init 台账文件夹 --levels",
                "每个部门、每个人一份自查表",
            ),
            ("zicha init 台账文件夹 --kit", "现场检查单和抽查表"),
        ],
        "scoring" | "import" => &[(
            "zicha scoring import 评分表.docx",
            "读入上级的评分表，旁边写出 评分标准.yaml",
        )],
        "ledgers" => &[
            ("zicha ledgers 台账文件夹", "逐张表说明"),
            ("zicha ledgers 台账文件夹 --json", "供其他程序使用"),
        ],
        "guide" => &[
            ("zicha guide", "写出《自查指南》"),
            ("zicha guide --trace", "写出条款与检查项的对照"),
        ],
        "explain" => &[(
            "zicha explain DOC-024",
            "一个检查项的依据、规则、参数、例子",
        )],
        "lint" => &[("zicha lint 台账文件夹", "查找设置中的错误，不做检查")],
        "rollup" => &[(
            "zicha rollup 各单位 --out 汇总",
            "把各单位的结果汇总成一份报告",
        )],
        "verify" => &[
            (
                "zicha verify 台账文件夹/out/2026-annual",
                "报告是否与生成时一致",
            ),
            (
                "zicha verify 台账文件夹/out/2026-annual --dir 台账文件夹",
                "连同台账一并核对",
            ),
        ],
        "completions" => &[("zicha completions bash", "输出 bash 的补全脚本")],
        _ => &[],
    };
    if examples.is_empty() {
        return String::new();
    }
    let lines = examples
        .iter()
        .map(|(line, what)| format!("  {line}\n      {what}\n"));
    format!("示例：\n{}\n", lines.collect::<String>())
}
