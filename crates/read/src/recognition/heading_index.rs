//! All headings and names of all ledgers in one look-up.
//!
//! What enters: the schemas and the profile's `columns:`. What leaves: for a heading the fields
//! that it may be in every ledger, with how it matched.

use crate::recognition::heading_phrase::{Phrase, Vocabulary};
use crate::recognition::ledger_names::LedgerNames;
use crate::values::normalise;
use std::collections::HashMap;
use std::sync::RwLock;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::Match,
    profile::Profile,
    schema::{FieldId, FieldType, LedgerId, Schemas},
};

/// A field that a heading may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The ledger.
    pub ledger: LedgerId,
    /// Its field.
    pub field: FieldId,
    /// How the heading matched.
    pub matched: Match,
    /// A bare 序号: any better heading wins against it.
    pub weak: bool,
    /// Where the heading stands among the names of its field: the first that a sheet has counts.
    pub order: u8,
    /// A bare 编号 where records tell what happened to things: it may be the thing's own number.
    pub doubtful: bool,
    /// If it is: the field for that number.
    pub(crate) thing: Option<FieldId>,
    /// How the heading was understood.
    pub(crate) understood: Understood,
}

/// How a heading was understood as a field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Understood {
    /// The name stands in the schema or the profile.
    Known,
    /// The same words, chosen or ordered otherwise.
    Parts,
    /// One of the alternatives that the heading names.
    Alternative,
    /// The heading leaves out that it asks for a day or a person: the cells must show it.
    Implied,
}

/// A field's name in the look-up by parts.
#[derive(Clone, Debug)]
struct Named {
    claim: Claim,
    subjects: Vec<u16>,
    bare: bool,
    /// A column of yes and no: its key says enough.
    yes_no: bool,
}

/// Behind all names of a field.
pub(crate) const LAST: u8 = u8::MAX;
/// Behind all of a day's names that do not say 时间.
const TIMES: u8 = LAST - 1;

/// Texts whose claims are remembered.
const REMEMBERED: usize = 20_000;
/// Bytes of a text that may be a heading; longer ones are compared with nothing.
pub const LONGEST_HEADING: usize = 120;

/// The look-up.
pub struct Index {
    exact: HashMap<String, Vec<Claim>>,
    loose: HashMap<String, Vec<Claim>>,
    /// For each ledger the words of its fields' names.
    fields: Vec<Vec<(FieldId, Vec<String>)>>,
    names: LedgerNames,
    vocabulary: &'static Vocabulary,
    /// Names by the key of their phrase.
    parts: HashMap<String, Vec<Named>>,
    /// For each ledger the subjects that its headings may leave out or add.
    subjects: Vec<Vec<u16>>,
    /// For each heading that is no field but speaks for ledgers: which.
    beside: HashMap<String, Vec<LedgerId>>,
    /// Ledgers of things with the field that says which kind of thing a record is.
    pub(crate) kinds: Vec<(LedgerId, FieldId)>,
    /// What short texts were found to be: the same headings stand on many sheets.
    known: RwLock<HashMap<String, Vec<Claim>>>,
    /// Mistakes in the profile's `columns:` and `sheets:`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Headings of rows' running numbers.
fn is_serial(key: &str) -> bool {
    matches!(key, "序号" | "序" | "no." | "no")
}

/// Numbers of the property register and of the maker: whatever number the ledger itself gives wins.
fn is_property_number(key: &str) -> bool {
    matches!(key, "资产编号" | "固定资产编号" | "序列号" | "出厂编号")
}

/// True if the ledger tells events and no other refers to its records: what its records bear beside
/// a running number is then likely the number of something else.
fn tells_events(schemas: &Schemas, ledger: LedgerId) -> bool {
    let mut fields = schemas.ledgers.iter().flat_map(|other| &other.fields);
    schemas.ledger(ledger).event_date.is_some()
        && !fields.any(|field| field.reference.is_some_and(|(to, _)| to == ledger))
}

impl Index {
    /// Builds the look-up.
    pub fn new(schemas: &Schemas, profile: &Profile) -> Self {
        let mut index = Self {
            exact: HashMap::new(),
            loose: HashMap::new(),
            fields: vec![Vec::new(); schemas.ledgers.len()],
            names: LedgerNames::of(schemas),
            vocabulary: Vocabulary::built_in(),
            parts: HashMap::new(),
            subjects: Vec::new(),
            beside: HashMap::new(),
            kinds: Vec::new(),
            known: RwLock::default(),
            diagnostics: Vec::new(),
        };
        for ledger in schemas.ledger_ids() {
            index.add_ledger(schemas, ledger);
        }
        index.kinds = index.kinds_of(schemas);
        index.add_profile(schemas, profile);
        index
    }

