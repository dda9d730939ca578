//! What is wrong with a score table: sums, grades, names of controls, what still waits for people.

use crate::standard::{Item, Nature, Standard};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::points::Points;
use zicha_yaml::suggest::{self, nearest};

/// Everything that is wrong; `controls`: ids of the catalogue.
pub fn mistakes(path: &str, standard: &Standard, controls: &[&str]) -> Vec<Diagnostic> {
    let mut found = Found {
        path,
        told: Vec::new(),
    };
    sums(standard, &mut found);
    grades(standard, &mut found);
    for item in &standard.items {
        self::item(item, &mut found);
        names(item, controls, &mut found);
    }
    numbers(standard, &mut found);
    waiting(standard, &mut found);
    found.told
}

struct Found<'p> {
    path: &'p str,
    told: Vec<Diagnostic>,
}

impl Found<'_> {
    fn error(&mut self, line: u32, message: String) -> &mut Diagnostic {
        self.told.push(Diagnostic::new(
            codes::SCORING_MODEL,
            message,
            self.at(line),
        ));
        let last = self.told.len() - 1;
        &mut self.told[last]
    }

    fn sum(&mut self, line: u32, message: String) {
        let told = Diagnostic::new(codes::SCORING_SUM, message, self.at(line));
        let hint = "对照原表核对各项的分值；原表本身不平的，向上级核实。";
        self.told.push(told.with_hint(hint));
    }

    fn warning(&mut self, line: u32, message: String, hint: &str) {
        let told = Diagnostic::new(codes::SCORING_OPEN, message, self.at(line));
        self.told.push(told.with_hint(hint));
    }

    fn at(&self, line: u32) -> Locus {
        match line {
            0 => Locus::file(self.path),
            line => Locus::text(self.path, line, 1),
        }
    }
}

/// The items add up to the total, those of a group to its subtotal.
fn sums(standard: &Standard, found: &mut Found<'_>) {
    let sum = standard.sum();
    if let Some(total) = standard.total.filter(|total| *total != sum) {
        found.sum(0, format!("各项分值合计 {sum} 分，与总分 {total} 分不符"));
    }
    for (at, group) in standard.groups.iter().enumerate() {
        let items = standard.items.iter().filter(|item| item.group == Some(at));
        let line = items.clone().map(|item| item.line).next().unwrap_or(0);
        let sum: Points = items.filter_map(|item| item.points).sum();
        if let Some(subtotal) = group.subtotal.filter(|subtotal| *subtotal != sum) {
            let title = &group.title;
            found.sum(
                line,
                format!("“{title}”各项分值合计 {sum} 分，与小计 {subtotal} 分不符"),
            );
        }
    }
}

fn grades(standard: &Standard, found: &mut Found<'_>) {
    let falls = standard
        .grades
        .windows(2)
        .all(|pair| pair[0].from > pair[1].from);
    let ends = standard
        .grades
        .last()
        .is_none_or(|grade| !grade.from.is_positive());
    if !falls || !ends {
        found.error(0, "等次应从高到低排列，最后一等的得分率为 0".to_owned());
    }
    if standard.decided_at_least > Points::from(100) {
        found.error(
            0,
            format!(
                "评定所需 {} 应为 0 至 100 的百分数",
                standard.decided_at_least
            ),
        );
    }
}

fn item(item: &Item, found: &mut Found<'_>) {
    let number = &item.number;
    if item.nature == Nature::Scored && item.points.is_none() {
        found
            .error(item.line, format!("第 {number} 项的性质为评分，但没有分值"))
            .hint = Some("补上分值；不占分值、另行扣分的写“性质: 重扣”。".to_owned());
    }
    for way in &item.ways {
        let costs = way.cost.whole || way.cost.most.is_positive();
        if !costs && !item.nature.decides_alone() {
            found.error(
                item.line,
                format!("第 {number} 项“{}”没有写扣多少分", way.text),
            );
        }
        let most = item.points.filter(|_| item.nature == Nature::Scored);
        if let Some(points) = most.filter(|points| !way.cost.whole && way.cost.least > *points) {
            let message = format!(
                "第 {number} 项“{}”一次扣 {} 分，多于本项分值 {points} 分",
                way.text,
                way.cost.words()
            );
            found.error(item.line, message);
        }
    }
}

fn names(item: &Item, controls: &[&str], found: &mut Found<'_>) {
    for name in item.ways.iter().flat_map(|way| &way.controls) {
        if !controls.contains(&name.as_str()) {
            let message = format!("第 {} 项的检查项“{name}”不存在", item.number);
            let near = nearest(name, controls.iter().copied());
            found.error(item.line, message).hint = suggest::hint(near);
        }
    }
}

fn numbers(standard: &Standard, found: &mut Found<'_>) {
    let mut seen = std::collections::BTreeSet::new();
    for item in &standard.items {
        if !seen.insert((item.group, &item.number)) {
            found.error(
                item.line,
                format!("序号 {} 在同一组中写了两遍", item.number),
            );
        }
    }
    let mut asked = std::collections::BTreeSet::new();
    for item in &standard.items {
        for way in item.ways.iter().filter(|way| !way.question.is_empty()) {
            if !asked.insert(&way.question) {
                found.error(item.line, format!("现场问题编号 {} 用了两次", way.question));
            }
        }
    }
}

/// What people still have to look at.
fn waiting(standard: &Standard, found: &mut Found<'_>) {
    let unsettled: Vec<&Item> = standard
        .items
        .iter()
        .filter(|item| item.ways.iter().any(|way| !way.is_settled()))
        .collect();
    if let Some(first) = unsettled.first() {
        let ways: usize = unsettled
            .iter()
            .map(|item| item.ways.iter().filter(|way| !way.is_settled()).count())
            .sum();
        let message = format!(
            "{ways} 处扣分的检查项待确认（从第 {} 项起），确认前其分值按未定处理",
            first.number
        );
        found.warning(
            first.line,
            message,
            "逐处核对“检查项”，对的把“已确认”改为 是。",
        );
    }
    let unread: Vec<&Item> = standard
        .items
        .iter()
        .filter(|item| !item.unread.is_empty())
        .collect();
    if let Some(first) = unread.first() {
        let numbers: Vec<_> = unread.iter().map(|item| item.number.as_str()).collect();
        let message = format!("第 {} 项还有没有读懂的评分方法", numbers.join("、"));
        found.warning(first.line, message, "按原文补写“扣分”，补好后删去“存疑”。");
    }
    if standard.grades.is_empty() {
        found.warning(
            0,
            "没有等次的界线，只算分、不评定等次".to_owned(),
            "在“等次”中按上级规定补上。",
        );
    }
}
