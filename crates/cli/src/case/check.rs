//! `onrecord case check`.

use onrecord_casebook::{Case, Error, Finding, System};

use crate::arguments::CaseCheckArguments;
use crate::console::Console;
use crate::view::words::counted;
use crate::{End, print};

pub(super) fn run(arguments: &CaseCheckArguments, console: &Console) -> Result<End, Error> {
    let case = Case::open_to_read(&arguments.case, &System::real())?;
    let mut faults = 0;
    let checked = case.check(arguments.sample, |finding: &Finding| {
        faults += 1;
        console.say(&finding.to_string());
    })?;
    let originals =
        counted(usize::try_from(checked).unwrap_or(usize::MAX), "original", "originals");
    if faults == 0 {
        return Ok(print(console, format!("{originals} and the store hold\n").as_bytes()));
    }
    console
        .say(&format!("{originals} checked, {faults} faults: restore what is named from a copy"));
    Ok(End::Short)
}
