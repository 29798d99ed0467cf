//! Statements: attributions as source, cue and content, and what they do to one another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorId, Span, StatementId, When};

/// One attribution: somebody's words or thoughts, and the words that attribute them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// All of it, from its first to its last word.
    pub span: Span,
    /// Who says it.
    pub source: Source,
    /// The words that attribute; null for a quote that none introduces.
    pub cue: Option<Cue>,
    /// What is said, in text order; a quote that the cue interrupts has two.
    pub content: Vec<Span>,
    /// What saying it does.
    pub act: Act,
    /// Whose words they are.
    pub manner: Manner,
    /// Whether it was said or said not to have been.
    pub polarity: Polarity,
    /// When it was said.
    pub said: Option<When>,
    /// What it was said in.
    pub medium: Option<Medium>,
    /// Actors spoken to or called upon.
    pub to: Vec<ActorId>,
    /// Actors through whom it reached the document, nearest last; the agency is always there.
    pub via: Vec<ActorId>,
    /// The statement that holds this one.
    pub within: Option<StatementId>,
    /// The share of statements with this value that are right, from 0 to 1.
    pub confidence: f64,
}

/// Who a statement is attributed to. A report or website that speaks stands for its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Whether it is an actor of the record.
    pub kind: SourceKind,
    /// The actor, where `kind` is `actor`; else null.
    pub actor: Option<ActorId>,
    /// The words; null where the words name none.
    pub span: Option<Span>,
}

/// Whose a statement, figure or step is. The `kind` and `actor` of a [`Source`], without words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Whether it is an actor of the record.
    pub kind: SourceKind,
    /// The actor, where `kind` is `actor`; else null.
    pub actor: Option<ActorId>,
}

/// Kinds of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// An actor of the record.
    Actor,
    /// Somebody without a name: "a witness".
    Unnamed,
    /// The document itself: what a sentence without a source says. Never a statement's.
    Narrator,
}

/// The words that attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// The words.
    pub span: Span,
    /// The dictionary form of the word that attributes.
    pub lemma: String,
}

/// What a statement does.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Says, tells, writes.
    Say,
    /// Charges somebody with something.
    Accuse,
    /// Denies, rejects, dismisses.
    Deny,
    /// Admits, confesses.
    Admit,
    /// Finds, concludes, determines, rules.
    Find,
    /// Estimates.
    Estimate,
    /// Warns.
    Warn,
    /// Demands, calls on, urges.
    Demand,
    /// Promises, vows.
    Promise,
    /// Believes, thinks, considers.
    Believe,
    /// Orders.
    Order,
    /// Asks.
    Ask,
}

/// Whose words the content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

/// Whether something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Said.
    Affirmed,
    /// Said not to have been said: "did not say".
    Negated,
}

/// What something was said in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Medium {
    /// Its kind.
    pub kind: MediumKind,
    /// The words.
    pub span: Span,
}

/// Kinds of media.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum MediumKind {
    Report,
    Statement,
    Speech,
    Interview,
    Post,
    CourtDocument,
    Letter,
    Briefing,
    Other,
}

/// What one statement does to another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The statement that does it.
    pub from: StatementId,
    /// The statement it is done to.
    pub to: StatementId,
    /// What it does.
    pub kind: LinkKind,
    /// The share of links with this value that are right, from 0 to 1: of those at 0.9, nine in ten.
    /// None is surer than either statement.
    pub confidence: f64,
}

/// Kinds of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Says that it is not so.
    Denies,
    /// Answers it, without a denial.
    Responds,
    /// Says it again.
    Repeats,
    /// Speaks for it.
    Supports,
    /// Puts it right.
    Corrects,
    /// Says what cannot be true with it.
    Contradicts,
}

impl LinkKind {
    /// Whether it answers what it leads to: an allegation with such a link is answered.
    #[must_use]
    pub fn is_answer(self) -> bool {
        !matches!(self, Self::Repeats | Self::Supports)
    }
}
