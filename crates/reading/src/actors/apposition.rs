//! Appositions: what stands right behind a name and says who that is: "Ana Roe, the union's chief".

use onrecord_language::{Shape, TokenId, Tokens};
use onrecord_record::ActorKind;

use super::lexicon::{Head, acts};
use super::names::{BODY_WORDS, Name, Text, is_body};

/// What right behind a name tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Apposition {
    /// The words of the title or of what kind of body it is, without a determiner.
    pub(crate) words: Tokens,
    /// The kind of actor that they tell: a person, or a body.
    pub(crate) kind: ActorKind,
    /// Whose title it is.
    pub(crate) of: Option<Owner>,
    /// Whether it is told as past: "who was then the chief".
    pub(crate) former: bool,
}

/// Whose a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The one whom these words name.
    Named(Tokens),
    /// The one whom these words point at: its, the group.
    Pointed(Tokens),
    /// The body of a kind whose head noun opens a title: the union secretary.
    Body(Tokens, ActorKind),
}

/// How a phrase behind a name begins.
struct Opening {
    /// Its first word behind what opens it.
    start: TokenId,
    owner: Option<Owner>,
    /// Whether it begins as somebody not told of before: a, an.
    fresh: bool,
}

impl Text<'_, '_> {
    /// The apposition right behind a name.
    pub(super) fn apposition(&self, name: Tokens, sentence: Tokens) -> Option<Apposition> {
        let mut at = self.behind_comma(name.end, sentence)?;
        // An age: Ana Roe, 34, a driver.
        if self.analysis.token(at).shape == Shape::Digits {
            at = self.behind_comma(TokenId(at.0 + 1), sentence)?;
        }
        let word = |at: TokenId| self.analysis.token(at).word;
        let mut former = false;
        let told = self.rules.relative.holds(word(at));
        if told {
            at.0 += 1;
            if at >= sentence.end || !self.rules.be.holds(word(at)) {
                return None;
            }
            former = self.rules.be_past.holds(word(at));
            at.0 += 1;
            while at < sentence.end && self.rules.adverb.holds(word(at)) {
                at.0 += 1;
            }
        }
        let opening = self.opening(Tokens::new(at, sentence.end))?;
        let (words, kind) = self.description(Tokens::new(opening.start, sentence.end))?;
        let (owner, end) = match opening.owner {
            Some(owner) => (Some(owner), words.end),
            None => self.owner_behind(words.end, sentence),
        };
        if !told && self.leads_to_name(end, sentence) {
            return None;
        }
        let person = kind == ActorKind::Person;
        let owner = owner.or_else(|| {
            let (body, head) = self.lexicon.heads.at_start(self.analysis, words)?;
            (body != words && is_body(head.kind)).then_some(Owner::Body(body, head.kind))
        });
        // The armed wing of somebody.
        let related =
            owner.is_some() && self.lexicon.relations.at_end(self.analysis, words).is_some();
        let fits = match person {
            true => told || owner.is_some() || self.closes(end, sentence),
            false => {
                acts(kind) && (opening.fresh || related) && !told && self.closes(end, sentence)
            }
        };
        fits.then_some(Apposition { words, kind, of: owner.filter(|_| person || related), former })
    }

