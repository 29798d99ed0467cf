//! `onrecord times`: the time expressions of documents.

mod timeml;

use onrecord_intake::Document;
use onrecord_reading::{Domain, Engine};
use onrecord_record::{MadeBy, Record, Time};
use serde::Serialize;

use crate::arguments::{TimesArguments, TimesFormat};
use crate::console::Console;
use crate::terminal::Terminal;
use crate::view::words;
use crate::writer::{Layout, Piece};
use crate::{End, documents, html, text};

/// What stands at the foot of a page of times.
const FOOT: &str = "Read by Onrecord. The words are the story's own; each value is what Onrecord makes of \
     them, counted from what stands beside it.";

/// Tells the times of everything that the arguments name.
pub(crate) fn run(arguments: &TimesArguments, console: &Console) -> End {
    let pages = Pages { format: arguments.format, terminal: Terminal::asked(&arguments.show) };
    let domain = arguments.documents.domain.map(Into::into);
    let output = arguments.show.file();
    documents::each(&arguments.documents, output, pages.layout(), console, |turn, engine, read| {
        pages.piece(turn, &Times::of(engine, read, domain))
    })
}

/// The times of a document.
pub(crate) struct Times {
    /// A record of the document and its times alone.
    pub(crate) record: Record,
    /// How it was read to tell them; `None` for a language without a pack.
    pub(crate) domain: Option<Domain>,
}

/// What JSON holds of a document.
#[derive(Serialize)]
struct Kept<'t> {
    made_by: &'t MadeBy,
    document: &'t onrecord_record::Document,
    domain: Option<Domain>,
    times: &'t [Time],
}

impl Times {
    fn of(engine: &Engine, document: &Document, domain: Option<Domain>) -> Self {
        let made_by = engine.made_by(document);
        let mut record = Record::of_document(made_by, document.record.clone());
        let reading = engine.times(document, domain);
        let domain = reading.as_ref().map(|reading| reading.domain);
        let expressions = reading.map(|reading| reading.expressions).unwrap_or_default();
        record.times = expressions.into_iter().map(|expression| expression.time).collect();
        Self { record, domain }
    }

    fn kept(&self) -> Kept<'_> {
        let Record { made_by, document, times, .. } = &self.record;
        Kept { made_by, document, domain: self.domain, times }
    }
}

/// The format of the output with what it needs to know of the terminal.
#[derive(Debug, Clone, Copy)]
struct Pages {
    format: TimesFormat,
    terminal: Terminal,
}

impl Pages {
    fn layout(&self) -> Layout {
        match self.format {
            TimesFormat::Table => Layout::Pages,
            TimesFormat::Json => Layout::Array,
            TimesFormat::Jsonl => Layout::Lines,
            TimesFormat::Timeml => Layout::Apart { ending: "tml" },
            TimesFormat::Html => Layout::Html { foot: FOOT },
        }
    }

    fn piece(&self, turn: usize, found: &Times) -> Piece {
        let mut remark = None;
        let bytes = match self.format {
            TimesFormat::Table => Ok(text::times(found, self.terminal).into_bytes()),
            TimesFormat::Json | TimesFormat::Jsonl => self.layout().json(&found.kept()),
            TimesFormat::Timeml => {
                let written = timeml::document(&found.record);
                remark = written.remark();
                Ok(written.xml.into_bytes())
            }
            TimesFormat::Html => Ok(html::times(found, turn).into_bytes()),
        };
        let counts = words::counted(found.record.times.len(), "time", "times");
        Piece::of(turn, &found.record, &counts, bytes).with(remark)
    }
}
