//! What no cell of a record states: from titles and names, from other values, or taken for granted.
//!
//! What enters: a table that was taken for a ledger's, and the rules of `checklists/surroundings.yaml`.
//! What leaves: the values that hold for all its records, each with what states it, and the rules by
//! which values follow from others (`tables::given_values` applies them).

use crate::recognition::sheet::{Guide, Region, Source, Stated};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use zicha_model::{
    profile::Profile,
    results::Origin,
    schema::{FieldId, FieldSchema, FieldType, LedgerId, LedgerSchema},
};

/// Cells of a row above the heading that may state something.
const MOST_CELLS: usize = 50;
/// Characters of a sheet's name that may be a department.
const LONGEST_DEPARTMENT: usize = 10;
/// How names of departments end.
const DEPARTMENTS: &str = "室科股处部办局组院所队厅站司";

/// `checklists/surroundings.yaml`; what each part means stands there.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Rules {
    stated: BTreeMap<String, Vec<StatedRule>>,
    derived: BTreeMap<String, Vec<DerivedRule>>,
    assumed: BTreeMap<String, Vec<AssumedRule>>,
    unmarked: BTreeMap<String, UnmarkedRule>,
    answers: BTreeMap<String, Vec<AnswerRule>>,
    records: BTreeMap<String, Vec<RecordRule>>,
    spans: BTreeMap<String, Vec<SpanRule>>,
    ordinary: Vec<String>,
    others: Vec<OtherRegister>,
}

/// A register that no ledger is for.
#[derive(serde::Deserialize)]
pub(crate) struct OtherRegister {
    pub(crate) name: String,
    /// What it registers, as the end of a title.
    pub(crate) words: Vec<String>,
}

/// Two fields whose days one cell may state.
#[derive(serde::Deserialize)]
pub(crate) struct SpanRule {
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) words: Vec<String>,
}

#[derive(serde::Deserialize)]
struct StatedRule {
    field: String,
    value: String,
    words: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// A yes or no that follows from another field of the record.
#[derive(serde::Deserialize)]
pub(crate) struct DerivedRule {
    pub(crate) field: String,
    pub(crate) from: String,
    /// From this level on; without it from any value.
    #[serde(default)]
    pub(crate) at_least: Option<String>,
    pub(crate) value: String,
    /// Below that level.
    #[serde(default)]
    pub(crate) other: Option<String>,
    pub(crate) reason: String,
}

#[derive(serde::Deserialize)]
struct AssumedRule {
    field: String,
    value: String,
    reason: String,
    #[serde(default)]
    unless: Vec<String>,
}

/// The level of a thing that is said to be no secret and bears none.
#[derive(serde::Deserialize)]
pub(crate) struct UnmarkedRule {
    pub(crate) field: String,
    pub(crate) level: String,
}

/// A value of the rows that answer no in a column which is no field of the ledger.
#[derive(serde::Deserialize)]
pub(crate) struct AnswerRule {
    pub(crate) field: String,
    pub(crate) value: String,
    pub(crate) headings: Vec<String>,
}

/// Records of another ledger that a row states as well.
#[derive(serde::Deserialize)]
pub(crate) struct RecordRule {
    pub(crate) ledger: String,
    /// Field of that ledger: field of this one.
    #[serde(default)]
    pub(crate) take: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) given: BTreeMap<String, String>,
    /// Field of that ledger: headings of its column.
    #[serde(default)]
    pub(crate) columns: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    #[serde(default)]
    pub(crate) if_yes: Vec<String>,
    /// A field of that ledger that says of which kind a record is: whether there are records of the kinds
    /// that no column of the table is about, the table does not tell.
    #[serde(default)]
    pub(crate) others_of: Option<String>,
}

impl Rules {
    /// The rules built into the program.
    pub(crate) fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Rules> = LazyLock::new(|| {
            let text = zicha_embedded::text("checklists/surroundings.yaml").unwrap_or_default();
            serde_yaml::from_str(text).unwrap_or_default()
        });
        &BUILT_IN
    }

    /// What follows from other values of a record of the ledger.
    pub(crate) fn derived(&self, ledger: &str) -> &[DerivedRule] {
        self.derived.get(ledger).map_or(&[], Vec::as_slice)
    }

    /// What the level of a thing is that is said to be no secret.
    pub(crate) fn unmarked(&self, ledger: &str) -> Option<&UnmarkedRule> {
        self.unmarked.get(ledger)
    }

    /// Columns of yes and no that say something of a field of the ledger.
    pub(crate) fn answers(&self, ledger: &str) -> &[AnswerRule] {
        self.answers.get(ledger).map_or(&[], Vec::as_slice)
    }

    /// Fields of the ledger whose days one cell may state.
    pub(crate) fn spans(&self, ledger: &str) -> &[SpanRule] {
        self.spans.get(ledger).map_or(&[], Vec::as_slice)
    }

    /// Records of other ledgers that rows of the ledger state.
    pub(crate) fn records(&self, ledger: &str) -> &[RecordRule] {
        self.records.get(ledger).map_or(&[], Vec::as_slice)
    }

    /// Registers that no ledger is for.
    pub(crate) fn others(&self) -> &'static [OtherRegister] {
        &Self::built_in().others
    }

    /// True for a ledger in which offices also keep papers that are no secrets.
    pub(crate) fn keeps_ordinary_papers(&self, ledger: &str) -> bool {
        self.ordinary.iter().any(|id| id == ledger)
    }
}

