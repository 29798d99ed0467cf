//! A folder that gets a file for each document.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Piece;
use crate::documents;
use crate::failure::Failure;
use crate::output::{Output, Stop};

/// The longest name of a file, less its number and ending, in bytes.
const LONGEST: usize = 200;

/// A folder of files. No two documents share one, not even where capitals are not told apart.
pub(super) struct Folder {
    path: PathBuf,
    ending: &'static str,
    /// The names that are taken, without ending and capitals, with the last number given to each.
    taken: BTreeMap<String, usize>,
}

impl Folder {
    /// Whether a path names a folder: one that is there, or by its last character.
    pub(super) fn is_named_by(path: &Path) -> bool {
        let last = path.as_os_str().to_string_lossy().chars().next_back();
        path.is_dir() || last.is_some_and(std::path::is_separator)
    }

    /// The folder at `path`, made where it is not there.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub(super) fn open(path: &Path, ending: &'static str) -> Result<Self, Failure> {
        match fs::create_dir(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(Failure::not_written(&path.display().to_string(), &error))
            }
            _ => Ok(Self { path: path.to_owned(), ending, taken: BTreeMap::new() }),
        }
    }

    /// Writes a document to a file of its own, whole or not at all.
    pub(super) fn piece(&mut self, piece: &Piece) -> Result<(), Stop> {
        if piece.failure.is_some() {
            return Ok(());
        }
        let name = self.free(piece.entry.name());
        let path = self.path.join(name);
        let mut output = Output::open(Some(&path)).map_err(Stop::Failed)?;
        let bytes = piece.parts.concat();
        let end: &[u8] = if bytes.ends_with(b"\n") { b"" } else { b"\n" };
        let written = output.write_all(&bytes).and_then(|()| output.write_all(end));
        written.map_err(|error| output.stop(&error))?;
        output.finish()
    }

    /// A name for the file of a document: its own, with a number from 2 where another has taken it.
    fn free(&mut self, document: &str) -> String {
        let stem = stem(document);
        let numbered = |number: usize| match number {
            1 => stem.clone(),
            _ => format!("{stem}-{number}"),
        };
        let mut number = self.taken.get(&stem.to_lowercase()).map_or(1, |last| last + 1);
        while self.taken.contains_key(&numbered(number).to_lowercase()) {
            number += 1;
        }
        self.taken.insert(numbered(number).to_lowercase(), 1);
        self.taken.insert(stem.to_lowercase(), number);
        format!("{}.{}", numbered(number), self.ending)
    }
}

/// What a file may be called after a document: the name of its original without folders and known
/// ending, with the number of its line, in letters, digits and a few marks.
fn stem(document: &str) -> String {
    let (original, line) = match document.rsplit_once('#') {
        Some((original, line)) if line.bytes().all(|b| b.is_ascii_digit()) => {
            (original, Some(line))
        }
        _ => (document, None),
    };
    let path = Path::new(original);
    let name = if documents::is_known(path) { path.file_stem() } else { path.file_name() };
    let name = match name {
        Some(name) if original != "-" => name.to_string_lossy(),
        _ => "stdin".into(),
    };
    let safe = |c: char| if c.is_alphanumeric() || "-_.,+ ".contains(c) { c } else { '-' };
    // A name that begins with a point would be hidden.
    let safe: String = name.trim_start_matches('.').chars().map(safe).collect();
    let end = (0..=LONGEST.min(safe.len())).rev().find(|end| safe.is_char_boundary(*end));
    let name = safe.get(..end.unwrap_or_default()).unwrap_or_default();
    line.map_or_else(|| name.to_owned(), |line| format!("{name}-{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_their_documents() {
        for (document, name) in [
            ("story.txt", "story"),
            ("archive/2026/Story.HTML", "Story"),
            ("archive/1998.0362", "1998.0362"),
            ("briefs.jsonl#12", "briefs-12"),
            ("-", "stdin"),
            ("-#2", "stdin-2"),
            ("a/..\\b?*:\u{1b}.txt", "-b----"),
            ("über uns.txt", "über uns"),
            (&"漢".repeat(100), &"漢".repeat(66)),
        ] {
            assert_eq!(stem(document), name, "{document}");
        }
    }

    #[test]
    fn no_two_documents_share_a_file() {
        let mut folder = Folder { path: PathBuf::new(), ending: "tml", taken: BTreeMap::new() };
        let names = ["a.txt", "b/a.txt", "A.html", "a-2.txt"].map(|name| folder.free(name));
        assert_eq!(names, ["a.tml", "a-2.tml", "A-3.tml", "a-2-2.tml"]);
    }
}
