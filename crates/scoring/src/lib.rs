//! A bureau's own score table: taken in, bound to the controls, reckoned, given back filled in.
//!
//! A form's file ([`table`]) → what it says ([`import()`] → [`standard::Standard`]) → a YAML file that people
//! correct ([`mod@file`]) → points from the results of the controls ([`reckon`]) → the same form filled
//! in ([`fill`]).

pub mod bind;
pub mod file;
pub mod fill;
pub mod import;
pub mod levels;
pub mod own;
pub mod reckon;
pub mod sample;
pub mod standard;
pub mod table;

pub use import::{Imported, import};
