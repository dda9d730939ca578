//! zicha (自查): an offline compliance-report generator and self-audit checker for secrecy
//! management.
//!
//! The folders are the data's way through the program; imports run one way:
//! [`diag`] ← [`model`] ← {[`read`], [`rule`] ← [`check`], [`assess`], [`calendar`]} ← [`report`] ← pipeline ← cli.
//! Reading → understanding → checking → assessing → reporting, each a visible call in the pipeline.
pub mod cli;
pub mod init;
pub mod pipeline;
