//! Which model counts: a built-in one, or the unit's own.

use super::model::Model;
use super::model_file::parse;
use std::borrow::Cow;
use zicha_embedded as embedded;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus, Severity};
use zicha_model::profile::Profile;
use zicha_rule::pack::Catalogue;
use zicha_scoring::file;
use zicha_scoring::own::{OwnScoring, OwnStandard};

/// Id of the scoring model where the profile names none.
const DEFAULT: &str = "government";

/// What a run is scored by.
#[expect(clippy::large_enum_variant, reason = "there is one of it")]
pub(crate) enum Chosen {
    /// A model of chapters and severities.
    Model(Model),
    /// A bureau's score table.
    Form(OwnStandard),
}

/// What the profile names (`own`, if it is a file of the workspace), with everything that is wrong with
/// it; an unsound one is none.
pub(crate) fn choose(
    profile: &Profile,
    own: Option<&OwnScoring>,
    catalogue: &Catalogue,
) -> (Option<Chosen>, Vec<Diagnostic>) {
    match own.filter(|own| own.is_standard()) {
        Some(own) => form(own, catalogue),
        None => {
            let (model, told) = self::model(profile, own, catalogue);
            (model.map(Chosen::Model), told)
        }
    }
}

fn form(own: &OwnScoring, catalogue: &Catalogue) -> (Option<Chosen>, Vec<Diagnostic>) {
    let (standard, mut told) = own.standard();
    let Some(standard) = standard else {
        return (None, told);
    };
    let controls: Vec<_> = catalogue
        .controls
        .iter()
        .map(|c| c.control.id.as_str())
        .collect();
    told.extend(file::mistakes(&own.path, &standard.standard, &controls));
    let unsound = told.iter().any(|d| d.severity == Severity::Error);
    ((!unsound).then_some(Chosen::Form(standard)), told)
}

fn model(
    profile: &Profile,
    own: Option<&OwnScoring>,
    catalogue: &Catalogue,
) -> (Option<Model>, Vec<Diagnostic>) {
    let Some((path, text)) = text(profile, own) else {
        return (None, vec![missing(profile)]);
    };
    let model = match parse(&path, &text) {
        Ok(model) => model,
        Err(problems) => return (None, problems),
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
    own: Option<&'t OwnScoring>,
) -> Option<(String, Cow<'t, str>)> {
    if let Some(own) = own {
        return Some((own.path.clone(), own.text.as_str().into()));
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
