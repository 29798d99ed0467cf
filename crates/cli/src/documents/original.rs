//! Originals in documents: files and standard input, read one after the other within bounds.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use onrecord_intake::{Format, Refusal, Unit, units};

use super::inputs::Input;
use crate::failure::Failure;

/// One document to read.
pub(super) struct Work {
    pub(super) what: Result<Bytes, Failure>,
    /// Whether it is the last of its original.
    pub(super) is_last: bool,
}

/// The bytes of one document.
pub(crate) struct Bytes {
    name: String,
    /// The bytes of its original, shared by all documents in it.
    original: Arc<Vec<u8>>,
    range: Range<usize>,
    /// Its place in an original that holds several, from 1; 0 where the original is the document.
    part: u32,
    format: Format,
    modified: Option<SystemTime>,
}

impl Bytes {
    /// The documents of an original, by the name that it has.
    pub(crate) fn of_original(
        name: &str,
        original: &Arc<Vec<u8>>,
        modified: Option<SystemTime>,
    ) -> Vec<Bytes> {
        let start = original.as_ptr().addr();
        let found: Vec<Unit<'_>> = units(name, original).collect();
        let several = found.len() > 1;
        let document = |(unit, place): (Unit<'_>, u32)| {
            let from = unit.bytes.as_ptr().addr() - start;
            Bytes {
                name: unit.name,
                original: Arc::clone(original),
                range: from..from + unit.bytes.len(),
                part: if several { place } else { 0 },
                format: unit.format,
                modified,
            }
        };
        found.into_iter().zip(1..).map(document).collect()
    }

    /// A document of an original that was kept, by the name and the place that it had then; `None`
    /// where the original does not hold it.
    pub(crate) fn of_kept(name: &str, part: u32, original: &Arc<Vec<u8>>) -> Option<Bytes> {
        // What is behind `#` is the line of JSON Lines; a line kept as an original is one of one.
        let file = name.rsplit_once('#').map_or(name, |(file, _)| file);
        let is_line = part > 0 || is_json_lines(file);
        let mut parts = Self::of_original(if is_line { file } else { name }, original, None);
        let at = usize::try_from(part.max(1) - 1).ok().filter(|at| *at < parts.len())?;
        Some(Bytes { name: name.to_owned(), ..parts.swap_remove(at) })
    }

    /// The original that it lies in.
    pub(crate) fn original(&self) -> &Arc<Vec<u8>> {
        &self.original
    }

    /// Its place in an original that holds several, from 1; 0 where the original is the document.
    pub(crate) fn part(&self) -> u32 {
        self.part
    }

    /// When its file was last changed, where it is one.
    pub(crate) fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// The document as intake takes it.
    pub(super) fn unit(&self) -> Unit<'_> {
        let bytes = self.original.get(self.range.clone()).unwrap_or_default();
        Unit { name: self.name.clone(), bytes, format: self.format }
    }

    /// The document's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// The documents of all inputs, each read when its turn comes. No more than `limit` bytes of an
/// original are held, or of one line where it is JSON Lines by its name.
pub(super) fn documents(inputs: Vec<Input>, limit: u64) -> impl Iterator<Item = Work> {
    inputs.into_iter().flat_map(move |input| -> Box<dyn Iterator<Item = Work>> {
        match opened(&input) {
            Err(failure) => one(Err(failure)),
            Ok(source) if is_json_lines(&source.name) => lines(source, limit),
            Ok(source) => whole(source, limit),
        }
    })
}

/// An original that is open.
struct Source {
    name: String,
    /// Its length, where it has one before it is read.
    bytes: Option<u64>,
    modified: Option<SystemTime>,
    reader: Box<dyn BufRead>,
}

fn opened(input: &Input) -> Result<Source, Failure> {
    match input {
        Input::None(failure) => Err(failure.clone()),
        Input::Stdin => {
            let reader = Box::new(io::stdin().lock());
            Ok(Source { name: "-".to_owned(), bytes: None, modified: None, reader })
        }
        Input::File(path) => {
            let refuse = |error| Failure::of_io(path, &error);
            let file = File::open(path).map_err(refuse)?;
            let standing = file.metadata().map_err(refuse)?;
            let bytes = standing.is_file().then_some(standing.len());
            let name = path.display().to_string();
            let modified = standing.modified().ok();
            Ok(Source { name, bytes, modified, reader: Box::new(BufReader::new(file)) })
        }
    }
}

fn one(what: Result<Bytes, Failure>) -> Box<dyn Iterator<Item = Work>> {
    Box::new(std::iter::once(Work { what, is_last: true }))
}

