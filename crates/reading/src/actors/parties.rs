//! Parties: the words that name somebody or point at a body. The trained engine reads each as one
//! word that tells nothing, so that nothing hangs on who it is: a ministry, a front, a state.

use onrecord_language::{Analysis, Shape, TokenId, Tokens};

use super::lexicon::acts;
use super::names::{BODY_WORDS, NameRules, Text};

impl NameRules {
    /// Some tokens with all of the party that they end in, or whose they are: fighters of the Front.
    pub(crate) fn with_party(
        &self,
        analysis: &Analysis<'_>,
        tokens: Tokens,
        parties: &[Tokens],
    ) -> Tokens {
        let place = parties.partition_point(|party| party.end <= tokens.end);
        let next = parties.get(place).filter(|party| party.start.0 == tokens.end.0 + 1);
        let theirs = next.filter(|_| self.of.holds(analysis.token(tokens.end).word));
        match theirs {
            Some(party) => Tokens::new(tokens.start, party.end),
            None => whole(tokens, parties),
        }
    }
}

/// Some tokens with all of the party that they end in.
pub(crate) fn whole(tokens: Tokens, parties: &[Tokens]) -> Tokens {
    let place = parties.partition_point(|party| party.end <= tokens.end);
    let cut = parties.get(place).filter(|party| party.start < tokens.end);
    Tokens::new(tokens.start, cut.map_or(tokens.end, |party| party.end))
}

impl Text<'_, '_> {
    /// The parties of the text, in text order; none overlaps another, and each lies in one sentence.
    ///
    /// A party is a run of words with a capital and the head noun of a body behind it ("the Kesh
    /// army"), a definite noun phrase with such a head ("the defence ministry"), or a word for
    /// several people that speaks without a determiner ("police"). Its determiner is part of it.
    pub(crate) fn parties(&self) -> Vec<Tokens> {
        let mut parties = Vec::new();
        for sentence in self.analysis.told() {
            let mut at = sentence.start;
            while at < sentence.end {
                if let Some((end, _)) = self.times.at(at) {
                    at = end;
                    continue;
                }
                match self.party(at, sentence) {
                    Some(party) => {
                        at = party.end;
                        parties.push(party);
                    }
                    None => at.0 += 1,
                }
            }
        }
        parties
    }

    /// The party that begins with a token of a sentence.
    fn party(&self, at: TokenId, sentence: Tokens) -> Option<Tokens> {
        let article = self.rules.article.holds(self.analysis.token(at).word);
        let start = if article { TokenId(at.0 + 1) } else { at };
        if start >= sentence.end {
            return None;
        }
        let rest = Tokens::new(start, sentence.end);
        let name = self.known(rest).or_else(|| self.run(rest, sentence.start));
        let end = match name {
            Some(name) => name.end,
            None if article => self.first_head(rest)?,
            None => self.lexicon.speaking.at_start(self.analysis, rest)?.0.end,
        };
        let end = self.heads_behind(end, sentence.end);
        // The army of Kesh: whose body it is belongs to it.
        let end = if name.is_none() && article { self.with_owner(end, sentence.end) } else { end };
        Some(Tokens::new(at, end))
    }

    /// Where the first head noun of a body ends, not far behind a determiner and behind words in
    /// lower case alone.
    pub(super) fn first_head(&self, rest: Tokens) -> Option<TokenId> {
        let most = rest.end.index().min(rest.start.index() + BODY_WORDS);
        let words = (rest.start.index()..most).map(TokenId::at).take_while(|token| {
            let found = self.analysis.token(*token);
            found.shape == Shape::Lower
                && !self.is_closed(*token)
                && !self.rules.past.holds(found.word)
        });
        let mut ends = words.map(|token| TokenId(token.0 + 1));
        ends.find(|end| {
            let head = self.lexicon.heads.at_end(self.analysis, Tokens::new(rest.start, *end));
            head.is_some_and(|(_, head)| acts(head.kind))
        })
    }

    /// The end of the head nouns of bodies that follow a token at once, in lower case.
    pub(super) fn heads_behind(&self, mut end: TokenId, last: TokenId) -> TokenId {
        while end < last && self.analysis.token(end).shape == Shape::Lower {
            let rest = Tokens::new(end, last);
            match self.lexicon.heads.at_start(self.analysis, rest) {
                Some((tokens, head)) if acts(head.kind) => end = tokens.end,
                _ => break,
            }
        }
        end
    }
}
