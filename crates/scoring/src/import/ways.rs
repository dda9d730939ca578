//! The words of a form about losing points → ways and what each costs.
//!
//! `未提出要求的扣1分，未听取汇报的扣0.5至1分，扣完为止` is two ways. What mentions losing points and could
//! not be turned into a cost is handed back as text: nothing is dropped.

use super::numbers;
use crate::standard::{Cost, Way};
use zicha_model::points::Points;

/// What a text about losing points amounts to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Read {
    /// The ways.
    pub(crate) ways: Vec<Way>,
    /// What was not understood.
    pub(crate) unread: Vec<String>,
    /// A case decides the whole result.
    pub(crate) veto: bool,
}

/// Units in which cases are counted.
const COUNTED: &str = "项次人台处份件起例个条部名类种套本张点户家宗期篇道款科门批";
/// Words of all points of an item.
const WHOLE: [&str; 12] = [
    "不得分",
    "不给分",
    "不计分",
    "得0分",
    "记0分",
    "计0分",
    "得零分",
    "扣全分",
    "全扣",
    "扣除全部",
    "扣全部",
    "扣完该项",
];
/// Words of a cap at the item's points, which holds anyway.
const CAPPED: [&str; 9] = [
    "扣完为止",
    "扣完本项",
    "扣完该项分",
    "扣至0分",
    "扣到0分",
    "扣至零分",
    "直至扣完",
    "扣完此项",
    "扣光为止",
];
/// Words by which a case decides alone.
const VETO: [&str; 9] = [
    "一票否决",
    "否决",
    "即为不符合要求",
    "直接评为",
    "直接判定",
    "直接评定",
    "直接确定为",
    "结果为不符合要求",
    "终止审查",
];

/// Reads the words; `points`: of the item, where it has some.
pub(crate) fn read(text: &str, points: Option<Points>) -> Read {
    let chars: Vec<char> = numbers::plain(text).chars().collect();
    let mut read = Read {
        veto: VETO.iter().any(|word| contains(&chars, word)),
        ..Read::default()
    };
    let mut from = 0;
    let mut at = 0;
    while at < chars.len() {
        match event(&chars, at) {
            Some((Event::Cost(cost), after)) => {
                let segment = &chars[from..at];
                push(&mut read, segment, &chars[from..after], cost, points);
                at = after;
                from = after;
            }
            Some((Event::Cap(cap), after)) => {
                if let Some(last) = read.ways.last_mut() {
                    last.cost.cap = Some(cap);
                }
                at = after;
                from = after;
            }
            Some((Event::AtMostAll, after)) => {
                at = after;
                from = after;
            }
            None => at += 1,
        }
    }
    leftover(&mut read, &chars[from..]);
    read
}

enum Event {
    Cost(Cost),
    Cap(Points),
    AtMostAll,
}

/// What stands at a place, and where it ends.
fn event(chars: &[char], at: usize) -> Option<(Event, usize)> {
    let rest = &chars[at..];
    let word = |words: &[&str]| {
        words
            .iter()
            .find(|word| starts(rest, word))
            .map(|word| word.chars().count())
    };
    if let Some(length) = word(&CAPPED) {
        let more = rest[length..]
            .iter()
            .take_while(|c| "分值为止项的".contains(**c))
            .count();
        return Some((Event::AtMostAll, at + length + more));
    }
    if let Some(length) = word(&[
        "最多扣",
        "至多扣",
        "累计扣分不超过",
        "累计不超过",
        "最高扣",
        "扣分不超过",
        "不超过",
    ]) {
        let skip = filler(&rest[length..]);
        let (number, taken) = numbers::leading(&rest[length + skip..])?;
        let after = at + length + skip + taken;
        return (chars.get(after) == Some(&'分')).then_some((Event::Cap(number), after + 1));
    }
    if let Some(length) = word(&WHOLE) {
        let cost = Cost {
            whole: true,
            ..Cost::default()
        };
        let more = rest[length..]
            .iter()
            .take_while(|c| "分值".contains(**c))
            .count();
        return Some((Event::Cost(cost), at + length + more));
    }
    let verb = verb(chars, at)?;
    let start = at + verb + filler(&chars[at + verb..]);
    let (least, taken) = numbers::leading(&chars[start..])?;
    let mut end = start + taken;
    let mut most = least;
    if let Some((upper, after)) = upper(chars, end) {
        most = upper;
        end = after;
    }
    let has_unit = chars.get(end) == Some(&'分');
    // `扣1人` is a count of something else.
    if !has_unit && verb_needs_unit(chars, at) {
        return None;
    }
    // `80%—89%` is a range, `-1；` is a deduction.
    let ends = chars
        .get(end)
        .is_none_or(|c| "，,；;。、)）\n".contains(*c));
    if !has_unit && !ends {
        return None;
    }
    end += usize::from(has_unit);
    let mut cost = Cost {
        least: least.min(most),
        most: most.max(least),
        ..Cost::default()
    };
    if chars.get(end) == Some(&'/')
        && let Some(unit) = chars.get(end + 1).filter(|c| COUNTED.contains(**c))
    {
        cost.per = unit.to_string();
        end += 2;
    }
    Some((Event::Cost(cost), end))
}

