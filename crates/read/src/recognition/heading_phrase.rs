//! A heading as a phrase of words: what is registered, what of it is asked for, what narrows it.
//!
//! What enters: a heading or a field's name. What leaves: [`Phrase`]s that compare equal however the
//! words are chosen and ordered: 设备所属部门 and 部门, 实际归还时间 and 归还日期. The words are data
//! (`checklists/headings.yaml`).

use crate::values::normalise;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{LazyLock, RwLock};

/// Characters of a heading that is read by parts; a longer one is a sentence.
const LONGEST_PHRASE: usize = 24;
/// Phrases that are remembered.
const REMEMBERED: usize = 20_000;
/// Signs and words between alternatives: 文号或编号, 科室/课题组.
const OR: [char; 3] = ['/', '或', '|'];
/// Signs and words before something that is written in the same cells: 值班人员及联系电话.
const WITH: [char; 4] = ['、', '及', '和', ','];

/// What a word does in a heading.
#[derive(Clone, Debug, Default)]
struct Word {
    /// The word that stands for all of its meaning.
    meaning: String,
    /// Which subject it names.
    subject: Option<u16>,
    filler: bool,
    yes_no: bool,
}

/// The words that headings are made of.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: HashMap<String, Word>,
    longest: usize,
    /// First characters of the words.
    begins: HashSet<char>,
    /// Endings that are words only there, the longest first, with their meaning.
    ends: Vec<(String, String)>,
    time: Vec<String>,
    person: Vec<String>,
    /// Subjects that may stand before the columns of any ledger.
    everywhere: Vec<u16>,
    /// For each ledger's id the headings that are no field but speak for it.
    beside: Vec<(String, Vec<String>)>,
    serial: Vec<String>,
    neutral: Vec<String>,
    cores: Vec<String>,
    /// For each ledger's id the words for what it records.
    acts: BTreeMap<String, Vec<String>>,
    /// For each ledger's id of things the field that says which kind of thing.
    kinds: BTreeMap<String, String>,
    /// Headings of names that may say which kind of thing a record is.
    kind_names: Vec<String>,
    /// Phrases read before.
    read: RwLock<HashMap<String, Phrase>>,
}

/// A heading or a field's name in comparable form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Its words but for subjects and fillers, joined.
    pub(crate) key: String,
    /// The same without the words that a column of yes and no may add.
    pub(crate) yes_no: String,
    /// The key without the word for time, if it has one and says more than that.
    pub(crate) untimed: Option<String>,
    /// The key without the word for a person, if it has one and says more than that.
    pub(crate) impersonal: Option<String>,
    /// The subjects named, sorted.
    pub(crate) subjects: Vec<u16>,
    /// The key is only that a person or a day is asked for.
    pub(crate) bare: bool,
}

impl Phrase {
    /// Its words but for subjects and fillers.
    pub(crate) fn words(&self) -> Vec<String> {
        let words = self.key.split('+').filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    }
}

