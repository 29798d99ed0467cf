//! What a pack knows of actors, `actors.toml` and `places.toml`: head nouns, titles, names.

use std::collections::BTreeMap;

use onrecord_language::{Analysis, TokenId, Tokens, Vocabulary, WordId};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{ActorKind, RelationKind, RoleStatus};
use serde::Deserialize;

/// The words that tell what kind of actor a name or nominal is, and the names that lists know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    /// Head nouns.
    pub(crate) heads: PhraseMap<Head>,
    /// Head nouns that can mean any actor of their kind that was told of before.
    pub(crate) generic: PhraseMap<()>,
    /// Words for bodies that speak without a determiner: rebels, police.
    pub(crate) speaking: PhraseMap<()>,
    /// Titles before names.
    pub(crate) titles: PhraseMap<()>,
    /// Those of them by which somebody is addressed and that tell no role.
    pub(crate) addresses: PhraseMap<()>,
    /// Head nouns of persons that tell no role.
    pub(crate) no_roles: PhraseMap<()>,
    /// Words before names that tell how one actor stands to another.
    pub(crate) relations: PhraseMap<RelationKind>,
    /// Words before titles.
    pub(crate) status: PhraseMap<RoleStatus>,
    /// Words that end a name of several words, with the kind that they tell; none for a thing's.
    pub(crate) name_ends: PhraseMap<Option<ActorKind>>,
    /// Words that begin one.
    pub(crate) name_begins: PhraseMap<Option<ActorKind>>,
    /// What stands behind a state's name and belongs to it; whether to states alone.
    pub(crate) of_states: PhraseMap<bool>,
    /// Names of states and organisations.
    pub(crate) names: PhraseMap<Known>,
    /// Adjectives and words for the people of a place, with the place's name.
    pub(crate) demonyms: PhraseMap<String>,
}

/// What a head noun tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) kind: ActorKind,
    /// Whether a mention with this head and without a name is an unnamed source.
    pub(crate) unnamed: bool,
    /// Whether it is a word for several.
    pub(crate) several: bool,
}

/// A name that a list knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// The usual name.
    pub(crate) name: String,
    pub(crate) kind: ActorKind,
}

/// Values by phrases.
#[derive(Debug, Clone)]
pub(crate) struct PhraseMap<T> {
    phrases: BTreeMap<Vec<WordId>, T>,
    longest: usize,
}

impl<T> Default for PhraseMap<T> {
    fn default() -> Self {
        Self { phrases: BTreeMap::new(), longest: 0 }
    }
}

