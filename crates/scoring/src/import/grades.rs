//! The lines about grades: `得分率90%以上为符合要求`, `450分（含）以上通过`.

use super::numbers;
use crate::standard::Grade;
use zicha_model::points::Points;

/// Words of grades; of two that end alike the longer stands first.
pub(crate) const LABELS: [&str; 22] = [
    "基本符合要求",
    "不符合要求",
    "符合要求",
    "基本符合",
    "不符合",
    "符合",
    "基本合格",
    "不合格",
    "合格",
    "基本达标",
    "不达标",
    "达标",
    "优秀",
    "良好",
    "较好",
    "一般",
    "较差",
    "不通过",
    "未通过",
    "通过",
    "差",
    "优",
];

/// The grades that texts tell, the best first; `total`: points that stand for 100 per cent where a
/// line counts points.
pub(crate) fn read<'t>(texts: impl Iterator<Item = &'t str>, total: Option<Points>) -> Vec<Grade> {
    let mut grades: Vec<Grade> = Vec::new();
    for text in texts {
        for clause in clauses(text) {
            if let Some(grade) = grade(&clause, total)
                && grades.iter().all(|known| known.label != grade.label)
            {
                grades.push(grade);
            }
        }
    }
    grades.sort_by_key(|grade| std::cmp::Reverse(grade.from));
    if grades.len() < 2 {
        return Vec::new();
    }
    if let Some(last) = grades
        .last_mut()
        .filter(|last| last.from.is_positive() && is_bad(&last.label))
    {
        last.from = Points::ZERO;
    }
    grades
}

fn is_bad(label: &str) -> bool {
    label.starts_with('不') || label.starts_with('未') || label.contains('差')
}

/// Pieces of a text with one threshold each.
fn clauses(text: &str) -> Vec<String> {
    let text = numbers::plain(text);
    let pieces = text.split(['；', ';', '。', '\n', '□', '☐']);
    pieces
        .flat_map(|piece| {
            let labelled = piece
                .split(['，', ',', '、'])
                .filter(|part| label(part).is_some());
            if labelled.count() > 1 {
                piece.split(['，', ',', '、']).map(str::to_owned).collect()
            } else {
                vec![piece.to_owned()]
            }
        })
        .collect()
}

fn label(text: &str) -> Option<&'static str> {
    let at = |label: &str| text.find(label);
    let found = LABELS
        .iter()
        .filter_map(|label| at(label).map(|from| (from, *label)));
    // The longest of those that overlap: LABELS has it first.
    let mut best: Option<(usize, &str)> = None;
    for (from, label) in found {
        let inside = best.is_some_and(|(known, longer)| {
            from >= known && from + label.len() <= known + longer.len()
        });
        if best.is_none() || !inside && best.is_none_or(|(known, _)| from > known + 60) {
            best = Some((from, label));
        }
    }
    best.map(|(_, label)| label)
}

fn grade(clause: &str, total: Option<Points>) -> Option<Grade> {
    let label = label(clause)?;
    let chars: Vec<char> = clause.chars().collect();
    let mut numbers_found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match numbers::leading(&chars[at..]).filter(|_| chars[at].is_ascii_digit()) {
            Some((number, taken)) => {
                let percent = chars.get(at + taken) == Some(&'%');
                numbers_found.push((number, percent, at, at + taken));
                at += taken;
            }
            None => at += 1,
        }
    }
    let percent = numbers_found.iter().any(|(_, percent, ..)| *percent);
    let (mut from, .., start, end) = *numbers_found.iter().min_by_key(|(number, ..)| *number)?;
    if numbers_found.len() == 1 && is_below(&chars, start, end) {
        from = Points::ZERO;
    }
    if !percent {
        let unit = chars.get(end) == Some(&'分')
            || chars[..start].ends_with(&['分'])
            || numbers_found.len() > 1;
        if !unit {
            return None;
        }
        from = from.percent_of(total?);
    }
    (from <= Points::from(100)).then(|| Grade {
        label: label.to_owned(),
        from,
    })
}

/// `80%以下`, `低于80%`, `不足80%`, `<80%`.
fn is_below(chars: &[char], start: usize, end: usize) -> bool {
    let before: String = chars[start.saturating_sub(4)..start].iter().collect();
    let after: String = chars[end..].iter().take(8).collect();
    let below = (before.contains("低于") && !before.contains("不低于"))
        || before.contains("不足")
        || before.contains("小于") && !before.contains("不小于")
        || before.contains("未达")
        || before.ends_with('<')
        || before.ends_with('＜');
    below || after.contains("以下")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, total: u32) -> Vec<String> {
        let grades = read([text].into_iter(), Some(Points::from(total)));
        grades
            .iter()
            .map(|grade| format!("{} {}", grade.label, grade.from))
            .collect()
    }

    #[test]
    fn lines_about_grades_are_read_in_the_spellings_of_forms() {
        let three = ["符合要求 90", "基本符合要求 80", "不符合要求 0"];
        for text in [
            "得分率90%以上为符合要求，80%—89%为基本符合要求，80%以下为不符合要求。",
            "考评结果：≥90%符合要求；80%至89%基本符合要求；低于80%不符合要求",
            "□符合要求（90%以上）\n□基本符合要求（80%-89%）\n□不符合要求（不足80%）",
            "达到９０％的，评为符合要求；达到80%不足90%的，评为基本符合要求；不足80%的，评为不符合要求",
        ] {
            assert_eq!(shown(text, 100), three, "{text}");
        }
        assert_eq!(
            shown("总分450分（含）以上为通过；450分以下为不通过。", 500),
            ["通过 90", "不通过 0"]
        );
    }

    #[test]
    fn a_sentence_without_thresholds_is_no_grade() {
        assert!(shown("考评结果分为符合要求、基本符合要求、不符合要求三类", 100).is_empty());
    }
}
