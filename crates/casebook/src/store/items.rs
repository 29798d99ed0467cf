//! The items of current records as tables, for whoever searches, joins and lists.

use onrecord_record::Record;

use crate::error::Error;
use crate::key::DocumentId;

/// The part of a store that keeps items.
pub trait Items {
    /// Keeps the items of a document's record in the place of those it had.
    fn put_items(&mut self, id: DocumentId, record: &Record) -> Result<(), Error>;

    /// Removes the items of a document.
    fn remove_items(&mut self, id: DocumentId) -> Result<(), Error>;
}
