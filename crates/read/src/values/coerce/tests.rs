use crate::values::coerce::*;

fn field(ty: FieldType) -> FieldSchema {
    FieldSchema {
        id: "x".to_owned(),
        label: "某栏".to_owned(),
        aliases: Vec::new(),
        ty,
        date_kind: Default::default(),
        required: false,
        reference: None,
        description: String::new(),
    }
}

fn read(ty: FieldType, text: &str, kind: CellKind, year: Option<i32>) -> Reading {
    let schemas = Schemas::default();
    let days = Reckoning {
        year,
        since_1904: false,
    };
    Coercer::new(&schemas).read(&field(ty), text, kind, days)
}

#[test]
fn decimals_are_kept_in_thousandths_and_told_when_they_had_to_be_rounded() {
    let decimal = |text| {
        let reading = read(FieldType::Decimal, text, CellKind::Text, None);
        (reading.value, reading.note)
    };
    for (text, word, note) in [
        ("2.5", 2_500, None),
        ("2.50000", 2_500, None),
        ("2.5004", 2_500, Some(Note::Rounded)),
        ("2.5005", 2_501, Some(Note::Rounded)),
        ("-0.0006", -1, Some(Note::Rounded)),
        ("1.23456万元", 12_345_600, None),
    ] {
        assert_eq!(decimal(text), (Value::Word(word), note), "{text}");
    }
    let whole = |text| read(FieldType::Integer, text, CellKind::Text, None).value;
    assert_eq!(whole("3.000"), Value::Word(3));
    assert!(matches!(whole("3.0004"), Value::Unreadable(_)));
}

#[test]
fn serials_count_from_where_the_workbook_counts() {
    let schemas = Schemas::default();
    let word = |text, since_1904| {
        let days = Reckoning {
            year: None,
            since_1904,
        };
        let coercer = Coercer::new(&schemas);
        let reading = coercer.read(&field(FieldType::Date), text, CellKind::Number, days);
        reading.value
    };
    assert_eq!(word("46086", false), Value::Word(20_517));
    assert_eq!(word("44624", true), Value::Word(20_517));
    assert_eq!(word("44624.5", true), Value::Word(20_517));
    assert_eq!(word("20260305", true), Value::Word(20_517));
}

#[test]
fn a_number_that_may_have_lost_its_nought_is_no_month() {
    let reading = read(FieldType::Date, "2026.1", CellKind::Number, None);
    assert!(matches!(reading.value, Value::Unreadable(_)));
    let reading = read(FieldType::Date, "2026.1", CellKind::Text, None);
    assert_eq!(reading.note, Some(Note::MonthOnly));
}

#[test]
fn days_without_a_year_take_that_of_the_sheet() {
    for text in ["3月5日", "3.5", "3-5", "3/5", "三月五日"] {
        let reading = read(FieldType::Date, text, CellKind::Text, Some(2026));
        assert_eq!(reading.value, Value::Word(20_517), "{text}");
        assert_eq!(reading.note, Some(Note::SheetYear), "{text}");
    }
}

#[test]
fn errors_of_formulas_are_never_text() {
    let reading = read(FieldType::Text, "#N/A", CellKind::Error, None);
    assert_eq!(
        reading.value,
        Value::Unreadable(words::FORMULA_ERROR.to_owned())
    );
}

#[test]
fn years_until_a_day_are_rounded_up() {
    let day = |y, m, d| zicha_model::time::Day::of(y, m, d).expect("a day");
    let from = day(2026, 3, 5);
    let cases = [
        (day(2027, 3, 5), 1),
        (day(2027, 3, 6), 2),
        (day(2026, 9, 1), 1),
        (day(2026, 3, 5), 0),
        (day(2025, 1, 1), 0),
        (day(2056, 3, 5), 30),
    ];
    for (until, years) in cases {
        assert_eq!(levels::years_until(from, until), years, "{until}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_any_type_panic(text in "\\PC{0,24}", year in proptest::option::of(1990..2100)) {
        for ty in [FieldType::Text, FieldType::Integer, FieldType::Decimal, FieldType::Bool, FieldType::Date,
                   FieldType::DateTime, FieldType::Person, FieldType::PersonList, FieldType::Department] {
            for kind in [CellKind::Text, CellKind::Number, CellKind::Date] {
                let reading = read(ty, &text, kind, year);
                proptest::prop_assert_eq!(&reading, &read(ty, &text, kind, year));
            }
        }
    }

    #[test]
    fn dates_survive_any_spelling(y in 1990i32..2100, m in 1u32..=12, d in 1u32..=28) {
        let meant = zicha_model::time::Day::of(y, m, d).expect("a day").0;
        for text in [format!("{y}-{m}-{d}"), format!("{y}.{m}.{d}"), format!("{y}年{m}月{d}日"),
                     format!("{y}{m:02}{d:02}"), format!("{y}/{m:02}/{d:02}"), (meant + 25_569).to_string()] {
            let reading = read(FieldType::Date, &text, CellKind::Text, None);
            proptest::prop_assert_eq!(reading.value, Value::Word(meant), "{}", text);
        }
    }
}

#[test]
fn what_is_only_about_so_many_is_no_number() {
    for text in ["两三处", "十几份", "三五件", "3份左右", "十余份"] {
        let reading = read(FieldType::Integer, text, CellKind::Text, None);
        assert!(matches!(reading.value, Value::Unreadable(_)), "{text}");
    }
    for (text, number) in [("三份", 3), ("二〇", 20), ("二十三", 23), ("两件", 2)] {
        let reading = read(FieldType::Integer, text, CellKind::Text, None);
        assert_eq!(reading.value, Value::Word(number), "{text}");
    }
}

#[test]
fn instants_are_turned_into_the_time_of_china() {
    for (text, day, minute, told) in [
        ("2026-01-04T16:00:00.000Z", 5, None, true),
        ("2026-01-04T16:30:00Z", 5, Some(30), true),
        ("2026-01-04T16:00Z", 5, None, true),
        ("2026-01-04 16:00:00 UTC", 5, None, true),
        ("2026-01-04 16:00:00+00:00", 5, None, true),
        ("2026-01-05T00:00:00+08:00", 5, None, false),
        ("2026-01-05T09:15:00+0800", 5, Some(555), false),
        ("2026-01-05T00:00:00+09", 4, Some(1380), true),
        (
            "Mon Jan 05 2026 00:00:00 GMT+0800 (中国标准时间)",
            5,
            None,
            false,
        ),
        ("1767542400000", 5, None, true),
        ("1767542400", 5, None, true),
    ] {
        let when = dates::when(text, CellKind::Text, Reckoning::default(), false).expect(text);
        let january = zicha_model::time::Day::of(2026, 1, day).expect("a day");
        assert_eq!((when.day, when.minute), (january, minute), "{text}");
        assert_eq!(when.note.is_some(), told, "{text}");
    }
}
