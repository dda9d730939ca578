//! Sign-in sheets of a training → one record of it, with those who signed.

use super::days;
use super::laid::{Laid, Place};
use super::sheet::Sheet;
use super::shifts;
use crate::formats::grid::Row;
use crate::values::normalise;

/// The ledger of trainings.
const LEDGER: &str = "trainings";
/// Words of the title of such a sheet: all of one list and one of the other.
const TRAINING: [&str; 6] = ["培训", "学习", "教育", "讲座", "宣讲", "党课"];
const SIGNED: [&str; 5] = ["签到", "签名册", "签名表", "签字表", "点名"];
/// Labels of the subject, of the day and of who holds it.
const SUBJECTS: [&str; 12] = [
    "培训名称",
    "培训主题",
    "培训内容",
    "培训题目",
    "培训课程",
    "培训项目",
    "学习内容",
    "学习主题",
    "教育主题",
    "主题",
    "题目",
    "内容",
];
const DATES: [&str; 8] = [
    "培训时间",
    "培训日期",
    "学习时间",
    "学习日期",
    "举办时间",
    "活动时间",
    "时间",
    "日期",
];
const HOSTS: [&str; 7] = [
    "组织单位",
    "组织部门",
    "主办单位",
    "主办部门",
    "承办部门",
    "承办单位",
    "培训单位",
];
/// Rows in which the list of names begins.
const DEEPEST: usize = 15;

/// What became of a sign-in sheet.
pub(crate) enum SignIn {
    /// A training with those who signed.
    Training(Box<Laid>),
    /// Nothing to read, and why.
    None(String),
}

/// The training that a sign-in sheet is of. `decided`: the unit's settings say that it is one.
pub(crate) fn lay_down(sheet: Sheet<'_>, decided: bool) -> Option<SignIn> {
    let named = |words: &[&str]| {
        let mut texts = sheet
            .surroundings(3)
            .filter(|text| text.chars().count() < 60);
        texts.any(|text| words.iter().any(|word| text.contains(word)))
    };
    if !(named(&SIGNED) && (decided || named(&TRAINING))) {
        return None;
    }
    let list = List::of(sheet)?;
    let secret = sheet
        .surroundings(list.at)
        .any(|text| text.contains("保密") || text.contains("涉密"));
    if !secret && !decided {
        let why = "签到表没有说到保密，不作保密培训记录；如是保密培训，请在标题或培训名称中写明";
        return Some(SignIn::None(why.to_owned()));
    }
    Some(list.lay())
}

/// A list of names, in one block or in several beside each other.
struct List<'a> {
    sheet: Sheet<'a>,
    at: usize,
    /// Columns of names, each with its column of signatures.
    blocks: Vec<(u32, Option<u32>)>,
}

impl<'a> List<'a> {
    fn of(sheet: Sheet<'a>) -> Option<Self> {
        (0..sheet.grid.len().min(DEEPEST)).find_map(|at| {
            let mut blocks: Vec<(u32, Option<u32>)> = Vec::new();
            for cell in sheet.grid.row(at).cells() {
                let text = normalise::heading(cell.text);
                if text == "姓名" || text == "参加人员" || text == "参训人员" || text == "人员"
                {
                    blocks.push((cell.column, None));
                } else if ["签名", "签字", "签到"]
                    .iter()
                    .any(|word| text.starts_with(word) || text.ends_with(word))
                    && let Some((_, signed @ None)) = blocks.last_mut()
                {
                    *signed = Some(cell.column);
                }
            }
            let wide = sheet.grid.row(at).cells().len() >= 2;
            let own = wide && !blocks.is_empty() && !is_register(sheet, at);
            own.then_some(Self { sheet, at, blocks })
        })
    }

