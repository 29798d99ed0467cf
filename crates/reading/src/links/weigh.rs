//! How well one statement fits to be what another one answers.

use std::collections::BTreeMap;

use onrecord_record::{Act, LinkKind};

use super::rules::{Answer, Pointing, Sort};
use super::{Owner, Said};

/// How many statements back what is answered may stand.
pub(super) const REACH: usize = 14;
/// How many statements on what a denial answers may stand that opens a story.
pub(super) const AHEAD: usize = 4;
/// The score of what an answer's own words tell: a claim by the union that …
const TOLD: i32 = 200;
/// The least score of a link, in hundredths.
pub(super) const LEAST: i32 = 60;

/// How many words a denial has at most that needs none of those of the charge.
const SHORT: usize = 4;

/// What the statements of a text are weighed by.
pub(super) struct Scale<'a> {
    pub(super) said: &'a [Said],
    pub(super) sorts: &'a [Sort],
    /// In how many statements a word stands.
    common: BTreeMap<&'a str, usize>,
}

impl<'a> Scale<'a> {
    pub(super) fn new(said: &'a [Said], sorts: &'a [Sort]) -> Self {
        let mut common: BTreeMap<&str, usize> = BTreeMap::new();
        for word in said.iter().flat_map(|one| &one.words) {
            *common.entry(word).or_default() += 1;
        }
        Self { said, sorts, common }
    }

    /// How many words two statements share that do not stand in many.
    pub(super) fn shared(&self, one: &Said, other: &Said) -> i32 {
        let rare = |word: &&String| {
            self.common.get(word.as_str()).is_none_or(|n| *n <= 3.max(self.said.len() / 6))
        };
        let shared = one.words.intersection(&other.words).filter(rare).count();
        i32::try_from(shared).unwrap_or(i32::MAX)
    }

    /// What a statement answers, each with its score: the statement near it that fits best, the nearest
    /// of equals; the first by the same author for a noun that means all that they said; all by that
    /// author for one that means several.
    pub(super) fn answered(&self, at: usize, answer: &Answer) -> Vec<(usize, i32)> {
        let one = &self.said[at];
        let mut fit: Vec<(i32, usize)> = Vec::new();
        for (to, others) in self.before(at) {
            fit.extend(self.fits(at, to, answer, others).map(|score| (score, to)));
        }
        let end = one.content.iter().map(|part| part.end).max().unwrap_or(one.tokens.end);
        let ahead = (at + 1..self.said.len()).take(AHEAD);
        let inside = ahead.clone().filter(|to| self.said[*to].tokens.start < end);
        fit.extend(
            inside.filter_map(|to| Some((self.told_with(one, &self.said[to], answer)?, to))),
        );
        let best = fit.iter().copied().filter(|(score, _)| *score >= LEAST).max();
        let opens = answer.by_cue && answer.kind == LinkKind::Denies && at < AHEAD;
        let Some((score, best)) = best else {
            // A story may open with a denial and tell behind it what is denied.
            let behind = ahead.filter(|to| opens && self.said[*to].tokens.start >= end);
            let behind = behind.filter_map(|to| Some((self.fits(at, to, answer, 0)?, to)));
            let found = behind.max_by_key(|(score, to)| (*score, std::cmp::Reverse(*to)));
            let found = found.filter(|(score, _)| *score >= LEAST + 5);
            return found.map(|(score, to)| (to, score - 5)).into_iter().collect();
        };
        let by = |to: usize| {
            let speaker = self.said[best].speaker;
            speaker.is_some() && self.said[to].speaker == speaker
        };
        match &answer.to {
            Pointing::Noun { sort, .. } if self.sorts[*sort].whole && !answer.own && best < at => {
                let same = fit.iter().filter(|(other, to)| by(*to) && *other >= LEAST - 15);
                let first = same.map(|(_, to)| *to).min().unwrap_or(best);
                vec![(first, score)]
            }
            Pointing::Noun { several: true, .. } if best < at => {
                let charges = |to: usize| {
                    let other = &self.said[to];
                    to == best || by(to) && (one.is_named_by(other) || other.act == Act::Accuse)
                };
                let all = fit.iter().rev().filter(|(_, to)| charges(*to));
                all.map(|(_, to)| (*to, score)).collect()
            }
            _ => vec![(best, score)],
        }
    }

