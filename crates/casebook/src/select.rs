//! The items of a case that a filter means, document by document.

use onrecord_record::{ItemId, Record};

use crate::case::Case;
use crate::error::Error;
use crate::filter::Filter;
use crate::grouping::Copies;
use crate::key::DocumentId;
use crate::store::DocumentRow;

/// A kind of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Statement,
    Allegation,
    Figure,
    Proceeding,
    Actor,
}

/// A document with the items that are meant.
#[derive(Debug, Clone)]
pub struct Selected {
    /// The document.
    pub row: DocumentRow,
    /// Its record, whole.
    pub record: Record,
    /// The items, by kind in the order asked for and in text order; at least one.
    pub items: Vec<ItemId>,
    /// The document that stands for it and its copies, itself where it is no copy of one that came
    /// earlier. What is counted is counted once for all of them.
    pub first: DocumentId,
}

/// Documents taken from the store at once.
const PAGE: u32 = 200;

impl Case {
    /// Gives each document that holds items of these kinds that a filter means, in the order of
    /// documents, until the filter's limit is reached. Memory is one record.
    ///
    /// # Errors
    /// Where the store refuses, and what `each` gives.
    pub fn select<E: From<Error>>(
        &self,
        filter: &Filter,
        kinds: &[Kind],
        mut each: impl FnMut(Selected) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut left = filter.limit.unwrap_or(usize::MAX);
        let mut copies = Copies::default();
        let mut after = DocumentId(0);
        while left > 0 {
            let page = self.store.may_hold(filter, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = *last;
            for id in page {
                let Some(row) = self.store.document(id)? else { continue };
                if left == 0 || !filter.lets_document(&row) {
                    continue;
                }
                let Some(record) = self.store.record(id)? else { continue };
                let mut items = items(&record, kinds);
                items.retain(|item| filter.lets(&row, &record, *item));
                items.truncate(left);
                left -= items.len();
                if !items.is_empty() {
                    let first = copies.first(id, record.document.id);
                    each(Selected { row, record, items, first })?;
                }
            }
        }
        Ok(())
    }
}

fn items(record: &Record, kinds: &[Kind]) -> Vec<ItemId> {
    let all = |kind: &Kind| -> Vec<ItemId> {
        match kind {
            Kind::Statement => record.statements.iter().map(|s| s.id.into()).collect(),
            Kind::Allegation => record.allegations.iter().map(|g| g.id.into()).collect(),
            Kind::Figure => record.figures.iter().map(|f| f.id.into()).collect(),
            Kind::Proceeding => record.proceedings.iter().map(|p| p.id.into()).collect(),
            Kind::Actor => record.actors.iter().map(|a| a.id.into()).collect(),
        }
    };
    kinds.iter().flat_map(all).collect()
}
