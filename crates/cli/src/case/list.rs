//! `onrecord case list`.

use std::io::{ErrorKind, Write};

use onrecord_casebook::{Case, DocumentRow, Error, System};

use crate::End;
use crate::arguments::{CaseListArguments, ListFormat};
use crate::console::Console;
use crate::output::Output;

pub(super) fn run(arguments: &CaseListArguments, console: &Console) -> Result<End, Error> {
    let case = Case::open_to_read(&arguments.case, &System::real())?;
    let mut output = Output::stdout();
    for row in case.documents() {
        if let Err(error) = output.write_all(line(&row?, arguments.format).as_bytes()) {
            return Ok(ended(&output, &error, console));
        }
    }
    Ok(output.flush().map_or_else(|error| ended(&output, &error, console), |()| End::Done))
}

/// A reader that has closed the pipe has read enough.
pub(crate) fn ended(output: &Output, error: &std::io::Error, console: &Console) -> End {
    if error.kind() == ErrorKind::BrokenPipe {
        return End::Done;
    }
    console.say(&output.refusal(error).to_string());
    End::Short
}

fn line(row: &DocumentRow, format: ListFormat) -> String {
    if format == ListFormat::Json {
        return serde_json::to_string(row).unwrap_or_default() + "\n";
    }
    let published = row.published.as_deref().and_then(|date| date.get(..10)).unwrap_or("no date");
    let what = match (&row.removed, &row.failure) {
        (Some(reason), _) => format!("removed: {reason}"),
        (None, Some(failure)) => format!("not read: {failure}"),
        (None, None) => row.title.clone().unwrap_or_else(|| "no title".to_owned()),
    };
    let by = row.agency.as_deref().or(row.outlet.as_deref()).unwrap_or_default();
    let line = format!(
        "{:<8}{published:<12}{:>4} statements  {by:<12} {what} ({})",
        row.id.to_string(),
        row.statements,
        row.name
    );
    crate::view::plain(&line) + "\n"
}
