//! How a problem is put in papers: data beside each control, read as `problem:` in its file.
//!
//! A template is text with `{field}` of the record that fails. `{field|text}` says what stands where
//! the cell is empty, and what is in `[ ]` is left out if a cell named in it is empty.

/// The sentence of a control's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The fault in a few words: `将密件带回家中`. Several findings are counted behind it.
    pub title: String,
    /// Measure word of the count: 起, 件, 台.
    pub unit: String,
    /// The sentence of one finding; none where only the title can be said, as for on-site questions.
    pub one: Option<Vec<Part>>,
}

impl Problem {
    /// The count of several findings as people say it: `将密件带回家中2起`.
    pub fn counted(&self, findings: usize) -> String {
        format!("{}{findings}{}", self.title, self.unit)
    }
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands.
    Text(String),
    /// A cell of the record: its field's id, and what stands instead where it is empty.
    Field(String, Option<String>),
    /// `{duration(a, b)}`: the time between two moments of the record.
    Duration(String, String),
    /// `{it}`: the record as people name it, or what else is the subject.
    Subject,
    /// `{faults}`: what is wrong with it, in words.
    Faults,
    /// `[ … ]`: left out as a whole if a cell in it is empty.
    Optional(Vec<Part>),
}

/// What is wrong with a template: a message, and the byte offset in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// Byte offset in the template.
    pub at: usize,
    /// The piece that is wrong.
    pub piece: String,
}

/// Reads a template.
///
/// # Errors
///
/// A bracket or brace that does not close, or an unknown function.
pub fn parse(template: &str) -> Result<Vec<Part>, TemplateError> {
    let mut parser = Parser {
        text: template,
        at: 0,
    };
    let parts = parser.parts(false)?;
    match parser.peek() {
        None => Ok(parts),
        Some(_) => Err(parser.error()),
    }
}

/// The fields that a template names, with those in optional parts.
pub fn fields(parts: &[Part]) -> Vec<&str> {
    let mut named = Vec::new();
    for part in parts {
        match part {
            Part::Field(field, _) => named.push(field.as_str()),
            Part::Duration(from, to) => named.extend([from.as_str(), to.as_str()]),
            Part::Optional(inner) => named.extend(fields(inner)),
            Part::Text(_) | Part::Subject | Part::Faults => {}
        }
    }
    named
}

/// A template being read.
struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn error(&self) -> TemplateError {
        TemplateError {
            at: self.at,
            piece: self.text[self.at..].chars().take(12).collect(),
        }
    }

    fn parts(&mut self, inside: bool) -> Result<Vec<Part>, TemplateError> {
        let mut parts = Vec::new();
        while let Some(next) = self.peek() {
            match next {
                '[' if inside => return Err(self.error()),
                '[' => parts.push(self.optional()?),
                ']' if inside => return Ok(parts),
                '{' => parts.push(self.placeholder()?),
                ']' | '}' => return Err(self.error()),
                _ => parts.push(self.literal()),
            }
        }
        match inside {
            true => Err(self.error()),
            false => Ok(parts),
        }
    }

    fn optional(&mut self) -> Result<Part, TemplateError> {
        self.at += 1;
        let inner = self.parts(true)?;
        self.at += 1;
        Ok(Part::Optional(inner))
    }

    fn literal(&mut self) -> Part {
        let rest = &self.text[self.at..];
        let end = rest.find(['[', ']', '{', '}']).unwrap_or(rest.len());
        self.at += end;
        Part::Text(rest[..end].to_owned())
    }

    fn placeholder(&mut self) -> Result<Part, TemplateError> {
        let rest = &self.text[self.at + 1..];
        let Some((inner, _)) = rest.split_once('}') else {
            return Err(self.error());
        };
        let part = placeholder(inner).ok_or_else(|| self.error())?;
        self.at += inner.len() + 2;
        Ok(part)
    }
}

fn placeholder(inner: &str) -> Option<Part> {
    if let Some(arguments) = inner.strip_prefix("duration(") {
        let (from, to) = arguments.strip_suffix(')')?.split_once(',')?;
        return Some(Part::Duration(name(from)?, name(to)?));
    }
    match inner.split_once('|') {
        Some(("faults", _)) => Some(Part::Faults),
        Some(("it", _)) => Some(Part::Subject),
        Some((field, instead)) => Some(Part::Field(name(field)?, Some(instead.to_owned()))),
        None if inner == "it" => Some(Part::Subject),
        None if inner == "faults" => Some(Part::Faults),
        None => Some(Part::Field(name(inner)?, None)),
    }
}

fn name(text: &str) -> Option<String> {
    let text = text.trim();
    let formed = text.chars().all(|c| c.is_alphanumeric() || c == '_');
    (formed && !text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_text_fields_and_optional_parts() {
        let parts = parse("{who|有人}[{day}]把{thing}带走，{faults}").unwrap();
        assert_eq!(
            parts,
            [
                Part::Field("who".into(), Some("有人".into())),
                Part::Optional(vec![Part::Field("day".into(), None)]),
                Part::Text("把".into()),
                Part::Field("thing".into(), None),
                Part::Text("带走，".into()),
                Part::Faults,
            ]
        );
        assert_eq!(fields(&parts), ["who", "day", "thing"]);
    }

    #[test]
    fn a_bracket_that_does_not_close_is_told_with_its_place() {
        for (template, at) in [
            ("a[b", 3),
            ("a]b", 1),
            ("a{b", 1),
            ("{f(x)}", 0),
            ("[[a]]", 1),
        ] {
            assert_eq!(parse(template).unwrap_err().at, at, "{template}");
        }
    }

    #[test]
    fn several_findings_are_counted_behind_the_title() {
        let problem = Problem {
            title: "将密件带回家中".into(),
            unit: "起".into(),
            one: None,
        };
        assert_eq!(problem.counted(2), "将密件带回家中2起");
    }
}
