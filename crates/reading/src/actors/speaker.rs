//! Whom the words that name a source mean.

use onrecord_language::{Analysis, Shape, TokenId, Tokens, Vocabulary, WordSet};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{ActorKind, Form, MediumKind};

use super::lexicon::Head;
use super::{ActorKey, Cast, seldom_told};
use crate::cues::Cues;
use crate::phrases;

/// The small words by which noun phrases are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpeakerRules {
    person_pronoun: WordSet,
    body_pronoun: WordSet,
    relative: WordSet,
    body_relative: WordSet,
    determiner: WordSet,
    definite: WordSet,
    possessive: WordSet,
    preposition: WordSet,
    locative: WordSet,
}

/// Whom a source means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Speaker {
    /// The actor; `None` for somebody without a name.
    pub(crate) actor: Option<ActorKey>,
    /// What speaks for the actor, such as a report.
    pub(crate) medium: Option<(MediumKind, Tokens)>,
}

impl Speaker {
    /// Somebody without a name.
    pub(crate) const UNNAMED: Self = Self { actor: None, medium: None };

    fn actor(key: ActorKey) -> Self {
        Self { actor: Some(key), medium: None }
    }
}

impl SpeakerRules {
    /// Takes its classes from `grammar.toml`.
    pub(crate) fn compile(pack: &Pack, vocabulary: &Vocabulary) -> Result<Self, PackError> {
        let class = |name| phrases::class(pack, vocabulary, name);
        Ok(Self {
            person_pronoun: class("person-pronoun")?,
            body_pronoun: class("body-pronoun")?,
            relative: class("relative-pronoun")?,
            body_relative: class("body-relative")?,
            determiner: class("determiner")?,
            definite: class("definite")?,
            possessive: class("possessive")?,
            preposition: class("np-preposition")?,
            locative: class("locative")?,
        })
    }

    /// Whom a noun phrase means. `before` is the speaker of the statement before, where there is
    /// one.
    pub(crate) fn speaker(
        &self,
        analysis: &Analysis<'_>,
        cues: &Cues,
        cast: &mut Cast<'_, '_>,
        phrase: Tokens,
        before: Option<Speaker>,
    ) -> Speaker {
        if let Some(speaker) = self.pronoun(analysis, cast, phrase, before) {
            return speaker;
        }
        let last = before.and_then(|speaker| speaker.actor);
        let core = self.core(analysis, cast, phrase);
        if let Some(key) = cast.named_at_end(core) {
            return Speaker::actor(cast.used(key));
        }
        if let Some(key) = self.titled(analysis, cast, phrase) {
            return Speaker::actor(cast.used(key));
        }
        // "A local official, Murat Sen,": the name behind the comma is the official's.
        if let Some(key) = self.apposed(analysis, cast, phrase, core) {
            return Speaker::actor(cast.used(key));
        }
        let head = analysis.token(TokenId(core.end.0.saturating_sub(1)));
        // "figures from the ministry": whoever stands behind the words.
        let behind = Tokens::new(TokenId(core.end.0 + 1), phrase.end);
        let place = cast
            .named_in(behind)
            .next()
            .is_some_and(|(name, key)| name == behind && self.is_place(analysis, cast, name, key));
        if cues.is_noun(head.word) && !behind.is_empty() && !place {
            let speaker = self.speaker(analysis, cues, cast, behind, before);
            let medium = cues.medium(head.word).map(|kind| (kind, core));
            return Speaker { medium: medium.or(speaker.medium), ..speaker };
        }
        if let Some(kind) = cues.medium(head.word) {
            // A report that was not told of is nobody's who spoke before.
            let told = self.definite.holds(analysis.token(phrase.start).word);
            let author = self.author(analysis, cast, phrase, core).or(last.filter(|_| told));
            let actor = author.map(|key| cast.used(key));
            return Speaker { actor, medium: Some((kind, core)) };
        }
        self.nominal(analysis, cast, phrase, core, last)
    }

