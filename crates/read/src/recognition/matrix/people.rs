//! Who is named in a cell of a roster: several people, telephones, posts, ranks.

use crate::formats::grid::CellKind;
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Value};
use crate::values::normalise;
use zicha_model::schema::FieldSchema;

/// How posts end that stand behind a name: 李建国/站长.
const POSTS: [&str; 14] = [
    "长", "主任", "书记", "经理", "司机", "干部", "民警", "辅警", "员", "主管", "助理", "班", "师",
    "领导",
];
/// Labels within a cell: 带班：李建国 值班：张伟.
const LABELS: [&str; 14] = [
    "带班领导",
    "值班领导",
    "值班人员",
    "值班员",
    "值班人",
    "值班干部",
    "值班司机",
    "带班",
    "值班",
    "领导",
    "司机",
    "主班",
    "副班",
    "备班",
];
/// Marks of somebody who is not on duty.
const OFF: [&str; 18] = [
    "休", "休息", "轮休", "公休", "假", "请假", "休假", "年假", "病假", "事假", "补休", "调休",
    "出差", "×", "x", "空", "放假", "外出",
];
/// Marks of somebody who is.
const ON: [&str; 20] = [
    "√", "✓", "✔", "●", "○", "◎", "★", "☆", "▲", "△", "■", "□", "◆", "值", "班", "值班", "带班",
    "1", "v", "是",
];

/// Reads people with the words of the ledgers.
#[derive(Clone, Copy)]
pub(super) struct People<'a> {
    pub(super) coercer: &'a Coercer<'a>,
    /// A field of lists of persons.
    pub(super) list: &'a FieldSchema,
}

impl People<'_> {
    /// The names in a cell; none if nobody is named. Leaders named beside others are left out.
    pub(super) fn of(self, text: &str) -> Vec<String> {
        let text = by_labels(text);
        let text = without_telephones(&text);
        let lines = text.lines().flat_map(|line| self.line(line));
        let mut names: Vec<String> = Vec::new();
        for name in lines {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn line(self, line: &str) -> Vec<String> {
        let line = without_posts(line);
        let plain = normalise::squeezed(&line);
        if plain.is_empty() || normalise::says_nothing(&plain) || is_off(&plain) {
            return Vec::new();
        }
        let days = Reckoning::default();
        match self
            .coercer
            .read(self.list, &line, CellKind::Text, days)
            .value
        {
            Value::Texts(names) => names,
            Value::Empty => Vec::new(),
            // Who is meant nobody can tell; the cell is told as it stands.
            _ => vec![normalise::text(&line)],
        }
    }
}

/// True if a cell says that somebody is off duty.
pub(super) fn is_off(text: &str) -> bool {
    let text = normalise::squeezed(text);
    normalise::says_nothing(&text) || OFF.contains(&text.as_str())
}

/// True if a cell is a mark for duty.
pub(super) fn is_on(text: &str) -> bool {
    ON.contains(&normalise::squeezed(text).as_str())
}

/// `带班：李建国 值班：张伟、刘洋` → `张伟、刘洋`: who leads counts only where nobody else is named.
fn by_labels(text: &str) -> String {
    let folded: String = text.chars().map(normalise::fold).collect();
    if !folded.contains(':') {
        return folded;
    }
    let mut marked = folded.clone();
    for label in LABELS {
        marked = marked.replace(&format!("{label}:"), &format!("\n{label}\u{1}"));
    }
    let parts = marked.split('\n').filter(|part| !part.trim().is_empty());
    let leads = |part: &&str| part.starts_with(['带', '领']) || part.starts_with("值班领导");
    let (leaders, others): (Vec<&str>, Vec<&str>) = parts.partition(leads);
    let chosen = if others.is_empty() { leaders } else { others };
    let name = |part: &str| {
        part.split_once('\u{1}')
            .map_or_else(|| part.to_owned(), |(_, name)| name.to_owned())
    };
    chosen.into_iter().map(name).collect::<Vec<_>>().join("\n")
}

/// A telephone parts names: 张三13900000000李四.
fn without_telephones(text: &str) -> String {
    const SHORTEST: usize = 4;
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        let joins = !digits.is_empty() && matches!(c, '-' | '+');
        if c.is_ascii_digit() || joins {
            digits.push(c);
            continue;
        }
        let count = digits.chars().filter(char::is_ascii_digit).count();
        out.push_str(if count >= SHORTEST { "、" } else { &digits });
        digits.clear();
        out.push(c);
    }
    let words = [
        "联系电话",
        "值班电话",
        "手机号",
        "电话",
        "手机",
        "短号",
        "座机",
    ];
    for word in words {
        out = out.replace(&format!("{word}:"), "、").replace(word, "、");
    }
    out.replace("(、)", "、")
        .replace("()", "")
        .replace("( )", "")
}

/// The telephones in a cell.
pub(super) fn telephones(text: &str) -> String {
    const SHORTEST: usize = 4;
    let folded: String = text.chars().map(normalise::fold).collect();
    let parts = folded.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    let long = |part: &&str| part.chars().filter(char::is_ascii_digit).count() >= SHORTEST;
    parts.filter(long).collect::<Vec<_>>().join("、")
}

/// `李建国/站长` → `李建国`.
fn without_posts(text: &str) -> String {
    let parts = text.split('/').map(str::trim);
    let post = |part: &str| {
        let part = normalise::without_brackets(part);
        let long = part.chars().count() >= 2;
        long && POSTS.iter().any(|end| part.ends_with(end))
    };
    let (mut kept, mut before) = (Vec::new(), false);
    for part in parts {
        // Only what follows a name is a post.
        if before && post(part) {
            before = false;
            continue;
        }
        before = true;
        kept.push(part);
    }
    kept.join("、")
}
