//! Reading: a document to its record.

use onrecord_intake::Document;
use onrecord_packs::PackError;
use onrecord_record::{MadeBy, Record};

/// Everything that reads, compiled once and shared by all threads.
#[derive(Debug)]
pub struct Engine {}

impl Engine {
    /// The engine with every pack that ships.
    ///
    /// # Errors
    /// Where a pack cannot be compiled.
    pub fn new() -> Result<Self, PackError> {
        Ok(Self {})
    }

    /// The record of a document. A language without a pack gives document, text and language.
    #[must_use]
    pub fn read(&self, document: &Document) -> Record {
        let made_by =
            MadeBy { onrecord: env!("CARGO_PKG_VERSION").to_owned(), pack: None, model: None };
        Record::of_document(made_by, document.record.clone())
    }
}
