//! A made-up assessment for the tests of the documents: a few ledgers, controls that end in every
//! verdict, findings in every state. Everything in it is invented.

mod findings;
mod ledgers;

use crate::fixture::findings::{SPEC, Spec, cell, finding, results, subject};
use crate::fixture::ledgers::{dataset, schemas};
use std::collections::HashMap;
use zicha_assess::Assessment;
use zicha_engine::{Outcome, Unanswered, Undecided, UndecidedCause};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::results::CauseKind;
use zicha_model::{
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
};
use zicha_rule::{
    ir::Rule,
    pack::{Catalogue, Compiled},
};

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
        let warning = Diagnostic::new(
            codes::HEADING_UNUSED,
            "列“存放位置（旧）”没有对应的字段",
            place,
        );
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
            more_unreadable: Default::default(),
            this_run: zicha_assess::past_run(&self.results, self.plan.checklist_name(), None),
            results: self.results.clone(),
            outcomes: self.outcomes.clone(),
            catalogue: &self.catalogue,
            dataset: &self.dataset,
            plan: &self.plan,
            profile: &self.profile,
            due: Default::default(),
            diagnostics: self.diagnostics.clone(),
            form: None,
            levels: None,
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
            problem: None,
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
        narrowed: Vec::new(),
        merged_at: Vec::new(),
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
        verdict,
        subjects: 3,
        ..Outcome::new(control)
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
    outcomes[9].undecided_subjects = 1;
    outcomes[9].undecided = vec![UndecidedCause {
        cause: CauseKind::Unreadable,
        ledger: "documents_received".into(),
        field: "registered_on".into(),
        reason: "《收文登记簿》的登记日期无法识别，无法判定".into(),
        records: 1,
        places: vec![],
        examples: vec![Undecided {
            subject: subject("documents_received", "收字〔2026〕2号"),
            reason: "登记日期无法识读".into(),
            evidence: vec![cell(5, "F", "registered_on", "三月初")],
        }],
    }];
    outcomes
}
