//! The acts that the ledger commits to, with what opens them.

use onrecord_ledger::Salt;

use crate::error::Error;

/// An act as the ledger commits to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the ledger, from 0.
    pub index: u64,
    /// What keeps the commitment from being guessed.
    pub salt: Salt,
    /// The act's bytes as they were written.
    pub bytes: Vec<u8>,
}

/// The part of a store that keeps acts.
pub trait Entries {
    /// How many there are.
    fn entry_count(&self) -> Result<u64, Error>;

    /// Keeps an act, the next in order.
    fn put_entry(&mut self, entry: &Entry) -> Result<(), Error>;

    /// An act; `None` where there is none with this index.
    fn entry(&self, index: u64) -> Result<Option<Entry>, Error>;

    /// At most `limit` acts from an index on, in order.
    fn entries_from(&self, index: u64, limit: u32) -> Result<Vec<Entry>, Error>;
}
