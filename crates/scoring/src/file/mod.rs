//! A score table as a YAML file that people read and correct: written ([`write()`]), read ([`parse()`]) and
//! held to be sound ([`mistakes`]).

mod keys;
mod lint;
mod parse;
mod write;

pub use lint::mistakes;
pub use parse::{is_standard, parse};
pub use write::write;
