//! Acts: what was done to a case. Each is an entry of its ledger, which commits to the bytes that
//! [`Signed::bytes`] gives; those are kept as they were written and never written anew.

use jiff::Timestamp;
use onrecord_record::{MadeBy, Sha256};
use serde::Serialize;

use crate::joins::EntityId;
use crate::key::{DocumentId, DocumentKey};

/// How an original came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// From a file.
    File,
    /// From standard input.
    Stdin,
}

/// Something done to a case. What it is and its fields stay the same from version to version; a
/// field may be added.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act<'a> {
    /// The case was made.
    Open {
        /// Its name, which is the log's origin.
        case: &'a str,
        /// The format of the case.
        format: i64,
    },
    /// A document was taken in.
    Add {
        /// Its number.
        id: DocumentId,
        /// Its original.
        document: DocumentKey,
        /// The length of the original.
        bytes: u64,
        /// The path as it was given.
        name: &'a str,
        /// How it came.
        how: How,
        /// When the file was last changed, as its disk told.
        modified: Option<Timestamp>,
    },
    /// A document that the case had came again from elsewhere.
    Seen {
        /// Its number.
        id: DocumentId,
        /// Its original.
        document: DocumentKey,
        /// The path as it was given.
        name: &'a str,
        /// How it came.
        how: How,
    },
    /// A record was made of a document.
    Read {
        /// The document's number.
        id: DocumentId,
        /// Its original.
        document: DocumentKey,
        /// What read it.
        made_by: &'a MadeBy,
        /// The hash of the record's JSON.
        record: Sha256,
    },
    /// A document could not be read.
    Unread {
        /// The document's number.
        id: DocumentId,
        /// Its original.
        document: DocumentKey,
        /// The program's version.
        onrecord: &'a str,
        /// The cause as a word.
        kind: &'a str,
        /// The cause for people.
        says: &'a str,
    },
    /// Something was taken out of the case to show it elsewhere.
    Export {
        /// The form that it was given.
        format: &'a str,
        /// What was asked for.
        asked: &'a str,
        /// How many items it holds, or documents where it is of documents.
        items: u64,
        /// The hash of what was written: of the file, of a dossier's list of files, of a line
        /// `HASH  NAME` for each file where it is several.
        sha256: Sha256,
    },
    /// A time stamp over a checkpoint was taken in.
    Stamp {
        /// The entries that the checkpoint signs.
        size: u64,
        /// Who stamped it.
        authority: &'a str,
        /// By when it existed, in seconds since 1970-01-01T00:00:00Z.
        time: u64,
        /// The hash of the token.
        token: Sha256,
    },
    /// A witness's cosignature of a checkpoint was taken in.
    Cosign {
        /// The entries that the checkpoint signs.
        size: u64,
        /// The witness's key.
        witness: &'a str,
        /// When it cosigned, in seconds since 1970-01-01T00:00:00Z.
        time: u64,
    },
    /// A reviewer decided on an item. What the item says stands in the case alone.
    Review {
        /// The document's number.
        id: DocumentId,
        /// Its original.
        document: DocumentKey,
        /// The item's id in the record that was current.
        item: &'a str,
        /// Its kind.
        kind: &'a str,
        /// The first byte of its words.
        start: u32,
        /// One past the last.
        end: u32,
        /// `accept`, `correct` or `reject`.
        decision: &'a str,
        /// The hash of the item's JSON as it was read.
        before: Sha256,
        /// The hash of its JSON as it is right, of `null` where it was rejected.
        after: Sha256,
        /// Whether the reviewer saw nothing of others.
        is_blind: bool,
        /// Why.
        reason: &'a str,
    },
    /// A document was removed: original and records went.
    Remove {
        /// The document's number.
        id: DocumentId,
        /// Its original.
        document: DocumentKey,
        /// Why.
        reason: &'a str,
    },
    /// Two entities were made one.
    Merge {
        /// Their numbers.
        entities: [EntityId; 2],
        /// Their names.
        names: [&'a str; 2],
        /// Why.
        reason: &'a str,
    },
    /// Actors of documents were taken out of an entity.
    Split {
        /// Its number.
        entity: EntityId,
        /// Its name.
        name: &'a str,
        /// What was taken out: actors of documents, and entities that had been made one with it.
        apart: &'a [String],
        /// Why.
        reason: &'a str,
    },
}

/// An act with when and by whom it was done.
#[derive(Debug, Serialize)]
pub(crate) struct Signed<'a> {
    /// The form of an act's bytes.
    v: u32,
    at: String,
    by: &'a str,
    #[serde(flatten)]
    act: Act<'a>,
}

impl<'a> Signed<'a> {
    pub(crate) fn new(at: Timestamp, by: &'a str, act: Act<'a>) -> Self {
        Self { v: 1, at: at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(), by, act }
    }

    /// The act's bytes: JSON on one line.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}
