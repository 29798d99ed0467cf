//! Attributions: who is said to say what, from the pack's patterns over words.

mod content;
mod dated;
mod rules;
mod tagged;
mod turns;

pub(crate) use dated::dated;
pub(crate) use rules::{Fires, Rules};
pub(crate) use tagged::{Joining, places};
pub(crate) use turns::Turn;

use onrecord_language::{Analysis, Tokens};
use onrecord_record::Act;

/// An attribution: its tokens, before actors are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// The words that name the source; `None` where none do.
    pub(crate) source: Option<Tokens>,
    /// The words that attribute; `None` for a quotation that none introduces.
    pub(crate) cue: Option<Tokens>,
    /// The cue's dictionary form.
    pub(crate) lemma: String,
    pub(crate) act: Act,
    /// What is said, in text order; never empty.
    pub(crate) content: Vec<Tokens>,
    /// Who is spoken to.
    pub(crate) to: Option<Tokens>,
    /// Through whom it came: the paper that quotes somebody.
    pub(crate) via: Option<Tokens>,
    /// All that the rule looked at.
    pub(crate) matched: Tokens,
    /// Whether the words say that it was not said.
    pub(crate) negated: bool,
    /// The time of saying it that stands among what is said or right behind: she accused them on Monday
    /// of theft.
    pub(crate) dated: Option<Tokens>,
    /// The place of the attribution whose content holds this one.
    pub(crate) within: Option<usize>,
    /// Whether it counts beside what a trained engine finds.
    pub(crate) added: bool,
    /// Whether its source counts before the one that a trained engine finds.
    pub(crate) leads: bool,
    /// How sure the rule is, in hundredths.
    pub(crate) confidence: u8,
}

/// How many attributions back one may begin that holds some tokens.
const NEAR: usize = 8;

/// The place of the innermost attribution whose content holds some tokens: one of the last that
/// begin before them, or one that holds these. They are in text order.
pub(crate) fn holder(attributions: &[Attribution], tokens: Tokens) -> Option<usize> {
    let behind = attributions.partition_point(|a| a.tokens().start <= tokens.start);
    let near = (0..behind).rev().take(NEAR);
    let around =
        near.flat_map(|place| std::iter::successors(Some(place), |at| attributions[*at].within));
    let holding = around.filter(|place| attributions[*place].says(tokens));
    holding.min_by_key(|place| attributions[*place].tokens().len())
}

impl Attribution {
    /// From its first to its last token.
    pub(crate) fn tokens(&self) -> Tokens {
        let parts = self.source.iter().chain(&self.cue).chain(&self.content);
        let all = parts.copied().reduce(|a, b| Tokens::new(a.start.min(b.start), a.end.max(b.end)));
        all.unwrap_or(self.matched)
    }

    /// Whether some content of it holds all of these tokens.
    pub(crate) fn says(&self, tokens: Tokens) -> bool {
        self.content.iter().any(|part| part.contains(tokens))
    }

    /// Whether all of its content, some of it or none stands in quotation marks.
    pub(crate) fn manner(&self, analysis: &Analysis<'_>) -> onrecord_record::Manner {
        use onrecord_record::Manner;
        let (mut quoted, mut plain) = (false, false);
        for token in self.content.iter().flat_map(|part| part.into_iter()) {
            if analysis.token(token).shape.is_mark() {
                continue;
            }
            match analysis.quoted(token) {
                true => quoted = true,
                false => plain = true,
            }
        }
        match (quoted, plain) {
            (true, false) => Manner::Direct,
            (true, true) => Manner::Mixed,
            (false, _) => Manner::Indirect,
        }
    }
}