    /// The statements before one, the last first, each with how many others spoke between the two.
    pub(super) fn before(&self, at: usize) -> impl Iterator<Item = (usize, i32)> {
        let one = &self.said[at];
        let mut others = 0;
        let mut last: Option<usize> = None;
        (at.saturating_sub(REACH)..at).rev().map(move |to| {
            let other = &self.said[to];
            let own = one.speaker.is_some() && one.speaker == other.speaker;
            if !own && !one.sides_with(other) && other.within.is_none() {
                let same = last.is_none_or(|last| {
                    let last = &self.said[last];
                    last.speaker == other.speaker || last.sides_with(other)
                });
                others += i32::from(!same);
                last = Some(to);
            }
            (to, others)
        })
    }

    /// Whether a statement answers a figure.
    pub(super) fn is_of_figure(&self, one: &Said) -> bool {
        let to = one.answer.as_ref().map(|answer| &answer.to);
        matches!(to, Some(Pointing::Noun { sort, .. }) if self.sorts[*sort].figure)
    }

    /// How well a statement fits that is told by another one's own words, or of its content.
    fn told_with(&self, one: &Said, other: &Said, answer: &Answer) -> Option<i32> {
        let parts = || one.content.iter();
        let inside = parts().any(|part| part.contains(other.tokens));
        let same = parts().any(|part| other.content.iter().any(|own| own.overlaps(*part)));
        let own = one.speaker.is_some() && one.speaker == other.speaker;
        let noun = matches!(answer.to, Pointing::Noun { .. });
        let told = other.by_noun && (inside && noun || same && !other.tokens.contains(one.tokens));
        let corrects = answer.own && own && inside;
        (told && !own || corrects).then_some(TOLD)
    }

