//! The bytes of one file → its grids, whatever the file's name says it is.

use crate::formats::grid::{Form, Grid};
use crate::formats::limits::Limits;
use crate::formats::package::guard;
use crate::formats::sniff::Format;
use crate::formats::text::{self, csv};
use crate::formats::{read_errors, sniff, workbook, yaml};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};

/// The grids of a file, and what was noticed while reading it.
#[derive(Debug, Default)]
pub struct Opened {
    /// What its sheets are like.
    pub form: Form,
    /// Its sheets in order.
    pub grids: Vec<Grid>,
    /// What was noticed.
    pub notes: Vec<Diagnostic>,
}

/// Reads a file by its content; `path` is its name in messages and decides between CSV and YAML.
/// The error says everything that is wrong with it.
pub fn read(path: &str, bytes: &[u8], limits: &Limits) -> Result<Opened, Vec<Diagnostic>> {
    let named = |mut told: Vec<Diagnostic>| {
        for diagnostic in &mut told {
            diagnostic.locus.file = Some(path.to_owned());
        }
        told
    };
    match read_unnamed(path, bytes, limits) {
        Ok(opened) => Ok(Opened {
            notes: named(opened.notes),
            ..opened
        }),
        Err(told) => Err(named(told)),
    }
}

fn read_unnamed(path: &str, bytes: &[u8], limits: &Limits) -> Result<Opened, Vec<Diagnostic>> {
    if bytes.len() as u64 > limits.file_bytes {
        let told = read_errors::too_large(bytes.len() as u64, limits.file_bytes);
        return Err(vec![told]);
    }
    if bytes.starts_with(b"PK") && !guard::few_parts(bytes, limits) {
        return Err(vec![read_errors::limit(
            "压缩包内的部件个数",
            limits.zip_entries,
        )]);
    }
    let format = sniff::sniff(bytes);
    let (stem, extension) = split(path);
    let mut opened = match format {
        Format::Xlsx | Format::Xlsb | Format::Ods | Format::FlatOds | Format::Xls => {
            let (grids, mut notes) = workbook::read(bytes, format, limits).map_err(|d| vec![d])?;
            if grids.iter().all(Grid::is_empty) {
                notes.push(read_errors::no_content(grids.len()));
            }
            Opened {
                form: Form::Workbook,
                grids,
                notes,
            }
        }
        Format::Text => read_text(stem, &extension, bytes, limits)?,
        other => return Err(vec![read_errors::format(other)]),
    };
    opened.notes.extend(disguise(&extension, format));
    Ok(opened)
}

fn read_text(
    stem: &str,
    extension: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Opened, Vec<Diagnostic>> {
    let text = text::decode(bytes).ok_or_else(|| vec![read_errors::encoding()])?;
    if matches!(extension, "yaml" | "yml" | "json") {
        let read = yaml::read(&text, stem, limits);
        let (grids, notes) = read.map_err(|told| match extension {
            "json" => told.into_iter().map(read_errors::of_json).collect(),
            _ => told,
        })?;
        return Ok(Opened {
            form: Form::Yaml,
            grids,
            notes,
        });
    }
    let (grid, notes) = csv::read(&text, stem, limits).map_err(|d| vec![d])?;
    Ok(Opened {
        form: Form::Csv,
        grids: vec![grid],
        notes,
    })
}

/// Tells of an extension that does not fit, since the user will wonder how the file was read.
fn disguise(extension: &str, format: Format) -> Option<Diagnostic> {
    let (fits, really): (&[&str], _) = match format {
        Format::Xlsx => (
            &["xlsx", "xlsm", "xltx", "xltm", "et", "ett"],
            "Excel 工作簿（.xlsx）",
        ),
        Format::Xlsb => (&["xlsb"], "Excel 二进制工作簿（.xlsb）"),
        Format::Ods => (&["ods", "ots"], "OpenDocument 工作簿（.ods）"),
        Format::FlatOds => (&["fods"], "OpenDocument 单文件表格（.fods）"),
        Format::Xls => (&["xls", "xlt", "et", "ett"], "Excel 97–2003 工作簿（.xls）"),
        _ => (&["csv", "tsv", "yaml", "yml", "json"], "文本表格（.csv）"),
    };
    if fits.contains(&extension) {
        return None;
    }
    let message = format!("扩展名是 .{extension}，实际内容是{really}，已按实际内容读取");
    let told = Diagnostic::new(codes::EXTENSION_DIFFERS, message, Locus::default());
    Some(told.with_hint("请另存为与内容相符的格式，以免别的程序打不开"))
}

/// File stem and lower-case extension.
fn split(path: &str) -> (&str, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) => (stem, extension.to_lowercase()),
        None => (name, String::new()),
    }
}
