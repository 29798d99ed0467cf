//! Words as Web Annotations: every span of a record becomes the IRI of one.

use onrecord_record::{Extent, ItemId, Offset};
use serde_json::{Map, Value, json};

use super::Iris;
use super::code_points::CodePoints;

/// The characters that a quote has on either side.
const AROUND: usize = 32;

/// The fields that name other items of the record by their ids.
const REFERRING: [&str; 13] = [
    "actor",
    "by",
    "forum",
    "from",
    "items",
    "of",
    "part_of",
    "statement",
    "subject",
    "time",
    "to",
    "via",
    "within",
];

/// A record on its way to JSON-LD.
pub(super) struct Annotations<'r> {
    pub(super) iris: &'r Iris,
    pub(super) points: CodePoints<'r>,
    /// What was made so far, in the order of the record.
    pub(super) list: Vec<Value>,
}

impl Annotations<'_> {
    /// A part of the record as JSON-LD: nulls go, ids become IRIs, and so do spans, each with an
    /// annotation of its own. `item` is the fragment of the item that it belongs to, empty for the
    /// document, and `path` its way there.
    pub(super) fn value(&mut self, value: &Value, item: &str, path: &str) -> Value {
        match value {
            Value::Object(map) => match extent(map) {
                Some((extent, words)) => self.annotation(extent, words, item, path),
                None => self.object(map, item, path),
            },
            Value::Array(list) => {
                let values = list.iter().zip(1..);
                values
                    .map(|(value, i): (_, usize)| {
                        self.value(value, item, &joined(path, &i.to_string()))
                    })
                    .collect()
            }
            other => other.clone(),
        }
    }

    /// The fields of an object.
    pub(super) fn object(&mut self, map: &Map<String, Value>, item: &str, path: &str) -> Value {
        let fields = map.iter().filter(|(_, value)| !value.is_null());
        let fields = fields.map(|(key, value)| {
            let value = match REFERRING.contains(&key.as_str()) {
                true if is_reference(value) => self.reference(value),
                _ => self.value(value, item, &joined(path, key)),
            };
            (key.clone(), value)
        });
        Value::Object(fields.collect())
    }

    /// Ids as IRIs.
    fn reference(&self, value: &Value) -> Value {
        match value {
            Value::String(id) => self.iris.item(id).into(),
            Value::Array(ids) => ids.iter().map(|id| self.reference(id)).collect(),
            other => other.clone(),
        }
    }

    fn annotation(&mut self, extent: Extent, words: &str, item: &str, path: &str) -> Value {
        let part = path.strip_suffix(".span").unwrap_or(path);
        let iri = self.iris.item(&joined(item, part));
        let (prefix, suffix) = self.points.around(extent, AROUND);
        self.list.push(json!({
            "id": iri, "type": "Annotation", "motivation": "identifying",
            "body": self.iris.item(item), "part": part,
            "target": {
                "source": self.iris.document(),
                "selector": [
                    {
                        "type": "TextPositionSelector",
                        "start": self.points.before(extent.start.index()),
                        "end": self.points.before(extent.end.index()),
                    },
                    {
                        "type": "TextQuoteSelector",
                        "exact": words, "prefix": prefix, "suffix": suffix,
                    },
                ],
            },
        }));
        iri.into()
    }
}

/// The place and the words of a span; `None` for an object that is none.
fn extent(map: &Map<String, Value>) -> Option<(Extent, &str)> {
    let offset = |key| u32::try_from(map.get(key)?.as_u64()?).ok().map(Offset);
    Some((Extent::new(offset("start")?, offset("end")?), map.get("text")?.as_str()?))
}

fn is_reference(value: &Value) -> bool {
    match value {
        Value::String(id) => id.parse::<ItemId>().is_ok(),
        Value::Array(ids) => ids.iter().all(is_reference),
        _ => false,
    }
}

fn joined(path: &str, step: &str) -> String {
    if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") }
}
