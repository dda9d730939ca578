//! A made-up assessment for the tests of the documents: a few ledgers, controls that end in every
//! verdict, findings in every state. Everything in it is invented.

use crate::{
    assess::Assessment,
    check::{Outcome, Unanswered, Undecided},
    diag::{Diagnostic, Locus},
    model::{
        control::{Ask, CheckKind, Control, Scope},
        dataset::{CellState, Column, Dataset, InputFile, Part, RowOrigin, Table},
        plan::{Checklist, Festival, FestivalKind, Period, Plan},
        profile::Profile,
        results::*,
        schema::{
            EnumId, EnumSchema, EnumValue, FieldId, FieldSchema, FieldType, LedgerSchema, Schemas,
        },
        time::{Day, Moment},
        verdict::{Severity, Verdict},
    },
    rule::{
        ir::Rule,
        pack::{Catalogue, Compiled},
    },
};
use std::collections::{BTreeSet, HashMap};

/// Owns what an [`Assessment`] borrows.
pub(crate) struct Fixture {
    pub(crate) catalogue: Catalogue,
    pub(crate) dataset: Dataset,
    pub(crate) plan: Plan,
    pub(crate) profile: Profile,
    pub(crate) results: Results,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Fixture {
    /// An annual run with a bit of everything.
    pub(crate) fn annual() -> Self {
        let catalogue = Catalogue {
            schemas: schemas(),
            controls: controls(),
            ..Default::default()
        };
        let dataset = dataset(&catalogue.schemas);
        let outcomes = outcomes();
        let results = results(&catalogue, &outcomes);
        let place = Locus::sheet("台账/收文.xlsx", Some("2026"));
        let warning =
            Diagnostic::warning("heading-unused", "列“存放位置（旧）”没有对应的字段", place);
        Self {
            catalogue,
            dataset,
            plan: Plan {
                as_of: day("2026-09-28"),
                year: 2026,
                annual: Some(period("2026-01-01", "2026-12-31")),
                festival: None,
            },
            results,
            outcomes,
            profile: Profile {
                unit_name: "云岭示范局".into(),
                addressee: Some("云岭保密局".into()),
                ..Default::default()
            },
            diagnostics: vec![warning.with_hint("在 zicha.yaml 的 columns 中写明对应字段")],
        }
    }

    /// The same as a festival run.
    pub(crate) fn festival() -> Self {
        let mut fixture = Self::annual();
        let festival = Festival {
            kind: FestivalKind::NationalDay,
            start: day("2026-10-01"),
            end: day("2026-10-07"),
            statutory_only: false,
        };
        fixture.plan.annual = None;
        fixture.plan.festival = Some((period("2026-01-01", "2026-10-07"), festival));
        fixture.results.run.checklists = vec![Checklist::Festival];
        fixture.results.score = Score::default();
        fixture
    }

    /// The annual run with this many findings more.
    pub(crate) fn with_findings(count: usize) -> Self {
        let mut fixture = Self::annual();
        let more = (0..count).map(|n| {
            finding(Spec {
                fingerprint: &format!("more-{n:05}"),
                key: &format!("收字〔2026〕{}号", n + 100),
                row: n as u32 + 10,
                ..SPEC
            })
        });
        fixture.results.findings.extend(more);
        fixture
    }

    /// Texts that try to break out of every format.
    pub(crate) fn hostile() -> Self {
        let mut fixture = Self::annual();
        let long = "长".repeat(5000);
        let texts = [
            "<script>alert(1)</script>",
            "=HYPERLINK(\"x\")",
            "甲\u{202e}乙\0",
            "#panic() $x$ *重* [[a]](b) <!-- figures --> {{ 7*7 }}",
            &long,
        ];
        for (n, text) in texts.iter().enumerate() {
            let fingerprint = format!("hostile-{n}");
            let mut finding = finding(Spec {
                fingerprint: &fingerprint,
                key: text,
                ..SPEC
            });
            finding.message = (*text).to_owned();
            finding.subject.department = Some((*text).to_owned());
            finding.subject.person = Some((*text).to_owned());
            finding.evidence[0].value = (*text).to_owned();
            fixture.results.findings.push(finding);
        }
        fixture.results.unit.name = "<b>局</b>".into();
        fixture
    }

    /// As the reports get it.
    pub(crate) fn assessment(&self) -> Assessment<'_> {
        Assessment {
            history: Vec::new(),
            this_run: crate::assess::past_run(&self.results, self.plan.checklist_name(), None),
            results: self.results.clone(),
            outcomes: self.outcomes.clone(),
            catalogue: &self.catalogue,
            dataset: &self.dataset,
            plan: &self.plan,
            profile: &self.profile,
            diagnostics: self.diagnostics.clone(),
        }
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn period(from: &str, to: &str) -> Period {
    Period {
        from: day(from),
        to: day(to),
    }
}

fn enumeration(id: &str, label: &str, values: &[(&str, &str)]) -> EnumSchema {
    let values = values.iter().zip(0..).map(|((id, label), rank)| EnumValue {
        id: (*id).into(),
        label: (*label).into(),
        rank: Some(rank),
        aliases: vec![],
    });
    EnumSchema {
        id: id.into(),
        label: label.into(),
        values: values.collect(),
    }
}

#[rustfmt::skip] // one ledger a line reads best
fn schemas() -> Schemas {
    use FieldType::{Bool, Date, DateTime, Enum, Integer, Person, Text};
    let (level, category) = (Enum(EnumId(0)), Enum(EnumId(1)));
    Schemas {
        enums: vec![
            enumeration("level", "密级", &[("public", "公开"), ("internal", "内部"), ("confidential", "秘密"), ("secret", "机密"), ("top_secret", "绝密")]),
            enumeration("category", "涉密人员类别", &[("none", "非涉密人员"), ("general", "一般涉密人员"), ("important", "重要涉密人员"), ("core", "核心涉密人员")]),
        ],
        ledgers: vec![
            ledger("departments", "部门（处室）名册", &[("dept_id", "部门编号", Text), ("name", "部门名称", Text), ("business_leader", "分管领导", Person)]),
            ledger("personnel", "工作人员（涉密人员）名册", &[("person_id", "人员编号", Text), ("name", "姓名", Text), ("category", "涉密人员类别", category)]),
            ledger("documents_received", "涉密文件收文登记簿", &[("reg_no", "登记号", Text), ("title", "文件标题", Text), ("level", "密级", level), ("secrecy_years", "保密期限（年）", Integer), ("received_on", "收文日期", Date), ("registered_on", "登记日期", Date), ("custodian", "保管人", Person)]),
            ledger("computers", "计算机（信息设备）台账", &[("asset_no", "资产编号", Text), ("level", "核定密级", level), ("is_classified", "是否涉密", Bool), ("network", "网络连接", Text)]),
            ledger("media", "移动存储介质台账", &[("media_no", "介质编号", Text)]),
            ledger("duty_roster", "值班安排与记录", &[("duty_id", "编号", Text), ("start_at", "值班开始", DateTime), ("end_at", "值班结束", DateTime), ("person", "值班人", Person), ("handed_over", "是否交接", Bool)]),
            ledger("person_reviews", "涉密人员审查考核记录", &[("review_id", "审查编号", Text)]),
        ],
    }
}

fn ledger(id: &str, label: &str, fields: &[(&str, &str, FieldType)]) -> LedgerSchema {
    let fields = fields.iter().map(|&(id, label, ty)| FieldSchema {
        id: id.into(),
        label: label.into(),
        aliases: vec![],
        ty,
        required: false,
        reference: None,
        description: String::new(),
    });
    LedgerSchema {
        id: id.into(),
        label: label.into(),
        aliases: vec![],
        core: true,
        purpose: String::new(),
        primary_key: vec![FieldId(0)],
        event_date: None,
        open_when: None,
        may_be_empty: false,
        fields: fields.collect(),
    }
}

fn dataset(schemas: &Schemas) -> Dataset {
    let mut data = Dataset {
        tables: vec![None; schemas.ledgers.len()],
        ..Default::default()
    };
    for path in ["台账/基础.xlsx", "台账/收文.xlsx", "台账/设备.csv"] {
        data.inputs.push(InputFile {
            path: path.into(),
            bytes: 1024,
            sha256: "00".repeat(32),
            sm3: "11".repeat(32),
            sheets: vec![],
            readable: true,
        });
    }
    let mut fill = |id, at, lines: &[&str]| fill(&mut data, schemas, id, at, lines);
    let people = [
        "P1|沈砚|核心涉密人员",
        "P2|陆昇喆|重要涉密人员",
        "P3|柏舟|一般涉密人员",
        "P4|纪青禾|",
    ];
    let papers = [
        "收字〔2026〕1号|关于示范工作的通知|机密|10|2026-03-05|2026-03-07|P3",
        "收字〔2026〕2号|示范要情|秘密|5|2026-03-09|2026-03-09|P3",
    ];
    let shifts = [
        "Z1|2026-10-01 08:00|2026-10-02 08:00|P1|",
        "Z2|2026-10-02 08:00|2026-10-03 08:00|P2|",
    ];
    fill(
        "departments",
        (0, Some("部门")),
        &["B1|办公室|P1", "B2|业务一处|P2"],
    );
    fill("personnel", (0, Some("人员")), &people);
    fill("documents_received", (1, Some("2026")), &papers);
    let computers = ["JS-001|机密|是|互联网", "JS-002|内部|否|", "JS-003||否|"];
    fill("computers", (2, None), &computers);
    fill("duty_roster", (0, Some("值班")), &shifts);
    data
}

/// Fills a table from lines of cells; rows stand from row 4 on, in the order of the fields.
fn fill(
    data: &mut Dataset,
    schemas: &Schemas,
    id: &str,
    (input, sheet): (usize, Option<&str>),
    lines: &[&str],
) {
    let ledger = schemas.ledger_by_id(id).expect("a ledger of the fixture");
    let schema = schemas.ledger(ledger);
    let mut columns = vec![Column::default(); schema.fields.len()];
    for line in lines {
        for ((column, field), text) in columns.iter_mut().zip(&schema.fields).zip(line.split('|')) {
            column.raw.push(data.strings.intern(text));
            column.words.push(word(data, schemas, field.ty, text));
            column.states.push(match text {
                "" => CellState::Empty,
                _ => CellState::Value,
            });
        }
    }
    let part = Part {
        input,
        told: 0,
        sheet: sheet.map(str::to_owned),
        columns: (0..schema.fields.len() as u32).map(Some).collect(),
        first: 0,
        cell_lines: None,
    };
    let origins = (0..lines.len() as u32).map(|row| RowOrigin {
        part: 0,
        row: row + 4,
    });
    data.tables[usize::from(ledger.0)] = Some(Table {
        ledger,
        columns,
        origins: origins.collect(),
        parts: vec![part],
        carried: HashMap::new(),
    });
}

fn word(data: &mut Dataset, schemas: &Schemas, ty: FieldType, text: &str) -> i32 {
    match ty {
        FieldType::Date => Day::parse(text).map_or(0, |d| d.0),
        FieldType::DateTime => text.split_once(' ').map_or(0, |(date, time)| {
            let hour = time[..2].parse().expect("an hour");
            Moment::at(day(date), hour, 0).0
        }),
        FieldType::Integer => text.parse().unwrap_or(0),
        FieldType::Bool => i32::from(text == "是"),
        FieldType::Enum(id) => {
            let mut values = schemas.enumeration(id).values.iter();
            values.position(|v| v.label == text).map_or(0, |i| i as i32)
        }
        _ => data.strings.intern(text).0 as i32,
    }
}

fn control(
    id: &str,
    title: &str,
    chapter: u8,
    kind: CheckKind,
    severity: Severity,
    remedy: &str,
) -> Compiled {
    let ask = Ask {
        scope: Scope::Site,
        question: "保密柜是否上锁？".into(),
    };
    Compiled {
        control: Control {
            id: id.into(),
            title: title.into(),
            requirement: format!("{title}，按规定办理。"),
            basis: vec!["001 六.1.(1)".into(), "条例 §26".into()],
            chapter,
            checklists: vec![Checklist::Annual, Checklist::Festival],
            kind,
            severity,
            remedy: remedy.into(),
            deadline_days: 5,
            rule: String::new(),
            ask: (kind == CheckKind::Attest).then_some(ask),
            note: None,
            merged_into: Vec::new(),
            examples: vec![],
            source: ("checklists/controls/doc.yaml".into(), 1),
        },
        rule: Rule::default(),
        parameters: Default::default(),
    }
}

#[rustfmt::skip] // one control a line reads best
fn controls() -> Vec<Compiled> {
    use CheckKind::{Attest, Coverage, Required, Row, Sequence, Unique};
    use Severity::{Critical, General, Serious};
    vec![
        control("ORG-004", "部门明确保密责任人", 1, Coverage, Serious, "补明确负责人和兼职保密员。"),
        control("PER-002", "涉密人员先审后用", 4, Required, Serious, "补办审查手续。"),
        control("DOC-004", "收文当日登记", 6, Sequence, General, "补登记并说明原因。"),
        control("DOC-007", "绝密件专人管理", 6, Row, Critical, "立即收回，指定专人管理。"),
        control("NET-002", "涉密计算机不得连接互联网", 7, Row, Critical, "立即断开并送检。"),
        control("MED-001", "介质统一编号", 7, Unique, General, "重新编号。"),
        control("KEY-011", "保密柜节前上锁", 9, Attest, Serious, "立即上锁。"),
        control("MTG-001", "涉密会议审批", 11, Required, General, "补办审批。"),
        control("PUB-001", "信息公开先审查", 12, Sequence, Serious, "补办审查。"),
        control("INC-001", "泄密事件报告", 13, Sequence, Critical, "立即报告。"),
    ]
}

fn outcomes() -> Vec<Outcome> {
    use Verdict::{Fail, NotApplicable, NotChecked, NotSelected, Pass, Unknown, Waived};
    let verdicts = [
        Pass,
        Fail,
        Fail,
        Waived,
        Fail,
        Unknown,
        NotChecked,
        NotApplicable,
        NotSelected,
        Unknown,
    ];
    let outcome = |(control, verdict)| Outcome {
        control,
        verdict,
        reasons: vec![],
        subjects: 3,
        violations: vec![],
        undecided: vec![],
        decided: Default::default(),
        suggestions: vec![],
        unanswered: vec![],
        missing_ledgers: BTreeSet::new(),
    };
    let mut outcomes: Vec<_> = verdicts.into_iter().enumerate().map(outcome).collect();
    outcomes[5].missing_ledgers.insert("media".into());
    let unanswered = |scope: &str| Unanswered {
        scope: scope.into(),
        question: "保密柜是否上锁？".into(),
    };
    outcomes[6].unanswered = vec![unanswered("保密室"), unanswered("机要室")];
    outcomes[7].reasons = vec!["检查期间没有涉密会议".into()];
    outcomes[8].reasons = vec!["本单位不对外发布信息（在 zicha.yaml 中停用）".into()];
    outcomes[9].undecided = vec![Undecided {
        subject: subject("documents_received", "收字〔2026〕2号"),
        reason: "登记日期无法识读".into(),
        evidence: vec![cell(5, "F", "registered_on", "三月初")],
    }];
    outcomes
}

fn subject(ledger: &str, key: &str) -> Subject {
    Subject {
        ledger: ledger.into(),
        key: key.into(),
        department: Some("办公室".into()),
        person: Some("柏舟".into()),
    }
}

fn cell(row: u32, column: &str, field: &str, value: &str) -> Evidence {
    Evidence {
        file: Some("台账/收文.xlsx".into()),
        sheet: Some("2026".into()),
        row: Some(row),
        column: Some(column.into()),
        field: field.into(),
        value: value.into(),
    }
}

/// What differs between the findings of the fixture.
struct Spec<'a> {
    fingerprint: &'a str,
    control: Option<&'a str>,
    severity: Severity,
    state: State,
    key: &'a str,
    row: u32,
    due: &'a str,
}

const SPEC: Spec<'_> = Spec {
    fingerprint: "",
    control: Some("DOC-004"),
    severity: Severity::General,
    state: State::New,
    key: "收字〔2026〕1号",
    row: 4,
    due: "2026-10-03",
};

