//! The same bytes on one thread and two, run after run.

use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::gate::Note;
use crate::repository::Repository;

const CORPUS: &str = "corpora/polnear/dev/text";

/// What is held against a first run on one thread.
const AGAIN: [(&str, &str); 3] =
    [("1", "one thread, again"), ("2", "two threads"), ("2", "two threads, again")];

/// The step.
pub(crate) fn run(repository: &Repository) -> Outcome<Note> {
    let program = repository.program()?;
    let mut folders = vec![repository.root.join("examples")];
    folders.extend(repository.shared(CORPUS));
    let mut notes = Vec::new();
    for folder in &folders {
        let read = |jobs| records(&program, folder, jobs);
        let first = read("1")?;
        for (jobs, run) in AGAIN {
            same(&first, &read(jobs)?).map_err(|e| format!("{}: {run}: {e}", folder.display()))?;
        }
        notes.push(format!("{} records", first.lines().count()));
    }
    if folders.len() == 1 {
        notes.push(format!("../shared/{CORPUS} skipped: it is not there"));
    }
    Ok(Note::Passed(notes.join(", ")))
}

fn records(program: &Path, folder: &Path, jobs: &str) -> Outcome {
    let output = Command::new(program)
        .args(["read", "--format", "jsonl", "--jobs", jobs])
        .arg(folder)
        .output()
        .map_err(|e| format!("onrecord does not start: {e}"))?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|e| format!("the records are no UTF-8: {e}"))
    } else {
        let says = String::from_utf8_lossy(&output.stderr);
        Err(format!("reading {} ended with {}: {says}", folder.display(), output.status))
    }
}

/// Whether two outputs are the same and hold something; else the first line where they part.
fn same(one: &str, other: &str) -> Outcome<()> {
    if one.is_empty() {
        return Err("no record came out".into());
    }
    if one == other {
        return Ok(());
    }
    let lines = one.lines().zip(other.lines());
    let shared = lines.take_while(|(a, b)| a == b).count();
    Err(format!("other bytes from line {} on", shared + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_and_no_bytes_are_found() {
        assert!(same("a\nb\n", "a\nb\n").is_ok());
        assert!(same("a\nb\n", "a\nc\n").unwrap_err().contains("line 2"));
        assert!(same("a\nb\n", "a\n").unwrap_err().contains("line 2"));
        assert!(same("", "").is_err());
    }
}
