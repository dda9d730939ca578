//! The options of a parameter by name.

use zicha_model::control::Choice;
use zicha_yaml::suggest::{self, nearest};

/// The option that a word names by its id or label.
pub(crate) fn option_named<'o>(options: &'o [Choice], text: &str) -> Option<&'o Choice> {
    let is_named = |option: &&Choice| option.id == text || option.label == text;
    options.iter().find(is_named)
}

/// The option that a mistaken word comes near to.
pub(crate) fn option_near(options: &[Choice], text: &str) -> Option<String> {
    let names = options.iter().flat_map(|o| [&*o.id, &*o.label]);
    suggest::hint(nearest(text, names))
}
