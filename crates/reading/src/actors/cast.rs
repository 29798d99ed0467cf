//! The cast of a text: one entry for all mentions of an actor.

use onrecord_language::{Analysis, Shape, TokenId, Tokens};
use onrecord_record::{
    Actor, ActorId, ActorKind, Extent, Form, Mention, Role, RoleStatus, Span,
};

use super::{Lexicon, Name};

/// An actor's place in the cast. It stays the same while the cast grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ActorKey(usize);

#[cfg(test)]
impl ActorKey {
    pub(crate) fn at(place: usize) -> Self {
        Self(place)
    }
}

/// The actors of a text, in the order in which they were met.
#[derive(Debug)]
pub(crate) struct Cast<'a, 't> {
    analysis: &'a Analysis<'t>,
    lexicon: &'a Lexicon,
    entries: Vec<Entry>,
    /// Every mention by a name, in text order.
    named: Vec<(Tokens, ActorKey)>,
}

#[derive(Debug)]
struct Entry {
    /// The fullest name.
    name: String,
    /// Its words in lower case, for comparison.
    words: Vec<String>,
    kind: ActorKind,
    mentions: Vec<(Extent, Form)>,
    titles: Vec<Tokens>,
    /// Whether a statement, figure or step is about this actor.
    used: bool,
}

impl<'a, 't> Cast<'a, 't> {
    /// The cast of the names of a text, which are in text order.
    pub(crate) fn of_names(
        analysis: &'a Analysis<'t>,
        lexicon: &'a Lexicon,
        names: &[Name],
    ) -> Self {
        let mut cast = Self { analysis, lexicon, entries: Vec::new(), named: Vec::new() };
        for name in names {
            let key = cast.meet(name);
            cast.named.push((name.tokens, key));
        }
        cast
    }

    fn meet(&mut self, name: &Name) -> ActorKey {
        let analysis = self.analysis;
        let text = analysis.words(name.tokens);
        let known = self.lexicon.names.at_start(analysis, name.tokens);
        let known = known.filter(|(tokens, _)| *tokens == name.tokens).map(|(_, known)| known);
        let words = words_of(known.map_or(text, |known| &known.name));
        let kind = known.map_or_else(|| self.kind_of(name), |known| known.kind);
        let same = (0..self.entries.len()).rev().find(|&at| self.same(at, &words, text, name));
        let at = same.unwrap_or_else(|| {
            self.entries.push(Entry {
                name: text.to_owned(),
                words: words.clone(),
                kind,
                mentions: Vec::new(),
                titles: Vec::new(),
                used: false,
            });
            self.entries.len() - 1
        });
        let entry = &mut self.entries[at];
        entry.mentions.push((analysis.extent(name.tokens), Form::Name));
        entry.titles.extend(name.title);
        if entry.kind == ActorKind::Other {
            entry.kind = kind;
        }
        if text.len() > entry.name.len() && words.len() >= entry.words.len() {
            text.clone_into(&mut entry.name);
            entry.words = words;
        }
        ActorKey(at)
    }

    /// Whether a name means the actor of an entry: the same words; the first or last word of a
    /// longer name, or a longer name of the first or last word; or the initials of its words.
    fn same(&self, at: usize, words: &[String], text: &str, name: &Name) -> bool {
        let entry = &self.entries[at];
        if entry.words == words {
            return true;
        }
        let person = entry.kind == ActorKind::Person;
        let part = |short: &[String], long: &[String]| match short {
            [only] if person || name.title.is_some() => long.last() == Some(only),
            [only] => long.first() == Some(only) && self.is_body(at, long),
            _ => false,
        };
        if part(words, &entry.words) || (part(&entry.words, words) && !self.entries[at].is_known(self)) {
            return true;
        }
        let is_acronym = self.analysis.token(name.tokens.start).shape == Shape::Upper;
        is_acronym && name.tokens.len() == 1 && initials(&entry.name) == text.replace('.', "")
    }

