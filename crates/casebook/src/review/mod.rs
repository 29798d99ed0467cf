//! Review: what is doubtful, what reviewers decided, how far they agree.
//!
//! A decision is an act: it stands in the ledger with its reviewer and reason, and none takes its
//! place. Of a reviewer's decisions on an item the newest counts. It hangs on where the item stands
//! ([`Place`]), so that it holds for what a later reading finds there.

mod agreement;
mod correction;
mod doubt;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{ItemId, MadeBy, Record, Sha256};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::act::Act;
use crate::case::Case;
use crate::error::Error;
use crate::item::CaseItem;
use crate::key::{DocumentId, DocumentKey};
use crate::store::{DocumentRow, NewReview, Review, StoredDoubt};

pub use agreement::{Agreement, alpha};
pub use correction::{BadCorrection, CorrectionFault};
pub use doubt::{Doubt, Reason, doubts};
pub use place::{ItemKind, Place, places};

/// What a reviewer says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It is right.
    Accept,
    /// It is right with these changes, each `field=value`.
    Correct(Vec<String>),
    /// It is wrong.
    Reject,
}

/// An item that is to be looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubtful {
    /// The item.
    #[serde(flatten)]
    pub item: CaseItem,
    /// The path that its document was taken in by.
    pub document: String,
    /// Its kind.
    pub kind: ItemKind,
    /// Its words.
    pub words: String,
    /// Why it is doubtful; none where it was asked for by its document.
    pub reasons: Vec<Reason>,
    /// What was decided on it, by others too where the reviewer is not blind.
    pub reviews: Vec<Review>,
}

/// What is asked of the list of what is doubtful.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Who is to look at it: what this reviewer has decided is left out.
    pub reviewer: String,
    /// Whether the reviewer sees nothing of others. Otherwise what anybody has decided is left out.
    pub is_blind: bool,
    /// All items of these documents, in their order, decided or not; empty for the doubtful ones of
    /// the case.
    pub documents: Vec<DocumentId>,
    /// No more than this.
    pub limit: u32,
}

/// A decision with the item and the text that it was made on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Example {
    /// The document.
    pub document: DocumentKey,
    /// Its language.
    pub language: String,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// What made the record that the item stands in.
    pub made_by: MadeBy,
    /// The text that the item's spans point into.
    pub text: String,
    /// The kind of the item.
    pub kind: ItemKind,
    /// The item as it was read.
    pub before: Value,
    /// What was decided.
    pub decision: String,
    /// The item as it is right; null where it was rejected.
    pub after: Value,
    /// Who decided.
    pub reviewer: String,
    /// Why.
    pub reason: String,
    /// Whether the reviewer saw nothing of others.
    pub is_blind: bool,
    /// When.
    pub at: String,
}

/// The hash of an item's JSON, to which the act of a decision commits.
fn hash(item: &Value) -> Sha256 {
    Sha256::of(item.to_string().as_bytes())
}

/// Whether a decision on a document is what its act says, item and reviewer with it.
#[must_use]
pub fn is_as_told(document: DocumentId, review: &Review, act: &Value) -> bool {
    let Place { kind, start, end, .. } = &review.place;
    act["act"] == "review"
        && act["id"] == document.to_string()
        && act["item"] == review.item.as_str()
        && act["kind"] == kind.word()
        && act["start"] == *start
        && act["end"] == *end
        && act["by"] == review.by.as_str()
        && act["at"] == review.at.as_str()
        && act["decision"] == review.decision.as_str()
        && act["reason"] == review.reason.as_str()
        && act["is_blind"] == review.is_blind
        && act["before"] == hash(&review.before).to_string()
        && act["after"] == hash(&review.after).to_string()
}

