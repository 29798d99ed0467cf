//! What is joined across documents, as views ask for it.

use std::fmt;
use std::str::FromStr;

use onrecord_record::{ActorKind, Instrument, ItemId, LinkKind, State, StepKind};
use serde::{Serialize, Serializer};

use crate::key::DocumentId;

/// An item of a document of the case: `d5:s3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemAt {
    /// The document.
    pub document: DocumentId,
    /// The item of its current record.
    pub item: ItemId,
}

impl ItemAt {
    /// The item of a document.
    #[must_use]
    pub fn new(document: DocumentId, item: impl Into<ItemId>) -> Self {
        Self { document, item: item.into() }
    }
}

impl fmt::Display for ItemAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.document, self.item)
    }
}

impl FromStr for ItemAt {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (document, item) = text.split_once(':').ok_or(())?;
        Ok(Self { document: document.parse()?, item: item.parse().map_err(|_| ())? })
    }
}

impl Serialize for ItemAt {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident $letter:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub u32);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!($letter, "{}"), self.0)
                }
            }

            impl FromStr for $name {
                type Err = ();

                fn from_str(text: &str) -> Result<Self, ()> {
                    let digits = text.strip_prefix($letter).ok_or(())?;
                    let plain =
                        !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
                    digits.parse().ok().filter(|_| plain).map(Self).ok_or(())
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    to.collect_str(self)
                }
            }
        )*
    };
}

numbers! {
    /// The number of somebody who is known to the case by name: `e7`.
    EntityId 'e';
    /// The number of a telling: `k7`.
    TellingId 'k';
    /// The number of a series of figures: `q7`.
    SeriesId 'q';
}

/// Somebody known to the case by name: actors of documents that are taken for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// Its number. Where several were joined, the least of theirs.
    pub id: EntityId,
    /// The name that most documents have.
    pub name: String,
    /// The kind that most documents have.
    pub kind: ActorKind,
    /// Its other names, sorted.
    pub aliases: Vec<String>,
    /// In how many documents it stands, copies counted.
    pub documents: u32,
    /// Titles that documents give it, those of most documents first.
    pub roles: Vec<RoleHeld>,
}

/// A title of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleHeld {
    /// As printed first.
    pub title: String,
    /// The name of whose title it is, where the words tell.
    pub of: Option<String>,
    /// In how many documents.
    pub documents: u32,
}

/// Which entities are asked for.
#[derive(Debug, Clone, Default)]
pub struct EntityQuery<'q> {
    /// One of its names begins a word of it with this, in any case of letters; empty for all.
    pub name: &'q str,
    /// Its kind.
    pub kind: Option<ActorKind>,
    /// Entities behind this one, by number.
    pub after: Option<EntityId>,
    /// How many at most; 0 for all.
    pub limit: u32,
}

/// One statement of one source, however often and by whomever it is told again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Telling {
    /// Its number.
    pub id: TellingId,
    /// Whose; `None` for a source without a name.
    pub source: Option<EntityId>,
    /// The first and the last day that it can have been said on.
    pub said: Option<(String, String)>,
    /// Where it stands, in the order of documents.
    pub statements: Vec<ItemAt>,
    /// How many reports tell it: documents, copies of one story counted once.
    pub reports: u32,
}

/// What a statement of one document does to a statement of another. Where either is told several
/// times, the link holds for all of its telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CrossLink {
    /// The statement that does it.
    pub from: ItemAt,
    /// The statement it is done to.
    pub to: ItemAt,
    /// What it does.
    pub kind: LinkKind,
}

/// How many stand behind something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SourcesCounted {
    /// Sources with a name, each counted once.
    pub named: u32,
    /// Reports that have it from somebody without a name, copies of one story counted once.
    pub unnamed: u32,
    /// Reports that tell it, copies of one story counted once.
    pub reports: u32,
}

/// Figures of one quantity: the same thing counted, of the same event. Values are side by side and
/// never averaged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Its number.
    pub id: SeriesId,
    /// What is counted, as in a record.
    pub counted: String,
    /// Of whom, as most documents have it.
    pub of: Option<String>,
    /// Where, as most documents have it.
    pub place: Option<String>,
    /// The first and the last day of the event.
    pub when: Option<(String, String)>,
    /// The figures, by the day of counting, then in the order of documents.
    pub points: Vec<Point>,
}

/// A figure of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The figure.
    pub figure: ItemAt,
    /// The least that it can be.
    pub low: Option<f64>,
    /// The most that it can be.
    pub high: Option<f64>,
    /// Whether the words say that it is not exact.
    pub approximate: bool,
    /// Who gives it; `None` where nobody with a name does.
    pub source: Option<EntityId>,
    /// Whose it is: `actor`, `unnamed` or `narrator`.
    pub source_kind: String,
    /// The day it was counted, said or published, whichever is known first.
    pub as_of: Option<String>,
    /// The first of the copies of its story.
    pub report: DocumentId,
}

/// Proceedings of one forum against one subject by one instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matter {
    /// The first proceeding that tells of it, by which it is called.
    pub id: ItemAt,
    /// What it acts by.
    pub instrument: Instrument,
    /// The court or body.
    pub forum: Option<EntityId>,
    /// Whom it concerns.
    pub subject: Option<EntityId>,
    /// The proceedings of documents that tell of it.
    pub proceedings: Vec<ItemAt>,
    /// Its steps up to the day asked for, by day.
    pub steps: Vec<StepTold>,
    /// Where it stands after them; `None` where it had not begun.
    pub state: Option<State>,
}

/// A step of a matter, with all that tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepTold {
    /// What was done.
    pub step: StepKind,
    /// The first and the last day that it can have been done on.
    pub on: Option<(String, String)>,
    /// Why.
    pub reason: Option<String>,
    /// The proceedings that tell of it.
    pub told: Vec<ItemAt>,
}

/// What does not agree across documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Discrepancy {
    /// What it is.
    pub kind: DiscrepancyKind,
    /// The items that part, each of another report.
    pub items: Vec<ItemAt>,
}

/// Kinds of what does not agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiscrepancyKind {
    /// A count that can only grow is lower at a later day, of the same source: earlier, later.
    Falls,
    /// One source gives two values for one quantity and one day.
    TwoValues,
    /// A withdrawal is told, and no document tells of what was withdrawn.
    NothingToWithdraw,
    /// A step is told on a day before one that has to come before it.
    StepOrder,
}
