//! What only the office can fill in before the papers are sent; the overview lists it, no paper prints it.

use crate::view::framing::head;
use crate::view::source::Source;

/// The gaps, one line each, with where to fill them in.
pub(crate) fn lines(source: &Source<'_>) -> Vec<String> {
    let profile = source.data.profile;
    let head = &profile.letterhead;
    let narrative = if head::festival_only(source) {
        "festival.md"
    } else {
        "report.md"
    };
    let texts = profile.texts.get(narrative);
    let has_text = |id: &str| texts.is_some_and(|texts| texts.contains_key(id));
    let annual = narrative == "report.md";
    let gaps = [
        (source.data.results.unit.name.is_empty(), "单位名称没有写明"),
        (profile.addressee.is_none(), "主送机关没有写明"),
        (annual && head.number.is_none(), "发文字号没有写明"),
        (
            head.contact.is_none(),
            "附注（联系人、电话）没有写明（zicha.yaml 的 letterhead: contact）",
        ),
        (
            profile.sources.is_empty(),
            "本单位制度的名称没有写明，依据以来源编号印出（zicha.yaml 的 sources）",
        ),
        (
            annual && !has_text("organization"),
            "自查工作的组织领导、人员分工没有写明（templates/自查报告.md 的“自查工作组织开展情况”）",
        ),
        (
            annual && source.standing().next().is_some() && !has_text("problems"),
            "问题形成的原因没有写明（templates/自查报告.md 的“发现的主要问题及原因”）",
        ),
    ];
    let gaps = gaps.into_iter().filter(|(missing, _)| *missing);
    gaps.map(|(_, told)| format!("{told}。")).collect()
}