    fn kinds_of(&self, schemas: &Schemas) -> Vec<(LedgerId, FieldId)> {
        let kinds = self.vocabulary.kinds().filter_map(|(ledger, field)| {
            let ledger = schemas.ledger_by_id(ledger)?;
            Some((ledger, schemas.ledger(ledger).field_by_id(field)?))
        });
        kinds.collect()
    }

    /// The words one of which a table of the ledger must say; none if any table may be one.
    pub(crate) fn acts(&self, schemas: &Schemas, ledger: LedgerId) -> &[String] {
        self.vocabulary.acts(&schemas.ledger(ledger).id)
    }

    fn add_ledger(&mut self, schemas: &Schemas, ledger: LedgerId) {
        let schema = schemas.ledger(ledger);
        let names = [&schema.label].into_iter().chain(&schema.aliases);
        let subjects = self.vocabulary.subjects_of(names.map(String::as_str));
        self.subjects.push(subjects);
        for heading in self.vocabulary.beside(&schema.id) {
            self.beside.entry(heading.clone()).or_default().push(ledger);
        }
        let events = tells_events(schemas, ledger);
        let thing = thing(schemas, ledger);
        let mut written = Vec::new();
        for (at, field) in (0..).zip(&schema.fields) {
            let key = events && schema.primary_key == [FieldId(at)];
            let aliases = field.aliases.iter().map(|name| (name, Match::Alias));
            let names = [(&field.id, Match::Id), (&field.label, Match::Label)];
            for (order, (name, matched)) in (0..LAST).zip(names.into_iter().chain(aliases)) {
                let heading = normalise::heading(name);
                if matched != Match::Id {
                    let phrase = self.vocabulary.read(&normalise::loose(name)[1]);
                    written.push((FieldId(at), phrase.words()));
                }
                let last = is_property_number(&heading);
                // Beside a day the time is one of day; a field of days has no room for it.
                let time = match field.ty {
                    FieldType::Date => heading.ends_with("时间"),
                    FieldType::DateTime => heading == "时间",
                    _ => false,
                };
                let order = if time { order.max(TIMES) } else { order };
                let claim = Claim {
                    ledger,
                    field: FieldId(at),
                    matched,
                    weak: is_serial(&heading),
                    order: if last { LAST } else { order },
                    doubtful: key && heading == "编号",
                    thing,
                    understood: Understood::Known,
                };
                self.add(name, claim);
                if matched != Match::Id {
                    self.add_parts(name, claim, field.ty);
                }
            }
        }
        self.fields[usize::from(ledger.0)] = written;
    }

    /// The words of the names of a ledger's fields.
    pub(crate) fn fields(&self, ledger: LedgerId) -> &[(FieldId, Vec<String>)] {
        &self.fields[usize::from(ledger.0)]
    }

    /// The words of a heading, and which of them many headings have.
    pub(crate) fn words(&self, heading: &str) -> Vec<String> {
        let phrases = self.vocabulary.phrases(heading);
        phrases.first().map_or_else(Vec::new, Phrase::words)
    }

    /// True if the heading speaks of nothing but what the ledger registers.
    pub(crate) fn speaks_of(&self, heading: &str, ledger: LedgerId) -> bool {
        let own = &self.subjects[usize::from(ledger.0)];
        let phrases = self.vocabulary.phrases(heading);
        let first = phrases.first();
        first.is_none_or(|phrase| phrase.subjects.iter().all(|s| own.contains(s)))
    }

    /// True for a word that says what kind of thing is asked for, and not which.
    pub(crate) fn is_core(&self, word: &str) -> bool {
        self.vocabulary.is_core(word)
    }

    fn add_profile(&mut self, schemas: &Schemas, profile: &Profile) {
        for (ledger, fields) in &profile.columns {
            let Some(id) = self.ledger_named(schemas, ledger) else {
                self.mistake(format!("columns 中的“{ledger}”不是任何台账的编号或名称"));
                continue;
            };
            for (field, headings) in fields {
                let known = schemas.ledger(id).fields.iter().position(|f| {
                    f.id == *field || normalise::heading(&f.label) == normalise::heading(field)
                });
                let Some(at) = known else {
                    self.mistake(format!("columns 中“{ledger}”没有字段“{field}”"));
                    continue;
                };
                for heading in headings {
                    let claim = Claim {
                        ledger: id,
                        field: FieldId(at as u16),
                        matched: Match::Profile,
                        weak: is_serial(&normalise::heading(heading)),
                        order: 0,
                        doubtful: false,
                        thing: None,
                        understood: Understood::Known,
                    };
                    self.add(heading, claim);
                }
            }
        }
        for (sheet, ledger) in &profile.sheets {
            if self.ledger_named(schemas, ledger).is_none() {
                self.mistake(format!(
                    "sheets 中“{sheet}”指定的“{ledger}”不是任何台账的编号或名称"
                ));
            }
        }
    }

