//! spaCy on the same texts: its speed beside ours. Nothing of it is part of this project.

use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::RUNS;
use crate::Outcome;

const SCRIPT: &str = include_str!("small_english.py");

/// What it did with a folder of texts.
#[derive(Debug, PartialEq)]
pub(super) struct Done {
    pub(super) version: String,
    /// Its processor time, without its start.
    pub(super) cpu: Duration,
}

/// Reads the texts with spaCy on one thread; the fastest of a few runs.
///
/// # Errors
/// Where Python or spaCy is missing, or fails.
pub(super) fn read(folder: &str, python: &str) -> Outcome<Done> {
    let there = Command::new(python).args(["-c", "import spacy"]).output();
    let there = there.map_err(|e| format!("{python} does not start ({e}): see --python"))?;
    if !there.status.success() {
        return Err(format!(
            "{python} has no spacy: `{python} -m pip install spacy`, or name another Python with \
             --python"
        ));
    }
    let mut run = Command::new(python);
    for library in ["OMP", "OPENBLAS", "MKL", "BLIS"] {
        run.env(format!("{library}_NUM_THREADS"), "1");
    }
    let output = run
        .args(["-c", SCRIPT, folder, &RUNS.to_string()])
        .output()
        .map_err(|e| format!("{python} does not start: {e}"))?;
    parse(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| {
        let says = String::from_utf8_lossy(&output.stderr);
        format!("spaCy failed: {}", says.lines().last().unwrap_or("it says nothing"))
    })
}

fn parse(says: &str) -> Option<Done> {
    let says: Value = serde_json::from_str(says).ok()?;
    let cpu = Duration::try_from_secs_f64(says["seconds"].as_f64()?).ok()?;
    Some(Done { version: says["version"].as_str()?.to_owned(), cpu })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_is_read_and_a_traceback_is_not() {
        let done = parse("{\"version\": \"3.8\", \"seconds\": 2.5}\n").unwrap();
        assert_eq!(done, Done { version: "3.8".into(), cpu: Duration::from_millis(2500) });
        assert_eq!(parse("Traceback"), None);
        assert_eq!(parse("{\"version\": \"3.8\", \"seconds\": -1}"), None);
    }

    #[test]
    fn a_python_that_is_not_there_is_named() {
        assert!(read("a", "no-such-python").unwrap_err().contains("--python"));
    }
}
