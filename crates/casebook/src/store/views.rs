//! Which documents a view has to look at.

use crate::error::Error;
use crate::filter::Filter;
use crate::key::DocumentId;

/// The part of a store that finds documents for views.
pub trait Views {
    /// At most `limit` documents after a number, in order, that have a record and that may hold
    /// what a filter means. Each has still to be held against it.
    fn may_hold(
        &self,
        filter: &Filter,
        after: DocumentId,
        limit: u32,
    ) -> Result<Vec<DocumentId>, Error>;
}
