//! What the store says against the acts that the ledger commits to: each row names the act that
//! made it, and no act is left over.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_ledger::{Openings, Salt};
use onrecord_record::Sha256;
use serde_json::Value;

use super::{Flaw, Verified, WINDOW};
use crate::error::Error;
use crate::key::DocumentId;
use crate::review::is_as_told;
use crate::store::sqlite::Sqlite;
use crate::store::{DocumentRow, Entry, Items, Store, all_documents};
use crate::system::System;

const STORE: &str = "case.db";

/// The acts of a store, a window of them at hand.
pub(super) struct Opened<'s> {
    store: &'s dyn Store,
    window: RefCell<(u64, Vec<Entry>)>,
}

impl<'s> Opened<'s> {
    pub(super) fn of(store: &'s dyn Store) -> Self {
        Self { store, window: RefCell::new((0, Vec::new())) }
    }
}

impl Openings for Opened<'_> {
    fn opening(&self, index: u64) -> Option<(Salt, Vec<u8>)> {
        let mut window = self.window.borrow_mut();
        let first = index - index % u64::from(WINDOW);
        if window.0 != first || window.1.is_empty() {
            // What the store cannot give is told where its acts are counted.
            *window = (first, self.store.entries_from(first, WINDOW).unwrap_or_default());
        }
        let place = window.1.binary_search_by_key(&index, |entry| entry.index).ok()?;
        window.1.get(place).map(|entry| (entry.salt, entry.bytes.clone()))
    }
}

/// Holds the rows of a store against its acts, each record against the hash in its act, and where
/// asked the tables of items against the record.
pub(super) fn verify(
    store: &dyn Store,
    system: &System,
    deep: bool,
    verified: &mut Verified,
) -> Result<(), Error> {
    let mut walk = Walk {
        store,
        scratch: if deep { Some(Sqlite::scratch(system)?) } else { None },
        told: BTreeSet::new(),
        removed: BTreeMap::new(),
        verified,
    };
    walk.verified.records = Some(0);
    if deep {
        walk.verified.items = Some(0);
    }
    for row in all_documents(store) {
        walk.document(&row?)?;
    }
    walk.reviews()?;
    walk.left_over()
}

struct Walk<'v> {
    store: &'v dyn Store,
    scratch: Option<Sqlite>,
    /// The acts that a row names.
    told: BTreeSet<u64>,
    /// The documents that were removed, with their reasons.
    removed: BTreeMap<DocumentId, String>,
    verified: &'v mut Verified,
}

