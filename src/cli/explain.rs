//! `zicha explain CODE`: one control in the terminal.

use super::{args::ExplainArgs, exit::Exit, output};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, Severity, human};
use zicha_model::{
    chapter,
    control::{Control, Example, Parameter},
    profile::Profile,
    schema::FieldType,
    verdict::Verdict,
};
use zicha_read as read;
use zicha_rule::{
    left_out, narrow,
    pack::{self, Catalogue, Compiled},
    window,
};

/// Prints the control, or says what is near.
pub(super) fn run(args: &ExplainArgs) -> Exit {
    let (profile, _, _) = read::settings::profile::load(&args.dir);
    let (catalogue, told) = pack::load(&args.dir, &profile);
    let code = args.code.trim().to_uppercase();
    match catalogue.controls.iter().find(|c| c.control.id == code) {
        Some(compiled) => {
            output::print(&describe(&profile, &catalogue, compiled));
            Exit::Clean
        }
        None => {
            let broken = told.iter().any(|d| d.severity == Severity::Error);
            output::complain(&human::render(&unknown(&catalogue, &code, broken)));
            Exit::Failed
        }
    }
}

/// `broken`: the packs have mistakes, for which controls are left out.
fn unknown(catalogue: &Catalogue, code: &str, broken: bool) -> Diagnostic {
    let ids = catalogue.controls.iter().map(|c| c.control.id.as_str());
    let near = ids
        .map(|id| (strsim::damerau_levenshtein(id, code), id))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, id)| id);
    let hint = near.map_or_else(
        || "编号由三个字母和三位数字组成，如 DOC-016；报告中每个问题都写有编号。".to_owned(),
        |id| format!("是不是 {id}？"),
    );
    let hint = match broken {
        true => format!("{hint}清单包里有写错的地方，写错的检查项没有载入，用 zicha lint 查看。"),
        false => hint,
    };
    Diagnostic::new(
        codes::CONTROL_UNKNOWN,
        format!("没有编号为“{code}”的检查项。"),
        Locus::default(),
    )
    .with_hint(hint)
}

fn describe(profile: &Profile, catalogue: &Catalogue, compiled: &Compiled) -> String {
    let control = &compiled.control;
    let checklists: Vec<_> = control.checklists.iter().map(|c| c.label()).collect();
    let deadline = match control.deadline_days {
        0 => "立行立改".to_owned(),
        days => format!("{days} 日内"),
    };
    let mut text = format!("{} {}\n\n", control.id, control.title);
    let mut part = |title: &str, body: &str| {
        if !body.trim().is_empty() {
            text.push_str(&format!("{title}\n{}\n", indent(body)));
        }
    };
    part(
        "不判定",
        &catalogue.not_judged(profile, control).unwrap_or_default(),
    );
    part("要求", &control.requirement);
    part("依据", &basis(catalogue, control));
    part(
        "归类",
        &format!(
            "{}（{}）；{}；严重程度：{}",
            chapter::name(control.chapter),
            control.chapter,
            checklists.join("、"),
            control.severity.label()
        ),
    );
    if control.merged_into.is_empty() {
        part("期间", &window::lines(catalogue, compiled).join("\n"));
        let narrowed = narrow::lines(&catalogue.schemas, compiled);
        part("收窄", &narrowed.join("\n"));
    }
    part("规则", &control.rule);
    if let Some(ask) = &control.ask {
        part("现场提问（答“是”为符合）", &ask.question);
    }
    part("凭据", &evidence(catalogue, compiled));
    part("不在其内", &left_out(catalogue, compiled));
    part("日期", &days(catalogue, compiled));
    part("参数", &parameters(catalogue, compiled));
    part("整改", &format!("{}（{deadline}）", control.remedy));
    if let Some(note) = &control.note {
        part("说明", note);
    }
    for example in &control.examples {
        part(
            match example.expected {
                Verdict::Fail => "不符合的例子",
                Verdict::Unknown => "不能判定的例子",
                Verdict::NotApplicable => "不适用的例子",
                _ => "符合的例子",
            },
            &match &example.like {
                Some(like) => format!("{}（仿照“{like}”）", example.title),
                None => example_text(catalogue, example),
            },
        );
    }
    text
}

/// The parameters that the rule or question names, with value and origin.
fn parameters(catalogue: &Catalogue, compiled: &Compiled) -> String {
    let parameters = catalogue.parameters_of(compiled);
    let lines = parameters.into_iter().map(|p| parameter(catalogue, p));
    lines.collect::<Vec<_>>().join("\n")
}

