//! `onrecord case show`.

use onrecord_casebook::{Case, DocumentRow, Error, System};
use serde_json::Value;

use crate::arguments::{CaseShowArguments, Format};
use crate::console::Console;
use crate::failure::Failure;
use crate::pages::Pages;
use crate::terminal::Terminal;
use crate::writer::{Piece, Writer};
use crate::{End, print, text};

pub(super) fn run(arguments: &CaseShowArguments, console: &Console) -> Result<End, Error> {
    let case = Case::open_to_read(&arguments.case, &System::real())?;
    let rows: Vec<DocumentRow> =
        arguments.documents.iter().map(|name| case.document(name)).collect::<Result<_, _>>()?;
    if arguments.original {
        let bytes: Result<Vec<_>, _> = rows
            .iter()
            .map(|row| present(row).and_then(|row| case.originals().read(row.document.original)))
            .collect();
        return Ok(print(console, &bytes?.concat()));
    }
    if arguments.history {
        let pages: Result<Vec<_>, _> = rows.iter().map(|row| history(&case, row)).collect();
        return Ok(print(console, pages?.join("\n").as_bytes()));
    }
    let pages = Pages::asked(arguments.format, arguments.min_confidence, &arguments.show);
    let mut writer = match Writer::open(pages.layout(), arguments.show.file()) {
        Ok(writer) => writer,
        Err(stop) => return Ok(stop.said(console)),
    };
    for (turn, row) in rows.iter().enumerate() {
        let piece = match case.store().record(present(row)?.id)? {
            Some(record) => {
                let piece = pages.piece(turn, record);
                match arguments.format {
                    Format::Text => {
                        let decided = case.reviewed(row.id)?;
                        piece
                            .ending_with(text::reviewed(&decided, Terminal::asked(&arguments.show)))
                    }
                    _ => piece,
                }
            }
            None => {
                let says = row.failure.clone().unwrap_or_default();
                Piece::failed(pages.layout(), turn, Failure::new(&row.name, "unread", says))
            }
        };
        if let Err(stop) = writer.piece(piece, console) {
            return Ok(writer.end(Err(stop), console));
        }
    }
    Ok(writer.end(Ok(()), console))
}

/// A document that was not removed.
pub(super) fn present(row: &DocumentRow) -> Result<&DocumentRow, Error> {
    match &row.removed {
        None => Ok(row),
        Some(reason) => Err(Error::Removed { name: row.id.to_string(), reason: reason.clone() }),
    }
}

/// Where a document came from and what was done with it, line by line.
fn history(case: &Case, row: &DocumentRow) -> Result<String, Error> {
    let mut page = format!("{}  {}\n{}\n", row.id, row.name, row.document);
    let mut acts: Vec<(u64, String)> = Vec::new();
    for sighting in case.store().sightings(row.id)? {
        acts.push((sighting.entry, format!("taken in as {}", sighting.name)));
    }
    for reading in case.store().readings(row.id)? {
        let by = &reading.made_by;
        let parts = [Some(&by.onrecord), by.pack.as_ref(), by.model.as_ref()];
        let made: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let what = match (&reading.record, &reading.failure) {
            (Some(hash), _) => format!("read, record {hash}"),
            (None, failure) => format!("not read: {}", failure.as_deref().unwrap_or_default()),
        };
        let current = if reading.is_current { "" } else { ", an older reading" };
        acts.push((reading.entry, format!("{what} by {}{current}", made.join(", "))));
    }
    if let Some(reason) = &row.removed {
        acts.push((u64::MAX, format!("removed: {reason}")));
    }
    acts.sort();
    for (index, what) in acts {
        let entry = case.store().entry(index)?;
        let act: Value =
            entry.and_then(|entry| serde_json::from_slice(&entry.bytes).ok()).unwrap_or_default();
        let told = |name: &str| act.get(name).and_then(Value::as_str).unwrap_or("-").to_owned();
        page.push_str(&format!("{:<26}{:<14}{what}\n", told("at"), told("by")));
    }
    Ok(page.lines().map(|line| crate::view::plain(line) + "\n").collect())
}
