//! `onrecord show`: records that were made before, in any format.

use crate::arguments::ShowArguments;
use crate::console::Console;
use crate::failure::Failure;
use crate::pages::Pages;
use crate::records::Outcome;
use crate::writer::{Piece, Writer};
use crate::{End, records};

/// Shows the records of every file.
pub(crate) fn run(arguments: &ShowArguments, console: &Console) -> End {
    let pages = Pages::asked(arguments.format, arguments.min_confidence, &arguments.show);
    let mut writer = match Writer::open(pages.layout(), arguments.show.file()) {
        Ok(writer) => writer,
        Err(stop) => return stop.said(console),
    };
    let outcomes = arguments.files.iter().flat_map(|path| match records::load(path) {
        Ok(found) => found.into_iter().map(|found| sound(&found.name, found.what)).collect(),
        Err(failure) => vec![Err(failure)],
    });
    let written = outcomes.enumerate().try_for_each(|(turn, outcome)| {
        let piece = match outcome {
            Ok(record) => pages.piece(turn, record),
            Err(failure) => Piece::failed(pages.layout(), turn, failure),
        };
        writer.piece(piece, console)
    });
    writer.end(written, console)
}

/// The record, where it keeps its contract.
fn sound(name: &str, outcome: Outcome) -> Outcome {
    let record = outcome?;
    match record.breaches().first() {
        None => Ok(record),
        Some(breach) => {
            let says = format!("breaks the contract at {breach}: `onrecord validate` tells all");
            Err(Failure::new(name, "not-valid", says))
        }
    }
}
