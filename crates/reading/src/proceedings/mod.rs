//! Proceedings: legal steps by forum, instrument and subject, by the pack's `proceedings.toml`.

mod find;
mod matters;
mod subjects;

use std::collections::BTreeMap;

use onrecord_language::{PatternSet, Phrase, Phrases, Slot, Tokens, Vocabulary, WordId, WordSet};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{ActorKind, Instrument, StepKind};
use serde::Deserialize;

use crate::phrases::class;
pub(crate) use matters::{Matter, in_time_order, without_tellings};

/// The legal steps that a pack knows to read.
#[derive(Debug, Clone)]
pub(crate) struct Proceedings {
    nouns: Vec<Noun>,
    acts: Vec<Act>,
    rules: Vec<Rule>,
    patterns: PatternSet,
    slots: Slots,
    /// The nouns by their words.
    noun_words: BTreeMap<Vec<WordId>, usize>,
    /// The acts by their verbs.
    act_words: BTreeMap<Vec<WordId>, Vec<usize>>,
    reasons: Vec<(String, WordSet)>,
    /// The words that begin what the patterns capture as `verb`, as each of them does.
    verbs: WordSet,
    forums: Vec<ActorKind>,
    words: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    forums: Vec<ActorKind>,
    classes: BTreeMap<String, Vec<String>>,
    #[serde(rename = "noun")]
    nouns: Vec<Noun>,
    #[serde(rename = "act")]
    acts: Vec<Act>,
    #[serde(rename = "reason")]
    reasons: Vec<Reason>,
    #[serde(rename = "phrase")]
    phrases: Vec<Phrase>,
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

/// Words for an instrument.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun {
    name: String,
    /// The one that it is, then those of a proceeding told before that it can mean.
    instruments: Vec<Instrument>,
    /// Whether whose it is is its subject.
    #[serde(default)]
    owned: bool,
    /// Whether of whom it is is its subject.
    #[serde(default)]
    of: bool,
    /// Whether it means an instrument only where one was told of before.
    #[serde(default)]
    told: bool,
    words: Vec<String>,
}

/// What verbs do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    step: StepKind,
    verbs: Vec<String>,
    #[serde(default)]
    gerunds: Vec<String>,
    /// What it is done to; none where it is done to somebody.
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    instruments: Vec<Instrument>,
    /// Whether the subject does it.
    #[serde(default, rename = "do")]
    does: bool,
    /// Whether its verbs tell what a forum lets be done.
    #[serde(default)]
    granted: bool,
    /// Whether somebody must be its object for its verbs to tell a step.
    #[serde(default)]
    person: bool,
    /// Whether what follows its verbs must leave no doubt.
    #[serde(default)]
    sure: bool,
    /// Whether it is no step where it is told of several by number or without a determiner.
    #[serde(default)]
    single: bool,
    /// Whether nobody but a forum does it.
    #[serde(default)]
    forum: bool,
    /// Whether who does it is its subject, where that is a person.
    #[serde(default)]
    own: bool,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
    words: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    pattern: String,
    fires: Vec<Fires>,
    silent: Vec<String>,
}

/// A text in which a rule fires, and what is read there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fires {
    pub(crate) text: String,
    /// The words that name the forum; not looked at where absent.
    pub(crate) forum: Option<String>,
    /// The subjects' names, empty for one without a name.
    pub(crate) subjects: Vec<String>,
}

/// What carries examples: a rule or an act by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Rule(usize),
    Act(usize),
}

/// Examples with what carries them and its name.
pub(crate) type Examples<'p> = (Of, String, &'p [Fires], &'p [String]);

/// A legal step in the text, before its actors are known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) rule: usize,
    /// The acts that its words may be: several where they point at something told before.
    acts: Vec<usize>,
    noun: Option<usize>,
    /// The words that name the forum.
    pub(crate) forum: Option<Tokens>,
    /// The words that name the court before which it was done.
    court: Option<Tokens>,
    whom: Whom,
    /// Whether what follows leaves no doubt what the verb means.
    sure: bool,
    /// Whether it goes on from the step before in its sentence.
    pub(crate) joined: bool,
    pub(crate) tokens: Tokens,
    pub(crate) verb: Tokens,
    pub(crate) sentence: Tokens,
    pub(crate) reason: Option<String>,
}

/// Whom a step concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    /// Those whom these words name, and a list that goes on behind them.
    Behind(Tokens),
    /// Those whom these words name, and a list that they end.
    Before(Tokens),
    /// Those whom these words name.
    Only(Tokens),
    /// Those of the step before.
    Last,
    /// Those of the proceeding that the words point at.
    Known,
    Nobody,
}

