//! Arguments of `onrecord review` and `onrecord case reread`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Acting, FoundFormat, ListFormat, Showing, user};
use crate::{documents, help};

#[derive(Debug, Args)]
pub(crate) struct ReviewArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Option<ReviewCommand>,
    /// List all items of this document in place of what is doubtful; may be given several times
    #[arg(long, short, value_name = "DOCUMENT")]
    pub(crate) document: Vec<String>,
    /// List N items at most; without it, 20 of the case or all of the documents
    #[arg(long, short, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// How to show the list or the agreement
    #[arg(long, short, value_enum, default_value_t = FoundFormat::Text, global = true)]
    pub(crate) format: FoundFormat,
    /// Show nothing of other reviewers; tell that a decision was made so, or count only such
    #[arg(long, global = true)]
    pub(crate) blind: bool,
    /// Who reviews, as the case's ledger will tell
    #[arg(long, value_name = "NAME", env = "ONRECORD_BY", default_value_t = user(), global = true)]
    pub(crate) by: String,
    #[command(flatten)]
    pub(crate) show: Showing,
}

/// What is done in review.
#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// Say that items are right
    Accept {
        /// The items, such as d5:s3
        #[arg(value_name = "ITEM", required = true)]
        items: Vec<String>,
        /// Why
        #[arg(long, value_name = "WORDS", default_value = "")]
        reason: String,
    },
    /// Say that an item is right with other values
    #[command(long_about = help::REVIEW_CORRECT)]
    Correct {
        /// The item, such as d5:s3
        #[arg(value_name = "ITEM")]
        item: String,
        /// Its fields with their right values, such as act=deny
        #[arg(value_name = "FIELD=VALUE", required = true)]
        changes: Vec<String>,
        /// Why
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// Say that items are wrong
    Reject {
        /// The items, such as d5:s3
        #[arg(value_name = "ITEM", required = true)]
        items: Vec<String>,
        /// Why
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// Tell how far reviewers agree: Krippendorff's alpha by kind of item
    Agreement,
    /// Write every decision that counts as data to train on, a JSON object a line
    Export {
        /// Write to FILE, whole or not at all, in place of standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CaseRereadArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Documents: their numbers (d12), the beginnings of their originals' hashes, or their paths;
    /// without any, all that another version read
    #[arg(value_name = "DOCUMENT")]
    pub(crate) documents: Vec<String>,
    /// Read again what this very version read, too
    #[arg(long)]
    pub(crate) all: bool,
    /// How to show what differs
    #[arg(long, short, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) acting: Acting,
    /// Threads that read at once; without it, as many as there are cores
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// The largest original to read: 10M, 2GiB
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = documents::size::bytes)]
    pub(crate) max_size: u64,
}
