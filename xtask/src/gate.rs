//! The gate: its steps, each named and timed.

use std::time::Instant;

use crate::repository::Repository;
use crate::{Outcome, cargo, contract, licences, map, readme, same_bytes, tidy};

struct Step {
    name: &'static str,
    what: &'static str,
    /// Whether it builds for release or documents, which `--fast` leaves out.
    slow: bool,
    run: fn(&Repository) -> Outcome<Note>,
}

/// How a step went that did not fail.
pub(crate) enum Note {
    /// It passed, and this was seen.
    Passed(String),
    /// It could not be run here, and why.
    Skipped(String),
    /// The tests passed: so many, and so many ignored.
    Tests(cargo::Totals),
}

const STEPS: &[Step] = &[
    Step { name: "format", what: "rustfmt changes nothing", slow: false, run: cargo::format },
    Step { name: "tidy", what: "the house rules hold", slow: false, run: tidy::run },
    Step { name: "map", what: "docs/architecture.md tells the truth", slow: false, run: map::run },
    Step { name: "licences", what: "every package may be used", slow: false, run: licences::run },
    Step { name: "lint", what: "clippy, warnings as errors", slow: false, run: cargo::lint },
    Step { name: "test", what: "tests and doc tests", slow: false, run: cargo::test },
    Step { name: "doc", what: "rustdoc, warnings as errors", slow: true, run: cargo::doc },
    Step { name: "readme", what: "the README's first command", slow: true, run: readme::run },
    Step { name: "contract", what: "the seed's record", slow: true, run: contract::run },
    Step { name: "same-bytes", what: "one thread and two", slow: true, run: same_bytes::run },
];

/// Runs the steps that the arguments choose, all of them where they choose none, and prints what
/// each gave. A step that fails does not stop the others.
pub(crate) fn run(repository: &Repository, arguments: &[&str]) -> Outcome<()> {
    let steps = chosen(arguments)?;
    let began = Instant::now();
    let mut totals = None;
    let mut report = Vec::new();
    let mut failed = Vec::new();
    for step in steps {
        println!("== {}: {}", step.name, step.what);
        let began = Instant::now();
        let outcome = (step.run)(repository);
        let (word, says) = match outcome {
            Ok(Note::Passed(says)) => ("ok", says),
            Ok(Note::Skipped(why)) => ("skipped", why),
            Ok(Note::Tests(found)) => {
                let says = format!("{found}");
                totals = Some(found);
                ("ok", says)
            }
            Err(why) => {
                failed.push(step.name);
                ("FAILED", why)
            }
        };
        let line = format!("{:<10} {word:<7} {:>6.1} s", step.name, began.elapsed().as_secs_f64());
        println!("   {word}: {}\n", says.replace('\n', "\n   "));
        report.push(format!("{line}  {}", says.lines().next().unwrap_or_default()));
    }
    println!("{}\n", report.join("\n"));
    println!("{} steps in {:.0} s", report.len(), began.elapsed().as_secs_f64());
    if !failed.is_empty() {
        return Err(format!("failed: {}", failed.join(", ")));
    }
    if let Some(totals) = totals {
        println!("{totals}");
    }
    Ok(())
}

fn chosen(arguments: &[&str]) -> Outcome<Vec<&'static Step>> {
    match arguments {
        [] => Ok(STEPS.iter().collect()),
        ["--fast"] => Ok(STEPS.iter().filter(|step| !step.slow).collect()),
        names => names.iter().map(|name| named(name)).collect(),
    }
}

fn named(name: &str) -> Outcome<&'static Step> {
    let known = || STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join(", ");
    let step = STEPS.iter().find(|step| step.name == name);
    step.ok_or_else(|| format!("no step {name:?}: there are {}", known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_choose_steps() {
        assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
        assert!(chosen(&["--fast"]).unwrap().iter().all(|step| !step.slow));
        assert_eq!(chosen(&["map"]).unwrap()[0].name, "map");
        assert!(chosen(&["--quick"]).is_err());
    }
}
