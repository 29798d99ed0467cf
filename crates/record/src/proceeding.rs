//! Proceedings: legal steps by forum, instrument and subject.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorId, Conduct, ProceedingId, Span, When};

/// What a forum does about one subject. A list of subjects makes a proceeding each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

impl StepKind {
    /// Whether a step can only be taken behind another.
    #[must_use]
    pub fn follows(self, before: Self) -> bool {
        use StepKind::{
            Acquitted, Appealed, Applied, Began, Confirmed, Convicted, Executed, Issued,
            Overturned, Rejected, Sentenced, Surrendered, Unsealed, Upheld, Withdrawn,
        };
        match before {
            Applied => matches!(self, Issued | Withdrawn | Rejected),
            Issued => matches!(self, Executed | Surrendered | Unsealed),
            Began => matches!(self, Convicted | Acquitted | Sentenced),
            Convicted => matches!(self, Sentenced | Appealed),
            Appealed => matches!(self, Upheld | Overturned),
            Confirmed => matches!(self, Convicted | Acquitted),
            _ => false,
        }
    }
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

impl State {
    /// Where a proceeding by an instrument stands after a step.
    #[must_use]
    pub fn after(step: StepKind, instrument: Instrument) -> Self {
        use StepKind::{
            Acquitted, Appealed, Applied, Began, Closed, Confirmed, Convicted, Executed, Issued,
            Opened, Overturned, Rejected, Sentenced, Surrendered, Unsealed, Upheld, Withdrawn,
        };
        match step {
            // A charge or request that is rejected leaves the trial where it was.
            Rejected if matches!(instrument, Instrument::Indictment | Instrument::Trial) => {
                Self::Active
            }
            Issued if instrument == Instrument::Resolution => Self::Decided,
            Applied | Appealed => Self::Pending,
            Opened | Issued | Unsealed | Executed | Surrendered | Confirmed | Began => Self::Active,
            Withdrawn => Self::Withdrawn,
            Rejected | Closed => Self::Closed,
            Convicted | Acquitted | Sentenced | Upheld | Overturned => Self::Decided,
        }
    }
}
