//! `onrecord show`: records that were made before, in any format.

use std::io;

use crate::arguments::ShowArguments;
use crate::console::Console;
use crate::failure::Failure;
use crate::output::Output;
use crate::pages::{Outcome, Pages, Writer};
use crate::{End, records};

/// Shows the records of every file.
pub(crate) fn run(arguments: &ShowArguments, console: &Console) -> End {
    let pages = Pages::asked(&arguments.show);
    let opened = Output::open(arguments.show.file());
    let mut writer = match opened.and_then(|output| Writer::new(&pages, output)) {
        Ok(writer) => writer,
        Err(failure) => {
            console.say(&failure.to_string());
            return End::Short;
        }
    };
    let mut all_shown = true;
    let mut turn = 0;
    let mut show = |outcome: Outcome, writer: &mut Writer| -> io::Result<()> {
        let piece = pages.piece(turn, outcome);
        turn += 1;
        if let Some(failure) = &piece.failure {
            all_shown = false;
            console.say(&failure.to_string());
        }
        writer.piece(piece)
    };
    let mut written = Ok(());
    for path in &arguments.files {
        let outcomes = match records::load(path) {
            Ok(found) => found.into_iter().map(|found| sound(&found.name, found.what)).collect(),
            Err(failure) => vec![Err(failure)],
        };
        written = outcomes.into_iter().try_for_each(|outcome| show(outcome, &mut writer));
        if written.is_err() {
            break;
        }
    }
    writer.end(written, all_shown, console)
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
