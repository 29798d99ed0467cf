//! `onrecord case add`.

use jiff::Timestamp;
use onrecord_casebook::{
    Case, DocumentKey, Error, Failure, Given, How, Known, Reading, System, Taken, Tally,
};
use onrecord_record::{MadeBy, Record, Sha256};

use crate::arguments::{CaseAddArguments, Documents};
use crate::console::Console;
use crate::documents::{self, Bytes, Reader};
use crate::output::Stop;
use crate::view::words::counted;
use crate::{End, failure, print};

pub(super) fn run(arguments: &CaseAddArguments, console: &Console) -> Result<End, Error> {
    let asked = &arguments.documents;
    if let Some(end) = documents::misused(asked, console) {
        return Ok(end);
    }
    let system = System::real();
    let mut case = Case::open(&arguments.case, &arguments.acting.by, &system)?;
    let known = Known::of(Case::open_to_read(&arguments.case, &system)?);
    let given = given(asked);
    let domain = asked.domain.map(Into::into);
    let mut all_read = true;
    let mut taking = case.taking();
    let mut ended = None;
    let fed = documents::feed(
        asked,
        Some(&arguments.case),
        true,
        console,
        |_, reader, what| what.map(|bytes| taken(&bytes, reader, &known, &given, domain)),
        |made, console| {
            let made = match made {
                Ok(made) => made,
                Err(failure) => {
                    all_read = false;
                    console.say(&failure.to_string());
                    return Ok(());
                }
            };
            if let Some(Err(failure)) = made.read.as_ref().map(|read| &read.outcome) {
                all_read = false;
                console.say(&format!("{}: {} (the original is kept)", made.name, failure.says));
            }
            taking.take(made).map(drop).map_err(|error| {
                ended = Some(error);
                Stop::Closed
            })
        },
    );
    let tally = match (ended, fed) {
        (Some(error), _) => return Err(error),
        (None, Err(stop)) => {
            taking.flush()?;
            return Ok(stop.said(console));
        }
        (None, Ok(())) => taking.flush()?,
    };
    drop(known);
    case.close()?;
    let end = print(console, told(tally).as_bytes());
    Ok(if all_read { end } else { End::Short })
}

fn taken(
    bytes: &Bytes,
    reader: &Reader,
    known: &Known,
    given: &Given,
    domain: Option<onrecord_reading::Domain>,
) -> Taken {
    let key = DocumentKey { original: Sha256::of(bytes.original()), part: bytes.part() };
    // Where the store refuses, reading again costs time and loses nothing.
    let is_known = known.has(key).unwrap_or(false);
    let read = (!is_known).then(|| reading(bytes, reader, domain));
    Taken {
        key,
        original: bytes.original().clone(),
        name: bytes.name().to_owned(),
        how: if bytes.modified().is_some() { How::File } else { How::Stdin },
        modified: bytes.modified().and_then(|time| Timestamp::try_from(time).ok()),
        given: given.clone(),
        read,
    }
}

/// What reading a document gives.
fn reading(bytes: &Bytes, reader: &Reader, domain: Option<onrecord_reading::Domain>) -> Reading {
    made(reader.read(bytes, |engine, document| engine.read(document, domain)))
}

/// A reading of what came of it.
pub(super) fn made(outcome: Result<Record, failure::Failure>) -> Reading {
    match outcome {
        Ok(record) => Reading { made_by: record.made_by.clone(), outcome: Ok(record) },
        Err(failure::Failure { kind, says, .. }) => Reading {
            made_by: MadeBy {
                onrecord: env!("CARGO_PKG_VERSION").to_owned(),
                pack: None,
                model: None,
            },
            outcome: Err(Failure { kind, says }),
        },
    }
}

fn given(asked: &Documents) -> Given {
    Given {
        published: asked.published.clone(),
        language: asked.language.clone(),
        domain: asked.domain.and_then(|domain| {
            clap::ValueEnum::to_possible_value(&domain).map(|value| value.get_name().to_owned())
        }),
    }
}

/// What became of the documents, in a line.
fn told(tally: Tally) -> String {
    let mut line = format!("{} added", counted(number(tally.added), "document", "documents"));
    for (count, says) in [
        (tally.unread, "of them not read, the originals are kept"),
        (tally.known, "known already"),
        (tally.seen, "known already under another name, which is kept"),
        (tally.removed, "removed earlier, left out"),
    ] {
        if count > 0 {
            line.push_str(&format!(", {count} {says}"));
        }
    }
    line + "\n"
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
