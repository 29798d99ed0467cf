//! The pack's rules of time, as its files hold them and compiled.

use std::collections::BTreeMap;

use onrecord_language::{PatternSet, WordSet};
use onrecord_language::{Phrase, Phrases, Slot, Vocabulary};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{Mod, TimeType};
use serde::Deserialize;

use crate::Domain;
use crate::calendar::Unit;
use crate::clock::Part;
use crate::fields::{Field, Year};
use crate::holiday::Holidays;
use crate::lexicon::{Lexicon, named};
use crate::tense::Tense;

/// A rule: what to look for and what it means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pattern: String,
    /// The type; without it, that of a date, or of a time where a part of the day is told.
    #[serde(rename = "type")]
    pub(crate) kind: Option<TimeType>,
    pub(crate) means: Option<Means>,
    /// How many units on; times the captured count where there is one.
    pub(crate) by: Option<i64>,
    /// From the time told last, and not from the published date.
    #[serde(default)]
    pub(crate) told: bool,
    /// The unit, where none is captured.
    pub(crate) unit: Option<Unit>,
    /// The part of the day, where none is captured.
    pub(crate) part: Option<Part>,
    /// The years that it takes for one, first and last; without it, all.
    years: Option<[i16; 2]>,
    /// The value, for what means the same everywhere.
    pub(crate) value: Option<String>,
    #[serde(rename = "mod")]
    pub(crate) modifier: Option<Mod>,
    /// The types that a frame stands around; without it, all.
    #[serde(default)]
    of: Vec<TimeType>,
    pub(crate) fires: Vec<Fires>,
    pub(crate) silent: Vec<String>,
}

/// What a rule's match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Means {
    /// A date or time of the captured fields; what they leave out, the text tells.
    Calendar,
    /// So many units from another time.
    Shift,
    /// A length of time.
    Length,
    /// A time that recurs.
    Set,
    /// What `value` says.
    Fixed,
    /// No time: its words are taken, and nothing is made of them.
    Nothing,
}

/// A text in which a rule fires.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fires {
    pub(crate) text: String,
    pub(crate) published: Option<String>,
    pub(crate) domain: Option<Domain>,
    pub(crate) words: String,
    pub(crate) value: Option<String>,
    #[serde(rename = "mod")]
    pub(crate) modifier: Option<Mod>,
}

/// What tells the tense of a clause.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TenseRule {
    tense: Tense,
    /// The tense that it tells to a time before it, where that is another.
    behind: Option<Tense>,
    pattern: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    classes: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "phrase")]
    phrases: Vec<Phrase>,
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
    #[serde(default, rename = "frame")]
    frames: Vec<Rule>,
    #[serde(default, rename = "join")]
    joins: Vec<Rule>,
    #[serde(default, rename = "tense")]
    tenses: Vec<TenseRule>,
}

/// Rules compiled into one set, in their order.
#[derive(Debug, Clone)]
pub(crate) struct RuleSet {
    pub(crate) rules: Vec<Rule>,
    pub(crate) patterns: PatternSet,
    fields: BTreeMap<Slot, Field>,
}

/// All rules of a pack's `times/` folder.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// What is a time by itself.
    pub(crate) base: RuleSet,
    /// What stands around a time and is part of it.
    pub(crate) frames: RuleSet,
    /// What is a time beside another one, in a range or a list.
    pub(crate) joins: RuleSet,
    /// What tells the tense of a clause.
    pub(crate) tense: PatternSet,
    /// The tense that each tells to a time behind it and to one before it.
    pub(crate) tenses: Vec<(Tense, Tense)>,
    /// What may join two times of which the second tells the year of both.
    pub(crate) join: WordSet,
    /// What may join the first time of a range and its last.
    pub(crate) range: WordSet,
    /// What tells that a noun follows, of which a time between tells which is meant.
    pub(crate) determiner: WordSet,
    /// What says that a thing is of a time: no verb around tells when that was.
    pub(crate) possessive: WordSet,
}

