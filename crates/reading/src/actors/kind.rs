//! What kind of actor a name means: what its words and those before it tell, or let one guess.

use onrecord_language::{Shape, TokenId, Tokens};
use onrecord_record::ActorKind;

use super::Name;
use super::cast::Cast;
use super::entry::words_of;
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
        // The coalition Ana Roe leads is no Ana Roe.
        let person = self.evidence.is_called_last(&words_of(analysis.words(tokens)));
        if let Some(kind) = told.filter(|kind| !people.contains(kind) && !person) {
            return Some(kind);
        }
        // An office of a body of states, or a body named for its states.
        let first = self
            .lexicon
            .names
            .at_start(analysis, tokens)
            .map(|(words, known)| words != tokens && known.kind == ActorKind::Igo);
        let states = tokens.into_iter().skip(2).any(|token| {
            let head = self.lexicon.heads.at_start(analysis, Tokens::new(token, tokens.end));
            let joined = self.look.rules.closed.holds(analysis.token(TokenId(token.0 - 1)).word)
                || self.look.rules.closed.holds(analysis.token(TokenId(token.0 - 2)).word);
            joined && head.is_some_and(|(_, head)| head.kind == ActorKind::State && head.several)
        });
        if first == Some(true) || states {
            return Some(ActorKind::Igo);
        }
        if let Some(kind) = self.name_word(tokens) {
            return kind;
        }
        let Some(head) = self.head(tokens) else {
            let partner = |t: TokenId| self.look.rules.company_links.holds(analysis.token(t).word);
            if tokens.into_iter().any(partner) {
                return Some(ActorKind::Company);
            }
            let begins = self.lexicon.name_begins.at_start(analysis, tokens);
            let head = self.lexicon.heads.at_start(analysis, tokens);
            let begins =
                begins.filter(|(words, _)| head.is_none_or(|(head, _)| head.len() <= words.len()));
            return begins.and_then(|(words, kind)| kind.filter(|_| words != tokens));
        };
        // The State is none that has a name.
        if head.kind == ActorKind::State && tokens.len() == 1 {
            return None;
        }
        // A body named for those who are in it is no person.
        Some(if head.kind == ActorKind::Person { ActorKind::Other } else { head.kind })
    }

    /// What the last word of a name of several tells by itself: `None` where it tells nothing, and
    /// no kind for the name of a thing. A head noun of more words tells more.
    fn name_word(&self, tokens: Tokens) -> Option<Option<ActorKind>> {
        let core = self.core(tokens);
        let (words, kind) = self.lexicon.name_ends.at_end(self.analysis, core)?;
        let head = self.lexicon.heads.at_end(self.analysis, core);
        let longer = head.is_some_and(|(head, _)| head.len() > words.len());
        let capital = self.analysis.token(words.start).shape != Shape::Lower;
        (words.start > core.start && capital && !longer).then_some(*kind)
    }

    /// The words of a name before what adds to it: the Ministry of Health; all of a noun phrase.
    fn core(&self, tokens: Tokens) -> Tokens {
        let analysis = self.analysis;
        let lower = |token: &TokenId| {
            let letters = analysis.word(*token).starts_with(char::is_alphabetic);
            letters && analysis.token(*token).shape == Shape::Lower
        };
        match tokens.into_iter().find(lower) {
            Some(first) if first != tokens.start => Tokens::new(tokens.start, first),
            _ => tokens,
        }
    }

    /// The head noun of a name or noun phrase: it stands last, or before what adds to it. One in lower
    /// case behind a name tells of one body: the Kesh army, and no Kesh banks.
    pub(super) fn head(&self, tokens: Tokens) -> Option<Head> {
        use ActorKind::{ArmedGroup, Military, Police};
        let (analysis, heads) = (self.analysis, &self.lexicon.heads);
        let core = self.core(tokens);
        if let Some((_, head)) = heads.at_end(analysis, core) {
            return Some(*head);
        }
        let (_, head) = heads.at_end(analysis, tokens)?;
        let one = !head.several || matches!(head.kind, ArmedGroup | Military | Police);
        one.then_some(*head)
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
        let few = (2..=4).contains(&capitals);
        let joined =
            tokens.into_iter().any(|t| self.look.rules.closed.holds(analysis.token(t).word));
        let thing = self.name_word(tokens).is_some()
            || self.lexicon.name_begins.at_start(analysis, tokens).is_some();
        let words = words_of(analysis.words(tokens));
        // What goes to somebody goes to no place, and what is cut to its last word is none.
        let before = TokenId(tokens.start.0.saturating_sub(1));
        let person = self.look.rules.to_whom.holds(analysis.token(before).word)
            || self.evidence.is_called_last(&words);
        let place = self.stands_as_place(tokens) && !person || self.evidence.is_place(&words);
        let no_person = people || place || joined || thing || self.evidence.is_pointed(&words);
        match few && !no_person && !tokens.into_iter().any(common) {
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
        behind.is_some_and(|word| self.look.rules.place_nouns.holds(word))
            || before.is_some()
                && (self.look.rules.locative.holds(word(1))
                    || self.look.rules.place_nouns.holds(word(2)))
    }
}