    fn lay(self) -> SignIn {
        let (names, absent) = self.names();
        if names.is_empty() {
            let why = match absent {
                0 => "空白的培训签到表，没有人签到".to_owned(),
                count => format!("培训签到表上的 {count} 人都没有签到，不作培训记录"),
            };
            return SignIn::None(why);
        }
        let schemas = self.sheet.schemas;
        let Some(schema) = schemas
            .ledger_by_id(LEDGER)
            .map(|ledger| schemas.ledger(ledger))
        else {
            return SignIn::None(String::new());
        };
        let heading = self.sheet.grid.row(self.at).number();
        let mut fields: Vec<(&'static str, String, Place)> = Vec::new();
        let titled = self.title();
        let subject = self.beside(&SUBJECTS).or_else(|| titled.clone());
        fields.extend(subject.map(|(text, place)| ("title", text, place)));
        let day = self
            .beside(&DATES)
            .or_else(|| titled.filter(|(text, _)| day_in(text).is_some()));
        let day = day.map(|(text, place)| (day_in(&text).unwrap_or(text), place));
        fields.extend(day.map(|(text, place)| ("held_on", text, place)));
        fields.extend(
            self.beside(&HOSTS)
                .map(|(text, place)| ("organizer", text, place)),
        );
        let first = names.first().map_or((heading, 0), |(_, place)| *place);
        let list: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
        fields.push(("attendees", list.join("、"), first));
        let label = |id: &str| {
            schema
                .field_by_id(id)
                .map_or("", |f| schema.fields[usize::from(f.0)].label.as_str())
        };
        let labels: Vec<&str> = fields.iter().map(|(id, ..)| label(id)).collect();
        let mut laid = Laid::new(self.sheet.grid, self.at, LEDGER, &labels);
        laid.why = "培训签到表，作一次培训的记录";
        let row = fields.iter().map(|(_, text, place)| (text.clone(), *place));
        laid.record(first.0, &row.collect::<Vec<_>>());
        let count = list.len();
        laid.remarks.push(format!("签到的 {count} 人计为参加人员"));
        if absent > 0 {
            laid.remarks
                .push(format!("另有 {absent} 人没有签到，不计为参加人员"));
        }
        self.tell(&mut laid, &fields);
        SignIn::Training(Box::new(laid))
    }

    /// Those who were there, and how many of the list have not signed.
    fn names(&self) -> (Vec<(String, Place)>, usize) {
        let grid = self.sheet.grid;
        let rows = || (self.at + 1..grid.len()).map(|at| grid.row(at));
        let signing = self.blocks.iter().any(|(_, signed)| signed.is_some());
        let (mut names, mut absent) = (Vec::new(), 0);
        let Some(people) = shifts::people(self.sheet) else {
            return (names, absent);
        };
        for &(column, signed) in &self.blocks {
            for row in rows().filter(|row| is_of_list(*row)) {
                let text = row.text(column);
                for name in people.of(text) {
                    match signed {
                        Some(signed) if signing && !signature(row, signed) => absent += 1,
                        _ => names.push((name, (row.number(), column))),
                    }
                }
            }
        }
        (names, absent)
    }

    /// What stands beside or behind a label above the list, or below it.
    fn beside(&self, labels: &[&str]) -> Option<(String, Place)> {
        let grid = self.sheet.grid;
        let rows = || (0..self.at).map(|at| grid.row(at));
        labels.iter().find_map(|label| {
            rows().find_map(|row| {
                let cells: Vec<_> = row.cells().collect();
                cells.iter().enumerate().find_map(|(at, cell)| {
                    let text = normalise::text(cell.text);
                    let rest = text.strip_prefix(label)?;
                    if rest.trim_matches([':', '：', ' ']).is_empty() {
                        let next = cells.get(at + 1)?;
                        let value = normalise::text(next.text);
                        let is_label = SUBJECTS
                            .iter()
                            .chain(&DATES)
                            .chain(&HOSTS)
                            .any(|label| value.starts_with(label))
                            || value.ends_with(['人', '：', ':']);
                        return (!is_label).then(|| (value, (row.number(), next.column)));
                    }
                    let value = rest.strip_prefix([':', '：'])?.trim();
                    (!value.is_empty()).then(|| (value.to_owned(), (row.number(), cell.column)))
                })
            })
        })
    }

    /// The title without the words for a sign-in sheet.
    fn title(&self) -> Option<(String, Place)> {
        let row = self.sheet.grid.row(0);
        let cell = row
            .cells()
            .next()
            .filter(|_| self.at > 0 && row.cells().len() <= 2);
        let own = cell.map(|cell| (cell.text, (row.number(), cell.column)));
        let (text, place) = own.unwrap_or((self.sheet.stem, (1, 0)));
        let text = normalise::text(text);
        let bare = SIGNED
            .iter()
            .fold(text, |text, word| text.replace(word, ""));
        let bare = bare.trim_end_matches(['表', '册', '簿', '单']).to_owned();
        (!bare.is_empty()).then_some((bare, place))
    }

    fn tell(&self, laid: &mut Laid, fields: &[(&'static str, String, Place)]) {
        let grid = self.sheet.grid;
        for (id, _, (_, column)) in fields {
            let heading = laid.grid.row(laid.heading).cells();
            let at = fields.iter().position(|(known, ..)| known == id);
            let text = at
                .and_then(|at| heading.clone().nth(at))
                .map_or("", |cell| cell.text);
            laid.used.push((*column, text.to_owned(), id));
        }
        let names = |column: u32| {
            self.blocks
                .iter()
                .any(|&(name, signed)| name == column || signed == Some(column))
        };
        for cell in grid.row(self.at).cells().filter(|cell| !names(cell.column)) {
            laid.unused.push((cell.column, normalise::text(cell.text)));
        }
        for at in 0..grid.len() {
            let number = grid.row(at).number();
            let why = match at {
                _ if laid.has_row(number) || at == self.at => continue,
                at if at < self.at => "签到名单以上的内容",
                _ if !is_of_list(grid.row(at)) => "表下说明或签字栏",
                _ => "同一次培训的签到名单",
            };
            laid.skipped.push((number, why));
        }
    }
}

/// True if a row heads a register of trainings: its rows say themselves what was held and when.
fn is_register(sheet: Sheet<'_>, at: usize) -> bool {
    let Some(ledger) = sheet.schemas.ledger_by_id(LEDGER) else {
        return false;
    };
    let schema = sheet.schemas.ledger(ledger);
    let fields = ["title", "held_on", "training_type"].map(|id| schema.field_by_id(id));
    let mut cells = sheet
        .grid
        .row(at)
        .cells()
        .filter(|cell| cell.text.len() < 60);
    cells.any(|cell| {
        let claims = sheet.index.claims(cell.text);
        claims
            .iter()
            .any(|claim| claim.ledger == ledger && fields.contains(&Some(claim.field)))
    })
}

/// The day in a title: 2026年3月12日保密培训.
fn day_in(text: &str) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[at..];
    let end = rest
        .char_indices()
        .find(|(_, c)| !c.is_ascii_digit() && !"年月日号.-/".contains(*c));
    let day = &rest[..end.map_or(rest.len(), |(at, _)| at)];
    let day = day.trim_end_matches(['.', '-', '/']);
    days::alone(day)
        .map(|_| day.to_owned())
        .or_else(|| day.contains('月').then(|| day.to_owned()))
}

fn signature(row: Row<'_>, column: u32) -> bool {
    let text = normalise::squeezed(row.text(column));
    !text.is_empty()
        && !normalise::says_nothing(&text)
        && !["缺席", "请假", "未到", "否", "×", "未签"].contains(&text.as_str())
}

/// False for notes and totals below the list.
fn is_of_list(row: Row<'_>) -> bool {
    let first = row.cells().next().map_or("", |cell| cell.text.trim());
    let note = [
        "注", "备注", "说明", "合计", "共计", "制表", "审核", "填表", "应到", "实到",
    ];
    !note.iter().any(|word| first.starts_with(word))
}