    fn pronoun(
        &self,
        analysis: &Analysis<'_>,
        cast: &mut Cast<'_, '_>,
        phrase: Tokens,
        before: Option<Speaker>,
    ) -> Option<Speaker> {
        let only = (phrase.len() == 1).then_some(phrase.start)?;
        let word = analysis.token(only).word;
        let personal = self.person_pronoun.holds(word) || self.body_pronoun.holds(word);
        if personal && before.is_some_and(|speaker| speaker.actor.is_none()) {
            return Some(Speaker::UNNAMED);
        }
        let last = before.and_then(|speaker| speaker.actor);
        let found = if self.person_pronoun.holds(word) {
            let gender = cast.gender_told(phrase);
            let person = |cast: &Cast<'_, '_>, key| {
                cast.kind(key) == ActorKind::Person && cast.may_be(key, gender)
            };
            let found = last.filter(|key| person(cast, *key));
            let found = found.or_else(|| cast.last_before(only, |key| person(cast, key)));
            found.into_iter().for_each(|key| cast.tell_gender(key, gender));
            found
        } else if self.body_pronoun.holds(word) {
            let body = last.filter(|key| cast.may_be_body(*key));
            let body = body.or_else(|| cast.last_before(only, |key| cast.may_be_body(key)));
            body.into_iter().for_each(|key| cast.settle_as_body(key));
            body
        } else if self.relative.holds(word) {
            // A witness, who asked not to be named: nobody who was told of in a sentence before.
            cast.last_in_sentence(only)
        } else if self.body_relative.holds(word) {
            cast.last_before(only, |key| cast.may_be_body(key))
        } else {
            return None;
        };
        Some(match found {
            Some(key) => {
                cast.mention(key, phrase, Form::Pronoun, ActorKind::Other);
                Speaker::actor(cast.used(key))
            }
            None => Speaker::UNNAMED,
        })
    }

    /// The phrase up to the preposition that adds to it: *the head* of the port. A preposition
    /// inside a name or a title before one adds nothing.
    fn core(&self, analysis: &Analysis<'_>, cast: &Cast<'_, '_>, phrase: Tokens) -> Tokens {
        let adds = |token: &TokenId| {
            let found = analysis.token(*token);
            let inside = cast.is_in_name(*token) || cast.is_in_title(*token);
            (self.preposition.holds(found.word) && !inside) || parts(found.shape)
        };
        let end = phrase.into_iter().skip(1).find(adds);
        Tokens::new(phrase.start, end.unwrap_or(phrase.end))
    }

    /// The person whose name ends a noun phrase behind a title: secretary of state Ana Roe.
    fn titled(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        phrase: Tokens,
    ) -> Option<ActorKey> {
        let end = phrase.into_iter().find(|token| parts(analysis.token(*token).shape));
        let (name, key) = cast.name_at_end(Tokens::new(phrase.start, end.unwrap_or(phrase.end)))?;
        let title = Tokens::new(phrase.start, name.start);
        let word = |token: TokenId| analysis.token(token).word;
        let joins = |token: TokenId| self.preposition.holds(word(token));
        let small = |token: TokenId| {
            let part = joins(token) || self.possessive.holds(word(token));
            cast.is_small(token) && !part && !self.determiner.holds(word(token))
        };
        let last = TokenId(title.end.0.saturating_sub(1));
        let titled = !title.is_empty() && !cast.is_small(last);
        (titled && !title.into_iter().any(small) && cast.kind(key) == ActorKind::Person)
            .then_some(key)
    }

    /// Who is named behind a noun phrase that tells a person or body, between commas.
    fn apposed(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        phrase: Tokens,
        core: Tokens,
    ) -> Option<ActorKey> {
        let body = cast.lexicon().heads.at_end(analysis, core).is_some();
        let comma = |token: &TokenId| analysis.token(*token).shape == Shape::Comma;
        let mut commas = Tokens::new(core.end, phrase.end).into_iter().filter(comma);
        commas.find_map(|at| {
            let rest = Tokens::new(TokenId(at.0 + 1), phrase.end);
            let end = rest.into_iter().find(comma).unwrap_or(phrase.end);
            let part = Tokens::new(rest.start, end);
            let (name, key) = cast.named_in(part).last()?;
            // What precedes the name is its title: former minister Ana Roe.
            let titled = Tokens::new(part.start, name.start).into_iter().all(|t| !cast.is_small(t));
            let person = cast.kind(key) == ActorKind::Person && name.end == end && titled;
            (person || body && name.start == part.start).then_some(key)
        })
    }

