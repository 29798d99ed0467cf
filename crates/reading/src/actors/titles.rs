//! Titles right before names: which words they are, and whose title it is.

use onrecord_language::{Shape, TokenId, Tokens};
use onrecord_record::{ActorKind, RelationKind, RoleStatus};

use super::apposition::Owner;
use super::names::{BODY_WORDS, Name, Text, is_body};

impl Text<'_, '_> {
    /// The name without the title it begins with; none where nothing else is left, or where all
    /// of it tells a people.
    pub(super) fn without_title(&self, run: Tokens, before: Option<&Name>) -> Option<Name> {
        let people = self.lexicon.demonyms.at_start(self.analysis, run).map(|(tokens, _)| tokens);
        if people == Some(run) {
            return None;
        }
        let lower = self.lower_title(run.start);
        let lower = lower.filter(|title| !self.is_owners(*title, run) && !self.ends_body(run));
        // Initials are a body's, whatever noun stands before them.
        let initials = run.len() == 1 && self.analysis.token(run.start).shape == Shape::Upper;
        let lower = lower.filter(|title| {
            !initials || self.lexicon.titles.at_end(self.analysis, *title).is_some()
        });
        // "Oland Foreign Minister", "Olandic Foreign Minister": whose title it is comes first.
        let most = run.end.index().min(run.start.index() + OWNER_WORDS + 1);
        let titled = (run.start.index()..most).map(TokenId::at).find_map(|start| {
            let title = self.title(Tokens::new(start, run.end))?;
            let owner = Tokens::new(run.start, start);
            let bare = owner.is_empty();
            // The State Prosecutor's Office is no State Prosecutor.
            let behind = self.analysis.tokens.get(title.end.index());
            let owns = behind.is_some_and(|token| self.rules.possessive.holds(token.word));
            let named = title.end < run.end && self.has_capital(TokenId(start.0.wrapping_sub(1)));
            (!owns && (bare || named)).then_some((title, Some(owner).filter(|_| !bare)))
        });
        match titled {
            Some((title, _)) if title.end == run.end => None,
            Some((title, of)) => {
                let lower = lower.filter(|_| title.start == run.start);
                let name = Tokens::new(title.end, run.end);
                let former = of.is_some_and(|of| self.is_past(of.start));
                let of = of.map(Owner::Named);
                let status = lower.and_then(|l| self.lexicon.status.at_start(self.analysis, l));
                if let Some(first) = lower
                    && status.is_none_or(|(words, _)| words != first)
                {
                    // Army spokesman Colonel Ana Roe has two titles.
                    let ahead = Some((first, self.title_owner(first, before)));
                    return Some(Name { title: Some(title), of, former, ahead, ..Name::of(name) });
                }
                let start = lower.map_or(title.start, |lower| lower.start);
                let title = Tokens::new(start, title.end);
                Some(Name { title: Some(title), of, former, ..Name::of(name) })
            }
            None => {
                // The head of its armed wing is no wing.
                let relation = self.relation(run.start);
                let relation = relation
                    .filter(|(_, words)| lower.is_none_or(|title| title.start >= words.start));
                let other = relation.and_then(|(_, words)| self.title_owner(words, before));
                if let (Some(relation), Some(other)) = (relation, other) {
                    let (relation, of) = (Some(relation), Some(other));
                    return Some(Name { relation, of, ..Name::of(run) });
                }
                let of = lower.and_then(|title| self.title_owner(title, before));
                let former = match of {
                    Some(Owner::Named(of)) => self.is_past(of.start),
                    _ => false,
                };
                Some(Name { title: lower, of, former, ..Name::of(run) })
            }
        }
    }