impl<T> PhraseMap<T> {
    /// The first value of a phrase counts.
    fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, value: T) {
        let words = vocabulary.learn_phrase(phrase);
        self.longest = self.longest.max(words.len());
        self.phrases.entry(words).or_insert(value);
    }

    /// The longest phrase that begins where `tokens` do and lies in them.
    pub(crate) fn at_start(&self, analysis: &Analysis<'_>, tokens: Tokens) -> Option<(Tokens, &T)> {
        let most = self.longest.min(tokens.len());
        let ends = (1..=most).rev().map(|length| TokenId::at(tokens.start.index() + length));
        ends.map(|end| Tokens::new(tokens.start, end)).find_map(|part| self.found(analysis, part))
    }

    /// The longest phrase that ends where `tokens` do and lies in them.
    pub(crate) fn at_end(&self, analysis: &Analysis<'_>, tokens: Tokens) -> Option<(Tokens, &T)> {
        let most = self.longest.min(tokens.len());
        let starts = (1..=most).rev().map(|length| TokenId::at(tokens.end.index() - length));
        starts
            .map(|start| Tokens::new(start, tokens.end))
            .find_map(|part| self.found(analysis, part))
    }

    fn found(&self, analysis: &Analysis<'_>, tokens: Tokens) -> Option<(Tokens, &T)> {
        let words: Vec<WordId> = tokens.into_iter().map(|id| analysis.token(id).word).collect();
        let known = !words.contains(&WordId::UNKNOWN);
        known.then(|| self.phrases.get(&words)).flatten().map(|value| (tokens, value))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorsFile {
    departments: Vec<String>,
    state_words: Vec<String>,
    maybe_state_words: Vec<String>,
    generic: Vec<String>,
    no_roles: Vec<String>,
    #[serde(rename = "kind_word")]
    kind_words: Vec<KindWord>,
    #[serde(rename = "name_word")]
    name_words: Vec<NameWord>,
    #[serde(rename = "title")]
    titles: Vec<Title>,
    status: Vec<Status>,
    #[serde(rename = "relation")]
    relations: Vec<Relation>,
    organisations: BTreeMap<String, Vec<Organisation>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindWord {
    singular: Option<String>,
    plural: Option<String>,
    kind: ActorKind,
    #[serde(default)]
    speaks: bool,
    #[serde(default)]
    unnamed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameWord {
    kind: Option<ActorKind>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    begins: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    #[serde(rename = "kind")]
    _kind: ActorKind,
    #[serde(rename = "of")]
    _of: ActorKind,
    #[serde(default)]
    address: bool,
    forms: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    status: RoleStatus,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Relation {
    kind: RelationKind,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    name: String,
    #[serde(default)]
    short: Vec<String>,
    kind: ActorKind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlacesFile {
    #[serde(rename = "state")]
    states: Vec<State>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    name: String,
    status: Standing,
    other: Vec<String>,
    demonyms: Vec<String>,
    #[serde(rename = "capital")]
    _capital: Vec<String>,
}

/// Whether a place acts as a state: every member and observer of the United Nations does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Standing {
    Member,
    Observer,
    Place,
    Former,
}

impl Lexicon {
    /// Takes the lists, and adds the words for several people that speak to `@base-licence`.
    pub(crate) fn compile(pack: &Pack, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let actors: ActorsFile = pack.file("reading/actors.toml")?;
        let places: PlacesFile = pack.file("reading/places.toml")?;
        let mut lexicon = Self::default();
        for word in actors.kind_words {
            let head = Head { kind: word.kind, unnamed: word.unnamed, several: false };
            if let Some(form) = &word.singular {
                lexicon.heads.add(vocabulary, form, head);
            }
            if let Some(form) = &word.plural {
                lexicon.heads.add(vocabulary, form, Head { several: true, ..head });
            }
            let bare = word.plural.as_ref().or(word.singular.as_ref());
            if let Some(form) = bare.filter(|_| word.speaks && acts(word.kind)) {
                lexicon.speaking.add(vocabulary, form, ());
            }
            let several = word.plural.filter(|_| word.speaks);
            vocabulary.define(
                BASE_LICENCE,
                several.iter().filter_map(|form| form.split(' ').next_back()),
            );
        }
        for word in actors.name_words {
            for form in &word.ends {
                lexicon.name_ends.add(vocabulary, form, word.kind);
            }
            for form in &word.begins {
                lexicon.name_begins.add(vocabulary, form, word.kind);
            }
        }
        let forms = |form: &String| match form.contains(DEPARTMENT) {
            false => vec![form.clone()],
            true => actors.departments.iter().map(|d| form.replace(DEPARTMENT, d)).collect(),
        };
        let sure = actors.state_words.iter().map(|form| (form, true));
        for (form, sure) in sure.chain(actors.maybe_state_words.iter().map(|form| (form, false))) {
            for form in forms(form) {
                lexicon.of_states.add(vocabulary, &form, sure);
            }
        }
        for form in &actors.no_roles {
            lexicon.no_roles.add(vocabulary, form, ());
        }
        for form in &actors.generic {
            lexicon.generic.add(vocabulary, form, ());
        }
        for form in actors.titles.iter().filter(|title| title.address).flat_map(|t| &t.forms) {
            lexicon.addresses.add(vocabulary, form, ());
        }
        for form in actors.titles.iter().flat_map(|title| &title.forms).flat_map(forms) {
            lexicon.titles.add(vocabulary, &form, ());
        }
        for status in actors.status {
            for word in status.words.iter().filter(|word| !word.contains('-')) {
                lexicon.status.add(vocabulary, word, status.status);
            }
        }
        for relation in actors.relations {
            for words in &relation.words {
                lexicon.relations.add(vocabulary, words, relation.kind);
            }
        }
        for organisation in actors.organisations.into_values().flatten() {
            let known = Known { name: organisation.name.clone(), kind: organisation.kind };
            for name in std::iter::once(&organisation.name).chain(&organisation.short) {
                lexicon.names.add(vocabulary, &name.to_lowercase(), known.clone());
            }
        }
        for state in places.states {
            let kind = match state.status {
                Standing::Member | Standing::Observer => ActorKind::State,
                Standing::Place | Standing::Former => ActorKind::Other,
            };
            let known = Known { name: state.name.clone(), kind };
            for name in std::iter::once(&state.name).chain(&state.other) {
                lexicon.names.add(vocabulary, &name.to_lowercase(), known.clone());
            }
            for word in &state.demonyms {
                let word = word.to_lowercase();
                vocabulary.define("demonym", [word.as_str()]);
                lexicon.demonyms.add(vocabulary, &word, state.name.clone());
            }
        }
        Ok(lexicon)
    }
}

/// Whether a kind of actor acts as one body.
pub(super) fn acts(kind: ActorKind) -> bool {
    !matches!(kind, ActorKind::Person | ActorKind::Population)
}

const DEPARTMENT: &str = "{department}";
/// The class of words behind which a verb may stand in its base form.
const BASE_LICENCE: &str = "base-licence";
