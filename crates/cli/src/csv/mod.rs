//! The record as tables: one CSV file each (RFC 4180, UTF-8, a head, lines ended by CR LF).

mod events;
mod items;
mod people;
mod speech;

use onrecord_casebook::export::csv_line;
use onrecord_record::{ActorId, Conduct, Record, Span, When};

use crate::failure::Failure;

/// A table: its file, its columns, and the rows that a record gives it.
pub(crate) struct Table {
    /// The name of the file, without its ending.
    pub(crate) name: &'static str,
    /// Its columns beside [`OWN`], which every table begins with.
    columns: &'static [&'static str],
    rows: fn(&Record, &mut Rows),
}

/// The columns that every table begins with: the id of the document and the name of its original.
const OWN: [&str; 2] = ["document", "file"];

/// The column of how sure a row is, in every table of items.
const CONFIDENCE: &str = "confidence";

/// All tables.
pub(crate) const TABLES: &[Table] = &[
    items::DOCUMENTS,
    items::NOTICES,
    items::HEADINGS,
    items::TIMES,
    people::ACTORS,
    people::MENTIONS,
    people::ROLES,
    people::RELATIONS,
    speech::STATEMENTS,
    speech::CONTENTS,
    speech::LINKS,
    speech::ALLEGATIONS,
    speech::CONDUCT,
    speech::ACCUSED,
    speech::VICTIMS,
    speech::LIMITS,
    speech::RESPONSES,
    events::FIGURES,
    events::PROCEEDINGS,
    events::STEPS,
    events::CHECKS,
];

impl Table {
    /// The head: the names of the columns.
    pub(crate) fn head(&self) -> Vec<u8> {
        csv_line(OWN.iter().chain(self.columns).map(|column| (*column).to_owned()))
    }
}

/// The rows of a record in each of [`TABLES`].
pub(crate) fn rows(record: &Record) -> Vec<Vec<u8>> {
    let own = [record.document.id.to_string(), record.document.source.name.clone()];
    let rows = |table: &Table| {
        let mut rows = Rows { own: own.clone(), columns: table.columns.len(), out: Vec::new() };
        (table.rows)(record, &mut rows);
        rows.out
    };
    TABLES.iter().map(rows).collect()
}

/// The rows that keep the place of a document that was not read: one, in the table of documents.
pub(crate) fn unread(failure: &Failure) -> Vec<Vec<u8>> {
    let row = |table: &Table| {
        if table.name != items::DOCUMENTS.name {
            return Vec::new();
        }
        let mut cells = vec![String::new(), failure.name.clone()];
        cells.extend(table.columns.iter().map(|column| match *column {
            items::ERROR_KIND => failure.kind.clone(),
            items::ERROR => failure.says.clone(),
            _ => String::new(),
        }));
        csv_line(cells)
    };
    TABLES.iter().map(row).collect()
}

/// The rows of one document in one table.
struct Rows {
    own: [String; 2],
    columns: usize,
    out: Vec<u8>,
}

impl Rows {
    /// Adds a row of a cell for each column of the table.
    fn add(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.columns, "{cells:?}");
        self.out.extend(csv_line(self.own.iter().cloned().chain(cells)));
    }
}

/// A value where there is one, else an empty cell.
fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Values in one cell, with a space between two.
fn list(values: impl IntoIterator<Item = impl ToString>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" ")
}

/// The contract's own word for a kind.
fn kind(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The cells of words: `start`, `end`, `text`.
fn words(span: Option<&Span>) -> [String; 3] {
    [
        cell(span.map(|span| span.start.0)),
        cell(span.map(|span| span.end.0)),
        cell(span.map(|span| &span.text)),
    ]
}

/// The cells of when something was: the value, and the id of the time that gave it.
fn when(when: Option<&When>) -> [String; 2] {
    [cell(when.map(|when| &when.value)), cell(when.and_then(|when| when.time))]
}

/// The codes of the articles that conduct falls under.
fn taxa(conduct: &[Conduct]) -> String {
    list(conduct.iter().map(|conduct| &conduct.taxon.0))
}

/// The name of an actor.
fn name(record: &Record, id: Option<ActorId>) -> String {
    let find = |id| record.actors.binary_search_by_key(&id, |actor| actor.id).ok();
    cell(id.and_then(find).and_then(|place| record.actors.get(place)).map(|actor| &actor.name))
}
