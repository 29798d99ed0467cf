//! `onrecord review`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use onrecord_casebook::review::{Agreement, Decision, Doubtful, ItemKind, Listing};
use onrecord_casebook::{Case, Error, System};
use serde_json::{Value, json};

use crate::arguments::{FoundFormat, ReviewArguments, ReviewCommand};
use crate::console::Console;
use crate::output::Output;
use crate::terminal::Terminal;
use crate::view::words::counted;
use crate::{End, case, print, text, view};

/// Does what the arguments ask for.
pub(crate) fn run(arguments: &ReviewArguments, console: &Console) -> End {
    let decided = match &arguments.command {
        None => list(arguments, console),
        Some(_) if !arguments.document.is_empty() || arguments.limit.is_some() => {
            console.say("--document and --limit are for the list: leave them out here");
            return End::Usage;
        }
        Some(ReviewCommand::Accept { items, reason }) => {
            decide(arguments, items, &Decision::Accept, reason, console)
        }
        Some(ReviewCommand::Correct { item, changes, reason }) => {
            let decision = Decision::Correct(changes.clone());
            decide(arguments, std::slice::from_ref(item), &decision, reason, console)
        }
        Some(ReviewCommand::Reject { items, reason }) => {
            decide(arguments, items, &Decision::Reject, reason, console)
        }
        Some(ReviewCommand::Agreement) => agreement(arguments, console),
        Some(ReviewCommand::Export { output }) => export(arguments, output.as_deref(), console),
    };
    decided.unwrap_or_else(|error| case::said(&error, console))
}

fn list(arguments: &ReviewArguments, console: &Console) -> Result<End, Error> {
    let case = Case::open_to_read(&arguments.case, &System::real())?;
    let documents: Result<Vec<_>, Error> =
        arguments.document.iter().map(|name| Ok(case.document(name)?.id)).collect();
    let limit = if arguments.document.is_empty() { 20 } else { u32::MAX };
    let list = case.doubtful(&Listing {
        reviewer: arguments.by.clone(),
        is_blind: arguments.blind,
        documents: documents?,
        limit: arguments.limit.unwrap_or(limit),
    })?;
    let page = match arguments.format {
        FoundFormat::Text if list.is_empty() => "nothing is left to review\n".to_owned(),
        FoundFormat::Text => text::doubtful(&list, Terminal::asked(&arguments.show)),
        FoundFormat::Json => format!("{:#}\n", json!(list)),
        FoundFormat::Jsonl => list.iter().map(line).collect(),
    };
    let mut output = match Output::open(arguments.show.file()) {
        Ok(output) => output,
        Err(failure) => {
            console.say(&failure.to_string());
            return Ok(End::Short);
        }
    };
    Ok(match output.write_all(page.as_bytes()) {
        Err(error) => case::ended(&output, &error, console),
        Ok(()) => output.finish().map_or_else(|stop| stop.said(console), |()| End::Done),
    })
}

fn line(doubtful: &Doubtful) -> String {
    serde_json::to_string(doubtful).unwrap_or_default() + "\n"
}

fn decide(
    arguments: &ReviewArguments,
    items: &[String],
    decision: &Decision,
    reason: &str,
    console: &Console,
) -> Result<End, Error> {
    let reason = reason.trim();
    if *decision != Decision::Accept && reason.is_empty() {
        console.say("--reason: is empty: tell why");
        return Ok(End::Usage);
    }
    let mut case = Case::open(&arguments.case, &arguments.by, &System::real())?;
    for item in items {
        case.review(item, decision, reason, arguments.blind)?;
    }
    case.close()?;
    let what = match decision {
        Decision::Accept => "accepted",
        Decision::Correct(_) => "corrected",
        Decision::Reject => "rejected",
    };
    let text = format!("{} {what} by {}", items.join(" "), arguments.by);
    Ok(print(console, (view::plain(&text) + "\n").as_bytes()))
}

fn agreement(arguments: &ReviewArguments, console: &Console) -> Result<End, Error> {
    let case = Case::open_to_read(&arguments.case, &System::real())?;
    let agreement = case.agreement(arguments.blind)?;
    let page = match arguments.format {
        FoundFormat::Text => table(&agreement),
        FoundFormat::Json => format!("{:#}\n", json!(objects(&agreement))),
        FoundFormat::Jsonl => {
            objects(&agreement).iter().map(|object| format!("{object}\n")).collect()
        }
    };
    Ok(print(console, page.as_bytes()))
}

fn objects(agreement: &BTreeMap<Option<ItemKind>, Agreement>) -> Vec<Value> {
    let object = |(kind, found): (&Option<ItemKind>, &Agreement)| {
        let Agreement { units, values, alpha } = found;
        json!({ "kind": kind, "items": units, "decisions": values, "alpha": alpha })
    };
    agreement.iter().map(object).collect()
}

fn table(agreement: &BTreeMap<Option<ItemKind>, Agreement>) -> String {
    let mut page = String::new();
    for (kind, found) in agreement {
        let kind = kind.map_or("all", ItemKind::word);
        let alpha = match found.alpha {
            Some(alpha) => format!("alpha {alpha:.3}"),
            None if found.units == 0 => "no item was decided on by two reviewers".to_owned(),
            None => "no alpha: all decisions are the same".to_owned(),
        };
        let items = counted(found.units, "item", "items");
        let decisions = counted(found.values, "decision", "decisions");
        page.push_str(&format!("{kind:<12}{items:>12}{decisions:>16}   {alpha}\n"));
    }
    page
}

fn export(
    arguments: &ReviewArguments,
    file: Option<&Path>,
    console: &Console,
) -> Result<End, Error> {
    let case = Case::open_to_read(&arguments.case, &System::real())?;
    let mut output = match Output::open(file) {
        Ok(output) => output,
        Err(failure) => {
            console.say(&failure.to_string());
            return Ok(End::Short);
        }
    };
    let mut stopped = None;
    case.examples(&mut |example| {
        if stopped.is_none() {
            let line = serde_json::to_string(&example).unwrap_or_default() + "\n";
            stopped = output.write_all(line.as_bytes()).err();
        }
        Ok(())
    })?;
    Ok(match stopped {
        Some(error) => case::ended(&output, &error, console),
        None => output.finish().map_or_else(|stop| stop.said(console), |()| End::Done),
    })
}
