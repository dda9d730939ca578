//! Work on many things at once, in the order in which they came.

use rayon::prelude::*;

/// Does the work for each item, side by side. The results keep the order.
pub(crate) fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    items.into_par_iter().map(&work).collect()
}
