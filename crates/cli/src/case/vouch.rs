//! `onrecord case stamp` and `onrecord case cosign`: what others say of a case's checkpoints.

use std::fs;

use jiff::Timestamp;
use onrecord_casebook::{Case, Error, System};

use crate::across::{CaseCosignArguments, CaseStampArguments};
use crate::console::Console;
use crate::failure::Failure;
use crate::verify::{certificate, key};
use crate::{End, print};

pub(super) fn stamp(arguments: &CaseStampArguments, console: &Console) -> Result<End, Error> {
    let roots: Result<Vec<_>, Failure> =
        arguments.root.iter().map(|path| certificate(path)).collect();
    let token = fs::read(&arguments.file).map_err(|error| Failure::of_io(&arguments.file, &error));
    let (roots, token) = match (roots, token) {
        (Ok(roots), Ok(token)) => (roots, token),
        (Err(failure), _) | (_, Err(failure)) => return Ok(misused(&failure, console)),
    };
    let mut case = Case::open(&arguments.case, &arguments.acting.by, &System::real())?;
    let stamp = case.stamp(&token, &roots)?;
    case.close()?;
    let text = format!("stamped by {}, {}\n", stamp.authority, time(stamp.time));
    Ok(print(console, text.as_bytes()))
}

pub(super) fn cosign(arguments: &CaseCosignArguments, console: &Console) -> Result<End, Error> {
    let witness = key("--witness", &arguments.witness);
    let answer = fs::read_to_string(&arguments.file)
        .map_err(|error| Failure::of_io(&arguments.file, &error));
    let (witness, answer) = match (witness, answer) {
        (Ok(witness), Ok(answer)) => (witness, answer),
        (Err(failure), _) | (_, Err(failure)) => return Ok(misused(&failure, console)),
    };
    let mut case = Case::open(&arguments.case, &arguments.acting.by, &System::real())?;
    let cosignature = case.cosign(&answer, &witness)?;
    case.close()?;
    let text = format!("cosigned by {}, {}\n", cosignature.witness, time(cosignature.time));
    Ok(print(console, text.as_bytes()))
}

fn misused(failure: &Failure, console: &Console) -> End {
    console.say(&failure.to_string());
    End::Usage
}

fn time(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|time| Timestamp::from_second(time).ok());
    time.map_or_else(|| seconds.to_string(), |time| time.to_string())
}
