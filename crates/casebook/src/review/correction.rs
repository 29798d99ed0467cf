//! Corrections: an item with some of its fields as a reviewer says they are.

use std::fmt;

use onrecord_record::{Extent, ItemId, Offset, Record, Span};
use serde_json::{Map, Value, json};

use super::place::{ItemKind, Place, places};
use crate::days::days;
use crate::search::fold;

/// A correction that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCorrection {
    /// The field with what it was to be.
    pub change: String,
    /// What is wrong and what to do.
    pub cause: CorrectionFault,
}

/// Why a correction cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorrectionFault {
    /// It is not of the form `field=value`.
    #[error("is no correction: give a field and its value, as act=deny")]
    NoValue,
    /// The item has no such field.
    #[error("its item has no such field: one of {known}")]
    NoField {
        /// Those it has.
        known: String,
    },
    /// The record's types do not allow the value.
    #[error("the field does not take this value ({says})")]
    BadValue {
        /// What they say.
        says: String,
    },
    /// No actor of the record has this id or name.
    #[error("no actor of this document is called so: give its name in full, or its id such as a3")]
    NoActor,
    /// Two actors have this name.
    #[error("several actors of this document are called so: give the id, such as a3")]
    SeveralActors,
    /// It is no date.
    #[error("is no date: give one as 2026, 2026-03 or 2026-03-03")]
    NoDate,
    /// It is no range of the text.
    #[error(
        "is no range of the document's text: give the first byte and the one past the last, as 120..154"
    )]
    NoRange,
    /// The record breaks its contract with it.
    #[error("the record cannot hold this ({breach})")]
    Breach {
        /// How.
        breach: String,
    },
    /// The item would be as it was.
    #[error("changes nothing: the item is so already")]
    NoChange,
}

impl fmt::Display for BadCorrection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.change, self.cause)
    }
}

impl std::error::Error for BadCorrection {}

/// An item before and after a correction, as JSON, with the fields that were changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Corrected {
    pub(crate) before: Value,
    pub(crate) after: Value,
    pub(crate) changes: Map<String, Value>,
}

/// The JSON of an item of a record.
pub(crate) fn json_of(record: &Value, item: ItemId) -> Value {
    let kind = ItemKind::of(item);
    let id = item.to_string();
    let items = record.get(kind.list()).and_then(Value::as_array);
    let found = items.into_iter().flatten().find(|value| value["id"] == id.as_str());
    found.cloned().unwrap_or_default()
}

/// Corrects an item of a record by changes of the form `field=value`.
pub(crate) fn corrected(
    record: &Record,
    item: ItemId,
    changes: &[String],
) -> Result<Corrected, BadCorrection> {
    let whole = |record: &Record| serde_json::to_value(record).unwrap_or_default();
    let mut json = whole(record);
    let before = json_of(&json, item);
    let mut after = before.clone();
    let mut made = Map::new();
    let mut tried = record.clone();
    for change in changes {
        let fail = |cause| BadCorrection { change: change.clone(), cause };
        let (field, value) =
            change.split_once('=').ok_or_else(|| fail(CorrectionFault::NoValue))?;
        let (field, value) = (field.trim(), value.trim());
        // Taxa are told within the conduct.
        let field = if field == "taxon" { "conduct" } else { field };
        let fields = after.as_object().cloned().unwrap_or_default();
        if field == "id" || !fields.contains_key(field) {
            let known: Vec<&str> =
                fields.keys().map(String::as_str).filter(|name| *name != "id").collect();
            return Err(fail(CorrectionFault::NoField { known: known.join(", ") }));
        }
        let asked = Field { record, item, name: field, before: &before };
        after[field] = asked.value(value).map_err(&fail)?;
        replace(&mut json, item, &after);
        tried = serde_json::from_value(json.clone())
            .map_err(|error| fail(CorrectionFault::BadValue { says: error.to_string() }))?;
        // As the record writes it.
        after = json_of(&whole(&tried), item);
        if after[field] == before[field] {
            return Err(fail(CorrectionFault::NoChange));
        }
        made.insert(field.to_owned(), after[field].clone());
    }
    match tried.breaches().first() {
        None => Ok(Corrected { before, after, changes: made }),
        Some(breach) => {
            let cause = CorrectionFault::Breach { breach: breach.to_string() };
            Err(BadCorrection { change: changes.join(" "), cause })
        }
    }
}