    /// How well the statement `to` fits to be what `at` answers, in hundredths; `others` statements by
    /// others stand between. `None` where it cannot be.
    pub(super) fn fits(&self, at: usize, to: usize, answer: &Answer, others: i32) -> Option<i32> {
        let (one, other) = (&self.said[at], &self.said[to]);
        let inside = one.content.iter().any(|part| part.contains(other.tokens));
        let holds = other.content.iter().any(|part| part.contains(one.tokens));
        let own = one.speaker.is_some() && one.speaker == other.speaker;
        if inside || holds || own != answer.own || other.negated && other.act != Act::Deny {
            return None;
        }
        let side = one.sides_with(other);
        if side && !answer.own && matches!(answer.kind, LinkKind::Denies | LinkKind::Contradicts) {
            return None;
        }
        let names = one.is_named_by(other);
        let shared = self.shared(one, other);
        let accuses = other.act == Act::Accuse;
        let near = match others {
            0 => 27,
            1 => 10,
            2 => 0,
            _ => -10,
        };
        let score = match &answer.to {
            Pointing::Noun { sort, .. } => {
                let sort = &self.sorts[*sort];
                let place = sort.acts.iter().position(|act| *act == other.act)?;
                let lacks = sort.figure && other.amounts.is_empty()
                    || sort.owned && one.owner == Owner::Nobody
                    || sort.worded && shared == 0;
                if lacks {
                    return None;
                }
                if sort.fault && !names {
                    return None;
                }
                // "Its report" of one who goes on speaking is that of whoever they spoke of.
                let goes_on =
                    at > 0 && one.speaker.is_some() && self.said[at - 1].speaker == one.speaker;
                let owner = match &one.owner {
                    Owner::Nobody => 0,
                    Owner::Another if others == 0 && !goes_on || answer.own => 20,
                    Owner::Somebody { .. } if one.points_to_speaker_of(other) => 35,
                    Owner::Another | Owner::Somebody { .. } => return None,
                };
                let owned = matches!(one.owner, Owner::Somebody { .. });
                let act = match place {
                    // Accused, of an accusation.
                    _ if sort.stems.contains(&other.cue) => 20,
                    0 => 10,
                    _ if accuses => 5,
                    _ if sort.whole && !other.in_medium => -20,
                    _ if names => 0,
                    _ => -5,
                };
                let quoted = if other.first_person && !names { -20 } else { 0 };
                // Who only speaks of somebody need not charge them.
                let named = match (names, other.act) {
                    (true, Act::Say) => 10,
                    (true, _) => 20,
                    (false, _) => 0,
                };
                if !answer.by_cue && !owned && shared < 2 {
                    return None;
                }
                35 + owner + act + named + near + quoted + 5 * shared.min(3)
            }
            Pointing::Pronoun => {
                let near = match (others, one.sentence.abs_diff(other.sentence)) {
                    (0, 0 | 1) => 35,
                    (0, 2) => 25,
                    (1, 0..=2) => 15,
                    _ => -20,
                };
                let quoted = if other.first_person && !names { -30 } else { 0 };
                let named = if names { 15 } else { 0 };
                35 + near + quoted + named + if accuses { 15 } else { 0 } + 5 * shared.min(3)
            }
            Pointing::Party { .. } => {
                if !one.points_to_speaker_of(other) || others > 3 {
                    return None;
                }
                60 + near + 5 * shared.min(3)
            }
            Pointing::Words => self.by_words(one, other, answer, (names, shared, others))?,
        };
        // What the words that attribute say is surer than what is said.
        Some(if answer.by_cue { score + 10 } else { score })
    }

    /// The same where nothing but what is said points at it.
    fn by_words(
        &self,
        one: &Said,
        other: &Said,
        answer: &Answer,
        (names, shared, others): (bool, i32, i32),
    ) -> Option<i32> {
        let claims = matches!(
            other.act,
            Act::Accuse | Act::Find | Act::Warn | Act::Say | Act::Estimate | Act::Believe
        );
        if !claims {
            return None;
        }
        let accuses = other.act == Act::Accuse;
        let near = match others {
            0 => 15,
            1 => 8,
            2..=4 => 0,
            _ => -15,
        };
        let named = if names { 35 } else { 0 };
        let charge = if accuses { 15 } else { 0 };
        Some(match answer.kind {
            LinkKind::Responds => {
                let far = one.sentence.abs_diff(other.sentence) > 3;
                let near = if others == 0 && !far { 25 } else { -20 };
                25 + near + named + charge
            }
            LinkKind::Denies if answer.by_cue => {
                let words = [0, 20, 40, 55][shared.clamp(0, 3) as usize];
                let short = one.words.len() <= SHORT && others == 0;
                let deed = answer.deeds && (accuses || short);
                if !(names && (shared > 0 || deed) || accuses && shared > 0 || shared >= 3) {
                    return None;
                }
                named + charge + words + near - if other.denying { 20 } else { 0 }
            }
            LinkKind::Denies => {
                // “We never shelled the clinic”: whoever is charged, in the words of the charge.
                let told = names && (accuses && shared > 0 || shared >= 2);
                if other.denying || !one.begins_denying || !told {
                    return None;
                }
                let words = [0, 15, 35, 55][shared.clamp(0, 3) as usize];
                named + charge + words + near
            }
            LinkKind::Supports => {
                if shared < 2 || other.denying != one.denying {
                    return None;
                }
                30 + 10 * shared.min(4) + near
            }
            LinkKind::Repeats | LinkKind::Corrects | LinkKind::Contradicts => return None,
        })
    }
}
