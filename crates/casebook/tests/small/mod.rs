//! A small case of invented documents, and its whole proof.
#![allow(dead_code, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

pub(crate) mod luck;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use onrecord_casebook::{Case, DocumentKey, Given, How, Reading, System, Taken};
use onrecord_ledger::{Audit, Salt};
use onrecord_record::{MadeBy, Record, Sha256};

pub(crate) fn record(text: &str) -> Record {
    let source = serde_json::json!({
        "name": "a.txt", "media_type": "text/plain", "bytes": text.len(),
        "sha256": Sha256::of(text.as_bytes()),
    });
    let document = serde_json::json!({
        "id": Sha256::of(text.as_bytes()), "source": source, "title": "Harbour fire",
        "byline": null, "agency": null, "outlet": null, "url": null, "published": null,
        "dateline": null, "language": "en", "headings": [], "origins": [], "notices": [],
        "text": text,
    });
    let made_by = MadeBy { onrecord: "0".into(), pack: None, model: None };
    Record::of_document(made_by, serde_json::from_value(document).unwrap())
}

pub(crate) fn taken(name: &str, text: &str) -> Taken {
    let made_by = MadeBy { onrecord: "0".into(), pack: None, model: None };
    Taken {
        key: DocumentKey { original: Sha256::of(text.as_bytes()), part: 0 },
        original: Arc::new(text.as_bytes().to_vec()),
        name: name.into(),
        how: How::File,
        modified: None,
        given: Given::default(),
        read: Some(Reading { made_by, outcome: Ok(record(text)) }),
    }
}

pub(crate) fn case_of(path: &Path, texts: &[(&str, &str)]) -> Case {
    let mut case = Case::new(path, "tester", &System::real()).unwrap();
    let mut taking = case.taking();
    for (name, text) in texts {
        taking.take(taken(name, text)).unwrap();
    }
    taking.flush().unwrap();
    case
}

/// The whole ledger against its checkpoint and the acts in the store.
pub(crate) fn audit(case: &Case) -> Audit {
    let seen = case.ledger().seen(&case.trust().unwrap()).unwrap().unwrap();
    let entries = case.store().entries_from(0, u32::MAX).unwrap();
    let openings: BTreeMap<u64, (Salt, Vec<u8>)> =
        entries.into_iter().map(|entry| (entry.index, (entry.salt, entry.bytes))).collect();
    Audit::of(&seen.checkpoint, &case.ledger(), &openings)
}