    /// The titles that a run begins with, with what tells their standing before and whose they are
    /// behind them: Acting Justice Minister, Secretary of the Harbour Board. The General Court has
    /// none.
    pub(super) fn title(&self, run: Tokens) -> Option<Tokens> {
        let (analysis, lexicon) = (self.analysis, self.lexicon);
        let status =
            lexicon.status.at_start(analysis, run).map_or(run.start, |(words, _)| words.end);
        let titles = |from: TokenId| {
            let rest = Tokens::new(from, run.end);
            if rest.is_empty() {
                return None;
            }
            // A word for a person that has its capital for opening a sentence: Survivor Ana Roe.
            let opens = analysis.sentence_of(from).is_some_and(|s| s.tokens.start == from);
            let head = lexicon.heads.at_start(analysis, rest).filter(|(words, head)| {
                opens && head.kind == ActorKind::Person && !head.several && words.len() < rest.len()
            });
            let title = lexicon.titles.at_start(analysis, rest).map(|(title, ())| title.end);
            title.or(head.map(|(words, _)| words.end))
        };
        let mut end = titles(status)?;
        while let Some(next) = titles(end) {
            end = next;
        }
        let rest = Tokens::new(end, run.end);
        if rest.is_empty() {
            return Some(Tokens::new(run.start, end));
        }
        let links = |token: TokenId| {
            let owns = self.rules.possessive.holds(analysis.token(token).word);
            self.is_closed(token) && !owns
        };
        if links(end) {
            while links(end) {
                end = self.title_part(Tokens::new(end, run.end))?;
            }
            return Some(Tokens::new(run.start, end));
        }
        (!self.ends_body(rest)).then(|| Tokens::new(run.start, end))
    }

    /// Where whose a title is ends behind the small word that some words of a run begin with: of the
    /// Harbour Board. Where no body's head noun tells it, most persons have two names.
    fn title_part(&self, rest: Tokens) -> Option<TokenId> {
        let ends = (rest.start.index() + 2..rest.end.index()).rev().map(TokenId::at);
        let body = ends.clone().find(|last| self.ends_body(Tokens::new(rest.start, *last)));
        let two = |last: &TokenId| rest.end.0 - last.0 == PERSON_WORDS && self.has_capital(*last);
        body.or_else(|| ends.into_iter().find(two))
    }

    /// Whether some words of a name end with what only a body is called.
    pub(super) fn ends_body(&self, tokens: Tokens) -> bool {
        let ends = self.lexicon.name_ends.at_end(self.analysis, tokens);
        let head = self.lexicon.heads.at_end(self.analysis, tokens);
        ends.is_some_and(|(_, kind)| kind.is_some()) || head.is_some_and(|(_, h)| is_body(h.kind))
    }

    /// Whether a word that tells of the past ends right before a token.
    fn is_past(&self, token: TokenId) -> bool {
        let Some(sentence) = self.analysis.sentence_of(token) else { return false };
        let before = Tokens::new(sentence.tokens.start, token);
        let status = self.lexicon.status.at_end(self.analysis, before);
        status.is_some_and(|(_, status)| *status == RoleStatus::Former)
    }

    /// Whether what looks like a title tells the standing of another title, which a name owns: former
    /// Oland governor.
    fn is_owners(&self, title: Tokens, run: Tokens) -> bool {
        let Some(sentence) = self.analysis.sentence_of(run.start) else { return false };
        let behind = Tokens::new(run.end, sentence.tokens.end);
        let status = self.lexicon.status.at_start(self.analysis, title);
        let alone = status.is_some_and(|(words, _)| words == title);
        alone
            && !behind.is_empty()
            && (self.lexicon.heads.at_start(self.analysis, behind).is_some()
                || self.lexicon.titles.at_start(self.analysis, behind).is_some())
    }

    /// The words right before a name that tell how it stands to another.
    fn relation(&self, start: TokenId) -> Option<(RelationKind, Tokens)> {
        let sentence = self.analysis.sentence_of(start)?.tokens;
        let before = Tokens::new(sentence.start, start);
        let (words, kind) = self.lexicon.relations.at_end(self.analysis, before)?;
        Some((*kind, words))
    }