    /// Whether a longer name is that of a body, whose first word may stand for it.
    fn is_body(&self, at: usize, long: &[String]) -> bool {
        use ActorKind::{Court, Igo, Media, Ngo, Party};
        long.len() > 1 && matches!(self.entries[at].kind, Court | Igo | Media | Ngo | Party)
    }

    /// The kind that a name's words and title tell.
    fn kind_of(&self, name: &Name) -> ActorKind {
        if name.title.is_some() {
            return ActorKind::Person;
        }
        let tokens = name.tokens;
        let ends = tokens.into_iter().map(|end| Tokens::new(tokens.start, TokenId(end.0 + 1)));
        // The last head noun tells, or the one before "of": Ministry of Health.
        let heads = ends.filter_map(|part| self.lexicon.heads.at_end(self.analysis, part));
        if let Some((_, head)) = heads.last() {
            return head.kind;
        }
        let shapes = tokens.into_iter().map(|token| self.analysis.token(token).shape);
        let capitals = shapes.filter(|s| matches!(s, Shape::Capital | Shape::Initial)).count();
        let people = self.lexicon.demonyms.at_start(self.analysis, tokens).is_some();
        match (2..=4).contains(&capitals) && !people {
            true => ActorKind::Person,
            false => ActorKind::Other,
        }
    }

    /// The actor whose name takes exactly these tokens, or ends where they do.
    pub(crate) fn named_at_end(&self, tokens: Tokens) -> Option<ActorKey> {
        let found = self.named.iter().find(|(name, _)| {
            name.end == tokens.end && tokens.start <= name.start
        });
        found.map(|(_, key)| *key)
    }

    /// The actors named inside some tokens, in text order.
    pub(crate) fn named_in(&self, tokens: Tokens) -> impl Iterator<Item = (Tokens, ActorKey)> {
        let first = self.named.partition_point(|(name, _)| name.start < tokens.start);
        let inside = self.named[first..].iter().take_while(move |(name, _)| name.end <= tokens.end);
        inside.copied()
    }

    /// The actor of some kind that was spoken of last before a token.
    pub(crate) fn last_before(
        &self,
        token: TokenId,
        wanted: impl Fn(ActorKind) -> bool,
    ) -> Option<ActorKey> {
        let before = self.analysis.token(token).extent.start;
        let last = |entry: &Entry| {
            entry.mentions.iter().map(|(extent, _)| extent.start).filter(|s| *s < before).max()
        };
        let of_kind = self.entries.iter().enumerate().filter(|(_, entry)| wanted(entry.kind));
        let latest = of_kind.filter_map(|(at, entry)| Some((last(entry)?, at))).max()?;
        Some(ActorKey(latest.1))
    }

    /// What the pack knows of actors.
    pub(crate) fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// The kind of an actor.
    pub(crate) fn kind(&self, key: ActorKey) -> ActorKind {
        self.entries[key.0].kind
    }

    /// Says that words which are no name mean an actor. Where they tell its kind and nothing else
    /// has, it is of that kind.
    pub(crate) fn mention(&mut self, key: ActorKey, tokens: Tokens, form: Form, kind: ActorKind) {
        let extent = self.analysis.extent(tokens);
        let entry = &mut self.entries[key.0];
        if !entry.mentions.iter().any(|(other, _)| *other == extent) {
            entry.mentions.push((extent, form));
        }
        if entry.kind == ActorKind::Other && form == Form::Nominal {
            entry.kind = kind;
        }
    }

    /// The actor that a nominal names by itself: the one with the same words, or a new one.
    pub(crate) fn nominal(&mut self, tokens: Tokens, kind: ActorKind) -> ActorKey {
        let text = self.analysis.words(tokens);
        let words = words_of(text);
        let same = self.entries.iter().position(|entry| entry.words == words);
        let at = same.unwrap_or_else(|| {
            let name = text.to_owned();
            let entry = Entry { name, words, kind, mentions: Vec::new(), titles: Vec::new(), used: true };
            self.entries.push(entry);
            self.entries.len() - 1
        });
        self.mention(ActorKey(at), tokens, Form::Nominal, kind);
        ActorKey(at)
    }

