//! Which documents a view has to look at.

use crate::error::Error;
use crate::filter::Meant;
use crate::key::DocumentId;
use crate::select::Kind;

/// The part of a store that finds documents for views.
pub trait Views {
    /// At most `limit` documents after a number, in order, that have a record and that may hold
    /// items of these kinds that a filter means, its entities known. Each has still to be held
    /// against it. What it costs to begin goes by how many documents name those that are asked for:
    /// ask for many at once.
    fn may_hold(
        &self,
        meant: &Meant<'_>,
        kinds: &[Kind],
        after: DocumentId,
        limit: u32,
    ) -> Result<Vec<DocumentId>, Error>;
}