    fn mistake(&mut self, message: String) {
        self.diagnostics.push(
            Diagnostic::new(codes::PROFILE_MAPPING, message, Locus::file("zicha.yaml"))
                .with_hint("请写台账或字段的编号（英文）或名称；运行 zicha ledgers 可以看到它们。"),
        );
    }

    fn add(&mut self, heading: &str, claim: Claim) {
        push(
            self.exact.entry(normalise::heading(heading)).or_default(),
            claim,
        );
        let similar = Claim {
            matched: Match::Similar,
            ..claim
        };
        for key in normalise::loose(heading) {
            push(self.loose.entry(one_word(&key)).or_default(), similar);
        }
    }

    /// Adds a name as the phrase it is: for columns of yes and no without the words that say so, for
    /// days and persons also without the word that asks for one.
    fn add_parts(&mut self, name: &str, claim: Claim, ty: FieldType) {
        let phrase = self.vocabulary.read(&normalise::loose(name)[1]);
        let mut put = |key: String, understood: Understood| {
            if key.is_empty() {
                return;
            }
            self.parts.entry(key).or_default().push(Named {
                claim: Claim {
                    matched: Match::Similar,
                    understood,
                    ..claim
                },
                subjects: phrase.subjects.clone(),
                bare: phrase.bare || (ty == FieldType::Bool && phrase.yes_no == "人"),
                yes_no: ty == FieldType::Bool,
            });
        };
        match ty {
            FieldType::Bool if phrase.yes_no.is_empty() => {}
            FieldType::Bool => put(format!("?{}", phrase.yes_no), Understood::Parts),
            FieldType::Date | FieldType::DateTime => {
                put(phrase.key.clone(), Understood::Parts);
                put(
                    phrase.untimed.clone().unwrap_or_default(),
                    Understood::Implied,
                );
            }
            FieldType::Person | FieldType::PersonList => {
                put(phrase.key.clone(), Understood::Parts);
                put(
                    phrase.impersonal.clone().unwrap_or_default(),
                    Understood::Implied,
                );
            }
            _ => put(phrase.key.clone(), Understood::Parts),
        }
    }

    /// The ledger with this id, label or alias.
    pub fn ledger_named(&self, schemas: &Schemas, name: &str) -> Option<LedgerId> {
        schemas
            .ledger_by_id(name)
            .or_else(|| self.names.named(name))
    }

    /// Everything a heading may be: in each ledger the exact matches, or else the similar ones.
    pub fn claims(&self, heading: &str) -> Vec<Claim> {
        if let Ok(known) = self.known.read()
            && let Some(claims) = known.get(heading)
        {
            return claims.clone();
        }
        let claims = self.find_claims(heading);
        if let Ok(mut known) = self.known.write()
            && known.len() < REMEMBERED
        {
            known.insert(heading.to_owned(), claims.clone());
        }
        claims
    }

    fn find_claims(&self, heading: &str) -> Vec<Claim> {
        let heading = if heading.trim() == "序" {
            "序号"
        } else {
            heading
        };
        let mut claims = self
            .exact
            .get(&normalise::heading(heading))
            .cloned()
            .unwrap_or_default();
        let exact = claims.len();
        let [bare, full] = normalise::loose(heading);
        for key in [full, bare] {
            for &claim in self.loose.get(&one_word(&key)).into_iter().flatten() {
                let decided = claims[..exact].iter().any(|c| c.ledger == claim.ledger);
                if !decided {
                    push(&mut claims, claim);
                }
            }
        }
        let known = claims.len();
        for (at, phrase) in self.vocabulary.phrases(heading).iter().enumerate() {
            for claim in self.by_parts(phrase, at > 0) {
                let decided = claims[..known].iter().any(|c| c.ledger == claim.ledger);
                let read = |c: &Claim| c.ledger == claim.ledger && c.understood <= claim.understood;
                if !decided && !claims[known..].iter().any(read) {
                    push(&mut claims, claim);
                }
            }
        }
        if self.vocabulary.may_name_kinds(&normalise::heading(heading)) {
            self.claim_kinds(&mut claims);
        }
        claims
    }

