//! `results.json`: the results as they stand, in the binding key order.

use serde::ser::{Serialize, SerializeMap, Serializer};
use std::{
    borrow::Cow,
    cell::RefCell,
    cmp::Reverse,
    io::{self, Write},
};
use zicha_model::{
    results::{Finding, Results},
    verdict::Severity,
};

/// Writes the file: findings the worst first, then by control, ledger and key. `more` are findings of
/// unreadable cells that come after those of `results`, in order.
pub(super) fn render(
    results: &Results,
    more: impl Iterator<Item = Finding>,
    mut out: &mut dyn Write,
) -> io::Result<()> {
    let mut findings: Vec<_> = results.findings.iter().collect();
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    let milder = findings.partition_point(|f| f.severity >= Severity::General);
    let before = findings[..milder].iter().map(|f| Cow::Borrowed(*f));
    let behind = findings[milder..].iter().map(|f| Cow::Borrowed(*f));
    let all = Once(RefCell::new(Some(
        before.chain(more.map(Cow::Owned)).chain(behind),
    )));
    let mut serializer = serde_json::Serializer::pretty(&mut out);
    write(results, &all, &mut serializer)?;
    out.write_all(b"\n")
}

/// Findings that are written as they are made, once.
struct Once<I>(RefCell<Option<I>>);

impl<'f, I: Iterator<Item = Cow<'f, Finding>>> Serialize for Once<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}

/// Every part is named, so that a new one cannot be forgotten: the compiler asks where it stands.
fn write<S: Serializer>(
    results: &Results,
    findings: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let Results {
        schema,
        tool,
        unit,
        run,
        inputs,
        controls,
        findings: _,
        score,
        discipline,
        follow_up,
        diagnostics,
        departments,
        advice,
        levels,
    } = results;
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("schema", schema)?;
    map.serialize_entry("tool", tool)?;
    map.serialize_entry("unit", unit)?;
    map.serialize_entry("run", run)?;
    map.serialize_entry("inputs", inputs)?;
    map.serialize_entry("controls", controls)?;
    map.serialize_entry("findings", findings)?;
    map.serialize_entry("score", score)?;
    map.serialize_entry("discipline", discipline)?;
    map.serialize_entry("follow_up", follow_up)?;
    map.serialize_entry("diagnostics", diagnostics)?;
    map.serialize_entry("departments", departments)?;
    map.serialize_entry("advice", advice)?;
    if let Some(levels) = levels {
        map.serialize_entry("levels", levels)?;
    }
    map.end()
}

/// Cells that could not be read have no control and come last of their severity.
fn order(finding: &Finding) -> impl Ord {
    let Finding {
        severity,
        control,
        subject,
        fingerprint,
        ..
    } = finding;
    let severity = Reverse(*severity);
    (severity, control.is_none(), control, subject, fingerprint)
}