/// Length of the word for taking points away.
fn verb(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1);
    match chars[at] {
        '扣' => Some(1),
        '减' if next.is_some_and(|c| c.is_ascii_digit() || *c == '分' || *c == '扣') => Some(1),
        // `未提要求 -1` of tables that save the word.
        '-' | '—' | '－' | '–' => {
            let before = at.checked_sub(1).map(|before| chars[before]);
            let range = before.is_some_and(|c| c.is_ascii_digit() || c == '分' || c == '.');
            let number = next.is_some_and(char::is_ascii_digit);
            (number && !range).then_some(1)
        }
        _ => None,
    }
}

fn verb_needs_unit(chars: &[char], at: usize) -> bool {
    chars[at] == '扣' || chars[at] == '减'
}

/// Words between the verb and the number.
fn filler(chars: &[char]) -> usize {
    chars
        .iter()
        .take(6)
        .take_while(|c| "除减掉去分值：:约计其该本项".contains(**c))
        .count()
}

/// The upper end of a range.
fn upper(chars: &[char], end: usize) -> Option<(Points, usize)> {
    let mut at = end;
    at += usize::from(chars.get(at) == Some(&'分'));
    let sign = chars.get(at).filter(|c| "至到-－—–~～〜或".contains(**c))?;
    at += 1;
    at += usize::from(*sign == '—' && chars.get(at) == Some(&'—'));
    let (number, taken) = numbers::leading(&chars[at..])?;
    let after = at + taken;
    (chars.get(after) == Some(&'分')).then_some((number, after))
}

fn push(read: &mut Read, before: &[char], whole: &[char], mut cost: Cost, points: Option<Points>) {
    if cost.per.is_empty() {
        cost.per = per(before);
    }
    if cost.whole {
        cost.least = points.unwrap_or_default();
        cost.most = cost.least;
    }
    let text: String = whole.iter().collect();
    let text = tidy(&text);
    if text.contains("酌情") && cost.least == cost.most && !cost.whole {
        read.unread.push(text.clone());
    }
    read.ways.push(Way {
        text,
        cost,
        ..Way::default()
    });
}

/// The unit in which cases are counted; empty where the points are lost once.
fn per(before: &[char]) -> String {
    let text: String = before.iter().collect();
    let sentence = text
        .rsplit(['。', '；', ';', '\n'])
        .next()
        .unwrap_or_default();
    if ["各扣", "分别扣", "均扣"]
        .iter()
        .any(|word| format!("{sentence}扣").contains(word))
    {
        return "项".to_owned();
    }
    let chars: Vec<char> = sentence.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        if *c == '每'
            && let Some(unit) = each(&chars[at + 1..])
        {
            return unit.to_string();
        }
        if matches!(c, '一' | '1')
            && let Some(unit) = one(&chars, at)
        {
            return unit.to_string();
        }
    }
    String::new()
}

/// `每发现1起`, `每缺一项`, `每人`; not `每年`, `每季度`, `每半年`.
fn each(after: &[char]) -> Option<char> {
    let near = after
        .iter()
        .take(6)
        .take_while(|c| !"，,、年月季周日天半".contains(**c));
    near.copied().find(|c| COUNTED.contains(*c))
}

/// `发现1起`, `缺一项`, `1项未落实`; not `一年一次`, `至少一次`.
fn one(chars: &[char], at: usize) -> Option<char> {
    let unit = chars
        .get(at + 1)
        .copied()
        .filter(|c| COUNTED.contains(*c))?;
    let before: String = chars[at.saturating_sub(2)..at].iter().collect();
    let counts = [
        "发现", "有", "缺", "少", "漏", "出现", "发生", "查出", "存在", "，",
    ];
    let begins = at == 0
        || matches!(
            chars[at - 1],
            '，' | ',' | '、' | '：' | ')' | '）' | '.' | '；'
        );
    let floor = before.ends_with("至少");
    (begins || !floor && counts.iter().any(|word| before.ends_with(word))).then_some(unit)
}

