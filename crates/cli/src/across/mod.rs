//! The commands that look across the documents of a case: views, exports, dossiers.

mod arguments;
mod dossier;
mod export;
mod sheet;

use std::io::Write;

use onrecord_casebook::{Case, Error, Filter, Kind, System};

pub(crate) use arguments::{
    CaseCosignArguments, CaseExportArguments, CaseStampArguments, DossierArguments,
    ProceedingsArguments, VerifyArguments, ViewArguments,
};
pub(crate) use dossier::run as dossier;
pub(crate) use export::run as export;

use crate::console::Console;
use crate::output::{Output, Stop};
use crate::pages::FOOT;
use crate::terminal::Terminal;
use crate::view::{Across, Gathered};
use crate::{End, case, html, text};
use arguments::ViewFormat;

/// Shows the timeline of a case.
pub(crate) fn timeline(arguments: &ViewArguments, console: &Console) -> End {
    let kinds = [Kind::Statement, Kind::Allegation, Kind::Figure, Kind::Proceeding];
    show("timeline", Across::Timeline, &kinds, arguments, console)
}

/// Shows the figures of a case, each thing counted with all that give it.
pub(crate) fn figures(arguments: &ViewArguments, console: &Console) -> End {
    show("figures", Across::Figures, &[Kind::Figure], arguments, console)
}

/// Shows the proceedings of a case.
pub(crate) fn proceedings(arguments: &ProceedingsArguments, console: &Console) -> End {
    let across = Across::Proceedings(arguments.as_of);
    show("proceedings", across, &[Kind::Proceeding], &arguments.view, console)
}

/// Shows the actors of a case.
pub(crate) fn actors(arguments: &ViewArguments, console: &Console) -> End {
    show("actors", Across::Actors, &[Kind::Actor], arguments, console)
}

/// Shows the allegations of a case, by whom they are against.
pub(crate) fn allegations(arguments: &ViewArguments, console: &Console) -> End {
    show("allegations", Across::Allegations, &[Kind::Allegation], arguments, console)
}

/// Why a command across documents ended.
enum Ended {
    /// The case.
    Case(Error),
    /// The output.
    Stopped(Stop),
    /// The arguments.
    Misused(String),
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Case(error)
    }
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

impl Ended {
    fn said(self, console: &Console) -> End {
        match self {
            Self::Case(error) => case::said(&error, console),
            Self::Stopped(stop) => stop.said(console),
            Self::Misused(says) => {
                console.say(&says);
                End::Usage
            }
        }
    }
}

fn show(
    name: &str,
    across: Across,
    kinds: &[Kind],
    arguments: &ViewArguments,
    console: &Console,
) -> End {
    let shown = || -> Result<End, Ended> {
        let case = Case::open_to_read(&arguments.case, &System::real())?;
        let mut filter = arguments.filter.filter(&case)?;
        if let Across::Proceedings(as_of) = across {
            filter.as_of = as_of;
        }
        // What is first on a timeline is known once all of it is.
        let limit = if across == Across::Timeline { filter.limit.take() } else { None };
        match arguments.format {
            ViewFormat::Text | ViewFormat::Html => {
                page(name, across, kinds, &case, (&filter, limit), arguments, console)
            }
            format => {
                let asked = sheet::Asked { filter: &filter, limit, format };
                sheet::view(name, &case, &asked, arguments.show.file())?;
                Ok(End::Done)
            }
        }
    };
    shown().unwrap_or_else(|ended| ended.said(console))
}

fn page(
    name: &str,
    across: Across,
    kinds: &[Kind],
    case: &Case,
    (filter, limit): (&Filter, Option<usize>),
    arguments: &ViewArguments,
    console: &Console,
) -> Result<End, Ended> {
    let mut gathered = Gathered::new(across, case.store());
    case.select(filter, kinds, |selected| {
        gathered.add(&selected);
        Ok::<(), Error>(())
    })?;
    let groups = gathered.groups(limit)?;
    let page = match arguments.format {
        ViewFormat::Html => {
            let asked = arguments.filter.told();
            let of = if asked.is_empty() { String::new() } else { format!(": {asked}") };
            let day = match across {
                Across::Proceedings(Some(day)) => format!(" as of {day}"),
                _ => String::new(),
            };
            let title = format!("The {name}{day} of {}{of}", case.manifest().name);
            html::entries(&title, &groups, FOOT)
        }
        _ => text::entries(&groups, Terminal::asked(&arguments.show)),
    };
    if groups.is_empty() && arguments.format == ViewFormat::Text {
        console.say("nothing in the case fits");
    }
    let mut output = Output::open(arguments.show.file()).map_err(Stop::Failed)?;
    output.write_all(page.as_bytes()).map_err(|error| output.stop(&error))?;
    output.finish()?;
    Ok(End::Done)
}
