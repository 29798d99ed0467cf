//! Arguments of `onrecord search`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Showing;

#[derive(Debug, Args)]
pub(crate) struct SearchArguments {
    /// The case's folder
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Words, "phrases", beginnings* and filters such as speaker:ministry or act:deny
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) query: Vec<String>,
    /// Show N documents at most
    #[arg(long, short, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,
    /// How to show what is found
    #[arg(long, short, value_enum, default_value_t = FoundFormat::Text)]
    pub(crate) format: FoundFormat,
    #[command(flatten)]
    pub(crate) show: Showing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FoundFormat {
    /// Lines for the terminal
    Text,
    /// One object, indented
    Json,
    /// An object a line, one for each document or item
    Jsonl,
}
