//! The steps that cargo does.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::gate::Note;
use crate::repository::{File, Repository, cargo};

/// Formatting.
pub(crate) fn format(repository: &Repository) -> Outcome<Note> {
    let way_out = "some files are formatted otherwise: run `cargo fmt --all`";
    run(repository, &["fmt", "--all", "--check"], way_out)?;
    Ok(Note::Passed("formatted".into()))
}

/// Lints.
pub(crate) fn lint(repository: &Repository) -> Outcome<Note> {
    let whole = ["clippy", "--workspace", "--all-targets", "--all-features", "--quiet"];
    let arguments = [&whole[..], &["--", "--deny", "warnings"]].concat();
    run(repository, &arguments, "clippy found what is printed above")?;
    Ok(Note::Passed("no warnings".into()))
}

/// Documentation.
pub(crate) fn doc(repository: &Repository) -> Outcome<Note> {
    let arguments = ["doc", "--workspace", "--no-deps", "--quiet"];
    run(repository, &arguments, "rustdoc found what is printed above")?;
    Ok(Note::Passed("no warnings".into()))
}

fn run(repository: &Repository, arguments: &[&str], way_out: &str) -> Outcome<()> {
    let mut command = Command::new(cargo());
    command.args(arguments).current_dir(&repository.root).env("RUSTDOCFLAGS", "--deny warnings");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(way_out.into()),
        Err(e) => Err(format!("cargo does not start: {e}")),
    }
}

/// How many tests ran, over all of a workspace's test programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    passed: u64,
    failed: u64,
    ignored: u64,
}

impl Totals {
    /// Adds one program's closing line; leaves the totals alone at any other line.
    fn add(&mut self, line: &str) {
        let Some(counts) = line.trim().strip_prefix("test result: ") else { return };
        for part in counts.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(count), Some(kind)) = (words.next(), words.next()) else { continue };
            let Ok(count) = count.parse::<u64>() else { continue };
            match kind {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                "ignored" => self.ignored += count,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.ignored)
    }
}

/// Tests and doc tests. They change no fixture: a golden file changes by an explicit command.
pub(crate) fn test(repository: &Repository) -> Outcome<Note> {
    let before = fixtures(repository)?;
    let mut child = Command::new(cargo())
        .args(["test", "--workspace", "--quiet", "--no-fail-fast"])
        .current_dir(&repository.root)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cargo does not start: {e}"))?;
    let mut totals = Totals::default();
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        let line = line.map_err(|e| format!("the tests' output broke off: {e}"))?;
        println!("{line}");
        totals.add(&line);
    }
    let status = child.wait().map_err(|e| format!("the tests did not end: {e}"))?;
    if !status.success() {
        return Err(format!("{totals}: see above, and run one crate with `cargo test -p CRATE`"));
    }
    if totals.passed == 0 {
        return Err("no test ran".into());
    }
    let after = fixtures(repository)?;
    match after.iter().find(|(path, text)| before.get(*path) != Some(text)) {
        Some((path, _)) => Err(format!("{path} changed while the tests ran: tests write nothing")),
        None => Ok(Note::Tests(totals)),
    }
}

/// What the tests hold results against and may not write, by path: fixtures, examples, seeds.
fn fixtures(repository: &Repository) -> Outcome<BTreeMap<String, String>> {
    let kept = |file: &File| {
        let folders = ["tests/", "examples/", "fuzz/seeds/", "corpora/"];
        !file.is_rust() && folders.iter().any(|folder| file.path.contains(folder))
    };
    let files = repository.files()?.into_iter().filter(kept);
    Ok(files.map(|file| (file.path, file.text)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_summed_from_closing_lines_only() {
        let mut totals = Totals::default();
        totals.add("running 3 tests");
        totals.add("test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out");
        totals.add("test result: FAILED. 4 passed; 1 failed; 0 ignored; finished in 0.02s");
        assert_eq!(totals.to_string(), "6 passed, 1 failed, 1 skipped");
    }
}
