//! Long texts cut for people: the same form wherever a cell's text is shown.

/// A text of at most so many characters as it is; of a longer one the beginning and how long it is.
pub fn brief(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}……（共{}字）", &text[..at], text.chars().count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_says_how_long_it_is() {
        assert_eq!(brief("张三、李四", 5), "张三、李四");
        assert_eq!(brief("张三、李四", 3), "张三、……（共5字）");
    }
}
