//! The pack's words of time and what they mean: `times/words.toml`.

use std::collections::BTreeMap;

use onrecord_language::{Analysis, Layer, Number, TokenId, Tokens, Vocabulary, WordId};
use onrecord_packs::{Calendar, Pack, PackError};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::calendar::Unit;
use crate::clock::{Clock, Meridiem, Part};

/// The words of time, by what they mean.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    pub(crate) order: [DatePart; 3],
    pub(crate) months: BTreeMap<WordId, i8>,
    pub(crate) weekdays: BTreeMap<WordId, i8>,
    /// A unit, and how many of it.
    pub(crate) units: BTreeMap<WordId, (i64, Unit)>,
    /// A unit in which something recurs.
    pub(crate) every: BTreeMap<WordId, Unit>,
    /// The first month of each.
    pub(crate) seasons: BTreeMap<WordId, i8>,
    pub(crate) parts: BTreeMap<WordId, Part>,
    pub(crate) meridiems: BTreeMap<WordId, Meridiem>,
    pub(crate) clocks: BTreeMap<WordId, Clock>,
    /// Minutes ahead of universal time.
    pub(crate) zones: BTreeMap<WordId, i16>,
    /// A day by its distance from today.
    pub(crate) on: BTreeMap<WordId, Which>,
    pub(crate) which: BTreeMap<WordId, Which>,
    pub(crate) eras: BTreeMap<WordId, Era>,
    pub(crate) ordinals: BTreeMap<WordId, i64>,
    pub(crate) quarters: BTreeMap<WordId, i8>,
    pub(crate) halves: BTreeMap<WordId, i8>,
    pub(crate) decades: BTreeMap<WordId, i16>,
}

/// A part of a date in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DatePart {
    Year,
    Month,
    Day,
}

/// Which of several: so many on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Which {
    pub(crate) by: i64,
    /// From the time told last, and not from the published date.
    pub(crate) told: bool,
}

/// The count of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Era {
    Bc,
    Ad,
}

/// The seasons by their codes in TIMEX3.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Season {
    Sp,
    Su,
    Fa,
    Wi,
}

type Table = BTreeMap<String, Vec<String>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    order: [DatePart; 3],
    unit: Table,
    every: Table,
    weekdays: Table,
    season: Table,
    part: Table,
    meridiem: Table,
    clock: Table,
    zone: Table,
    on: Table,
    which: Table,
    era: Table,
    ordinal: Table,
    quarter: Table,
    half: Table,
    decade: Table,
}

impl Lexicon {
    pub(crate) const FILE: &str = "times/words.toml";

    pub(crate) fn compile(pack: &Pack, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let file: File = pack.file(Self::FILE)?;
        let calendar: Calendar = pack.calendar()?;
        let mut tables = Tables { path: pack.path(Self::FILE), vocabulary };
        let mut weekdays = tables.named("weekday", &calendar.weekdays);
        weekdays.extend(tables.learn("weekdays", &file.weekdays, |key| up_to(7, key))?);
        Ok(Self {
            order: file.order,
            months: tables.named("month", &calendar.months),
            weekdays,
            units: tables.learn("unit", &file.unit, |key| match key.split_once(' ') {
                Some((times, unit)) => Some((times.parse().ok()?, named(unit)?)),
                None => Some((1, named(key)?)),
            })?,
            every: tables.learn("every", &file.every, named)?,
            seasons: tables.learn("season", &file.season, |key| {
                named(key).map(|season| match season {
                    Season::Sp => 3,
                    Season::Su => 6,
                    Season::Fa => 9,
                    Season::Wi => 12,
                })
            })?,
            parts: tables.learn("part", &file.part, named)?,
            meridiems: tables.learn("meridiem", &file.meridiem, named)?,
            clocks: tables.learn("clock", &file.clock, Clock::of_digits)?,
            zones: tables.learn("zone", &file.zone, offset)?,
            on: tables.learn("on", &file.on, which)?,
            which: tables.learn("which", &file.which, which)?,
            eras: tables.learn("era", &file.era, named)?,
            ordinals: tables.learn("ordinal", &file.ordinal, |key| key.parse().ok())?,
            quarters: tables.learn("quarter", &file.quarter, |key| up_to(4, key))?,
            halves: tables.learn("half", &file.half, |key| up_to(2, key))?,
            decades: tables.learn("decade", &file.decade, |key| key.parse().ok())?,
        })
    }

