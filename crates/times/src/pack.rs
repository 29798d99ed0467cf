//! The pack's rules of time, compiled.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{Analysis, Language, Match, PatternSet, Slot, TokenId, Tokens, WordId};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{Mod, TimeType};
use serde::Deserialize;

use crate::calendar::Unit;
use crate::resolve::{Fields, Resolver};
use crate::{Domain, Expression, Reading, Setting};

/// The time expressions that a pack knows.
#[derive(Debug, Clone)]
pub struct Times {
    rules: Vec<Rule>,
    patterns: PatternSet,
    slots: Slots,
    months: BTreeMap<WordId, i8>,
    weekdays: BTreeMap<WordId, i8>,
    units: BTreeMap<WordId, Unit>,
    modifiers: BTreeMap<WordId, Mod>,
}

/// The names under which patterns capture.
#[derive(Debug, Clone)]
struct Slots {
    year: Option<Slot>,
    month: Option<Slot>,
    day: Option<Slot>,
    weekday: Option<Slot>,
    count: Option<Slot>,
    unit: Option<Slot>,
    iso: Option<Slot>,
    modifier: Option<Slot>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    classes: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "unit")]
    units: Vec<UnitWords>,
    #[serde(default, rename = "modifier")]
    modifiers: Vec<ModifierWords>,
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitWords {
    unit: Unit,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModifierWords {
    #[serde(rename = "mod")]
    modifier: Mod,
    words: Vec<String>,
}

/// A rule: what to look for and how it becomes a value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pattern: String,
    #[serde(rename = "type")]
    pub(crate) kind: TimeType,
    pub(crate) resolve: Resolve,
    /// How many units off, or weeks for a weekday; times the captured count where there is one.
    pub(crate) by: Option<i64>,
    /// The unit, where none is captured.
    pub(crate) unit: Option<Unit>,
    pub(crate) fires: Vec<Fires>,
    pub(crate) silent: Vec<String>,
}

/// How what a rule captures becomes a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Resolve {
    /// From the captured year, month and day; a missing year is told by the story.
    Calendar,
    /// The captured weekday: the last one up to the published date; with `by`, that of the week
    /// so many weeks from the published one.
    Weekday,
    /// `by` units from the published date.
    Offset,
    /// The unit that holds the time told last.
    Same,
}

/// A text in which a rule fires.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fires {
    pub(crate) text: String,
    pub(crate) published: Option<String>,
    pub(crate) words: String,
    pub(crate) value: Option<String>,
    #[serde(rename = "mod")]
    pub(crate) modifier: Option<Mod>,
}

impl Times {
    /// Compiles every file of the pack's `times/` folder.
    ///
    /// # Errors
    /// Where a file or rule cannot be compiled; the error names it.
    pub fn compile(pack: &Pack, language: &mut Language) -> Result<Self, PackError> {
        let calendar = pack.calendar()?;
        let vocabulary = language.vocabulary_mut();
        let mut named = |class: &str, names: &[Vec<String>]| -> BTreeMap<WordId, i8> {
            let mut numbers = BTreeMap::new();
            for (ways, number) in names.iter().zip(1i8..) {
                // An abbreviation may hold its full stop.
                for way in ways.iter().flat_map(|way| [way.clone(), format!("{way}.")]) {
                    vocabulary.define(class, [way.as_str()]);
                    numbers.insert(vocabulary.learn(&way), number);
                }
            }
            numbers
        };
        let months = named("month", &calendar.months);
        let weekdays = named("weekday", &calendar.weekdays);
        let mut rules = Vec::new();
        let mut units = BTreeMap::new();
        let mut modifiers = BTreeMap::new();
        let mut places = Vec::new();
        for path in pack.files_in("times") {
            let file: File = onrecord_packs::parse(path)?;
            vocabulary.define_all(&file.classes);
            for UnitWords { unit, words } in &file.units {
                vocabulary.define("unit", words.iter().map(String::as_str));
                units.extend(words.iter().map(|word| (vocabulary.learn(word), *unit)));
            }
            for ModifierWords { modifier, words } in &file.modifiers {
                vocabulary.define("modifier", words.iter().map(String::as_str));
                modifiers.extend(words.iter().map(|word| (vocabulary.learn(word), *modifier)));
            }
            places.extend(file.rules.iter().map(|_| path));
            rules.extend(file.rules);
        }
        let all = rules.iter().map(|rule| rule.pattern.as_str());
        let patterns = PatternSet::compile(all, &["number"], vocabulary).map_err(|e| {
            let name = rules.get(e.place).map_or("", |rule| &rule.name);
            let path = places.get(e.place).copied().unwrap_or_default();
            PackError::new(path, format_args!("rule `{name}`: {e}"))
        })?;
        let slots = Slots {
            year: patterns.slot("year"),
            month: patterns.slot("month"),
            day: patterns.slot("day"),
            weekday: patterns.slot("weekday"),
            count: patterns.slot("count"),
            unit: patterns.slot("unit"),
            iso: patterns.slot("iso"),
            modifier: patterns.slot("modifier"),
        };
        Ok(Self { rules, patterns, slots, months, weekdays, units, modifiers })
    }

