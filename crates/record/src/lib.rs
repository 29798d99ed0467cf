//! The record: who said what about whom in one document, as values that serialise to the contract.
//!
//! Three laws hold for every value. It is attributed, never asserted: what no source says is the
//! narrator's. It shows its words: a value carries the spans it was read from, or names the values
//! it was derived from. The same text, engine, pack and model give the same JSON, byte for byte.
//!
//! A field may be added, never renamed or dropped, without a new [`Record::VERSION`]. Reading a
//! record refuses fields that it does not know, so that nothing is dropped without a word.
//!
//! ```
//! use onrecord_record::{Extent, Offset};
//! let text = "He said “yes”.";
//! let words = Extent::new(Offset(3), Offset(7)).span(text).unwrap();
//! assert_eq!(serde_json::to_string(&words).unwrap(), r#"{"start":3,"end":7,"text":"said"}"#);
//! ```

mod actor;
mod allegation;
mod check;
mod document;
mod figure;
mod id;
mod proceeding;
mod schema;
mod span;
mod statement;
mod time;
mod validate;

pub use actor::{Actor, ActorKind, Form, Mention, Relation, RelationKind, Role, RoleStatus};
pub use allegation::{Accused, Allegation, Conduct, Degree, Response, Standing, Taxon};
pub use check::{Check, CheckKind};
pub use document::{
    Basis, Dateline, Document, Notice, NoticeKind, Origin, Published, Sha256, SourceFile,
};
pub use figure::{Figure, Place, Who};
pub use id::{ActorId, AllegationId, BadId, FigureId, ItemId, ProceedingId, StatementId, TimeId};
pub use proceeding::{Instrument, Proceeding, State, Step, StepKind};
pub use schema::json_schema;
pub use span::{Extent, Offset, Span};
pub use statement::{
    Act, Cue, Link, LinkKind, Manner, Medium, MediumKind, Party, Polarity, Source, SourceKind,
    Statement,
};
pub use time::{Anchor, Mod, Time, TimeType, When};
pub use validate::{Breach, Cause};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What Onrecord makes of one document. The lists are in text order and their ids count from 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The number of the contract: [`Record::VERSION`].
    pub record: u32,
    /// What made it.
    pub made_by: MadeBy,
    /// The document, with the text that all spans point into.
    pub document: Document,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Who speaks, is spoken of, or is charged.
    pub actors: Vec<Actor>,
    /// Attributions: source, cue, content.
    pub statements: Vec<Statement>,
    /// Statements that charge somebody with unlawful conduct, seen by conduct.
    pub allegations: Vec<Allegation>,
    /// Numbers, what they count and whose they are.
    pub figures: Vec<Figure>,
    /// Legal steps by forum, instrument and subject.
    pub proceedings: Vec<Proceeding>,
    /// What statements do to one another.
    pub links: Vec<Link>,
    /// What can be checked inside the record.
    pub checks: Vec<Check>,
}

impl Record {
    /// The number of the contract that these types keep.
    pub const VERSION: u32 = 1;

    /// A record that holds a document and nothing read from it.
    #[must_use]
    pub fn of_document(made_by: MadeBy, document: Document) -> Self {
        Self {
            record: Self::VERSION,
            made_by,
            document,
            times: Vec::new(),
            actors: Vec::new(),
            statements: Vec::new(),
            allegations: Vec::new(),
            figures: Vec::new(),
            proceedings: Vec::new(),
            links: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// The actor of an id, or `None` where the record holds none.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }

    /// The statement of an id, or `None` where the record holds none.
    #[must_use]
    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }
}

/// What made a record: enough to make the same bytes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MadeBy {
    /// The version of Onrecord.
    pub onrecord: String,
    /// The language pack and its version, as `en@1`; null where the language has none.
    pub pack: Option<String>,
    /// The hash of the model's weights; null where no model was used.
    pub model: Option<String>,
}
