//! Links: what a statement does to one before it.

use onrecord_language::Tokens;
use onrecord_record::{Act, Link, LinkKind, StatementId};

use crate::actors::ActorKey;

/// How many statements back a denial may reach.
const REACH: usize = 12;

/// How many statements back an accusation may be denied that names nobody.
const BESIDE: usize = 2;

/// What links look at in a statement.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) act: Act,
    pub(crate) speaker: Option<ActorKey>,
    /// The speaker and those named with it: the state of a ministry.
    pub(crate) speaks_for: Vec<ActorKey>,
    /// The actors that its content names.
    pub(crate) about: Vec<ActorKey>,
    pub(crate) tokens: Tokens,
}

/// The links of statements in text order. A denial answers, of the statements before it by others,
/// an accusation that names the one who denies; else another statement that does; else an
/// accusation, finding or warning whose speaker the denial names; else an accusation right before
/// it. Of equals the nearest.
pub(crate) fn links(said: &[Said]) -> Vec<Link> {
    let mut links = Vec::new();
    for (at, denial) in said.iter().enumerate().filter(|(_, s)| s.act == Act::Deny) {
        let before = (at.saturating_sub(REACH)..at).rev();
        let answered = before
            .map(|to| (weight(denial, &said[to], at - to), to))
            .filter(|(weight, _)| *weight > 0)
            .max_by_key(|(weight, to)| (*weight, *to));
        if let Some((_, to)) = answered {
            let (from, to) = (StatementId::nth(at), StatementId::nth(to));
            links.push(Link { from, to, kind: LinkKind::Denies });
        }
    }
    links
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
        (true, true, _) => 4,
        (false, true, _) => 3,
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
        Said { act, speaker, speaks_for, about: about.to_vec(), tokens }
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
    fn nobody_denies_their_own_words_or_what_nobody_said() {
        let mine = Some(ActorKey::at(1));
        let statements = [said(Act::Accuse, mine, &[], 0), said(Act::Deny, mine, &[], 1)];
        assert_eq!(links(&statements), []);
        assert_eq!(links(&[said(Act::Deny, mine, &[], 0)]), []);
    }
}
