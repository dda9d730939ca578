//! What several documents need, worked out once.

use crate::document::blocks::{Problem, Table};
use crate::view::findings::list;
use crate::view::unresolved::open::Open;

/// Everything that several documents need, worked out once.
pub(crate) struct Gathered {
    pub(crate) problems: Vec<Problem>,
    pub(crate) open: Open,
    pub(crate) list: list::List,
    pub(crate) proposals: Table,
    pub(crate) marking_notice: Option<String>,
}
