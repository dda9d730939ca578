//! Printing, the one place for it. A broken pipe is success: the reader has seen enough.

use std::io::{self, Write};

/// To standard output.
pub(super) fn print(text: &str) {
    write(&mut io::stdout().lock(), text);
}

/// To standard error.
pub(super) fn complain(text: &str) {
    write(&mut io::stderr().lock(), text);
}

/// Nobody is left to tell where even printing fails.
fn write(to: &mut impl Write, text: &str) {
    let _ = to.write_all(text.as_bytes()).and_then(|()| to.flush());
}
