//! Where items stand: what a decision hangs on, so that it outlives a reading.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_record::{Extent, ItemId, Record, Span};
use serde::{Deserialize, Serialize};

/// Kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ItemKind {
    Time,
    Actor,
    Statement,
    Allegation,
    Figure,
    Proceeding,
}

impl ItemKind {
    /// The kind of an item.
    #[must_use]
    pub fn of(id: ItemId) -> Self {
        match id {
            ItemId::TimeId(_) => Self::Time,
            ItemId::ActorId(_) => Self::Actor,
            ItemId::StatementId(_) => Self::Statement,
            ItemId::AllegationId(_) => Self::Allegation,
            ItemId::FigureId(_) => Self::Figure,
            ItemId::ProceedingId(_) => Self::Proceeding,
        }
    }

    /// The kind as JSON and tables have it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Actor => "actor",
            Self::Statement => "statement",
            Self::Allegation => "allegation",
            Self::Figure => "figure",
            Self::Proceeding => "proceeding",
        }
    }

    /// The list of a record that holds such items.
    pub(crate) fn list(self) -> &'static str {
        match self {
            Self::Time => "times",
            Self::Actor => "actors",
            Self::Statement => "statements",
            Self::Allegation => "allegations",
            Self::Figure => "figures",
            Self::Proceeding => "proceedings",
        }
    }
}

impl fmt::Display for ItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Where an item of a document stands. Two readings that find an item of this kind in the same
/// words at the same place mean the same item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The kind of the item.
    pub kind: ItemKind,
    /// The first byte of its words.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Its words.
    pub words: String,
    /// Which of the items of its kind in these words it is, from 0.
    pub turn: u32,
}

/// The place of each item of a record, in its order.
#[must_use]
pub fn places(record: &Record) -> Vec<(ItemId, Place)> {
    let text = &record.document.text;
    let mut turns: BTreeMap<(ItemKind, Extent), u32> = BTreeMap::new();
    let mut places = Vec::new();
    let mut add = |id: ItemId, extent: Extent, words: Option<&str>| {
        let kind = ItemKind::of(id);
        let turn = turns.entry((kind, extent)).or_default();
        let words = words.or_else(|| extent.of(text)).unwrap_or_default().to_owned();
        let place = Place { kind, start: extent.start.0, end: extent.end.0, words, turn: *turn };
        *turn += 1;
        places.push((id, place));
    };
    for time in &record.times {
        add(time.id.into(), time.span.extent(), None);
    }
    for actor in &record.actors {
        // An agency may have no mention: then its name tells it.
        match actor.mentions.first() {
            Some(mention) => add(actor.id.into(), mention.span.extent(), None),
            None => add(actor.id.into(), Extent::default(), Some(&actor.name)),
        }
    }
    for statement in &record.statements {
        add(statement.id.into(), statement.span.extent(), None);
    }
    for allegation in &record.allegations {
        let spans = allegation.conduct.iter().map(|conduct| &conduct.span);
        add(allegation.id.into(), cover(spans), None);
    }
    for figure in &record.figures {
        add(figure.id.into(), figure.span.extent(), None);
    }
    for proceeding in &record.proceedings {
        let steps = proceeding.steps.iter().map(|step| &step.span);
        let conduct = proceeding.conduct.iter().map(|conduct| &conduct.span);
        add(proceeding.id.into(), cover(steps.chain(conduct)), None);
    }
    places
}

/// The smallest extent that holds all spans; empty at the start where there are none.
fn cover<'s>(spans: impl Iterator<Item = &'s Span>) -> Extent {
    spans.map(Span::extent).reduce(Extent::cover).unwrap_or_default()
}