    /// The time expressions of a text. `numbers` is the layer of the text's numbers, by their
    /// place in `values`.
    #[must_use]
    pub fn read(
        &self,
        analysis: &Analysis<'_>,
        numbers: &onrecord_language::Layer,
        values: &[onrecord_language::Number],
        setting: Setting,
    ) -> Reading {
        let mut resolver = Resolver::new(setting.published);
        let mut expressions = Vec::new();
        for sentence in &analysis.sentences {
            for (tokens, rule, fields) in self.found(analysis, numbers, values, sentence.tokens) {
                let span = analysis.extent(tokens).span(analysis.text);
                if let Some(span) = span {
                    let time = resolver.time(rule, &fields, span);
                    expressions.push(Expression { tokens, time });
                }
            }
        }
        Reading { domain: setting.domain.unwrap_or(Domain::News), expressions }
    }

    /// The matches of a sentence that are times: of those that overlap, the one that begins
    /// first, then the longest, then the earliest rule's.
    fn found(
        &self,
        analysis: &Analysis<'_>,
        numbers: &onrecord_language::Layer,
        values: &[onrecord_language::Number],
        tokens: Tokens,
    ) -> Vec<(Tokens, &Rule, Fields)> {
        let matches = self.patterns.scan(analysis, &[numbers], tokens);
        let count = |tokens: Tokens| {
            let (_, place) = numbers.at(tokens.start)?;
            Some(values.get(place as usize)?.value)
        };
        let mut found: Vec<_> = matches
            .iter()
            .filter_map(|m| {
                let fields = self.fields(analysis, m, count)?;
                Some((m.tokens, m.pattern, fields))
            })
            .collect();
        found.sort_by_key(|(tokens, rule, _)| (tokens.start, Reverse(tokens.end), *rule));
        let mut free = TokenId(0);
        found.retain(|(tokens, ..)| {
            let stands = tokens.start >= free;
            if stands {
                free = tokens.end;
            }
            stands
        });
        found
            .into_iter()
            .map(|(tokens, rule, fields)| (tokens, &self.rules[rule], fields))
            .collect()
    }

