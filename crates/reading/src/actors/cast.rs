//! The cast of a text: one entry for all mentions of an actor.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{Analysis, Shape, TokenId, Tokens, WordSet};
use onrecord_record::{Actor, ActorId, ActorKind, Extent, Form, Offset};

use super::entry::{Entry, Gender, Title, initials, is_whole_of, words_of};
use super::evidence::Evidence;
use super::{Lexicon, Name, NameRules};

/// An actor's place in the cast. It stays the same while the cast grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ActorKey(pub(super) usize);

#[cfg(test)]
impl ActorKey {
    pub(crate) fn at(place: usize) -> Self {
        Self(place)
    }
}

/// The actors of a text, in the order in which they were met.
#[derive(Debug)]
pub(crate) struct Cast<'a, 't> {
    pub(super) analysis: &'a Analysis<'t>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) entries: Vec<Entry>,
    /// The titles right before names, in text order.
    titles: Vec<Tokens>,
    /// Every mention by a name, in text order.
    named: Vec<(Tokens, ActorKey)>,
    pub(super) look: Look<'a>,
    /// What the text tells of its names by where they stand.
    pub(super) evidence: Evidence,
    /// Every mention in the text, by where it begins.
    pub(super) spoken_of: BTreeMap<Offset, ActorKey>,
    /// The entries that a name may mean: by its whole words, its first or last word, its initials.
    pub(super) index: BTreeMap<(By, String), Vec<usize>>,
}

/// The words by which the kind of a name is told or guessed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    /// Words that are no part of a person's name.
    pub(crate) common: &'a WordSet,
    /// Small words, and nouns for places.
    pub(crate) rules: &'a NameRules,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    Words,
    First,
    Last,
    Initials,
}

/// How many mentions back somebody may be meant who is not named.
const REACH: usize = 64;
/// How many letters an adjective adds to the name of a place at most, and how many bytes that name has
/// at least.
pub(super) const LONGEST_ENDING: usize = 3;
pub(super) const SHORTEST_NAME: usize = 4;
/// How many entries of the same word are compared.
const SAME_WORD: usize = 16;

