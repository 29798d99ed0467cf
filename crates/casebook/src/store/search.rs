//! Words and names by which documents and their items are found.

use onrecord_record::Record;

use crate::error::Error;
use crate::key::DocumentId;
use crate::search::Query;

/// The part of a store that searches.
pub trait Search {
    /// Makes a document's words and names ones to search by, in the place of those it had.
    fn put_words(&mut self, id: DocumentId, record: &Record) -> Result<(), Error>;

    /// Removes the words and names of a document. Its items have to be there still.
    fn remove_words(&mut self, id: DocumentId) -> Result<(), Error>;

    /// At most `limit` documents that a query finds: the best first where it asks for words, else
    /// the newest in the case.
    fn search(&self, query: &Query, limit: u32) -> Result<Found, Error>;

    /// All documents that a query finds, in order, whatever words rank them.
    fn found(&self, query: &Query) -> Result<Vec<FoundDocument>, Error>;

    /// The text of a document's current record; `None` where it has none.
    fn text(&self, id: DocumentId) -> Result<Option<String>, Error>;
}

/// What a query finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Documents.
    pub documents: Vec<FoundDocument>,
    /// Whether there are more.
    pub is_cut: bool,
    /// Whether so many have the words that only the newest were ranked.
    pub is_partly_ranked: bool,
}

/// A document that was found, with its items by number.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDocument {
    /// The document.
    pub id: DocumentId,
    /// How well it fits the words, by BM25: the more the better; `None` where none were asked for.
    pub score: Option<f64>,
    /// Statements that meet the conditions.
    pub statements: Vec<u32>,
    /// Allegations that do.
    pub allegations: Vec<u32>,
    /// Figures that do.
    pub figures: Vec<u32>,
}