    /// The actor that the document's furniture names, such as its agency: the one with that name,
    /// or a new one with these mentions.
    pub(crate) fn outside(&mut self, name: &str, kind: ActorKind, mentions: &[Extent]) -> ActorKey {
        let words = words_of(name);
        let same = self.entries.iter().position(|entry| entry.words == words);
        let at = same.unwrap_or_else(|| {
            let entry = Entry {
                name: name.to_owned(),
                words,
                kind,
                mentions: Vec::new(),
                titles: Vec::new(),
                used: true,
            };
            self.entries.push(entry);
            self.entries.len() - 1
        });
        self.entries[at].mentions.extend(mentions.iter().map(|extent| (*extent, Form::Name)));
        ActorKey(at)
    }

    /// Says that something in the record is about an actor, so that it is listed.
    pub(crate) fn used(&mut self, key: ActorKey) -> ActorKey {
        self.entries[key.0].used = true;
        key
    }

    /// The actors of the record, in the order of their first mentions, and the id of each key.
    /// Names that nothing is about and whose kind is not known are left out.
    pub(crate) fn record(self) -> (Vec<Actor>, Ids) {
        let Self { analysis, lexicon, entries, .. } = self;
        let mut listed: Vec<(usize, Entry)> = entries
            .into_iter()
            .enumerate()
            .filter(|(_, entry)| entry.used || entry.kind != ActorKind::Other)
            .collect();
        for (_, entry) in &mut listed {
            entry.mentions.sort_unstable_by_key(|(extent, _)| *extent);
            entry.mentions.dedup();
        }
        // One without a mention stands last.
        listed.sort_by_key(|(at, entry)| {
            let first = entry.mentions.first().map(|(extent, _)| *extent);
            (first.is_none(), first, *at)
        });
        let most = listed.iter().map(|(at, _)| at + 1).max().unwrap_or(0);
        let mut ids = vec![None; most];
        let actors = listed.into_iter().enumerate().map(|(place, (at, entry))| {
            ids[at] = Some(ActorId::nth(place));
            entry.actor(ActorId::nth(place), analysis, lexicon)
        });
        let actors = actors.collect();
        (actors, Ids(ids))
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

impl Entry {
    fn is_known(&self, cast: &Cast<'_, '_>) -> bool {
        // A list's name is whole: a longer one is another's.
        self.kind != ActorKind::Other && self.kind != ActorKind::Person && {
            let first = self.mentions.first();
            first.is_some_and(|(extent, _)| {
                cast.named.iter().any(|(tokens, _)| {
                    cast.analysis.extent(*tokens) == *extent
                        && cast
                            .lexicon
                            .names
                            .at_start(cast.analysis, *tokens)
                            .is_some_and(|(found, _)| found == *tokens)
                })
            })
        }
    }

    fn actor(self, id: ActorId, analysis: &Analysis<'_>, lexicon: &Lexicon) -> Actor {
        let mentions: Vec<Mention> = self
            .mentions
            .iter()
            .filter_map(|(extent, form)| {
                Some(Mention { span: extent.span(analysis.text)?, form: *form })
            })
            .collect();
        let mut roles: Vec<Role> = Vec::new();
        for title in self.titles {
            if let Some(role) = role(title, analysis, lexicon) {
                if !roles.iter().any(|r| r.title == role.title) {
                    roles.push(role);
                }
            }
        }
        Actor { id, name: self.name, kind: self.kind, mentions, roles, relations: Vec::new() }
    }
}

/// The role that a title tells.
fn role(title: Tokens, analysis: &Analysis<'_>, lexicon: &Lexicon) -> Option<Role> {
    let span: Span = analysis.extent(title).span(analysis.text)?;
    let (status, named) = match lexicon.status.at_start(analysis, title) {
        Some((word, status)) => (*status, Tokens::new(word.end, title.end)),
        None => (RoleStatus::Current, title),
    };
    let text = analysis.words(named);
    (!text.is_empty()).then(|| Role { title: text.to_owned(), of: None, status, span })
}

/// A name's words in lower case, without an article before or a genitive behind them.
fn words_of(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

/// The first letters of a name's words that have a capital.
fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}
