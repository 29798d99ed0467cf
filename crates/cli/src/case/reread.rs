//! `onrecord case reread`.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use clap::ValueEnum;
use onrecord_casebook::{
    Case, Difference, DocumentId, DocumentRow, Error, Reading, Reread, System,
};
use onrecord_record::MadeBy;
use serde_json::json;

use super::add;
use crate::arguments::{CaseRereadArguments, Domain, ListFormat};
use crate::console::Console;
use crate::documents::{Bytes, Reader, in_order};
use crate::output::Stop;
use crate::view::{plain, words};
use crate::{End, print};

/// Readings made to last at once.
const BATCH: usize = 64;

/// A document to read again.
struct Task {
    row: DocumentRow,
    /// What made its current reading.
    made_by: Option<MadeBy>,
    /// Whether that failed.
    is_unread: bool,
    original: Result<Arc<Vec<u8>>, String>,
}

/// What came of it.
enum Outcome {
    /// This very version read it.
    Known,
    Read(Box<Reading>),
    /// Its original is not to be had.
    Lost(String),
}

/// How many documents went which way.
#[derive(Default)]
struct Tally {
    changed: usize,
    same: usize,
    known: usize,
    failed: usize,
}

pub(super) fn run(arguments: &CaseRereadArguments, console: &Console) -> Result<End, Error> {
    let reader = match Reader::up_to(arguments.max_size) {
        Ok(reader) => reader,
        Err(failure) => {
            console.say(&failure.to_string());
            return Ok(End::Short);
        }
    };
    let system = System::real();
    let mut case = Case::open(&arguments.case, &arguments.acting.by, &system)?;
    let kept = Case::open_to_read(&arguments.case, &system)?;
    let rows = rows(&kept, arguments)?;
    let jobs = arguments
        .jobs
        .unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let (mut tally, mut names, mut batch) = (Tally::default(), BTreeMap::new(), Vec::new());
    let mut ended = None;
    let tasks = rows.into_iter().map(|row| task(&kept, row));
    let fed = in_order(
        jobs,
        tasks,
        |_, task| {
            let task = task?;
            let outcome = reread(&task, &reader, arguments.all);
            Ok((task.row, outcome))
        },
        |done: Result<(DocumentRow, Outcome), Error>| -> Result<(), Stop> {
            let keep = || -> Result<(), Error> {
                let (row, outcome) = done?;
                match outcome {
                    Outcome::Known => tally.known += 1,
                    Outcome::Lost(says) => {
                        tally.failed += 1;
                        console.say(&format!("{} ({}): {says}", row.id, row.name));
                    }
                    Outcome::Read(reading) => {
                        names.insert(row.id, row.name);
                        batch.push((row.id, *reading));
                    }
                }
                if batch.len() >= BATCH {
                    flush(&mut case, &mut batch, &mut names, arguments, &mut tally, console)?;
                }
                Ok(())
            };
            keep().map_err(|error| {
                ended = Some(error);
                Stop::Closed
            })
        },
    );
    if let Some(error) = ended {
        return Err(error);
    }
    flush(&mut case, &mut batch, &mut names, arguments, &mut tally, console)?;
    if let Err(stop) = fed {
        return Ok(stop.said(console));
    }
    drop(kept);
    case.close()?;
    let Tally { changed, same, known, failed } = tally;
    if arguments.format == ListFormat::Text {
        let text = format!(
            "{} read again: {changed} differ, {same} give the same record; \
             {known} were read by this version already\n",
            words::counted(changed + same + failed, "document", "documents")
        );
        print(console, text.as_bytes());
    }
    Ok(if failed == 0 { End::Done } else { End::Short })
}

/// The documents that are asked for, less those that were removed.
fn rows(case: &Case, arguments: &CaseRereadArguments) -> Result<Vec<DocumentRow>, Error> {
    if !arguments.documents.is_empty() {
        let row = |name: &String| super::show::present(&case.document(name)?).cloned();
        return arguments.documents.iter().map(row).collect();
    }
    let is_there =
        |row: &Result<DocumentRow, Error>| !matches!(row, Ok(row) if row.removed.is_some());
    case.documents().filter(is_there).collect()
}

