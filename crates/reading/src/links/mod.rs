//! Links: what a statement does to another one.

mod look;
mod rules;
mod weigh;

use std::collections::BTreeSet;

use onrecord_language::Tokens;
use onrecord_record::{Act, Link, LinkKind, StatementId};

pub(crate) use look::Look;
pub(crate) use rules::{Answer, LinkRules};
use weigh::{REACH, Scale};

use crate::actors::ActorKey;
use crate::confidence::OPEN;

/// How many statements back one may be repeated.
const FURTHER: usize = 32;
/// How many words two statements share at least of which one repeats the other. They are also half
/// of all words of both.
const SHARED_WORDS: usize = 3;
/// How many statements behind a denial its speaker's side goes on denying the same.
const ALONG: usize = 4;
/// How many statements by others may stand between two that give a figure for the same.
const BETWEEN: i32 = 2;

/// A link with how sure it is, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Linked {
    pub(crate) link: Link,
    pub(crate) score: u8,
}

impl Linked {
    fn new(from: usize, to: usize, kind: LinkKind, score: i32) -> Self {
        let link =
            Link { from: StatementId::nth(from), to: StatementId::nth(to), kind, confidence: OPEN };
        Self { link, score: u8::try_from(score.clamp(0, 99)).unwrap_or_default() }
    }
}

/// What links look at in a statement.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) act: Act,
    /// The stem of its cue.
    pub(crate) cue: String,
    pub(crate) speaker: Option<ActorKey>,
    /// The speaker and those named with it or served by it: the state of a ministry.
    pub(crate) speaks_for: Vec<ActorKey>,
    /// The stems by which its source is called anywhere.
    pub(crate) called: BTreeSet<String>,
    /// The same in each source that means its speaker.
    pub(crate) calls: Vec<BTreeSet<String>>,
    /// The actors that its content names.
    pub(crate) about: Vec<ActorKey>,
    /// The stems of the words of its content, without the small ones.
    pub(crate) words: BTreeSet<String>,
    /// The same with the words of names.
    pub(crate) all_words: BTreeSet<String>,
    /// What its words say that it does to another one.
    pub(crate) answer: Option<Answer>,
    /// Whether it denies the charges as such: any wrongdoing, all accusations.
    pub(crate) denies_charges: bool,
    /// Whether it denies all that somebody said: the report.
    pub(crate) denies_whole: bool,
    /// Whose the statement is that those point at.
    pub(crate) owner: Owner,
    /// Whether its content says that something is not so.
    pub(crate) denying: bool,
    /// Whether it begins by saying so.
    pub(crate) begins_denying: bool,
    /// Whether its sentence begins with it.
    pub(crate) opens: bool,
    /// Whether it is said not to have been said.
    pub(crate) negated: bool,
    /// Whether a thing speaks for its speaker: a report.
    pub(crate) in_medium: bool,
    /// Whether a noun attributes it: the union's claim.
    pub(crate) by_noun: bool,
    /// Whether it begins with a word for whoever speaks.
    pub(crate) first_person: bool,
    pub(crate) amounts: Vec<Amount>,
    pub(crate) turn: Option<Turn>,
    pub(crate) within: Option<usize>,
    pub(crate) content: Vec<Tokens>,
    pub(crate) tokens: Tokens,
    /// The place of the sentence in which it begins.
    pub(crate) sentence: usize,
}

/// Whose a statement is that words point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The words do not tell.
    Nobody,
    /// Whoever spoke last before, told by a pronoun.
    Another,
    Somebody {
        /// The actors named.
        keys: Vec<ActorKey>,
        /// The stems of the words.
        words: BTreeSet<String>,
    },
}

/// A figure that a statement gives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) counted: String,
    /// Whether others can give another figure for the same: the dead.
    pub(crate) disputed: bool,
    /// Of whom, where the words name somebody.
    pub(crate) of: Option<ActorKey>,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// What a statement is in an interview that is printed turn by turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Asks,
    /// Says, and whether it begins with a denial.
    Says {
        denying: bool,
    },
}