    /// Whose a report or website is: the one named in its phrase, behind it or as its owner. Reports
    /// in a state are not the state's.
    fn author(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        phrase: Tokens,
        core: Tokens,
    ) -> Option<ActorKey> {
        let behind = Tokens::new(core.end, phrase.end);
        let owner = cast.named_in(core).last();
        let speaks = |(name, key): &(Tokens, _)| !self.is_place(analysis, cast, *name, *key);
        let owner = owner.or_else(|| cast.named_in(behind).next().filter(speaks));
        owner.map(|(_, key)| key)
    }

    /// Whether a name is that of a state in which something is told to be.
    fn is_place(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        name: Tokens,
        key: ActorKey,
    ) -> bool {
        let before = analysis.token(TokenId(name.start.0.saturating_sub(1))).word;
        cast.kind(key) == ActorKind::State && self.locative.holds(before)
    }

    /// A town or county that speaks: those who govern it.
    fn place(
        &self,
        analysis: &Analysis<'_>,
        cast: &Cast<'_, '_>,
        phrase: Tokens,
        core: Tokens,
    ) -> Option<Head> {
        let points = self.definite.holds(analysis.token(phrase.start).word) && core.len() > 1;
        let last = TokenId(core.end.0.saturating_sub(1));
        let kind = ActorKind::Government;
        (points && cast.is_place_noun(last)).then_some(Head {
            kind,
            unnamed: false,
            several: false,
        })
    }

    /// A noun phrase whose head is a common noun: a body that was told of before, a body of its
    /// own, or somebody without a name.
    fn nominal(
        &self,
        analysis: &Analysis<'_>,
        cast: &mut Cast<'_, '_>,
        phrase: Tokens,
        core: Tokens,
        last: Option<ActorKey>,
    ) -> Speaker {
        let head = cast.lexicon().heads.at_end(analysis, core).map(|(_, head)| *head);
        let Some(head) = head.or_else(|| self.place(analysis, cast, phrase, core)) else {
            return Speaker::UNNAMED;
        };
        if head.unnamed || head.kind == ActorKind::Person || head.kind == ActorKind::Population {
            return Speaker::UNNAMED;
        }
        let first = analysis.token(phrase.start).word;
        let owned = core.into_iter().any(|t| self.possessive.holds(analysis.token(t).word));
        let bare = Tokens::new(
            if self.determiner.holds(first) { TokenId(core.start.0 + 1) } else { core.start },
            core.end,
        );
        let points = self.definite.holds(first) && !owned && cast.named_in(core).next().is_none();
        if let Some(key) = points.then(|| meant(cast, phrase, bare, head.kind, last)).flatten() {
            cast.mention(key, phrase, Form::Nominal, head.kind);
            return Speaker::actor(cast.used(key));
        }
        // Labour groups, both governments: several that nobody told of.
        let loose = head.several && !self.definite.holds(first) && !owned;
        if bare.is_empty() || loose && cast.named_in(core).next().is_none() {
            return Speaker::UNNAMED;
        }
        Speaker::actor(cast.nominal(bare, head.kind))
    }
}

/// Whether a mark parts a noun phrase from what is added to it.
fn parts(shape: Shape) -> bool {
    matches!(shape, Shape::Comma | Shape::Dash | Shape::Bracket)
}

/// Whom a definite noun phrase means that was told of before: for a kind that names seldom tell
/// ("the militant group"), at least the last body of no known kind that spoke; for "the group" the
/// last body that spoke.
fn meant(
    cast: &Cast<'_, '_>,
    phrase: Tokens,
    body: Tokens,
    kind: ActorKind,
    last: Option<ActorKey>,
) -> Option<ActorKey> {
    let told = cast.told_of(phrase.start, body, kind);
    if kind == ActorKind::Other {
        let group = |key: ActorKey| {
            use ActorKind::{Court, Government, State};
            cast.is_used(key)
                && cast.may_be_body(key)
                && !matches!(cast.kind(key), Court | Government | State)
        };
        let last = last.filter(|key| cast.kind(*key) != ActorKind::Person);
        return told.or(last).or_else(|| cast.last_before(phrase.start, group));
    }
    let spoke = |key: ActorKey| cast.kind(key) == ActorKind::Other && cast.is_used(key);
    let untold = seldom_told(kind) && cast.is_generic(body);
    told.or_else(|| untold.then(|| cast.last_before(phrase.start, spoke)).flatten())
}