/// What the patterns capture.
#[derive(Debug, Clone, Copy)]
struct Slots {
    verb: Option<Slot>,
    noun: Option<Slot>,
    forum: Option<Slot>,
    court: Option<Slot>,
    subject: Option<Slot>,
    of: Option<Slot>,
    owner: Option<Slot>,
    known: Option<Slot>,
    joined: Option<Slot>,
    several: Option<Slot>,
    sure: Option<Slot>,
    does: Option<Slot>,
}

/// Small words, by what they tell of forums, subjects and what was not done.
#[derive(Debug, Clone)]
struct Words {
    forum: WordSet,
    person: WordSet,
    singular: WordSet,
    plural: WordSet,
    thing: WordSet,
    inner: WordSet,
    cause: WordSet,
    unreal: WordSet,
    clause: WordSet,
    list_end: WordSet,
    relative: WordSet,
    joined: WordSet,
    definite: WordSet,
    determiner: WordSet,
    possessive: WordSet,
    preposition: WordSet,
    closed: WordSet,
}

impl Words {
    fn compile(pack: &Pack, vocabulary: &Vocabulary) -> Result<Self, PackError> {
        let class = |name| class(pack, vocabulary, name);
        Ok(Self {
            forum: class("forum")?,
            person: class("person")?,
            singular: class("singular")?,
            plural: class("plural")?,
            thing: class("thing")?,
            inner: class("inner")?,
            cause: class("cause")?,
            unreal: class("unreal")?,
            clause: class("clause")?,
            list_end: class("list-end")?,
            relative: class("relative")?,
            joined: class("joined")?,
            definite: class("definite")?,
            determiner: class("determiner")?,
            possessive: class("possessive")?,
            preposition: class("np-preposition")?,
            closed: class("closed")?,
        })
    }
}

impl Proceedings {
    const FILE: &str = "reading/proceedings.toml";

    pub(crate) fn compile(
        pack: &Pack,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let file: File = pack.file(Self::FILE)?;
        let path = pack.path(Self::FILE);
        vocabulary.define_all(&file.classes);
        let mut noun_words = BTreeMap::new();
        for (place, noun) in file.nouns.iter().enumerate() {
            vocabulary.define("instrument", noun.words.iter().map(String::as_str));
            noun_words.extend(noun.words.iter().map(|w| (vocabulary.learn_phrase(w), place)));
        }
        let mut act_words: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, act) in file.acts.iter().enumerate() {
            let unknown = |name: &&String| !file.nouns.iter().any(|noun| noun.name == **name);
            if let Some(name) = act.nouns.iter().find(unknown) {
                return Err(PackError::new(&path, format_args!("no noun `{name}`")));
            }
            let verbs = if act.does {
                "does"
            } else if act.granted {
                "granted"
            } else if act.nouns.is_empty() {
                "case"
            } else {
                "act"
            };
            vocabulary.define(verbs, act.verbs.iter().map(String::as_str));
            vocabulary.define("casing", act.gerunds.iter().map(String::as_str));
            for word in act.verbs.iter().chain(&act.gerunds) {
                act_words.entry(vocabulary.learn_phrase(word)).or_default().push(place);
            }
        }
        let reasons = file.reasons.into_iter();
        let reasons = reasons.map(|Reason { reason, words }| {
            (reason, words.iter().map(|word| vocabulary.learn(word)).collect())
        });
        let reasons = reasons.collect();
        let phrases = phrases.with(&path, file.phrases)?;
        let named = file.rules.iter().map(|rule| (&*path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(named, &["number", "time"], vocabulary)?;
        let slots = Slots {
            verb: patterns.slot("verb"),
            noun: patterns.slot("noun"),
            forum: patterns.slot("forum"),
            court: patterns.slot("court"),
            subject: patterns.slot("subject"),
            of: patterns.slot("of"),
            owner: patterns.slot("owner"),
            known: patterns.slot("known"),
            joined: patterns.slot("joined"),
            several: patterns.slot("several"),
            sure: patterns.slot("sure"),
            does: patterns.slot("does"),
        };
        Ok(Self {
            verbs: patterns.words_captured(slots.verb),
            words: Words::compile(pack, vocabulary)?,
            nouns: file.nouns,
            acts: file.acts,
            rules: file.rules,
            forums: file.forums,
            patterns,
            slots,
            noun_words,
            act_words,
            reasons,
        })
    }

    /// The names of the rules and acts with the texts that they carry.
    pub(crate) fn examples(&self) -> impl Iterator<Item = Examples<'_>> {
        let rules = self.rules.iter().enumerate();
        let rules = rules
            .map(|(at, rule)| (Of::Rule(at), rule.name.clone(), &rule.fires[..], &rule.silent[..]));
        let acts = self.acts.iter().enumerate();
        rules.chain(acts.map(|(at, act)| {
            let name = act.verbs.first().cloned().unwrap_or_default();
            (Of::Act(at), name, &act.fires[..], &act.silent[..])
        }))
    }
}