impl<'a, 't> Cast<'a, 't> {
    /// The cast of the names of a text, which are in text order.
    pub(crate) fn of_names(
        analysis: &'a Analysis<'t>,
        lexicon: &'a Lexicon,
        look: Look<'a>,
        names: &[Name],
    ) -> Self {
        let mut cast = Self {
            analysis,
            lexicon,
            look,
            evidence: Evidence::of_names(analysis, lexicon, look, names),
            entries: Vec::new(),
            titles: names.iter().filter_map(|name| name.title).collect(),
            named: Vec::new(),
            spoken_of: BTreeMap::new(),
            index: BTreeMap::new(),
        };
        let mut told = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let of = name.of.and_then(|of| cast.owner_of(of));
            let key = match (name.body, name.relation) {
                (Some(body), Some((kind, _))) => {
                    of.and_then(|of| cast.wing(name.tokens, body, kind, of))
                }
                (Some(body), None) => {
                    let next = names.get(place + 1);
                    match next.filter(|next| cast.is_set_behind(name.tokens, next)) {
                        Some(next) => {
                            let kind = cast.lexicon.heads.at_end(analysis, body).map(|h| h.1.kind);
                            kind.map(|kind| cast.named_body(name.tokens, next, kind))
                        }
                        None if name.owner.is_some() => Some(cast.owned(name, body)),
                        None => cast.point_at(name.tokens, body),
                    }
                }
                (None, _) if cast.tells_people(name) => None,
                (None, _) => {
                    let key = cast.meet(name);
                    let title = name.title.map(|tokens| Title { tokens, of, former: name.former });
                    let gender = name.title.and_then(|title| cast.gender_told(title));
                    cast.tell_gender(key, gender);
                    if let Some((title, of)) = name.ahead {
                        cast.entitle(key, title, of);
                    }
                    if let Some(kind) = cast.kind_ahead(name) {
                        cast.tell_kind(key, kind);
                    }
                    let entry = &mut cast.entries[key.0];
                    entry.roles.extend(title);
                    if let Some(((kind, tokens), to)) = name.relation.zip(of) {
                        entry.relations.push((kind, to, tokens));
                    }
                    Some(key)
                }
            };
            cast.named.extend(key.map(|key| (name.tokens, key)));
            told.extend(key.zip(name.apposition));
        }
        cast.tell_states();
        // Whom an apposition names may stand behind the name that it tells of.
        for (key, apposition) in told {
            cast.describe(key, apposition);
        }
        cast.tell_owners();
        cast
    }

    /// The entry of these very words, or a new one.
    pub(super) fn entry(&mut self, name: &str, words: Vec<String>, kind: ActorKind) -> ActorKey {
        let same = self.index.get(&(By::Words, words.join(" "))).and_then(|at| at.last());
        let at = same.copied().unwrap_or_else(|| {
            self.entries.push(Entry {
                name: name.to_owned(),
                words,
                kind,
                guessed: false,
                place: false,
                several: false,
                gender: None,
                mentions: BTreeMap::new(),
                roles: Vec::new(),
                relations: Vec::new(),
                used: false,
            });
            self.index(self.entries.len() - 1);
            self.entries.len() - 1
        });
        ActorKey(at)
    }

    /// Enters what an entry can be found by. Called again when its name grows.
    fn index(&mut self, at: usize) {
        let Entry { name, words, .. } = &self.entries[at];
        let keys = [
            Some((By::Words, words.join(" "))),
            words.first().map(|word| (By::First, word.clone())),
            words.last().map(|word| (By::Last, word.clone())),
            Some((By::Initials, initials(name))),
        ];
        for key in keys.into_iter().flatten() {
            let entries = self.index.entry(key).or_default();
            if !entries.contains(&at) {
                entries.push(at);
            }
        }
    }

    pub(super) fn meet(&mut self, name: &Name) -> ActorKey {
        let analysis = self.analysis;
        let text = analysis.words(name.tokens);
        let known = self.lexicon.names.at_start(analysis, name.tokens);
        let known = known.filter(|(tokens, _)| *tokens == name.tokens).map(|(_, known)| known);
        let words = words_of(known.map_or(text, |known| &known.name));
        let told = known.map_or_else(|| self.kind_of(name), |known| Some(known.kind));
        let kind = told.unwrap_or_else(|| self.guess(name.tokens));
        let ActorKey(at) = match self.met(&words, text, name) {
            Some(at) => ActorKey(at),
            None => self.entry(text, words.clone(), kind),
        };
        let extent = analysis.extent(name.tokens);
        self.spoken_of.insert(extent.start, ActorKey(at));
        let place = self.stands_as_place(name.tokens);
        let several = self.head(name.tokens).is_some_and(|head| head.several);
        let entry = &mut self.entries[at];
        entry.several |= several;
        entry.place = place && (entry.mentions.is_empty() || entry.place);
        if entry.mentions.is_empty() || (entry.guessed && told.is_some()) {
            entry.kind = kind;
            entry.guessed = told.is_none();
        }
        entry.mentions.insert(extent, Form::Name);
        if entry.kind == ActorKind::Other && told.is_some() {
            entry.kind = kind;
        }
        let shouted = words == entry.words && !entry.name.chars().any(char::is_lowercase);
        if shouted && known.is_none() && text.chars().any(char::is_lowercase) {
            text.clone_into(&mut entry.name);
        }
        if text.len() > entry.name.len() && words.len() >= entry.words.len() {
            text.clone_into(&mut entry.name);
            entry.words = words;
            self.index(at);
        }
        ActorKey(at)
    }

    /// The last entry that a name means.
    fn met(&self, words: &[String], text: &str, name: &Name) -> Option<usize> {
        let (first, last) = (words.first()?, words.last()?);
        let keys = [
            (By::Words, words.join(" ")),
            (By::First, first.clone()),
            (By::Last, last.clone()),
            (By::Initials, text.replace('.', "")),
        ];
        let lists = keys.iter().filter_map(|key| self.index.get(key));
        let near = lists.flat_map(|list| list.iter().rev().take(SAME_WORD));
        let found = near.copied().filter(|&at| self.same(at, words, text, name)).max();
        found.or_else(|| self.called_first(words, name))
    }

    /// The only entry of several words that begins with a word which stands alone: Lumen for Lumen
    /// Air, Ana for Ana Roe. Not where a place would stand, nor for a name that a list knows.
    fn called_first(&self, words: &[String], name: &Name) -> Option<usize> {
        let [word] = words else { return None };
        let known = self.lexicon.names.at_start(self.analysis, name.tokens).is_some();
        let opens = self.lexicon.name_begins.at_start(self.analysis, name.tokens).is_some();
        if known || opens || name.title.is_some() || self.stands_as_place(name.tokens) {
            return None;
        }
        let listed = self.index.get(&(By::First, word.clone()))?;
        let mut longer = listed.iter().rev().take(SAME_WORD).copied().filter(|&at| {
            let entry = &self.entries[at];
            let open = entry.kind == ActorKind::Person || entry.kind == ActorKind::Company;
            entry.words.len() > 1 && (open || entry.kind == ActorKind::Other) && !self.is_known(at)
        });
        let only = longer.next()?;
        (longer.next().is_none() && !self.evidence.is_place(words)).then_some(only)
    }

    /// Whether a name means the actor of an entry: the same words; the first or last word of a
    /// longer name, or a longer name of the first or last word; or the initials of its words.
    fn same(&self, at: usize, words: &[String], text: &str, name: &Name) -> bool {
        let entry = &self.entries[at];
        if entry.words == words {
            return true;
        }
        let person = entry.kind == ActorKind::Person;
        let titled = name.title.is_some() && entry.kind == ActorKind::Other;
        let part = |short: &[String], long: &[String]| match short {
            [only] if person || titled => long.last() == Some(only),
            [only] => long.first() == Some(only) && self.is_long_body(at, long),
            // With or without a name between.
            [first, .., last] if person && (short.len() == 2) != (long.len() == 2) => {
                long.first() == Some(first) && long.last() == Some(last)
            }
            _ => false,
        };
        if part(words, &entry.words) || (part(&entry.words, words) && !self.is_known(at)) {
            return true;
        }
        // The Roe campaign is no Roe, where persons are called so.
        let called = |words: &[String]| self.evidence.is_called_last(words);
        let whole = is_whole_of(words, &entry.name) && !called(words)
            || is_whole_of(&entry.words, text) && !called(&entry.words);
        if whole && !person {
            return true;
        }
        if let [only] = words
            && entry.words.last() == Some(only)
            && entry.words.len() > 1
            && !person
            && self.is_pointed_head(name.tokens)
        {
            return true;
        }
        let is_acronym = self.analysis.token(name.tokens.start).shape == Shape::Upper;
        is_acronym && name.tokens.len() == 1 && initials(&entry.name) == text.replace('.', "")
    }

    /// Whether a name is a head noun behind a determiner that points at a body told of: the Front.
    fn is_pointed_head(&self, tokens: Tokens) -> bool {
        let before = tokens.start.0.checked_sub(1).map(|at| self.analysis.token(TokenId(at)).word);
        before.is_some_and(|word| self.look.rules.definite.holds(word))
            && self.head(tokens).is_some()
    }

    /// Whether a list knows an entry's name: then it is whole, and a longer one is another's.
    pub(super) fn is_known(&self, at: usize) -> bool {
        let Some((first, _)) = self.entries[at].mentions.first_key_value() else { return false };
        let place = self.named.partition_point(|(tokens, _)| {
            self.analysis.token(tokens.start).extent.start < first.start
        });
        let Some((tokens, _)) = self.named.get(place) else { return false };
        let known = self.lexicon.names.at_start(self.analysis, *tokens);
        known.is_some_and(|(found, _)| found == *tokens)
    }

    /// Whether a longer name is that of a body, whose first word may stand for it.
    fn is_long_body(&self, at: usize, long: &[String]) -> bool {
        use ActorKind::{Court, Igo, Media, Ngo, Party};
        let Entry { kind, name, .. } = &self.entries[at];
        let last = name.split_whitespace().next_back().unwrap_or_default();
        let whole = last.starts_with(char::is_uppercase);
        long.len() > 1 && whole && matches!(kind, Court | Igo | Media | Ngo | Party)
    }

    /// The actor whose name takes exactly these tokens, or ends where they do.
    pub(crate) fn named_at_end(&self, tokens: Tokens) -> Option<ActorKey> {
        self.name_at_end(tokens).map(|(_, key)| key)
    }

    /// The name that ends where some tokens do, and its actor.
    pub(crate) fn name_at_end(&self, tokens: Tokens) -> Option<(Tokens, ActorKey)> {
        // Names do not overlap, so that they end in the order in which they begin.
        let at = self.named.partition_point(|(name, _)| name.end < tokens.end);
        let (name, key) = *self.named.get(at)?;
        (name.end == tokens.end && tokens.start <= name.start).then_some((name, key))
    }

    /// The name that begins at a token, and its actor.
    pub(crate) fn named_at(&self, token: TokenId) -> Option<(Tokens, ActorKey)> {
        let at = self.named.partition_point(|(name, _)| name.start < token);
        self.named.get(at).copied().filter(|(name, _)| name.start == token)
    }

    /// The actor spoken of last before a token who has a title that ends with a word, in lower case.
    pub(crate) fn titled(&self, token: TokenId, word: &str) -> Option<ActorKey> {
        let ends = |title: &Title| {
            let last = TokenId(title.tokens.end.0.saturating_sub(1));
            self.analysis.word(last).to_lowercase() == word
        };
        self.last_before(token, |key| self.entries[key.0].roles.iter().any(ends))
    }

    /// The first actor whose name begins among some tokens, though it may end behind them.
    pub(crate) fn named_from(&self, tokens: Tokens) -> Option<ActorKey> {
        let first = self.named.partition_point(|(name, _)| name.start < tokens.start);
        let (name, key) = self.named.get(first)?;
        (name.start < tokens.end).then_some(*key)
    }

    /// Whether a token is a small word.
    pub(crate) fn is_small(&self, token: TokenId) -> bool {
        self.look.rules.closed.holds(self.analysis.token(token).word)
    }

    /// Whether a token is a noun for a place.
    pub(crate) fn is_place_noun(&self, token: TokenId) -> bool {
        self.look.rules.place_nouns.holds(self.analysis.token(token).word)
    }

    /// Whether a token is part of a title right before a name.
    pub(crate) fn is_in_title(&self, token: TokenId) -> bool {
        let at = self.titles.partition_point(|title| title.end <= token);
        self.titles.get(at).is_some_and(|title| title.holds(token))
    }

    /// Whether a token is part of a name.
    pub(crate) fn is_in_name(&self, token: TokenId) -> bool {
        let at = self.named.partition_point(|(name, _)| name.end <= token);
        self.named.get(at).is_some_and(|(name, _)| name.holds(token))
    }

    /// The actors named inside some tokens, in text order.
    pub(crate) fn named_in(&self, tokens: Tokens) -> impl Iterator<Item = (Tokens, ActorKey)> {
        let first = self.named.partition_point(|(name, _)| name.start < tokens.start);
        let inside = self.named[first..].iter().take_while(move |(name, _)| name.end <= tokens.end);
        inside.copied()
    }

    /// The gender that the words of a pronoun or title tell.
    pub(crate) fn gender_told(&self, tokens: Tokens) -> Option<Gender> {
        tokens.into_iter().find_map(|token| {
            let word = self.analysis.token(token).word;
            match () {
                () if self.look.rules.masculine.holds(word) => Some(Gender::Masculine),
                () if self.look.rules.feminine.holds(word) => Some(Gender::Feminine),
                () => None,
            }
        })
    }

    /// Whether an actor can be a person of a gender: nothing has told another.
    pub(crate) fn may_be(&self, key: ActorKey, gender: Option<Gender>) -> bool {
        let own = self.entries[key.0].gender;
        own.is_none() || gender.is_none() || own == gender
    }

    /// Says that words tell an actor's gender; what is told first counts.
    pub(crate) fn tell_gender(&mut self, key: ActorKey, gender: Option<Gender>) {
        let own = &mut self.entries[key.0].gender;
        *own = own.or(gender);
    }

    /// The actors that some tokens tell of, by their names or by the words for their people.
    pub(crate) fn told_in(&self, tokens: Tokens) -> Vec<ActorKey> {
        let people = tokens.into_iter().filter_map(|token| self.people(token, tokens));
        self.named_in(tokens).map(|(_, key)| key).chain(people).collect()
    }

    /// The actor whose people a word with a capital tells: one of the lists, or one whose name is
    /// the word without its last letters.
    pub(super) fn people(&self, token: TokenId, tokens: Tokens) -> Option<ActorKey> {
        let called = |name: &str| {
            let entries = self.index.get(&(By::Words, name.to_owned()))?;
            entries.last().map(|at| ActorKey(*at))
        };
        let rest = Tokens::new(token, tokens.end);
        if let Some((_, state)) = self.lexicon.demonyms.at_start(self.analysis, rest) {
            return called(&words_of(state).join(" "));
        }
        if self.analysis.token(token).shape != Shape::Capital {
            return None;
        }
        let word = self.analysis.word(token).to_lowercase();
        let ends = word.char_indices().rev().map(|(at, _)| at).take(LONGEST_ENDING);
        let mut names = ends.filter(|at| *at >= SHORTEST_NAME).map(|at| &word[..at]);
        names.find_map(called)
    }

    /// Whom an actor serves by its titles.
    pub(crate) fn served(&self, key: ActorKey) -> Vec<ActorKey> {
        self.entries[key.0].roles.iter().filter_map(|role| role.of).collect()
    }

    /// The actor of some sort that was spoken of last before a token.
    pub(crate) fn last_before(
        &self,
        token: TokenId,
        wanted: impl Fn(ActorKey) -> bool,
    ) -> Option<ActorKey> {
        let before = self.analysis.token(token).extent.start;
        let near = self.spoken_of.range(..before).rev().take(REACH);
        near.map(|(_, key)| *key).find(|key| wanted(*key))
    }

    /// The actor spoken of last before a token in its sentence.
    pub(super) fn last_in_sentence(&self, token: TokenId) -> Option<ActorKey> {
        let start = |token| self.analysis.token(token).extent.start;
        let from = start(self.analysis.sentence_of(token)?.tokens.start);
        self.spoken_of.range(from..start(token)).next_back().map(|(_, key)| *key)
    }

    /// The actor spoken of last before a token whose name holds a word, in lower case.
    pub(super) fn last_called(&self, token: TokenId, word: &str) -> Option<ActorKey> {
        self.last_before(token, |key| self.entries[key.0].words.iter().any(|w| w == word))
    }

    /// What the pack knows of actors.
    pub(crate) fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// An actor's fullest name.
    pub(crate) fn name(&self, key: ActorKey) -> &str {
        &self.entries[key.0].name
    }

    /// The kind of an actor.
    pub(crate) fn kind(&self, key: ActorKey) -> ActorKind {
        self.entries[key.0].kind
    }

    /// Whether an actor can be what a word for a body ("it") means.
    pub(crate) fn may_be_body(&self, key: ActorKey) -> bool {
        let entry = &self.entries[key.0];
        let placed = entry.place || self.evidence.is_place(&entry.words);
        let place = placed && entry.kind == ActorKind::Other;
        (entry.kind != ActorKind::Person || entry.guessed) && !place
    }

    /// Says that an actor whose name looks like a person's is a body.
    pub(crate) fn settle_as_body(&mut self, key: ActorKey) {
        let entry = &mut self.entries[key.0];
        if std::mem::take(&mut entry.guessed) {
            entry.kind = ActorKind::Other;
        }
    }

    /// Says that words which are no name mean an actor. Where they tell its kind and nothing else
    /// has, it is of that kind.
    pub(crate) fn mention(&mut self, key: ActorKey, tokens: Tokens, form: Form, kind: ActorKind) {
        let extent = self.analysis.extent(tokens);
        self.spoken_of.insert(extent.start, key);
        let entry = &mut self.entries[key.0];
        entry.mentions.entry(extent).or_insert(form);
        if entry.kind == ActorKind::Other && form == Form::Nominal {
            entry.kind = kind;
            entry.guessed = false;
        }
    }

    /// The actor that a nominal names by itself: the one with the same words, or a new one.
    pub(crate) fn nominal(&mut self, tokens: Tokens, kind: ActorKind) -> ActorKey {
        let text = self.analysis.words(tokens);
        let key = self.entry(text, words_of(text), kind);
        self.mention(key, tokens, Form::Nominal, kind);
        self.used(key)
    }

    /// The actor that the document's furniture names, such as its agency: the one with that name,
    /// or a new one with these mentions.
    pub(crate) fn outside(&mut self, name: &str, kind: ActorKind, mentions: &[Extent]) -> ActorKey {
        let key = self.entry(name, words_of(name), kind);
        let named = mentions.iter().map(|extent| (*extent, Form::Name));
        self.entries[key.0].mentions.extend(named);
        self.tell_kind(key, kind);
        self.used(key)
    }

    /// Whether something in the record is about an actor so far.
    pub(crate) fn is_used(&self, key: ActorKey) -> bool {
        self.entries[key.0].used
    }

    /// Says that something in the record is about an actor, so that it is listed.
    pub(crate) fn used(&mut self, key: ActorKey) -> ActorKey {
        self.entries[key.0].used = true;
        key
    }

    /// The actors of the record, in the order of their first mentions, and the id of each key.
    /// Names that nothing is about and whose kind is not known are left out, and so are bodies without a
    /// name that nothing is about.
    pub(crate) fn record(self) -> (Vec<Actor>, Ids) {
        let Self { analysis, lexicon, entries, .. } = self;
        let others: BTreeSet<ActorKey> = entries.iter().flat_map(Entry::others).collect();
        let mut listed: Vec<(usize, Entry)> = entries
            .into_iter()
            .enumerate()
            .filter(|(at, entry)| {
                use ActorKind::{Government, Military, Other, Police};
                let named = entry.mentions.values().any(|form| *form == Form::Name);
                let body = matches!(entry.kind, Government | Military | Police) && !entry.several;
                entry.used
                    || named && entry.kind != Other
                    || body
                    || !entry.roles.is_empty()
                    || !entry.relations.is_empty()
                    || others.contains(&ActorKey(*at))
            })
            .collect();
        // One without a mention stands last.
        listed.sort_by_key(|(at, entry)| {
            let first = entry.mentions.keys().next().copied();
            (first.is_none(), first, *at)
        });
        let most = listed.iter().map(|(at, _)| at + 1).max().unwrap_or(0);
        let mut ids = Ids(vec![None; most]);
        for (place, (at, _)) in listed.iter().enumerate() {
            ids.0[*at] = Some(ActorId::nth(place));
        }
        let actors = listed.into_iter().enumerate();
        let actors = actors
            .map(|(place, (_, entry))| entry.actor(ActorId::nth(place), analysis, lexicon, &ids));
        (actors.collect(), ids)
    }
}

/// The ids of a cast's actors.
#[derive(Debug)]
pub(crate) struct Ids(Vec<Option<ActorId>>);

impl Ids {
    /// The id of an actor; `None` for one that is not listed.
    pub(crate) fn of(&self, key: ActorKey) -> Option<ActorId> {
        self.0.get(key.0).copied().flatten()
    }
}
