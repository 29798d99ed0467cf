//! Figures: numbers, what they count and whose they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use crate::{ActorId, FigureId, Party, Span, StatementId, When};

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its id.
    pub id: FigureId,
    /// The words: the number, its bounds and what is counted.
    pub span: Span,
    /// What is counted: `killed`, `injured`, `abducted`, `missing`, `detained`, `displaced`,
    /// `released`, `returned`, `executed`, `charged`, `money`, `pages`, or the counted noun's
    /// dictionary form.
    pub counted: String,
    /// The least it can be; null is open.
    #[serde(serialize_with = "plainly")]
    pub low: Option<f64>,
    /// The most it can be; null is open.
    #[serde(serialize_with = "plainly")]
    pub high: Option<f64>,
    /// Whether the words say that it is not exact.
    pub approximate: bool,
    /// The word for what is counted, as said.
    pub as_said: Option<Span>,
    /// Of whom.
    pub of: Option<Who>,
    /// The figure that it is a part of.
    pub part_of: Option<FigureId>,
    /// When what was counted happened.
    pub when: Option<When>,
    /// When it was counted.
    pub as_of: Option<When>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Option<Place>,
    /// The statement that gives it; null for the narrator's.
    pub statement: Option<StatementId>,
    /// Whose it is.
    pub source: Party,
    /// The share of figures with this value of which number, what is counted and source are right,
    /// from 0 to 1: of those at 0.9, nine in ten. None is surer than the statement that gives it.
    pub confidence: f64,
}

/// Writes whole numbers without a fraction: `12`, not `12.0`.
#[expect(clippy::ref_option, reason = "the shape that serde asks for")]
fn plainly<S: Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and in the range of i64")]
        Some(value) if value.fract() == 0.0 && value.abs() <= EXACT => {
            to.serialize_some(&(*value as i64))
        }
        other => other.serialize(to),
    }
}

/// People or an actor, as the words name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// The actor; null where the words name none of the record's.
    pub actor: Option<ActorId>,
    /// The words.
    pub span: Span,
}

/// A place, as the words name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The words.
    pub span: Span,
}
