//! An item of a record as a case shows it: with what it is called and whose it is.

use onrecord_record::{
    Actor, Allegation, Figure, ItemId, Proceeding, Record, Source, Statement, Time,
};
use serde::Serialize;

use crate::key::DocumentId;

/// An item of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Item {
    Time(Time),
    Actor(Actor),
    Statement(Statement),
    Allegation(Allegation),
    Figure(Figure),
    Proceeding(Proceeding),
}

/// An item with what it is called in the case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseItem {
    /// What it is called: `d5:s3`.
    pub id: String,
    /// Whose it is, by name or by the words that tell; null where nobody is told.
    pub source: Option<String>,
    /// The item.
    #[serde(flatten)]
    pub item: Item,
}

impl CaseItem {
    /// The item of a document's record; `None` where it has none of this id.
    #[must_use]
    pub fn of(document: DocumentId, record: &Record, id: ItemId) -> Option<Self> {
        let name = |actor| record.actor(actor).map(|actor| actor.name.clone());
        let words = |source: &Source| source.span.as_ref().map(|span| span.text.clone());
        let said = |source: &Source| source.actor.and_then(name).or_else(|| words(source));
        let by = |id| record.statement(id).and_then(|statement| said(&statement.source));
        let (source, item) = match id {
            ItemId::TimeId(id) => (None, Item::Time(record.times.get(id.index())?.clone())),
            ItemId::ActorId(id) => (None, Item::Actor(record.actor(id)?.clone())),
            ItemId::StatementId(id) => {
                let statement = record.statement(id)?;
                (said(&statement.source), Item::Statement(statement.clone()))
            }
            ItemId::AllegationId(id) => {
                let allegation = record.allegations.get(id.index())?;
                (allegation.by.iter().find_map(|id| by(*id)), Item::Allegation(allegation.clone()))
            }
            ItemId::FigureId(id) => {
                let figure = record.figures.get(id.index())?;
                let source = figure.source.actor.and_then(name);
                let source = source.or_else(|| figure.statement.and_then(by));
                (source, Item::Figure(figure.clone()))
            }
            ItemId::ProceedingId(id) => {
                let proceeding = record.proceedings.get(id.index())?;
                (proceeding.forum.and_then(name), Item::Proceeding(proceeding.clone()))
            }
        };
        Some(Self { id: format!("{document}:{id}"), source, item })
    }
}
