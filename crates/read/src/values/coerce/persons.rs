//! Lists of names as clerks part them.

use crate::values::coerce::reading::{Note, Reading, Value};
use crate::values::normalise;
use crate::values::words;

/// Words that stand for names without naming anyone.
const EVERYBODY: [&str; 6] = ["全体", "全员", "全部", "所有", "各处室", "各部门"];

/// True for the marks that part the items of a list.
pub(super) fn is_separator(c: char) -> bool {
    matches!(
        c,
        '、' | ',' | '，' | ';' | '；' | '/' | '\\' | '|' | '\n' | '\r'
    )
}

/// Names, in the order written, each once. Blanks part names only where every part is one: the
/// blank within 张 三 does not. A list that ends in 等 or says 全体人员 does not say who was there.
pub(super) fn read(text: &str) -> Reading {
    let folded: String = text.chars().map(normalise::fold).collect();
    let folded = without_numbers(&unwrapped(&folded).replace(')', ")、"));
    let mut names: Vec<String> = Vec::new();
    let parts = folded.split(|c| is_separator(c) || matches!(c, '。' | '&' | '+'));
    for part in parts.map(without_label) {
        for name in by_blanks(part).iter().flat_map(|part| by_and(part)) {
            let name = normalise::text(name);
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let everybody = matches!(names.as_slice(), [one] if is_everybody(one));
    if everybody || names.iter().any(|name| is_organised(name)) {
        return Reading {
            note: Some(Note::NotNamed),
            ..Reading::of(Value::NotNamed)
        };
    }
    if names.iter().any(|name| is_vague(name)) {
        return Reading::of(Value::Unreadable(words::EVERY_NAME.to_owned()));
    }
    Reading::of(match names.as_slice() {
        [] => Value::Empty,
        [one] if normalise::says_nothing(one) => Value::Empty,
        _ => Value::Texts(names),
    })
}

/// `〔张三、李四〕` without its brackets, where they stand around the whole list.
fn unwrapped(text: &str) -> &str {
    const PAIRS: [(char, char); 10] = [
        ('(', ')'),
        ('[', ']'),
        ('【', '】'),
        ('〔', '〕'),
        ('〈', '〉'),
        ('<', '>'),
        ('{', '}'),
        ('「', '」'),
        ('“', '”'),
        ('"', '"'),
    ];
    let text = text.trim().trim_end_matches('。').trim_end();
    let inner = PAIRS.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    });
    inner.unwrap_or(text)
}

/// `组长:张三` without the word for what the person does.
fn without_label(part: &str) -> &str {
    const LONGEST: usize = 6;
    match part.split_once(':') {
        Some((label, name))
            if label.trim().chars().count() <= LONGEST && !name.trim().is_empty() =>
        {
            name
        }
        _ => part,
    }
}

/// 各股室自行组织: who was there is not meant to be told.
fn is_organised(text: &str) -> bool {
    text.starts_with('各') && (text.contains("组织") || text.contains("自行"))
}

/// 全体涉密人员, 全体干部职工: a word for all of them, without anybody left out.
fn is_everybody(text: &str) -> bool {
    const OF: [&str; 12] = [
        "涉密人员",
        "干部职工",
        "工作人员",
        "职工",
        "员工",
        "人员",
        "干部",
        "教职工",
        "师生",
        "党员",
        "同志",
        "在岗",
    ];
    let all = EVERYBODY.iter().filter(|word| !word.starts_with('各'));
    let mut rests = all.filter_map(|word| text.strip_prefix(*word));
    let mut said = rests.next();
    while let Some(rest) = said.filter(|rest| !rest.is_empty()) {
        said = OF.iter().find_map(|word| rest.strip_prefix(*word));
    }
    said.is_some_and(|rest| rest.is_empty())
}

/// 李四等, 张三等3人, 全体人员.
fn is_vague(name: &str) -> bool {
    let counted = name.trim_end_matches(['人', '名', '位', '同', '志']);
    let counted = counted.trim_end_matches(|c: char| c.is_ascii_digit());
    let others = counted
        .strip_suffix('等')
        .is_some_and(|rest| rest.chars().count() >= 2);
    others || EVERYBODY.iter().any(|word| name.starts_with(word))
}

