//! Reading again: what a newer engine makes of documents that the case has, beside what an older
//! one made of them.

use onrecord_record::Record;

use crate::case::Case;
use crate::difference::Difference;
use crate::error::Error;
use crate::key::DocumentId;
use crate::taking::Reading;

/// What became of reading a document again.
#[derive(Debug, Clone, PartialEq)]
pub enum Reread {
    /// It gave the same record: nothing was kept of it.
    Same,
    /// It is the document's current reading now. The older one is kept.
    Changed(Difference),
    /// It could not be read this time. The reading that it had stays the current one.
    Failed {
        /// Why, for people.
        says: String,
    },
}

impl Case {
    /// Keeps readings of documents that the case has, each as its document's current one, all in one
    /// transaction. Gives what became of each, in order.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Removed`]; where the store refuses. Nothing is kept then.
    pub fn reread(&mut self, readings: Vec<(DocumentId, Reading)>) -> Result<Vec<Reread>, Error> {
        self.write(|case| {
            readings.into_iter().map(|(id, reading)| case.reread_one(id, &reading)).collect()
        })
    }

    fn reread_one(&mut self, id: DocumentId, reading: &Reading) -> Result<Reread, Error> {
        let name = id.to_string();
        let unknown = || Error::Unknown { name: name.clone(), what: "document" };
        let row = self.store.document(id)?.ok_or_else(unknown)?;
        if let Some(reason) = row.removed {
            return Err(Error::Removed { name, reason });
        }
        let old: Option<Record> = self.store.record(id)?;
        let new = match (&reading.outcome, &old) {
            (Err(failure), _) => return Ok(Reread::Failed { says: failure.says.clone() }),
            (Ok(new), Some(old)) if new == old => return Ok(Reread::Same),
            (Ok(new), _) => new,
        };
        let difference = Difference::of(old.as_ref(), new);
        self.put_reading(id, row.document, reading)?;
        Ok(Reread::Changed(difference))
    }
}
