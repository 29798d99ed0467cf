//! A file in documents: which format it has, and where each of its documents stands.

use std::borrow::Cow;

/// The bytes of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'b> {
    /// Its name: the file's, with `#` and the line for a line of JSON Lines.
    pub name: String,
    /// Its bytes.
    pub bytes: &'b [u8],
    /// Its format.
    pub format: Format,
}

/// Formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// An HTML page.
    Html,
    /// One JSON object.
    Json,
    /// A PDF, which is not read yet.
    Pdf,
    /// A known format that is no text, named as a message names it.
    Binary(&'static str),
}

impl Format {
    /// Its media type, as the record gives it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Json => "application/json",
            Self::Pdf => "application/pdf",
            Self::Binary(_) => "application/octet-stream",
        }
    }
}

/// The documents of a file, in order: one for each line that is not blank where the file is JSON
/// Lines, otherwise one. The format is told from the content first (magic numbers, a doctype),
/// then from the name.
#[must_use]
pub fn units<'b>(name: &str, bytes: &'b [u8]) -> Units<'b> {
    let format = format(name, bytes);
    let lines = format == Format::Json && by_line(name, bytes);
    Units { name: name.to_owned(), format, lines, rest: Some(bytes), line: 0 }
}

/// The documents of a file: what [`units`] gives.
#[derive(Debug, Clone)]
pub struct Units<'b> {
    name: String,
    format: Format,
    lines: bool,
    rest: Option<&'b [u8]>,
    line: usize,
}

impl<'b> Iterator for Units<'b> {
    type Item = Unit<'b>;

    fn next(&mut self) -> Option<Unit<'b>> {
        if !self.lines {
            let name = self.name.clone();
            return self.rest.take().map(|bytes| Unit { name, bytes, format: self.format });
        }
        while let Some(rest) = self.rest {
            let (bytes, after) = first_line(rest);
            self.rest = after;
            self.line += 1;
            if !without_mark(bytes).trim_ascii().is_empty() {
                let name = format!("{}#{}", self.name, self.line);
                return Some(Unit { name, bytes, format: Format::Json });
            }
        }
        None
    }
}

fn first_line(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(at) => (&bytes[..at], Some(&bytes[at + 1..])),
        None => (bytes, None),
    }
}

/// The bytes less a UTF-8 byte-order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// What files that are no text begin with, after the registries of their formats.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1F\x8B", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\x00", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"\x89PNG\r\n\x1A\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a RIFF sound, film or picture"),
    (b"OggS", "an Ogg sound or film"),
    (b"fLaC", "a FLAC sound"),
    (b"ID3", "an MP3 sound"),
    (b"\x1A\x45\xDF\xA3", "a Matroska film"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xCA\xFE\xBA\xBE", "a program"),
    (b"\xCF\xFA\xED\xFE", "a program"),
    (b"\x00asm", "a WebAssembly module"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"{\\rtf", "an RTF document"),
];

fn format(name: &str, bytes: &[u8]) -> Format {
    if bytes.starts_with(b"%PDF-") {
        return Format::Pdf;
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Format::Binary(what);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Format::Binary("an MPEG-4 film or sound");
    }
    let start = opening(bytes);
    if ["<!doctype html", "<html", "<head>", "<body"].iter().any(|tag| start.starts_with(tag)) {
        return Format::Html;
    }
    match extension(name).as_deref() {
        Some("html" | "htm" | "xhtml" | "shtml") => Format::Html,
        Some("jsonl" | "ndjson" | "json") => Format::Json,
        Some("txt" | "text" | "md") => Format::Text,
        _ if start.starts_with('{') && holds_object(first_line(bytes).0) => Format::Json,
        _ => Format::Text,
    }
}

fn extension(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

/// The first characters in lower case, after marks of byte order, white space, an XML declaration
/// and comments; UTF-16 is read for its ASCII letters.
fn opening(bytes: &[u8]) -> String {
    let head: Vec<u8> = bytes.iter().take(4096).copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let skip = |c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{FFFD}';
    let mut text = text.trim_start_matches(skip);
    for (open, close) in [("<?xml", "?>"), ("<!--", "-->"), ("<!--", "-->")] {
        if text.starts_with(open)
            && let Some((_, after)) = text.split_once(close)
        {
            text = after.trim_start_matches(skip);
        }
    }
    text.to_owned()
}

/// Whether a file of JSON is one of JSON Lines: by its name, or because its first line holds an
/// object whole and another follows.
fn by_line(name: &str, bytes: &[u8]) -> bool {
    if matches!(extension(name).as_deref(), Some("jsonl" | "ndjson")) {
        return true;
    }
    let bytes = without_mark(bytes).trim_ascii_start();
    let (first, rest) = first_line(bytes);
    let follows = rest.is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"));
    follows && holds_object(first)
}

fn holds_object(line: &[u8]) -> bool {
    let line: Cow<'_, str> = String::from_utf8_lossy(without_mark(line));
    let object = line.trim_start().starts_with('{');
    object && serde_json::from_str::<serde::de::IgnoredAny>(&line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str, bytes: &[u8]) -> Vec<String> {
        units(name, bytes).map(|unit| unit.name).collect()
    }

    fn told(name: &str, bytes: &[u8]) -> Format {
        units(name, bytes).next().unwrap().format
    }

    #[test]
    fn each_line_of_json_lines_that_is_not_blank_is_a_document() {
        let bytes = b"\xEF\xBB\xBF{\"text\": 1}\n\n  \r\n{\"text\": 2}\r\n{broken";
        assert_eq!(names("a.jsonl", bytes), ["a.jsonl#1", "a.jsonl#4", "a.jsonl#5"]);
        assert_eq!(names("a.json", bytes), ["a.json#1", "a.json#4", "a.json#5"]);
        assert_eq!(names("a.json", b"{\n\"text\": 1}\n"), ["a.json"]);
        assert_eq!(names("-", b"{\"text\": 1}\n{\"text\": 2}\n"), ["-#1", "-#2"]);
    }

    #[test]
    fn content_tells_the_format_before_the_name() {
        assert_eq!(told("a.txt", b"<!-- x -->\n<!DOCTYPE HTML><p>"), Format::Html);
        assert_eq!(told("a", b"\xFF\xFE<\0h\0t\0m\0l\0>\0"), Format::Html);
        assert_eq!(told("a.html", b"%PDF-1.7"), Format::Pdf);
        assert_eq!(told("a.txt", b"PK\x03\x04.."), Format::Binary(MAGIC[0].1));
        assert_eq!(told("a.htm", b"no tag"), Format::Html);
        assert_eq!(told("a", b"{braces} in a sentence"), Format::Text);
        assert_eq!(told("a.b/c", b""), Format::Text);
    }

    #[test]
    fn an_empty_json_lines_file_has_no_document_and_any_other_file_one() {
        assert_eq!(units("a.jsonl", b"\n\n").count(), 0);
        assert_eq!(units("a.txt", b"").count(), 1);
    }
}
