//! Packs: ledgers, parameters and controls from `checklists/` and a unit's own folder, checked and
//! compiled.
//!
//! The order matters: enumerations, ledgers, parameters, then the rules that refer to them all.

pub use crate::files::catalogue::{Catalogue, Compiled};
use crate::files::file_messages;
use crate::files::pack_head::Head;
use crate::files::source::Files;
use crate::files::{
    clause_file, control_file, merged, narrow, pack_head, parameter_file, profile_file,
    schema_file, shown,
};
use crate::types::scope::Context;
use std::path::Path;
use zicha_model::diag::codes;
use zicha_model::diag::{self, Diagnostic, Locus};
use zicha_model::{
    control::{Parameter, ParameterValue},
    profile::Profile,
    schema::Schemas,
};
use zicha_yaml::YamlDocument;

impl Catalogue {
    /// Compiles the controls of one more file against the ledgers and parameters that stand; what
    /// is wrong in it is told.
    pub fn take_in(&mut self, path: &str, text: &str) -> Vec<Diagnostic> {
        let mut page = YamlDocument::new(path, text);
        let context = Context {
            schemas: &self.schemas,
            parameters: &self.parameters,
        };
        control_file::controls(&mut page, context, &mut self.controls);
        page.diagnostics
    }
}

/// A parameter's value in force, for people.
pub fn shown(parameter: &Parameter, schemas: &Schemas) -> String {
    shown::value(parameter, schemas)
}

/// Where a parameter's value in force comes from, for people: the default, a pack or the unit, with
/// the clauses of the source.
pub fn provenance(parameter: &Parameter) -> String {
    file_messages::provenance(parameter)
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
        let files = Files::built_in_pack(name)
            .or_else(|| Files::of_folder(workspace, name, &mut loader.diagnostics));
        if let Some(files) = files {
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
    loader.heads(&packs, pack_head::switches);
    // Behind all switches, so that a control known to be off is known.
    loader.heads(&packs, |page, head, catalogue| {
        narrow::apply(page, head, catalogue, profile);
    });
    let files: Vec<_> = packs.iter().flat_map(|pack| pack.files.all()).collect();
    let told = merged::mistakes(&loader.catalogue.controls, &files);
    loader.diagnostics.extend(told);
    fill_questions(&mut loader.catalogue);
    profile_file::check(
        workspace,
        profile,
        &loader.catalogue,
        &mut loader.diagnostics,
    );
    diag::sort_and_dedup(&mut loader.diagnostics);
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

/// A pack: its files and what its head says; without a head it is told and its files are still read.
struct Pack {
    files: Files,
    name: String,
    head: Option<Head>,
}

impl Pack {
    /// Reads the head.
    fn read(files: Files, name: &str, loader: &mut Loader) -> Self {
        let head = match files.head() {
            Some((path, text)) => loader.page(path, text, |page, _| pack_head::read(page)),
            None => {
                let message = file_messages::pack_without_head(name);
                let told = Diagnostic::new(codes::PACK_HEAD, message, Locus::file(name));
                loader
                    .diagnostics
                    .push(told.with_hint(file_messages::pack_hint()));
                None
            }
        };
        if let Some(head) = &head {
            let reference = files.reference(head.id.clone(), head.version.clone());
            loader.catalogue.packs.push(reference);
        }
        let name = head.as_ref().map_or(name, |head| &head.title).to_owned();
        Self { files, name, head }
    }

    /// The files of a sub-folder in the order of the head.
    fn within(&self, folder: &str, order: impl Fn(&Head) -> &[String]) -> Vec<(&str, &str)> {
        let stems = self.head.as_ref().map_or(&[][..], order);
        self.files.within(folder, stems)
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
            for (path, text) in pack.within("ledgers", |head| &head.ledgers) {
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
        for pack in packs {
            for (path, text) in pack.files.named("/parameters.yaml") {
                self.page(path, text, |page, catalogue| {
                    let Catalogue {
                        schemas,
                        parameters,
                        ..
                    } = catalogue;
                    parameter_file::parameters(page, &pack.name, schemas, parameters);
                });
            }
        }
        self.heads(packs, pack_head::parameters);
    }

    /// Applies a part of the heads, in the order of the packs.
    fn heads(&mut self, packs: &[Pack], part: impl Fn(&mut YamlDocument, &Head, &mut Catalogue)) {
        for pack in packs {
            if let (Some(head), Some((path, text))) = (&pack.head, pack.files.head()) {
                self.page(path, text, |page, catalogue| part(page, head, catalogue));
            }
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
            for (path, text) in pack.within("controls", |head| &head.controls) {
                let told = self.catalogue.take_in(path, text);
                self.diagnostics.extend(told);
            }
        }
    }

    /// Reads a file with a step and keeps what it told.
    fn page<T>(
        &mut self,
        path: &str,
        text: &str,
        step: impl FnOnce(&mut YamlDocument, &mut Catalogue) -> T,
    ) -> T {
        let mut page = YamlDocument::new(path, text);
        let result = step(&mut page, &mut self.catalogue);
        self.diagnostics.append(&mut page.diagnostics);
        result
    }
}