impl Case {
    /// Makes a decision on an item, such as `d5:s3`.
    ///
    /// # Errors
    /// [`Error::Unknown`] where there is no such item, [`Error::Correction`].
    pub fn review(
        &mut self,
        name: &str,
        decision: &Decision,
        reason: &str,
        is_blind: bool,
    ) -> Result<(), Error> {
        let (row, item) = self.item(name)?;
        let unknown = || Error::Unknown { name: name.to_owned(), what: "item" };
        let record = self.store.record(row.id)?.ok_or_else(unknown)?;
        let found = places(&record).into_iter().find(|(id, _)| *id == item);
        let (_, place) = found.ok_or_else(unknown)?;
        let json = serde_json::to_value(&record);
        let json = json.map_err(|cause| Error::damaged(self.path(), cause.to_string()))?;
        let before = correction::json_of(&json, item);
        let (word, after, changes) = match decision {
            Decision::Accept => ("accept", before.clone(), Map::new()),
            Decision::Reject => ("reject", Value::Null, Map::new()),
            Decision::Correct(changes) => {
                let corrected = correction::corrected(&record, item, changes)?;
                ("correct", corrected.after, corrected.changes)
            }
        };
        let id = item.to_string();
        let by = self.by().to_owned();
        self.write(|case| {
            let entry = case.act(&Act::Review {
                id: row.id,
                document: row.document,
                item: &id,
                kind: place.kind.word(),
                start: place.start,
                end: place.end,
                decision: word,
                before: hash(&before),
                after: hash(&after),
                is_blind,
                reason,
            })?;
            case.store.put_review(&NewReview {
                document: row.id,
                place: &place,
                item: &id,
                by: &by,
                decision: word,
                changes: &changes,
                before: &before,
                after: &after,
                reason,
                is_blind,
                entry,
            })
        })
    }

    /// The document and the item that `d5:s3` names.
    fn item(&self, name: &str) -> Result<(DocumentRow, ItemId), Error> {
        let unknown = || Error::Unknown { name: name.to_owned(), what: "item" };
        let (document, item) = name.rsplit_once(':').ok_or_else(unknown)?;
        let item: ItemId = item.parse().map_err(|_| unknown())?;
        let row = self.document(document)?;
        match row.removed {
            Some(reason) => Err(Error::Removed { name: document.to_owned(), reason }),
            None => Ok((row, item)),
        }
    }

    /// What is doubtful, first what matters most; or all items of some documents.
    ///
    /// # Errors
    /// Where the store refuses.
    pub fn doubtful(&self, listing: &Listing) -> Result<Vec<Doubtful>, Error> {
        let mut list = Vec::new();
        if listing.documents.is_empty() {
            let reviewer = listing.is_blind.then_some(listing.reviewer.as_str());
            let stored = self.store.doubts(reviewer, listing.limit)?;
            let mut read: BTreeMap<DocumentId, Record> = BTreeMap::new();
            for StoredDoubt { document, place } in stored {
                if !read.contains_key(&document) {
                    // One record at a time is held for a page of doubts of many documents.
                    read.clear();
                    read.extend(self.store.record(document)?.map(|record| (document, record)));
                }
                let Some(record) = read.get(&document) else { continue };
                list.extend(self.of_places(document, record, &[place], listing)?);
            }
            return Ok(list);
        }
        for id in &listing.documents {
            let Some(record) = self.store.record(*id)? else { continue };
            let reviewed =
                [ItemKind::Statement, ItemKind::Allegation, ItemKind::Figure, ItemKind::Proceeding];
            let mut all: Vec<Place> = places(&record).into_iter().map(|(_, place)| place).collect();
            all.retain(|place| reviewed.contains(&place.kind));
            list.extend(self.of_places(*id, &record, &all, listing)?);
        }
        list.truncate(listing.limit as usize);
        Ok(list)
    }

