//! Names: runs of words with a capital, told from sentence starts and titles.

use std::collections::BTreeSet;

use onrecord_language::{Analysis, Layer, Shape, TokenId, Tokens, Vocabulary, WordId, WordSet};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{ActorKind, RelationKind};

use super::apposition::{Apposition, Owner};
use super::lexicon::Lexicon;
use crate::phrases;

/// A name in the text, or a noun phrase that points at a body: "the ministry".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    /// The words of the name, without titles; of a noun phrase all of it.
    pub(crate) tokens: Tokens,
    /// The words of a noun phrase without its determiner and whose it is; `None` for a name.
    pub(crate) body: Option<Tokens>,
    /// The title right before it.
    pub(crate) title: Option<Tokens>,
    /// What right before it tells how it stands to another: "Oland ally".
    pub(crate) relation: Option<(RelationKind, Tokens)>,
    /// Whose title it is, or to whom it stands so.
    pub(crate) of: Option<Owner>,
    /// What right behind it says who that is.
    pub(crate) apposition: Option<Apposition>,
}

impl Name {
    /// A name of these words and no more.
    fn of(tokens: Tokens) -> Self {
        Self { tokens, body: None, title: None, relation: None, of: None, apposition: None }
    }
}

/// What tells a name from other words with a capital.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameRules {
    /// Words that are part of no name where they begin a sentence.
    pub(crate) closed: WordSet,
    /// Words that may join the parts of a name.
    links: WordSet,
    /// Words before places.
    pub(crate) locative: WordSet,
    /// Nouns for places.
    pub(crate) place_nouns: WordSet,
    pub(crate) masculine: WordSet,
    pub(crate) feminine: WordSet,
    /// Determiners that point at somebody told of.
    pub(crate) definite: WordSet,
    /// What marks whose something is.
    pub(super) possessive: WordSet,
    /// What stands before whose something is.
    pub(super) of: WordSet,
    /// Words that join the parts of a name behind a head noun only: the Ministry of Health.
    head_links: WordSet,
    pub(super) determiner: WordSet,
    /// Words for whose something is: its, their.
    pub(super) possessor: WordSet,
    pub(super) relative: WordSet,
    /// What may stand between a title and whose it is.
    pub(super) title_links: WordSet,
    /// Words that begin what is added to an apposition.
    pub(super) addition: WordSet,
    pub(super) be: WordSet,
    /// Those of `be` that tell of the past.
    pub(super) be_past: WordSet,
    pub(super) adverb: WordSet,
    /// Determiners that stand before parties.
    pub(super) article: WordSet,
    /// Verbs of saying in the past.
    pub(super) past: WordSet,
}

impl NameRules {
    /// Takes its classes from `grammar.toml`.
    pub(crate) fn compile(pack: &Pack, vocabulary: &Vocabulary) -> Result<Self, PackError> {
        let class = |name| phrases::class(pack, vocabulary, name);
        Ok(Self {
            closed: class("closed")?,
            links: class("name-link")?,
            of: class("of")?,
            head_links: class("head-link")?,
            locative: class("locative")?,
            place_nouns: class("place-noun")?,
            masculine: class("masculine")?,
            feminine: class("feminine")?,
            definite: class("definite")?,
            possessive: class("possessive")?,
            article: class("party-determiner")?,
            determiner: class("determiner")?,
            possessor: class("possessor")?,
            relative: class("relative-pronoun")?,
            title_links: class("title-link")?,
            addition: class("apposition-addition")?,
            be: class("be")?,
            be_past: class("be-past")?,
            adverb: class("adverb")?,
            past: class("past")?,
        })
    }

    /// The words of some stretches in lower case, without the small ones.
    pub(crate) fn long_words(&self, analysis: &Analysis<'_>, parts: &[Tokens]) -> BTreeSet<String> {
        let tokens = parts.iter().flat_map(|part| part.into_iter());
        let long = tokens.filter(|token| {
            let token = analysis.token(*token);
            !token.shape.is_mark() && !self.closed.holds(token.word)
        });
        long.map(|token| analysis.word(token).to_lowercase()).collect()
    }

