//! `onrecord case merge` and `onrecord case split`.

use onrecord_casebook::joins::EntityId;
use onrecord_casebook::{Case, Error, System};

use crate::arguments::{CaseMergeArguments, CaseSplitArguments};
use crate::console::Console;
use crate::{End, print};

pub(super) fn merge(arguments: &CaseMergeArguments, console: &Console) -> Result<End, Error> {
    let CaseMergeArguments { case, one, other, reason, acting } = arguments;
    if is_without_reason(reason, console) {
        return Ok(End::Usage);
    }
    let mut case = Case::open(case, &acting.by, &System::real())?;
    let merged = case.merge(*one, *other, reason.trim())?;
    let name = name(&case, merged)?;
    case.close()?;
    Ok(told(&format!("{one} and {other} are one: {merged}, {name}"), console))
}

pub(super) fn split(arguments: &CaseSplitArguments, console: &Console) -> Result<End, Error> {
    let CaseSplitArguments { case, entity, parts, reason, acting } = arguments;
    if is_without_reason(reason, console) {
        return Ok(End::Usage);
    }
    let mut case = Case::open(case, &acting.by, &System::real())?;
    let apart = case.split(*entity, parts, reason.trim())?;
    let name = name(&case, apart)?;
    case.close()?;
    Ok(told(
        &format!("{} is somebody else than {entity}: {apart}, {name}", parts.join(", ")),
        console,
    ))
}

fn is_without_reason(reason: &str, console: &Console) -> bool {
    let is_empty = reason.trim().is_empty();
    if is_empty {
        console.say("--reason: is empty: tell why");
    }
    is_empty
}

fn name(case: &Case, id: EntityId) -> Result<String, Error> {
    Ok(case.store().entity(id)?.map_or_else(String::new, |entity| entity.name))
}

fn told(line: &str, console: &Console) -> End {
    print(console, (crate::view::plain(line) + "\n").as_bytes())
}
