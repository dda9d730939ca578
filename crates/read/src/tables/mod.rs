//! Recognised sections → typed columns → one table a ledger, names resolved.

pub mod block;
pub(crate) mod block_builder;
pub(crate) mod budget;
pub(crate) mod cell_report;
pub(crate) mod column_reader;
pub(crate) mod copies;
pub(crate) mod duplicate_files;
pub(crate) mod examples;
pub(crate) mod given_values;
pub mod join;
pub mod link_names;
pub(crate) mod link_numbers;
pub(crate) mod plausibility;
pub(crate) mod reading_notes;
pub(crate) mod relocation;
pub(crate) mod retention_terms;
pub(crate) mod same_person;
pub(crate) mod same_record;
pub mod split_datetime;
pub(crate) mod spoilt_codes;
pub(crate) mod strings;
