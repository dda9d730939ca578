//! A small invented unit for tests: ledgers described in a line, records as field and text, rules put
//! together from the typed form.

use std::collections::{BTreeSet, HashMap};
use zicha_engine::{self as check, Outcome};
use zicha_model::{
    control::{Ask, CheckKind, Control, Scope},
    dataset::{CellState, Column, Dataset, InputFile, Part, RowOrigin, Table},
    plan::{Checklist, Period, Plan},
    profile::Profile,
    schema::{
        EnumId, EnumSchema, EnumValue, FieldId, FieldSchema, FieldType, LedgerId, LedgerSchema,
        Schemas,
    },
    time::{Day, Moment},
    verdict::Severity,
};
use zicha_rule::ir::{
    Binding, Body, Clause, Comparison, Expr, ExprKind, Function, Key, Literal, Query, Rule, Slot,
    Source, Subjects, Ty,
};
use zicha_rule::pack::{Catalogue, Compiled};

/// Everything a run needs.
pub(crate) struct Shop {
    pub(crate) catalogue: Catalogue,
    pub(crate) data: Dataset,
    pub(crate) profile: Profile,
    pub(crate) plan: Plan,
}

impl Shop {
    /// A unit with `departments`, `personnel`, `documents`, `loans`, `duty` and `attestations`.
    pub(crate) fn new() -> Self {
        let mut shop = Self {
            catalogue: Catalogue::default(),
            data: Dataset::default(),
            profile: Profile::default(),
            plan: Plan {
                as_of: day("2026-06-30"),
                year: 2026,
                annual: Some(Period {
                    from: day("2026-01-01"),
                    to: day("2026-12-31"),
                }),
                festival: None,
            },
        };
        shop.enumeration(
            "level",
            &["public", "confidential", "secret"],
            &["公开", "秘密", "机密"],
        );
        shop.enumeration("answer", &["yes", "no", "na"], &["是", "否", "不适用"]);
        shop.enumeration("scope_type", &["unit", "department"], &["全单位", "部门"]);
        shop.enumeration("checklist", &["festival", "annual"], &["节日", "年度"]);
        shop.ledger(
            "departments",
            "部门名册",
            "dept_id:编号:text! name:名称:text!",
        );
        shop.ledger(
            "personnel",
            "人员名册",
            "person_id:工号:text! name:姓名:text! department:部门:dept",
        );
        shop.ledger(
            "documents",
            "收文登记簿",
            "reg_no:编号:text! received_on:收文日期:date registered_on:登记日期:date level:密级:level \
             custodian:保管人:person copies:份数:int returned:是否退还:bool",
        );
        shop.ledger(
            "loans",
            "借阅登记簿",
            "loan_no:借阅编号:text! reg_no:文件编号:text! borrower:借阅人:text out_on:借出日期:date \
             back_on:归还日期:date",
        );
        shop.ledger(
            "duty",
            "值班表",
            "duty_id:班次:text! start_at:开始:moment end_at:结束:moment",
        );
        shop.ledger(
            "attestations",
            "现场检查答复表",
            "requirement_id:条目:text checklist:清单:checklist scope_type:范围:scope_type \
             scope_ref:对象:text answer:答复:answer answered_on:日期:date evidence:说明:text",
        );
        shop
    }

    fn enumeration(&mut self, id: &str, values: &[&str], labels: &[&str]) {
        let values = values
            .iter()
            .zip(labels)
            .enumerate()
            .map(|(rank, (id, label))| EnumValue {
                id: (*id).into(),
                label: (*label).into(),
                rank: Some(rank as i32),
                aliases: Vec::new(),
                parts: Vec::new(),
            });
        let values = values.collect();
        self.catalogue.schemas.enums.push(EnumSchema {
            id: id.into(),
            label: id.into(),
            values,
        });
    }