fn finding(spec: Spec<'_>) -> Finding {
    Finding {
        fingerprint: spec.fingerprint.into(),
        control: spec.control.map(str::to_owned),
        severity: spec.severity,
        kind: match spec.control {
            Some(_) => FindingKind::Violation,
            None => FindingKind::Unreadable,
        },
        state: spec.state,
        waived: false,
        subject: subject("documents_received", spec.key),
        message: format!("{}没有在收文当日登记", spec.key),
        expected: "登记日期与收文日期相同".into(),
        actual: "收文日期 2026-03-05，登记日期 2026-03-07".into(),
        remedy: "补登记并说明原因。".into(),
        found: day("2026-09-28"),
        due: day(spec.due),
        evidence: vec![
            cell(spec.row, "E", "received_on", "2026-03-05"),
            cell(spec.row, "F", "registered_on", "2026-03-07"),
        ],
        rectification: Default::default(),
    }
}

fn network_finding() -> Finding {
    let mut finding = finding(Spec {
        fingerprint: "f-net",
        control: Some("NET-002"),
        severity: Severity::Critical,
        due: "2026-09-28",
        ..SPEC
    });
    finding.subject = Subject {
        ledger: "computers".into(),
        key: "JS-001".into(),
        department: Some("业务一处".into()),
        person: None,
    };
    finding.message = "涉密计算机 JS-001 连接了互联网".into();
    finding.evidence = vec![Evidence {
        file: Some("台账/设备.csv".into()),
        sheet: None,
        ..cell(4, "D", "network", "互联网")
    }];
    finding
}