/// What is left behind the last way.
fn leftover(read: &mut Read, rest: &[char]) {
    let text = tidy(&rest.iter().collect::<String>());
    let tells = ["扣", "减分", "酌情"]
        .iter()
        .any(|word| text.contains(word));
    if tells || (read.ways.is_empty() && !text.is_empty() && !read.veto) {
        read.unread.push(text);
    }
}

/// Without numbering and punctuation around it.
fn tidy(text: &str) -> String {
    let text = text.replace('\n', "");
    let text = text.trim_matches(|c: char| "，,；;。、：: ".contains(c));
    let bare = text.trim_start_matches(|c: char| "（(①②③④⑤⑥⑦⑧⑨⑩".contains(c) || c.is_ascii_digit());
    let bare = match bare.strip_prefix(['）', ')', '.', '．', '、']) {
        Some(bare) => bare,
        None if text.starts_with(|c: char| "①②③④⑤⑥⑦⑧⑨⑩".contains(c)) => bare,
        None => text,
    };
    bare.trim_matches(|c: char| "，,；;。、：: ".contains(c))
        .to_owned()
}

fn starts(chars: &[char], word: &str) -> bool {
    let mut word = word.chars();
    let mut chars = chars.iter();
    word.all(|c| chars.next() == Some(&c))
}

fn contains(chars: &[char], word: &str) -> bool {
    (0..chars.len()).any(|at| starts(&chars[at..], word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(text: &str) -> Vec<String> {
        let read = read(text, Some(Points::from(4)));
        read.ways
            .iter()
            .map(|way| format!("{}|{}|{}", way.text, way.cost.words(), way.cost.per))
            .collect()
    }

    #[test]
    fn one_sentence_may_hold_several_ways() {
        assert_eq!(
            costs(
                "未提出要求的扣1分，未听取汇报的扣0.5至1分；未列入年度考核的，扣 1 分。扣完为止。"
            ),
            [
                "未提出要求的扣1分|1|",
                "未听取汇报的扣0.5至1分|0.5-1|",
                "未列入年度考核的，扣1分|1|"
            ]
        );
    }

    #[test]
    fn cases_are_counted_where_the_form_says_each_and_not_where_it_says_each_year() {
        for (text, per) in [
            ("每发现1起扣4分", "起"),
            ("发现一台扣2分", "台"),
            ("每缺一项，扣0.5分", "项"),
            ("缺1人扣0.5分，最多扣2分", "人"),
            ("未签订的扣0.5分/人", "人"),
            ("1项未落实扣1分", "项"),
            ("对三项要求未落实的各扣1分", "项"),
            ("每年未开展一次检查的扣1分", ""),
            ("至少一次检查，未开展的扣2分", ""),
            ("每季度未检查的扣1分", ""),
        ] {
            let read = read(text, None);
            assert_eq!(read.ways[0].cost.per, per, "{text}");
        }
    }

    #[test]
    fn ranges_caps_and_other_spellings_of_taking_away() {
        for (text, words) in [
            ("酌情扣0.5～1分", "0.5-1"),
            ("扣１—２分", "1-2"),
            ("扣减2分", "2"),
            ("扣除0.5分", "0.5"),
            ("扣分：3分", "3"),
            ("没有制度不得分", "全部"),
            ("未提要求 -1；", "1"),
            ("扣半分", "0.5"),
            ("扣一分", "1"),
            ("扣0.5分至1分", "0.5-1"),
        ] {
            let read = read(text, Some(Points::from(4)));
            assert_eq!(read.ways.len(), 1, "{text}: {read:?}");
            assert_eq!(read.ways[0].cost.words(), words, "{text}");
            assert!(read.unread.is_empty(), "{text}: {read:?}");
        }
        let capped = read("每处扣0.5分，最多扣2分", None);
        assert_eq!(capped.ways[0].cost.cap, Some(Points::from(2)));
        assert_eq!(capped.ways.len(), 1);
    }

    #[test]
    fn what_is_not_understood_stays_as_text() {
        let told = read("视情节酌情扣分", Some(Points::from(2)));
        assert!(told.ways.is_empty());
        assert_eq!(told.unread, ["视情节酌情扣分"]);
        let veto = read("有此情形的，一票否决，考评结果为不符合要求", None);
        assert!(veto.veto && veto.ways.is_empty() && veto.unread.is_empty());
    }
}
