//! What is doubtful, and what reviewers decided.

use onrecord_record::Record;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::key::DocumentId;
use crate::review::Place;

/// A decision to keep.
#[derive(Debug, Clone)]
pub struct NewReview<'a> {
    /// The document. The item stands in its current record.
    pub document: DocumentId,
    /// Where the item stands.
    pub place: &'a Place,
    /// Its id in that record.
    pub item: &'a str,
    /// Who decides.
    pub by: &'a str,
    /// What, as a word.
    pub decision: &'a str,
    /// The fields that were changed.
    pub changes: &'a Map<String, Value>,
    /// The item as it was read.
    pub before: &'a Value,
    /// The item as it is right; null where it was rejected.
    pub after: &'a Value,
    /// Why.
    pub reason: &'a str,
    /// Whether the reviewer saw nothing of others.
    pub is_blind: bool,
    /// The act.
    pub entry: u64,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// Where the item stands.
    #[serde(skip)]
    pub place: Place,
    /// Its id in the reading that it was found in.
    #[serde(skip)]
    pub item: String,
    /// Who decided.
    pub by: String,
    /// When, as the act tells.
    pub at: String,
    /// `accept`, `correct` or `reject`.
    pub decision: String,
    /// The fields that were changed, with their new values.
    pub changes: Map<String, Value>,
    /// The item as it was read.
    #[serde(skip)]
    pub before: Value,
    /// The item as it is right; null where it was rejected.
    #[serde(skip)]
    pub after: Value,
    /// Why.
    pub reason: String,
    /// Whether the reviewer saw nothing of others.
    pub is_blind: bool,
    /// The reading that the item was found in.
    #[serde(skip)]
    pub reading: u32,
    /// The act.
    pub entry: u64,
}

/// A doubtful item.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDoubt {
    /// Its document.
    pub document: DocumentId,
    /// Where it stands.
    pub place: Place,
}

/// The part of a store that keeps doubts and decisions.
pub trait Reviews {
    /// Keeps what is doubtful in a document's record, in the place of what was.
    fn put_doubts(&mut self, id: DocumentId, record: &Record) -> Result<(), Error>;

    /// At most `limit` doubtful items, first what matters most, less those that `reviewer`, or
    /// anybody where there is none, has decided on.
    fn doubts(&self, reviewer: Option<&str>, limit: u32) -> Result<Vec<StoredDoubt>, Error>;

    /// Keeps a decision beside those there are.
    fn put_review(&mut self, new: &NewReview<'_>) -> Result<(), Error>;

    /// The newest decision of each reviewer on each item of a document, oldest first.
    fn reviews(&self, id: DocumentId) -> Result<Vec<Review>, Error>;

    /// Gives the newest decision of each reviewer on each item, or every decision, by document and
    /// reading.
    fn each_review(
        &self,
        only_newest: bool,
        each: &mut dyn FnMut(DocumentId, Review) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// Forgets what was decided on a document that goes.
    fn remove_reviews(&mut self, id: DocumentId) -> Result<(), Error>;
}
