//! A paper, and what stands around it.

use super::blocks::{Block, Section, Table};
use serde::Serialize;

/// One paper.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// File stem: `自查报告`, `整改清单`, `奖惩汇总`.
    pub stem: String,
    /// Title as printed, such as `××局2026年度保密自查自评报告`.
    pub title: String,
    /// True if the whole document is landscape.
    pub landscape: bool,
    /// True for a paper sent out: letterhead, addressee, signature.
    pub official: bool,
    /// True if every section is a paper of its own, handed out by itself: it starts on a new page
    /// and its heading is its title.
    pub leaflets: bool,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// 附件说明: titles of the annexes, without numbers.
    pub annexes: Vec<String>,
}

impl Document {
    /// All tables of the document in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        blocks.filter_map(|block| match block {
            Block::Table { table } => Some(table),
            _ => None,
        })
    }
}

/// What stands around a document, whatever it is: whose it is, of which day, what heads it.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// Name of the unit.
    pub unit: String,
    /// The program's name and version.
    pub tool: String,
    /// What the day is called: 检查基准日, 编印日期.
    pub date_label: String,
    /// The day, such as `2026年9月28日`.
    pub date: String,
    /// The same as `2026-09-28`.
    pub as_of: String,
    /// Names, titles and numbers are masked.
    pub redacted: bool,
    /// What heads and ends the document.
    pub letterhead: Letterhead,
    /// Facts for its head.
    pub facts: Vec<Fact>,
}

impl Frame {
    /// The letterhead of one paper: the unit's number is that of the annual self-assessment, every other
    /// paper gets one of its own from the office.
    pub(crate) fn letterhead_of(&self, document: &Document) -> Letterhead {
        let number = self.letterhead.number.clone();
        Letterhead {
            number: number.filter(|_| document.stem == NUMBERED),
            ..self.letterhead.clone()
        }
    }
}

/// Stem of the paper that bears the unit's number.
const NUMBERED: &str = "自查报告";

/// What heads and ends a document by GB/T 9704-2012.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Letterhead {
    /// 发文机关标志.
    pub issuer: String,
    /// 文种: 报告 or 函.
    pub kind: String,
    /// 发文字号.
    pub number: Option<String>,
    /// 签发人.
    pub signer: Option<String>,
    /// 份号.
    pub copy_number: Option<String>,
    /// 密级和保密期限 as the unit decided; nothing is marked without it.
    pub marking: Option<String>,
    /// Told (never printed as a marking) where no marking is named but the evidence cites carriers
    /// at a level: the 定密责任人 must decide.
    pub marking_notice: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 主送机关, without the colon.
    pub addressee: Option<String>,
    /// 附注: whom to ask, with telephone.
    pub contact: Option<String>,
    /// 抄送, parted by commas.
    pub copies: Option<String>,
    /// 印发机关.
    pub printer: Option<String>,
    /// Number of copies printed.
    pub copies_printed: Option<String>,
}

/// A labelled value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// What.
    pub label: String,
    /// Its value.
    pub value: String,
}
