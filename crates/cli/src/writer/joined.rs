//! Pieces joined to one output, as their layout says.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;

use super::{Layout, Piece};
use crate::failure::Failure;
use crate::html::{self, Entry};
use crate::output::{Output, Stop};

const SEVERAL: &str = "there are several documents, and a file of this format holds one: name a \
     folder, as --output DIR/, and each gets its own";

/// One output for all pieces. What it holds back is bounded: the first piece of an array, the
/// titles of an HTML page, the one document that stands apart.
pub(super) struct Joined {
    layout: Layout,
    output: Output,
    first: Option<Vec<u8>>,
    pieces: usize,
    read: usize,
    entries: Vec<Entry>,
    spool: Option<File>,
}

impl Joined {
    /// The output to the file at `path`, or to standard output for `None`.
    ///
    /// # Errors
    /// Where it cannot be written there, or no temporary file can be made.
    pub(super) fn open(layout: Layout, path: Option<&Path>) -> Result<Self, Failure> {
        let output = Output::open(path)?;
        let is_html = matches!(layout, Layout::Html { .. });
        let spool = is_html.then(tempfile::tempfile).transpose().map_err(|error| {
            let says =
                format!("cannot be made ({error}): set TMPDIR to a folder that can be written");
            Failure::new("temporary file", "not-written", says)
        })?;
        Ok(Self { layout, output, first: None, pieces: 0, read: 0, entries: Vec::new(), spool })
    }

    /// Writes the next piece.
    pub(super) fn piece(&mut self, piece: Piece) -> Result<(), Stop> {
        self.pieces += 1;
        self.read += usize::from(piece.failure.is_none());
        if matches!(self.layout, Layout::Apart { .. }) && self.read > 1 {
            return Err(Stop::Usage(Failure::new("--output", "several", SEVERAL)));
        }
        self.put(piece).map_err(|error| self.output.stop(&error))
    }

    fn put(&mut self, piece: Piece) -> io::Result<()> {
        let bytes = piece.parts.concat();
        match self.layout {
            Layout::Pages => {
                if self.read > 1 && !bytes.is_empty() {
                    self.output.write_all(b"\n\n")?;
                }
                self.output.write_all(&bytes)?;
            }
            Layout::Lines | Layout::LinesOrApart { .. } | Layout::Tables => {
                self.output.write_all(&bytes)?;
                self.output.write_all(b"\n")?;
            }
            Layout::Array if self.pieces == 1 => {
                self.first = Some(bytes);
                return Ok(());
            }
            Layout::Array => {
                if let Some(first) = self.first.take() {
                    self.output.write_all(b"[\n")?;
                    self.output.write_all(&first)?;
                }
                self.output.write_all(b",\n")?;
                self.output.write_all(&bytes)?;
            }
            Layout::Apart { .. } => {
                if piece.failure.is_none() {
                    self.first = Some(bytes);
                }
                return Ok(());
            }
            Layout::Html { .. } => {
                if let Some(spool) = &mut self.spool {
                    spool.write_all(&bytes)?;
                }
                self.entries.push(piece.entry);
                return Ok(());
            }
        }
        self.output.flush()
    }

    /// Makes what was written stand: a file only where at least one document was read.
    pub(super) fn finish(mut self) -> Result<(), Stop> {
        if self.read == 0 && !self.output.is_stdout() {
            return Ok(());
        }
        self.close().map_err(|error| self.output.stop(&error))?;
        self.output.finish()
    }

    fn close(&mut self) -> io::Result<()> {
        match self.layout {
            Layout::Array => match (self.first.take(), self.pieces) {
                (Some(only), _) => {
                    self.output.write_all(&only)?;
                    self.output.write_all(b"\n")
                }
                (None, 0) => self.output.write_all(b"[]\n"),
                (None, _) => self.output.write_all(b"\n]\n"),
            },
            Layout::Html { foot } => {
                self.output.write_all(html::head(&self.entries).as_bytes())?;
                if let Some(spool) = &mut self.spool {
                    spool.rewind()?;
                    io::copy(spool, &mut self.output)?;
                }
                self.output.write_all(html::foot(foot).as_bytes())
            }
            Layout::Apart { .. } => self.output.write_all(&self.first.take().unwrap_or_default()),
            Layout::Pages | Layout::Lines | Layout::LinesOrApart { .. } | Layout::Tables => Ok(()),
        }
    }
}
