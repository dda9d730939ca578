//! Diagnostics as SARIF 2.1.0 (OASIS), which editors show beside the lines of a pack.

use super::{Code, Diagnostic, Severity};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Where the paths start: the workspace, whose place the reader gives.
const BASE: &str = "WORKSPACE";

/// The log of one run; each kind of diagnostic is a rule.
pub fn render(diagnostics: &[Diagnostic], version: &str) -> String {
    let codes: BTreeSet<_> = diagnostics.iter().map(|d| d.code).collect();
    let rules: Vec<_> = codes.iter().map(|code| rule(*code)).collect();
    let results: Vec<_> = diagnostics.iter().map(result).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "zicha", "version": version, "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A kind of diagnostic with what it means.
fn rule(code: Code) -> Value {
    json!({"id": code.name(), "shortDescription": {"text": code.meaning()}})
}

fn result(diagnostic: &Diagnostic) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let hint = diagnostic
        .hint
        .as_ref()
        .map(|hint| format!("\n办法：{hint}"));
    let text = format!("{}{}", diagnostic.message, hint.unwrap_or_default());
    let mut result = Map::new();
    result.insert("ruleId".into(), json!(diagnostic.code.name()));
    result.insert("level".into(), json!(level));
    result.insert("message".into(), json!({"text": text}));
    if let Some(location) = location(diagnostic) {
        result.insert("locations".into(), json!([location]));
    }
    Value::Object(result)
}

fn location(diagnostic: &Diagnostic) -> Option<Value> {
    let locus = &diagnostic.locus;
    let file = locus.file.as_ref()?;
    let mut place = Map::new();
    place.insert(
        "artifactLocation".into(),
        json!({"uri": uri(file), "uriBaseId": BASE}),
    );
    if let Some(line) = locus.line.filter(|&line| line > 0) {
        let mut region = Map::from_iter([("startLine".to_owned(), json!(line))]);
        if let Some(column) = locus.column.filter(|&column| column > 0) {
            region.insert("startColumn".into(), json!(column));
        }
        place.insert("region".into(), Value::Object(region));
    }
    let mut location = Map::from_iter([("physicalLocation".to_owned(), Value::Object(place))]);
    let logical = [&locus.sheet, &locus.cell].into_iter().flatten();
    let logical: Vec<_> = logical.map(|name| json!({"name": name})).collect();
    if !logical.is_empty() {
        location.insert("logicalLocations".into(), json!(logical));
    }
    Some(Value::Object(location))
}

/// A path as a relative URI: everything but unreserved ASCII and `/` is escaped (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Locus, codes};

    #[test]
    fn a_mistake_has_its_rule_level_line_and_escaped_path() {
        let told = Diagnostic::new(
            codes::BAD_PARAMETER,
            "缺少右括号",
            Locus::text("本单位/a b.yaml", 7, 3),
        )
        .with_hint("补上 )");
        let log: Value = serde_json::from_str(&render(&[told], "1.0")).expect("JSON");
        let run = &log["runs"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(
            run["tool"]["driver"]["rules"],
            json!([rule(codes::BAD_PARAMETER)])
        );
        let result = &run["results"][0];
        assert_eq!(result["level"], "error");
        assert_eq!(result["message"]["text"], "缺少右括号\n办法：补上 )");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "%E6%9C%AC%E5%8D%95%E4%BD%8D/a%20b.yaml"
        );
        assert_eq!(place["region"], json!({"startLine": 7, "startColumn": 3}));
    }

    #[test]
    fn what_has_no_place_has_no_location() {
        let told = Diagnostic::new(codes::FESTIVAL_PAST, "没有设置", Locus::default());
        let log: Value = serde_json::from_str(&render(&[told], "1.0")).expect("JSON");
        assert!(log["runs"][0]["results"][0].get("locations").is_none());
    }
}
