//! `onrecord case`: documents kept in a folder, with their records and the proof of both.

mod add;
mod check;
mod list;
mod reread;
mod rulings;
mod show;
mod status;
mod vouch;

use onrecord_casebook::{Case, Error, System};

use crate::arguments::{CaseCommand, CaseNewArguments, CaseRemoveArguments};
use crate::console::Console;
use crate::{End, across, print};
pub(crate) use list::ended;

/// Does what the arguments ask for.
pub(crate) fn run(command: &CaseCommand, console: &Console) -> End {
    let done = match command {
        CaseCommand::New(arguments) => new(arguments, console),
        CaseCommand::Add(arguments) => add::run(arguments, console),
        CaseCommand::Status(arguments) => status::run(arguments, console),
        CaseCommand::List(arguments) => list::run(arguments, console),
        CaseCommand::Show(arguments) => show::run(arguments, console),
        CaseCommand::Reread(arguments) => reread::run(arguments, console),
        CaseCommand::Remove(arguments) => remove(arguments, console),
        CaseCommand::Merge(arguments) => rulings::merge(arguments, console),
        CaseCommand::Split(arguments) => rulings::split(arguments, console),
        CaseCommand::Check(arguments) => check::run(arguments, console),
        CaseCommand::Export(arguments) => return across::export(arguments, console),
        CaseCommand::Stamp(arguments) => vouch::stamp(arguments, console),
        CaseCommand::Cosign(arguments) => vouch::cosign(arguments, console),
    };
    done.unwrap_or_else(|error| said(&error, console))
}

/// Says why something about a case could not be done.
pub(crate) fn said(error: &Error, console: &Console) -> End {
    console.say(&error.to_string());
    match error {
        Error::NoCase { .. }
        | Error::NotEmpty { .. }
        | Error::Unknown { .. }
        | Error::NoEntity { .. }
        | Error::NoDossier { .. }
        | Error::Ambiguous { .. }
        | Error::Query(_)
        | Error::Correction(_) => End::Usage,
        _ => End::Short,
    }
}

fn new(arguments: &CaseNewArguments, console: &Console) -> Result<End, Error> {
    let case = Case::new(&arguments.case, &arguments.acting.by, &System::real())?;
    let text = format!(
        "{}: a case is made. Its public key, for whoever is to verify it:\n{}\n",
        arguments.case.display(),
        case.manifest().key
    );
    case.close()?;
    Ok(print(console, text.as_bytes()))
}

fn remove(arguments: &CaseRemoveArguments, console: &Console) -> Result<End, Error> {
    if arguments.reason.trim().is_empty() {
        console.say("--reason: is empty: tell why the document is removed");
        return Ok(End::Usage);
    }
    let mut case = Case::open(&arguments.case, &arguments.acting.by, &System::real())?;
    let row = case.remove(&arguments.document, arguments.reason.trim())?;
    case.close()?;
    let text = format!("{} ({}) is removed; its entry in the ledger stays", row.id, row.name);
    Ok(print(console, (crate::view::plain(&text) + "\n").as_bytes()))
}
