//! What the words around names tell of whom they mean: kinds, roles, relations, and which noun phrases
//! mean them.

use onrecord_language::{Shape, TokenId, Tokens};
use onrecord_record::{ActorKind, Form, RelationKind};

use super::Name;
use super::apposition::{Apposition, Owner};
use super::cast::{ActorKey, By, Cast};
use super::entry::{Entry, Title, seldom_told, words_of};
use super::lexicon::acts;

impl Cast<'_, '_> {
    /// Whether a word with a capital tells the people of a place before whoever is one of them: Keshian
    /// troops.
    pub(super) fn tells_people(&self, name: &Name) -> bool {
        let Some(sentence) = self.analysis.sentence_of(name.tokens.start) else { return false };
        let behind = Tokens::new(name.tokens.end, sentence.tokens.end);
        let plain = name.tokens.len() == 1 && name.title.is_none() && !behind.is_empty();
        plain
            && self.analysis.token(behind.start).shape == Shape::Lower
            && !self.is_small(behind.start)
            && self.evidence.is_people(&self.analysis.word(name.tokens.start).to_lowercase())
    }

    /// Says that those are states whose the titles are that only states give.
    pub(super) fn tell_owners(&mut self) {
        let sure = |title: &Title| {
            let words = self.lexicon.of_states.at_end(self.analysis, title.tokens);
            title.of.filter(|_| words.is_some_and(|(_, sure)| *sure))
        };
        let roles = self.entries.iter().flat_map(|entry| &entry.roles);
        let states: Vec<ActorKey> = roles.filter_map(sure).collect();
        for ActorKey(at) in states {
            if self.entries[at].kind == ActorKind::Other && !self.is_known(at) {
                self.entries[at].kind = ActorKind::State;
            }
        }
    }

    /// Says that names are those of states where the text tells it and nothing else is known.
    pub(super) fn tell_states(&mut self) {
        for at in 0..self.entries.len() {
            let Entry { kind, words, .. } = &self.entries[at];
            let state = *kind == ActorKind::Other && self.evidence.is_state(words);
            if state && !self.is_known(at) {
                self.entries[at].kind = ActorKind::State;
            }
        }
    }

    /// Whether a name stands between commas right behind a noun phrase: the bus company, Kesh Lines,
    pub(super) fn is_set_behind(&self, phrase: Tokens, name: &Name) -> bool {
        let comma = |token: TokenId| {
            let token = self.analysis.tokens.get(token.index());
            token.is_some_and(|token| token.shape == Shape::Comma)
        };
        let plain = name.body.is_none() && name.title.is_none();
        let near = name.tokens.start.0 == phrase.end.0 + 1;
        plain && near && comma(phrase.end) && comma(name.tokens.end)
    }

    /// The body whose name stands behind the noun phrase that tells its kind.
    pub(super) fn named_body(&mut self, phrase: Tokens, name: &Name, kind: ActorKind) -> ActorKey {
        let key = self.meet(name);
        self.tell_kind(key, kind);
        self.mention(key, phrase, Form::Nominal, kind);
        key
    }

    /// The body told by whose it is.
    pub(super) fn owned(&mut self, name: &Name, body: Tokens) -> ActorKey {
        let start = name.owner.map_or(body.start, |owner| owner.start);
        let whole = Tokens::new(start, body.end);
        let kind = self.head(body).map_or(ActorKind::Other, |head| head.kind);
        let text = self.analysis.words(whole);
        let key = self.entry(text, words_of(text), kind);
        self.spoken_of.insert(self.analysis.extent(body).start, key);
        self.entries[key.0].mentions.insert(self.analysis.extent(whole), Form::Nominal);
        key
    }

    /// The body that is told by how it stands to another.
    pub(super) fn wing(
        &mut self,
        tokens: Tokens,
        body: Tokens,
        relation: RelationKind,
        of: ActorKey,
    ) -> Option<ActorKey> {
        let kind = self.lexicon.heads.at_end(self.analysis, body)?.1.kind;
        let name = self.analysis.words(body);
        let key = self.entry(name, words_of(name), kind);
        self.mention(key, tokens, Form::Nominal, kind);
        let relations = &mut self.entries[key.0].relations;
        if key != of && !relations.iter().any(|(kind, to, _)| (*kind, *to) == (relation, of)) {
            relations.push((relation, of, body));
        }
        Some(key)
    }

