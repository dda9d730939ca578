//! 三级自查汇总: who answered on the levels of department and person, and what contradicts what.

use crate::document::blocks::{Align, Block, Row, Section};
use crate::document::tables;
use crate::document::wide::paragraph;
use crate::view::source::Source;
use zicha_scoring::levels::Merged;

/// Names told of those who did not answer.
const NAMES: usize = 30;

/// The section of the working paper; none without a sheet of either level.
pub(crate) fn section(source: &Source<'_>) -> Option<Section> {
    let merged = source.data.levels.as_ref()?;
    let mut blocks = vec![paragraph(summary(merged))];
    blocks.push(taking(merged));
    for (label, names) in [("没有答复", &merged.none), ("没有答完", &merged.part)] {
        if !names.is_empty() {
            blocks.push(paragraph(format!(
                "{label}：{}。",
                tables::some_of(names, NAMES, "个")
            )));
        }
    }
    blocks.push(contradictions(merged));
    Some(Section {
        id: "levels".to_owned(),
        title: "附表　部门和个人自查汇总".to_owned(),
        annex: true,
        landscape: false,
        screen: false,
        blocks,
    })
}

fn summary(merged: &Merged) -> String {
    let all = merged.whole + merged.part.len() + merged.none.len();
    format!(
        "应答复的部门和个人{all}个，全部答完{}个，答复一部分{}个，没有答复{}个；相互矛盾{}处，列在表后，由检查人员核实。",
        merged.whole,
        merged.part.len(),
        merged.none.len(),
        merged.contradictions.len()
    )
}

fn taking(merged: &Merged) -> Block {
    let rows = merged.departments.iter().map(|taking| {
        Row::of([
            taking.department.clone(),
            format!("{}/{}", taking.answered.0, taking.answered.1),
            taking.not_met.to_string(),
            format!("{}/{}", taking.persons.0, taking.persons.1),
            taking.persons_not_met.to_string(),
            taking.contradictions.to_string(),
        ])
    });
    Block::Table {
        table: tables::plain(
            "levels-departments",
            "按部门汇总",
            &[
                ("部门", 20, Align::Start),
                ("部门项目已答/应答", 12, Align::End),
                ("部门答“否”", 8, Align::End),
                ("人员答完/应答", 10, Align::End),
                ("人员答“否”", 8, Align::End),
                ("矛盾", 6, Align::End),
            ],
            rows.collect(),
        ),
    }
}

fn contradictions(merged: &Merged) -> Block {
    let rows = merged.contradictions.iter().map(|found| {
        let place = found.place.as_ref().map(|place| {
            let column = place.column.clone().unwrap_or_default();
            format!("{} {column}{}", place.file, place.row)
        });
        Row::of([
            found.department.clone(),
            found.question.clone(),
            found.message.clone(),
            place.unwrap_or_default(),
        ])
    });
    let mut table = tables::plain(
        "levels-contradictions",
        "相互矛盾的答复",
        &[
            ("部门", 14, Align::Start),
            ("项目", 8, Align::Start),
            ("矛盾", 40, Align::Start),
            ("答复所在", 22, Align::Start),
        ],
        rows.collect(),
    );
    table.empty = "没有发现矛盾".to_owned();
    Block::Table { table }
}
