//! zicha (自查): an offline compliance-report generator and self-audit checker for secrecy
//! management.
//!
//! The stages are crates under `crates/`; each uses only those before it:
//! `embedded`, `model`, `yaml` ← `rule`, `read`, `calendar` ← `engine` ← `scoring` ← `assess` ← `rollup` ← `report`.
//! [`pipeline`] is the only place that knows all the steps: read → check → assess → report, each a visible
//! call. [`cli`] is what people meet.

pub mod cli;
pub mod init;
pub mod pipeline;
pub mod score_table;
