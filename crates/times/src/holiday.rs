//! The days that have a name: when each falls in a year.

mod almanac;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use onrecord_language::{Analysis, Tokens, Vocabulary, WordId};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

use almanac::{Calendar, Church};

/// The days that a pack has names for. A language may have none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holidays {
    holidays: Vec<Holiday>,
    /// Their places by name.
    places: BTreeMap<Vec<WordId>, u16>,
}

#[derive(Debug, Clone)]
struct Holiday {
    name: String,
    falls: Falls,
    roughly: bool,
    on: Date,
}

/// When a holiday falls in a year.
#[derive(Debug, Clone)]
enum Falls {
    /// On a day of a month, or on the first `weekday` from that day on; then off it by as many days
    /// as `moves` has for the weekday it is, Monday to Sunday.
    Date { calendar: Calendar, month: u8, day: u8, weekday: Option<Weekday>, moves: [i8; 7] },
    /// So many days after a church's Easter.
    Easter { church: Church, days: i32 },
    /// On these days, told year by year.
    Listed(Vec<Date>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    holiday: Vec<Entry>,
}

/// A holiday as it is written; the file's head says what its fields mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    names: Vec<String>,
    #[serde(default)]
    calendar: Calendar,
    month: Option<u8>,
    day: Option<u8>,
    weekday: Option<i8>,
    #[serde(default)]
    moves: [i8; 7],
    church: Option<Church>,
    easter: Option<i32>,
    dates: Option<Vec<Date>>,
    #[serde(default)]
    roughly: bool,
    on: Date,
}

impl Entry {
    /// When it falls; `None` where its fields do not say it in one of the three ways.
    fn falls(&self) -> Option<Falls> {
        match (self.month, self.day, self.church, self.easter, &self.dates) {
            (Some(month @ 1..=13), Some(day @ 0..=31), None, None, None) => {
                let weekday = match self.weekday {
                    Some(number) => Some(Weekday::from_monday_one_offset(number).ok()?),
                    None => None,
                };
                let (calendar, moves) = (self.calendar, self.moves);
                Some(Falls::Date { calendar, month, day, weekday, moves })
            }
            (None, None, Some(church), Some(days), None) => Some(Falls::Easter { church, days }),
            (None, None, None, None, Some(dates)) => Some(Falls::Listed(dates.clone())),
            _ => None,
        }
    }
}

impl Falls {
    /// The first of its days in a year.
    fn in_year(&self, year: i16) -> Option<Date> {
        match self {
            Self::Date { calendar, month, day, weekday, moves } => {
                let mut days = calendar.days(*month, *day, year).filter_map(|day| {
                    let wait = weekday.map_or(0, |weekday| day.weekday().until(weekday));
                    let day = day.checked_add(i32::from(wait).days()).ok()?;
                    let place = day.weekday().to_monday_zero_offset();
                    let moved = moves.get(usize::try_from(place).ok()?)?;
                    day.checked_add(i32::from(*moved).days()).ok()
                });
                days.find(|day| day.year() == year)
            }
            Self::Easter { church, days } => church.easter(year)?.checked_add(days.days()).ok(),
            Self::Listed(dates) => dates.iter().find(|date| date.year() == year).copied(),
        }
    }
}

impl Holidays {
    /// Where the pack keeps its holidays.
    pub(crate) const FILE: &str = "times/holidays.toml";

    /// Compiles the pack's holidays and defines their names as the class `holiday`, empty where it
    /// has none.
    ///
    /// # Errors
    /// Where a holiday's fields do not say when it falls, or a name stands twice; the error has the
    /// name.
    pub(crate) fn compile(pack: &Pack, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let path = pack.path(Self::FILE);
        vocabulary.define("holiday", []);
        let mut holidays = Self::default();
        if pack.files_in("times").all(|file| file != path) {
            return Ok(holidays);
        }
        let file: File = pack.file(Self::FILE)?;
        for (entry, place) in file.holiday.into_iter().zip(0u16..) {
            let name = entry.names.first().cloned().unwrap_or_default();
            let falls = entry.falls().ok_or_else(|| {
                let ways = "`month` and `day`, or `church` and `easter`, or `dates`";
                PackError::new(&path, format_args!("holiday `{name}` needs {ways}, and no other"))
            })?;
            vocabulary.define("holiday", entry.names.iter().map(String::as_str));
            for name in &entry.names {
                if holidays.places.insert(vocabulary.learn_phrase(name), place).is_some() {
                    let says = format_args!("holiday `{name}` stands there twice");
                    return Err(PackError::new(&path, says));
                }
            }
            let (roughly, on) = (entry.roughly, entry.on);
            holidays.holidays.push(Holiday { name, falls, roughly, on });
        }
        Ok(holidays)
    }

    /// The holiday that some tokens name, all of them, as its place.
    pub(crate) fn named(&self, analysis: &Analysis<'_>, tokens: Tokens) -> Option<u16> {
        let words: Vec<WordId> =
            analysis.tokens.get(tokens.range())?.iter().map(|token| token.word).collect();
        self.places.get(&words).copied()
    }

    /// Its day in a year of the Gregorian calendar, the first where it falls twice; `None` where it
    /// does not fall in it, where its calendar or list does not reach, and before the year 1.
    pub(crate) fn date(&self, holiday: u16, year: i16) -> Option<Date> {
        self.holidays.get(usize::from(holiday))?.falls.in_year(year)
    }

    /// Whether its day may be off by one: set by sighting the moon, or kept a day apart in places.
    pub(crate) fn roughly(&self, holiday: u16) -> bool {
        self.holidays.get(usize::from(holiday)).is_some_and(|holiday| holiday.roughly)
    }

    /// Holds each holiday against the date that it carries as its example. Each line names one that
    /// falls on another day.
    pub(crate) fn examples(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for Holiday { name, falls, roughly, on } in &self.holidays {
            let found = falls.in_year(on.year());
            let off = found.map(|day| day.duration_since(*on).as_hours().abs() / 24);
            if off.is_none_or(|days| days > i64::from(*roughly)) {
                faults.push(format!("{name}: on {found:?}, not on {on}"));
            }
        }
        faults
    }
}