impl Walk<'_> {
    fn document(&mut self, row: &DocumentRow) -> Result<(), Error> {
        let id = row.id;
        let sightings = self.store.sightings(id)?;
        if sightings.is_empty() {
            self.verified.flaw(STORE, format!("{id}: no act took it in"));
        }
        for sighting in sightings {
            let what = format!("{id}: where it was seen ({})", sighting.name);
            self.act(sighting.entry, &what, |act, kind| {
                let bytes = act["bytes"].as_u64();
                let fits = match kind {
                    "add" => bytes == Some(row.bytes),
                    _ => kind == "seen",
                };
                fits && of(act, row) && act["name"] == *sighting.name
            })?;
        }
        if let Some(reason) = &row.removed {
            self.removed.insert(id, reason.clone());
        }
        for reading in self.store.readings(id)? {
            let what = format!("{id}: reading {}", reading.id);
            let hash = reading.record.map(|hash| hash.to_string());
            self.act(reading.entry, &what, |act, kind| {
                let same = match kind {
                    "read" => hash.as_deref() == act["record"].as_str(),
                    _ => kind == "unread" && reading.failure.as_deref() == act["says"].as_str(),
                };
                same && of(act, row)
            })?;
            let Some(hash) = reading.record.filter(|_| row.removed.is_none()) else { continue };
            let entry = Some(reading.entry..reading.entry + 1);
            let flaw = |says: &str| Flaw {
                entries: entry.clone(),
                ..Flaw::of(STORE, format!("{what}: {says}"))
            };
            match self.store.json(reading.id) {
                Ok(Some(json)) if Sha256::of(&json) == hash => {
                    *self.verified.records.get_or_insert(0) += 1;
                }
                Ok(Some(_)) => {
                    let says = "its record is not what the act committed to";
                    self.verified.flaws.push(flaw(says));
                }
                Ok(None) => self.verified.flaws.push(flaw("its record is missing")),
                Err(error) => self.verified.flaws.push(flaw(&error.to_string())),
            }
        }
        self.items(row)
    }

    /// Holds the row that names an act against it.
    fn act(
        &mut self,
        index: u64,
        what: &str,
        fits: impl FnOnce(&Value, &str) -> bool,
    ) -> Result<(), Error> {
        let entry = self.store.entry(index)?;
        let act: Value =
            entry.and_then(|entry| serde_json::from_slice(&entry.bytes).ok()).unwrap_or_default();
        let is_new = self.told.insert(index);
        if !(is_new && fits(&act, act["act"].as_str().unwrap_or_default())) {
            let what = format!("{what} is not what its act says");
            let flaw = Flaw { entries: Some(index..index + 1), ..Flaw::of(STORE, what) };
            self.verified.flaws.push(flaw);
        }
        Ok(())
    }

    /// Holds every decision of a reviewer against its act.
    fn reviews(&mut self) -> Result<(), Error> {
        let mut reviews = Vec::new();
        self.store.each_review(false, &mut |document, review| {
            reviews.push((document, review));
            Ok(())
        })?;
        for (document, review) in reviews {
            let what = format!("{document}: the decision of {} on {}", review.by, review.item);
            self.act(review.entry, &what, |act, _| is_as_told(document, &review, act))?;
        }
        Ok(())
    }

    /// Holds the tables of items against the record.
    fn items(&mut self, row: &DocumentRow) -> Result<(), Error> {
        let Some(scratch) = &mut self.scratch else { return Ok(()) };
        let Ok(record) = self.store.record(row.id) else {
            // The record was named as not what its act says.
            return Ok(());
        };
        if let Some(record) = &record {
            scratch.put_items(row.id, record)?;
        }
        let (right, found) = (scratch.item_rows(row.id)?, self.store.item_rows(row.id)?);
        scratch.remove_items(row.id)?;
        let document = record.as_ref().map(|record| &record.document);
        let told = [&row.title, &row.outlet, &row.agency, &row.published];
        let same = document.is_none_or(|document| {
            let published = document.published.as_ref().map(|published| published.value.clone());
            told == [&document.title, &document.outlet, &document.agency, &published]
        });
        if right == found && same {
            self.verified.items = self.verified.items.map(|items| items + 1);
            return Ok(());
        }
        let differs = found.iter().find(|row| !right.contains(row));
        let differs = differs.or_else(|| right.iter().find(|row| !found.contains(row)));
        let where_ = differs.map_or("document", |row| row.split(' ').next().unwrap_or_default());
        let what = format!("{}: the table {where_} is not what its record says", row.id);
        self.verified.flaw(STORE, what);
        Ok(())
    }

    /// Acts that no row names.
    fn left_over(mut self) -> Result<(), Error> {
        let mut first = 0;
        loop {
            let entries = self.store.entries_from(first, WINDOW)?;
            let Some(last) = entries.last() else { break };
            first = last.index + 1;
            for Entry { index, bytes, .. } in entries {
                if self.told.contains(&index) {
                    continue;
                }
                let act: Value = serde_json::from_slice(&bytes).unwrap_or_default();
                let id = act["id"].as_str().unwrap_or_default();
                let what = match act["act"].as_str() {
                    Some("add" | "seen") => format!("{id}: taken in, and not in the store"),
                    // What was decided on a document goes with it.
                    Some("review")
                        if id.parse().is_ok_and(|id| !self.removed.contains_key(&id)) =>
                    {
                        format!("{id}: a decision that is not in the store")
                    }
                    Some("read" | "unread") => format!("{id}: a reading that is not in the store"),
                    Some("remove") => {
                        let id = id.parse().ok();
                        let told = id.and_then(|id| self.removed.remove(&id));
                        if told.as_deref() == act["reason"].as_str() {
                            continue;
                        }
                        "its removal is not in the store as it was done".to_owned()
                    }
                    _ => continue,
                };
                let flaw = Flaw { entries: Some(index..index + 1), ..Flaw::of(STORE, what) };
                self.verified.flaws.push(flaw);
            }
        }
        for id in self.removed.into_keys() {
            self.verified.flaws.push(Flaw::of(STORE, format!("{id}: no act removed it")));
        }
        Ok(())
    }
}

/// Whether an act is about a document.
fn of(act: &Value, row: &DocumentRow) -> bool {
    act["id"] == row.id.to_string() && act["document"] == row.document.to_string()
}