    /// The title and whose it is that stand before a name between commas: “the union's chief, Ana
    /// Roe,”, “the mayor of Wexford, Ana Roe,”. `names` are those before it.
    pub(super) fn ahead(
        &self,
        name: Tokens,
        sentence: Tokens,
        names: &[Name],
    ) -> Option<(Tokens, Option<Owner>)> {
        let comma = TokenId(name.start.0.checked_sub(1)?);
        let shape = |token: TokenId| self.analysis.token(token).shape;
        let behind = name.end >= sentence.end
            || matches!(shape(name.end), Shape::Comma | Shape::Stop | Shape::QuoteClose);
        if comma <= sentence.start || shape(comma) != Shape::Comma || !behind {
            return None;
        }
        // Whose title it is may stand behind its words.
        let inside = names.last().filter(|last| last.tokens.start > sentence.start);
        let last = inside.filter(|last| {
            let link = TokenId(last.tokens.start.0 - 1);
            let word = |token: TokenId| self.analysis.token(token).word;
            let joins = |token| {
                self.rules.title_links.holds(word(token)) || self.rules.locative.holds(word(token))
            };
            let article = self.rules.article.holds(word(link));
            last.tokens.end == comma
                && (joins(link) || article && link > sentence.start && joins(TokenId(link.0 - 1)))
        });
        let (end, owner) = match last {
            Some(owner) => {
                let link = TokenId(owner.tokens.start.0 - 1);
                let article = self.rules.article.holds(self.analysis.token(link).word);
                (if article { TokenId(link.0 - 1) } else { link }, Some(owner.tokens))
            }
            None => (comma, None),
        };
        let title = self.lower_title(end)?;
        let several = self.lexicon.heads.at_end(self.analysis, title).is_some_and(|h| h.1.several);
        if several {
            return None;
        }
        let before = names[..names.len() - usize::from(owner.is_some())].last();
        let of = self.title_owner(title, before);
        // An ambassador in a town serves no town.
        let serves = owner.filter(|_| !self.rules.locative.holds(self.analysis.token(end).word));
        Some((title, of.or(serves.map(Owner::Named))))
    }

    fn behind_comma(&self, at: TokenId, sentence: Tokens) -> Option<TokenId> {
        let next = TokenId(at.0 + 1);
        (next < sentence.end && self.analysis.token(at).shape == Shape::Comma).then_some(next)
    }

    /// The determiner or owner that a phrase begins with, if any.
    fn opening(&self, rest: Tokens) -> Option<Opening> {
        if rest.is_empty() {
            return None;
        }
        let word = self.analysis.token(rest.start).word;
        let behind = |end: TokenId| {
            let next = TokenId(end.0 + 1);
            let marked =
                next < rest.end && self.rules.possessive.holds(self.analysis.token(end).word);
            marked.then_some(next)
        };
        let owned = |start, owner| Some(Opening { start, owner: Some(owner), fresh: false });
        if self.rules.possessor.holds(word) {
            let only = Tokens::new(rest.start, TokenId(rest.start.0 + 1));
            return owned(only.end, Owner::Pointed(only));
        }
        if let Some(run) = self.known(rest).or_else(|| self.run(rest, rest.start)) {
            let people = self.lexicon.demonyms.at_start(self.analysis, run).is_some();
            let start = behind(run.end).or_else(|| people.then_some(run.end))?;
            return owned(start, Owner::Named(run));
        }
        if !self.rules.determiner.holds(word) {
            return Some(Opening { start: rest.start, owner: None, fresh: false });
        }
        if let Some(body) = self.body(rest)
            && let Some(start) = behind(body.end)
        {
            return owned(start, Owner::Named(Tokens::new(rest.start, body.end)));
        }
        let inner = Tokens::new(TokenId(rest.start.0 + 1), rest.end);
        let named =
            (!inner.is_empty()).then(|| self.known(inner).or_else(|| self.run(inner, rest.start)));
        if let Some(run) = named.flatten()
            && let Some(start) = behind(run.end)
        {
            return owned(start, Owner::Named(run));
        }
        if let Some(head) = self.first_head(inner)
            && let Some(start) = behind(head)
        {
            return owned(start, Owner::Pointed(Tokens::new(rest.start, head)));
        }
        let fresh = !self.rules.definite.holds(word);
        Some(Opening { start: inner.start, owner: None, fresh })
    }

