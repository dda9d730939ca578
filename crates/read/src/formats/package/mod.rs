//! Zip packages (xlsx, xlsb, ods): every part is inflated once and bounded before it is trusted.
//!
//! What enters: the bytes of a package. What leaves: a refusal that names the limit, or a
//! [`facts::Package`] with what was learned on the way. [`guard`] walks the parts through [`bounded`] and
//! hands XML to [`xml`] (tables of OpenDocument to [`ods_tables`]), records of xlsb to
//! [`xlsb_records`]; all of them leave their [`Facts`].

pub(crate) mod bounded;
mod facts;
pub(crate) mod guard;
mod ods_tables;
pub(crate) mod xlsb_records;
pub(crate) mod xml;

pub(crate) use facts::Facts;
