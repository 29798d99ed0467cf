//! One document in the format asked for.

use onrecord_record::Record;
use serde::Serialize;

use crate::csv;
use crate::failure::Failure;
use crate::html::Entry;

/// How pieces make the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Pages for the terminal, one below the other.
    Pages,
    /// One JSON value, or an array of several.
    Array,
    /// A JSON value a line.
    Lines,
    /// One HTML page, with these words at its foot.
    Html { foot: &'static str },
    /// Documents that make nothing together: each is a file of its own, with this ending.
    Apart { ending: &'static str },
    /// A JSON value a line; where a folder is named, each is a file of its own, with this ending.
    LinesOrApart { ending: &'static str },
    /// Tables that get rows from every document, in a folder.
    Tables,
}

/// One document in the format asked for.
pub(crate) struct Piece {
    /// What is written of it: one part, or one for each table.
    pub(super) parts: Vec<Vec<u8>>,
    pub(super) entry: Entry,
    /// What the run says of a document that was read.
    pub(super) remark: Option<String>,
    /// Why the document was not read, where it was not.
    pub(super) failure: Option<Failure>,
}

/// What JSON holds in the place of a document that was not read.
#[derive(Serialize)]
struct Kept<'f> {
    error: &'f Failure,
}

impl Piece {
    /// The piece of the document that is the `turn`th of the output, counted from 0: what was read
    /// of it, what the index counts in it, and its bytes.
    pub(crate) fn of(
        turn: usize,
        record: &Record,
        counts: &str,
        bytes: serde_json::Result<Vec<u8>>,
    ) -> Self {
        let entry = Entry::of(turn, record, counts);
        match bytes {
            Ok(bytes) => Self { parts: vec![bytes], entry, remark: None, failure: None },
            // The types serialise to JSON whatever they hold; were it not so, it is said.
            Err(error) => {
                let failure = Failure::new(entry.name(), "fault", error.to_string());
                Self { parts: Vec::new(), entry, remark: None, failure: Some(failure) }
            }
        }
    }

    /// The piece of a document in tables: its rows in each of them.
    pub(crate) fn in_tables(turn: usize, record: &Record, rows: Vec<Vec<u8>>) -> Self {
        Self { parts: rows, entry: Entry::of(turn, record, ""), remark: None, failure: None }
    }

    /// The piece with what the run says of it.
    pub(crate) fn with(self, remark: Option<String>) -> Self {
        Self { remark, ..self }
    }

    /// The piece with more behind it.
    pub(crate) fn ending_with(mut self, more: String) -> Self {
        if let Some(last) = self.parts.last_mut() {
            last.extend(more.into_bytes());
        }
        self
    }

    /// The piece of a document that was not read.
    pub(crate) fn failed(layout: Layout, turn: usize, failure: Failure) -> Self {
        let parts = match layout {
            Layout::Array | Layout::Lines | Layout::LinesOrApart { .. } => {
                // It is said on standard error, whatever becomes of its JSON.
                vec![layout.json(&Kept { error: &failure }).unwrap_or_default()]
            }
            Layout::Tables => csv::unread(&failure),
            Layout::Pages | Layout::Html { .. } | Layout::Apart { .. } => Vec::new(),
        };
        let entry = Entry::failed(turn, &failure);
        Self { parts, entry, remark: None, failure: Some(failure) }
    }
}

impl Layout {
    /// A value as this layout has JSON: indented in an array, else on one line.
    pub(crate) fn json(self, value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
        match self {
            Self::Array => serde_json::to_vec_pretty(value),
            _ => serde_json::to_vec(value),
        }
    }
}