    /// The kind that a noun phrase tells which stands before a name between commas: her party, Dawn,
    pub(super) fn kind_ahead(&self, name: &Name) -> Option<ActorKind> {
        let analysis = self.analysis;
        let comma = |token: TokenId| {
            let token = analysis.tokens.get(token.index());
            token.is_some_and(|token| token.shape == Shape::Comma)
        };
        let ahead = TokenId(name.tokens.start.0.checked_sub(1)?);
        let sentence = analysis.sentence_of(name.tokens.start)?.tokens;
        if !comma(ahead) || !comma(name.tokens.end) || !sentence.holds(ahead) {
            return None;
        }
        let phrase = Tokens::new(sentence.start, ahead);
        let (words, head) = self.lexicon.heads.at_end(analysis, phrase)?;
        let owned = words.start > sentence.start && {
            let word = analysis.token(TokenId(words.start.0 - 1)).word;
            self.look.rules.possessive.holds(word) || self.look.rules.possessor.holds(word)
        };
        (owned && acts(head.kind) && !head.several).then_some(head.kind)
    }

    /// Says of which kind an actor is, where no words have told it.
    pub(super) fn tell_kind(&mut self, key: ActorKey, kind: ActorKind) {
        let entry = &mut self.entries[key.0];
        if entry.kind_is_open() {
            (entry.kind, entry.guessed) = (kind, false);
        }
    }

    /// Takes the title that stands before a person's name between commas.
    pub(super) fn entitle(&mut self, key: ActorKey, tokens: Tokens, of: Option<Owner>) {
        if !self.may_be_person(key) {
            return;
        }
        let of = of.and_then(|of| self.owner_of(of)).filter(|of| *of != key);
        let gender = self.gender_told(tokens);
        self.tell_gender(key, gender);
        let entry = &mut self.entries[key.0];
        (entry.kind, entry.guessed) = (ActorKind::Person, false);
        entry.roles.push(Title { tokens, of, former: false });
    }

    /// Whether an actor is a person, or its name of several words could be one's.
    fn may_be_person(&self, key: ActorKey) -> bool {
        let Entry { kind, words, .. } = &self.entries[key.0];
        let several = words.len() > 1 && !self.evidence.is_place(words);
        *kind == ActorKind::Person || *kind == ActorKind::Other && several
    }

    /// Takes what an apposition tells: a person's role, or the kind of a body.
    pub(super) fn describe(&mut self, key: ActorKey, apposition: Apposition) {
        let Apposition { words, kind, of, former } = apposition;
        if let Some((words, relation)) = self.lexicon.relations.at_end(self.analysis, words) {
            let relation = *relation;
            let to = of.and_then(|owner| self.owner_of(owner)).filter(|to| *to != key);
            if acts(kind) {
                self.tell_kind(key, kind);
            }
            self.entries[key.0].relations.extend(to.map(|to| (relation, to, words)));
            return;
        }
        if kind == ActorKind::Person {
            if self.may_be_person(key) {
                let of = of.and_then(|owner| self.owner_of(owner));
                let gender = self.gender_told(words);
                self.tell_gender(key, gender);
                let entry = &mut self.entries[key.0];
                (entry.kind, entry.guessed) = (ActorKind::Person, false);
                entry.roles.push(Title { tokens: words, of, former });
            }
        } else if self.may_be_body(key) {
            self.tell_kind(key, kind);
        }
    }

    /// Whom the owner of a title is: the actor named, or the last body spoken of before.
    pub(super) fn owner_of(&mut self, owner: Owner) -> Option<ActorKey> {
        match owner {
            Owner::Named(tokens) => self.owner(tokens),
            Owner::Body(tokens, kind) => self.told_of(tokens.start, tokens, kind),
            Owner::Pointed(tokens) => {
                let body = |key| self.may_be_body(key);
                let group = |key| {
                    use ActorKind::{Court, Government, State};
                    body(key) && !matches!(self.kind(key), Court | Government | State)
                };
                let key = match tokens.len() {
                    1 => self.last_before(tokens.start, body),
                    _ => self.last_before(tokens.start, group),
                }?;
                let form = if tokens.len() > 1 { Form::Nominal } else { Form::Pronoun };
                self.mention(key, tokens, form, ActorKind::Other);
                Some(key)
            }
        }
    }

