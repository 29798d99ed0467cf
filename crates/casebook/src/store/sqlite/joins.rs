//! What belongs together across documents.

use onrecord_record::{ActorId, StatementId};

use super::Sqlite;
use crate::error::Error;
use crate::joins::{
    CrossLink, Discrepancy, Entity, EntityId, EntityQuery, ItemAt, Matter, Series, SourcesCounted,
    Telling, TellingId,
};
use crate::key::DocumentId;
use crate::store::Joins;

impl Joins for Sqlite {
    fn copies_of(&self, document: DocumentId) -> Result<Vec<DocumentId>, Error> {
        Ok(vec![document])
    }

    fn sources_counted(&self, _: &[ItemAt]) -> Result<SourcesCounted, Error> {
        Ok(SourcesCounted::default())
    }

    fn entity_of(&self, _: DocumentId, _: ActorId) -> Result<Option<EntityId>, Error> {
        Ok(None)
    }

    fn entity(&self, _: EntityId) -> Result<Option<Entity>, Error> {
        Ok(None)
    }

    fn entities(&self, _: &EntityQuery<'_>) -> Result<Vec<Entity>, Error> {
        Ok(Vec::new())
    }

    fn actors_of(&self, _: EntityId) -> Result<Vec<ItemAt>, Error> {
        Ok(Vec::new())
    }

    fn telling_of(&self, _: DocumentId, _: StatementId) -> Result<Option<TellingId>, Error> {
        Ok(None)
    }

    fn telling(&self, _: TellingId) -> Result<Option<Telling>, Error> {
        Ok(None)
    }

    fn tellings(&self, _: Option<TellingId>, _: u32) -> Result<Vec<Telling>, Error> {
        Ok(Vec::new())
    }

    fn cross_links(&self, _: DocumentId, _: StatementId) -> Result<Vec<CrossLink>, Error> {
        Ok(Vec::new())
    }

    fn series(&self, _: Option<&str>) -> Result<Vec<Series>, Error> {
        Ok(Vec::new())
    }

    fn series_in(&self, _: &[DocumentId]) -> Result<Vec<Series>, Error> {
        Ok(Vec::new())
    }

    fn matters(&self, _: Option<&str>, _: Option<EntityId>) -> Result<Vec<Matter>, Error> {
        Ok(Vec::new())
    }

    fn findings(&self) -> Result<Vec<Discrepancy>, Error> {
        Ok(Vec::new())
    }
}
