//! What two readings of one document differ in.

use std::collections::BTreeMap;

use onrecord_record::{ItemId, MadeBy, Record};
use serde::Serialize;
use serde_json::Value;

use crate::review::{ItemKind, Place, places};

/// What a reading has that another of the same document has not, item by item. Items are the same
/// where they stand in the same place; ids play no part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What made the older reading; null where there was none.
    pub from: Option<MadeBy>,
    /// What made the newer one.
    pub to: MadeBy,
    /// Whether the text itself is another: then items cannot be compared by their places.
    pub text_differs: bool,
    /// Items that the newer one has and the older has not.
    pub added: Vec<Differing>,
    /// Items that the older one has and the newer has not.
    pub gone: Vec<Differing>,
    /// Items that both have with other values.
    pub changed: Vec<Changed>,
}

/// An item that one reading has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differing {
    /// Its id in the reading that has it.
    pub id: ItemId,
    /// Its kind.
    pub kind: ItemKind,
    /// Its words.
    pub words: String,
}

/// An item that both readings have.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// Its id in the newer reading.
    pub id: ItemId,
    /// Its kind.
    pub kind: ItemKind,
    /// Its words.
    pub words: String,
    /// The fields that differ, each with its older and its newer value. In place of an id stands
    /// the name or the words of the item that it names.
    pub fields: BTreeMap<String, (Value, Value)>,
}

impl Difference {
    /// Compares a reading with an older one.
    #[must_use]
    pub fn of(old: Option<&Record>, new: &Record) -> Self {
        let before = old.map(items).unwrap_or_default();
        let after = items(new);
        let text_differs = old.is_some_and(|old| old.document.text != new.document.text);
        let lone = |all: &BTreeMap<Place, (ItemId, Value)>, other: &BTreeMap<Place, _>| {
            let alone = all.iter().filter(|(place, _)| !other.contains_key(place));
            let told = alone.map(|(place, (id, _))| Differing {
                id: *id,
                kind: place.kind,
                words: place.words.clone(),
            });
            told.collect::<Vec<_>>()
        };
        let changed = after.iter().filter_map(|(place, (id, now))| {
            let (_, then) = before.get(place)?;
            let fields = fields(then, now);
            let words = place.words.clone();
            (!fields.is_empty()).then_some(Changed { id: *id, kind: place.kind, words, fields })
        });
        Self {
            from: old.map(|old| old.made_by.clone()),
            to: new.made_by.clone(),
            text_differs,
            added: lone(&after, &before),
            gone: lone(&before, &after),
            changed: changed.collect(),
        }
    }

    /// Whether the items are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}

/// The fields in which two objects differ.
fn fields(then: &Value, now: &Value) -> BTreeMap<String, (Value, Value)> {
    let (Some(then), Some(now)) = (then.as_object(), now.as_object()) else {
        return BTreeMap::new();
    };
    let names: std::collections::BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let differ = names.into_iter().filter_map(|name| {
        let value = |of: &serde_json::Map<String, Value>| of.get(name).cloned().unwrap_or_default();
        let (then, now) = (value(then), value(now));
        (then != now).then(|| (name.clone(), (then, now)))
    });
    differ.collect()
}

/// The items of a record by their places, without ids of their own, and with words or names in
/// place of the ids of others.
fn items(record: &Record) -> BTreeMap<Place, (ItemId, Value)> {
    let json = serde_json::to_value(record).unwrap_or_default();
    let places = places(record);
    let called: BTreeMap<String, String> =
        places.iter().map(|(id, place)| (id.to_string(), place.words.clone())).collect();
    let mut called = called;
    for actor in &record.actors {
        called.insert(actor.id.to_string(), actor.name.clone());
    }
    let mut of_kind: BTreeMap<String, Value> = BTreeMap::new();
    for kind in [
        ItemKind::Time,
        ItemKind::Actor,
        ItemKind::Statement,
        ItemKind::Allegation,
        ItemKind::Figure,
        ItemKind::Proceeding,
    ] {
        for item in json[kind.list()].as_array().into_iter().flatten() {
            let id = item["id"].as_str().unwrap_or_default().to_owned();
            of_kind.insert(id, item.clone());
        }
    }
    let item = |(id, place): (ItemId, Place)| {
        let mut value = of_kind.remove(&id.to_string())?;
        value.as_object_mut()?.remove("id");
        named(&mut value, &called, "");
        Some((place, (id, value)))
    };
    places.into_iter().filter_map(item).collect()
}

/// Puts names in place of ids. Words of the text stay as they are.
fn named(value: &mut Value, called: &BTreeMap<String, String>, field: &str) {
    match value {
        Value::String(id) if !matches!(field, "text" | "name" | "title" | "lemma" | "value") => {
            if let Some(name) = called.get(id) {
                *id = name.clone();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| named(value, called, field)),
        Value::Object(fields) => {
            for (field, value) in fields {
                named(value, called, field);
            }
        }
        _ => {}
    }
}
