//! Which documents a view has to look at.

use crate::error::Error;
use crate::filter::Meant;
use crate::key::DocumentId;

/// The part of a store that finds documents for views.
pub trait Views {
    /// At most `limit` documents after a number, in order, that have a record and that may hold
    /// what a filter means, its entities known. Each has still to be held against it.
    fn may_hold(
        &self,
        meant: &Meant<'_>,
        after: DocumentId,
        limit: u32,
    ) -> Result<Vec<DocumentId>, Error>;
}