/// A text around the table, with what it is.
struct Around<'a> {
    text: &'a str,
    origin: Origin,
    place: Option<(u32, u32)>,
}

fn around<'a>(source: Source<'a>, region: &Region<'_>) -> Vec<Around<'a>> {
    let title = region.title(source.grid).flat_map(|row| {
        let number = row.number();
        row.cells().take(MOST_CELLS).map(move |cell| Around {
            text: cell.text,
            origin: Origin::Title,
            place: Some((number, cell.column)),
        })
    });
    let name = |text, origin| Around {
        text,
        origin,
        place: None,
    };
    let names = [
        name(source.grid.name.as_str(), Origin::Sheet),
        name(source.path, Origin::File),
    ];
    title.chain(names).collect()
}

/// What the title and the names say of all records, and what is taken for granted.
pub(crate) fn stated(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
    has: impl Fn(FieldId) -> bool,
) -> Vec<Stated> {
    let schema = guide.schemas.ledger(ledger);
    let rules = Rules::built_in();
    let around = around(source, region);
    let mut found: Vec<Stated> = Vec::new();
    let says = |text: &str, words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    for text in &around {
        for rule in rules.stated.get(&schema.id).into_iter().flatten() {
            let Some(field) = schema.field_by_id(&rule.field) else {
                continue;
            };
            let known = has(field) || found.iter().any(|stated| stated.field == field);
            if !known && says(text.text, &rule.words) && !says(text.text, &rule.unless) {
                found.push(Stated {
                    place: text.place,
                    ..Stated::of(field, rule.value.clone(), text.origin, text.text.to_owned())
                });
            }
        }
    }
    found.extend(labelled(source, guide, region, ledger, &has));
    let department = schema
        .field_by_id("department")
        .filter(|field| !has(*field));
    let sheet = source.grid.name.as_str();
    if let Some(field) = department.filter(|field| is_department(guide, ledger, *field, sheet)) {
        found.push(Stated::of(
            field,
            sheet.to_owned(),
            Origin::Sheet,
            sheet.to_owned(),
        ));
    }
    for rule in rules.assumed.get(&schema.id).into_iter().flatten() {
        let Some(field) = schema.field_by_id(&rule.field) else {
            continue;
        };
        let off = assumes_not(guide.profile, schema, &schema.fields[usize::from(field.0)]);
        let denied = off || around.iter().any(|text| says(text.text, &rule.unless));
        if !has(field) && !denied && !found.iter().any(|stated| stated.field == field) {
            found.push(Stated::of(
                field,
                rule.value.clone(),
                Origin::Assumed,
                rule.reason.clone(),
            ));
        }
    }
    found
}

/// Days and persons that a line above the heading gives with their labels: 销毁日期：2026年7月10日. What the
/// form itself bears, 日期 and 填表人, is no such label.
fn labelled(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
    has: &impl Fn(FieldId) -> bool,
) -> Vec<Stated> {
    const OF_THE_FORM: [&str; 6] = ["日期", "时间", "登记日期", "登记时间", "姓名", "年月日"];
    let schema = guide.schemas.ledger(ledger);
    let mut found: Vec<Stated> = Vec::new();
    let cells = region.title(source.grid).flat_map(|row| {
        let number = row.number();
        row.cells().take(MOST_CELLS).map(move |cell| (number, cell))
    });
    for (row, cell) in cells {
        for part in cell.text.split([' ', '\u{3000}', '\t', '\n', '；', ';']) {
            let Some((label, value)) = part.split_once(['：', ':']) else {
                continue;
            };
            let (label, value) = (label.trim(), value.trim());
            let claims = guide.index.claims(label);
            let mut own = claims.iter().filter(|c| c.ledger == ledger && !c.weak);
            let Some(field) = own.next().map(|claim| claim.field) else {
                continue;
            };
            let ty = schema.fields[usize::from(field.0)].ty;
            let told = matches!(ty, FieldType::Date | FieldType::Person);
            let known = has(field) || found.iter().any(|stated| stated.field == field);
            if !told || known || value.is_empty() || OF_THE_FORM.contains(&label) {
                continue;
            }
            found.push(Stated {
                place: Some((row, cell.column)),
                ..Stated::of(field, value.to_owned(), Origin::Title, cell.text.to_owned())
            });
        }
    }
    found
}

/// True if the unit's settings say that this is not taken for granted: by ledger, by field, or all of it.
pub(crate) fn assumes_not(profile: &Profile, schema: &LedgerSchema, field: &FieldSchema) -> bool {
    profile.not_assumed.iter().any(|said| {
        let (ledger, own) = said.split_once(['.', '。']).unwrap_or((said, ""));
        let all = said == "全部" || said == "all";
        let of_ledger = ledger == schema.id || ledger == schema.label;
        all || of_ledger && (own.is_empty() || own == field.id || own == field.label)
    })
}

/// True for a sheet called as departments are.
pub(crate) fn is_department(
    guide: &Guide<'_>,
    ledger: LedgerId,
    field: FieldId,
    sheet: &str,
) -> bool {
    let schema = guide.schemas.field(ledger, field);
    let chinese = sheet.chars().all(crate::values::normalise::is_cjk);
    let ends = sheet
        .chars()
        .last()
        .is_some_and(|c| DEPARTMENTS.contains(c));
    let length = sheet.chars().count();
    schema.ty == FieldType::Department
        && chinese
        && !sheet.contains('、')
        && (2..=LONGEST_DEPARTMENT).contains(&length)
        && (ends || sheet.ends_with("中心") || sheet.ends_with("领导"))
}