    /// What a match captured; `None` where digits are no year or day, so that it is no time.
    fn fields(
        &self,
        analysis: &Analysis<'_>,
        found: &Match,
        count: impl Fn(Tokens) -> Option<f64>,
    ) -> Option<Fields> {
        let mut fields = Fields::default();
        let word = |slot| found.capture(slot).map(|tokens| analysis.token(tokens.start).word);
        if let Some(tokens) = found.capture(self.slots.iso) {
            (fields.year, fields.month, fields.day) = iso(analysis.words(tokens))?;
        }
        if let Some(tokens) = found.capture(self.slots.year) {
            fields.year = Some(year(analysis.words(tokens))?);
        }
        if let Some(tokens) = found.capture(self.slots.day) {
            fields.day = Some(day(analysis.words(tokens))?);
        }
        if let Some(tokens) = found.capture(self.slots.count) {
            let count = count(tokens)?;
            // A count with a fraction or beyond all calendars moves no date.
            #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
            let whole = (count.fract() == 0.0 && count < 100_000.0).then_some(count as i64)?;
            fields.count = Some(whole);
        }
        fields.month =
            fields.month.or(word(self.slots.month).and_then(|w| self.months.get(&w)).copied());
        fields.weekday = word(self.slots.weekday).and_then(|w| self.weekdays.get(&w)).copied();
        fields.unit = word(self.slots.unit).and_then(|w| self.units.get(&w)).copied();
        fields.modifier = word(self.slots.modifier).and_then(|w| self.modifiers.get(&w)).copied();
        Some(fields)
    }

    /// Runs the examples that the rules carry. Each line names a rule and what it did otherwise.
    #[must_use]
    pub fn examples(&self, language: &Language) -> Vec<String> {
        let read = |text: &str, published: Option<&str>| -> Vec<Expression> {
            let analysis = language.analyse_paragraph(text);
            let values = language.numbers(&analysis);
            let numbers = language.number_layer(&analysis, &values);
            let published = published.and_then(|date| date.parse().ok());
            self.read(&analysis, &numbers, &values, Setting { published, domain: None }).expressions
        };
        let mut faults = Vec::new();
        let mut names = BTreeSet::new();
        for (place, rule) in self.rules.iter().enumerate() {
            let name = &rule.name;
            if rule.fires.is_empty() || rule.silent.is_empty() || !names.insert(name) {
                faults.push(format!("{name}: needs a name of its own, `fires` and `silent`"));
            }
            for fires in &rule.fires {
                let times = read(&fires.text, fires.published.as_deref());
                let found =
                    times.iter().map(|found| &found.time).find(|t| t.span.text == fires.words);
                let said = found.map(|t| (&t.value, t.modifier));
                if said != Some((&fires.value, fires.modifier)) {
                    faults.push(format!("{name}: {:?} gives {said:?} of {times:?}", fires.text));
                }
            }
            for text in &rule.silent {
                let analysis = language.analyse_paragraph(text);
                let values = language.numbers(&analysis);
                let numbers = language.number_layer(&analysis, &values);
                let fired = analysis.sentences.iter().any(|sentence| {
                    let found = self.found(&analysis, &numbers, &values, sentence.tokens);
                    found.iter().any(|(_, fired, _)| fired.name == rule.name)
                });
                if fired {
                    faults.push(format!("{name} (rule {place}): fires on {text:?}"));
                }
            }
        }
        faults
    }
}

/// A year of four digits, from 1000 to 2999.
fn year(word: &str) -> Option<i16> {
    let year = word.parse().ok().filter(|year| (1000..3000).contains(year))?;
    (word.len() == 4).then_some(year)
}

/// The number that a word of one or two digits begins with: `7`, `07`, `7th`.
fn day(word: &str) -> Option<i8> {
    let length = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = word.split_at(length);
    (digits.len() <= 2 && rest.chars().all(char::is_alphabetic)).then(|| digits.parse().ok())?
}

/// Year, month and day of an ISO 8601 date in digits and hyphens.
fn iso(word: &str) -> Option<(Option<i16>, Option<i8>, Option<i8>)> {
    let mut parts = word.split('-');
    let (year_part, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let two = |part: &str| (part.len() == 2).then(|| part.parse().ok()).flatten();
    let whole = parts.next().is_none();
    whole.then_some((Some(year(year_part)?), Some(two(month)?), Some(two(day)?)))
}