fn replace(record: &mut Value, item: ItemId, after: &Value) {
    let id = item.to_string();
    let items = record.get_mut(ItemKind::of(item).list()).and_then(Value::as_array_mut);
    for value in items.into_iter().flatten().filter(|value| value["id"] == id.as_str()) {
        *value = after.clone();
    }
}

/// A field of an item that is to have a value.
struct Field<'r> {
    record: &'r Record,
    item: ItemId,
    name: &'r str,
    before: &'r Value,
}

impl Field<'_> {
    /// The value as JSON: written as JSON itself, or in the short form that the field has.
    fn value(&self, value: &str) -> Result<Value, CorrectionFault> {
        if value.is_empty() || value == "null" {
            return Ok(Value::Null);
        }
        if value.starts_with(['{', '[']) {
            let json = serde_json::from_str(value);
            return json.map_err(|error| CorrectionFault::BadValue { says: error.to_string() });
        }
        let list = || value.split(',').map(str::trim);
        match self.name {
            "source" => self.source(value),
            "said" | "when" | "as_of" => match days(value) {
                Some(_) => Ok(json!({ "value": value, "time": null })),
                None => Err(CorrectionFault::NoDate),
            },
            "span" | "as_said" => self.span(value).map(|span| json!(span)),
            "where" => self.span(value).map(|span| json!({ "span": span })),
            "content" | "limits" => {
                list().map(|range| self.span(range).map(|span| json!(span))).collect()
            }
            "conduct" => {
                let place = self.place();
                let words = Extent::new(Offset(place.start), Offset(place.end));
                let span = words.span(&self.record.document.text);
                Ok(list().map(|code| json!({ "taxon": code, "span": span })).collect())
            }
            "accused" => list()
                .map(|name| {
                    let actor = self.actor(name)?;
                    let mention = actor.mentions.first().ok_or(CorrectionFault::NoActor)?;
                    Ok(json!({ "actor": actor.id, "degree": null, "span": mention.span }))
                })
                .collect(),
            "to" | "via" => list().map(|name| Ok(json!(self.actor(name)?.id))).collect(),
            "by" => Ok(list().map(Value::from).collect()),
            "forum" | "subject" => Ok(json!(self.actor(value)?.id)),
            "low" | "high" | "confidence" => match value.replace([',', '_'], "").parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(json!(number)),
                _ => Err(CorrectionFault::BadValue { says: "expected a number".to_owned() }),
            },
            _ => Ok(match value {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                word => Value::from(word),
            }),
        }
    }

    /// Whose it is: `narrator`, `unnamed`, or an actor.
    fn source(&self, value: &str) -> Result<Value, CorrectionFault> {
        let mut source = match value {
            "narrator" | "unnamed" => json!({ "kind": value, "actor": null }),
            name => json!({ "kind": "actor", "actor": self.actor(name)?.id }),
        };
        if let Some(words) = self.before["source"].get("span") {
            // Of a statement: its words stay where only who they mean was wrong.
            source["span"] = words.clone();
        }
        Ok(source)
    }

    /// The actor of an id or a name.
    fn actor(&self, name: &str) -> Result<&onrecord_record::Actor, CorrectionFault> {
        if let Ok(id) = name.parse() {
            return self.record.actor(id).ok_or(CorrectionFault::NoActor);
        }
        let mut actors = self.record.actors.iter().filter(|actor| fold(&actor.name) == fold(name));
        match (actors.next(), actors.next()) {
            (Some(actor), None) => Ok(actor),
            (None, _) => Err(CorrectionFault::NoActor),
            (Some(_), Some(_)) => Err(CorrectionFault::SeveralActors),
        }
    }

    fn span(&self, range: &str) -> Result<Span, CorrectionFault> {
        let extent = || {
            let (start, end) = range.split_once("..")?;
            let extent = Extent::new(Offset(start.parse().ok()?), Offset(end.parse().ok()?));
            extent.span(&self.record.document.text).filter(|span| !span.text.is_empty())
        };
        extent().ok_or(CorrectionFault::NoRange)
    }

    fn place(&self) -> Place {
        let mut places = places(self.record).into_iter();
        let place = places.find_map(|(id, place)| (id == self.item).then_some(place));
        place.unwrap_or_else(|| Place {
            kind: ItemKind::of(self.item),
            start: 0,
            end: 0,
            words: String::new(),
            turn: 0,
        })
    }
}
