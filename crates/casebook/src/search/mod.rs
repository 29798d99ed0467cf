//! Search over the texts and items of a case.

mod parse;
mod passages;
mod query;
mod words;

use onrecord_record::{Allegation, Figure, Record, Span, Statement};
use serde::Serialize;

use crate::case::Case;
use crate::error::Error;
use crate::key::DocumentId;
use crate::store::{DocumentRow, Found, FoundDocument};

pub use parse::{BadQuery, Cause};
pub use passages::Passage;
pub use query::{Condition, Days, Phrase, Query, What, Words};
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
    /// What it is called in the case: `d5:s3`.
    pub id: String,
    /// Whose it is, by name or by the words that tell; null where nobody is told.
    pub source: Option<String>,
    /// The item.
    #[serde(flatten)]
    pub item: Item,
    /// Words of the query in it.
    pub found: Vec<Span>,
}

/// An item of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Item {
    Statement(Statement),
    Allegation(Allegation),
    Figure(Figure),
}

impl Case {
    /// Finds documents and their items; `limit` documents at most.
    ///
    /// # Errors
    /// [`Error::Unknown`] and [`Error::Ambiguous`] for a document that the query names;
    /// [`Error::Store`].
    pub fn search(&self, mut query: Query, limit: u32) -> Result<Hits, Error> {
        for condition in &mut query.conditions {
            if let What::Document(names) = &condition.what {
                let ids: Result<Vec<DocumentId>, Error> =
                    names.iter().map(|name| Ok(self.document(name)?.id)).collect();
                condition.what = What::Documents(ids?);
            }
        }
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
    fn at<T>(list: &[T], number: u32) -> Option<&T> {
        list.get(number.checked_sub(1)? as usize)
    }
    let name = |actor| record.actor(actor).map(|actor| actor.name.clone());
    let source = |statement: &Statement| {
        let words = || statement.source.span.as_ref().map(|span| span.text.clone());
        statement.source.actor.and_then(name).or_else(words)
    };
    let first_source = |id| record.statement(id).and_then(source);
    let places = if phrases.is_empty() {
        Vec::new()
    } else {
        passages::places(&record.document.text, phrases)
    };
    let within = |span: &Span| -> Vec<Span> {
        let inside = places.iter().filter(|(place, _)| {
            span.start.index() <= place.start && place.end <= span.end.index()
        });
        let text = &record.document.text;
        inside
            .filter_map(|(place, _)| onrecord_record::Extent::at(place.clone()).span(text))
            .collect()
    };
    let called = |id: &dyn std::fmt::Display| format!("{}:{id}", found.id);
    let statements = found.statements.iter().filter_map(|id| at(&record.statements, *id));
    let statements = statements.map(|statement| FoundItem {
        id: called(&statement.id),
        source: source(statement),
        found: within(&statement.span),
        item: Item::Statement(statement.clone()),
    });
    let allegations = found.allegations.iter().filter_map(|id| at(&record.allegations, *id));
    let allegations = allegations.map(|allegation| FoundItem {
        id: called(&allegation.id),
        source: allegation.by.iter().find_map(|id| first_source(*id)),
        found: allegation.conduct.iter().flat_map(|conduct| within(&conduct.span)).collect(),
        item: Item::Allegation(allegation.clone()),
    });
    let figures = found.figures.iter().filter_map(|id| at(&record.figures, *id));
    let figures = figures.map(|figure| FoundItem {
        id: called(&figure.id),
        source: figure
            .source
            .actor
            .and_then(name)
            .or_else(|| figure.statement.and_then(first_source)),
        found: within(&figure.span),
        item: Item::Figure(figure.clone()),
    });
    statements.chain(allegations).chain(figures).collect()
}
