//! Records made by hand, for tests of what is done with records.
#![allow(dead_code)]

use std::path::Path;
use std::sync::Arc;

use onrecord_casebook::{Case, DocumentKey, Given, How, Reading, System, Taken};
use onrecord_record::{Extent, MadeBy, Record, Sha256};
use serde_json::{Value, json};

/// A story that is being told.
pub(crate) struct Story {
    record: Value,
    text: String,
}

impl Story {
    pub(crate) fn of(text: &str) -> Self {
        let made_by = MadeBy { onrecord: "0".into(), pack: None, model: None };
        let hash = Sha256::of(text.as_bytes());
        let document = json!({
            "id": hash, "source": {
                "name": "a.txt", "media_type": "text/plain", "bytes": text.len(), "sha256": hash,
            },
            "title": null, "byline": null, "agency": null, "outlet": null, "url": null,
            "published": null, "dateline": null, "language": "en", "headings": [], "origins": [],
            "notices": [], "text": text,
        });
        let record = Record::of_document(made_by, serde_json::from_value(document).unwrap());
        Self { record: serde_json::to_value(record).unwrap(), text: text.to_owned() }
    }

    /// A field of the document.
    pub(crate) fn told(mut self, field: &str, value: Value) -> Self {
        self.record["document"][field] = value;
        self
    }

    pub(crate) fn made_by(mut self, onrecord: &str) -> Self {
        self.record["made_by"]["onrecord"] = json!(onrecord);
        self
    }

    fn span(&self, words: &str) -> Value {
        let start = self.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
        json!(Extent::at(start..start + words.len()).span(&self.text).unwrap())
    }

    fn add(mut self, list: &str, letter: char, mut item: Value) -> Self {
        let items = self.record[list].as_array_mut().unwrap();
        item["id"] = json!(format!("{letter}{}", items.len() + 1));
        items.push(item);
        self
    }

    pub(crate) fn actor(self, name: &str) -> Self {
        let span = self.span(name);
        let mentions = json!([{ "span": span, "form": "name" }]);
        let item = json!({
            "name": name, "kind": "other", "mentions": mentions, "roles": [], "relations": [],
            "confidence": 0.9,
        });
        self.add("actors", 'a', item)
    }

    /// A statement of an actor (`a1`), or of a source without a name (its words).
    pub(crate) fn statement(self, words: &str, source: &str, act: &str, fields: &Value) -> Self {
        let source = if source.starts_with('a') && source.len() == 2 {
            json!({ "kind": "actor", "actor": source, "span": null })
        } else {
            json!({ "kind": "unnamed", "actor": null, "span": self.span(source) })
        };
        let span = self.span(words);
        let mut item = json!({
            "span": span, "source": source, "cue": null, "content": [span], "act": act,
            "manner": "indirect", "polarity": "affirmed", "said": null, "medium": null, "to": [],
            "via": [], "within": null, "confidence": 0.9,
        });
        overlay(&mut item, fields);
        self.add("statements", 's', item)
    }

    pub(crate) fn allegation(
        self,
        words: &str,
        taxon: &str,
        accused: &str,
        by: &str,
        fields: &Value,
    ) -> Self {
        let span = self.span(words);
        let mut item = json!({
            "conduct": [{ "taxon": taxon, "span": span }],
            "accused": [{ "actor": accused, "degree": null, "span": span }],
            "by": [by], "victims": [], "when": null, "where": null, "standing": "alleged",
            "limits": [], "responses": [], "confidence": 0.9,
        });
        overlay(&mut item, fields);
        self.add("allegations", 'g', item)
    }

    pub(crate) fn figure(self, words: &str, counted: &str, low: f64, fields: &Value) -> Self {
        let mut item = json!({
            "span": self.span(words), "counted": counted, "low": low, "high": low,
            "approximate": false, "as_said": null, "of": null, "part_of": null, "when": null,
            "as_of": null, "where": null, "statement": null,
            "source": { "kind": "narrator", "actor": null }, "confidence": 0.9,
        });
        overlay(&mut item, fields);
        self.add("figures", 'f', item)
    }

    pub(crate) fn link(mut self, from: &str, to: &str, kind: &str) -> Self {
        let link = json!({ "from": from, "to": to, "kind": kind, "confidence": 0.9 });
        self.record["links"].as_array_mut().unwrap().push(link);
        self
    }

    pub(crate) fn check(mut self, kind: &str, items: &[&str], holds: bool) -> Self {
        let check = json!({ "kind": kind, "items": items, "holds": holds, "says": "They differ.", "confidence": 0.9 });
        self.record["checks"].as_array_mut().unwrap().push(check);
        self
    }

    /// The record, which keeps the contract.
    pub(crate) fn record(self) -> Record {
        let record: Record = serde_json::from_value(self.record).unwrap();
        assert_eq!(record.breaches(), []);
        record
    }
}

fn overlay(item: &mut Value, fields: &Value) {
    for (name, value) in fields.as_object().into_iter().flatten() {
        item[name] = value.clone();
    }
}

pub(crate) fn taken(name: &str, record: Record) -> Taken {
    let text = record.document.text.as_bytes().to_vec();
    let made_by = record.made_by.clone();
    Taken {
        key: DocumentKey { original: Sha256::of(&text), part: 0 },
        original: Arc::new(text),
        name: name.into(),
        how: How::File,
        modified: None,
        given: Given::default(),
        read: Some(Reading { made_by, outcome: Ok(record) }),
    }
}

/// A case of records, which are `d1`, `d2` and so on.
pub(crate) fn case_of(path: &Path, records: Vec<Record>) -> Case {
    let mut case = Case::new(path, "tester", &System::real()).unwrap();
    let mut taking = case.taking();
    for (turn, record) in records.into_iter().enumerate() {
        taking.take(taken(&format!("story-{}.txt", turn + 1), record)).unwrap();
    }
    taking.flush().unwrap();
    case
}
