//! Development only: what training reads of public corpora, and how well the reader does on them.
//!
//! Measures are printed beside those that were last recorded in `crates/scoring/measures.toml`, so
//! that each change shows what it gave and took.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to a terminal")]

mod conllu;
mod counts;
mod failure;
mod polnear;
mod ud;
mod units;

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use failure::Failure;
use onrecord_scoring::{MEASURES, Measure, Recorded};

const HELP: &str = "\
onrecord-scoring COMMAND: how well the reader does on public corpora

  polnear [FOLDER]   its attributions against a part of PolNeAR: a folder with text/ and
                     attributions/ (default ../shared/corpora/polnear/dev)
  ud [FILE…]         its words, tags and trees against treebanks in CoNLL-U, on their own words and
                     on their raw text (default the development parts of EWT and GUM in
                     ../shared/corpora/ud)
    --errors N       prints the N most frequent differences of words and sentences of each kind
  units FILE…        no measures: the units of texts and treebanks as JSON Lines, for training

  --record           makes the measures the recorded ones (polnear, ud)

Each measure is a percentage. It stands beside the one last recorded in crates/scoring/measures.toml,
with the difference. Those of times are printed by `cargo xtask score times`.

exact     F1 of the stretches that are exactly the gold's, of each role
words     F1 of the words that a role covers
overlap   attributions whose source, cue and content each touch the gold's, one to one; also by
          manner (the gold's for recall, ours for precision) and at a confidence or above
strict    attributions whose source, cue and content are all exactly the gold's
UPOS …    on own words the share that is right; on raw text F1 over the words that stand where the
          treebank's do; relations without their subtypes

The test parts of the corpora are kept back, and measures of development parts alone are recorded.

Exit codes: 0 measured; 1 not, because a file or folder is missing or of another shape: standard
error names it in one line; 2 the command was used wrongly.
";

/// The language that is measured, BCP 47.
const ENGLISH: &str = "en";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has closed the pipe has read enough.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("onrecord-scoring: {failure}");
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}

/// What is asked for beside the command.
#[derive(Debug, Default, PartialEq)]
struct Asked {
    record: bool,
    errors: Option<usize>,
    paths: Vec<String>,
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(Failure::Usage("no command".to_owned()));
    };
    let Asked { record, errors, paths } = match command.as_str() {
        "-h" | "--help" | "help" => return Ok(std::io::stdout().write_all(HELP.as_bytes())?),
        _ => asked(rest)?,
    };
    let mut reports = Reports { record, text: String::new() };
    match (command.as_str(), &paths[..], errors) {
        ("polnear", [], None) => polnear::run(None, &mut reports)?,
        ("polnear", [folder], None) => polnear::run(Some(folder), &mut reports)?,
        ("ud", files, errors) => ud::run(files, errors.unwrap_or(0), &mut reports)?,
        ("units", files @ [_, ..], None) if !record => units::run(files)?,
        ("polnear" | "units", ..) => {
            return Err(Failure::Usage(format!("{command} does not take that")));
        }
        _ => return Err(Failure::Usage(format!("no command {command:?}"))),
    }
    Ok(std::io::stdout().write_all(reports.text.as_bytes())?)
}

fn asked(arguments: &[String]) -> Result<Asked, Failure> {
    let mut asked = Asked::default();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--record" => asked.record = true,
            "--errors" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                let says = || Failure::Usage("--errors needs a number".to_owned());
                asked.errors = Some(number.ok_or_else(says)?);
            }
            option if option.starts_with('-') => {
                return Err(Failure::Usage(format!("no option {option}")));
            }
            path => asked.paths.push(path.to_owned()),
        }
    }
    Ok(asked)
}

/// What a run prints, and whether its measures become the recorded ones.
struct Reports {
    record: bool,
    text: String,
}

impl Reports {
    /// Adds the table of a part's measures; records them where that is asked for.
    ///
    /// # Errors
    /// Where the file of measures fails, or a part is to be recorded that is no development part.
    fn add(&mut self, part: &str, measures: &[Measure], development: bool) -> Result<(), Failure> {
        if self.record && !development {
            return Err(Failure::NotRecorded { part: part.to_owned() });
        }
        let path = Path::new(MEASURES);
        let mut recorded = Recorded::read(path)?;
        self.say(&recorded.table(part, measures));
        if self.record {
            recorded.put(part, measures);
            recorded.write(path)?;
        }
        Ok(())
    }

    fn say(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// The text of a file.
fn text_of(path: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|cause| Failure::Missing { path: path.to_owned(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_and_strangers_refused() {
        let of = |arguments: &[&str]| {
            asked(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        let read = of(&["a", "--errors", "3", "--record", "b"]).unwrap();
        let paths = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(read, Asked { record: true, errors: Some(3), paths });
        for wrong in [&["--errors"][..], &["--errors", "few"], &["--loud"]] {
            assert!(matches!(of(wrong), Err(Failure::Usage(_))), "{wrong:?}");
        }
    }
}
