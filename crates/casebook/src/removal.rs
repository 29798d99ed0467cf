//! Removing a document: the original may go where law demands it, its entry never.

use crate::act::Act;
use crate::case::Case;
use crate::error::Error;
use crate::joins;
use crate::store::DocumentRow;

impl Case {
    /// Removes a document's records, items and, where no other document lies in it, its original. A
    /// tombstone stays: its number, hash, name and the reason, with an entry in the ledger. The
    /// document does not come back when the same bytes are added again.
    ///
    /// Durable steps: the store forgets and the ledger tells of it, then the file goes. A crash
    /// between leaves a file that no document knows, which `check` names.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Removed`] where it was removed before.
    pub fn remove(&mut self, name: &str, reason: &str) -> Result<DocumentRow, Error> {
        let row = self.document(name)?;
        if let Some(reason) = row.removed {
            return Err(Error::Removed { name: row.id.to_string(), reason });
        }
        self.write(|case| {
            let entry = case.act(&Act::Remove { id: row.id, document: row.document, reason })?;
            let gone = joins::remove(&mut *case.store, row.id)?;
            case.store.remove_document(row.id, reason, entry)?;
            joins::tidy(&mut *case.store, gone)
        })?;
        if !self.store.needs_original(row.document.original)? {
            self.originals().remove(&self.system, row.document.original)?;
        }
        Ok(row)
    }
}
