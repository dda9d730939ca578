//! What is said of results that could not be used.

pub(super) const NOTHING_THERE: &str = "这里没有检查结果（results.json 或 rollup.json）。";
pub(super) const WITHOUT_RESULTS: &str = "文件夹里没有检查结果";
pub(super) const NOTHING_HINT: &str = "写出各单位报告所在的文件夹，或者它们的上一级文件夹。";
pub(super) const NOT_OURS: &str = "不是 zicha 的检查结果";
pub(super) const TOO_LARGE: &str = "文件过大，不像检查结果";
pub(super) const CHANGED: &str = "与 manifest.json 记录的校验值不一致，可能被改动过";
pub(super) const CHANGED_BESIDE: &str =
    "旁边的 results.json 与 manifest.json 记录的校验值不一致，可能被改动过";
pub(super) const NOT_LISTED: &str = "旁边的 manifest.json 没有记录这个文件";
pub(super) const BROKEN_MANIFEST: &str = "旁边的 manifest.json 读不出来，无法核对";
pub(super) const NAMELESS: &str = "没有写明单位名称，无法归到单位";

pub(super) fn of_unit(reason: &str, unit: &str) -> String {
    format!("{reason}（文件写明的单位：{unit}）")
}

pub(super) fn left_out(reason: &str) -> String {
    format!("没有计入汇总：{reason}。")
}

pub(super) fn left_out_hint(manifest: &str) -> String {
    format!("请单位重新报送整个报告文件夹，results.json 和 {manifest} 放在一起，不要改动。")
}

pub(super) fn unreadable(error: &std::io::Error) -> String {
    format!("读不出来（{error}）")
}

pub(super) fn malformed(error: &serde_json::Error) -> String {
    format!("内容不完整或者格式不对（第 {} 行）", error.line())
}