/// Its evidence is that a ledger has no such record.
fn review_finding() -> Finding {
    let mut finding = finding(Spec {
        fingerprint: "f-per",
        control: Some("PER-002"),
        severity: Severity::Serious,
        state: State::Reopened,
        due: "2026-09-01",
        ..SPEC
    });
    finding.subject = subject("personnel", "P3");
    finding.message = "柏舟没有上岗审查记录".into();
    finding.found = day("2026-08-01");
    finding.evidence = vec![Evidence {
        file: None,
        sheet: None,
        row: None,
        column: None,
        field: "person_reviews".into(),
        value: "P3 的上岗审查".into(),
    }];
    finding
}

#[rustfmt::skip] // one finding a line reads best
fn findings() -> Vec<Finding> {
    let mut waived = finding(Spec { fingerprint: "f-waived", control: Some("DOC-007"), severity: Severity::Critical, ..SPEC });
    waived.waived = true;
    vec![
        network_finding(),
        review_finding(),
        finding(Spec { fingerprint: "f-doc-1", ..SPEC }),
        finding(Spec { fingerprint: "f-doc-2", state: State::Open, key: "收字〔2026〕2号", row: 5, ..SPEC }),
        finding(Spec { fingerprint: "f-doc-3", state: State::Fixed, key: "收字〔2026〕9号", row: 12, ..SPEC }),
        finding(Spec { fingerprint: "f-cell", control: None, ..SPEC }),
        waived,
    ]
}

