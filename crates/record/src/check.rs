//! Checks: what can be checked inside a record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ItemId;

/// One check and how it came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its kind.
    pub kind: CheckKind,
    /// The items that it compares.
    pub items: Vec<ItemId>,
    /// Whether they agree.
    pub holds: bool,
    /// One plain sentence.
    pub says: String,
    /// The share of checks with this value that compare what the text compares, from 0 to 1: of
    /// those at 0.9, nine in ten. None is surer than the items that it compares.
    pub confidence: f64,
}

/// Kinds of checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// Parts against their whole, as a sum.
    Sum,
    /// A part against its whole, as a bound.
    Bound,
    /// Two values for one quantity, source and date.
    Conflict,
    /// Steps or times in an order that cannot be.
    Order,
}