    fn ledger(&mut self, id: &str, label: &str, fields: &str) {
        let schemas = &mut self.catalogue.schemas;
        let fields = fields.split_whitespace().map(|field| {
            let parts: Vec<_> = field.trim_end_matches('!').split(':').collect();
            FieldSchema {
                id: parts[0].into(),
                label: parts[1].into(),
                aliases: Vec::new(),
                ty: field_type(schemas, parts[2]),
                date_kind: Default::default(),
                required: field.ends_with('!'),
                reference: None,
                description: String::new(),
            }
        });
        let fields = fields.collect();
        schemas.ledgers.push(LedgerSchema {
            id: id.into(),
            label: label.into(),
            aliases: Vec::new(),
            core: true,
            purpose: String::new(),
            primary_key: vec![FieldId(0)],
            event_date: None,
            open_when: None,
            may_be_empty: false,
            fields,
        });
        self.data.tables.push(None);
    }

    pub(crate) fn id(&self, ledger: &str) -> LedgerId {
        self.catalogue.schemas.ledger_by_id(ledger).expect(ledger)
    }

    pub(crate) fn schema(&mut self, ledger: &str) -> &mut LedgerSchema {
        let id = self.id(ledger);
        &mut self.catalogue.schemas.ledgers[usize::from(id.0)]
    }

    pub(crate) fn field_id(&self, ledger: &str, field: &str) -> FieldId {
        let schema = self.catalogue.schemas.ledger(self.id(ledger));
        schema.field_by_id(field).expect(field)
    }

    /// Provides a ledger with these records: `field=text` parted by `;`, `?` for unreadable.
    pub(crate) fn provide(&mut self, ledger: &str, records: &[&str]) -> &mut Self {
        let id = self.id(ledger);
        let fields = self.catalogue.schemas.ledger(id).fields.clone();
        let mut columns = vec![Column::default(); fields.len()];
        for record in records {
            let cells: HashMap<_, _> = record
                .split(';')
                .filter_map(|cell| cell.trim().split_once('='))
                .collect();
            for (field, column) in fields.iter().zip(&mut columns) {
                let raw = cells.get(field.id.as_str()).copied().unwrap_or_default();
                let (state, word) = self.coerce(field.ty, raw);
                column.states.push(state);
                column.words.push(word);
                column.raw.push(self.data.strings.intern(raw));
            }
        }
        let origins = (0..records.len() as u32).map(|row| RowOrigin {
            part: 0,
            row: row + 2,
        });
        let part = Part {
            input: self.data.inputs.len(),
            told: 0,
            sheet: Some("表一".into()),
            columns: (0..fields.len() as u32).map(Some).collect(),
            first: 0,
            cell_lines: None,
            given: std::collections::BTreeMap::new(),
        };
        self.data.inputs.push(InputFile {
            path: format!("{ledger}.xlsx"),
            bytes: 0,
            digests: zicha_model::digest::FileDigests::default(),
            sheets: Vec::new(),
            readable: true,
        });
        self.data.tables[usize::from(id.0)] = Some(Table {
            ledger: id,
            columns,
            origins: origins.collect(),
            parts: vec![part],
            carried: HashMap::new(),
            moved: HashMap::new(),
        });
        self
    }

    /// Keeps facts after the day of the check from deciding anything.
    pub(crate) fn hold_back_future_facts(&mut self) {
        let as_of = self.plan.as_of;
        let schemas = &self.catalogue.schemas;
        self.data.hold_back_future_facts(schemas, as_of);
    }

    /// Makes a column of a provided ledger missing.
    pub(crate) fn drop_column(&mut self, ledger: &str, field: &str) {
        let (ledger, field) = (self.id(ledger), self.field_id(ledger, field));
        let table = self.data.tables[usize::from(ledger.0)]
            .as_mut()
            .expect("provided");
        table.columns[usize::from(field.0)]
            .states
            .fill(CellState::NoColumn);
    }

