//! Arguments of the commands that look across the documents of a case.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use onrecord_casebook::search::Query;
use onrecord_casebook::{Case, Error, Filter};

use crate::arguments::{Acting, ListFormat, Showing};
use crate::help;

/// Which items of a case are meant.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which items")]
pub(crate) struct FilterArguments {
    /// Only what this query finds, as `onrecord search` takes it: where it asks for items these,
    /// where it asks for words all of the documents that have them
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Only of this document: its number (d12), the beginning of its original's hash, or its path;
    /// may be given again
    #[arg(long, value_name = "DOCUMENT")]
    document: Vec<String>,
    /// Only on this day or later, as 2026-03-03: the item's own, else that of publication
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Date>,
    /// Only on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Date>,
    /// Only said by an actor with this name, or with these words of it, here or in another document
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only against an actor with this name, or with these words of it, here or in another document
    #[arg(long, value_name = "NAME")]
    accused: Option<String>,
    /// Only conduct by this code of the law or below it, as rome-statute:8.2.b
    #[arg(long, value_name = "CODE")]
    taxon: Option<String>,
    /// Only published by this outlet or written by this agency
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only figures that count this, as killed
    #[arg(long, value_name = "WORD")]
    counted: Option<String>,
    /// No more items than this, the first of them
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl FilterArguments {
    /// The filter that they ask for, in a case.
    ///
    /// # Errors
    /// Where the case has no such document, and for a query that cannot be read.
    pub(super) fn filter(&self, case: &Case) -> Result<Filter, Error> {
        let documents = self.document.iter().map(|name| Ok(case.document(name)?.id));
        let query = self.query.as_deref().map(Query::parse).transpose()?;
        Ok(Filter {
            query: query.map(|query| case.understood(query)).transpose()?,
            documents: documents.collect::<Result<_, Error>>()?,
            from: self.from,
            to: self.to,
            speaker: self.speaker.clone(),
            accused: self.accused.clone(),
            taxon: self.taxon.clone(),
            outlet: self.outlet.clone(),
            counted: self.counted.clone(),
            as_of: None,
            limit: self.limit,
        })
    }

    /// The filter in words, as its options stand on the command line; empty for none.
    pub(super) fn told(&self) -> String {
        let day = |day: &Option<Date>| day.map(|day| day.to_string());
        let count = self.limit.map(|limit| limit.to_string());
        let single = [
            ("--query", self.query.clone()),
            ("--from", day(&self.from)),
            ("--to", day(&self.to)),
            ("--speaker", self.speaker.clone()),
            ("--accused", self.accused.clone()),
            ("--taxon", self.taxon.clone()),
            ("--outlet", self.outlet.clone()),
            ("--counted", self.counted.clone()),
            ("--limit", count),
        ];
        let documents = self.document.iter().map(|name| ("--document", Some(name.clone())));
        let all = documents.chain(single);
        let all = all.filter_map(|(option, value)| Some(format!("{option} {}", value?)));
        all.collect::<Vec<_>>().join(" ")
    }
}

#[derive(Debug, Args)]
pub(crate) struct ViewArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(super) case: PathBuf,
    /// How to show it
    #[arg(long, short, value_enum, default_value_t = ViewFormat::Text)]
    pub(super) format: ViewFormat,
    #[command(flatten)]
    pub(super) filter: FilterArguments,
    #[command(flatten)]
    pub(super) show: Showing,
}

#[derive(Debug, Args)]
pub(crate) struct ProceedingsArguments {
    /// As it stood on this day: steps and reports of later days are left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Date>,
    #[command(flatten)]
    pub(super) view: ViewArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ViewFormat {
    /// A page for the terminal
    Text,
    /// One self-contained page
    Html,
    /// A table for a spreadsheet
    Csv,
    /// A JSON object a line
    Jsonl,
    /// A Parquet file, where the program was built with it
    Parquet,
}

#[derive(Debug, Args)]
pub(crate) struct CaseExportArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The form
    #[arg(long, short, value_enum)]
    pub(crate) format: ExportFormat,
    /// The file to write, or the folder where the form is several files
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    #[command(flatten)]
    pub(crate) acting: Acting,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Entities of FollowTheMoney, an object a line
    Ftm,
    /// A folder of tables in the shape of the Events Standard Formats
    Esf,
    /// A folder of tables, one for each view
    Csv,
    /// The rows of all views, an object a line
    Jsonl,
    /// A folder of Parquet files, where the program was built with it
    Parquet,
}

#[derive(Debug, Args)]
pub(crate) struct DossierArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(super) case: PathBuf,
    /// The page (.html), or the archive with originals, records and proofs (.zip)
    #[arg(long, short, value_name = "FILE", value_parser = page_or_archive)]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) filter: FilterArguments,
    #[command(flatten)]
    pub(super) acting: Acting,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// A case's folder, or a dossier (.zip)
    #[arg(value_name = "CASE|DOSSIER")]
    pub(crate) what: PathBuf,
    /// The public key that the case's keeper gave out, or a file that holds it
    #[arg(long, value_name = "KEY", long_help = help::VERIFY_KEY)]
    pub(crate) key: Option<String>,
    /// The public key of a witness whose cosignatures count; may be given again
    #[arg(long, value_name = "KEY")]
    pub(crate) witness: Vec<String>,
    /// A certificate that time stamps have to lead to, PEM or DER; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) root: Vec<PathBuf>,
    /// Of a case, only its ledger: no originals, records or rows of the store
    #[arg(long, conflicts_with = "deep")]
    pub(crate) ledger: bool,
    /// Also hold the tables of items against the records
    #[arg(long)]
    pub(crate) deep: bool,
    /// A file or folder that an export of the case wrote, or a dossier's page: hold it against the
    /// act that did; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) exported: Vec<PathBuf>,
    /// Threads that hash originals; without it, as many as there are cores
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// How to show it
    #[arg(long, short, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct CaseStampArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The time stamp: a token of RFC 3161 or an authority's whole response
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// A certificate that it has to lead to, PEM or DER; may be given again
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) root: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) acting: Acting,
}

#[derive(Debug, Args)]
pub(crate) struct CaseCosignArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The witness's answer: its line, or the whole cosigned checkpoint
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The witness's public key, or a file that holds it
    #[arg(long, value_name = "KEY")]
    pub(crate) witness: String,
    #[command(flatten)]
    pub(crate) acting: Acting,
}

/// A day.
fn day(words: &str) -> Result<Date, String> {
    let whole = words.len() == 10;
    let day = words.parse().ok().filter(|_| whole);
    day.ok_or_else(|| "expected a date such as 2026-03-03".to_owned())
}

fn page_or_archive(words: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(words);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("html" | "htm" | "zip") => Ok(path),
        _ => Err("expected a file that ends with .html or .zip".to_owned()),
    }
}