fn is_json_lines(name: &str) -> bool {
    let ending = Path::new(name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| ending == "jsonl" || ending == "ndjson")
}

fn whole(mut source: Source, limit: u64) -> Box<dyn Iterator<Item = Work>> {
    let name = source.name;
    if let Some(bytes) = source.bytes.filter(|bytes| *bytes > limit) {
        return one(Err(refused(&name, &Refusal::TooLarge { bytes, limit })));
    }
    let mut bytes = Vec::new();
    match source.reader.by_ref().take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => return one(Err(Failure::of_io(Path::new(&name), &error))),
        Ok(read) if read as u64 > limit => return one(Err(endless(&name, limit))),
        Ok(_) => {}
    }
    let parts = Bytes::of_original(&name, &Arc::new(bytes), source.modified);
    let count = parts.len();
    if count == 0 {
        return one(Err(refused(&name, &Refusal::Empty)));
    }
    let work = move |(i, part)| Work { what: Ok(part), is_last: i + 1 == count };
    Box::new(parts.into_iter().enumerate().map(work))
}

/// The lines of an original, read one by one, so that it may be longer than memory.
fn lines(source: Source, limit: u64) -> Box<dyn Iterator<Item = Work>> {
    let name = source.name.clone();
    let mut lines = Lines { source, limit, number: 0, ended: false }.peekable();
    if lines.peek().is_none() {
        return one(Err(refused(&name, &Refusal::Empty)));
    }
    Box::new(std::iter::from_fn(move || {
        let what = lines.next()?;
        Some(Work { what, is_last: lines.peek().is_none() })
    }))
}

/// The lines of JSON Lines that are not blank.
struct Lines {
    source: Source,
    limit: u64,
    number: usize,
    ended: bool,
}

impl Lines {
    /// The next line, `None` at the end. Of a line over the limit, one byte more than that.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.source.reader.by_ref().take(self.limit + 1).read_until(b'\n', &mut line)?;
        if read as u64 > self.limit && !line.ends_with(b"\n") {
            self.source.reader.skip_until(b'\n')?;
        }
        Ok((read > 0).then_some(line))
    }
}

impl Iterator for Lines {
    type Item = Result<Bytes, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        while !self.ended {
            self.number += 1;
            let name = format!("{}#{}", self.source.name, self.number);
            let mut line = match self.line() {
                Ok(line) => line?,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Failure::of_io(Path::new(&self.source.name), &error)));
                }
            };
            if line.len() as u64 > self.limit && !line.ends_with(b"\n") {
                return Some(Err(endless(&name, self.limit)));
            }
            line.truncate(line.strip_suffix(b"\n").unwrap_or(&line).len());
            if !line.strip_prefix(MARK).unwrap_or(&line).trim_ascii().is_empty() {
                let range = 0..line.len();
                let original = Arc::new(line);
                let (format, modified) = (Format::Json, self.source.modified);
                return Some(Ok(Bytes { name, original, range, part: 0, format, modified }));
            }
        }
        None
    }
}

/// The failure of a document that intake refuses.
pub(super) fn refused(name: &str, refusal: &Refusal) -> Failure {
    Failure::new(name, refusal.kind(), refusal.to_string())
}

fn endless(name: &str, limit: u64) -> Failure {
    let says = format!("has more than {limit} bytes: raise the limit with --max-size");
    Failure::new(name, "too-large", says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(bytes: &'static [u8], limit: u64) -> Vec<String> {
        let source =
            Source { name: "a.jsonl".into(), bytes: None, modified: None, reader: Box::new(bytes) };
        let name = |work: Work| match work.what {
            Ok(bytes) => format!("{} {} {}", bytes.name, bytes.range.len(), work.is_last),
            Err(failure) => format!("{} {} {}", failure.name, failure.kind, work.is_last),
        };
        lines(source, limit).map(name).collect()
    }

    #[test]
    fn json_lines_are_read_one_by_one() {
        let read = names(b"\xEF\xBB\xBF{}\n\n  \r\n{12345678}\n{1}", 6);
        assert_eq!(read, ["a.jsonl#1 5 false", "a.jsonl#4 too-large false", "a.jsonl#5 3 true"]);
        assert_eq!(names(b"\n \n", 6), ["a.jsonl empty true"]);
    }

    #[test]
    fn a_source_over_the_limit_is_not_read_to_its_end() {
        let reader = Box::new(BufReader::new(io::repeat(b'a')));
        let source = Source { name: "-".into(), bytes: None, modified: None, reader };
        let failure = whole(source, 1000).next().unwrap().what.err().unwrap();
        assert_eq!(failure.kind, "too-large");
    }
}