fn results(catalogue: &Catalogue, outcomes: &[Outcome]) -> Results {
    let control = |outcome: &Outcome| {
        let control = &catalogue.controls[outcome.control].control;
        ControlResult {
            id: control.id.clone(),
            title: control.title.clone(),
            chapter: control.chapter.to_string(),
            checklists: control.checklists.clone(),
            severity: control.severity,
            basis: control.basis.clone(),
            verdict: outcome.verdict,
            subjects: 3,
            failed: u32::from(outcome.verdict == Verdict::Fail),
            unknown: outcome.undecided.len() as u32,
            waived: 0,
            score: None,
        }
    };
    Results {
        schema: "zicha/results/1".into(),
        tool: Tool {
            name: "zicha".into(),
            version: "0.1.0".into(),
        },
        unit: Unit {
            name: "云岭示范局".into(),
            kind: "government".into(),
        },
        run: run(),
        inputs: inputs(),
        controls: outcomes.iter().map(control).collect(),
        findings: findings(),
        score: score(),
        discipline: proposals(),
        follow_up: FollowUp {
            baseline: "out/history/2026-08-01-annual.json".into(),
            new: 3,
            open: 1,
            fixed: 1,
            reopened: 1,
            ..FollowUp::default()
        },
        diagnostics: vec![],
        departments: vec![],
    }
}

