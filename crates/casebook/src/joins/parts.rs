//! What joining keeps of documents and hands to the store.

use crate::key::DocumentId;

/// A time that is wider tells no day that something was said on.
pub(crate) const SAID_DAYS: i32 = 14;
/// A time that is wider tells no day of an event.
pub(crate) const EVENT_DAYS: i32 = 31;

/// A place of a document: the number of an item, as in its id, or 0 for the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The document.
    pub document: DocumentId,
    /// The item's number.
    pub item: u32,
}

impl Spot {
    /// The place of an item by its index in the record's list.
    pub(crate) fn nth(document: DocumentId, index: usize) -> Self {
        Self { document, item: u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1) }
    }

    /// The index of the item in the record's list.
    pub(crate) fn index(self) -> usize {
        self.item.saturating_sub(1) as usize
    }
}

/// Kinds of wholes, by the number that the store keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WholeKind {
    /// Copies of one story.
    Copies = 1,
    /// Statements that tell the same.
    Telling = 2,
    /// Figures of one quantity.
    Series = 3,
}

/// An entity of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its number.
    pub id: u32,
    /// The least number of those that are one with it.
    pub root: u32,
    /// Its name for comparing.
    pub key: String,
    /// Its name as printed first.
    pub name: String,
    /// Its kind, as in a record.
    pub kind: String,
    /// How many documents have it.
    pub documents: u32,
}

/// An entity to make.
#[derive(Debug, Clone, Copy)]
pub struct NewLeaf<'a> {
    /// Its name for comparing.
    pub key: &'a str,
    /// The last word of its name, where there are others before it.
    pub last: &'a str,
    /// Its name as printed.
    pub name: &'a str,
    /// Its kind.
    pub kind: &'a str,
    /// The words of its name.
    pub words: &'a [String],
}

/// A title for comparing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Title {
    /// As printed.
    pub title: String,
    /// The key of whose it is; empty where the words do not tell.
    pub of: String,
}

/// Two entities are one, as an actor of a document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Same {
    /// The actor.
    pub actor: Spot,
    /// The one.
    pub leaf: u32,
    /// The other.
    pub other: u32,
}

/// Two entities are one or are not, as somebody ruled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ruling {
    /// The act.
    pub entry: u64,
    /// The one.
    pub leaf: u32,
    /// The other.
    pub other: u32,
    /// Whether they are one.
    pub is_one: bool,
}

/// What is compared of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The statement.
    pub spot: Spot,
    /// Who speaks; 0 is somebody without a name.
    pub leaf: u32,
    /// What it does, as in a record.
    pub act: String,
    /// Whether it was said.
    pub affirmed: bool,
    /// The first day that it can have been said on, counted from 1970; 0 is not known.
    pub first: i32,
    /// The last day.
    pub last: i32,
    /// Whether the words tell the days; else they are those before the publication.
    pub dated: bool,
    /// The least hashes of its words, ascending.
    pub words: Vec<u32>,
}

impl Spoken {
    /// The days that it can have been said on; `None` where nothing tells them.
    #[must_use]
    pub fn days(&self) -> Option<(i32, i32)> {
        (self.last != 0).then_some((self.first, self.last))
    }
}

/// An answer of a statement to one of another document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// The statement that answers.
    pub from: Spot,
    /// The one that is answered.
    pub to: Spot,
    /// How, as in a record.
    pub kind: String,
}

/// What is compared of a figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quantity {
    /// The figure.
    pub spot: Spot,
    /// What is counted.
    pub counted: String,
    /// Whether it is a part of another figure.
    pub is_part: bool,
    /// Of whom: the words in lower case; empty where there are none.
    pub of: String,
    /// Where: the words in lower case; empty where there are none.
    pub place: String,
    /// The first day of the event, counted from 1970; 0 is not known.
    pub first: i32,
    /// Its last day.
    pub last: i32,
    /// The day of counting, saying or publication, whichever is known first.
    pub as_of: Option<String>,
    /// The least and the most that it can be.
    pub value: (Option<f64>, Option<f64>),
    /// Whether the words say that it is not exact.
    pub approximate: bool,
    /// Who gives it; 0 where nobody with a name does.
    pub source: u32,
    /// Whose it is, as in a record.
    pub source_kind: String,
}
