//! YAML → Standard; every mistake is told with its place, and with what may have been meant.

use super::keys;
use crate::standard::{Cost, DECIDED_AT_LEAST, Grade, Group, Item, Nature, Present, Standard, Way};
use zicha_model::diag::Diagnostic;
use zicha_model::diag::codes;
use zicha_model::points::Points;
use zicha_yaml::suggest::{self, nearest, nearest_short};
use zicha_yaml::{Fields, Key, Node, YamlDocument, keys as spelling};

/// True if a scoring file holds a bureau's score table rather than a model of chapters.
pub fn is_standard(text: &str) -> bool {
    let (english, chinese) = keys::FORM;
    let begins = |line: &str, key: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines()
        .any(|line| begins(line, chinese) || begins(line, english))
}

/// Reads a file; `None` if nothing of it can be used.
pub fn parse(path: &str, text: &str) -> (Option<Standard>, Vec<Diagnostic>) {
    let mut page = YamlDocument::new(path, text);
    let standard = page
        .tree()
        .and_then(|tree| Parser { page: &mut page }.standard(&tree));
    (standard, page.diagnostics)
}

struct Parser<'p> {
    page: &'p mut YamlDocument,
}

impl Parser<'_> {
    fn standard(&mut self, tree: &Node) -> Option<Standard> {
        let fields = self.page.fields(tree, "评分表文件", keys::TOP)?;
        let mut standard = Standard {
            title: self.page.required(&fields, "form")?.to_owned(),
            source: self.text(&fields, "source"),
            sha256: self.text(&fields, "sha256"),
            total: self.points(&fields, "total"),
            absent_counts_full: self.word(&fields, "not_applicable", &keys::ABSENT) == Some("full"),
            decided_at_least: self
                .points(&fields, "decided_at_least")
                .unwrap_or(Points::from(DECIDED_AT_LEAST)),
            ..Standard::default()
        };
        standard.grades = self.each(&fields, "grades", Self::grade);
        standard.groups = self.each(&fields, "groups", Self::group);
        if fields.get("items").is_none() {
            self.page.missing(&fields.shown("items"), fields.at.clone());
        }
        let Some(list) = fields.get("items") else {
            return Some(standard);
        };
        for node in self.page.list(list) {
            let item = self.item(node, &mut standard.groups);
            standard.items.extend(item);
        }
        Some(standard)
    }

    fn each<T>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        read: impl Fn(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        let Some(list) = fields.get(key) else {
            return Vec::new();
        };
        let nodes = self.page.list(list);
        nodes.iter().filter_map(|node| read(self, node)).collect()
    }

    fn grade(&mut self, node: &Node) -> Option<Grade> {
        let fields = self.page.fields(node, "等次", keys::GRADE)?;
        let label = self.page.required(&fields, "label")?.to_owned();
        if fields.get("from").is_none() {
            self.page.missing(&fields.shown("from"), fields.at.clone());
        }
        let from = self.points(&fields, "from")?;
        Some(Grade { label, from })
    }

    fn group(&mut self, node: &Node) -> Option<Group> {
        let fields = self.page.fields(node, "分组", keys::GROUP)?;
        Some(Group {
            title: self.page.required(&fields, "title")?.to_owned(),
            subtotal: self.points(&fields, "subtotal"),
        })
    }

    fn item(&mut self, node: &Node, groups: &mut Vec<Group>) -> Option<Item> {
        let fields = self.page.fields(node, "评分项目", keys::ITEM)?;
        let number = self.page.required(&fields, "number").map(str::to_owned);
        let text = self.page.required(&fields, "text").map(str::to_owned);
        let group = self.text(&fields, "group");
        let nature = self.nature(&fields);
        let present = match self.word(&fields, "present", &keys::PRESENT) {
            Some("yes") => Present::Yes,
            Some("no") => Present::No,
            _ => Present::Auto,
        };
        let item = Item {
            number: number?,
            group: group_at(&group, groups),
            text: text?,
            points: self.points(&fields, "points"),
            nature,
            present,
            ways: self.each(&fields, "ways", Self::way),
            unread: self.page.texts(&fields, "unread"),
            place: self.text(&fields, "place"),
            decided: self.points(&fields, "decided"),
            reason: self.text(&fields, "reason"),
            line: node.line,
        };
        self.reasoned(&item, &fields);
        Some(item)
    }

    /// Who takes an item out of the score or decides it says why.
    fn reasoned(&mut self, item: &Item, fields: &Fields<'_>) {
        let needs = item.present == Present::No || item.decided.is_some();
        if needs && item.reason.trim().is_empty() {
            let message = format!(
                "第 {} 项由人定了实有或者得分，应当写明理由（reason）",
                item.number
            );
            self.page
                .mistake(codes::MISSING_KEY, message, fields.at.clone());
        }
    }

    fn nature(&mut self, fields: &Fields<'_>) -> Nature {
        let words: Vec<Key> = Nature::ALL
            .iter()
            .map(|(_, chinese, english)| (*english, *chinese))
            .collect();
        let word = self.word(fields, "nature", &words);
        let found = Nature::ALL
            .iter()
            .find(|(_, _, english)| Some(*english) == word);
        found.map_or_else(Nature::default, |(nature, ..)| *nature)
    }

    fn way(&mut self, node: &Node) -> Option<Way> {
        let fields = self.page.fields(node, "扣分", keys::WAY)?;
        let text = self.page.required(&fields, "text")?.to_owned();
        let mut cost = self.cost(&fields);
        cost.per = self.text(&fields, "per");
        cost.cap = self.points(&fields, "cap");
        let confidence = self.points(&fields, "confidence").unwrap_or_default();
        Some(Way {
            text,
            cost,
            controls: self.page.texts(&fields, "controls"),
            confidence: confidence.as_f64().clamp(0.0, 100.0) as u8,
            confirmed: self.word(&fields, "confirmed", &keys::PRESENT[1..]) == Some("yes"),
            question: self.text(&fields, "question"),
            decided: self.points(&fields, "decided"),
        })
    }

    /// `1`, `0.5-1`, `全部`.
    fn cost(&mut self, fields: &Fields<'_>) -> Cost {
        let Some(node) = fields.get("cost") else {
            return Cost::default();
        };
        let Some(word) = self.page.word(node).map(str::to_owned) else {
            return Cost::default();
        };
        if matches!(word.as_str(), "全部" | "all") {
            return Cost {
                whole: true,
                ..Cost::default()
            };
        }
        let mut ends = word.splitn(2, ['-', '至', '~', '～', '—', '–']);
        let least = ends.next().and_then(number);
        let most = ends.next().map_or(least, number);
        match (least, most) {
            (Some(least), Some(most)) if least <= most => Cost {
                least,
                most,
                ..Cost::default()
            },
            _ => {
                let message = format!("扣分“{word}”应写成 1、0.5-1 或者 全部");
                self.page
                    .mistake(codes::BAD_VALUE, message, node.at.clone());
                Cost::default()
            }
        }
    }

    fn text(&mut self, fields: &Fields<'_>, key: &str) -> String {
        self.page
            .optional(fields, key)
            .unwrap_or_default()
            .to_owned()
    }

    fn points(&mut self, fields: &Fields<'_>, key: &str) -> Option<Points> {
        let node = fields.get(key)?;
        let word = self.page.word(node)?.to_owned();
        let found = number(&word);
        if found.is_none() {
            let message = format!("{}“{word}”应为不小于 0 的数", fields.shown(key));
            self.page
                .mistake(codes::BAD_VALUE, message, node.at.clone());
        }
        found
    }

    /// One of some words, by its English spelling.
    fn word(&mut self, fields: &Fields<'_>, key: &str, words: &[Key]) -> Option<&'static str> {
        let node = fields.get(key)?;
        let word = self.page.word(node)?.to_owned();
        let same = |(english, chinese): &&Key| word == *english || word == *chinese;
        let truth = |(english, _): &&Key| {
            matches!((word.as_str(), *english), ("true", "yes") | ("false", "no"))
        };
        let found = words.iter().find(same).or_else(|| words.iter().find(truth));
        if found.is_none() {
            let all: Vec<_> = words.iter().map(|(_, chinese)| *chinese).collect();
            let message = format!(
                "{}不能写“{word}”，可以写：{}",
                fields.shown(key),
                all.join("、")
            );
            let near = nearest(&word, spelling::spellings(words))
                .or_else(|| nearest_short(&word, spelling::spellings(words)));
            let near = suggest::hint(near);
            self.page
                .mistake(codes::BAD_VALUE, message, node.at.clone())
                .hint = near;
        }
        found.map(|(english, _)| *english)
    }
}

/// A number that is not negative.
fn number(word: &str) -> Option<Points> {
    let number: f64 = word.trim().trim_end_matches(['分', '%']).parse().ok()?;
    (number.is_finite() && (0.0..100_000.0).contains(&number)).then(|| Points::nearest(number))
}

/// The group with a title; one that is not listed is added.
fn group_at(title: &str, groups: &mut Vec<Group>) -> Option<usize> {
    if title.is_empty() {
        return None;
    }
    let known = groups.iter().position(|group| group.title == title);
    known.or_else(|| {
        groups.push(Group {
            title: title.to_owned(),
            subtotal: None,
        });
        Some(groups.len() - 1)
    })
}
