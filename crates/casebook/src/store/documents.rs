//! Documents, where they were seen, and what was read of them.

use jiff::Timestamp;
use onrecord_record::{MadeBy, Record, Sha256};
use serde::{Deserialize, Serialize};

use crate::act::How;
use crate::error::Error;
use crate::key::{DocumentId, DocumentKey};

/// What the user told of a document before it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Its date of publication.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// How it tells its times.
    pub domain: Option<String>,
}

/// A document to keep.
#[derive(Debug, Clone)]
pub struct NewDocument<'a> {
    /// What tells it from others.
    pub key: DocumentKey,
    /// The length of its original.
    pub bytes: u64,
    /// The path as it was given.
    pub name: &'a str,
    /// How it came.
    pub how: How,
    /// What was told of it.
    pub given: &'a Given,
    /// The act that takes it in.
    pub entry: u64,
}

/// What became of reading a document.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'a> {
    /// Its record, and the JSON that the ledger commits to.
    Record {
        /// The record.
        record: &'a Record,
        /// Its JSON.
        json: &'a [u8],
        /// The hash of that.
        hash: Sha256,
    },
    /// It could not be read.
    Failure {
        /// The cause as a word.
        kind: &'a str,
        /// The cause for people.
        says: &'a str,
    },
}

/// A reading to keep. It becomes the document's current one.
#[derive(Debug, Clone)]
pub struct NewReading<'a> {
    /// Of which document.
    pub document: DocumentId,
    /// What read it.
    pub made_by: &'a MadeBy,
    /// What came of it.
    pub outcome: Outcome<'a>,
    /// The act.
    pub entry: u64,
}

/// A document as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentRow {
    /// Its number.
    pub id: DocumentId,
    /// What tells it from others.
    pub document: DocumentKey,
    /// The path as it was first given.
    pub name: String,
    /// The length of its original.
    pub bytes: u64,
    /// Its title, as printed.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub agency: Option<String>,
    /// When it was published: an ISO date or date-time.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// How many statements its record has.
    pub statements: u32,
    /// Why it could not be read, where it could not.
    pub failure: Option<String>,
    /// Why it was removed, where it was.
    pub removed: Option<String>,
    /// What was told of it.
    #[serde(skip)]
    pub given: Given,
}

/// Where a document was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sighting {
    /// The path as it was given.
    pub name: String,
    /// The act that tells when, how and by whom.
    pub entry: u64,
}

/// A reading as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadingRow {
    /// Its number in the case.
    pub id: u32,
    /// What read it.
    pub made_by: MadeBy,
    /// The hash of its record's JSON; `None` where it failed.
    pub record: Option<Sha256>,
    /// Why it failed, where it did.
    pub failure: Option<String>,
    /// The act.
    pub entry: u64,
    /// Whether it is the one that views show.
    pub is_current: bool,
}

/// What a case holds, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents that are kept.
    pub documents: u64,
    /// Of these, those that could not be read.
    pub unread: u64,
    /// Documents that were removed.
    pub removed: u64,
    /// The bytes of all originals.
    pub bytes: u64,
    /// Statements of the current readings.
    pub statements: u64,
    /// Allegations.
    pub allegations: u64,
    /// Figures.
    pub figures: u64,
    /// Proceedings.
    pub proceedings: u64,
    /// Entities: who is known by name, those that are one counted once.
    pub entities: u64,
    /// Stories of which the case has copies.
    pub copied: u64,
    /// Series of figures of one quantity.
    pub series: u64,
    /// Matters that proceedings tell of.
    pub matters: u64,
}

/// The part of a store that keeps documents.
pub trait Documents {
    /// Keeps a document and gives its number.
    fn add_document(&mut self, new: &NewDocument<'_>) -> Result<DocumentId, Error>;

    /// Tells that a document was seen under another name; false where that was known.
    fn add_sighting(&mut self, id: DocumentId, name: &str, entry: u64) -> Result<bool, Error>;

    /// Whether a document is known under a name.
    fn is_sighted(&self, id: DocumentId, name: &str) -> Result<bool, Error>;

    /// Where a document was seen, in the order of seeing.
    fn sightings(&self, id: DocumentId) -> Result<Vec<Sighting>, Error>;

    /// The number of a document.
    fn find(&self, key: DocumentKey) -> Result<Option<DocumentId>, Error>;

    /// Numbers of documents whose original's hash begins with these hexadecimal digits, and of
    /// those that have this name; some ten at most.
    fn named(&self, name: &str) -> Result<Vec<DocumentId>, Error>;

    /// A document.
    fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, Error>;

    /// At most `limit` documents after a number, in order; removed ones too.
    fn documents_after(&self, id: DocumentId, limit: u32) -> Result<Vec<DocumentRow>, Error>;

    /// Whether a removed document or one that is kept needs this original.
    fn needs_original(&self, original: Sha256) -> Result<bool, Error>;

    /// Keeps a reading as the current one, with its items.
    fn put_reading(&mut self, new: &NewReading<'_>) -> Result<(), Error>;

    /// The readings of a document, oldest first.
    fn readings(&self, id: DocumentId) -> Result<Vec<ReadingRow>, Error>;

    /// The JSON of a reading's record, as the ledger commits to it; `None` where it failed or went.
    fn json(&self, reading: u32) -> Result<Option<Vec<u8>>, Error>;

    /// The record that views show of a document; `None` where it has none.
    fn record(&self, id: DocumentId) -> Result<Option<Record>, Error>;

    /// Removes readings and items of a document and marks it.
    fn remove_document(&mut self, id: DocumentId, reason: &str, entry: u64) -> Result<(), Error>;

    /// What the case holds.
    fn counts(&self) -> Result<Counts, Error>;

    /// A value that the case keeps by name.
    fn setting(&self, name: &str) -> Result<Option<String>, Error>;

    /// Keeps a value by name.
    fn set(&mut self, name: &str, value: &str) -> Result<(), Error>;

    /// When the last act was done, as the clock told.
    fn last_act(&self) -> Result<Option<Timestamp>, Error>;
}

/// Documents taken from a store at once.
const PAGE: u32 = 1000;

/// All documents of a store in order, removed ones too. An error of the store is the last that it
/// gives.
pub fn all_documents<S: Documents + ?Sized>(
    store: &S,
) -> impl Iterator<Item = Result<DocumentRow, Error>> {
    let mut page = Vec::new().into_iter();
    let mut after = Some(DocumentId(0));
    std::iter::from_fn(move || {
        if page.len() == 0 {
            match store.documents_after(after?, PAGE) {
                Ok(rows) => {
                    after = rows.last().map(|row| row.id);
                    page = rows.into_iter();
                }
                Err(error) => {
                    after = None;
                    return Some(Err(error));
                }
            }
        }
        page.next().map(Ok)
    })
}