    /// A text, to look for names and parties in. `times` is the layer of time expressions, which
    /// are neither.
    pub(crate) fn text<'a, 't>(
        &'a self,
        analysis: &'a Analysis<'t>,
        times: &'a Layer,
        lexicon: &'a Lexicon,
    ) -> Text<'a, 't> {
        Text { rules: self, analysis, times, lexicon, inner: inner_words(analysis) }
    }
}

/// The words that stand with a capital inside a sentence somewhere in the text.
fn inner_words<'t>(analysis: &Analysis<'t>) -> BTreeSet<&'t str> {
    let mut words = BTreeSet::new();
    for sentence in analysis.told() {
        for token in sentence.into_iter().skip(1) {
            let opened = analysis.token(TokenId(token.0 - 1)).shape == Shape::QuoteOpen;
            if analysis.token(token).shape == Shape::Capital && !opened {
                words.insert(analysis.token(token).extent.of(analysis.text).unwrap_or_default());
            }
        }
    }
    words
}

/// A text with what is known of it.
pub(crate) struct Text<'a, 't> {
    pub(super) rules: &'a NameRules,
    pub(super) analysis: &'a Analysis<'t>,
    pub(super) times: &'a Layer,
    pub(super) lexicon: &'a Lexicon,
    inner: BTreeSet<&'t str>,
}

impl Text<'_, '_> {
    /// The names of the text, in text order; none overlaps another. Headings have none: there most
    /// words may have a capital.
    pub(crate) fn all_names(&self) -> Vec<Name> {
        self.analysis.told().flat_map(|sentence| self.names(sentence)).collect()
    }

