//! The only clock of the program: today, where no `--as-of` was given.

use std::time::{SystemTime, UNIX_EPOCH};
use zicha_model::time::Day;

/// Today by the machine's clock in China Standard Time, which has no summer time.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock enters; --as-of replaces it"
)]
pub(super) fn today() -> Day {
    const CHINA: u64 = 8 * 3600;
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    Day(((seconds + CHINA) / 86_400) as i32)
}
