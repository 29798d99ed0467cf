//! What leaves a case for other programs: sheets of rows, entities of FollowTheMoney, tables in the
//! shape of the Events Standard Formats. Every row names its document and item and has its words.
//!
//! Nothing here writes files: rows and lines are given as they come.

mod cells;
mod csv;
mod esf;
mod ftm;
#[cfg(feature = "parquet")]
mod parquet;
mod sheets;

pub use cells::{Cell, Column, ColumnKind};
pub use csv::{csv_line, json_line};
pub use esf::{ESF_TABLES, esf_head, esf_rows};
pub use ftm::Entities;
#[cfg(feature = "parquet")]
pub use parquet::parquet;
pub(crate) use sheets::source;
pub use sheets::{FINDINGS, SHEETS, Sheet, event_days, finding_rows};