fn run() -> Run {
    Run {
        as_of: day("2026-09-28"),
        checklists: vec![Checklist::Annual],
        festival: None,
        period: PerChecklist::One(period("2026-01-01", "2026-12-31")),
        packs: vec![PackRef {
            id: "builtin".into(),
            version: "1".into(),
            sha256: "22".repeat(32),
        }],
        parameters: Default::default(),
    }
}

fn inputs() -> Vec<Input> {
    let sheet = |name: &str, ledger: Option<&str>, unused: &[&str]| InputSheet {
        name: name.into(),
        ledger: ledger.map(str::to_owned),
        heading_row: Some(3),
        rows: 2,
        unused_columns: unused.iter().map(|u| (*u).to_owned()).collect(),
    };
    let input = |path: &str, sheets| Input {
        path: path.into(),
        sha256: "00".repeat(32),
        sm3: "11".repeat(32),
        bytes: 1024,
        sheets,
    };
    let basics = vec![
        sheet("部门", Some("departments"), &[]),
        sheet("人员", Some("personnel"), &[]),
        sheet("说明", None, &[]),
    ];
    let papers = sheet("2026", Some("documents_received"), &["存放位置（旧）"]);
    vec![
        input("台账/基础.xlsx", basics),
        input("台账/收文.xlsx", vec![papers]),
        input("台账/设备.csv", vec![sheet("设备", Some("computers"), &[])]),
    ]
}

