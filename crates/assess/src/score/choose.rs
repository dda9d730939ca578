//! Which model counts: a built-in one, or the unit's own.

use super::model::{Model, parse};
use std::borrow::Cow;
use zicha_embedded as embedded;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, Severity};
use zicha_model::profile::Profile;
use zicha_rule::pack::Catalogue;

/// Id of the scoring model where the profile names none.
const DEFAULT: &str = "government";

/// The model that the profile names (`own`: path and text, if it is a file of the workspace), with
/// everything that is wrong with it; an unsound model is none.
pub(crate) fn choose(
    profile: &Profile,
    own: Option<&(String, String)>,
    catalogue: &Catalogue,
) -> (Option<Model>, Vec<Diagnostic>) {
    let Some((path, text)) = text(profile, own) else {
        return (None, vec![missing(profile)]);
    };
    let model = match parse(&path, &text) {
        Ok(model) => model,
        Err(problem) => return (None, vec![problem]),
    };
    let controls = catalogue.controls.iter().map(|c| &c.control);
    let controls: Vec<_> = controls.map(|c| (c.id.as_str(), c.chapter)).collect();
    let told = model.mistakes(&path, &catalogue.schemas, &controls);
    let unsound = told.iter().any(|d| d.severity == Severity::Error);
    ((!unsound).then_some(model), told)
}

/// Path and text of the model that the profile names; `None` if there is none such.
pub(crate) fn text<'t>(
    profile: &Profile,
    own: Option<&'t (String, String)>,
) -> Option<(String, Cow<'t, str>)> {
    if let Some((path, text)) = own {
        return Some((path.clone(), text.as_str().into()));
    }
    let named = profile.scoring.as_ref();
    let path = named.map_or(DEFAULT, |named| named.text.as_str());
    let path = format!("checklists/scoring/{path}.yaml");
    let text = embedded::text(&path)?;
    Some((path, text.into()))
}

/// Tells that the profile names neither a model nor a file.
fn missing(profile: &Profile) -> Diagnostic {
    let (name, locus) = profile.scoring.as_ref().map_or_else(
        || (DEFAULT, Locus::file("zicha.yaml")),
        |named| {
            let place = Locus::text("zicha.yaml", named.line, named.column);
            (named.text.as_str(), place)
        },
    );
    let message = format!("没有名为“{name}”的评分模型，也没有这个文件。");
    let hint = format!("scoring: 写 {DEFAULT}，或者写本文件夹中自己的评分模型文件（.yaml）。");
    Diagnostic::new(codes::SCORING_MODEL, message, locus).with_hint(hint)
}