    /// The person register: name → id, both find the id.
    pub(crate) fn register(&mut self, name: &str, id: &str) {
        let (name, id) = (self.data.strings.intern(name), self.data.strings.intern(id));
        self.data.persons.insert(name, id);
        self.data.persons.insert(id, id);
    }

    fn coerce(&mut self, ty: FieldType, raw: &str) -> (CellState, i32) {
        let word = match (raw, ty) {
            ("", _) => return (CellState::Empty, 0),
            ("?", _) => return (CellState::Unreadable, 0),
            (_, FieldType::Date) => day(raw).0,
            (_, FieldType::DateTime) => moment(raw).0,
            (_, FieldType::Integer) => raw.parse().expect("a number"),
            (_, FieldType::Bool) => i32::from(raw == "是"),
            (_, FieldType::Enum(e)) => self
                .catalogue
                .schemas
                .enumeration(e)
                .value_by_id(raw)
                .expect("a value"),
            _ => self.data.strings.intern(raw).0 as i32,
        };
        (CellState::Value, word)
    }

    /// Adds a control with these clauses.
    pub(crate) fn control(&mut self, id: &str, clauses: Vec<Clause>) -> &mut Control {
        let control = Control {
            id: id.into(),
            title: "例".into(),
            requirement: String::new(),
            basis: Vec::new(),
            chapter: 6,
            checklists: vec![Checklist::Annual],
            kind: CheckKind::Row,
            severity: Severity::General,
            problem: None,
            remedy: String::new(),
            deadline_days: 5,
            rule: String::new(),
            ask: None,
            merged_into: Vec::new(),
            note: None,
            examples: Vec::new(),
            source: (String::new(), 1),
        };
        self.catalogue.controls.push(Compiled {
            control,
            rule: Rule { clauses },
            parameters: BTreeSet::new(),
            narrowed: Vec::new(),
            merged_at: Vec::new(),
        });
        &mut self
            .catalogue
            .controls
            .last_mut()
            .expect("just pushed")
            .control
    }

    /// Adds a control that only asks.
    pub(crate) fn question(&mut self, id: &str, scope: Scope) {
        self.control(id, Vec::new()).ask = Some(Ask {
            scope,
            question: "是否上锁？".into(),
        });
    }

    pub(crate) fn run(&self) -> (Vec<Outcome>, u64) {
        check::run_counted(&self.catalogue, &self.data, &self.plan, &self.profile)
    }

    /// True if the outcome proves that the subject was decided.
    pub(crate) fn has_decided(&self, outcome: &Outcome, ledger: &str, key: &str) -> bool {
        let subjects = check::Subjects::new(&self.catalogue, &self.data, &self.plan, &self.profile);
        outcome.has_decided(&subjects, ledger, key)
    }

    /// The outcome of the only control.
    pub(crate) fn outcome(&self) -> Outcome {
        self.run().0.remove(0)
    }

    /// The outcome of a rule alone.
    pub(crate) fn judge(&mut self, clause: Clause) -> Outcome {
        self.catalogue.controls.clear();
        self.control("TST-001", vec![clause]);
        self.outcome()
    }

    // Rules.

    /// `v.field` of the variable in a slot.
    pub(crate) fn field(&self, slot: u16, ledger: &str, field: &str) -> Expr {
        let (id, field) = (self.id(ledger), self.field_id(ledger, field));
        let ty = match self.catalogue.schemas.field(id, field).ty {
            FieldType::Date => Ty::Date,
            FieldType::DateTime => Ty::DateTime,
            FieldType::Integer => Ty::Integer,
            FieldType::Bool => Ty::Bool,
            FieldType::Person => Ty::Person,
            FieldType::Department => Ty::Department,
            FieldType::Enum(e) => Ty::Enum(e),
            _ => Ty::Text,
        };
        expr(ExprKind::Field(Slot(slot), id, field), ty)
    }

