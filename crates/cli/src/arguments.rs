//! The command line.

mod review;
mod search;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use onrecord_casebook::joins::EntityId;

use crate::{across, documents, help};
pub(crate) use review::{CaseRereadArguments, ReviewArguments, ReviewCommand};
pub(crate) use search::{FoundFormat, SearchArguments};

/// Reads news reports and tells who said what about whom.
#[derive(Debug, Parser)]
#[command(
    name = "onrecord",
    version,
    about = help::ABOUT,
    long_about = help::ABOUT_LONG,
    after_help = help::FIRST_STEPS,
    after_long_help = help::MORE,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents and show who says what about whom
    #[command(long_about = help::READ, after_long_help = help::READ_MORE)]
    Read(ReadArguments),
    /// Find the time expressions of documents and tell their dates
    #[command(long_about = help::TIMES, after_long_help = help::TIMES_MORE)]
    Times(TimesArguments),
    /// Show records that were made before, without reading the stories again
    #[command(long_about = help::SHOW, after_long_help = help::SHOW_MORE)]
    Show(ShowArguments),
    /// Keep documents in a case: originals for good, their records, the proof of both
    #[command(subcommand, long_about = help::CASE, after_long_help = help::CASE_MORE)]
    Case(CaseCommand),
    /// Show what the documents of a case date, day by day
    #[command(long_about = help::TIMELINE, after_long_help = help::VIEWS_MORE)]
    Timeline(across::ViewArguments),
    /// Show the figures of a case, each thing counted with all that give it
    #[command(long_about = help::FIGURES, after_long_help = help::VIEWS_MORE)]
    Figures(across::ViewArguments),
    /// Show the proceedings of a case, as they stand or stood on a day
    #[command(long_about = help::PROCEEDINGS, after_long_help = help::VIEWS_MORE)]
    Proceedings(across::ProceedingsArguments),
    /// Show who is named in a case, with what each says and is accused of
    #[command(long_about = help::ACTORS, after_long_help = help::VIEWS_MORE)]
    Actors(across::ViewArguments),
    /// Show the allegations of a case, by whom they are against
    #[command(long_about = help::ALLEGATIONS, after_long_help = help::VIEWS_MORE)]
    Allegations(across::ViewArguments),
    /// Make a dossier: statements of a case with their passages, and all that proves them
    #[command(long_about = help::DOSSIER, after_long_help = help::DOSSIER_MORE)]
    Dossier(across::DossierArguments),
    /// Tell what of a case or a dossier holds and, when not, what exactly does not
    #[command(long_about = help::VERIFY, after_long_help = help::VERIFY_MORE)]
    Verify(across::VerifyArguments),
    /// Search the documents of a case and what was read of them
    #[command(long_about = help::SEARCH, after_long_help = help::SEARCH_MORE)]
    Search(SearchArguments),
    /// List what is doubtful in a case, and decide on it
    #[command(long_about = help::REVIEW, after_long_help = help::REVIEW_MORE)]
    Review(ReviewArguments),
    /// List the conduct that the law names, or show one kind of it
    #[command(long_about = help::LAW, after_long_help = help::LAW_MORE)]
    Law(LawArguments),
    /// Hold records against their contract
    #[command(long_about = help::VALIDATE, after_long_help = help::VALIDATE_MORE)]
    Validate(ValidateArguments),
    /// Print the JSON Schema of a record
    #[command(long_about = help::SCHEMA, after_long_help = help::SCHEMA_MORE)]
    Schema,
    /// Print the completions for a shell
    #[command(long_about = help::COMPLETIONS, after_long_help = help::COMPLETIONS_MORE)]
    Completions(CompletionsArguments),
    /// Print a manual page
    #[command(long_about = help::MAN, after_long_help = help::MAN_MORE)]
    Man(ManArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    /// How to show the records
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Leave out what is less sure than C, from 0 to 1
    #[arg(long, value_name = "C", value_parser = confidence, long_help = help::MIN_CONFIDENCE,
        allow_negative_numbers = true)]
    pub(crate) min_confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) show: Showing,
    #[command(flatten)]
    pub(crate) documents: Documents,
}

#[derive(Debug, Args)]
pub(crate) struct TimesArguments {
    /// How to show the times
    #[arg(long, short, value_enum, default_value_t = TimesFormat::Table)]
    pub(crate) format: TimesFormat,
    #[command(flatten)]
    pub(crate) show: Showing,
    #[command(flatten)]
    pub(crate) documents: Documents,
}