fn task(case: &Case, row: DocumentRow) -> Result<Task, Error> {
    let readings = case.store().readings(row.id)?;
    let made_by = readings.into_iter().find(|reading| reading.is_current);
    let original = case.originals().read(row.document.original);
    Ok(Task {
        row,
        is_unread: made_by.as_ref().is_some_and(|reading| reading.failure.is_some()),
        made_by: made_by.map(|reading| reading.made_by),
        original: original.map(Arc::new).map_err(|error| error.to_string()),
    })
}

fn reread(task: &Task, reader: &Reader, all: bool) -> Outcome {
    let row = &task.row;
    let original = match &task.original {
        Ok(original) => original,
        Err(says) => return Outcome::Lost(says.clone()),
    };
    let Some(bytes) = Bytes::of_kept(&row.name, row.document.part, original) else {
        let says = "its original holds no such part any more: this version divides it otherwise";
        return Outcome::Lost(says.to_owned());
    };
    let given = &row.given;
    let domain = given.domain.as_deref().and_then(|domain| Domain::from_str(domain, true).ok());
    let options = reader.options(given.published.clone(), given.language.clone());
    let read = reader.read_with(&bytes, &options, |engine, document| {
        let made_by = engine.made_by(document);
        let is_known = !all && task.made_by.as_ref() == Some(&made_by);
        (!is_known).then(|| engine.read(document, domain.map(Into::into)))
    });
    match read {
        Ok(None) => Outcome::Known,
        Ok(Some(record)) => Outcome::Read(Box::new(add::made(Ok(record)))),
        Err(failure) => {
            let reading = add::made(Err(failure));
            let is_known =
                !all && task.is_unread && task.made_by.as_ref() == Some(&reading.made_by);
            if is_known { Outcome::Known } else { Outcome::Read(Box::new(reading)) }
        }
    }
}

/// Makes what was read last, and shows what differs.
fn flush(
    case: &mut Case,
    batch: &mut Vec<(DocumentId, Reading)>,
    names: &mut BTreeMap<DocumentId, String>,
    arguments: &CaseRereadArguments,
    tally: &mut Tally,
    console: &Console,
) -> Result<(), Error> {
    let readings = std::mem::take(batch);
    let ids: Vec<DocumentId> = readings.iter().map(|(id, _)| *id).collect();
    for (id, reread) in ids.into_iter().zip(case.reread(readings)?) {
        let name = names.remove(&id).unwrap_or_default();
        match reread {
            Reread::Same => tally.same += 1,
            Reread::Failed { says } => {
                tally.failed += 1;
                console.say(&format!("{id} ({name}): {says} (the reading that it had stays)"));
            }
            Reread::Changed(difference) => {
                tally.changed += 1;
                let text = match arguments.format {
                    ListFormat::Text => page(id, &name, &difference),
                    ListFormat::Json => {
                        let object = json!({ "id": id, "name": name, "difference": difference });
                        format!("{object}\n")
                    }
                };
                print(console, text.as_bytes());
            }
        }
    }
    Ok(())
}

/// What two readings differ in, line by line.
fn page(id: DocumentId, name: &str, difference: &Difference) -> String {
    let made = |by: &MadeBy| {
        let parts = [Some(&by.onrecord), by.pack.as_ref(), by.model.as_ref()];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        parts.join(" ")
    };
    let from = difference.from.as_ref().map_or_else(|| "nothing".to_owned(), made);
    let mut lines = vec![format!("{id}  {name}")];
    if difference.from.as_ref() != Some(&difference.to) {
        lines.push(format!("  read by {}, before by {from}", made(&difference.to)));
    }
    if difference.text_differs {
        lines.push("  the text is another: items stand elsewhere".to_owned());
    }
    for (mark, items) in [("+", &difference.added), ("-", &difference.gone)] {
        for item in items {
            lines.push(format!("  {mark} {} {}: {}", item.id, item.kind, item.words));
        }
    }
    for item in &difference.changed {
        let fields: Vec<String> = item
            .fields
            .iter()
            .map(|(field, (then, now))| format!("{field} {then} → {now}"))
            .collect();
        lines.push(format!("  ~ {} {}: {}", item.id, item.kind, item.words));
        lines.push(format!("      {}", fields.join("; ")));
    }
    if difference.is_empty() {
        lines.push("  no item differs".to_owned());
    }
    lines.iter().map(|line| plain(line) + "\n").collect()
}