impl Vocabulary {
    /// The words built into the program.
    pub(crate) fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Vocabulary> = LazyLock::new(|| {
            let text = zicha_embedded::text("checklists/headings.yaml").unwrap_or_default();
            Vocabulary::parse(text)
        });
        &BUILT_IN
    }

    fn parse(text: &str) -> Self {
        let data: Data = serde_yaml::from_str(text).unwrap_or_default();
        let mut vocabulary = Self::default();
        for line in &data.same {
            let meaning = line.first().map(|word| normalise::heading(word));
            for word in line {
                vocabulary.word(word).meaning = meaning.clone().unwrap_or_default();
            }
        }
        for (at, line) in (0u16..).zip(&data.subjects) {
            for word in line {
                vocabulary.word(word).subject = Some(at);
            }
        }
        for word in &data.fillers {
            vocabulary.word(word).filler = true;
        }
        for word in &data.yes_no {
            vocabulary.word(word).yes_no = true;
        }
        for (meaning, ends) in &data.ends {
            let ends = keys(ends).into_iter().map(|end| (end, meaning.clone()));
            vocabulary.ends.extend(ends);
        }
        let length = |(end, _): &(String, String)| std::cmp::Reverse(end.len());
        vocabulary.ends.sort_by_key(length);
        vocabulary.time = keys(&data.time);
        vocabulary.person = keys(&data.person);
        vocabulary.serial = keys(&data.serial);
        vocabulary.neutral = keys(&data.neutral);
        vocabulary.cores = keys(&data.cores);
        let beside = data.beside.iter();
        vocabulary.beside = beside
            .map(|(ledger, words)| (ledger.clone(), keys(words)))
            .collect();
        vocabulary.acts = data.acts;
        vocabulary.kinds = data.kinds;
        vocabulary.kind_names = keys(&data.kind_names);
        let everywhere = keys(&data.everywhere);
        let words = everywhere
            .iter()
            .filter_map(|word| vocabulary.words.get(word));
        vocabulary.everywhere = words.filter_map(|word| word.subject).collect();
        vocabulary
    }

    fn word(&mut self, text: &str) -> &mut Word {
        let key = normalise::heading(text);
        self.longest = self.longest.max(key.chars().count());
        self.begins.extend(key.chars().next());
        let word = self.words.entry(key.clone()).or_default();
        if word.meaning.is_empty() {
            word.meaning = key;
        }
        word
    }

    /// True for the heading of a row's running number.
    pub(crate) fn is_serial(&self, key: &str) -> bool {
        self.serial.iter().any(|word| word == key)
    }

    /// The words one of which a table of the ledger must say; none if any table may be one.
    pub(crate) fn acts(&self, ledger: &str) -> &[String] {
        self.acts.get(ledger).map_or(&[], Vec::as_slice)
    }

    /// The ledgers of things with the field that says which kind of thing a record is.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (&str, &str)> {
        let kinds = self.kinds.iter();
        kinds.map(|(ledger, field)| (ledger.as_str(), field.as_str()))
    }

    /// True for the heading of a name in whose place clerks write which kind of thing it is.
    pub(crate) fn may_name_kinds(&self, key: &str) -> bool {
        self.kind_names.iter().any(|name| name == key)
    }

    /// True for a word that says what kind of thing is asked for, and not which.
    pub(crate) fn is_core(&self, word: &str) -> bool {
        self.cores.iter().any(|core| core == word)
    }

    /// True for a column that tells nothing of what is registered.
    pub(crate) fn is_neutral(&self, key: &str) -> bool {
        self.neutral.iter().any(|word| word == key)
    }

    /// Headings that are no field of the ledger but speak for it.
    pub(crate) fn beside(&self, ledger: &str) -> &[String] {
        let own = self.beside.iter().find(|(id, _)| id == ledger);
        own.map_or(&[], |(_, headings)| headings)
    }

    /// The subjects that a ledger's names speak of, and those that every ledger may.
    pub(crate) fn subjects_of<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<u16> {
        let named = names.flat_map(|name| self.read(&normalise::loose(name)[1]).subjects);
        let mut subjects: Vec<u16> = named.chain(self.everywhere.iter().copied()).collect();
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }

    /// The phrases that a heading may be, the likeliest first: as a whole, then what stands before
    /// 及 and in brackets, then each of its alternatives.
    pub(crate) fn phrases(&self, heading: &str) -> Vec<Phrase> {
        let key = unnumbered(&normalise::heading(heading)).to_owned();
        let chinese = key.chars().any(normalise::is_cjk);
        if key.chars().count() > LONGEST_PHRASE || !chinese {
            return Vec::new();
        }
        let bare = normalise::without_brackets(&key);
        let mut texts = vec![bare.clone()];
        texts.extend(
            bare.split(OR)
                .filter(|_| bare.contains(OR))
                .map(str::to_owned),
        );
        if let Some((first, _)) = bare.split_once(WITH) {
            texts.push(first.to_owned());
        }
        texts.extend(in_brackets(&key));
        let texts = texts.iter().filter(|text| text.chars().count() >= 2);
        let mut phrases: Vec<Phrase> = Vec::new();
        for phrase in texts.map(|text| self.read(text)) {
            if !phrase.key.is_empty() && !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
        phrases
    }

    /// Reads one phrase; the names of the schemas' fields are read for every workspace anew.
    pub(crate) fn read(&self, text: &str) -> Phrase {
        if let Ok(read) = self.read.read()
            && let Some(phrase) = read.get(text)
        {
            return phrase.clone();
        }
        let phrase = self.segment(text);
        if let Ok(mut read) = self.read.write()
            && read.len() < REMEMBERED
        {
            read.insert(text.to_owned(), phrase.clone());
        }
        phrase
    }

    fn segment(&self, text: &str) -> Phrase {
        let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut words: Vec<(String, bool)> = Vec::new();
        let mut subjects = Vec::new();
        let (mut rest, mut unknown) = (text.as_str(), String::new());
        while let Some(first) = rest.chars().next() {
            let ends = self.ends.iter().find(|(end, _)| end == rest);
            if let Some((_, meaning)) = ends.filter(|_| rest.len() < text.len()) {
                flush(&mut unknown, &mut words);
                words.push((meaning.clone(), false));
                break;
            }
            let Some((word, length)) = self.word_at(rest) else {
                unknown.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            };
            flush(&mut unknown, &mut words);
            rest = &rest[length..];
            match word.subject {
                Some(subject) => subjects.push(subject),
                None if word.filler => {}
                None => words.push((word.meaning.clone(), word.yes_no)),
            }
        }
        flush(&mut unknown, &mut words);
        subjects.sort_unstable();
        subjects.dedup();
        self.phrase(words, subjects)
    }

    /// The longest word that the text begins with, and its length in bytes.
    fn word_at(&self, text: &str) -> Option<(&Word, usize)> {
        let first = text.chars().next()?;
        if !self.begins.contains(&first) {
            return None;
        }
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Vec<usize> = ends.take(self.longest).collect();
        let mut longest = ends.into_iter().rev();
        longest.find_map(|end| Some((self.words.get(&text[..end])?, end)))
    }

    fn phrase(&self, mut words: Vec<(String, bool)>, subjects: Vec<u16>) -> Phrase {
        // 责任人姓名 is 责任人.
        let person = |word: &str| self.person.iter().any(|known| known == word);
        if words.iter().any(|(word, _)| person(word)) {
            words.retain(|(word, _)| word != "姓名");
        }
        let joined = |keep: &dyn Fn(&(String, bool)) -> bool| {
            let kept: Vec<&str> = words
                .iter()
                .filter(|word| keep(word))
                .map(|w| w.0.as_str())
                .collect();
            kept.join("+")
        };
        let without = |out: &dyn Fn(&str) -> bool| {
            let has = words.iter().any(|(word, _)| out(word));
            let rest = joined(&|(word, _)| !out(word));
            (has && !rest.is_empty()).then_some(rest)
        };
        let time = |word: &str| self.time.iter().any(|known| known == word);
        Phrase {
            key: joined(&|_| true),
            yes_no: joined(&|(_, yes_no)| !yes_no),
            untimed: without(&time),
            impersonal: without(&person),
            bare: matches!(words.as_slice(), [(word, _)] if word == "人" || time(word)),
            subjects,
        }
    }
}

