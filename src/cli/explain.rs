//! `zicha explain CODE`: one control in the terminal.

use super::{Exit, args::ExplainArgs, output};
use crate::diag::{Diagnostic, Locus, human};
use crate::model::{
    chapter,
    control::{Control, Example, Origin, Parameter, ParameterValue},
};
use crate::read;
use crate::rule::pack::{self, Catalogue};

/// Prints the control, or says what is near.
pub(super) fn run(args: &ExplainArgs) -> Exit {
    let (profile, _, _) = read::profile::load(&args.dir);
    let (catalogue, _) = pack::load(&args.dir, &profile);
    let code = args.code.trim().to_uppercase();
    match catalogue.controls.iter().find(|c| c.control.id == code) {
        Some(compiled) => {
            output::print(&describe(&catalogue, &compiled.control));
            Exit::Clean
        }
        None => {
            output::complain(&human::render(&unknown(&catalogue, &code)));
            Exit::Failed
        }
    }
}

fn unknown(catalogue: &Catalogue, code: &str) -> Diagnostic {
    let ids = catalogue.controls.iter().map(|c| c.control.id.as_str());
    let near = ids
        .map(|id| (strsim::damerau_levenshtein(id, code), id))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, id)| id);
    let hint = near.map_or_else(
        || "编号由三个字母和三位数字组成，如 DOC-016；报告中每个问题都写有编号。".to_owned(),
        |id| format!("是不是 {id}?"),
    );
    Diagnostic::error(
        "control-unknown",
        format!("没有编号为“{code}”的检查项。"),
        Locus::default(),
    )
    .with_hint(hint)
}

fn describe(catalogue: &Catalogue, control: &Control) -> String {
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
    part("要求", &control.requirement);
    part("依据", &control.basis.join("\n"));
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
    part("规则", &control.rule);
    if let Some(ask) = &control.ask {
        part("现场提问（答“是”为符合）", &ask.question);
    }
    part("参数", &parameters(catalogue, control));
    part("整改", &format!("{}（{deadline}）", control.remedy));
    if let Some(note) = &control.note {
        part("说明", note);
    }
    for example in &control.examples {
        part(
            if example.fails {
                "不符合的例子"
            } else {
                "符合的例子"
            },
            &example_text(catalogue, example),
        );
    }
    text
}

/// The parameters that the rule or question names, with value and origin.
fn parameters(catalogue: &Catalogue, control: &Control) -> String {
    let question = control.ask.as_ref().map_or("", |ask| ask.question.as_str());
    let named = |name: &str| {
        let mark = format!("${name}");
        [control.rule.as_str(), question].iter().any(|text| {
            text.match_indices(&mark).any(|(at, _)| {
                !text[at + mark.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        })
    };
    catalogue
        .parameters
        .values()
        .filter(|p| named(&p.name))
        .map(parameter)
        .collect::<Vec<_>>()
        .join("\n")
}

fn parameter(parameter: &Parameter) -> String {
    let origin = match (parameter.overridden, parameter.origin) {
        (true, _) => "本单位设定",
        (false, Origin::Seed) => "取自制度原文",
        (false, Origin::Law) => "取自法律法规",
        (false, Origin::Assumption) => "本程序设定，原文没有数字",
    };
    format!(
        "{}（${}）= {}（{origin}）",
        parameter.label,
        parameter.name,
        value(&parameter.value)
    )
}

fn value(value: &ParameterValue) -> String {
    match value {
        ParameterValue::Integer(number) => number.to_string(),
        ParameterValue::Bool(truth) => if *truth { "是" } else { "否" }.to_owned(),
        ParameterValue::Word(word) => word.clone(),
        ParameterValue::Words(words) => words.join("、"),
        ParameterValue::Map(map) => {
            let shown = |n: &Option<i64>| n.map_or_else(|| "不设".to_owned(), |n| n.to_string());
            map.iter()
                .map(|(key, n)| format!("{key}:{}", shown(n)))
                .collect::<Vec<_>>()
                .join("、")
        }
        ParameterValue::Time(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
    }
}

fn example_text(catalogue: &Catalogue, example: &Example) -> String {
    let mut text = format!("{}\n", example.title);
    for (ledger, records) in &example.records {
        let schema = catalogue
            .schemas
            .ledger_by_id(ledger)
            .map(|id| catalogue.schemas.ledger(id));
        text.push_str(&format!(
            "{}：\n",
            schema.map_or(ledger.as_str(), |schema| schema.label.as_str())
        ));
        for record in records {
            let cells = record.iter().map(|(field, cell)| {
                let label = schema.and_then(|s| {
                    s.field_by_id(field)
                        .map(|id| s.fields[usize::from(id.0)].label.as_str())
                });
                format!("{} {cell}", label.unwrap_or(field))
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