impl Said {
    /// Whether two speak for one side: a spokesman and his ministry.
    fn sides_with(&self, other: &Self) -> bool {
        let for_other =
            |a: &Self, b: &Self| a.speaker.is_some_and(|key| b.speaks_for.contains(&key));
        for_other(self, other) || for_other(other, self)
    }

    /// Whether another statement names whoever makes this one, or uses the words they are called by.
    fn is_named_by(&self, other: &Self) -> bool {
        self.speaks_for.iter().any(|key| other.about.contains(key))
            || self.calls.iter().any(|words| !words.is_empty() && words.is_subset(&other.all_words))
    }

    /// Whether another statement is by whom the words point at.
    fn points_to_speaker_of(&self, other: &Self) -> bool {
        match &self.owner {
            Owner::Nobody => false,
            Owner::Another => true,
            Owner::Somebody { keys, words } => {
                other.speaks_for.iter().any(|key| keys.contains(key))
                    || !words.is_empty() && words.is_subset(&other.called)
            }
        }
    }
}

/// The links of statements in text order, by where they lead from.
///
/// A statement answers, of those near it, the one that fits best what its words point at: one among
/// its own words ("the claim by the union that …"), one by whom they name ("the union's claim"), one
/// that charges whoever answers, one with the same words, or else the last by somebody else. What its
/// speaker's side goes on to deny in the same words answers the same. In a printed interview each
/// turn answers the one before. A statement repeats the last one by the same speaker that does the
/// same with the same words, by and large, and contradicts another's figure for the same.
pub(crate) fn links(said: &[Said], rules: &LinkRules) -> Vec<Linked> {
    let scale = Scale::new(said, rules.sorts());
    let asks = said.iter().filter(|one| one.turn == Some(Turn::Asks));
    let askers: BTreeSet<ActorKey> = asks.filter_map(|one| one.speaker).collect();
    let mut links: Vec<Linked> = Vec::new();
    for (at, one) in said.iter().enumerate() {
        let before = links.len();
        links.extend(turned(said, at, &askers));
        if links.len() == before
            && let Some(answer) = &one.answer
        {
            let found = scale.answered(at, answer);
            links.extend(
                found.into_iter().map(|(to, score)| Linked::new(at, to, answer.kind, score)),
            );
        }
        if links.len() == before {
            links.extend(asked(&scale, at).or_else(|| along(&scale, at, &links)));
        }
        let linked: Vec<usize> = links[before..].iter().map(|l| l.link.to.index()).collect();
        links.extend(
            repeated(said, at).filter(|linked_to| !linked.contains(&linked_to.link.to.index())),
        );
        if links.len() == before {
            links.extend(conflicting(&scale, at));
        }
    }
    let before: Vec<Linked> =
        (1..said.len()).filter_map(|at| denied_behind(said, at - 1, &links)).collect();
    links.extend(before);
    links.sort_by_key(|linked| linked.link.from);
    links
}

/// What a statement denies whose denial stands behind it in its sentence.
fn denied_behind(said: &[Said], at: usize, links: &[Linked]) -> Option<Linked> {
    let (one, next) = (&said[at], &said[at + 1]);
    let own = one.speaker.is_some() && one.speaker == next.speaker && one.sentence == next.sentence;
    let from = |place: usize| {
        let first = links.partition_point(|l| l.link.from.index() < place);
        links.get(first).filter(|l| l.link.from.index() == place)
    };
    if !own || !one.denying || one.act == Act::Deny || from(at).is_some() {
        return None;
    }
    let denial = from(at + 1).filter(|l| l.link.kind == LinkKind::Denies)?;
    let to = denial.link.to.index();
    (to < at).then(|| Linked::new(at, to, LinkKind::Denies, i32::from(denial.score) - 5))
}

