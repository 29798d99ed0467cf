//! Links: what a statement does to one before it.

use onrecord_language::Tokens;
use onrecord_record::{Act, Link, LinkKind, StatementId};

use crate::actors::ActorKey;

/// How many statements back a denial may reach.
const REACH: usize = 12;

/// What links look at in a statement.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) act: Act,
    pub(crate) speaker: Option<ActorKey>,
    /// The actors that its content names.
    pub(crate) about: Vec<ActorKey>,
    pub(crate) tokens: Tokens,
}

/// The links of statements in text order. A denial answers the last accusation before it, by
/// somebody else, that names the one who denies; else the last accusation or finding by somebody
/// else that the denial itself names.
pub(crate) fn links(said: &[Said]) -> Vec<Link> {
    let mut links = Vec::new();
    for (at, denial) in said.iter().enumerate().filter(|(_, s)| s.act == Act::Deny) {
        let nearest = at.saturating_sub(REACH)..at;
        let charges = |s: &Said| matches!(s.act, Act::Accuse | Act::Find | Act::Warn | Act::Say);
        let others = nearest
            .rev()
            .filter(|&to| said[to].speaker != denial.speaker && charges(&said[to]))
            .filter(|&to| said[to].tokens != denial.tokens);
        let score = |to: usize| {
            let accuses = said[to].act == Act::Accuse;
            let names_denier = denial.speaker.is_some_and(|who| said[to].about.contains(&who));
            let named = said[to].speaker.is_some_and(|who| denial.about.contains(&who));
            u8::from(accuses) * 2 + u8::from(names_denier) * 4 + u8::from(named)
        };
        let mut best: Option<(u8, usize)> = None;
        for to in others {
            // Of equals the nearest, which comes first.
            if best.is_none_or(|(standing, _)| score(to) > standing) && score(to) >= 2 {
                best = Some((score(to), to));
            }
        }
        if let Some((_, to)) = best {
            let (from, to) = (StatementId::nth(at), StatementId::nth(to));
            links.push(Link { from, to, kind: LinkKind::Denies });
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(act: Act, speaker: Option<ActorKey>, about: &[ActorKey], at: usize) -> Said {
        Said { act, speaker, about: about.to_vec(), tokens: Tokens::at(10 * at..10 * at + 5) }
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
    fn nobody_denies_their_own_words_or_what_nobody_said() {
        let mine = Some(ActorKey::at(1));
        let statements = [said(Act::Accuse, mine, &[], 0), said(Act::Deny, mine, &[], 1)];
        assert_eq!(links(&statements), []);
        assert_eq!(links(&[said(Act::Deny, mine, &[], 0)]), []);
    }
}