    /// The body that a definite noun phrase points at: the last whose name holds its head noun
    /// ("the ministry" of a defence ministry), else the last of its kind, else a body of its own.
    /// A kind that names seldom tell ("the militant group") needs one that was told of before.
    pub(super) fn point_at(&mut self, tokens: Tokens, body: Tokens) -> Option<ActorKey> {
        let kind = self.head(body)?.kind;
        let whole = Tokens::new(body.start, tokens.end);
        let found = match whole == body {
            true => self.told_of(tokens.start, body, kind),
            // With whose it is, it names one body.
            false => None,
        };
        let found = found.or_else(|| {
            let open = whole == body && seldom_told(kind) && self.is_generic(body);
            open.then(|| self.last_open(tokens.start, kind)).flatten()
        });
        if found.is_none() && whole == body && seldom_told(kind) {
            return None;
        }
        let key = match found {
            Some(key) => key,
            None => {
                let name = self.analysis.words(whole);
                self.entry(name, words_of(name), kind)
            }
        };
        self.mention(key, tokens, Form::Nominal, kind);
        Some(key)
    }

    /// The body told of before a token that a noun phrase of a kind can mean.
    pub(crate) fn told_of(&self, at: TokenId, body: Tokens, kind: ActorKind) -> Option<ActorKey> {
        let body = match self.look.rules.same.holds(self.analysis.token(body.start).word) {
            true => Tokens::new(TokenId(body.start.0 + 1), body.end),
            false => body,
        };
        let words = words_of(self.analysis.words(body));
        let same = self.index.get(&(By::Words, words.join(" "))).and_then(|found| found.last());
        if let Some(at) = same {
            return Some(ActorKey(*at));
        }
        // With more than its head noun it names another body than one of its kind.
        if words.len() > 1 && !seldom_told(kind) {
            return None;
        }
        let called = self.last_called(at, words.last()?);
        let called = called.or_else(|| self.only_of(at, kind).filter(|_| words.len() == 1));
        let several = self.head(body).is_some_and(|head| head.several);
        let of_kind = || {
            self.last_before(at, |key| {
                self.kind(key) == kind && (several || !self.entries[key.0].several)
            })
        };
        let any = self.is_generic(body) && kind != ActorKind::Other;
        called.or_else(|| any.then(of_kind).flatten())
    }

    /// The only body of a kind told of before a token, of those kinds whose words mean one another:
    /// the airline is the company.
    fn only_of(&self, token: TokenId, kind: ActorKind) -> Option<ActorKey> {
        use ActorKind::{Company, Media, Party};
        let same = |key: ActorKey| self.kind(key) == kind && !self.entries[key.0].several;
        let alike = matches!(kind, Company | Media | Party);
        let only = self.last_before(token, |key| alike && same(key))?;
        self.last_before(token, |key| same(key) && key != only).is_none().then_some(only)
    }

    /// The name told of last before a token of which nothing tells a kind, and which the word for one
    /// then tells: Linea … the company. It stands near.
    fn last_open(&mut self, token: TokenId, kind: ActorKind) -> Option<ActorKey> {
        let before = self.analysis.token(token).extent.start;
        let near = self.spoken_of.range(..before).rev().take(NEAR).map(|(_, key)| *key);
        let found = near.into_iter().find(|key| {
            let Entry { kind, words, place, .. } = &self.entries[key.0];
            let open = *kind == ActorKind::Other && !place && !self.evidence.is_place(words);
            let named = words.len() == 1 || self.evidence.is_pointed(words);
            open && named && !self.evidence.is_state(words) && !self.is_known(key.0)
        })?;
        self.entries[found.0].kind = kind;
        Some(found)
    }

    /// Whether a noun phrase can mean any body of its kind: "the court" can be any court, where
    /// "the union" is no church though both are bodies of a kind.
    pub(crate) fn is_generic(&self, body: Tokens) -> bool {
        self.lexicon.generic.at_end(self.analysis, body).is_some()
    }

    /// Whose a title is: the actor named there, or the state whose people the words tell.
    fn owner(&mut self, tokens: Tokens) -> Option<ActorKey> {
        if let Some(key) = self.named_at_end(tokens) {
            return Some(key);
        }
        let listed = self.lexicon.demonyms.at_start(self.analysis, tokens);
        let Some((_, state)) = listed else {
            return tokens.into_iter().find_map(|token| self.people(token, tokens));
        };
        let (name, words) = (state.clone(), words_of(state));
        let key = self.entry(&name, words, ActorKind::State);
        self.mention(key, tokens, Form::Nominal, ActorKind::State);
        Some(key)
    }
}

/// How many mentions back a name may stand whose kind a word for one of it tells.
const NEAR: usize = 8;