/// The layers that patterns may ask for: the text's numbers, and the times found so far.
const LAYERS: [&str; 2] = ["number", "time"];

impl Rules {
    const GRAMMAR: &str = "times/grammar.toml";
    const JOIN: &str = "join";
    const RANGE: &str = "range";
    const DETERMINER: &str = "determiner";
    const POSSESSIVE: &str = "possessive";

    /// Compiles every file of rules. The words of times are learnt before.
    pub(crate) fn compile(pack: &Pack, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let grammar_path = pack.path(Self::GRAMMAR);
        let apart = [Lexicon::FILE, Holidays::FILE].map(|file| pack.path(file));
        let mut files: Vec<(&str, File)> = Vec::new();
        for path in pack.files_in("times").filter(|path| apart.iter().all(|other| other != path)) {
            let file: File = onrecord_packs::parse(path)?;
            vocabulary.define_all(&file.classes);
            files.push((path, file));
        }
        let mut phrases = Phrases::default();
        for (path, file) in &mut files {
            if *path == grammar_path {
                phrases = phrases.with(path, std::mem::take(&mut file.phrases))?;
            }
        }
        let mut all: [Vec<(&str, Rule)>; 3] = Default::default();
        let mut tenses = Vec::new();
        for (path, file) in files {
            for (list, rules) in all.iter_mut().zip([file.rules, file.frames, file.joins]) {
                list.extend(rules.into_iter().map(|rule| (path, rule)));
            }
            tenses.extend(file.tenses.into_iter().map(|rule| (path, rule)));
        }
        let tense_patterns = tenses.iter().map(|(path, rule)| (*path, "", rule.pattern.as_str()));
        let tense = phrases.patterns(tense_patterns, &LAYERS[..1], vocabulary)?;
        let [base, frames, joins] = all;
        let class = |name: &str| {
            vocabulary.words_of(name).unwrap_or_default().iter().copied().collect::<WordSet>()
        };
        let [join, range, determiner, possessive] =
            [Self::JOIN, Self::RANGE, Self::DETERMINER, Self::POSSESSIVE].map(class);
        Ok(Self {
            base: RuleSet::compile(base, &phrases, &LAYERS[..1], vocabulary)?,
            frames: RuleSet::compile(frames, &phrases, &LAYERS, vocabulary)?,
            joins: RuleSet::compile(joins, &phrases, &LAYERS, vocabulary)?,
            tense,
            tenses: tenses
                .iter()
                .map(|(_, rule)| (rule.tense, rule.behind.unwrap_or(rule.tense)))
                .collect(),
            join,
            range,
            determiner,
            possessive,
        })
    }
}

impl RuleSet {
    fn compile(
        rules: Vec<(&str, Rule)>,
        phrases: &Phrases,
        layers: &[&str],
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let all = rules.iter().map(|(path, rule)| (*path, &*rule.name, &*rule.pattern));
        let patterns = phrases.patterns(all, layers, vocabulary)?;
        let mut fields = BTreeMap::new();
        for (slot, name) in patterns.slots() {
            let field = named(name).ok_or_else(|| {
                let path = rules.first().map_or("", |(path, _)| path);
                PackError::new(path, format_args!("nothing is captured as `{name}:` here"))
            })?;
            fields.insert(slot, field);
        }
        Ok(Self { rules: rules.into_iter().map(|(_, rule)| rule).collect(), patterns, fields })
    }

    /// What a slot captures.
    pub(crate) fn field(&self, slot: Slot) -> Option<Field> {
        self.fields.get(&slot).copied()
    }
}

impl Rule {
    /// Whether a year is one that it takes.
    pub(crate) fn takes(&self, year: Option<Year>) -> bool {
        match (self.years, year) {
            (Some([first, last]), Some(Year::Whole(year))) => (first..=last).contains(&year),
            _ => true,
        }
    }

    /// Whether it may stand around a time of a type.
    pub(crate) fn stands_around(&self, kind: TimeType) -> bool {
        self.of.is_empty() || self.of.contains(&kind)
    }
}
