//! Links: what a statement does to one before it.

use std::collections::BTreeSet;

use onrecord_language::Tokens;
use onrecord_record::{Act, Link, LinkKind, StatementId};

use crate::actors::ActorKey;
use crate::confidence::OPEN;

/// How many statements back an answer may reach.
const REACH: usize = 12;

/// How many statements on what is denied may stand that is told along with the denial.
const AHEAD: usize = 3;

/// How many statements back one may be repeated.
const FURTHER: usize = 32;

/// How many words two statements share at least of which one repeats the other. They are also half
/// of all words of both.
const SHARED_WORDS: usize = 3;

/// The least weight of what a denial denies, and of what any other answer answers.
const DENIED: u8 = 2;
const ANSWERED: u8 = 5;

/// What links look at in a statement.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) act: Act,
    pub(crate) speaker: Option<ActorKey>,
    /// The speaker and those named with it or served by it: the state of a ministry.
    pub(crate) speaks_for: Vec<ActorKey>,
    /// The actors that its content names.
    pub(crate) about: Vec<ActorKey>,
    /// The words of its content, in lower case, without the small ones.
    pub(crate) words: BTreeSet<String>,
    /// By what its content points at something said before, where it does.
    pub(crate) points_back: Option<Pointing>,
    /// Whether its content says that something is not so.
    pub(crate) denying: bool,
    pub(crate) content: Vec<Tokens>,
    pub(crate) tokens: Tokens,
    /// The sentence in which it begins.
    pub(crate) sentence: Tokens,
}

/// What points at something said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pointing {
    /// This, it.
    Pronoun,
    /// The accusation, the report.
    Noun,
}

/// The links of statements in text order.
///
/// A denial answers, of the statements by others near it, the one that fits best: one among its own
/// words ("the claim that …"), one that accuses, that names who denies, whose speaker the denial
/// names, that has its words, or, where it only points back ("denied it"), the last one. So does
/// what somebody says of a charge against them. What is said in one sentence with a denial answers
/// the same. A statement repeats the last one by the same speaker that does the same with the same
/// words, by and large.
pub(crate) fn links(said: &[Said]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (at, one) in said.iter().enumerate() {
        let answer = match one.act {
            Act::Deny => answered(said, at, DENIED).map(|to| (to, LinkKind::Denies)),
            Act::Say | Act::Believe | Act::Find | Act::Estimate => {
                let along = at.checked_sub(1).filter(|before| {
                    let other = &said[*before];
                    other.speaker == one.speaker && other.sentence == one.sentence
                });
                let denied = along.and_then(|before| {
                    let from = StatementId::nth(before);
                    links.iter().find(|l| l.from == from && l.kind == LinkKind::Denies)
                });
                match denied {
                    Some(link) => Some((link.to.index(), LinkKind::Denies)),
                    None if one.denying => {
                        answered(said, at, ANSWERED).map(|to| (to, LinkKind::Denies))
                    }
                    None if one.points_back.is_some() => {
                        answered(said, at, ANSWERED).map(|to| (to, LinkKind::Responds))
                    }
                    None => None,
                }
            }
            _ => None,
        };
        let repeated = repeated(said, at).map(|to| (to, LinkKind::Repeats));
        links.extend(answer.into_iter().chain(repeated).map(|(to, kind)| Link {
            from: StatementId::nth(at),
            to: StatementId::nth(to),
            kind,
            confidence: OPEN,
        }));
    }
    links
}

/// The statement that one answers: of those near it the one that fits best, at least so well; of
/// equals the nearest.
fn answered(said: &[Said], at: usize, least: u8) -> Option<usize> {
    let one = &said[at];
    let mut others = 0;
    let mut weighed: Vec<(u8, usize)> = Vec::new();
    for to in (at.saturating_sub(REACH)..at).rev() {
        let weight = weight(one, &said[to], others);
        others += usize::from(said[to].speaker.is_none() || said[to].speaker != one.speaker);
        weighed.push((weight, to));
    }
    let ahead = at + 1..said.len().min(at + 1 + AHEAD);
    weighed.extend(ahead.filter(|to| told_within(one, &said[*to])).map(|to| (u8::MAX, to)));
    weighed.into_iter().filter(|(weight, _)| *weight >= least).max().map(|(_, to)| to)
}

