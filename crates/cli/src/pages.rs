//! Records in the format asked for.

use onrecord_record::Record;

use crate::arguments::{Format, Showing};
use crate::terminal::Terminal;
use crate::view::words;
use crate::writer::{Layout, Piece};
use crate::{confidence, csv, html, jsonld, text};

/// What stands at the foot of a page of records.
pub(crate) const FOOT: &str = "Read by Onrecord. Everything here is somebody's statement or the story's own \
     telling; nothing is Onrecord's claim.";

/// The format of the output with what it needs to know of the terminal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages {
    format: Format,
    /// The confidence below which items are left out.
    least: Option<f64>,
    terminal: Terminal,
}

impl Pages {
    /// The pages that the arguments ask for.
    pub(crate) fn asked(format: Format, least: Option<f64>, show: &Showing) -> Self {
        Self { format, least, terminal: Terminal::asked(show) }
    }

    /// How the pieces make the output.
    pub(crate) fn layout(&self) -> Layout {
        match self.format {
            Format::Text => Layout::Pages,
            Format::Json => Layout::Array,
            Format::Jsonl => Layout::Lines,
            Format::Html => Layout::Html { foot: FOOT },
            Format::Csv => Layout::Tables,
            Format::Jsonld => Layout::LinesOrApart { ending: "jsonld" },
        }
    }

    /// The piece of the document that is the `turn`th of the output, counted from 0.
    pub(crate) fn piece(&self, turn: usize, record: Record) -> Piece {
        let record = &match self.least {
            Some(least) => confidence::at_least(least, record),
            None => record,
        };
        let bytes = match self.format {
            Format::Text => Ok(text::page(record, self.terminal).into_bytes()),
            Format::Json | Format::Jsonl => self.layout().json(record),
            Format::Html => Ok(html::article(record, turn).into_bytes()),
            Format::Csv => return Piece::in_tables(turn, record, csv::rows(record)),
            Format::Jsonld => jsonld::object(record).and_then(|object| self.layout().json(&object)),
        };
        let counts = [
            words::counted(record.statements.len(), "statement", "statements"),
            words::counted(record.figures.len(), "figure", "figures"),
        ];
        Piece::of(turn, record, &counts.join(", "), bytes)
    }
}
