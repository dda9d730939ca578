//! The clauses of a control as papers cite them: the law first, by its name and article, then the unit's
//! own regimes by the names that the profile gives them.

use crate::redaction::display_text;
use crate::view::source::Source;
use crate::view::words;

/// How the present law and its regulation are marked in a basis, and what they are called.
const LAWS: [(&str, &str); 2] = [
    ("法", "《中华人民共和国保守国家秘密法》"),
    ("条例", "《中华人民共和国保守国家秘密法实施条例》"),
];

/// All clauses of a control, the law's first; else in the order of the catalogue.
pub(crate) fn named(source: &Source<'_>, basis: &[String]) -> Vec<String> {
    let law = basis.iter().filter_map(|clause| of_law(clause));
    let own = basis.iter().filter(|clause| of_law(clause).is_none());
    law.chain(own.map(|clause| of_regime(source, clause)))
        .collect()
}

/// The first clauses as printed tables cite them: the law by its short name, then regimes that the profile
/// names; those without a name are the unit's own together. The working paper has all of them.
pub(crate) fn cited(source: &Source<'_>, basis: &[String], most: usize) -> String {
    let known = &source.data.profile.sources;
    let is_named = |clause: &str| {
        let regime = clause.split_once(' ').map_or(clause, |(id, _)| id);
        of_law(clause).is_some() || known.contains_key(regime)
    };
    let (mut named, unnamed): (Vec<_>, Vec<_>) =
        basis.iter().cloned().partition(|clause| is_named(clause));
    named = self::named(source, &named);
    if !unnamed.is_empty() {
        named.push(OWN_REGIMES.to_owned());
    }
    named.truncate(most);
    short(&named.join("、"))
}

/// Regimes of the unit to which its profile gives no name.
const OWN_REGIMES: &str = "本单位保密制度";

/// A cited text with the short names that offices use in tables: 《保密法》, 《保密法实施条例》.
pub(crate) fn short(cited: &str) -> String {
    cited.replace("《中华人民共和国保守国家秘密法", "《保密法")
}

/// `法 §29` → `《中华人民共和国保守国家秘密法》第二十九条`; `None` for another source.
fn of_law(clause: &str) -> Option<String> {
    let (source, article) = clause.split_once(' ')?;
    let (_, name) = LAWS.iter().find(|(mark, _)| *mark == source)?;
    let article = article.strip_prefix('§')?;
    let digits: String = article.chars().take_while(char::is_ascii_digit).collect();
    let number: usize = digits.parse().ok()?;
    let rest = &article[digits.len()..];
    Some(format!("{name}第{}条{rest}", words::chinese_number(number)))
}

/// `001 五.四b` → `《本单位保密制度汇编》五.四b`; as it stands without a name.
fn of_regime(source: &Source<'_>, clause: &str) -> String {
    let Some((id, place)) = clause.split_once(' ') else {
        return clause.to_owned();
    };
    match source.data.profile.sources.get(id) {
        Some(name) => {
            let name = display_text::display(name.trim_matches(['《', '》']));
            format!("《{name}》{place}")
        }
        None => clause.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_is_cited_by_name_and_article() {
        let cited = of_law("法 §47");
        assert_eq!(
            cited.as_deref(),
            Some("《中华人民共和国保守国家秘密法》第四十七条")
        );
        let cited = of_law("条例 §61(一)");
        assert_eq!(
            cited.as_deref(),
            Some("《中华人民共和国保守国家秘密法实施条例》第六十一条(一)")
        );
        assert_eq!(of_law("001 五.四b"), None);
    }
}
