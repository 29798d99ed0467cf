//! Results in the format asked for: each document makes a piece, the pieces in order make the
//! output.

use std::io::{self, Seek, Write};

use onrecord_record::Record;
use serde::Serialize;

use crate::End;
use crate::arguments::{Color, Format, Showing};
use crate::console::Console;
use crate::failure::Failure;
use crate::html::{self, Entry};
use crate::output::Output;
use crate::text;

/// What became of one document.
pub(crate) type Outcome = Result<Record, Failure>;

/// The format of the output with what it needs to know of the terminal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages {
    format: Format,
    width: usize,
    colours: bool,
}

/// One document in the format asked for.
pub(crate) struct Piece {
    bytes: Vec<u8>,
    entry: Entry,
    /// Why the document was not read, where it was not.
    pub(crate) failure: Option<Failure>,
}

/// What json and jsonl hold for a document.
#[derive(Serialize)]
#[serde(untagged)]
enum Kept<'o> {
    Record(&'o Record),
    Error { error: &'o Failure },
}

impl Pages {
    /// The format that the arguments ask for.
    pub(crate) fn asked(show: &Showing) -> Self {
        let is_stdout = show.file().is_none();
        let colours = match show.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let choice = anstream::AutoStream::choice(&io::stdout());
                is_stdout && choice != anstream::ColorChoice::Never
            }
        };
        let columns = || {
            let (width, _) = terminal_size::terminal_size_of(io::stdout()).filter(|_| is_stdout)?;
            Some(usize::from(width.0).clamp(40, 100))
        };
        let width = show.width.map(usize::from).or_else(columns).unwrap_or(80);
        Self { format: show.format, width, colours }
    }

    /// The piece of the document that is the `turn`th of the output, counted from 0.
    pub(crate) fn piece(&self, turn: usize, outcome: Outcome) -> Piece {
        let kept = match &outcome {
            Ok(record) => Kept::Record(record),
            Err(error) => Kept::Error { error },
        };
        let bytes = match (self.format, &outcome) {
            (Format::Json, _) => serde_json::to_vec_pretty(&kept),
            (Format::Jsonl, _) => serde_json::to_vec(&kept),
            (Format::Text, Ok(record)) => {
                Ok(text::page(record, self.width, self.colours).into_bytes())
            }
            (Format::Html, Ok(record)) => Ok(html::article(record, turn).into_bytes()),
            (Format::Text | Format::Html, Err(_)) => Ok(Vec::new()),
        };
        let entry = Entry::of(turn, &outcome);
        match bytes {
            Ok(bytes) => Piece { bytes, entry, failure: outcome.err() },
            // The types serialise to JSON whatever they hold; were it not so, it is said.
            Err(error) => {
                let failure = Failure::new(entry.name(), "fault", error.to_string());
                Piece { bytes: Vec::new(), entry, failure: Some(failure) }
            }
        }
    }
}

/// Writes pieces as they come. What it holds back is bounded: the first piece of json, the titles
/// of html.
pub(crate) struct Writer {
    format: Format,
    output: Output,
    first: Option<Vec<u8>>,
    pieces: usize,
    read: usize,
    entries: Vec<Entry>,
    spool: Option<std::fs::File>,
}

impl Writer {
    /// A writer to `output`.
    ///
    /// # Errors
    /// Where no temporary file can be made.
    pub(crate) fn new(pages: &Pages, output: Output) -> Result<Self, Failure> {
        let spool = (pages.format == Format::Html).then(tempfile::tempfile).transpose();
        let spool = spool.map_err(|error| {
            let says =
                format!("cannot be made ({error}): set TMPDIR to a folder that can be written");
            Failure::new("temporary file", "not-written", says)
        })?;
        let format = pages.format;
        Ok(Self { format, output, first: None, pieces: 0, read: 0, entries: Vec::new(), spool })
    }

    /// Writes the next piece.
    pub(crate) fn piece(&mut self, piece: Piece) -> io::Result<()> {
        self.pieces += 1;
        self.read += usize::from(piece.failure.is_none());
        match self.format {
            Format::Text => {
                if self.read > 1 && !piece.bytes.is_empty() {
                    self.output.write_all(b"\n\n")?;
                }
                self.output.write_all(&piece.bytes)?;
            }
            Format::Jsonl => {
                self.output.write_all(&piece.bytes)?;
                self.output.write_all(b"\n")?;
            }
            Format::Json if self.pieces == 1 => {
                self.first = Some(piece.bytes);
                return Ok(());
            }
            Format::Json => {
                if let Some(first) = self.first.take() {
                    self.output.write_all(b"[\n")?;
                    self.output.write_all(&first)?;
                }
                self.output.write_all(b",\n")?;
                self.output.write_all(&piece.bytes)?;
            }
            Format::Html => {
                if let Some(spool) = &mut self.spool {
                    spool.write_all(&piece.bytes)?;
                }
                self.entries.push(piece.entry);
                return Ok(());
            }
        }
        self.output.flush()
    }

    /// Ends a run: makes what was written stand, a file only where at least one document was read,
    /// and says what failed. A reader that has closed the pipe has read enough.
    pub(crate) fn end(self, written: io::Result<()>, all_read: bool, console: &Console) -> End {
        let ended = match written {
            Ok(()) => self.finish(),
            Err(error) => Err((self.output.refusal(&error), error.kind())),
        };
        match ended {
            Ok(()) | Err((_, io::ErrorKind::BrokenPipe)) if all_read => End::Done,
            Ok(()) | Err((_, io::ErrorKind::BrokenPipe)) => End::Short,
            Err((failure, _)) => {
                console.say(&failure.to_string());
                End::Short
            }
        }
    }

    fn finish(mut self) -> Result<(), (Failure, io::ErrorKind)> {
        if self.read == 0 && !self.output.is_stdout() {
            return Ok(());
        }
        self.close().map_err(|error| (self.output.refusal(&error), error.kind()))?;
        self.output.finish()
    }

    fn close(&mut self) -> io::Result<()> {
        match self.format {
            Format::Json => match (self.first.take(), self.pieces) {
                (Some(only), _) => {
                    self.output.write_all(&only)?;
                    self.output.write_all(b"\n")
                }
                (None, 0) => self.output.write_all(b"[]\n"),
                (None, _) => self.output.write_all(b"\n]\n"),
            },
            Format::Html => {
                self.output.write_all(html::head(&self.entries).as_bytes())?;
                if let Some(spool) = &mut self.spool {
                    spool.rewind()?;
                    io::copy(spool, &mut self.output)?;
                }
                self.output.write_all(html::FOOT.as_bytes())
            }
            Format::Text | Format::Jsonl => Ok(()),
        }
    }
}