/// In a printed interview: what a turn answers in the turn before it, unless it is by one who asks.
fn turned(said: &[Said], at: usize, askers: &BTreeSet<ActorKey>) -> Option<Linked> {
    let Turn::Says { denying } = said[at].turn? else { return None };
    if said[at].speaker.is_some_and(|key| askers.contains(&key)) {
        return None;
    }
    let inside = said.get(at + 1).filter(|one| one.within == Some(at));
    let denying = denying || inside.is_some_and(|one| one.act == Act::Deny);
    let asked = (at.saturating_sub(REACH)..at).rev().find(|to| said[*to].turn.is_some())?;
    if said[asked].speaker == said[at].speaker && said[at].speaker.is_some() {
        return None;
    }
    let told = (asked + 1..at).find(|to| said[*to].within == Some(asked));
    match told.filter(|_| said[asked].turn != Some(Turn::Asks)) {
        Some(told) if denying => Some(Linked::new(at, told, LinkKind::Denies, 80)),
        Some(told) => Some(Linked::new(at, told, LinkKind::Responds, 80)),
        None => Some(Linked::new(at, asked, LinkKind::Responds, 85)),
    }
}

/// What somebody answers who was asked in the sentence of the answer: what was demanded or said of them.
fn asked(scale: &Scale<'_>, at: usize) -> Option<Linked> {
    let (one, before) = (&scale.said[at], &scale.said[at.checked_sub(1)?]);
    let asks =
        before.act == Act::Ask && before.speaker.is_none() && before.sentence == one.sentence;
    if !asks || !before.opens || before.within.is_some() || one.within.is_some() {
        return None;
    }
    let mut near = scale.before(at).filter(|(to, _)| *to + 1 < at).take_while(|(_, n)| *n <= 1);
    let (to, _) = near.find(|(to, _)| {
        let other = &scale.said[*to];
        let charges = matches!(other.act, Act::Demand | Act::Ask | Act::Accuse | Act::Say);
        charges && other.speaker != one.speaker && one.is_named_by(other)
    })?;
    Some(Linked::new(at, to, LinkKind::Responds, 70))
}

/// What a statement answers that goes on from an answer: from a denial by the same speaker in its
/// sentence, or by its side near it and in the words of either or of what stands with it; from a disputed figure with another;
/// from what contradicts.
fn along(scale: &Scale<'_>, at: usize, links: &[Linked]) -> Option<Linked> {
    let one = &scale.said[at];
    if !matches!(one.act, Act::Say | Act::Believe | Act::Find | Act::Estimate | Act::Deny) {
        return None;
    }
    let near = links.iter().rev().take_while(|l| l.link.from.index() + ALONG >= at);
    let mut near = near.filter(|l| scale.said[l.link.to.index()].within != Some(at));
    near.find_map(|l| {
        let Link { from, to, kind, .. } = l.link;
        let (before, to) = (&scale.said[from.index()], to.index());
        let own = before.speaker == one.speaker && before.speaker.is_some();
        let beside = from.index() + 1 == at && before.sentence.abs_diff(one.sentence) <= 1;
        let score = i32::from(l.score) - 5;
        if kind == LinkKind::Contradicts && own && beside {
            return Some(Linked::new(at, to, kind, score));
        }
        if kind != LinkKind::Denies {
            return None;
        }
        if scale.is_of_figure(before) && own && beside && one.act == Act::Estimate {
            return Some(Linked::new(at, to, LinkKind::Contradicts, score));
        }
        let same = own && before.sentence == one.sentence;
        let side = one.sides_with(before) && !one.sides_with(&scale.said[to]);
        if !one.denying || !(same || side && one.begins_denying) {
            return None;
        }
        let shares = |other: usize| scale.shared(one, &scale.said[other]) > 0;
        if same || shares(to) || scale.shared(one, before) > 0 {
            return Some(Linked::new(at, to, kind, score));
        }
        // What was said along with what is denied.
        let mut told = to + 1..from.index();
        let told = told.find(|other| shares(*other) && !one.sides_with(&scale.said[*other]))?;
        Some(Linked::new(at, told, kind, score - 5))
    })
}

/// The last statement before one that says the same.
fn repeated(said: &[Said], at: usize) -> Option<Linked> {
    let one = &said[at];
    one.speaker?;
    let to = (at.saturating_sub(FURTHER)..at).rev().find(|to| {
        let other = &said[*to];
        let shared = one.words.intersection(&other.words).count();
        let all = one.words.len() + other.words.len() - shared;
        other.speaker == one.speaker
            && other.act == one.act
            && !other.tokens.overlaps(one.tokens)
            && shared >= SHARED_WORDS
            && 2 * shared >= all
    })?;
    Some(Linked::new(at, to, LinkKind::Repeats, 85))
}

