//! Links: what a statement does to one before it.

use std::collections::BTreeSet;

use onrecord_language::Tokens;
use onrecord_record::{Act, Link, LinkKind, StatementId};

use crate::actors::ActorKey;

/// How many statements back a denial may reach.
const REACH: usize = 12;

/// How many statements back an accusation may be denied that names nobody.
const BESIDE: usize = 2;

/// How many statements back one may be repeated.
const FURTHER: usize = 32;

/// How many words two statements share at least of which one repeats the other. They are also half
/// of all words of both.
const SHARED_WORDS: usize = 3;

/// The weight of a statement that names the one who answers it.
const NAMES_ANSWERER: u8 = 3;

/// What links look at in a statement.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) act: Act,
    pub(crate) speaker: Option<ActorKey>,
    /// The speaker and those named with it: the state of a ministry.
    pub(crate) speaks_for: Vec<ActorKey>,
    /// The actors that its content names.
    pub(crate) about: Vec<ActorKey>,
    /// The words of its content, in lower case, without the small ones.
    pub(crate) words: BTreeSet<String>,
    /// Whether its content points at something said before: the accusation, the report.
    pub(crate) points_back: bool,
    pub(crate) tokens: Tokens,
}

/// The links of statements in text order. A denial answers, of the statements before it by others,
/// an accusation that names the one who denies; else another statement that does; else an
/// accusation, finding or warning whose speaker the denial names; else an accusation right before
/// it. Of equals the nearest. What the one accused says of an accusation or a report without denying
/// it responds to the accusation. A statement repeats the last one by the same speaker that does
/// the same with the same words, by and large.
pub(crate) fn links(said: &[Said]) -> Vec<Link> {
    let mut links = Vec::new();
    for (at, one) in said.iter().enumerate() {
        let mut link = |to: Option<usize>, kind| {
            let (from, to) = (StatementId::nth(at), to.map(StatementId::nth));
            links.extend(to.map(|to| Link { from, to, kind }));
        };
        match one.act {
            Act::Deny => link(answered(said, at, 1), LinkKind::Denies),
            Act::Say | Act::Believe if one.points_back => {
                link(answered(said, at, NAMES_ANSWERER), LinkKind::Responds);
            }
            _ => {}
        }
        link(repeated(said, at), LinkKind::Repeats);
    }
    links
}

/// The statement that one answers: of those before it, the one that fits best, at least so well.
fn answered(said: &[Said], at: usize, least: u8) -> Option<usize> {
    let before = (at.saturating_sub(REACH)..at).rev();
    let weighed = before.map(|to| (weight(&said[at], &said[to], at - to), to));
    weighed.filter(|(weight, _)| *weight >= least).max().map(|(_, to)| to)
}

/// The last statement before one that says the same.
fn repeated(said: &[Said], at: usize) -> Option<usize> {
    let one = &said[at];
    one.speaker?;
    (at.saturating_sub(FURTHER)..at).rev().find(|to| {
        let other = &said[*to];
        let shared = one.words.intersection(&other.words).count();
        let all = one.words.len() + other.words.len() - shared;
        other.speaker == one.speaker
            && other.act == one.act
            && !other.tokens.overlaps(one.tokens)
            && shared >= SHARED_WORDS
            && 2 * shared >= all
    })
}

/// How well a statement, `back` places before a denial, fits to be what is denied; 0 where it
/// cannot be.
fn weight(denial: &Said, said: &Said, back: usize) -> u8 {
    let own = said.speaker.is_some() && said.speaker == denial.speaker;
    let holds = said.tokens.contains(denial.tokens);
    if own || holds || !matches!(said.act, Act::Accuse | Act::Find | Act::Warn | Act::Say) {
        return 0;
    }
    let names_denier = denial.speaks_for.iter().any(|key| said.about.contains(key));
    let is_named = said.speaker.is_some_and(|speaker| denial.about.contains(&speaker));
    let accuses = said.act == Act::Accuse;
    match (accuses, names_denier, is_named) {
        (true, true, _) => NAMES_ANSWERER + 1,
        (false, true, _) => NAMES_ANSWERER,
        (true, false, true) => 2,
        (false, false, true) if said.act != Act::Say => 2,
        (true, false, false) if back <= BESIDE => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(act: Act, speaker: Option<ActorKey>, about: &[ActorKey], at: usize) -> Said {
        let speaks_for = speaker.into_iter().collect();
        let tokens = Tokens::at(10 * at..10 * at + 5);
        let (words, points_back) = (BTreeSet::new(), false);
        Said { act, speaker, speaks_for, about: about.to_vec(), words, points_back, tokens }
    }

    #[test]
    fn a_denial_answers_the_accusation_that_names_the_denier() {
        let [union, mine, mayor] = [0, 1, 2].map(|at| Some(ActorKey::at(at)));
        let statements = [
            said(Act::Accuse, union, &mine.map_or(vec![], |key| vec![key]), 0),
            said(Act::Accuse, mayor, &[], 1),
            said(Act::Deny, mine, &[], 2),
        ];
        let (from, to) = (StatementId::nth(2), StatementId::nth(0));
        assert_eq!(links(&statements), [Link { from, to, kind: LinkKind::Denies }]);
    }

    #[test]
    fn a_denial_far_from_an_accusation_that_names_nobody_answers_none() {
        let [union, mine] = [0, 1].map(|at| Some(ActorKey::at(at)));
        let mut statements = vec![said(Act::Accuse, union, &[], 0)];
        statements.extend((1..5).map(|at| said(Act::Promise, union, &[], at)));
        statements.push(said(Act::Deny, mine, &[], 5));
        assert_eq!(links(&statements), []);
    }

    #[test]
    fn the_same_words_again_are_a_repetition() {
        let [union, mine] = [0, 1].map(|at| Some(ActorKey::at(at)));
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        let tell = |speaker, text, at| {
            let words = words(text);
            Said { words, ..said(Act::Accuse, speaker, &[], at) }
        };
        let first = tell(union, "mine hiding faults old shaft", 0);
        let again = tell(union, "mine hiding faults north shaft", 1);
        let link =
            Link { from: StatementId::nth(1), to: StatementId::nth(0), kind: LinkKind::Repeats };
        assert_eq!(links(&[first.clone(), again.clone()]), [link]);
        assert_eq!(links(&[first.clone(), tell(mine, "mine hiding faults north shaft", 1)]), []);
        assert_eq!(links(&[first, tell(union, "mine paying late wages", 1)]), []);
    }

    #[test]
    fn what_the_accused_says_of_the_charge_is_a_response() {
        let [union, mine] = [0, 1].map(|at| Some(ActorKey::at(at)));
        let accusation = said(Act::Accuse, union, &[ActorKey::at(1)], 0);
        let answer = Said { points_back: true, ..said(Act::Say, mine, &[], 1) };
        let link =
            Link { from: StatementId::nth(1), to: StatementId::nth(0), kind: LinkKind::Responds };
        assert_eq!(links(&[accusation.clone(), answer]), [link]);
        assert_eq!(links(&[accusation, said(Act::Say, mine, &[], 1)]), []);
    }

    #[test]
    fn nobody_denies_their_own_words_or_what_nobody_said() {
        let mine = Some(ActorKey::at(1));
        let statements = [said(Act::Accuse, mine, &[], 0), said(Act::Deny, mine, &[], 1)];
        assert_eq!(links(&statements), []);
        assert_eq!(links(&[said(Act::Deny, mine, &[], 0)]), []);
    }
}
