//! A small case of the records that the program's own tests are shown by.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::Path;
use std::sync::Arc;

use onrecord_casebook::{Case, DocumentKey, Given, How, Reading, System, Taken};
use onrecord_record::{Record, Sha256};

/// The record of `examples/clinic.txt`.
pub(crate) const CLINIC: &str = include_str!("../../../cli/tests/fixtures/rich.json");
/// The record of a longer story.
pub(crate) const VALLEY: &str = include_str!("../../../cli/tests/fixtures/valley.json");

/// A record as it came from a story, with an original that is its text.
pub(crate) fn taken(json: &str, name: &str) -> Taken {
    let mut record: Record = serde_json::from_str(json).unwrap();
    let original = record.document.text.clone().into_bytes();
    let hash = Sha256::of(&original);
    record.document.source.name = name.to_owned();
    record.document.source.sha256 = hash;
    record.document.source.bytes = original.len() as u64;
    Taken {
        key: DocumentKey { original: hash, part: 0 },
        original: Arc::new(original),
        name: name.to_owned(),
        how: How::File,
        modified: None,
        given: Given::default(),
        read: Some(Reading { made_by: record.made_by.clone(), outcome: Ok(record) }),
    }
}

/// A case with the clinic's story as d1 and the valley's as d2.
pub(crate) fn case(path: &Path) -> Case {
    let mut case = Case::new(path, "tester", &System::real()).unwrap();
    let mut taking = case.taking();
    taking.take(taken(CLINIC, "clinic.txt")).unwrap();
    taking.take(taken(VALLEY, "valley.txt")).unwrap();
    taking.flush().unwrap();
    case
}

/// A document of a few words, with nothing read from it.
pub(crate) fn short(name: &str, text: &str) -> Taken {
    let mut record: Record = serde_json::from_str(CLINIC).unwrap();
    record.document.text = text.to_owned();
    record.document.id = Sha256::of(text.as_bytes());
    record.document.headings.clear();
    let record = Record::of_document(record.made_by, record.document);
    taken(&serde_json::to_string(&record).unwrap(), name)
}