/// The documents to read, and how.
#[derive(Debug, Args)]
pub(crate) struct Documents {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The date of publication, as 2026-03-03: before what the documents say
    #[arg(long, value_name = "DATE", value_parser = date, long_help = help::PUBLISHED)]
    pub(crate) published: Option<String>,
    /// The language of the documents, as `en`; without it, it is identified
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub(crate) language: Option<String>,
    /// How the documents tell their times; without it, the text decides
    #[arg(long, value_enum, long_help = help::DOMAIN)]
    pub(crate) domain: Option<Domain>,
    /// Threads that read at once; without it, as many as there are cores
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// The largest file to read, or line of JSON Lines: 10M, 2GiB
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = documents::size::bytes)]
    pub(crate) max_size: u64,
    /// Show no progress
    #[arg(long)]
    pub(crate) no_progress: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// Files of records as `onrecord read` writes them; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How to show the records
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Leave out what is less sure than C, from 0 to 1
    #[arg(long, value_name = "C", value_parser = confidence, long_help = help::MIN_CONFIDENCE,
        allow_negative_numbers = true)]
    pub(crate) min_confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) show: Showing,
}

/// How and where results are shown.
#[derive(Debug, Args)]
pub(crate) struct Showing {
    /// Write to FILE, whole or not at all, in place of standard output; or to a folder, where the
    /// format makes several files
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Whether a page for the terminal has colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// Columns of a page for the terminal; without it, the terminal's own up to 100, or 80 where
    /// there is none
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
}

impl Showing {
    /// The file to write, or `None` for standard output.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A page for the terminal
    Text,
    /// One record, or an array of several, indented
    Json,
    /// A record a line
    Jsonl,
    /// One self-contained page with the story beside its record
    Html,
    /// A folder of tables, one file each
    Csv,
    /// JSON-LD with Web Annotations, an object a line
    Jsonld,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimesFormat {
    /// A table for the terminal, each time with the words around it
    Table,
    /// One object, or an array of several, indented
    Json,
    /// An object a line
    Jsonl,
    /// TimeML 1.2.1, a file for each document
    Timeml,
    /// One self-contained page with the story beside its times
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Domain {
    /// News: counted from the date of publication
    News,
    /// A narrative: counted along the story's own thread, each time from the one before
    Narrative,
}

impl From<Domain> for onrecord_reading::Domain {
    fn from(domain: Domain) -> Self {
        match domain {
            Domain::News => Self::News,
            Domain::Narrative => Self::Narrative,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Where the terminal has them and NO_COLOR is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct LawArguments {
    /// A code such as rome-statute:8.2.b.ix, an instrument such as rome-statute, or words to look
    /// for; without any, all is listed
    #[arg(value_name = "CODE|INSTRUMENT|WORD")]
    pub(crate) query: Vec<String>,
    /// How to show it
    #[arg(long, short, value_enum, default_value_t = LawFormat::Text)]
    pub(crate) format: LawFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LawFormat {
    /// Lines for the terminal
    Text,
    /// One object for a code, an array for a list, indented
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct ValidateArguments {
    /// Files of records: one record, an array, or JSON Lines; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// The command to print the page of; without it, the page of the program
    pub(crate) command: Option<String>,
}

/// What is done with a case.
#[derive(Debug, Subcommand)]
pub(crate) enum CaseCommand {
    /// Make a case in a new folder
    New(CaseNewArguments),
    /// Take documents in: keep the originals, read them, store their records
    #[command(long_about = help::CASE_ADD)]
    Add(CaseAddArguments),
    /// Tell what a case holds
    Status(CaseStatusArguments),
    /// List the documents of a case
    List(CaseListArguments),
    /// Show a document's record, or where it came from
    #[command(long_about = help::CASE_SHOW)]
    Show(CaseShowArguments),
    /// Read documents again with this version, and show what differs
    #[command(long_about = help::CASE_REREAD)]
    Reread(CaseRereadArguments),
    /// Remove a document; its entry in the ledger stays, with the reason
    #[command(long_about = help::CASE_REMOVE)]
    Remove(CaseRemoveArguments),
    /// Make two entities one: the same person, group or body under two names
    #[command(long_about = help::CASE_MERGE, after_long_help = help::CASE_MERGE_MORE)]
    Merge(CaseMergeArguments),
    /// Take actors out of an entity: somebody else of the same name
    #[command(long_about = help::CASE_SPLIT, after_long_help = help::CASE_SPLIT_MORE)]
    Split(CaseSplitArguments),
    /// Hold every original against its hash, and the store against itself
    #[command(long_about = help::CASE_CHECK)]
    Check(CaseCheckArguments),
    /// Write a case or a part of it in a form for other programs; the ledger tells of it
    #[command(long_about = help::CASE_EXPORT)]
    Export(across::CaseExportArguments),
    /// Take in a time stamp over a checkpoint of the ledger
    #[command(long_about = help::CASE_STAMP)]
    Stamp(across::CaseStampArguments),
    /// Take in a witness's cosignature of a checkpoint of the ledger
    #[command(long_about = help::CASE_COSIGN)]
    Cosign(across::CaseCosignArguments),
}

/// Who acts.
#[derive(Debug, Args)]
pub(crate) struct Acting {
    /// Who does it, as the case's ledger will tell
    #[arg(long, value_name = "NAME", env = "ONRECORD_BY", default_value_t = user())]
    pub(crate) by: String,
}

#[derive(Debug, Args)]
pub(crate) struct CaseNewArguments {
    /// The folder to make
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) acting: Acting,
}

#[derive(Debug, Args)]
pub(crate) struct CaseAddArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) acting: Acting,
    #[command(flatten)]
    pub(crate) documents: Documents,
}

#[derive(Debug, Args)]
pub(crate) struct CaseStatusArguments {
    /// Also count what does not agree across documents: it looks at every series and matter
    #[arg(long)]
    pub(crate) findings: bool,
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// How to show it
    #[arg(long, short, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct CaseListArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// How to show them
    #[arg(long, short, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct CaseShowArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The document: its number (d12), the beginning of its original's hash, or its path
    #[arg(value_name = "DOCUMENT", required = true)]
    pub(crate) documents: Vec<String>,
    /// Show where it came from and what was done with it, in place of its record
    #[arg(long, conflicts_with = "original")]
    pub(crate) history: bool,
    /// Write the original as it came, in place of its record
    #[arg(long)]
    pub(crate) original: bool,
    /// How to show the records
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Leave out what is less sure than C, from 0 to 1
    #[arg(long, value_name = "C", value_parser = confidence, long_help = help::MIN_CONFIDENCE,
        allow_negative_numbers = true)]
    pub(crate) min_confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) show: Showing,
}

#[derive(Debug, Args)]
pub(crate) struct CaseRemoveArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The document: its number (d12), the beginning of its original's hash, or its path
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: String,
    /// Why it is removed; this stays in the case
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) acting: Acting,
}