    /// Whose a title in lower case is: whom the words right before it name or point at.
    pub(super) fn title_owner(&self, title: Tokens, before: Option<&Name>) -> Option<Owner> {
        let last = TokenId(title.start.0.saturating_sub(1));
        let same = self.analysis.sentence_of(title.start)?.tokens.holds(last);
        let pointed = same
            && last < title.start
            && self.rules.possessor.holds(self.analysis.token(last).word);
        let pointed = pointed.then(|| Owner::Pointed(Tokens::new(last, title.start)));
        let owner = pointed.or_else(|| self.owner(title, before).map(Owner::Named));
        owner.or_else(|| {
            let (body, head) = self.lexicon.heads.at_start(self.analysis, title)?;
            (body != title && is_body(head.kind)).then_some(Owner::Body(body, head.kind))
        })
    }

    /// Whose a title in lower case is: the name or people right before it.
    pub(super) fn owner(&self, title: Tokens, before: Option<&Name>) -> Option<Tokens> {
        let sentence = self.analysis.sentence_of(title.start)?.tokens;
        let ahead = Tokens::new(sentence.start, title.start);
        let named = before.map(|name| name.tokens).filter(|name| {
            let gap = Tokens::new(name.end, title.start);
            name.end <= title.start
                && gap.into_iter().all(|t| self.rules.possessive.holds(self.analysis.token(t).word))
        });
        named.or_else(|| {
            self.lexicon.demonyms.at_end(self.analysis, ahead).map(|(tokens, _)| tokens)
        })
    }

    /// A title before a name that ends with whose it is: "the head of its northern branch". The
    /// determiner before it is no part of it.
    fn title_of_body(&self, before: Tokens) -> Option<Tokens> {
        let heads = &self.lexicon.heads;
        let (body, _) = heads.at_end(self.analysis, before)?;
        let near = body.start.index().saturating_sub(BODY_WORDS).max(before.start.index());
        let between = Tokens::new(TokenId::at(near), body.start);
        let links = &self.rules.head_links;
        let link = between.into_iter().find(|t| links.holds(self.analysis.token(*t).word))?;
        let (title, head) = heads.at_end(self.analysis, Tokens::new(before.start, link))?;
        (head.kind == ActorKind::Person).then_some(Tokens::new(title.start, before.end))
    }

    /// A title in lower case that ends right before a token: "former defence minister", or the
    /// words of a noun phrase that ends with a person: "port union chief".
    pub(super) fn lower_title(&self, start: TokenId) -> Option<Tokens> {
        let sentence = self.analysis.sentence_of(start)?.tokens;
        let before = Tokens::new(sentence.start, start);
        // A single name behind a body is the body's: the head of the harbour firm Linea.
        let several = self.has_capital(start) && self.has_capital(TokenId(start.0 + 1));
        if let Some(title) = self.title_of_body(before).filter(|_| several) {
            return Some(title);
        }
        let listed = self.lexicon.titles.at_end(self.analysis, before).map(|(title, ())| title);
        let person = self.lexicon.heads.at_end(self.analysis, before);
        let person = person.filter(|(_, h)| h.kind == ActorKind::Person && !h.several);
        let mut title = listed.or(person.map(|(tokens, _)| tokens));
        let lower = |token: TokenId| {
            let found = self.analysis.token(token);
            let opens = token == sentence.start
                && self.lexicon.heads.at_start(self.analysis, before).is_some();
            (found.shape == Shape::Lower || opens)
                && ![&self.rules.closed, &self.rules.past].iter().any(|w| w.holds(found.word))
        };
        if let Some(title) = &mut title {
            let most = title.start.0.saturating_sub(TITLE_WORDS).max(sentence.start.0);
            while title.start.0 > most && lower(TokenId(title.start.0 - 1)) {
                title.start.0 -= 1;
            }
        }
        let head = title.map_or(start, |title| title.start);
        let status = self.lexicon.status.at_end(self.analysis, Tokens::new(sentence.start, head));
        match (status, title) {
            (Some((status, _)), _) => Some(Tokens::new(status.start, start)),
            (None, title) => title,
        }
    }
}

/// How many words the name may have whose title stands before another: New Oland Foreign Minister.
const OWNER_WORDS: usize = 3;
/// How many words most persons' names have.
const PERSON_WORDS: u32 = 2;
/// How many words a title in lower case may have before its last.
const TITLE_WORDS: u32 = 3;
