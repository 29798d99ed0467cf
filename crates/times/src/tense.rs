//! The tense of the clause that a time stands in.

use onrecord_language::{Analysis, Layer, TokenId, Tokens};
use serde::Deserialize;

use crate::rules::Rules;

/// When what a clause tells happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Tense {
    Past,
    Present,
    Future,
}

/// How many tokens behind a time its verb may stand.
const BEHIND: u32 = 8;

/// The words of a sentence that tell a tense.
#[derive(Debug, Default)]
pub(crate) struct Verbs(Vec<(Tokens, (Tense, Tense))>);

impl Verbs {
    pub(crate) fn of(
        rules: &Rules,
        analysis: &Analysis<'_>,
        numbers: &Layer,
        sentence: Tokens,
    ) -> Self {
        let found = rules.tense.longest(analysis, &[numbers], sentence);
        Self(found.iter().map(|verb| (verb.tokens, rules.tenses[verb.pattern])).collect())
    }

    /// The tense at a time: of the verb nearest before it, or else of one not far behind.
    pub(crate) fn at(&self, time: Tokens) -> Option<Tense> {
        let place = self.0.partition_point(|(verb, _)| verb.end <= time.start);
        let before = place.checked_sub(1).map(|last| &self.0[last]);
        let near = TokenId(time.end.0.saturating_add(BEHIND));
        // A time may look like a verb itself: may.
        let first = self.0.partition_point(|(verb, _)| verb.start < time.end);
        let behind = || self.0.get(first).filter(|(verb, _)| verb.start < near);
        match before {
            Some((_, (tense, _))) => Some(*tense),
            None => behind().map(|(_, (_, tense))| *tense),
        }
    }
}
