//! Words that stand for all departments of the unit.

use crate::values::normalise;

/// Words for all of them.
const ALL: [&str; 8] = ["各", "全体", "所有", "全部", "每个", "全", "本", "整个"];
/// What the unit and its parts are called.
const PARTS: [&str; 23] = [
    "内设机构",
    "职能部门",
    "业务部门",
    "部门",
    "处室",
    "科室",
    "股室",
    "室",
    "处",
    "科",
    "股",
    "院系",
    "学院",
    "单位",
    "机构",
    "机关",
    "中心",
    "局",
    "院",
    "所",
    "校",
    "厂",
    "公司",
];
/// What may stand before: 局机关各股室, 我局各科室.
const BEFORE: [&str; 12] = [
    "我", "本", "局", "院", "所", "校", "厂", "公司", "委", "厅", "机关", "单位",
];

/// 各处室, 全体部门, 机关各部门, 全局: a blank would say the same.
pub(super) fn is_whole_unit(plain: &str) -> bool {
    let text = normalise::squeezed(&normalise::without_brackets(plain));
    let mut rest = text.as_str();
    while let Some(shorter) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        if is_all(rest) {
            return true;
        }
        rest = shorter;
    }
    is_all(rest)
}

/// A word for all, and then nothing but what the parts are called.
fn is_all(text: &str) -> bool {
    let Some(mut rest) = ALL.iter().find_map(|word| text.strip_prefix(word)) else {
        return false;
    };
    let (mut named, joined) = (false, ['、', '/', ',', '和', '及']);
    while !rest.is_empty() {
        let next = PARTS.iter().find_map(|word| rest.strip_prefix(word));
        match next.or_else(|| rest.strip_prefix(joined).filter(|_| named)) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
        named = true;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_all_departments_are_the_whole_unit() {
        let whole = [
            "各处室",
            "全体部门",
            "机关各部门",
            "各科室、中心",
            "全局",
            "本单位",
            "局机关各股室",
            "所有部门",
            "各部门（12个）",
            "全院",
            "各内设机构",
            "我局各科室",
        ];
        for text in whole {
            assert!(is_whole_unit(&normalise::plain(text)), "{text}");
        }
        for text in [
            "办公室",
            "全国人大办",
            "本部",
            "各",
            "财务处",
            "综合科",
            "局领导",
            "中心机房",
        ] {
            assert!(!is_whole_unit(&normalise::plain(text)), "{text}");
        }
    }
}
