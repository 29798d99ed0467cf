//! The items of current records as tables, for whoever searches, joins and lists.

use onrecord_record::Record;

use crate::error::Error;
use crate::key::DocumentId;

/// The part of a store that keeps items.
pub trait Items {
    /// Keeps the items of a document's record in the place of those it had.
    fn put_items(&mut self, id: DocumentId, record: &Record) -> Result<(), Error>;

    /// The rows of a document's items in a stable order, each as a text that begins with the name
    /// of its table.
    fn item_rows(&self, id: DocumentId) -> Result<Vec<String>, Error>;

    /// Removes the items of a document.
    fn remove_items(&mut self, id: DocumentId) -> Result<(), Error>;
}
