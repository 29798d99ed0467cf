//! Taking documents in: originals kept, records stored, both in the ledger, a batch at a time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use onrecord_record::{MadeBy, Record, Sha256};

use crate::act::{Act, How};
use crate::case::Case;
use crate::error::Error;
use crate::joins;
use crate::key::{DocumentId, DocumentKey};
use crate::store::{Given, NewDocument, NewReading, Outcome};

/// A document that came.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What tells it from others.
    pub key: DocumentKey,
    /// The bytes of its original, shared by all documents in it.
    pub original: Arc<Vec<u8>>,
    /// The path as it was given.
    pub name: String,
    /// How it came.
    pub how: How,
    /// When its file was last changed.
    pub modified: Option<Timestamp>,
    /// What was told of it.
    pub given: Given,
    /// What reading it gave; `None` where the case has it and it was not read again.
    pub read: Option<Reading>,
}

/// What reading a document gave.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What read it.
    pub made_by: MadeBy,
    /// What came of it.
    pub outcome: Result<Record, Failure>,
}

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The cause as a word.
    pub kind: String,
    /// The cause for people.
    pub says: String,
}

/// What became of documents that came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents that are new.
    pub added: u64,
    /// Of these, those that could not be read: their originals are kept.
    pub unread: u64,
    /// Documents that the case had, seen under a new name.
    pub seen: u64,
    /// Documents that the case had under this very name.
    pub known: u64,
    /// Documents that were removed from the case earlier and do not come back.
    pub removed: u64,
}

/// How many documents are made to last at once.
const BATCH: usize = 256;
/// How many bytes of originals are held until then.
const BATCH_BYTES: usize = 32 << 20;

/// Takes documents in. What [`Taking::take`] was given lasts once a batch is full or
/// [`Taking::flush`] has returned.
pub struct Taking<'c> {
    case: &'c mut Case,
    batch: Vec<Taken>,
    bytes: usize,
    tally: Tally,
}

impl Case {
    /// Begins to take documents in.
    pub fn taking(&mut self) -> Taking<'_> {
        Taking { case: self, batch: Vec::new(), bytes: 0, tally: Tally::default() }
    }
}

impl Taking<'_> {
    /// Takes a document. Gives true where a batch was made to last.
    ///
    /// # Errors
    /// Where the disk or the store refuses: nothing of the batch was kept then.
    pub fn take(&mut self, taken: Taken) -> Result<bool, Error> {
        self.bytes += taken.original.len();
        self.batch.push(taken);
        let full = self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES;
        if full {
            self.flush()?;
        }
        Ok(full)
    }

    /// Makes all that was taken last.
    ///
    /// # Errors
    /// As [`Taking::take`].
    pub fn flush(&mut self) -> Result<Tally, Error> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        let mut originals: BTreeMap<Sha256, &[u8]> = BTreeMap::new();
        for taken in &batch {
            if taken.read.is_some() && self.case.store.find(taken.key)?.is_none() {
                originals.insert(taken.key.original, &taken.original);
            }
        }
        let originals: Vec<_> = originals.into_iter().collect();
        self.case.originals().keep(&self.case.system, &originals)?;
        let mut tally = self.tally;
        if !batch.is_empty() {
            self.case.write(|case| {
                batch.iter().try_for_each(|taken| case.enter_one(taken, &mut tally))
            })?;
        }
        self.tally = tally;
        Ok(tally)
    }
}

impl Case {
    fn enter_one(&mut self, taken: &Taken, tally: &mut Tally) -> Result<(), Error> {
        let Taken { key, name, how, .. } = taken;
        if let Some(id) = self.store.find(*key)? {
            let row = self.store.document(id)?;
            if row.is_some_and(|row| row.removed.is_some()) {
                tally.removed += 1;
            } else if self.store.is_sighted(id, name)? {
                tally.known += 1;
            } else {
                let entry = self.act(&Act::Seen { id, document: *key, name, how: *how })?;
                self.store.add_sighting(id, name, entry)?;
                tally.seen += 1;
            }
            return Ok(());
        }
        let Some(read) = &taken.read else {
            // It was known when the run began and is not any more: the next run takes it.
            return Ok(());
        };
        let bytes = taken.original.len() as u64;
        let new = NewDocument {
            key: *key,
            bytes,
            name,
            how: *how,
            given: &taken.given,
            entry: self.next_entry(),
        };
        let id = self.store.add_document(&new)?;
        let modified = taken.modified;
        self.act(&Act::Add { id, document: *key, bytes, name, how: *how, modified })?;
        tally.added += 1;
        tally.unread += u64::from(read.outcome.is_err());
        self.put_reading(id, *key, read)
    }

    /// Keeps a reading of a document, as its current one.
    pub(crate) fn put_reading(
        &mut self,
        id: DocumentId,
        key: DocumentKey,
        read: &Reading,
    ) -> Result<(), Error> {
        let document = key;
        let made_by = &read.made_by;
        let gone = joins::remove(&mut *self.store, id)?;
        match &read.outcome {
            Ok(record) => {
                let json = serde_json::to_vec(record);
                let json = json.map_err(|cause| Error::damaged(self.path(), cause.to_string()))?;
                let hash = Sha256::of(&json);
                let entry = self.act(&Act::Read { id, document, made_by, record: hash })?;
                let outcome = Outcome::Record { record, json: &json, hash };
                self.store.put_reading(&NewReading { document: id, made_by, outcome, entry })?;
                joins::add(&mut *self.store, id, record, &gone)?;
            }
            Err(Failure { kind, says }) => {
                let onrecord = &made_by.onrecord;
                let entry = self.act(&Act::Unread { id, document, onrecord, kind, says })?;
                let outcome = Outcome::Failure { kind, says };
                self.store.put_reading(&NewReading { document: id, made_by, outcome, entry })?;
            }
        }
        joins::tidy(&mut *self.store, gone)
    }
}

/// What a case has, for the threads that read: what it has need not be read again.
pub struct Known(Mutex<Case>);

impl Known {
    /// Of a case that is open to read.
    #[must_use]
    pub fn of(case: Case) -> Self {
        Self(Mutex::new(case))
    }

    /// Whether the case has a document.
    ///
    /// # Errors
    /// Where the store refuses.
    pub fn has(&self, key: DocumentKey) -> Result<bool, Error> {
        let case = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(case.store.find(key)?.is_some())
    }
}
