//! Records from the files that `onrecord read` wrote.

use std::path::Path;

use onrecord_record::Record;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::failure::Failure;

/// A record, or why there is none.
pub(crate) type Outcome = Result<Record, Failure>;

/// A record or what stands in its place, by the name of its document or its place in the file.
pub(crate) struct Found {
    /// The file, with `#` and a number from 1 where it holds several.
    pub(crate) name: String,
    pub(crate) what: Outcome,
}

/// What json and jsonl hold for a document that was not read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    error: Failure,
}

/// The records of a file: one, an array, or JSON Lines; `-` is standard input.
///
/// # Errors
/// Where the file cannot be read or holds no JSON.
pub(crate) fn load(path: &Path) -> Result<Vec<Found>, Failure> {
    let name = path.display().to_string();
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    }
    .map_err(|error| Failure::of_io(path, &error))?;
    parse(&name, &bytes)
}

fn parse(name: &str, bytes: &[u8]) -> Result<Vec<Found>, Failure> {
    let is_array = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'[');
    let values: Vec<&[u8]> = if is_array {
        let raw: Result<Vec<&serde_json::value::RawValue>, _> = serde_json::from_slice(bytes);
        raw.map_err(|e| no_json(name, &e))?.iter().map(|raw| raw.get().as_bytes()).collect()
    } else {
        let mut values = Vec::new();
        let mut stream = serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
        let mut start = 0;
        while let Some(value) = stream.next() {
            value.map_err(|e| no_json(name, &e))?;
            values.push(&bytes[start..stream.byte_offset()]);
            start = stream.byte_offset();
        }
        values
    };
    if values.is_empty() {
        let says = "holds no record: give a file that onrecord read wrote as json or jsonl";
        return Err(Failure::new(name, "no-record", says));
    }
    let several = values.len() > 1;
    let one = |(i, value): (usize, &&[u8])| {
        let name = if several { format!("{name}#{}", i + 1) } else { name.to_owned() };
        let what = record(&name, value);
        Found { name, what }
    };
    Ok(values.iter().enumerate().map(one).collect())
}

fn record(name: &str, value: &[u8]) -> Outcome {
    match serde_json::from_slice::<Record>(value) {
        Ok(record) => Ok(record),
        Err(error) => match serde_json::from_slice::<Kept>(value) {
            Ok(kept) => Err(kept.error),
            Err(_) => Err(Failure::new(name, NO_RECORD, format!("is no record ({error})"))),
        },
    }
}

/// The kind of the failure of a value that is neither a record nor a kept error.
pub(crate) const NO_RECORD: &str = "no-record";

fn no_json(name: &str, error: &serde_json::Error) -> Failure {
    let says =
        format!("is no JSON ({error}): give a file that onrecord read wrote as json or jsonl");
    Failure::new(name, NO_RECORD, says)
}
