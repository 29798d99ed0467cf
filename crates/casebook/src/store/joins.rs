//! What belongs together across documents, as views ask for it. It is made of what
//! [`Joining`](super::Joining) keeps, the same over every store.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{ActorId, FigureId, LinkKind, ProceedingId, StatementId};

use crate::error::Error;
use crate::joins::{
    CrossLink, Discrepancy, Entity, EntityId, EntityQuery, ItemAt, Matter, Series, SeriesId,
    SourcesCounted, Telling, TellingId,
};
use crate::key::DocumentId;

/// The part of a store that tells what belongs together.
pub trait Joins {
    /// The documents that are copies of one story with this one, itself among them, in order; it
    /// alone where there is no other.
    fn copies_of(&self, document: DocumentId) -> Result<Vec<DocumentId>, Error>;

    /// The first of the copies of a document's story: what stands for all of them.
    fn first_copy(&self, document: DocumentId) -> Result<DocumentId, Error>;

    /// How many sources stand behind statements and how many reports tell them: what views count as
    /// corroboration. Copies of one story are one report and corroborate nothing.
    fn sources_counted(&self, statements: &[ItemAt]) -> Result<SourcesCounted, Error>;

    /// Who an actor of a document is; `None` for one that the document does not name.
    fn entity_of(&self, document: DocumentId, actor: ActorId) -> Result<Option<EntityId>, Error>;

    /// An entity. A number that was joined to another gives that other.
    fn entity(&self, id: EntityId) -> Result<Option<Entity>, Error>;

    /// Entities by number.
    fn entities(&self, query: &EntityQuery<'_>) -> Result<Vec<Entity>, Error>;

    /// The actors of a document that are somebody, each with who it is.
    fn entities_in(&self, document: DocumentId) -> Result<BTreeMap<ActorId, EntityId>, Error>;

    /// Entities one of whose names has these words in a row, in any case of letters, in order.
    fn bearing(&self, words: &str) -> Result<BTreeSet<EntityId>, Error>;

    /// The actors of documents that an entity is, in order.
    fn actors_of(&self, id: EntityId) -> Result<Vec<ItemAt>, Error>;

    /// The telling that a statement belongs to; `None` where it is told once.
    fn telling_of(
        &self,
        document: DocumentId,
        statement: StatementId,
    ) -> Result<Option<TellingId>, Error>;

    /// A telling.
    fn telling(&self, id: TellingId) -> Result<Option<Telling>, Error>;

    /// Tellings, by number, behind one of them; at most `limit`, or all where that is 0.
    fn tellings(&self, after: Option<TellingId>, limit: u32) -> Result<Vec<Telling>, Error>;

    /// What a statement does to statements of other documents, and they to it.
    fn cross_links(
        &self,
        document: DocumentId,
        statement: StatementId,
    ) -> Result<Vec<CrossLink>, Error>;

    /// The statements of other reports that answer a statement or one that tells the same, each of
    /// them once where it is told several times, in order.
    fn answers_to(
        &self,
        document: DocumentId,
        statement: StatementId,
    ) -> Result<Vec<(ItemAt, LinkKind)>, Error>;

    /// Series of at least two figures, of one thing counted or of all, by number. A figure that is in
    /// none stands alone.
    fn series(&self, counted: Option<&str>) -> Result<Vec<Series>, Error>;

    /// The series that have a figure in one of these documents.
    fn series_in(&self, documents: &[DocumentId]) -> Result<Vec<Series>, Error>;

    /// The figures of a document that are in a series, each with its series.
    fn series_of(&self, document: DocumentId) -> Result<BTreeMap<FigureId, SeriesId>, Error>;

    /// The matter that a proceeding of a document tells of, as it stood on a day (an ISO date) or as
    /// it stands; `None` for a proceeding that is not there.
    fn matter_of(
        &self,
        document: DocumentId,
        proceeding: ProceedingId,
        as_of: Option<&str>,
    ) -> Result<Option<Matter>, Error>;

    /// Matters as they stood on a day (an ISO date), or as they stand; of one subject or of all.
    fn matters(&self, as_of: Option<&str>, subject: Option<EntityId>)
    -> Result<Vec<Matter>, Error>;

    /// What does not agree across documents.
    fn findings(&self) -> Result<Vec<Discrepancy>, Error>;
}