    /// The longest phrase in lower case that ends with a head noun, and the kind that it tells.
    fn description(&self, rest: Tokens) -> Option<(Tokens, ActorKind)> {
        let most = rest.end.index().min(rest.start.index() + BODY_WORDS + 1);
        let status = self.lexicon.status.at_start(self.analysis, rest);
        let standing = status.map_or(rest.start, |(words, _)| words.end);
        let words = (rest.start.index()..most).map(TokenId::at);
        let lower = words.take_while(|t| self.analysis.token(*t).shape == Shape::Lower);
        let ends: Vec<TokenId> = lower.map(|token| TokenId(token.0 + 1)).collect();
        ends.into_iter().rev().find_map(|end| {
            let phrase = Tokens::new(rest.start, end);
            let head = self.lexicon.heads.at_end(self.analysis, phrase);
            let title = self.lexicon.titles.at_end(self.analysis, phrase);
            let one = |head: &Head| head.kind != ActorKind::Person || !head.several;
            let head = head.filter(|(_, head)| one(head)).map(|(words, head)| (words, head.kind));
            let title = title.map(|(words, ())| (words, ActorKind::Person));
            let (words, kind) = [head, title].into_iter().flatten().max_by_key(|(w, _)| w.len())?;
            // Small words stand in no description, but in a head noun: the chief of staff.
            let mut before = (standing.0..words.start.0).map(TokenId);
            let small = |token| {
                let said = self.rules.past.holds(self.analysis.token(token).word);
                self.is_closed(token) || said
            };
            (!before.any(small)).then_some((phrase, kind))
        })
    }

    /// Whom a title belongs to by what stands behind it, and where that ends: chief of the union.
    fn owner_behind(&self, end: TokenId, sentence: Tokens) -> (Option<Owner>, TokenId) {
        let start = TokenId(end.0 + 1);
        if start >= sentence.end || !self.rules.title_links.holds(self.analysis.token(end).word) {
            return (None, end);
        }
        let rest = Tokens::new(start, sentence.end);
        if let Some(body) = self.body(rest) {
            return (Some(Owner::Named(Tokens::new(start, body.end))), body.end);
        }
        let definite = self.rules.definite.holds(self.analysis.token(start).word);
        let rest = Tokens::new(if definite { TokenId(start.0 + 1) } else { start }, sentence.end);
        let named =
            (!rest.is_empty()).then(|| self.known(rest).or_else(|| self.run(rest, rest.start)));
        if let Some(run) = named.flatten() {
            return (Some(Owner::Named(run)), run.end);
        }
        // What somebody does may stand between: professor of law at the university.
        let field = |token: &TokenId| {
            let found = self.analysis.token(*token);
            found.shape == Shape::Lower && !self.is_closed(*token)
        };
        let most = TokenId::at(sentence.end.index().min(start.index() + FIELD_WORDS));
        let words = Tokens::new(start, most).into_iter().take_while(field).count();
        match words {
            0 => (None, end),
            _ => {
                let (owner, last) = self.owner_behind(TokenId::at(start.index() + words), sentence);
                (owner, if owner.is_some() { last } else { end })
            }
        }
    }

    /// Whether a phrase goes on to another's name, whose title it then is: the head of its armed wing
    /// Jon Adar.
    fn leads_to_name(&self, end: TokenId, sentence: Tokens) -> bool {
        let most = sentence.end.index().min(end.index() + BODY_WORDS + 2);
        let rest = (end.index()..most).map(TokenId::at);
        let mut words = rest.take_while(|token| !self.analysis.token(*token).shape.is_mark());
        words.any(|token| {
            let named = self.has_capital(token) && self.times.at(token).is_none();
            let before = TokenId(token.0 - 1);
            let noun = self.analysis.token(before).shape == Shape::Lower && !self.is_closed(before);
            named && (token == end || noun)
        })
    }

    /// Whether a phrase may end before a token.
    fn closes(&self, end: TokenId, sentence: Tokens) -> bool {
        if end >= sentence.end {
            return true;
        }
        let token = self.analysis.token(end);
        let mark =
            matches!(token.shape, Shape::Comma | Shape::Stop | Shape::Dash | Shape::QuoteClose);
        mark || self.rules.title_links.holds(token.word)
            || self.rules.locative.holds(token.word)
            || self.rules.relative.holds(token.word)
            || self.rules.addition.holds(token.word)
    }
}

/// How many words may tell what somebody does between a title and whose it is.
const FIELD_WORDS: usize = 2;
