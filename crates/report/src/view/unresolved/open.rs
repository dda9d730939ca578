//! What was not checked, could not be decided or was left out, and why. Nothing here counts as
//! passed; every kind has a table of its own so that none is overlooked.

use crate::document::blocks::{Block, Span, Table};
use crate::view::findings::problems;
use crate::view::source::Source;
use crate::view::unresolved::{causes, undecided};
use crate::view::words;
use zicha_model::results::FindingKind;

/// The open matters, counted and told.
pub(crate) struct Open {
    /// One line each, for the overview; empty only if everything was checked.
    pub(crate) lines: Vec<String>,
    /// The tables with their headings.
    pub(crate) blocks: Vec<Block>,
    /// Level of these headings: one below the heading that they stand under.
    level: u8,
    /// Ledgers that were missing or empty.
    pub(crate) ledgers: usize,
    /// Controls with unanswered on-site questions.
    pub(crate) questions: usize,
    /// Records that could not be decided.
    pub(crate) undecided: usize,
    /// Cells that could not be read.
    pub(crate) unreadable: usize,
}

/// Collects everything that is open, under headings of a level.
pub(crate) fn collect(source: &Source<'_>, level: u8) -> Open {
    let ledgers = causes::missing_ledgers(source);
    let questions = causes::questions(source);
    let unknown = undecided::table(source);
    let mut open = Open {
        lines: Vec::new(),
        blocks: Vec::new(),
        level,
        ledgers: ledgers.rows.len(),
        questions: questions.rows.len(),
        undecided: {
            let outcomes = source.data.outcomes.iter();
            outcomes.map(|o| o.undecided_subjects as usize).sum()
        },
        unreadable: problems::count_kind(source, FindingKind::Unreadable),
    };
    let records = format!("项有记录无法判定（共{}条记录）", open.undecided);
    open.add(
        "台账未提供或者为空",
        "本台账未提供或者没有记录，依赖它的检查项无法判定",
        ledgers,
    );
    open.add(
        "现场检查事项未答复",
        "项现场检查事项没有答复，未检查",
        questions,
    );
    open.add("记录无法判定", &records, unknown);
    open.cells();
    open.add(
        "未选用的检查项",
        "项检查项由本单位或所选清单包停用，未检查",
        causes::not_selected(source),
    );
    open.add(
        "收窄的检查项",
        "项检查项由本单位的清单包收窄，条件以外的记录未检查",
        causes::narrowed(source),
    );
    open.add(
        "已豁免的问题",
        "个问题在豁免期内，未计入问题",
        causes::waived(source),
    );
    open.add(
        "读取文件时发现的情况",
        "处文件读取问题，有关内容可能没有纳入检查",
        causes::diagnostics(source),
    );
    open.add(
        "没有使用的工作表和列",
        "处工作表或者列没有被识别，其内容未纳入检查",
        causes::unused(source),
    );
    open.add_quietly("不适用的检查项", causes::not_applicable(source));
    open
}

impl Open {
    /// Adds a table and its line in the overview.
    fn add(&mut self, title: &str, line: &str, table: Table) {
        if !table.rows.is_empty() {
            let count = table.rows.len();
            self.lines.push(format!("{count}{line}。"));
        }
        self.add_quietly(title, table);
    }

    /// Adds a table that people should find but need not be warned of.
    fn add_quietly(&mut self, title: &str, table: Table) {
        if !table.rows.is_empty() {
            self.heading(title, &table.id.clone());
            self.blocks.push(Block::Table { table });
        }
    }

    fn heading(&mut self, title: &str, id: &str) {
        let headings = self.blocks.iter();
        let before = headings
            .filter(|b| matches!(b, Block::Heading { .. }))
            .count();
        let number = match self.level {
            2 => format!("（{}）", words::chinese_number(before + 1)),
            _ => format!("{}. ", before + 1),
        };
        self.blocks.push(Block::Heading {
            level: self.level,
            id: format!("h-{id}"),
            text: format!("{number}{title}"),
        });
    }

    fn cells(&mut self) {
        if self.unreadable == 0 {
            return;
        }
        let told = format!(
            "{}个单元格内容无法识读，需要它的检查项不能判定。",
            self.unreadable
        );
        self.lines.push(told.clone());
        self.heading("单元格内容无法识读", "unreadable");
        self.blocks.push(Block::Paragraph {
            spans: vec![
                Span::plain(told),
                Span::plain("逐个位置列入"),
                Span {
                    text: "发现的问题".to_owned(),
                    strong: false,
                    link: Some("#p-unreadable".to_owned()),
                },
                Span::plain("和《整改清单》。"),
            ],
        });
    }
}
