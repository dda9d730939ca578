//! Zip packages (xlsx, xlsb, ods): every part is inflated once and bounded before it is trusted.
//!
//! What enters: the bytes of a package. What leaves: a refusal that names the limit, or a
//! [`Package`] with what was learned on the way. [`guard`] walks the parts through [`bounded`] and
//! hands XML to [`xml`] ([`drawings`] knows pictures, [`comments`] what people note on cells, [`attributes`] reads tags), records of xlsb to
//! [`xlsb_records`]; all of them leave their [`Facts`]. [`repack`] rewrites parts
//! that a reader cannot take.

pub(crate) mod attributes;
pub(crate) mod bounded;
mod comments;
mod drawings;
mod facts;
pub(crate) mod guard;
pub(crate) mod repack;
pub(crate) mod xlsb_records;
pub(crate) mod xml;

pub(crate) use facts::{Facts, Package};
