//! Proceedings: legal steps by forum, instrument and subject.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorId, Conduct, ProceedingId, Span, When};

/// What a forum does about one subject. A list of subjects makes a proceeding each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proceeding {
    /// Its id.
    pub id: ProceedingId,
    /// The court or body; null where the words name none.
    pub forum: Option<ActorId>,
    /// What it acts by.
    pub instrument: Instrument,
    /// Whom it concerns; null where the words name none.
    pub subject: Option<ActorId>,
    /// For what.
    pub conduct: Vec<Conduct>,
    /// Its steps in time order.
    pub steps: Vec<Step>,
    /// Where it stands after the last step.
    pub state: State,
    /// The date of that state.
    pub as_of: Option<When>,
    /// The share of proceedings with this value whose instrument, subject and state are right, from
    /// 0 to 1: of those at 0.9, nine in ten. None is surer than its last step.
    pub confidence: f64,
}

/// What a forum acts by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Instrument {
    ArrestWarrant,
    Indictment,
    Trial,
    Investigation,
    Sanctions,
    Extradition,
    Lawsuit,
    Resolution,
}

/// One legal step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What was done.
    pub step: StepKind,
    /// When.
    pub on: Option<When>,
    /// Why, such as `death`.
    pub reason: Option<String>,
    /// The words.
    pub span: Span,
    /// The share of steps with this value that are right, with their day, from 0 to 1: of those at
    /// 0.9, nine in ten.
    pub confidence: f64,
}

/// Kinds of legal steps.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum StepKind {
    Opened,
    Applied,
    Issued,
    Unsealed,
    Withdrawn,
    Rejected,
    /// Arrested.
    Executed,
    Surrendered,
    Confirmed,
    Began,
    Convicted,
    Acquitted,
    Sentenced,
    Appealed,
    Upheld,
    Overturned,
    Closed,
}

/// Where a proceeding stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum State {
    Pending,
    Active,
    Withdrawn,
    Closed,
    Decided,
}
