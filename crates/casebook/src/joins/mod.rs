//! What belongs together across documents.

mod types;

pub use types::{
    ActorAt, CrossLink, Discrepancy, DiscrepancyKind, Entity, EntityId, EntityQuery, ItemAt,
    Matter, MatterId, Point, RoleHeld, Series, SeriesId, SourcesCounted, StatementAt, StepTold,
    Telling, TellingId,
};
