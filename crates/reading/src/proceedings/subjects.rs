//! Whom the words for a step's subjects mean.

use std::collections::BTreeSet;

use onrecord_language::{Analysis, Shape, TokenId, Tokens};
use onrecord_record::{ActorKind, Form};

use super::matters::Taken;
use super::{Act, Found, Proceedings, Whom};
use crate::actors::{ActorKey, Cast};

/// Whom a step concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Actor(ActorKey),
    /// Somebody without a name, by the noun.
    Unnamed(String),
    Nobody,
}

/// How many persons one step may concern.
const SUBJECTS: usize = 1000;
/// How many tokens behind a step a pronoun may mean its subject.
const REACH: usize = 400;
/// How many tokens may stand between a name and a pronoun that goes on from it: a comma and *on*.
const RELATIVE: u32 = 2;
/// How many tokens a title in a list may take.
const TITLE: usize = 8;

impl Proceedings {
    /// The subjects of a step; `None` where its words are about something else.
    pub(super) fn subjects<'t>(
        &self,
        analysis: &Analysis<'_>,
        cast: &mut Cast<'_, 't>,
        step: &Found,
        act: &Act,
        last: Option<&Taken>,
        speak: &mut dyn FnMut(&mut Cast<'_, 't>, Tokens) -> Option<ActorKey>,
    ) -> Option<Vec<Subject>> {
        let (Whom::Behind(phrase) | Whom::Before(phrase) | Whom::Only(phrase)) = step.whom else {
            return None;
        };
        let word = analysis.token(phrase.start).word;
        if phrase.len() == 1 && self.is_pronoun(analysis, phrase.start) {
            return self.meant(analysis, cast, phrase, step.sentence, last);
        }
        let named = match step.whom {
            Whom::Behind(_) => self.list_behind(analysis, cast, phrase, step.sentence),
            Whom::Before(_) => self.list_before(analysis, cast, phrase, step.sentence),
            _ => cast.named_at_end(self.core(analysis, cast, phrase)).into_iter().collect(),
        };
        if !named.is_empty() {
            return Some(named.into_iter().map(|key| Subject::Actor(cast.used(key))).collect());
        }
        let core = self.core(analysis, cast, phrase);
        let head = TokenId(core.end.0.saturating_sub(1));
        let noun = analysis.word(head).to_lowercase();
        if self.words.definite.holds(word)
            && let Some(key) = cast.titled(core.start, &noun)
        {
            cast.mention(key, core, Form::Nominal, ActorKind::Person);
            return Some(vec![Subject::Actor(cast.used(key))]);
        }
        if act.single && !self.words.determiner.holds(word) {
            return None;
        }
        let kind = cast.lexicon().heads.at_end(analysis, core).map(|(_, head)| head.kind);
        let subject = match kind {
            Some(ActorKind::Person | ActorKind::Population) => Subject::Unnamed(noun),
            Some(_) => speak(cast, phrase).map_or(Subject::Unnamed(noun), Subject::Actor),
            None if self.words.person.holds(analysis.token(head).word) => Subject::Unnamed(noun),
            None if !act.nouns.is_empty() => Subject::Nobody,
            None if act.person && !step.sure => return None,
            None => Subject::Unnamed(noun),
        };
        Some(vec![subject])
    }

    fn is_pronoun(&self, analysis: &Analysis<'_>, token: TokenId) -> bool {
        let word = analysis.token(token).word;
        let words = &self.words;
        [&words.singular, &words.plural, &words.thing, &words.inner].iter().any(|w| w.holds(word))
    }

    /// Whom a pronoun means: whoever was named last behind the last step, its subjects, or whoever
    /// was named before.
    fn meant(
        &self,
        analysis: &Analysis<'_>,
        cast: &mut Cast<'_, '_>,
        pronoun: Tokens,
        sentence: Tokens,
        last: Option<&Taken>,
    ) -> Option<Vec<Subject>> {
        let word = analysis.token(pronoun.start).word;
        if self.words.inner.holds(word) {
            return None;
        }
        // Ada Venn, on whom: the name right before.
        let right_before = |gap: &u32| {
            let end = TokenId(pronoun.start.0.checked_sub(*gap)?);
            (end > sentence.start)
                .then(|| cast.named_at_end(Tokens::new(sentence.start, end)))
                .flatten()
        };
        let relative = self.words.relative.holds(word);
        let named = (0..=RELATIVE).filter(|_| relative).find_map(|gap| right_before(&gap));
        if let Some(key) = named {
            cast.mention(key, pronoun, Form::Pronoun, ActorKind::Person);
            return Some(vec![Subject::Actor(cast.used(key))]);
        }
        let near = last.filter(|last| last.tokens.start.index() + REACH > pronoun.start.index());
        let subjects = near.map(|last| last.subjects.clone()).unwrap_or_default();
        if self.words.plural.holds(word) {
            return Some(if subjects.is_empty() { vec![Subject::Nobody] } else { subjects });
        }
        let found = if self.words.thing.holds(word) {
            let own = subjects.iter().find_map(Subject::actor).filter(|key| cast.may_be_body(*key));
            own.or_else(|| cast.last_before(pronoun.start, |key| cast.may_be_body(key)))
        } else if self.words.relative.holds(word) {
            let end = TokenId(pronoun.start.0.saturating_sub(1));
            let comma = analysis.token(end).shape == Shape::Comma;
            let before = Tokens::new(sentence.start, if comma { end } else { pronoun.start });
            let named = cast.named_at_end(before);
            if named.is_none() && !before.is_empty() {
                let noun = analysis.word(TokenId(before.end.0 - 1)).to_lowercase();
                return Some(vec![Subject::Unnamed(noun)]);
            }
            named
        } else {
            let person = |key: &ActorKey| cast.kind(*key) == ActorKind::Person;
            let since = near.map(|last| Tokens::new(last.tokens.start, pronoun.start));
            let named = since
                .and_then(|since| cast.named_in(since).map(|(_, key)| key).filter(person).last());
            let own = subjects.iter().find(|subject| match subject {
                Subject::Actor(key) => person(key),
                Subject::Unnamed(_) => true,
                Subject::Nobody => false,
            });
            match (named, own) {
                (None, Some(own @ Subject::Unnamed(_))) => return Some(vec![own.clone()]),
                (named, own) => named
                    .or_else(|| own?.actor())
                    .or_else(|| cast.last_before(pronoun.start, |key| person(&key))),
            }
        };
        let Some(key) = found else { return Some(vec![Subject::Nobody]) };
        cast.mention(key, pronoun, Form::Pronoun, ActorKind::Other);
        Some(vec![Subject::Actor(cast.used(key))])
    }

    /// The phrase up to what adds to it.
    fn core(&self, analysis: &Analysis<'_>, cast: &Cast<'_, '_>, phrase: Tokens) -> Tokens {
        let adds = |token: &TokenId| {
            self.words.preposition.holds(analysis.token(*token).word) && !cast.is_in_name(*token)
        };
        Tokens::new(phrase.start, phrase.into_iter().skip(1).find(adds).unwrap_or(phrase.end))
    }

    /// The actors of a list that begins with a phrase, each once.
    fn list_behind(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        phrase: Tokens,
        sentence: Tokens,
    ) -> Vec<ActorKey> {
        let mut seen = BTreeSet::new();
        let mut listed = Vec::new();
        let mut aside = false;
        let mut at = phrase.start;
        while at < sentence.end && listed.len() < SUBJECTS {
            let token = analysis.token(at);
            let closes = match token.shape {
                Shape::QuoteOpen | Shape::QuoteClose => !self.words.possessive.holds(token.word),
                Shape::Stop => at >= phrase.end,
                _ => at >= phrase.end && self.words.list_end.holds(token.word),
            };
            if closes && !aside {
                break;
            }
            aside = self.words.relative.holds(token.word) || (aside && token.shape != Shape::Comma);
            let Some((name, key)) = cast.named_at(at) else {
                at.0 += 1;
                continue;
            };
            if !aside
                && self.is_item(analysis, cast, (name, key), phrase, sentence)
                && seen.insert(key)
            {
                listed.push(key);
            }
            at = name.end.max(TokenId(at.0 + 1));
        }
        listed
    }

    /// Whether a name in a list is one of its items, and no part of another's title or of what
    /// follows the list.
    fn is_item(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        (name, key): (Tokens, ActorKey),
        phrase: Tokens,
        sentence: Tokens,
    ) -> bool {
        let word = |token: TokenId| analysis.token(token).word;
        let mut before = name.start;
        if before > phrase.start && self.words.determiner.holds(word(TokenId(before.0 - 1))) {
            before.0 -= 1;
        }
        if before > phrase.start && self.words.preposition.holds(word(TokenId(before.0 - 1))) {
            return false;
        }
        let inside = name.start < phrase.end;
        let person = cast.kind(key) == ActorKind::Person;
        if !inside && !person && analysis.token(name.start).shape == Shape::Lower {
            return false;
        }
        if name.end >= sentence.end {
            return true;
        }
        let next = analysis.token(name.end);
        if self.words.possessive.holds(next.word) {
            return false;
        }
        let goes_on = match next.shape {
            Shape::Lower => !self.words.closed.holds(next.word),
            Shape::Capital | Shape::Upper | Shape::Initial => cast.is_in_name(name.end),
            _ => false,
        };
        !goes_on || (person && inside)
    }

    /// The actors of a list that ends with a phrase.
    fn list_before(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        phrase: Tokens,
        sentence: Tokens,
    ) -> Vec<ActorKey> {
        let core = self.core(analysis, cast, phrase);
        let Some((name, last)) = cast.name_at_end(core) else { return Vec::new() };
        let mut listed = vec![last];
        let mut start = name.start;
        let token = |at: TokenId| analysis.token(at);
        let mut and = false;
        while listed.len() < SUBJECTS {
            // Back over the title, to what joins it to the one before.
            let mut at = start;
            let joins = |at: TokenId| {
                token(at).shape == Shape::Comma || self.words.joined.holds(token(at).word)
            };
            while at > sentence.start
                && start.index() - at.index() < TITLE
                && !joins(TokenId(at.0 - 1))
            {
                at.0 -= 1;
            }
            while at > sentence.start && joins(TokenId(at.0 - 1)) {
                at.0 -= 1;
                and |= self.words.joined.holds(token(at).word);
            }
            let before = Tokens::new(sentence.start, at);
            let Some((name, key)) = cast.name_at_end(before).filter(|_| and) else { break };
            listed.push(key);
            start = name.start;
        }
        listed.reverse();
        listed
    }
}

impl Subject {
    fn actor(&self) -> Option<ActorKey> {
        match self {
            Self::Actor(key) => Some(*key),
            Self::Unnamed(_) | Self::Nobody => None,
        }
    }
}
