//! The record as a page for the terminal.

mod actors;
mod allegations;
mod checks;
mod context;
mod entries;
mod figures;
mod head;
mod hits;
mod items;
mod paint;
mod proceedings;
mod review;
mod statements;
mod table;
mod timeline;
mod times;
mod wrap;

use std::fmt::Display;

use onrecord_casebook::Review;
use onrecord_casebook::review::Doubtful;
use onrecord_casebook::search::Hits;
use onrecord_record::{ItemId, Record};

use crate::terminal::Terminal;
use crate::times::Times;
use crate::view::View;
pub(crate) use entries::entries;
use paint::{Tone, paint};
use wrap::{Line, Run, columns, wrap};

/// The page of a record, as wide as the terminal at most, ending with a line end. Sections without
/// anything in them are left out.
pub(crate) fn page(record: &Record, terminal: Terminal) -> String {
    let view = View::of(record);
    let mut page = Page::new(terminal);
    head::draw(&mut page, &view);
    statements::draw(&mut page, &view);
    allegations::draw(&mut page, &view);
    figures::draw(&mut page, &view);
    proceedings::draw(&mut page, &view);
    timeline::draw(&mut page, &view);
    actors::draw(&mut page, &view);
    checks::draw(&mut page, &view);
    page.out
}

/// The page of the times of a document, as wide as the terminal at most, ending with a line end.
pub(crate) fn times(found: &Times, terminal: Terminal) -> String {
    let view = View::of(&found.record);
    let mut page = Page::new(terminal);
    head::draw(&mut page, &view);
    times::draw(&mut page, &view, found.domain);
    page.out
}

/// The page of what a search found, as wide as the terminal at most; empty where it found nothing.
pub(crate) fn hits(hits: &Hits, terminal: Terminal) -> String {
    let mut page = Page::new(terminal);
    hits::draw(&mut page, hits);
    page.out
}

/// The page of what is to be reviewed, as wide as the terminal at most.
pub(crate) fn doubtful(list: &[Doubtful], terminal: Terminal) -> String {
    let mut page = Page::new(terminal);
    review::draw(&mut page, list);
    page.out
}

/// The lines that tell what was decided on items of a record; empty where nothing was.
pub(crate) fn reviewed(decided: &[(ItemId, Review)], terminal: Terminal) -> String {
    let mut page = Page::new(terminal);
    review::decided(&mut page, decided);
    page.out
}

/// A page that is being written.
struct Page {
    out: String,
    width: usize,
    colours: bool,
}

impl Page {
    fn new(Terminal { width, colours }: Terminal) -> Self {
        Self { out: String::new(), width, colours }
    }

    /// The head of a section, with a note beside it: how much it holds.
    fn section(&mut self, name: &str, note: &impl Display) {
        self.out.push('\n');
        let runs = [run(Tone::Head, name), run(Tone::Faint, format!(" · {note}"))];
        self.put(&[], &[], &runs, "");
        self.out.push('\n');
    }

    /// Runs broken into lines. The first line begins with `first` and ends with `tail` at the right
    /// edge, the others begin with `rest`.
    fn put(&mut self, first: &[Run], rest: &[Run], runs: &[Run], tail: &str) {
        let (first, rest) = (first.to_vec(), rest.to_vec());
        // The narrowest column that words are still set in.
        const NARROW: usize = 12;
        let space =
            |line: &Line, tail: usize| self.width.saturating_sub(columns(line) + tail).max(NARROW);
        let tail_columns = if tail.is_empty() { 0 } else { tail.len() + 2 };
        let lines = wrap(runs, space(&first, tail_columns), space(&rest, 0));
        for (i, line) in lines.iter().enumerate() {
            let before = if i == 0 { &first } else { &rest };
            for (tone, words) in before.iter().chain(line) {
                paint(&mut self.out, *tone, words, self.colours);
            }
            if i == 0 && !tail.is_empty() {
                let taken = columns(before) + columns(line) + tail.len();
                let gap = self.width.saturating_sub(taken).max(2);
                self.out.extend(std::iter::repeat_n(' ', gap));
                paint(&mut self.out, Tone::Faint, tail, self.colours);
            }
            self.trim();
            self.out.push('\n');
        }
    }

    /// Takes away spaces at the end of the last line.
    fn trim(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
    }
}

fn run(tone: Tone, words: impl Into<String>) -> Run {
    (tone, words.into())
}

/// Spaces that set lines in.
fn indent(columns: usize) -> Run {
    run(Tone::Plain, " ".repeat(columns))
}

/// An id in its column.
fn id(id: &impl ToString) -> Run {
    run(Tone::Faint, format!("{:<5}", id.to_string()))
}

/// The columns of an id.
const ID: usize = 5;

/// Parts of a line with a point between them; empty parts are left out.
fn joined(parts: &[String]) -> String {
    let parts: Vec<&str> =
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
