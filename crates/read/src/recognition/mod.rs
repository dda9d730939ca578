//! Grids → which ledger a table is, which field each column is, which rows are records.

pub(crate) mod clock_columns;
pub(crate) mod column_fit;
pub mod column_mapping;
pub(crate) mod foot_rows;
pub(crate) mod forms;
pub mod header_detection;
pub mod heading_index;
pub(crate) mod heading_phrase;
pub(crate) mod kind_column;
pub(crate) mod ledger_names;
pub(crate) mod ledger_scoring;
pub(crate) mod matrix;
pub(crate) mod other_registers;
pub mod row_kinds;
pub(crate) mod row_projection;
pub(crate) mod section_rows;
pub mod sections;
pub mod sheet;
pub(crate) mod sheet_report;
pub(crate) mod side_by_side;
pub(crate) mod surroundings;
pub(crate) mod table_sections;
pub(crate) mod table_starts;
pub(crate) mod two_dates;
pub(crate) mod value_witness;
pub mod vertical_form;
