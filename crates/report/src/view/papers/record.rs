//! 节前保密检查记录表: what inspectors look at and sign.

use crate::document::blocks::{Align, Row, Table};
use crate::document::tables;
use crate::view::source::Source;
use zicha_model::{chapter::CHAPTERS, plan::Checklist, results::ControlResult, verdict::Verdict};

const OPEN: &str = "□是　□否";

/// The questions asked on site, one a line with its boxes; then what the ledgers told, by matter.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let of_festival = |c: &&ControlResult| c.checklists.contains(&Checklist::Festival);
    let controls: Vec<_> = source
        .data
        .results
        .controls
        .iter()
        .filter(of_festival)
        .collect();
    let asked = controls.iter().filter_map(|result| {
        let question = source.control(&result.id)?.ask.as_ref()?.question.clone();
        Some([question, boxes(result.verdict).to_owned(), String::new()])
    });
    let matters = (1..=CHAPTERS.len()).filter_map(|matter| {
        let mine = controls.iter().filter(|c| {
            let asked = source.control(&c.id).is_some_and(|c| c.ask.is_some());
            c.chapter.parse() == Ok(matter) && !asked
        });
        let verdicts: Vec<_> = mine.map(|c| c.verdict).collect();
        let count = |wanted: &[Verdict]| verdicts.iter().filter(|v| wanted.contains(v)).count();
        let judged = verdicts.len() - count(&[Verdict::NotApplicable, Verdict::NotSelected]);
        let told = [
            ("符合", count(&[Verdict::Pass])),
            ("不符合", count(&[Verdict::Fail])),
            ("未能核对", count(&[Verdict::Unknown, Verdict::NotChecked])),
            ("豁免", count(&[Verdict::Waived])),
        ];
        let told = told.iter().filter(|(_, count)| *count > 0);
        let told: Vec<_> = told
            .map(|(word, count)| format!("{word}{count}项"))
            .collect();
        (judged > 0).then(|| {
            [
                format!("{}（台账核对）", CHAPTERS[matter - 1]),
                format!("共{judged}项"),
                told.join("，"),
            ]
        })
    });
    let rows: Vec<_> = asked.chain(matters).enumerate().collect();
    let rows = rows.into_iter().map(|(index, [what, result, told])| {
        Row::of([(index + 1).to_string(), what, result, told])
    });
    tables::plain(
        "record",
        "检查项目和结果",
        &[
            ("序号", 5, Align::Center),
            ("检查内容", 44, Align::Start),
            ("结果", 14, Align::Center),
            ("说明", 20, Align::Start),
        ],
        rows.collect(),
    )
}

/// The box that the answers given have ticked; both empty where none was given.
fn boxes(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "■是　□否",
        Verdict::Fail => "□是　■否",
        Verdict::NotApplicable | Verdict::NotSelected => "不适用",
        Verdict::Waived => "豁免",
        Verdict::Unknown | Verdict::NotChecked => OPEN,
    }
}
