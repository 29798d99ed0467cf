//! What kind of actor a name means: what its words and those before it tell, or let one guess.

use onrecord_language::{Shape, TokenId, Tokens};
use onrecord_record::ActorKind;

use super::Name;
use super::cast::Cast;
use super::lexicon::Head;

impl Cast<'_, '_> {
    /// The kind that a name's words and title tell; `None` where they tell none.
    pub(super) fn kind_of(&self, name: &Name) -> Option<ActorKind> {
        if name.title.is_some() {
            return Some(ActorKind::Person);
        }
        let analysis = self.analysis;
        let tokens = name.tokens;
        // A common noun right before the name tells what it is: the shipping company.
        let sentence = analysis.sentence_of(tokens.start).map_or(tokens, |s| s.tokens);
        let before = Tokens::new(sentence.start, tokens.start);
        let told = self.lexicon.heads.at_end(analysis, before).map(|(_, head)| head.kind);
        let people = [ActorKind::Person, ActorKind::Population];
        if let Some(kind) = told.filter(|kind| !people.contains(kind)) {
            return Some(kind);
        }
        let head = self.head(tokens)?;
        // A body named for those who are in it is no person.
        Some(if head.kind == ActorKind::Person { ActorKind::Other } else { head.kind })
    }

    /// The head noun of a name or noun phrase: it stands last, or before what adds to it, as in
    /// Ministry of Health.
    pub(super) fn head(&self, tokens: Tokens) -> Option<Head> {
        let analysis = self.analysis;
        let lower = |token: &TokenId| {
            let letters = analysis.word(*token).starts_with(char::is_alphabetic);
            letters && analysis.token(*token).shape == Shape::Lower
        };
        let first = tokens.into_iter().find(lower);
        let core = match first {
            // All of a noun phrase is in lower case.
            Some(first) if first != tokens.start => Tokens::new(tokens.start, first),
            _ => tokens,
        };
        self.lexicon.heads.at_end(analysis, core).map(|(_, head)| *head)
    }

    /// The kind that the look of a name lets one guess: a person for a few words with a capital,
    /// none of them a common noun, a people or a small word, and not where a place would stand: in Kesh, the
    /// village of Kesh Hill.
    pub(super) fn guess(&self, tokens: Tokens) -> ActorKind {
        let (analysis, heads) = (self.analysis, &self.lexicon.heads);
        let common = |token: TokenId| {
            let only = Tokens::new(token, TokenId(token.0 + 1));
            heads.at_end(analysis, only).is_some()
                || self.look.common.holds(analysis.token(token).word)
        };
        let shapes = tokens.into_iter().map(|token| analysis.token(token).shape);
        let capitals = shapes.filter(|s| matches!(s, Shape::Capital | Shape::Initial)).count();
        let people = self.lexicon.demonyms.at_start(analysis, tokens).is_some();
        let place = self.stands_as_place(tokens);
        let few = (2..=4).contains(&capitals);
        let joined = tokens.into_iter().any(|t| self.look.small.holds(analysis.token(t).word));
        match few && !people && !place && !joined && !tokens.into_iter().any(common) {
            true => ActorKind::Person,
            false => ActorKind::Other,
        }
    }

    /// Whether a name stands where a place would: in Kesh, the village of Kesh Hill, Kesh district.
    pub(super) fn stands_as_place(&self, tokens: Tokens) -> bool {
        let analysis = self.analysis;
        let before = analysis.sentence_of(tokens.start).filter(|s| s.tokens.start < tokens.start);
        let word = |back: u32| analysis.token(TokenId(tokens.start.0.saturating_sub(back))).word;
        let behind = analysis.tokens.get(tokens.end.index()).map(|token| token.word);
        behind.is_some_and(|word| self.look.place_nouns.holds(word))
            || before.is_some()
                && (self.look.locative.holds(word(1)) || self.look.place_nouns.holds(word(2)))
    }
}
