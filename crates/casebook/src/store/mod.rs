//! What a case knows, behind traits: documents with their records, their items as tables, and the
//! acts that the ledger commits to. Nothing outside an implementation writes a query language.
//!
//! The law of a store: what is written between [`Store::begin`] and [`Store::commit`] is there after a crash
//! as a whole or not at all, and once `commit` has returned it is there for good. One program writes
//! at a time; others read what was last committed.

mod documents;
mod entries;
mod items;
mod joining;
mod joins;
mod reviews;
mod search;
pub mod sqlite;
mod views;

pub use documents::{
    Counts, DocumentRow, Documents, Given, NewDocument, NewReading, Outcome, ReadingRow, Sighting,
    all_documents,
};
pub use entries::{Entries, Entry};
pub use items::Items;
pub use joining::{Compared, Entities, Joining, Wholes};
pub use joins::Joins;
pub use reviews::{NewReview, Review, Reviews, StoredDoubt};
pub use search::{Found, FoundDocument, Search};
pub use views::Views;

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A part of a store's file that is not as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// The bytes, to the page.
    pub bytes: Range<u64>,
    /// What is wrong with them.
    pub cause: DamageCause,
}

/// What is wrong with a part of a store's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DamageCause {
    /// The file is gone.
    Missing,
    /// Its bytes are others.
    Changed,
    /// The file has another length.
    Length {
        /// The length that it was left with.
        expected: u64,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        let Range { start, end } = self.bytes;
        match self.cause {
            DamageCause::Missing => f.write_str("is missing"),
            DamageCause::Changed => {
                write!(f, "something in bytes {start} to {} was changed", end - 1)
            }
            DamageCause::Length { expected } if expected == start => {
                write!(f, "has {} bytes too many", end - start)
            }
            DamageCause::Length { expected } => {
                write!(f, "ends at byte {start} in place of {expected}")
            }
        }
    }
}

/// A store of a case.
pub trait Store:
    Documents + Entries + Items + Joining + Joins + Reviews + Search + Views + Send
{
    /// Begins a transaction.
    ///
    /// # Errors
    /// Where the store refuses; so of all that follows.
    fn begin(&mut self) -> Result<(), Error>;

    /// Makes all that was written since [`Store::begin`] last.
    fn commit(&mut self) -> Result<(), Error>;

    /// Forgets all that was written since [`Store::begin`].
    fn rollback(&mut self) -> Result<(), Error>;

    /// Begins to read one state of the store, whatever a writer does meanwhile. Gives whether that was
    /// begun: not where one is read already.
    fn hold(&self) -> Result<bool, Error>;

    /// Ends what [`Store::hold`] began.
    fn let_go(&self);

    /// Ends writing in good order: afterwards all lies in the store's one file.
    fn settle(&mut self) -> Result<(), Error>;

    /// What the store finds wrong with itself, a line each; empty where all is right.
    fn integrity(&self) -> Result<Vec<String>, Error>;

    /// What of its files is not as it was left when writing last ended in good order: every byte
    /// counts, in parts that hold nothing too.
    fn damage(&self) -> Result<Vec<Damage>, Error>;

    /// Its main file.
    fn path(&self) -> &Path;
}

/// While it lives, one state of a store is read, whatever a writer does meanwhile. A writer that ends in
/// good order waits for it: let it go soon.
#[must_use]
pub(crate) struct OneState<'s>(Option<&'s dyn Store>);

impl<'s> OneState<'s> {
    pub(crate) fn of(store: &'s dyn Store) -> Result<Self, Error> {
        Ok(Self(store.hold()?.then_some(store)))
    }
}

impl Drop for OneState<'_> {
    fn drop(&mut self) {
        if let Some(store) = self.0 {
            store.let_go();
        }
    }
}
