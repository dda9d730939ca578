//! What heads the documents: the unit, the letterhead, what was run.

use crate::document::blocks::{Align, Row, Table};
use crate::document::paper::{Fact, Letterhead};
use crate::document::tables;
use crate::redaction::display_text;
use crate::view::source::Source;
use zicha_model::diag::codes;

pub(crate) fn festival_only(source: &Source<'_>) -> bool {
    source.data.plan.annual.is_none() && source.data.plan.festival.is_some()
}

pub(crate) fn unit(source: &Source<'_>) -> String {
    match source.data.results.unit.name.as_str() {
        "" => "（未填写单位名称）".to_owned(),
        name => name.to_owned(),
    }
}

/// 文种 of a paper to an organ that is no superior; it bears no 签发人.
const LETTER: &str = "函";

/// 文种.
fn kind<'a>(source: &Source<'a>) -> &'a str {
    source
        .data
        .profile
        .letterhead
        .kind
        .as_deref()
        .unwrap_or("报告")
}

/// Title of a paper that is sent out: what it is about, as a report or as a letter.
pub(crate) fn title(source: &Source<'_>, about: &str) -> String {
    let unit = unit(source);
    match kind(source) {
        LETTER => format!("{unit}关于报送{about}情况的函"),
        _ => format!("{unit}关于{about}情况的报告"),
    }
}

pub(crate) fn letterhead(source: &Source<'_>, marking_notice: Option<String>) -> Letterhead {
    let profile = source.data.profile;
    let head = &profile.letterhead;
    let shown = |text: &Option<String>| text.as_deref().map(display_text::display);
    Letterhead {
        issuer: shown(&head.issuer).unwrap_or_else(|| unit(source)),
        kind: kind(source).to_owned(),
        number: shown(&head.number),
        signer: shown(&head.signer)
            .filter(|_| kind(source) != LETTER)
            .map(|signer| source.masked(&signer)),
        copy_number: shown(&head.copy_number),
        marking: shown(&profile.marking),
        marking_notice,
        urgency: shown(&head.urgency),
        addressee: shown(&profile.addressee),
        contact: shown(&head.contact).map(|contact| source.masked(&contact)),
        copies: (!head.copies.is_empty()).then(|| display_text::display(&head.copies.join("，"))),
        printer: shown(&head.printer),
        copies_printed: shown(&head.copies_printed),
    }
}

pub(crate) fn checklists(source: &Source<'_>) -> String {
    let names = source.data.plan.checklists();
    let names: Vec<_> = names.into_iter().map(|c| c.label()).collect();
    names.join("和")
}

pub(crate) fn period(source: &Source<'_>) -> String {
    let plan = source.data.plan;
    let period = plan
        .annual
        .or(plan.festival.as_ref().map(|(period, _)| *period));
    period.map_or_else(String::new, |p| {
        format!("{}至{}", p.from.chinese(), p.to.chinese())
    })
}

pub(crate) fn facts(source: &Source<'_>) -> Vec<Fact> {
    let fact = |label: &str, value: String| Fact {
        label: label.to_owned(),
        value,
    };
    let plan = source.data.plan;
    let mut facts = vec![
        fact("单位", unit(source)),
        fact("检查基准日", plan.as_of.chinese()),
        fact("检查清单", checklists(source)),
        fact("检查期间", period(source)),
    ];
    if let Some((_, f)) = &plan.festival {
        let note = if f.statutory_only {
            "（调休安排未收录，按法定节日计）"
        } else {
            ""
        };
        let days = format!(
            "{}，{}至{}{note}",
            f.kind.label(),
            f.start.chinese(),
            f.end.chinese()
        );
        facts.push(fact("节日", days));
    }
    let packs = source.data.results.run.packs.iter();
    let named = |id: &str| if id == "base" { "内置标准" } else { id }.to_owned();
    let packs: Vec<_> = packs
        .map(|p| format!("{} 第{}版", named(&p.id), p.version))
        .collect();
    facts.push(fact("检查标准", packs.join("、")));
    facts.push(fact("与上次比较", follow_up(source)));
    facts
}

/// Comparison with the last run, a whole sentence.
pub(crate) fn follow_up(source: &Source<'_>) -> String {
    let follow = &source.data.results.follow_up;
    if follow.baseline.is_empty() {
        return "没有可以比较的上次检查结果，全部问题列为新增。".to_owned();
    }
    let mut told = source.data.results.diagnostics.iter();
    let changed = told.any(|d| d.code == codes::STANDARD_CHANGED.name());
    let unproven = match follow.unproven {
        0 => String::new(),
        count => format!(
            "上次的问题另有{count}处这次未能核实，既不算整改到位，也不计入本次发现的问题，逐条列于《整改清单》。"
        ),
    };
    format!(
        "与上次检查相比，新增{}处，仍未整改{}处，已整改{}处，再次出现{}处。{unproven}{}",
        follow.new,
        follow.open,
        follow.fixed,
        follow.reopened,
        if changed {
            "检查标准与上次不同，前后数字不可直接比较。"
        } else {
            ""
        }
    )
}

pub(crate) fn facts_table(source: &Source<'_>) -> Table {
    let rows = facts(source)
        .into_iter()
        .map(|f| Row::of([f.label, f.value]));
    let columns = [("事项", 16, Align::Start), ("内容", 64, Align::Start)];
    tables::plain("facts", "本次检查的基本要素", &columns, rows.collect())
}
