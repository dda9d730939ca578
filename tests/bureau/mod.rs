//! The commands around the check: a new workspace, the guide, the bureau's summary.

mod guide;
mod init;
mod rollup;
mod spark;