/// The last statement before one, by somebody else, that gives a figure for the same which cannot be
/// true with its own.
fn conflicting(scale: &Scale<'_>, at: usize) -> Option<Linked> {
    let one = &scale.said[at];
    if one.amounts.is_empty() || one.negated {
        return None;
    }
    for (to, others) in scale.before(at) {
        if others > BETWEEN {
            break;
        }
        let other = &scale.said[to];
        let own = one.speaker.is_some() && one.speaker == other.speaker || one.sides_with(other);
        if own || one.tokens.overlaps(other.tokens) || other.negated {
            continue;
        }
        let apart = one.amounts.iter().any(|amount| {
            let mut same =
                other.amounts.iter().filter(|o| o.disputed && o.counted == amount.counted);
            let same = same.find(|o| amount.disputed && o.of == amount.of);
            same.is_some_and(|o| o.high < amount.low || amount.high < o.low)
        });
        if apart && scale.shared(one, other) > 0 {
            return Some(Linked::new(at, to, LinkKind::Contradicts, 65));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(act: Act, speaker: Option<ActorKey>, words: &str, at: usize) -> Said {
        let tokens = Tokens::at(10 * at..10 * at + 5);
        let words: BTreeSet<String> = words.split_whitespace().map(str::to_owned).collect();
        Said {
            act,
            cue: String::new(),
            speaker,
            speaks_for: speaker.into_iter().collect(),
            called: BTreeSet::new(),
            calls: Vec::new(),
            about: Vec::new(),
            all_words: words.clone(),
            words,
            answer: None,
            denies_charges: false,
            denies_whole: false,
            owner: Owner::Nobody,
            denying: false,
            begins_denying: false,
            opens: false,
            negated: false,
            in_medium: false,
            by_noun: false,
            first_person: false,
            amounts: Vec::new(),
            turn: None,
            within: None,
            content: vec![Tokens::at(10 * at + 3..10 * at + 5)],
            tokens,
            sentence: at,
        }
    }

    fn speakers() -> [Option<ActorKey>; 2] {
        [0, 1].map(|at| Some(ActorKey::at(at)))
    }

    #[test]
    fn the_same_words_again_are_a_repetition() {
        let [union, mine] = speakers();
        let first = said(Act::Accuse, union, "mine hiding faults old shaft", 0);
        let again = said(Act::Accuse, union, "mine hiding faults north shaft", 1);
        let linked = repeated(&[first.clone(), again], 1).unwrap();
        assert_eq!((linked.link.to.index(), linked.link.kind), (0, LinkKind::Repeats));
        let by_other = said(Act::Accuse, mine, "mine hiding faults north shaft", 1);
        assert_eq!(repeated(&[first.clone(), by_other], 1), None);
        let other = said(Act::Accuse, union, "mine paying late wages", 1);
        assert_eq!(repeated(&[first, other], 1), None);
    }

    #[test]
    fn a_turn_answers_what_is_told_in_the_turn_before() {
        let [paper, mayor] = speakers();
        let turn = |turn, speaker, at| Said { turn: Some(turn), ..said(Act::Say, speaker, "", at) };
        let told = Said { within: Some(0), ..said(Act::Accuse, None, "", 1) };
        let asked = turn(Turn::Says { denying: false }, paper, 0);
        let denies = turn(Turn::Says { denying: true }, mayor, 2);
        let statements = [asked, told, denies, turn(Turn::Asks, paper, 3)];
        let askers = BTreeSet::from_iter(paper);
        let linked = turned(&statements, 2, &askers).unwrap();
        assert_eq!((linked.link.to.index(), linked.link.kind), (1, LinkKind::Denies));
        assert_eq!(turned(&statements, 0, &askers), None);
        assert_eq!(turned(&statements, 3, &askers), None);
    }
}
