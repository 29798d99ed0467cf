//! `onrecord dossier`: statements of a case that can be shown elsewhere, as a page or as an archive
//! with all that proves it.

use std::io::{Seek, Write};
use std::path::Path;

use onrecord_casebook::{Case, Error, Hashing, Kind, Plan, Selected, System};

use super::Ended;
use super::arguments::DossierArguments;
use crate::console::Console;
use crate::failure::Failure;
use crate::html::dossier::{self, Elsewhere, Head};
use crate::output::{Output, Stop};
use crate::view::words::counted;
use crate::{End, print};

/// The guide that lies in the archive.
const GUIDE: &str = include_str!("dossier.md");

/// Makes the dossier that the arguments ask for.
pub(crate) fn run(arguments: &DossierArguments, console: &Console) -> End {
    made(arguments, console).unwrap_or_else(|ended| ended.said(console))
}

fn made(arguments: &DossierArguments, console: &Console) -> Result<End, Ended> {
    let mut case = Case::open(&arguments.case, &arguments.acting.by, &System::real())?;
    let filter = arguments.filter.filter(&case)?;
    let mut selected: Vec<Selected> = Vec::new();
    case.select(&filter, &[Kind::Statement], |document| {
        selected.push(document);
        Ok::<(), Error>(())
    })?;
    if selected.is_empty() {
        console.say("nothing in the case fits: no dossier is made");
        return Ok(End::Short);
    }
    let path = &arguments.output;
    let is_archive = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let asked = arguments.filter.told();
    let manifest = case.manifest().clone();
    let head = Head { case: &manifest.name, key: &manifest.key, asked: &asked, is_archive };
    let elsewhere = Elsewhere::of(case.store(), &selected)?;
    let (page, statements) = dossier::page(&head, &selected, &elsewhere);
    if is_archive {
        // The documents of answers are behind the page too.
        let own = selected.iter().map(|selected| selected.row.id);
        let documents: Vec<_> = own.chain(elsewhere.documents.keys().copied()).collect();
        let plan = Plan {
            page: &page,
            guide: GUIDE,
            documents: &documents,
            asked: &asked,
            items: statements as u64,
        };
        archive(&mut case, &plan, path)?;
    } else {
        let output = Output::open(Some(path)).map_err(Stop::Failed)?;
        let mut output = Hashing::of(output);
        output.write_all(page.as_bytes()).map_err(|error| output.inner().stop(&error))?;
        let written = [(String::new(), output.hash())];
        case.tell_export("html", &asked, statements as u64, &written)?;
        output.into_inner().finish()?;
    }
    case.close()?;
    let text = format!(
        "{} of {} in {}; the ledger tells of it\n",
        counted(statements, "statement", "statements"),
        counted(selected.len(), "document", "documents"),
        path.display()
    );
    Ok(print(console, text.as_bytes()))
}

/// Writes the archive beside its place, then puts it there whole.
fn archive(case: &mut Case, plan: &Plan<'_>, path: &Path) -> Result<(), Ended> {
    let refuse = |error: &std::io::Error| {
        Stop::Failed(Failure::not_written(&path.display().to_string(), error))
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = tempfile::tempfile_in(folder).map_err(|error| refuse(&error))?;
    case.dossier(plan, &mut file, path)?;
    let mut output = Output::open(Some(path)).map_err(Stop::Failed)?;
    file.rewind().map_err(|error| refuse(&error))?;
    std::io::copy(&mut file, &mut output).map_err(|error| refuse(&error))?;
    Ok(output.finish()?)
}
