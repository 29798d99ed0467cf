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
    /// Whether what stands before whose title it is tells of the past: former Oland minister.
    pub(crate) former: bool,
    /// Of a noun phrase, whose it is by what stands before it: Oland's army.
    pub(crate) owner: Option<Tokens>,
    /// The title that it stands behind between commas: the union's chief, Ana Roe,
    pub(crate) ahead: Option<(Tokens, Option<Owner>)>,
}

impl Name {
    /// A name of these words and no more.
    pub(super) fn of(tokens: Tokens) -> Self {
        Self {
            tokens,
            body: None,
            title: None,
            relation: None,
            of: None,
            apposition: None,
            former: false,
            owner: None,
            ahead: None,
        }
    }
}

/// What tells a name from other words with a capital.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameRules {
    /// Words that are part of no name where they begin a sentence.
    pub(crate) closed: WordSet,
    /// Words that may join the parts of a name.
    links: WordSet,
    /// The same, as written.
    particles: Vec<String>,
    /// Words before places.
    pub(crate) locative: WordSet,
    /// Those of them behind which nothing but a place stands.
    pub(crate) where_at: WordSet,
    /// Those of them behind which persons stand as well.
    pub(crate) to_whom: WordSet,
    /// Nouns for places.
    pub(crate) place_nouns: WordSet,
    pub(crate) masculine: WordSet,
    pub(crate) feminine: WordSet,
    /// Determiners that point at somebody told of.
    pub(crate) definite: WordSet,
    /// What marks whose something is.
    pub(crate) possessive: WordSet,
    /// What stands before whose something is.
    pub(super) of: WordSet,
    /// Words that join the parts of a name behind a head noun only: the Ministry of Health.
    pub(super) head_links: WordSet,
    pub(super) determiner: WordSet,
    /// Words for whose something is: its, their.
    pub(crate) possessor: WordSet,
    pub(super) relative: WordSet,
    /// What may stand between a title and whose it is.
    pub(super) title_links: WordSet,
    /// Words that begin what is added to an apposition.
    pub(super) addition: WordSet,
    pub(super) be: WordSet,
    /// Those of `be` that tell of the past.
    pub(super) be_past: WordSet,
    pub(super) adverb: WordSet,
    /// Words that point at one told of: the same court.
    pub(crate) same: WordSet,
    /// Words that open names of bodies.
    name_openers: WordSet,
    /// What joins the partners in a company's name.
    pub(crate) company_links: WordSet,
    /// What joins two words of one name.
    name_and: WordSet,
    /// Determiners that stand before parties.
    pub(crate) article: WordSet,
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
            particles: phrases::words(pack, "name-link")?,
            of: class("of")?,
            head_links: class("head-link")?,
            locative: class("locative")?,
            where_at: class("where-at")?,
            to_whom: class("to-whom")?,
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
            same: class("same-as-told")?,
            name_openers: class("name-opener")?,
            company_links: class("company-link")?,
            name_and: class("name-and")?,
            past: class("past")?,
        })
    }

    /// Whether a token is a word, and none of the small ones.
    pub(crate) fn is_long(&self, analysis: &Analysis<'_>, token: TokenId) -> bool {
        let token = analysis.token(token);
        !token.shape.is_mark() && !self.closed.holds(token.word)
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
            if let Some(body) = self.owned(rest, names.last()) {
                at = body.tokens.end;
                names.push(body);
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
            let run = self.without_opening(run, sentence.start);
            if let Some(body) = self.body_of(run, sentence) {
                at = body.end;
                names.push(Name::of(body));
                continue;
            }
            at = run.end;
            if let Some(name) = self.without_title(run, names.last()) {
                let start = name.title.map_or(name.tokens.start, |title| title.start);
                let whole = Tokens::new(start, name.tokens.end);
                let ahead = name.ahead.or_else(|| self.ahead(whole, sentence, &names));
                let apposition = self.apposition(name.tokens, sentence);
                names.push(Name { apposition, ahead, ..name });
            }
        }
        names
    }

    /// A name of the lists, all of its long words with a capital.
    pub(super) fn known(&self, rest: Tokens) -> Option<Tokens> {
        if !self.has_capital(rest.start) {
            return None;
        }
        let (tokens, _) = self.lexicon.names.at_start(self.analysis, rest)?;
        // A small word that opens a sentence is no name in capitals.
        let small = self.analysis.token(tokens.start).shape == Shape::Capital;
        if tokens.len() == 1 && small && self.is_closed(tokens.start) {
            return None;
        }
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
        let more = !rest.is_empty()
            && (self.lexicon.heads.at_start(self.analysis, rest).is_some() || self.is_joined(end));
        let whole = Tokens::new(name.start, end);
        let (_, head) = self.lexicon.heads.at_end(self.analysis, whole)?;
        (end > name.end && !more && is_body(head.kind)).then_some(whole)
    }

    /// Whether a hyphen joins a token to the word before it: the Kesh front-runner.
    fn is_joined(&self, token: TokenId) -> bool {
        let [before, found] = [token.0 - 1, token.0].map(|at| self.analysis.token(TokenId(at)));
        let next = self.analysis.tokens.get(token.index() + 1);
        found.shape.is_mark()
            && found.extent.start == before.extent.end
            && next.is_some_and(|next| {
                next.extent.start == found.extent.end && next.shape == Shape::Lower
            })
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

    /// A body told by common nouns and by whose it is: Oland's foreign ministry.
    fn owned(&self, rest: Tokens, before: Option<&Name>) -> Option<Name> {
        let owner = before.filter(|name| name.tokens.end == rest.start && name.body.is_none())?;
        if !self.rules.possessive.holds(self.analysis.token(rest.start).word) {
            return None;
        }
        let inner = Tokens::new(TokenId(rest.start.0 + 1), rest.end);
        let end = self.heads_behind(self.first_head(inner)?, rest.end);
        let body = Tokens::new(inner.start, end);
        let (_, head) = self.lexicon.heads.at_end(self.analysis, body)?;
        let next = Tokens::new(end, rest.end);
        let more = !next.is_empty() && self.lexicon.heads.at_start(self.analysis, next).is_some();
        let told = is_body(head.kind) && !head.several && !more;
        told.then(|| Name { body: Some(body), owner: Some(owner.tokens), ..Name::of(body) })
    }

    /// The common nouns behind a determiner that points at a body told of: the defence ministry.
    pub(super) fn body(&self, rest: Tokens) -> Option<Tokens> {
        if !self.rules.article.holds(self.analysis.token(rest.start).word) {
            return None;
        }
        let inner = Tokens::new(TokenId(rest.start.0 + 1), rest.end);
        // What tells where it is based stands before: the Oland-based rights group.
        let based = inner
            .into_iter()
            .next()
            .is_some_and(|token| self.analysis.token(token).shape == Shape::Mixed);
        let words = Tokens::new(TokenId(inner.start.0 + u32::from(based)), inner.end);
        let end = self.heads_behind(self.first_head(words)?, rest.end);
        let inner = words;
        let phrase = Tokens::new(inner.start, end);
        let (_, head) = self.lexicon.heads.at_end(self.analysis, phrase)?;
        // The offices of somebody are no body.
        let of = end < rest.end && self.rules.of.holds(self.analysis.token(end).word);
        (is_body(head.kind) && !(head.several && of)).then_some(phrase)
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
            if (self.has_capital(end) || self.is_particled(end)) && timeless && inside {
                end.0 += 1;
                continue;
            }
            let word = self.analysis.token(end).word;
            let run = Tokens::new(start, end);
            let head = self.lexicon.heads.at_end(self.analysis, run).map(|(_, head)| head.kind);
            let people = matches!(head, Some(ActorKind::Person | ActorKind::Population));
            let joins = self.rules.links.holds(word)
                || self.rules.head_links.holds(word) && (head.is_some() || self.opens_name(run))
                // The People's Front is no front of some People.
                || self.rules.possessive.holds(word) && people;
            // The United States of the Harrow: an article may stand behind what joins.
            let article = next < rest.end
                && self.rules.head_links.holds(word)
                && self.rules.article.holds(self.analysis.token(next).word);
            let next = if article { TokenId(next.0 + 1) } else { next };
            let joins = joins || self.joins_body(run, rest);
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

    /// Whether a run is a word that opens names of bodies: Eyes on Oland.
    fn opens_name(&self, run: Tokens) -> bool {
        run.len() == 1 && self.rules.name_openers.holds(self.analysis.token(run.start).word)
    }

    /// Whether the word behind a run joins it with more words to the name of one body: the Water and
    /// Forest Office. An article stands before it, and it is no name by itself.
    fn joins_body(&self, run: Tokens, rest: Tokens) -> bool {
        let analysis = self.analysis;
        let word = |token: TokenId| analysis.token(token).word;
        let article = run.start.0 > 0 && self.rules.article.holds(word(TokenId(run.start.0 - 1)));
        if !article || !self.rules.name_and.holds(word(run.end)) {
            return false;
        }
        let capitals = (run.end.0 + 1..rest.end.0).map(TokenId);
        let more = capitals.take_while(|token| self.has_capital(*token) && !self.is_closed(*token));
        let Some(last) = more.last() else { return false };
        let more = Tokens::new(TokenId(run.end.0 + 1), TokenId(last.0 + 1));
        let lexicon = self.lexicon;
        let body = lexicon.heads.at_end(analysis, more);
        let named = |tokens| {
            lexicon.names.at_start(analysis, tokens).is_some()
                || lexicon.demonyms.at_start(analysis, tokens).is_some()
        };
        let ends =
            body.is_some_and(|(head, kind)| head != more && is_body(kind.kind) && !kind.several);
        ends && !self.ends_body(run) && !named(run) && !named(more)
    }

    /// Whether a word is one with a capital behind a small word of names and a hyphen: al-Roe.
    fn is_particled(&self, token: TokenId) -> bool {
        let word = self.analysis.word(token);
        word.split_once('-').is_some_and(|(small, rest)| {
            let capital = rest.starts_with(char::is_uppercase);
            capital && self.rules.particles.iter().any(|particle| particle == small)
        })
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

    /// A run that begins a sentence, without a first word that has its capital for that alone: Many
    /// Harrowers, Once Parliament.
    fn without_opening(&self, run: Tokens, sentence_start: TokenId) -> Tokens {
        let next = TokenId(run.start.0 + 1);
        let analysis = self.analysis;
        if run.start != sentence_start || run.len() < 2 || self.known(run).is_some() {
            return run;
        }
        let inner = |token| self.inner.contains(analysis.word(token));
        let lexicon = self.lexicon;
        // Former Oland minister.
        if let Some((status, _)) = lexicon.status.at_start(analysis, run)
            && status.end < run.end
            && self.title(run).is_none()
        {
            return Tokens::new(status.end, run.end);
        }
        let names = lexicon.titles.at_start(analysis, run).is_some()
            || lexicon.demonyms.at_start(analysis, run).is_some()
            || lexicon.name_begins.at_start(analysis, run).is_some()
            || lexicon.heads.at_start(analysis, run).is_some();
        let common = analysis.token(run.start).word != WordId::UNKNOWN;
        match common && !names && !inner(run.start) && inner(next) {
            true => Tokens::new(next, run.end),
            false => run,
        }
    }
}

/// Whether a definite noun phrase of a kind points at one body.
pub(super) fn is_body(kind: ActorKind) -> bool {
    use ActorKind::{Other, Person, Population, State};
    !matches!(kind, Person | Population | State | Other)
}

/// How many words may stand between a title and the head noun of whose it is.
pub(super) const BODY_WORDS: usize = 4;
