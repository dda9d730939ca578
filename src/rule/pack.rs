//! Packs: ledgers, parameters and controls from `checklists/` and a unit's own folder, checked and
//! compiled.
//!
//! The order matters: enumerations, ledgers, parameters, then the rules that refer to them all.

use super::{
    clause_file, control_file,
    ir::{Expr, Rule},
    page::Page,
    parameter_file, profile_file, schema_file,
    scope::Context,
    source::Files,
    words,
};
use crate::diag::{self, Diagnostic, Locus};
use crate::model::{
    control::{Clause, Control, Parameter, ParameterValue},
    profile::Profile,
    results::PackRef,
    schema::{LedgerId, Schemas},
};
use std::{collections::BTreeMap, path::Path};

/// A control with its compiled rule.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The control.
    pub control: Control,
    /// Its rule; no clauses if it is only asked on site.
    pub rule: Rule,
}

/// All that a run checks against.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Ledgers and enumerations.
    pub schemas: Schemas,
    /// Controls in the order of the catalogue.
    pub controls: Vec<Compiled>,
    /// Parameters by name, with the values in force.
    pub parameters: BTreeMap<String, Parameter>,
    /// Clauses of the source documents in their order, each with its control (`clauses.csv`).
    pub clauses: Vec<Clause>,
    /// Packs in force.
    pub packs: Vec<PackRef>,
    /// Compiled `open_when` of each ledger that has one: slot 0 is the record.
    pub open_when: BTreeMap<LedgerId, Expr>,
}

/// The id of the built-in pack.
pub const BUILT_IN: &str = "base";

/// Loads the built-in pack and the unit's packs, applies the profile's parameters, compiles every
/// rule. Mistakes are collected; a control with a mistake in it is left out and told. The names
/// that the profile uses (controls, ledgers, fields, parameters) are checked as well.
pub fn load(workspace: &Path, profile: &Profile) -> (Catalogue, Vec<Diagnostic>) {
    let mut loader = Loader::default();
    let mut packs = vec![Pack::read(Files::built_in(), BUILT_IN, &mut loader)];
    for name in profile.packs.iter().filter(|name| *name != BUILT_IN) {
        let files = Files::of_folder(workspace, name, &mut loader.diagnostics);
        if !files.is_empty() {
            packs.push(Pack::read(files, name, &mut loader));
        }
    }
    loader.load(&packs);
    profile_file::apply(
        workspace,
        profile,
        &mut loader.catalogue,
        &mut loader.diagnostics,
    );
    loader.compile(&packs);
    loader.clauses(&packs);
    fill_questions(&mut loader.catalogue);
    profile_file::check(
        workspace,
        profile,
        &loader.catalogue,
        &mut loader.diagnostics,
    );
    diag::settle(&mut loader.diagnostics);
    (loader.catalogue, loader.diagnostics)
}

/// Puts the values in force into on-site questions: people are asked about 60 minutes, not about
/// `$screen_lock_minutes`.
fn fill_questions(catalogue: &mut Catalogue) {
    for compiled in &mut catalogue.controls {
        let Some(ask) = &mut compiled.control.ask else {
            continue;
        };
        // Longer names sort after their prefixes, so they are replaced first.
        for (name, parameter) in catalogue.parameters.iter().rev() {
            if let ParameterValue::Integer(number) = parameter.value {
                ask.question = ask
                    .question
                    .replace(&format!("${name}"), &number.to_string());
            }
        }
    }
}

/// A pack: its files and the order of its ledgers and controls.
struct Pack {
    files: Files,
    ledgers: Vec<String>,
    controls: Vec<String>,
}

impl Pack {
    /// Reads `pack.yaml`.
    fn read(files: Files, name: &str, loader: &mut Loader) -> Self {
        let (mut ledgers, mut controls) = (Vec::new(), Vec::new());
        let head = files.named("/pack.yaml").next();
        let Some((path, text)) = head else {
            let message = words::pack_without_head(name);
            let told = Diagnostic::error("pack-head", message, Locus::file(name));
            loader.diagnostics.push(told.with_hint(words::pack_hint()));
            return Self {
                files,
                ledgers,
                controls,
            };
        };
        let reference = loader.page(path, text, |page, _| {
            let tree = page.tree()?;
            let keys = &["id", "version", "title", "ledgers", "controls"];
            let fields = page.fields(&tree, keys)?;
            ledgers = page.texts(&fields, "ledgers");
            controls = page.texts(&fields, "controls");
            let id = page.required(&fields, "id")?.to_owned();
            let version = page.required(&fields, "version")?.to_owned();
            Some((id, version))
        });
        if let Some((id, version)) = reference {
            loader.catalogue.packs.push(files.reference(id, version));
        }
        Self {
            files,
            ledgers,
            controls,
        }
    }
}

#[derive(Default)]
struct Loader {
    catalogue: Catalogue,
    diagnostics: Vec<Diagnostic>,
}

impl Loader {
    /// Enumerations, ledgers and parameters of all packs.
    fn load(&mut self, packs: &[Pack]) {
        for (path, text) in packs.iter().flat_map(|p| p.files.named("/enums.yaml")) {
            self.page(path, text, |page, catalogue| {
                schema_file::enums(page, &mut catalogue.schemas);
            });
        }
        let mut pending = Vec::new();
        for pack in packs {
            for (path, text) in pack.files.within("ledgers", &pack.ledgers) {
                let left = self.page(path, text, |page, catalogue| {
                    schema_file::ledger(page, &mut catalogue.schemas)
                });
                pending.extend(left.map(|left| (path, text, left)));
            }
        }
        for (path, text, left) in pending {
            self.page(path, text, |page, catalogue| {
                let condition = left.settle(page, &mut catalogue.schemas);
                catalogue.open_when.extend(condition);
            });
        }
        for (path, text) in packs.iter().flat_map(|p| p.files.named("/parameters.yaml")) {
            self.page(path, text, |page, catalogue| {
                let Catalogue {
                    schemas,
                    parameters,
                    ..
                } = catalogue;
                parameter_file::parameters(page, schemas, parameters);
            });
        }
    }

    /// The clauses that the built-in controls answer for.
    fn clauses(&mut self, packs: &[Pack]) {
        for (path, text) in packs.iter().flat_map(|p| p.files.named("/clauses.csv")) {
            self.page(path, text, |page, catalogue| {
                clause_file::clauses(page, &mut catalogue.clauses);
            });
        }
    }

    /// The controls of all packs.
    fn compile(&mut self, packs: &[Pack]) {
        for pack in packs {
            for (path, text) in pack.files.within("controls", &pack.controls) {
                self.page(path, text, |page, catalogue| {
                    let Catalogue {
                        schemas,
                        parameters,
                        controls,
                        ..
                    } = catalogue;
                    let context = Context {
                        schemas,
                        parameters,
                    };
                    control_file::controls(page, context, controls);
                });
            }
        }
    }

    /// Reads a file with a step and keeps what it told.
    fn page<T>(
        &mut self,
        path: &str,
        text: &str,
        step: impl FnOnce(&mut Page, &mut Catalogue) -> T,
    ) -> T {
        let mut page = Page::new(path, text);
        let result = step(&mut page, &mut self.catalogue);
        self.diagnostics.append(&mut page.diagnostics);
        result
    }
}
