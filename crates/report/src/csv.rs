//! Rows → CSV as office programs open it by double click: UTF-8 with a byte order mark, CR LF, and no
//! cell that would be taken for a formula.

use std::io;

/// Renders rows, the heading first.
pub(super) fn render<R>(rows: impl IntoIterator<Item = R>) -> io::Result<Vec<u8>>
where
    R: IntoIterator<Item = String>,
{
    let bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(bytes);
    for row in rows {
        writer.write_record(row.into_iter().map(plain))?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

/// A text that begins like a formula gets an apostrophe in front, numbers apart.
fn plain(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_starts_a_formula_and_commas_are_quoted() {
        let cells = ["=HYPERLINK(1)", "-3.5", "a,b"].map(str::to_owned);
        let bytes = render([cells]).expect("written to memory");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text, "\u{feff}'=HYPERLINK(1),-3.5,\"a,b\"\r\n");
    }
}
