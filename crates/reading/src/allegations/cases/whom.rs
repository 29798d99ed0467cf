//! Whom words that name nobody mean in a case: pronouns, “the accused”, “its troops”.

use std::collections::BTreeSet;

use onrecord_language::{TokenId, Tokens};
use onrecord_record::ActorKind;

use super::super::charges::Accused as Named;
use super::{AGAIN, Case, Party, REACH, Telling};
use crate::actors::{ActorKey, Cast};

impl Telling<'_, '_> {
    /// Whether a case is the one that somebody denies: by the same word for who did it, or of the
    /// same conduct by nobody else who is known.
    pub(super) fn is_denied_as(&self, case: &Case, denied: &Case, cast: &Cast<'_, '_>) -> bool {
        let words = |case: &Case| -> BTreeSet<_> {
            let tokens = case.accused.iter().flat_map(|party| party.tokens);
            let told = tokens.filter(|token| !cast.is_small(*token));
            told.map(|token| self.analysis.token(token).word).collect()
        };
        let told = |taxon: &str| case.conduct.iter().any(|c| c.taxon == taxon);
        let known = |case: &Case| case.accused.iter().find_map(|party| party.actor);
        let own = known(case);
        let same = denied.conduct.iter().all(|c| told(&c.taxon));
        !words(case).is_disjoint(&words(denied)) || same && (own.is_none() || own == known(denied))
    }

    /// Whom a pronoun for a body means that a person charges again: the one accused in what the
    /// same person charged last. A body may speak of itself.
    pub(super) fn accused_before(
        &self,
        cases: &[Case],
        by: Option<usize>,
        cast: &Cast<'_, '_>,
        at: TokenId,
    ) -> Option<ActorKey> {
        let person = |key: &ActorKey| cast.kind(*key) == ActorKind::Person;
        let speaker = self.speaker(by?).filter(person)?;
        let near = |case: &&Case| {
            let end = case.conduct.last().map_or(0, |c| c.tokens.end.0);
            case.speaker == Some(speaker) && end <= at.0 && at.0 - end <= AGAIN
        };
        match &cases.iter().rev().take(REACH).find(near)?.accused[..] {
            [one] => one.actor.filter(|key| *key != speaker),
            _ => None,
        }
    }

    /// Whom the words for somebody accused mean. Pronouns mean whoever denies or admits, elsewhere a
    /// person told of before who does not say so; what a body is told by means nobody for sure.
    pub(super) fn party<'c, 't>(
        &self,
        named: Named,
        answers: Option<ActorKey>,
        speaker: Option<ActorKey>,
        cast: &mut Cast<'c, 't>,
        means: &mut impl FnMut(&mut Cast<'c, 't>, Tokens) -> Option<ActorKey>,
    ) -> Party {
        let Named { tokens, degree } = named;
        let pronoun = self.rules.is_pronoun(self.analysis, tokens);
        let theirs =
            self.rules.is_own(self.analysis, tokens) && cast.named_in(tokens).next().is_none();
        let actor = match answers.filter(|_| pronoun || theirs) {
            Some(answers) => Some(answers),
            None if pronoun && cast.gender_told(tokens).is_none() => None,
            None => {
                let meant = means(cast, tokens).or_else(|| self.force(cast, tokens, means));
                meant.filter(|key| !pronoun || Some(*key) != speaker)
            }
        };
        Party { actor, degree, tokens }
    }

    /// The armed body that a noun phrase names by whose it is: government troops, soldiers of the
    /// army.
    fn force<'c, 't>(
        &self,
        cast: &mut Cast<'c, 't>,
        tokens: Tokens,
        means: &mut impl FnMut(&mut Cast<'c, 't>, Tokens) -> Option<ActorKey>,
    ) -> Option<ActorKey> {
        use onrecord_record::ActorKind::{ArmedGroup, Government, Military, Police, State};
        let of = tokens.into_iter().find(|token| self.rules.is_of(self.analysis, *token));
        if let Some(of) = of {
            let whose = Tokens::new(TokenId(of.0 + 1), tokens.end);
            let key = means(cast, whose)?;
            let armed = [ArmedGroup, Government, Military, Police, State];
            return armed.contains(&cast.kind(key)).then_some(key);
        }
        let heads = &cast.lexicon().heads;
        let kind = heads.at_end(self.analysis, tokens).map(|(_, head)| head.kind);
        let kind = kind.filter(|kind| matches!(kind, ArmedGroup | Military | Police))?;
        let before = Tokens::new(tokens.start, TokenId(tokens.end.0.checked_sub(1)?));
        let whose = heads.at_end(self.analysis, before).is_some();
        whose.then(|| cast.nominal(tokens, kind)).map(|key| cast.used(key))
    }

    /// Those whom a court was last told to try before a token.
    pub(super) fn last_tried<'k>(&self, cases: &'k [Case], before: TokenId) -> Option<&'k [Party]> {
        let tried = |case: &&Case| {
            let told = case.conduct.first().is_some_and(|c| c.tokens.start < before);
            told && case.step && !case.accused.is_empty()
        };
        let last = cases.iter().rev().take(REACH).find(tried)?;
        Some(&last.accused)
    }
}