    fn of_places(
        &self,
        document: DocumentId,
        record: &Record,
        wanted: &[Place],
        listing: &Listing,
    ) -> Result<Vec<Doubtful>, Error> {
        let Some(row) = self.store.document(document)? else { return Ok(Vec::new()) };
        let reasons: BTreeMap<Place, Vec<Reason>> =
            doubts(record).into_iter().map(|doubt| (doubt.place, doubt.reasons)).collect();
        let mut reviews = self.store.reviews(document)?;
        if listing.is_blind {
            reviews.retain(|review| review.by == listing.reviewer);
        }
        let wanted: BTreeSet<&Place> = wanted.iter().collect();
        let found = places(record).into_iter().filter(|(_, place)| wanted.contains(place));
        let doubtful = found.filter_map(|(item, place)| {
            Some(Doubtful {
                item: CaseItem::of(document, record, item)?,
                document: row.name.clone(),
                kind: place.kind,
                words: place.words.clone(),
                reasons: reasons.get(&place).cloned().unwrap_or_default(),
                reviews: reviews.iter().filter(|review| review.place == place).cloned().collect(),
            })
        });
        Ok(doubtful.collect())
    }

    /// The newest decision of each reviewer on each item of a document's current record, in the
    /// order of the record. Those on what the record has no longer are left out.
    ///
    /// # Errors
    /// Where the store refuses.
    pub fn reviewed(&self, document: DocumentId) -> Result<Vec<(ItemId, Review)>, Error> {
        let reviews = self.store.reviews(document)?;
        if reviews.is_empty() {
            return Ok(Vec::new());
        }
        let Some(record) = self.store.record(document)? else { return Ok(Vec::new()) };
        let on = |(item, place): (ItemId, Place)| {
            let here = reviews.iter().filter(move |review| review.place == place);
            here.map(move |review| (item, review.clone())).collect::<Vec<_>>()
        };
        Ok(places(&record).into_iter().flat_map(on).collect())
    }

    /// How far reviewers agree, over all items and by kind. Two corrections agree where they make
    /// the same item. With `only_blind`, decisions of those who saw nothing of others.
    ///
    /// # Errors
    /// Where the store refuses.
    pub fn agreement(
        &self,
        only_blind: bool,
    ) -> Result<BTreeMap<Option<ItemKind>, Agreement>, Error> {
        let mut units: BTreeMap<(DocumentId, Place), Vec<String>> = BTreeMap::new();
        self.store.each_review(true, &mut |document, review| {
            if review.is_blind || !only_blind {
                let value = match review.decision.as_str() {
                    "correct" => review.after.to_string(),
                    decision => decision.to_owned(),
                };
                units.entry((document, review.place)).or_default().push(value);
            }
            Ok(())
        })?;
        let of = |kind: Option<ItemKind>| {
            let here = units.iter().filter(|((_, place), _)| kind.is_none_or(|k| k == place.kind));
            alpha(here.map(|(_, values)| values.clone()))
        };
        let kinds: BTreeSet<Option<ItemKind>> =
            units.keys().map(|(_, place)| Some(place.kind)).chain([None]).collect();
        Ok(kinds.into_iter().map(|kind| (kind, of(kind))).collect())
    }

    /// Gives every decision that counts with the text and the item that it was made on, as data to
    /// train on.
    ///
    /// # Errors
    /// Where the store refuses, and what `each` gives.
    pub fn examples(
        &self,
        each: &mut dyn FnMut(Example) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut last: Option<(u32, Record)> = None;
        self.store.each_review(true, &mut |document, review| {
            if last.as_ref().is_none_or(|(reading, _)| *reading != review.reading) {
                let json = self.store.json(review.reading)?;
                let record = json.as_deref().map(serde_json::from_slice).transpose();
                let record =
                    record.map_err(|cause| Error::damaged(self.store.path(), cause.to_string()))?;
                last = record.map(|record| (review.reading, record));
            }
            let Some((_, record)) = &last else { return Ok(()) };
            let Some(row) = self.store.document(document)? else { return Ok(()) };
            each(Example {
                document: row.document,
                language: record.document.language.clone(),
                title: record.document.title.clone(),
                published: record.document.published.as_ref().map(|at| at.value.clone()),
                made_by: record.made_by.clone(),
                text: record.document.text.clone(),
                kind: review.place.kind,
                before: review.before,
                decision: review.decision,
                after: review.after,
                reviewer: review.by,
                reason: review.reason,
                is_blind: review.is_blind,
                at: review.at,
            })
        })
    }
}
