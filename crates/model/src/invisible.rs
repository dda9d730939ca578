//! Characters that nobody sees but that change what is seen, in one list for reading and writing.

/// True for control characters other than line feed and tab, for marks and overrides of the
/// direction of writing, for byte order marks, and for code points that are no characters.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || (c as u32) & 0xfffe == 0xfffe
}
