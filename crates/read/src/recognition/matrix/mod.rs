//! Tables that are no lists of records, laid anew: duty rosters and sign-in sheets.
//!
//! What enters: a sheet's cells and its names. What leaves: a `Laid`, which is understood as any other
//! table; [`crate::tables`] leads its cells back to where they stand.

mod across;
mod calendar;
mod clock;
pub(crate) mod days;
mod down;
mod headings;
pub(crate) mod laid;
mod people;
mod roster;
mod sheet;
mod shifts;
mod sign_in;

pub(crate) use roster::lay_down as roster;
pub(crate) use sheet::Sheet;
pub(crate) use sign_in::{SignIn, lay_down as sign_in};
