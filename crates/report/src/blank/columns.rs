//! A ledger's schema → the columns of its empty workbook.

use crate::blank::{Column, Form, Kind};
use zicha_model::schema::{EnumId, FieldSchema, FieldType, LedgerSchema, Schemas};

/// The empty workbook of a ledger.
pub fn of_ledger(schemas: &Schemas, ledger: &LedgerSchema) -> Form {
    Form {
        title: ledger.label.clone(),
        purpose: ledger.purpose.clone(),
        columns: ledger.fields.iter().map(|f| column(schemas, f)).collect(),
        rows: Vec::new(),
    }
}

fn column(schemas: &Schemas, field: &FieldSchema) -> Column {
    let kind = kind(schemas, field.ty);
    Column {
        heading: field.label.clone(),
        form: form(schemas, field),
        width: width(&field.label, &kind),
        kind,
        required: field.required,
        description: field.description.trim_end_matches('。').to_owned(),
    }
}

fn kind(schemas: &Schemas, ty: FieldType) -> Kind {
    match ty {
        FieldType::Integer => Kind::Integer,
        FieldType::Decimal => Kind::Decimal,
        FieldType::Date => Kind::Date,
        FieldType::DateTime => Kind::DateTime,
        FieldType::Bool => Kind::Choice(["是", "否"].map(str::to_owned).into()),
        FieldType::Enum(id) => Kind::Choice(labels(schemas, id)),
        FieldType::Text
        | FieldType::EnumList(_)
        | FieldType::Person
        | FieldType::PersonList
        | FieldType::Department => Kind::Text,
    }
}

fn labels(schemas: &Schemas, id: EnumId) -> Vec<String> {
    let values = &schemas.enumeration(id).values;
    values.iter().map(|value| value.label.clone()).collect()
}

/// How a cell is written.
fn form(schemas: &Schemas, field: &FieldSchema) -> String {
    let listed = |id| labels(schemas, id).join("、");
    let form = match field.ty {
        FieldType::Text => "写文字".to_owned(),
        FieldType::Integer => "写整数，不带单位".to_owned(),
        FieldType::Decimal => "写数字，不带单位".to_owned(),
        FieldType::Bool => "写“是”或“否”".to_owned(),
        FieldType::Date => "写日期，如 2026-09-28".to_owned(),
        FieldType::DateTime => "写日期和时间，如 2026-09-28 14:30；不知道时间的只写日期".to_owned(),
        FieldType::Enum(id) => format!("从下拉列表中选一项：{}", listed(id)),
        FieldType::EnumList(id) => format!("可写几项，用顿号隔开：{}", listed(id)),
        FieldType::Person => "写姓名或人员编号".to_owned(),
        FieldType::PersonList => "写姓名或人员编号，几个人用顿号隔开".to_owned(),
        FieldType::Department => "写部门名称或部门编号".to_owned(),
    };
    match field.reference {
        Some((ledger, target)) => format!(
            "{form}，要与《{}》的“{}”对得上",
            schemas.ledger(ledger).label,
            schemas.field(ledger, target).label
        ),
        None => form,
    }
}

/// Wide enough for the heading and for what usually stands below it.
fn width(heading: &str, kind: &Kind) -> u16 {
    let longest = match kind {
        Kind::Choice(words) => words.iter().map(|w| w.chars().count()).max().unwrap_or(2),
        Kind::Date => 6,
        Kind::DateTime => 8,
        _ => 0,
    };
    let wanted = longest.max(heading.chars().count()).clamp(4, 14) as u16;
    wanted * 2 + 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use zicha_model::schema::{EnumSchema, EnumValue};

    fn field(ty: FieldType, reference: bool) -> FieldSchema {
        FieldSchema {
            id: "f".to_owned(),
            label: "密级".to_owned(),
            aliases: Vec::new(),
            ty,
            date_kind: Default::default(),
            required: true,
            reference: reference.then_some((
                zicha_model::schema::LedgerId(0),
                zicha_model::schema::FieldId(0),
            )),
            description: "载体的密级。".to_owned(),
        }
    }

    fn schemas() -> Schemas {
        let value = |label: &str| EnumValue {
            id: label.to_owned(),
            label: label.to_owned(),
            rank: None,
            aliases: Vec::new(),
            parts: Vec::new(),
        };
        let ledger = LedgerSchema {
            id: "l".to_owned(),
            label: "人员名册".to_owned(),
            aliases: Vec::new(),
            core: true,
            purpose: String::new(),
            primary_key: Vec::new(),
            event_date: None,
            open_when: None,
            may_be_empty: false,
            fields: vec![field(FieldType::Text, false)],
        };
        Schemas {
            ledgers: vec![ledger],
            enums: vec![EnumSchema {
                id: "level".to_owned(),
                label: "密级".to_owned(),
                values: vec![value("秘密"), value("机密")],
            }],
        }
    }

    #[test]
    fn enumerations_become_drop_downs_and_lists_of_them_do_not() {
        let schemas = schemas();
        let one = column(&schemas, &field(FieldType::Enum(EnumId(0)), false));
        let words = ["秘密", "机密"].map(str::to_owned);
        assert_eq!(one.kind, Kind::Choice(words.into()));
        let several = column(&schemas, &field(FieldType::EnumList(EnumId(0)), false));
        assert_eq!(several.kind, Kind::Text);
        assert_eq!(several.form, "可写几项，用顿号隔开：秘密、机密");
    }

    #[test]
    fn a_reference_names_the_ledger_it_must_agree_with() {
        let column = column(&schemas(), &field(FieldType::Text, true));
        assert_eq!(column.form, "写文字，要与《人员名册》的“密级”对得上");
        assert_eq!(column.description, "载体的密级");
    }
}