fn flush(unknown: &mut String, words: &mut Vec<(String, bool)>) {
    if !unknown.is_empty() {
        words.push((std::mem::take(unknown), false));
    }
}

/// `1、借阅编号`, `（2）名称`, `一、单位` without their numbers.
fn unnumbered(key: &str) -> &str {
    let inner = key.trim_start_matches('(');
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = inner.trim_start_matches(digit);
    let marked = rest.strip_prefix(['、', '.', ')']);
    match marked {
        Some(text) if rest.len() < inner.len() && !text.is_empty() => text,
        _ => key,
    }
}

/// What stands in brackets: 介质管控（三合一）.
fn in_brackets(key: &str) -> Option<String> {
    let (_, rest) = key.split_once('(')?;
    let (inner, _) = rest.split_once(')')?;
    Some(inner.to_owned())
}

fn keys(words: &[String]) -> Vec<String> {
    words.iter().map(|word| normalise::heading(word)).collect()
}

/// `checklists/headings.yaml`; what each list means stands there.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Data {
    same: Vec<Vec<String>>,
    ends: BTreeMap<String, Vec<String>>,
    time: Vec<String>,
    person: Vec<String>,
    yes_no: Vec<String>,
    fillers: Vec<String>,
    subjects: Vec<Vec<String>>,
    beside: BTreeMap<String, Vec<String>>,
    serial: Vec<String>,
    neutral: Vec<String>,
    cores: Vec<String>,
    acts: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, String>,
    kind_names: Vec<String>,
    everywhere: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        let phrases = Vocabulary::built_in().phrases(text);
        phrases.first().map(|p| p.key.clone()).unwrap_or_default()
    }

    #[test]
    fn words_chosen_and_ordered_otherwise_are_the_same_phrase() {
        let same = [
            ("设备所属部门", "部门"),
            ("实际归还时间", "归还日期"),
            ("归还的日期", "归还时间"),
            ("使用人员", "使用人"),
            ("1、借阅编号", "编号"),
            ("责任人姓名", "责任人"),
            ("预计归还时间", "应还日期"),
            ("文件名", "名称"),
        ];
        for (a, b) in same {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        for (a, b) in [
            ("应还日期", "归还日期"),
            ("使用日期", "日期"),
            ("责任人id", "责任人"),
        ] {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }

    #[test]
    fn alternatives_and_notes_are_phrases_of_their_own() {
        let vocabulary = Vocabulary::built_in();
        let keys = |text: &str| -> Vec<String> {
            vocabulary
                .phrases(text)
                .into_iter()
                .map(|p| p.key)
                .collect()
        };
        assert!(keys("文号或编号").contains(&"编号".to_owned()));
        assert!(keys("科室/课题组").contains(&"部门".to_owned()));
        assert!(keys("值班人员及联系电话").contains(&"人".to_owned()));
        assert!(keys("是否安装防护系统（三合一）").contains(&"三合一".to_owned()));
    }
}