    fn names(&self, sentence: Tokens) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        let mut at = sentence.start;
        while at < sentence.end {
            if let Some((end, _)) = self.times.at(at) {
                at = end;
                continue;
            }
            let rest = Tokens::new(at, sentence.end);
            if let Some(wing) = self.wing(rest, names.last()) {
                at = wing.tokens.end;
                names.push(wing);
                continue;
            }
            if let Some(body) = self.body(rest) {
                at = self.with_owner(body.end, sentence.end);
                let tokens = Tokens::new(rest.start, at);
                names.push(Name { body: Some(body), ..Name::of(tokens) });
                continue;
            }
            let run = self.known(rest).or_else(|| self.run(rest, sentence.start));
            let Some(run) = run else {
                at.0 += 1;
                continue;
            };
            if let Some(body) = self.body_of(run, sentence) {
                at = body.end;
                names.push(Name::of(body));
                continue;
            }
            at = run.end;
            let name = self.without_title(run, names.last());
            names.extend(
                name.map(|name| Name {
                    apposition: self.apposition(name.tokens, sentence),
                    ..name
                }),
            );
        }
        names
    }

    /// A name of the lists, all of its long words with a capital.
    pub(super) fn known(&self, rest: Tokens) -> Option<Tokens> {
        if !self.has_capital(rest.start) {
            return None;
        }
        let (tokens, _) = self.lexicon.names.at_start(self.analysis, rest)?;
        let first_and_last = [tokens.start, TokenId(tokens.end.0 - 1)];
        // A day behind a name is no part of it: Kesh Tuesday denied.
        let more = self.has_capital(tokens.end) && self.times.at(tokens.end).is_none();
        let whole = !more || tokens.end >= rest.end;
        (whole && first_and_last.iter().all(|&token| self.has_capital(token))).then_some(tokens)
    }

    /// A name with the head nouns of a body behind it: the Kesh army. Not where these say of whom
    /// another noun tells: Kesh army officers.
    fn body_of(&self, name: Tokens, sentence: Tokens) -> Option<Tokens> {
        let end = self.heads_behind(name.end, sentence.end);
        let rest = Tokens::new(end, sentence.end);
        let more = !rest.is_empty() && self.lexicon.heads.at_start(self.analysis, rest).is_some();
        let whole = Tokens::new(name.start, end);
        let (_, head) = self.lexicon.heads.at_end(self.analysis, whole)?;
        (end > name.end && !more && is_body(head.kind)).then_some(whole)
    }

    /// A body told by how it stands to another and by no name: its armed wing, the Front's armed
    /// wing. `before` is the name before it.
    fn wing(&self, rest: Tokens, before: Option<&Name>) -> Option<Name> {
        let only = Tokens::new(rest.start, TokenId(rest.start.0 + 1));
        let pointed = self.rules.possessor.holds(self.analysis.token(rest.start).word);
        let start = if pointed { only.end } else { rest.start };
        let (words, kind) =
            self.lexicon.relations.at_start(self.analysis, Tokens::new(start, rest.end))?;
        let body = self.lexicon.heads.at_end(self.analysis, words)?.1.kind;
        if !is_body(body) || self.has_capital(words.end) {
            return None;
        }
        let owner = match pointed {
            true => Owner::Pointed(only),
            false => {
                let marked = before.filter(|name| name.tokens.end.0 + 1 == rest.start.0);
                Owner::Named(marked.filter(|_| self.owner(words, before).is_some())?.tokens)
            }
        };
        let (relation, of) = (Some((*kind, words)), Some(owner));
        let tokens = Tokens::new(rest.start, words.end);
        Some(Name { body: Some(words), relation, of, ..Name::of(tokens) })
    }

    /// The common nouns behind a determiner that points at a body told of: the defence ministry.
    pub(super) fn body(&self, rest: Tokens) -> Option<Tokens> {
        if !self.rules.article.holds(self.analysis.token(rest.start).word) {
            return None;
        }
        let inner = Tokens::new(TokenId(rest.start.0 + 1), rest.end);
        let end = self.heads_behind(self.first_head(inner)?, rest.end);
        let phrase = Tokens::new(inner.start, end);
        let (_, head) = self.lexicon.heads.at_end(self.analysis, phrase)?;
        is_body(head.kind).then_some(phrase)
    }

    /// Where a noun phrase ends with whose it is behind it: the army of Kesh.
    pub(super) fn with_owner(&self, end: TokenId, last: TokenId) -> TokenId {
        let start = TokenId(end.0 + 1);
        if start >= last || !self.rules.of.holds(self.analysis.token(end).word) {
            return end;
        }
        let rest = Tokens::new(start, last);
        self.known(rest).or_else(|| self.run(rest, rest.start)).map_or(end, |run| run.end)
    }

    pub(super) fn has_capital(&self, token: TokenId) -> bool {
        let token = self.analysis.tokens.get(token.index());
        token.is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper | Shape::Initial))
    }

    /// Words with a capital that follow one another, with what may join them.
    pub(super) fn run(&self, rest: Tokens, sentence_start: TokenId) -> Option<Tokens> {
        let start = rest.start;
        let verb = start == sentence_start
            && self.rules.past.holds(self.analysis.token(start).word)
            && self.has_capital(TokenId(start.0 + 1));
        if !self.has_capital(start) || self.is_closed(start) || verb {
            return None;
        }
        let mut end = TokenId(start.0 + 1);
        while end < rest.end {
            let next = TokenId(end.0 + 1);
            // A small word with a capital stands inside a name: Doctors Without Borders.
            let adverb = self.rules.adverb.holds(self.analysis.token(end).word);
            let inside =
                !self.is_closed(end) || adverb || next < rest.end && self.has_capital(next);
            // So does one that would tell a time in lower case: Witness Now.
            let timeless = adverb || self.times.at(end).is_none();
            if self.has_capital(end) && timeless && inside {
                end.0 += 1;
                continue;
            }
            let word = self.analysis.token(end).word;
            let run = Tokens::new(start, end);
            let head = self.lexicon.heads.at_end(self.analysis, run).map(|(_, head)| head.kind);
            let people = matches!(head, Some(ActorKind::Person | ActorKind::Population));
            let joins = self.rules.links.holds(word)
                || self.rules.head_links.holds(word) && head.is_some()
                // The People's Front is no front of some People.
                || self.rules.possessive.holds(word) && people;
            // The United States of the Harrow: an article may stand behind what joins.
            let article = next < rest.end
                && self.rules.head_links.holds(word)
                && self.rules.article.holds(self.analysis.token(next).word);
            let next = if article { TokenId(next.0 + 1) } else { next };
            if !joins
                || next >= rest.end
                || !self.has_capital(next)
                || self.is_closed(next)
                || self.times.at(next).is_some()
            {
                break;
            }
            end = TokenId(next.0 + 1);
        }
        let run = Tokens::new(start, end);
        let first =
            start == sentence_start || self.analysis.token(TokenId(start.0 - 1)).shape.is_mark();
        (run.len() > 1 || !first || self.is_name_elsewhere(run)).then_some(run)
    }

    pub(super) fn is_closed(&self, token: TokenId) -> bool {
        self.rules.closed.holds(self.analysis.token(token).word)
    }

    /// Whether a single word that begins a sentence is a name all the same: it has its capital
    /// inside sentences too, or no lower-case letter, or no rule knows it.
    fn is_name_elsewhere(&self, run: Tokens) -> bool {
        let token = self.analysis.token(run.start);
        let word = self.analysis.word(run.start);
        token.shape == Shape::Upper || token.word == WordId::UNKNOWN || self.inner.contains(word)
    }

    /// The name without the title it begins with; none where nothing else is left, or where all
    /// of it tells a people.
    fn without_title(&self, run: Tokens, before: Option<&Name>) -> Option<Name> {
        let people = self.lexicon.demonyms.at_start(self.analysis, run).map(|(tokens, _)| tokens);
        if people == Some(run) {
            return None;
        }
        let lower = self.lower_title(run.start);
        // "Oland Foreign Minister", "Olandic Foreign Minister": whose title it is comes first.
        let most = run.end.index().min(run.start.index() + OWNER_WORDS + 1);
        let titled = (run.start.index()..most).map(TokenId::at).find_map(|start| {
            let rest = Tokens::new(start, run.end);
            let (title, ()) = self.lexicon.titles.at_start(self.analysis, rest)?;
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
                let start =
                    lower.filter(|_| title.start == run.start).map_or(title.start, |t| t.start);
                let name = Tokens::new(title.end, run.end);
                let title = Some(Tokens::new(start, title.end));
                Some(Name { title, of: of.map(Owner::Named), ..Name::of(name) })
            }
            None => {
                let relation = self.relation(run.start);
                let other = relation.and_then(|(_, words)| self.owner(words, before));
                if let (Some(relation), Some(other)) = (relation, other) {
                    let (relation, of) = (Some(relation), Some(Owner::Named(other)));
                    return Some(Name { relation, of, ..Name::of(run) });
                }
                let of = lower.and_then(|title| self.owner(title, before));
                Some(Name { title: lower, of: of.map(Owner::Named), ..Name::of(run) })
            }
        }
    }

    /// The words right before a name that tell how it stands to another.
    fn relation(&self, start: TokenId) -> Option<(RelationKind, Tokens)> {
        let sentence = self.analysis.sentence_of(start)?.tokens;
        let before = Tokens::new(sentence.start, start);
        let (words, kind) = self.lexicon.relations.at_end(self.analysis, before)?;
        Some((*kind, words))
    }

    /// Whose a title in lower case is: the name or people right before it.
    fn owner(&self, title: Tokens, before: Option<&Name>) -> Option<Tokens> {
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
    fn lower_title(&self, start: TokenId) -> Option<Tokens> {
        let sentence = self.analysis.sentence_of(start)?.tokens;
        let before = Tokens::new(sentence.start, start);
        if let Some(title) = self.title_of_body(before) {
            return Some(title);
        }
        let listed = self.lexicon.titles.at_end(self.analysis, before).map(|(title, ())| title);
        let person = self.lexicon.heads.at_end(self.analysis, before);
        let person = person.filter(|(_, head)| head.kind == ActorKind::Person);
        let mut title = listed.or(person.map(|(tokens, _)| tokens));
        let lower = |token: TokenId| {
            let token = self.analysis.token(token);
            token.shape == Shape::Lower && !self.rules.closed.holds(token.word)
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

/// Whether a definite noun phrase of a kind points at one body.
fn is_body(kind: ActorKind) -> bool {
    use ActorKind::{Other, Person, Population, State};
    !matches!(kind, Person | Population | State | Other)
}

/// How many words the name may have whose title stands before another: New Oland Foreign Minister.
const OWNER_WORDS: usize = 3;
/// How many words may stand between a title and the head noun of whose it is.
pub(super) const BODY_WORDS: usize = 4;
/// How many words a title in lower case may have before its last.
const TITLE_WORDS: u32 = 3;