    /// A value of an enumeration.
    pub(crate) fn value(&self, enumeration: &str, id: &str) -> Expr {
        let e = self
            .catalogue
            .schemas
            .enum_by_id(enumeration)
            .expect("known");
        let index = self
            .catalogue
            .schemas
            .enumeration(e)
            .value_by_id(id)
            .expect("a value");
        expr(ExprKind::Literal(Literal::Enum(e, index)), Ty::Enum(e))
    }

    /// Rows of a ledger, in slot 1, whose field equals an expression.
    pub(crate) fn query(
        &self,
        ledger: &str,
        key: Option<(&str, Expr)>,
        filter: Option<Expr>,
    ) -> Query {
        let keys = key.map(|(field, outer)| Key::Equals(self.field_id(ledger, field), outer));
        Query {
            slot: Slot(1),
            name: "w".into(),
            ledger: self.id(ledger),
            keys: keys.into_iter().collect(),
            filter,
            span: 0..0,
        }
    }

    /// A binding over a ledger.
    pub(crate) fn binding(&self, slot: u16, ledger: &str, filter: Option<Expr>) -> Binding {
        Binding {
            slot: Slot(slot),
            name: "v".into(),
            source: Source::Ledger(self.id(ledger)),
            keys: Vec::new(),
            filter,
        }
    }

    /// `for v in ledger where …: body`.
    pub(crate) fn each(&self, ledger: &str, filter: Option<Expr>, body: Body) -> Clause {
        clause(Subjects::Each(vec![self.binding(0, ledger, filter)]), body)
    }
}

pub(crate) fn clause(subject: Subjects, body: Body) -> Clause {
    Clause {
        span: 0..0,
        condition: None,
        subject,
        narrowed: Vec::new(),
        body,
        slots: 3,
        needs: Default::default(),
        ledgers: Default::default(),
    }
}

pub(crate) fn expr(kind: ExprKind, ty: Ty) -> Expr {
    Expr {
        kind,
        ty,
        span: 0..0,
    }
}

pub(crate) fn truth(kind: ExprKind) -> Expr {
    expr(kind, Ty::Bool)
}

pub(crate) fn compare(comparison: Comparison, a: Expr, b: Expr) -> Expr {
    truth(ExprKind::Compare(comparison, Box::new(a), Box::new(b)))
}

pub(crate) fn equal(a: Expr, b: Expr) -> Expr {
    compare(Comparison::Equal, a, b)
}

pub(crate) fn call(function: Function, arguments: Vec<Expr>, ty: Ty) -> Expr {
    expr(ExprKind::Call(function, arguments), ty)
}

pub(crate) fn present(x: Expr) -> Expr {
    call(Function::Present, vec![x], Ty::Bool)
}

pub(crate) fn exists(query: Query) -> Expr {
    truth(ExprKind::Exists(Box::new(query)))
}

pub(crate) fn number(n: i64) -> Expr {
    expr(ExprKind::Literal(Literal::Integer(n)), Ty::Integer)
}

pub(crate) fn date(text: &str) -> Expr {
    expr(ExprKind::Literal(Literal::Date(day(text).0)), Ty::Date)
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn moment(text: &str) -> Moment {
    let Some((date, time)) = text.split_once(' ') else {
        return Moment::day_only(day(text));
    };
    let (hour, minute) = time.split_once(':').expect("a time");
    Moment::at(
        day(date),
        hour.parse().expect("hour"),
        minute.parse().expect("minute"),
    )
}

fn field_type(schemas: &Schemas, name: &str) -> FieldType {
    match name {
        "text" => FieldType::Text,
        "date" => FieldType::Date,
        "moment" => FieldType::DateTime,
        "int" => FieldType::Integer,
        "bool" => FieldType::Bool,
        "person" => FieldType::Person,
        "dept" => FieldType::Department,
        other => FieldType::Enum(schemas.enum_by_id(other).unwrap_or(EnumId(0))),
    }
}