    /// The whole number that some tokens tell, in digits, in words, or as an ordinal.
    pub(crate) fn whole(
        &self,
        analysis: &Analysis<'_>,
        numbers: (&Layer, &[Number]),
        tokens: Tokens,
    ) -> Option<i64> {
        let mut sum: Option<i64> = None;
        let mut at = tokens.start;
        while at < tokens.end {
            let token = analysis.token(at);
            let mut next = TokenId(at.0 + 1);
            let value = if let Some(ordinal) = self.ordinals.get(&token.word) {
                *ordinal
            } else if let Some((end, place)) = numbers.0.at(at) {
                next = end;
                let value = numbers.1.get(place as usize)?.value;
                #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
                (value.fract() == 0.0 && value < 1e6).then_some(value as i64)?
            } else if token.shape.is_mark() {
                0
            } else {
                leading_digits(analysis.word(at))?
            };
            sum = Some(sum.unwrap_or(0) + value);
            at = next;
        }
        sum
    }
}

/// The number that a word of digits and letters begins with: `7th`.
fn leading_digits(word: &str) -> Option<i64> {
    let length = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = word.split_at(length);
    (length <= 6 && rest.chars().all(char::is_alphabetic)).then(|| digits.parse().ok())?
}

/// The value of a type whose values are names.
pub(crate) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

fn up_to(most: i8, key: &str) -> Option<i8> {
    key.parse().ok().filter(|number| (1..=most).contains(number))
}

fn which(key: &str) -> Option<Which> {
    match key.split_once(' ') {
        Some((_, by)) => Some(Which { by: by.parse().ok()?, told: true }),
        None => Some(Which { by: key.parse().ok()?, told: false }),
    }
}

/// Minutes of `+05:30`, `-4`.
pub(crate) fn offset(key: &str) -> Option<i16> {
    let (ahead, clock) = match key.split_at_checked(1)? {
        ("+", clock) => (1, clock),
        ("-" | "−", clock) => (-1, clock),
        _ => return None,
    };
    let clock = Clock::of_digits(clock)?;
    Some(ahead * (i16::from(clock.hour) * 60 + i16::from(clock.minute)))
}

struct Tables<'v> {
    path: String,
    vocabulary: &'v mut Vocabulary,
}

impl Tables<'_> {
    /// The words of a table by what its keys mean, as a class of its name.
    fn learn<V: Copy>(
        &mut self,
        name: &str,
        table: &Table,
        meaning: impl Fn(&str) -> Option<V>,
    ) -> Result<BTreeMap<WordId, V>, PackError> {
        let mut all = BTreeMap::new();
        for (key, words) in table {
            let value = meaning(key).ok_or_else(|| {
                PackError::new(&self.path, format_args!("[{name}]: `{key}` means nothing here"))
            })?;
            self.vocabulary.define(name, words.iter().map(String::as_str));
            all.extend(words.iter().map(|word| (self.vocabulary.learn(word), value)));
        }
        Ok(all)
    }

    /// The names of a calendar by their number; an abbreviation may hold its full stop.
    fn named(&mut self, name: &str, names: &[Vec<String>]) -> BTreeMap<WordId, i8> {
        let mut numbers = BTreeMap::new();
        for (ways, number) in names.iter().zip(1i8..) {
            for way in ways.iter().flat_map(|way| [way.clone(), format!("{way}.")]) {
                self.vocabulary.define(name, [way.as_str()]);
                numbers.insert(self.vocabulary.learn(&way), number);
            }
        }
        numbers
    }
}
