//! Work on all processors, with results in the order of the pieces.

use rayon::prelude::*;

/// Things that are not worth being shared out.
const FEW: usize = 64;

/// Does so many pieces of work on all processors; the results come in their order.
pub(crate) fn in_parallel<T: Send>(
    pieces: usize,
    work: impl Fn(usize) -> T + Sync + Send,
) -> Vec<T> {
    (0..pieces).into_par_iter().map(work).collect()
}

/// The same over things that are used up.
pub(crate) fn each_in_parallel<T: Send, R: Send>(
    things: Vec<T>,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    let pieces = things.into_par_iter().with_min_len(FEW);
    pieces.map(work).collect()
}
