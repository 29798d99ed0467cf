//! What a case knows, behind traits: documents with their records, their items as tables, and the
//! acts that the ledger commits to. Nothing outside an implementation writes a query language.
//!
//! The law of a store: what is written between [`Store::begin`] and [`Store::commit`] is there after a crash
//! as a whole or not at all, and once `commit` has returned it is there for good. One program writes
//! at a time; others read what was last committed.

mod documents;
mod entries;
mod items;
mod reviews;
mod search;
pub mod sqlite;

pub use documents::{
    Counts, DocumentRow, Documents, Given, NewDocument, NewReading, Outcome, ReadingRow, Sighting,
};
pub use entries::{Entries, Entry};
pub use items::Items;
pub use reviews::{NewReview, Review, Reviews, StoredDoubt};
pub use search::{Found, FoundDocument, Search};

use std::path::Path;

use crate::error::Error;

/// A store of a case.
pub trait Store: Documents + Entries + Items + Reviews + Search + Send {
    /// Begins a transaction.
    ///
    /// # Errors
    /// Where the store refuses; so of all that follows.
    fn begin(&mut self) -> Result<(), Error>;

    /// Makes all that was written since [`Store::begin`] last.
    fn commit(&mut self) -> Result<(), Error>;

    /// Forgets all that was written since [`Store::begin`].
    fn rollback(&mut self) -> Result<(), Error>;

    /// Ends writing in good order: afterwards all lies in the store's one file.
    fn settle(&mut self) -> Result<(), Error>;

    /// What the store finds wrong with itself, a line each; empty where all is right.
    fn integrity(&self) -> Result<Vec<String>, Error>;

    /// Its main file.
    fn path(&self) -> &Path;
}