fn score() -> Score {
    let step = |title: &str, points: f64, applies, cases, deducted: f64, open| ScoreStep {
        item: title.into(),
        title: title.into(),
        points,
        applies,
        cases,
        deduction: deducted * 1.5,
        deducted,
        open,
        withheld: f64::from(open),
        lowest: points - deducted - f64::from(open),
        highest: points - deducted,
        parts: Vec::new(),
        note: "每处扣0.5分，以分值为上限。".into(),
    };
    Score {
        model: "government".into(),
        points: 24.0,
        of: 32.0,
        percent: 75.0,
        grade: "不符合要求".into(),
        vetoes: vec![],
        highest: 26.0,
        highest_grade: "基本符合要求".into(),
        steps: vec![
            step("组织领导和责任制", 12.0, true, 0, 0.0, 0),
            step("国家秘密载体管理", 20.0, true, 4, 6.0, 2),
            step("密码电报管理", 8.0, false, 0, 0.0, 0),
        ],
    }
}

fn proposals() -> Vec<Proposal> {
    let penalty = Proposal {
        kind: ProposalKind::Penalty,
        subject: "柏舟".into(),
        reason: "违规外带机密级载体".into(),
        basis: vec!["001 十五.3.(2)".into()],
        from: "记过".into(),
        to: "降职".into(),
        aggravating: vec!["事后未及时报告".into()],
        evidence: vec![cell(4, "G", "custodian", "柏舟")],
        category: Some("一般涉密人员".into()),
        decided: String::new(),
        decided_by: None,
        decided_on: None,
    };
    let reward = Proposal {
        kind: ProposalKind::Reward,
        subject: "办公室".into(),
        reason: "全年无差错".into(),
        from: "通报表扬".into(),
        to: String::new(),
        aggravating: vec![],
        evidence: vec![],
        category: None,
        ..penalty.clone()
    };
    vec![penalty, reward]
}