    /// 名称 may be the kind of a thing, if the cells say so and nothing better is there.
    fn claim_kinds(&self, claims: &mut Vec<Claim>) {
        for &(ledger, field) in &self.kinds {
            if claims.iter().any(|claim| claim.ledger == ledger) {
                continue;
            }
            claims.push(Claim {
                ledger,
                field,
                matched: Match::Similar,
                weak: false,
                order: LAST,
                doubtful: false,
                thing: None,
                understood: Understood::Implied,
            });
        }
    }

    /// The fields whose names are the same phrase, one a ledger and way of understanding: where two
    /// of a ledger are, nothing is decided.
    fn by_parts(&self, phrase: &Phrase, alternative: bool) -> Vec<Claim> {
        let yes_no = format!("?{}", phrase.yes_no);
        let named = [&phrase.key, &yes_no].into_iter();
        let named = named.flat_map(|key| self.parts.get(key).into_iter().flatten());
        let mut fitting: Vec<&Named> = named
            .filter(|named| self.same_thing(named, phrase))
            .collect();
        let exact = |n: &&Named| n.subjects == phrase.subjects;
        fitting.sort_by_key(|n| (n.claim.ledger, n.claim.understood, !exact(n)));
        let mut claims: Vec<Claim> = Vec::new();
        for group in fitting.chunk_by(|a, b| {
            (a.claim.ledger, a.claim.understood) == (b.claim.ledger, b.claim.understood)
        }) {
            let best = exact(&group[0]);
            let mut fields: Vec<&&Named> = group.iter().filter(|n| exact(n) == best).collect();
            fields.dedup_by_key(|n| n.claim.field);
            if let [one] = fields.as_slice() {
                let understood = match one.claim.understood {
                    Understood::Parts if alternative => Understood::Alternative,
                    other => other,
                };
                claims.push(Claim {
                    understood,
                    ..one.claim
                });
            }
        }
        claims
    }

    /// True if both speak of the same thing: what only one of them names is what the ledger registers.
    fn same_thing(&self, named: &Named, phrase: &Phrase) -> bool {
        let own = &self.subjects[usize::from(named.claim.ledger.0)];
        let more = |a: &[u16], b: &[u16]| a.iter().all(|s| b.contains(s) || own.contains(s));
        if named.bare {
            return named.subjects == phrase.subjects;
        }
        if named.yes_no {
            return true;
        }
        more(&named.subjects, &phrase.subjects) && more(&phrase.subjects, &named.subjects)
    }

    /// The ledgers that a heading speaks for though it is none of their fields.
    pub(crate) fn beside(&self, heading: &str) -> &[LedgerId] {
        let known = self.beside.get(&normalise::heading(heading));
        known.map_or(&[], Vec::as_slice)
    }

    /// True if any ledger has such a heading.
    pub fn knows(&self, heading: &str) -> bool {
        heading.len() <= LONGEST_HEADING && self.exact.contains_key(&normalise::heading(heading))
    }

    /// True for a column that any register may have and that tells nothing: 备注, 序号.
    pub(crate) fn is_neutral(&self, heading: &str) -> bool {
        let key = normalise::heading(heading);
        self.vocabulary.is_serial(&key) || self.vocabulary.is_neutral(&key)
    }

    /// How strongly a title, sheet or file name speaks for each ledger.
    pub fn name_scores(&self, text: &str) -> Vec<f32> {
        self.names.scores(text)
    }
}

/// The one field that gives the number of the thing which a record is about.
fn thing(schemas: &Schemas, ledger: LedgerId) -> Option<FieldId> {
    let fields = schemas.ledger(ledger).fields.iter();
    let of_a_thing = |field: &zicha_model::schema::FieldSchema| {
        let (to, key) = field.reference?;
        let to = schemas.ledger(to);
        let named = field.ty == FieldType::Text && to.primary_key == [key];
        (named && to.id != "personnel" && to.id != "departments").then_some(())
    };
    let mut things = (0..)
        .zip(fields)
        .filter(|(_, field)| of_a_thing(field).is_some());
    let (at, _) = things.next()?;
    things.next().is_none().then_some(FieldId(at))
}

/// What offices call their parts is one word: 使用科室 is 使用部门.
fn one_word(key: &str) -> String {
    ["处室", "科室", "股室"]
        .iter()
        .fold(key.to_owned(), |key, part| key.replace(part, "部门"))
}

fn push(claims: &mut Vec<Claim>, claim: Claim) {
    let same = |c: &&mut Claim| c.ledger == claim.ledger && c.field == claim.field;
    match claims.iter_mut().find(same) {
        // The profile's word stands above all others; among the rest the better match counts.
        Some(known) if claim.matched == Match::Profile => *known = claim,
        Some(_) => {}
        None => claims.push(claim),
    }
}
