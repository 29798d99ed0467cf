//! Allegations: a view over statements that charge somebody with unlawful conduct.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorId, AllegationId, LinkKind, Place, Span, StatementId, When, Who};

/// A charge of unlawful conduct. A definition of a crime is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allegation {
    /// Its id.
    pub id: AllegationId,
    /// What is alleged.
    pub conduct: Vec<Conduct>,
    /// Who is accused.
    pub accused: Vec<Accused>,
    /// The statements that allege it.
    pub by: Vec<StatementId>,
    /// Against whom.
    pub victims: Vec<Who>,
    /// When it is said to have happened.
    pub when: Option<When>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Option<Place>,
    /// The highest step that the text gives it.
    pub standing: Standing,
    /// Where the accuser says what it could not establish.
    pub limits: Vec<Span>,
    /// The statements that answer it.
    pub responses: Vec<Response>,
    /// The share of allegations with this value whose conduct, accused, accuser and standing are
    /// right, from 0 to 1: of those at 0.9, nine in ten. None is surer than the surest of its
    /// statements.
    pub confidence: f64,
}

/// A code of a law pack: an instrument, a colon, and an article such as `rome-statute:7.1.b`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Taxon(pub String);

/// Conduct, by the law's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conduct {
    /// The code.
    pub taxon: Taxon,
    /// The words.
    pub span: Span,
}

/// Somebody accused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accused {
    /// The actor; null where the words name none.
    pub actor: Option<ActorId>,
    /// To which degree.
    pub degree: Option<Degree>,
    /// The words.
    pub span: Span,
}

/// Degrees of responsibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Degree {
    /// Chiefly responsible.
    Chief,
    /// Responsible to a lesser extent.
    Lesser,
}

/// How far an allegation has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Somebody says so.
    Alleged,
    /// A body with a mandate to find says so.
    Found,
    /// Charged.
    Charged,
    /// Convicted.
    Convicted,
    /// Acquitted.
    Acquitted,
    /// Dismissed.
    Dismissed,
    /// The accused admits it.
    Admitted,
}

/// An answer to an allegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The statement that answers.
    pub statement: StatementId,
    /// How.
    pub kind: LinkKind,
}
