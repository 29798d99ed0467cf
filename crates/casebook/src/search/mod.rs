//! Search over the texts and items of a case.

mod parse;
mod passages;
mod query;
mod words;

use onrecord_record::{AllegationId, Extent, FigureId, ItemId, Record, Span, StatementId};
use serde::Serialize;

use crate::case::Case;
use crate::error::Error;
use crate::item::{CaseItem, Item};
use crate::key::DocumentId;
use crate::store::{DocumentRow, Found, FoundDocument, OneState};

pub use parse::{BadQuery, Cause};
pub use passages::Passage;
pub use query::{Condition, Days, Phrase, Query, What, Words};
pub(crate) use words::is_unspaced;
pub use words::{Word, fold, line, words};

/// What a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// Documents: the best first where words were asked for, else the newest in the case.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub is_cut: bool,
    /// Whether so many have the words that only the newest were ranked.
    pub is_partly_ranked: bool,
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The document.
    #[serde(flatten)]
    pub row: DocumentRow,
    /// How well it fits the words, by BM25; null where none were asked for.
    pub score: Option<f64>,
    /// Where the words stand, at most three passages; none where they stand in the title alone.
    pub passages: Vec<Passage>,
    /// The items that meet the conditions.
    pub items: Vec<FoundItem>,
}

/// An item that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundItem {
    /// The item.
    #[serde(flatten)]
    pub item: CaseItem,
    /// Words of the query in it.
    pub found: Vec<Span>,
}

impl Case {
    /// Finds documents and their items; `limit` documents at most.
    ///
    /// # Errors
    /// [`Error::Unknown`] and [`Error::Ambiguous`] for a document that the query names;
    /// [`Error::Store`].
    pub fn search(&self, query: Query, limit: u32) -> Result<Hits, Error> {
        let _state = OneState::of(self.store())?;
        let query = self.understood(query)?;
        let mut phrases: Vec<&Phrase> = query.words.iter().flat_map(Words::phrases).collect();
        for Condition { holds, what } in &query.conditions {
            if let (true, What::Says(says)) = (*holds, what) {
                phrases.extend(says);
            }
        }
        let Found { documents, is_cut, is_partly_ranked } = self.store.search(&query, limit)?;
        let hits = documents.iter().filter_map(|found| self.hit(found, &phrases).transpose());
        Ok(Hits { hits: hits.collect::<Result<_, _>>()?, is_cut, is_partly_ranked })
    }

    /// A query with the numbers of the documents that it names.
    ///
    /// # Errors
    /// [`Error::Unknown`] and [`Error::Ambiguous`] for a document that it names.
    pub fn understood(&self, mut query: Query) -> Result<Query, Error> {
        for condition in &mut query.conditions {
            if let What::Document(names) = &condition.what {
                let ids: Result<Vec<DocumentId>, Error> =
                    names.iter().map(|name| Ok(self.document(name)?.id)).collect();
                condition.what = What::Documents(ids?);
            }
        }
        Ok(query)
    }

    fn hit(&self, found: &FoundDocument, phrases: &[&Phrase]) -> Result<Option<Hit>, Error> {
        let Some(row) = self.store.document(found.id)? else { return Ok(None) };
        let score = found.score;
        let has_items = [&found.statements, &found.allegations, &found.figures]
            .iter()
            .any(|ids| !ids.is_empty());
        if has_items {
            let Some(record) = self.store.record(found.id)? else { return Ok(None) };
            let passages = passages::passages(&record.document.text, phrases);
            let items = items(found, &record, phrases);
            return Ok(Some(Hit { row, score, passages, items }));
        }
        let passages = match phrases {
            [] => Vec::new(),
            phrases => {
                let text = self.store.text(found.id)?.unwrap_or_default();
                passages::passages(&text, phrases)
            }
        };
        Ok(Some(Hit { row, score, passages, items: Vec::new() }))
    }
}

fn items(found: &FoundDocument, record: &Record, phrases: &[&Phrase]) -> Vec<FoundItem> {
    fn ids<T: Into<ItemId>>(numbers: &[u32], id: fn(usize) -> T) -> impl Iterator<Item = ItemId> {
        numbers.iter().filter_map(move |number| Some(id(number.checked_sub(1)? as usize).into()))
    }
    let text = &record.document.text;
    let places = if phrases.is_empty() { Vec::new() } else { passages::places(text, phrases) };
    let within = |span: &Span| {
        let (start, end) = (span.start.index(), span.end.index());
        let inside = places
            .iter()
            .map(|place| place.range.clone())
            .filter(move |at| start <= at.start && at.end <= end);
        inside.filter_map(|at| Extent::at(at).span(text)).collect::<Vec<_>>()
    };
    let all = ids(&found.statements, StatementId::nth)
        .chain(ids(&found.allegations, AllegationId::nth))
        .chain(ids(&found.figures, FigureId::nth));
    let shown = |id| {
        let item = CaseItem::of(found.id, record, id)?;
        let found = match &item.item {
            Item::Statement(statement) => within(&statement.span),
            Item::Allegation(allegation) => {
                allegation.conduct.iter().flat_map(|conduct| within(&conduct.span)).collect()
            }
            Item::Figure(figure) => within(&figure.span),
            Item::Time(_) | Item::Actor(_) | Item::Proceeding(_) => Vec::new(),
        };
        Some(FoundItem { item, found })
    };
    all.filter_map(shown).collect()
}