#[derive(Debug, Args)]
pub(crate) struct CaseMergeArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The one: its number (e7)
    #[arg(value_name = "ENTITY", value_parser = entity)]
    pub(crate) one: EntityId,
    /// The other: its number (e9)
    #[arg(value_name = "ENTITY", value_parser = entity)]
    pub(crate) other: EntityId,
    /// Why they are one; this stays in the case
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) acting: Acting,
}

#[derive(Debug, Args)]
pub(crate) struct CaseSplitArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The entity: its number (e7)
    #[arg(value_name = "ENTITY", value_parser = entity)]
    pub(crate) entity: EntityId,
    /// What is somebody else: actors of documents (d5:a3), entities that were made one with it (e9)
    #[arg(value_name = "PART", required = true)]
    pub(crate) parts: Vec<String>,
    /// Why they are somebody else; this stays in the case
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) acting: Acting,
}

#[derive(Debug, Args)]
pub(crate) struct CaseCheckArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Hold only N originals against their hashes, drawn at random
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Lines for the terminal
    Text,
    /// One JSON object, or an object a line
    Json,
}

/// The name of the user, as the system tells it.
fn user() -> String {
    let name = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}

/// A date or date-time of ISO 8601.
fn date(words: &str) -> Result<String, String> {
    let day = words.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let whole = words.len() == 10
        || words.parse::<jiff::civil::DateTime>().is_ok()
        || words.parse::<jiff::Timestamp>().is_ok();
    if day.is_some() && whole {
        Ok(words.to_owned())
    } else {
        Err("expected a date such as 2026-03-03, or 2026-03-03T09:30:00Z".to_owned())
    }
}

/// The number of an entity.
fn entity(words: &str) -> Result<EntityId, String> {
    words.parse().map_err(|()| "expected the number of an entity, such as e7".to_owned())
}

/// A share from 0 to 1.
fn confidence(words: &str) -> Result<f64, String> {
    let share = words.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "expected a number from 0 to 1, such as 0.8".to_owned())
}

/// A language tag of BCP 47, by its shape.
fn language(words: &str) -> Result<String, String> {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let first = words.split('-').next().unwrap_or_default();
    let letters = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    if letters && words.split('-').all(part) {
        Ok(words.to_owned())
    } else {
        Err("expected a language tag such as en, fr or pt-BR".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn dates_and_languages_are_held_to_their_form() {
        for good in ["2026-03-03", "2026-03-03T09:30:00", "2026-03-03T09:30:00Z"] {
            assert!(date(good).is_ok(), "{good}");
        }
        for bad in ["2026-02-30", "March 3", "2026-03", "2026-03-03 ish", "2026-03-03T99:00", "é"]
        {
            assert!(date(bad).is_err(), "{bad}");
        }
        for good in ["en", "pt-BR", "zh-Hant-TW", "ckb"] {
            assert!(language(good).is_ok(), "{good}");
        }
        for bad in ["", "e", "english", "en_GB", "en-", "12"] {
            assert!(language(bad).is_err(), "{bad}");
        }
    }
}