/// Whether a statement is told by a denial's own words, or of the same content.
fn told_within(denial: &Said, said: &Said) -> bool {
    let claims = matches!(said.act, Act::Accuse | Act::Say | Act::Find | Act::Believe);
    let other = said.speaker.is_none() || said.speaker != denial.speaker;
    let parts = || denial.content.iter();
    let inside = parts().any(|part| part.contains(said.tokens));
    let same = parts().any(|part| said.content.iter().any(|other| other.overlaps(*part)));
    claims && other && (inside || same && !said.tokens.contains(denial.tokens))
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

/// How well a statement before another, with so many by others between them, fits to be what that
/// answers; 0 where it cannot be.
fn weight(answer: &Said, said: &Said, others: usize) -> u8 {
    let own = said.speaker.is_some() && said.speaker == answer.speaker;
    let holds = said.tokens.contains(answer.tokens);
    let claims = matches!(
        said.act,
        Act::Accuse | Act::Find | Act::Warn | Act::Say | Act::Estimate | Act::Believe
    );
    if own || holds || !claims {
        return 0;
    }
    let names_answerer = answer.speaks_for.iter().any(|key| said.about.contains(key));
    let is_named = said.speaker.is_some_and(|speaker| answer.about.contains(&speaker));
    let shared = answer.words.intersection(&said.words).count();
    let accuses = said.act == Act::Accuse;
    let near = match (answer.points_back, others) {
        (Some(Pointing::Pronoun), 0) => 4,
        (Some(Pointing::Pronoun), 1) | (Some(Pointing::Noun), 0) => 2,
        (Some(Pointing::Noun), 1) => 1,
        (None, 0 | 1) if accuses && !names_answerer => 1,
        _ => 0,
    };
    3 * u8::from(names_answerer)
        + 2 * u8::from(is_named && (said.act != Act::Say || shared > 0))
        + 2 * u8::from(shared >= SHARED_WORDS)
        + u8::from(accuses)
        + u8::from(accuses && answer.points_back == Some(Pointing::Noun))
        + near
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(act: Act, speaker: Option<ActorKey>, about: &[ActorKey], at: usize) -> Said {
        let speaks_for = speaker.into_iter().collect();
        let tokens = Tokens::at(10 * at..10 * at + 5);
        Said {
            act,
            speaker,
            speaks_for,
            about: about.to_vec(),
            words: BTreeSet::new(),
            points_back: None,
            denying: false,
            content: vec![Tokens::at(10 * at + 3..10 * at + 5)],
            tokens,
            sentence: Tokens::at(10 * at..10 * at + 10),
        }
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
        assert_eq!(
            links(&statements),
            [Link { from, to, kind: LinkKind::Denies, confidence: OPEN }]
        );
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
        let link = Link {
            from: StatementId::nth(1),
            to: StatementId::nth(0),
            kind: LinkKind::Repeats,
            confidence: OPEN,
        };
        assert_eq!(links(&[first.clone(), again.clone()]), [link]);
        assert_eq!(links(&[first.clone(), tell(mine, "mine hiding faults north shaft", 1)]), []);
        assert_eq!(links(&[first, tell(union, "mine paying late wages", 1)]), []);
    }

    #[test]
    fn what_the_accused_says_of_the_charge_is_a_response() {
        let [union, mine] = [0, 1].map(|at| Some(ActorKey::at(at)));
        let accusation = said(Act::Accuse, union, &[ActorKey::at(1)], 0);
        let answer = Said { points_back: Some(Pointing::Noun), ..said(Act::Say, mine, &[], 1) };
        let link = Link {
            from: StatementId::nth(1),
            to: StatementId::nth(0),
            kind: LinkKind::Responds,
            confidence: OPEN,
        };
        assert_eq!(links(&[accusation.clone(), answer]), [link]);
        assert_eq!(links(&[accusation, said(Act::Say, mine, &[], 1)]), []);
    }

    #[test]
    fn a_denial_of_what_it_points_at_answers_the_last_one_by_somebody_else() {
        let [union, mine, mayor] = [0, 1, 2].map(|at| Some(ActorKey::at(at)));
        let told = [said(Act::Say, mayor, &[], 0), said(Act::Say, union, &[], 1)];
        let denial = Said { points_back: Some(Pointing::Noun), ..said(Act::Deny, mine, &[], 2) };
        let again = Said { sentence: denial.sentence, ..said(Act::Say, mine, &[], 3) };
        let [a, b] = told;
        let (to, kind) = (StatementId::nth(1), LinkKind::Denies);
        let wanted =
            [2, 3].map(|from| Link { from: StatementId::nth(from), to, kind, confidence: OPEN });
        assert_eq!(links(&[a, b, denial, again]), wanted);
    }

    #[test]
    fn a_denial_answers_the_claim_among_its_own_words() {
        let [union, mine] = [0, 1].map(|at| Some(ActorKey::at(at)));
        let content = vec![Tokens::at(3..40)];
        let tokens = Tokens::at(0..40);
        let denial = Said { content, tokens, ..said(Act::Deny, mine, &[], 0) };
        let (from, to) = (StatementId::nth(0), StatementId::nth(1));
        let claim = said(Act::Say, union, &[], 1);
        assert_eq!(
            links(&[denial, claim]),
            [Link { from, to, kind: LinkKind::Denies, confidence: OPEN }]
        );
    }

    #[test]
    fn nobody_denies_their_own_words_or_what_nobody_said() {
        let mine = Some(ActorKey::at(1));
        let statements = [said(Act::Accuse, mine, &[], 0), said(Act::Deny, mine, &[], 1)];
        assert_eq!(links(&statements), []);
        assert_eq!(links(&[said(Act::Deny, mine, &[], 0)]), []);
    }
}
