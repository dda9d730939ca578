//! Every bound on what is read, in one place.
//!
//! A hostile or broken file may claim any size. Nothing is allocated on a claim: each reader
//! counts what really comes and stops at these bounds with a message that names file and limit.
//! The constants are generous for ledgers kept by hand (a register of a million rows fits) and keep
//! one file under about 1 GiB of memory.

/// Largest file read at all, in bytes.
pub const FILE_BYTES: u64 = 256 << 20;
/// Largest xls or et workbook: the format is read into memory as a whole.
pub const LEGACY_BYTES: u64 = 64 << 20;
/// Largest ods workbook: its sheets are read as dense areas.
pub const ODS_BYTES: u64 = 64 << 20;
/// Largest YAML file, in bytes.
pub const YAML_BYTES: u64 = 64 << 20;
/// Parts within a zip package.
pub const ZIP_ENTRIES: usize = 10_000;
/// Bytes that all parts of a package may inflate to.
pub const INFLATED_BYTES: u64 = 1 << 30;
/// Bytes that a part which is not XML (a picture) may inflate to.
pub const OPAQUE_PART_BYTES: u64 = 64 << 20;
/// From this many inflated bytes on, a part may not inflate by more than [`INFLATE_RATIO`].
pub const RATIO_FROM_BYTES: u64 = 64 << 20;
/// Inflated bytes per packed byte; real sheets stay below 60.
pub const INFLATE_RATIO: u64 = 250;
/// Bytes of one row of a sheet, or of one shared string, as XML.
pub const RECORD_BYTES: u64 = 16 << 20;
/// Bytes of XML without any `<`: the longest text or tag.
pub const TEXT_RUN_BYTES: u64 = 1 << 20;
/// Nesting of XML elements.
pub const XML_DEPTH: usize = 256;
/// Rows of a sheet: the grid of Excel 2007 and later.
pub const ROWS: u32 = 1_048_576;
/// Columns of a sheet: the grid of Excel 2007 and later.
pub const COLUMNS: u32 = 16_384;
/// Cells with content in one file.
pub const CELLS: u64 = 12_000_000;
/// Cells, empty ones included, of the area in use of an xls or ods sheet, which is read densely.
pub const DENSE_CELLS: u64 = 8_000_000;
/// Bytes of text in the cells of one xls workbook, a shared text counted in each of its cells.
pub const TEXT_BYTES: u64 = 256 << 20;
/// Merged regions of one sheet.
pub const MERGED_REGIONS: usize = 100_000;
/// Sheets of one workbook.
pub const SHEETS: usize = 1_000;
/// Characters of one cell that are kept (what Excel allows); the rest is cut and told.
pub const CELL_CHARS: usize = 32_767;
/// Bytes of a comment on a cell that are kept; nobody reads more in a report.
pub const COMMENT_BYTES: usize = 1_000;
/// Comments of one sheet that are kept.
pub const COMMENTS: usize = 100_000;
/// Bytes of one CSV field; more means a quotation mark that is never closed.
pub const CSV_FIELD_BYTES: usize = 1 << 20;
/// Nesting of YAML collections.
pub const YAML_DEPTH: usize = 32;
/// Nodes of one YAML file.
pub const YAML_NODES: usize = 12_000_000;
/// Bytes of memory that the tables of all files of a run may take together.
pub const RUN_BYTES: u64 = 1 << 30;
/// Files of one workspace.
pub const FILES: usize = 10_000;
/// Folders within folders.
pub const FOLDER_DEPTH: usize = 32;

/// The bounds in force. Only tests differ from the constants, so that they need no huge files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// [`FILE_BYTES`].
    pub file_bytes: u64,
    /// [`LEGACY_BYTES`].
    pub legacy_bytes: u64,
    /// [`ODS_BYTES`].
    pub ods_bytes: u64,
    /// [`YAML_BYTES`].
    pub yaml_bytes: u64,
    /// [`ZIP_ENTRIES`].
    pub zip_entries: usize,
    /// [`INFLATED_BYTES`].
    pub inflated_bytes: u64,
    /// [`OPAQUE_PART_BYTES`].
    pub opaque_part_bytes: u64,
    /// [`RATIO_FROM_BYTES`].
    pub ratio_from_bytes: u64,
    /// [`RECORD_BYTES`].
    pub record_bytes: u64,
    /// [`TEXT_RUN_BYTES`].
    pub text_run_bytes: u64,
    /// [`CELLS`].
    pub cells: u64,
    /// [`DENSE_CELLS`].
    pub dense_cells: u64,
    /// [`TEXT_BYTES`].
    pub text_bytes: u64,
    /// [`CSV_FIELD_BYTES`].
    pub csv_field_bytes: usize,
    /// [`YAML_DEPTH`].
    pub yaml_depth: usize,
    /// [`YAML_NODES`].
    pub yaml_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: FILE_BYTES,
            legacy_bytes: LEGACY_BYTES,
            ods_bytes: ODS_BYTES,
            yaml_bytes: YAML_BYTES,
            zip_entries: ZIP_ENTRIES,
            inflated_bytes: INFLATED_BYTES,
            opaque_part_bytes: OPAQUE_PART_BYTES,
            ratio_from_bytes: RATIO_FROM_BYTES,
            record_bytes: RECORD_BYTES,
            text_run_bytes: TEXT_RUN_BYTES,
            cells: CELLS,
            dense_cells: DENSE_CELLS,
            text_bytes: TEXT_BYTES,
            csv_field_bytes: CSV_FIELD_BYTES,
            yaml_depth: YAML_DEPTH,
            yaml_nodes: YAML_NODES,
        }
    }
}

impl Limits {
    /// The bounds on a YAML document.
    pub fn yaml(&self) -> zicha_yaml::Limits {
        zicha_yaml::Limits {
            depth: self.yaml_depth,
            nodes: self.yaml_nodes,
        }
    }
}