/// `1.张三 2.李四` and `①张三②李四` without their numbers.
fn without_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let digits = chars[at..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let fresh = at == 0 || !chars[at - 1].is_ascii_alphanumeric();
        let marked = matches!(chars.get(at + digits), Some('.' | '、' | ')'));
        let name = chars
            .get(at + digits + 1)
            .is_some_and(|&c| normalise::is_cjk(c));
        if (1..=3).contains(&digits) && fresh && marked && name {
            out.push('、');
            at += digits + 1;
        } else if ('①'..='⑳').contains(&chars[at]) {
            out.push('、');
            at += 1;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Parts 张三和李四: only where no name could be as long, since names may contain 和 themselves.
fn by_and(part: &str) -> Vec<&str> {
    let letter = |c: char| normalise::is_cjk(c) || c == '·';
    if part.chars().count() < 5 || !part.chars().all(letter) {
        return vec![part];
    }
    let halves = ['和', '及', '与']
        .iter()
        .find_map(|&mark| part.split_once(mark));
    // 阿依古丽·买买提 is as long as it is.
    let name = |half: &str| {
        let parts: Vec<&str> = half.split('·').collect();
        let all = parts.iter().all(|part| !part.is_empty());
        parts.len() > 1 && all || (2..=4).contains(&half.chars().count())
    };
    match halves {
        Some((first, second)) if name(first) && name(second) => vec![first, second],
        _ => vec![part],
    }
}

/// Parts at blanks if that leaves names of two characters and more, else keeps the whole.
fn by_blanks(part: &str) -> Vec<String> {
    let pieces: Vec<&str> = part.split_whitespace().flat_map(name_and_number).collect();
    let cjk = |piece: &&str| piece.chars().all(normalise::is_cjk);
    if pieces.len() < 2 {
        return vec![part.to_owned()];
    }
    let (numbers, names): (Vec<&str>, Vec<&str>) = pieces.iter().partition(|p| is_staff_number(p));
    if names.iter().all(cjk) && numbers.is_empty() {
        return join_and(&pieces);
    }
    // 张 三 P004: what is spread out is joined before the number is taken for another person.
    if names.iter().all(cjk) {
        let mut all = join_and(&names);
        all.extend(numbers.into_iter().map(str::to_owned));
        return all;
    }
    vec![part.to_owned()]
}

/// `张三P004` as a name and a number; whether both are one person the register tells.
fn name_and_number(piece: &str) -> Vec<&str> {
    let start = piece.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(0);
    let (name, number) = piece.split_at(start);
    match normalise::is_short_name(name) && is_staff_number(number) && number.len() > 1 {
        true => vec![name, number],
        false => vec![piece],
    }
}

/// As [`join_single`], 和 and its like between blanks being no part of a name.
fn join_and(pieces: &[&str]) -> Vec<String> {
    let groups = pieces.split(|piece| matches!(*piece, "和" | "与" | "及"));
    groups.flat_map(join_single).collect()
}

/// `P001`: letters and digits without blank.
fn is_staff_number(piece: &str) -> bool {
    let mut bytes = piece.bytes();
    bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && piece.bytes().any(|b| b.is_ascii_digit())
}

/// Joins neighbouring single characters: `张 三 李四` is two names, of which one was spread out;
/// a single character that is left over ends the name before it, as in `欧阳 锋`.
fn join_single(pieces: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let single = |at: usize| pieces.get(at).is_some_and(|p| p.chars().count() == 1);
        match names.last_mut() {
            _ if single(at) && single(at + 1) => {
                names.push(format!("{}{}", pieces[at], pieces[at + 1]));
                at += 2;
                continue;
            }
            Some(last) if single(at) => last.push_str(pieces[at]),
            _ => names.push(pieces[at].to_owned()),
        }
        at += 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_however_the_clerk_does() {
        let cases = [
            ("张三和李四", "张三、李四"),
            ("欧阳和平", "欧阳和平"),
            ("尉迟和静", "尉迟和静"),
            ("阿依古丽·买买提", "阿依古丽·买买提"),
            ("买买提·吐尔逊和李四", "买买提·吐尔逊、李四"),
            ("张三(办公室)李四(人事处)", "张三(办公室)、李四(人事处)"),
            ("1.张三 2.李四", "张三、李四"),
            ("1、张三2、李四", "张三、李四"),
            ("①张三②李四", "张三、李四"),
            ("欧阳 锋", "欧阳锋"),
            ("张 三 李 四", "张三、李四"),
            ("Z1、Z2", "Z1、Z2"),
            ("张三\\李四", "张三、李四"),
            ("张三、李四。", "张三、李四"),
            ("P001 P004", "P001、P004"),
            ("P001\tP004", "P001、P004"),
            ("张三 P004", "张三、P004"),
            ("张 三 P004", "张三、P004"),
            ("张三P001、李四P004", "张三、P001、李四、P004"),
            ("〔张三、李四〕", "张三、李四"),
            ("（张三、李四）。", "张三、李四"),
            ("“张三、李四”", "张三、李四"),
            ("组长：张三；成员：李四、王五", "张三、李四、王五"),
            ("张三 和 李四", "张三、李四"),
            ("张三+李四", "张三、李四"),
            ("张三＆李四", "张三、李四"),
            ("(张三)李四", "(张三)、李四"),
            ("张三(办公室)", "张三(办公室)"),
        ];
        for (text, names) in cases {
            let wanted = names.split('、').map(str::to_owned).collect();
            assert_eq!(read(text).value, Value::Texts(wanted), "{text}");
        }
    }

    #[test]
    fn everybody_is_a_word_and_no_mistake() {
        for text in [
            "全体涉密人员",
            "全体干部职工",
            "全体人员",
            "全员",
            "所有在岗人员",
        ] {
            assert_eq!(read(text).value, Value::NotNamed, "{text}");
        }
    }

    #[test]
    fn lists_that_do_not_say_who_are_not_readable() {
        for text in [
            "张三、李四等",
            "张三等3人",
            "全体干部职工(张三请假)",
            "张三、全体涉密人员",
        ] {
            let value = read(text).value;
            assert!(matches!(value, Value::Unreadable(_)), "{text}: {value:?}");
        }
    }
}
