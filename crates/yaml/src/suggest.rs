//! "Did you mean …": the known word nearest to a mistyped one.

/// How alike two words must be to be worth suggesting, from 0 to 1.
const ALIKE: f64 = 0.7;
/// Bytes of a word that may be a known one mistyped.
const LONGEST: usize = 120;

/// The candidate most like `word`; the first of equals. `None` if nothing is near.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut best: Option<(f64, &str)> = None;
    let candidates = candidates.into_iter().take_while(|_| word.len() <= LONGEST);
    for candidate in candidates {
        let score = likeness(word, candidate);
        if score >= ALIKE && best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The candidate that shares the most characters with a short word, if only one does: of two
/// characters one wrong is half of the word.
pub fn nearest_short<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let length = word.chars().count();
    let near = |candidate: &&str| {
        (2..=3).contains(&length) && strsim::damerau_levenshtein(word, candidate) == 1
    };
    let mut found = candidates.into_iter().filter(near);
    found.next().filter(|_| found.next().is_none())
}

/// Advice that names the nearest candidate.
pub fn hint(nearest: Option<&str>) -> Option<String> {
    nearest.map(did_you_mean)
}

/// Chinese words are short, so one that holds the other whole counts as near.
fn likeness(word: &str, candidate: &str) -> f64 {
    let whole = word.chars().count() >= 2
        && !word.is_ascii()
        && (candidate.contains(word) || word.contains(candidate) && candidate.chars().count() >= 2);
    let distance = strsim::normalized_damerau_levenshtein(word, candidate);
    let letters = strsim::jaro_winkler(word, candidate) - 0.12;
    let inside = if !whole {
        0.0
    } else if word.chars().count() >= 3 && candidate.contains(word) {
        // 借阅登记簿 means 涉密文件借阅登记簿 rather than 传阅登记簿.
        0.9
    } else {
        0.75
    };
    f64::max(inside, distance.max(letters))
}

/// The question that names a known word.
pub fn did_you_mean(name: &str) -> String {
    format!("是不是“{name}”？")
}
