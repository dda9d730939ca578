//! Mistakes of libraries on broken input, kept from the terminal.
//!
//! A panic of a reader is caught and told in the user's words; the text that the runtime prints in
//! English beside it would only frighten.

use std::cell::Cell;
use std::panic::{self, UnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; `None` if it panicked, which nobody sees.
pub(crate) fn caught<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let done = panic::catch_unwind(work);
    QUIET.set(outer);
    done.ok()
}
