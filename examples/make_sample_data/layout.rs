//! How a clerk lays out a sheet: title, heading rows, columns with habits of their own.

use super::world::Row;

/// One column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Heading as the clerk wrote it.
    pub(crate) heading: String,
    /// Heading above it that spans several columns.
    pub(crate) group: Option<String>,
    /// Field id; `None` for a column that nobody needs.
    pub(crate) field: Option<&'static str>,
    /// Habits: spelling of dates, unit after numbers, 同上, merged cells.
    pub(crate) habits: Vec<&'static str>,
}

impl Column {
    /// True if the column has the habit.
    pub(crate) fn has(&self, habit: &str) -> bool {
        self.habits.contains(&habit)
    }
}

/// Which records stand on a sheet.
pub(crate) type Filter = fn(&Row) -> bool;

/// One sheet of a workbook, one CSV file, or one top-level key of a YAML file.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Path below the workspace.
    pub(crate) file: &'static str,
    /// Sheet name, YAML key; empty for a YAML file that is one list.
    pub(crate) name: String,
    /// Ledger; empty for a sheet that is none.
    pub(crate) ledger: &'static str,
    /// Columns from left to right.
    pub(crate) columns: Vec<Column>,
    /// Title over merged cells in the first row.
    pub(crate) title: Option<String>,
    /// Who fills it in, below the title.
    pub(crate) subtitle: Option<String>,
    /// Field that the total row adds up.
    pub(crate) total: Option<&'static str>,
    /// Note below the table.
    pub(crate) note: Option<&'static str>,
    /// The heading is printed again after so many records.
    pub(crate) repeat: Option<usize>,
    /// The sheet is hidden.
    pub(crate) hidden: bool,
    /// This record (counted from 0) stands in a hidden row.
    pub(crate) hidden_row: Option<usize>,
    /// Which records.
    pub(crate) filter: Filter,
    /// Lines of a sheet that is no ledger.
    pub(crate) prose: &'static [&'static str],
}

impl Sheet {
    /// A sheet with columns written as `heading=field:habit,habit`, separated by spaces. `[group`
    /// opens a spanning heading, `]` closes it; a field `~…` is a column that nobody needs.
    pub(crate) fn new(
        file: &'static str,
        name: &str,
        ledger: &'static str,
        columns: &'static str,
    ) -> Self {
        Self {
            file,
            name: name.to_owned(),
            ledger,
            columns: parse(columns),
            title: None,
            subtitle: None,
            total: None,
            note: None,
            repeat: None,
            hidden: false,
            hidden_row: None,
            filter: |_| true,
            prose: &[],
        }
    }

    /// With a title over the table.
    pub(crate) fn title(mut self, title: &str) -> Self {
        self.title = Some(title.to_owned());
        self
    }

    /// With a line below the title.
    pub(crate) fn subtitle(mut self, line: &str) -> Self {
        self.subtitle = Some(line.to_owned());
        self
    }

    /// With a total row.
    pub(crate) fn total(mut self, field: &'static str) -> Self {
        self.total = Some(field);
        self
    }

    /// With a note below the table.
    pub(crate) fn note(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }

    /// With the heading again on every printed page.
    pub(crate) fn repeat(mut self, every: usize) -> Self {
        self.repeat = Some(every);
        self
    }

    /// Only these records.
    pub(crate) fn only(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }

    /// Hidden.
    pub(crate) fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// With one record in a hidden row.
    pub(crate) fn hidden_row(mut self, record: usize) -> Self {
        self.hidden_row = Some(record);
        self
    }

    /// Its name where the file has sheets: CSV files have none.
    pub(crate) fn tab(&self) -> Option<String> {
        (!self.file.ends_with(".csv")).then(|| self.name.clone())
    }

    /// True if some columns stand below a spanning heading.
    pub(crate) fn grouped(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }
}

/// A sheet that is no ledger.
pub(crate) fn prose(file: &'static str, name: &str, lines: &'static [&'static str]) -> Sheet {
    Sheet {
        prose: lines,
        ..Sheet::new(file, name, "", "")
    }
}

fn parse(columns: &'static str) -> Vec<Column> {
    let mut group = None;
    let mut parsed = Vec::new();
    for word in columns.split_whitespace() {
        if let Some(name) = word.strip_prefix('[') {
            group = Some(name.to_owned());
        } else if word == "]" {
            group = None;
        } else {
            parsed.push(column(word, group.clone()));
        }
    }
    parsed
}

fn column(word: &'static str, group: Option<String>) -> Column {
    let (heading, rest) = word.split_once('=').unwrap_or((word, word));
    let (field, habits) = rest.split_once(':').unwrap_or((rest, ""));
    let spare = field.starts_with('~');
    let mut habits: Vec<&'static str> = habits
        .split(',')
        .filter(|habit| !habit.is_empty())
        .collect();
    if spare {
        habits.push(field);
    }
    Column {
        heading: heading.to_owned(),
        group,
        field: (!spare).then_some(field),
        habits,
    }
}
