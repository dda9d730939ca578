//! What several documents need, worked out once.

use crate::document::blocks::{Problem, Table};
use crate::view::findings::problems;
use crate::view::framing::{head, marking};
use crate::view::results::proposals;
use crate::view::source::Source;
use crate::view::unresolved::open::{self, Open};

/// Everything that several documents need, worked out once.
pub(crate) struct Gathered {
    pub(crate) problems: Vec<Problem>,
    pub(crate) open: Open,
    pub(crate) proposals: Table,
    pub(crate) marking_notice: Option<String>,
}

impl Gathered {
    /// Works it out.
    pub(crate) fn of(source: &Source<'_>) -> Self {
        Self {
            problems: problems::group(source),
            open: opened(source),
            proposals: proposals::table(source),
            marking_notice: marking::notice(source),
        }
    }
}

fn opened(source: &Source<'_>) -> Open {
    // In the short report they stand right under the chapter.
    open::collect(source, if head::festival_only(source) { 2 } else { 3 })
}