fn parameter(catalogue: &Catalogue, parameter: &Parameter) -> String {
    format!(
        "{}（${}）= {}\n  {}",
        parameter.label,
        parameter.name,
        pack::shown(parameter, &catalogue.schemas),
        pack::provenance(parameter)
    )
}

/// The clauses, those of the sources with what they are about.
fn basis(catalogue: &Catalogue, control: &Control) -> String {
    let about = |id: &str| catalogue.clauses.iter().find(|clause| clause.id == id);
    let lines = control.basis.iter().map(|id| match about(id) {
        Some(clause) => format!("{id}　{}", clause.label),
        None => id.clone(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What counts as evidence: the columns that the rule reads, and the answer given on site.
fn evidence(catalogue: &Catalogue, compiled: &Compiled) -> String {
    let schemas = &catalogue.schemas;
    let reads = compiled.reads();
    let ledgers = reads.into_iter().map(|(ledger, fields)| {
        let schema = schemas.ledger(ledger);
        let labels = fields.iter().map(|field| {
            let field = &schema.fields[usize::from(field.0)];
            field.label.as_str()
        });
        match labels.collect::<Vec<_>>().join("、") {
            columns if columns.is_empty() => format!("《{}》", schema.label),
            columns => format!("《{}》：{columns}", schema.label),
        }
    });
    let answer = compiled.control.ask.as_ref();
    let answer = answer.map(|_| "现场检查答复：答复、检查人、日期，答“否”的写明情况".to_owned());
    ledgers.chain(answer).collect::<Vec<_>>().join("\n")
}

/// The values of columns of kinds that the rule does not name.
fn left_out(catalogue: &Catalogue, compiled: &Compiled) -> String {
    let schemas = &catalogue.schemas;
    let kinds = left_out::kinds(schemas, &compiled.rule).into_iter();
    let lines = kinds.map(|((ledger, field), values)| {
        let label = &schemas.field(ledger, field).label;
        let ledger = &schemas.ledger(ledger).label;
        format!("《{ledger}》{label}：规则没有点名的有{}", values.join("、"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Since when the days that the rule reads count: facts up to the day of the check, plans and terms
/// as they are written.
fn days(catalogue: &Catalogue, compiled: &Compiled) -> String {
    let (mut facts, mut others) = (Vec::new(), Vec::new());
    for (ledger, fields) in compiled.reads() {
        let schema = catalogue.schemas.ledger(ledger);
        let fields = fields.iter().map(|f| &schema.fields[usize::from(f.0)]);
        for field in fields.filter(|f| matches!(f.ty, FieldType::Date | FieldType::DateTime)) {
            let list = if field.is_fact() {
                &mut facts
            } else {
                &mut others
            };
            list.push(format!("《{}》{}", schema.label, field.label));
        }
    }
    let line = |fields: Vec<String>, what: &str| match fields.is_empty() {
        true => None,
        false => Some(format!("{what}：{}", fields.join("、"))),
    };
    let facts = line(facts, "已发生的事，晚于检查基准日的不算数");
    let others = line(others, "计划或者期限，可以晚于检查基准日");
    facts
        .into_iter()
        .chain(others)
        .collect::<Vec<_>>()
        .join("\n")
}

fn example_text(catalogue: &Catalogue, example: &Example) -> String {
    let mut text = format!("{}\n", example.title);
    if let Some(day) = example.as_of {
        text.push_str(&format!("检查基准日：{day}\n"));
    }
    if !example.also.is_empty() {
        text.push_str(&format!("同时不符合：{}\n", example.also.join("、")));
    }
    for (ledger, records) in &example.records {
        let Some(id) = catalogue.schemas.ledger_by_id(ledger) else {
            continue;
        };
        let schema = catalogue.schemas.ledger(id);
        text.push_str(&format!("{}：\n", schema.label));
        for record in records {
            // In the order of the ledger's columns, as people know it from paper.
            let cells = schema.fields.iter().filter_map(|field| {
                let cell = record.get(&field.id)?;
                Some(format!("{} {cell}", field.label))
            });
            text.push_str(&format!("  {}\n", cells.collect::<Vec<_>>().join("，")));
        }
    }
    text
}

fn indent(body: &str) -> String {
    body.trim_end()
        .lines()
        .map(|line| format!("  {line}\n"))
        .collect()
}
