//! Self-check on three levels: what departments and persons answer beside the unit.
//!
//! What enters: the questions (`checklists/levels/`), the registers, the answers that the reading found. What
//! leaves: the sheets to hand out ([`sheets()`]), who answered and who did not, and where a person, a department
//! and the ledgers contradict one another ([`merge()`]).

mod merge;
mod questions;
mod records;
mod sheets;

pub use merge::{Contradiction, Merged, Taking, merge};
pub use questions::{Level, Question, is_level, questions};
pub use sheets::{Line, Sheet, sheets};
