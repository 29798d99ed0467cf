//! What a match captured, as numbers of the calendar and the clock.

use jiff::civil::Date;
use onrecord_language::{Analysis, Layer, Number, Tokens};
use serde::Deserialize;

use crate::calendar::Unit;
use crate::clock::{Clock, Part};
use crate::figures::{decade, digits, figures, iso, partial, whole_or_short, year};
use crate::length::Amount;
use crate::lexicon::{DatePart, Era, Lexicon, Which, offset};

/// The names under which patterns capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    Year,
    /// The last two digits of a year.
    Short,
    Decade,
    Century,
    Era,
    Month,
    Day,
    Weekday,
    Season,
    Quarter,
    Half,
    Holiday,
    Part,
    Clock,
    /// A time of the clock in hours and minutes: `18:00`, `1800`.
    Minutes,
    /// One with a colon.
    Colon,
    Meridiem,
    Zone,
    /// A date in figures.
    Figures,
    /// A day and month, or a month and year, in figures.
    Partial,
    /// A date, or date and time, of ISO 8601.
    Iso,
    /// A number of units.
    Count,
    /// A further number, of a shorter unit.
    More,
    Lesser,
    /// A number of units that nobody counted.
    Some,
    /// Half a unit, more or alone.
    Plus,
    Unit,
    /// A unit in which something recurs.
    Every,
    Which,
    /// An ordinal: the nth of the pieces of a unit; any other word means the last.
    Nth,
    /// The unit of such pieces.
    Piece,
    /// A day by its distance from today.
    On,
    /// The expression itself, where the pattern takes more than it.
    Time,
    /// The noun of the event that a time is told from.
    Event,
}

/// A year as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// Whole; 0 is the year before the first.
    Whole(i16),
    /// Its last two digits.
    Short(i16),
}

impl Year {
    /// Whether a number is taken for a year only where its era is told.
    pub(crate) fn needs_era(self) -> bool {
        matches!(self, Self::Whole(0..1000))
    }
}

/// What a match captured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Fields {
    pub(crate) year: Option<Year>,
    /// By its first year.
    pub(crate) decade: Option<Year>,
    /// The nth; before the first where it is negative.
    pub(crate) century: Option<i16>,
    pub(crate) era: Option<Era>,
    /// 1 to 12 where the calendar has it; figures may tell another.
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    /// 1 is Monday.
    pub(crate) weekday: Option<i8>,
    /// By its first month.
    pub(crate) season: Option<i8>,
    pub(crate) quarter: Option<i8>,
    pub(crate) half: Option<i8>,
    pub(crate) holiday: Option<u16>,
    pub(crate) part: Option<Part>,
    pub(crate) clock: Option<Clock>,
    pub(crate) amount: Option<Amount>,
    pub(crate) unit: Option<Unit>,
    pub(crate) more: Option<f64>,
    pub(crate) lesser: Option<Unit>,
    pub(crate) which: Option<Which>,
    /// 1 and on; -1 is the last.
    pub(crate) nth: Option<i8>,
    pub(crate) piece: Option<Unit>,
    /// Three numbers of a date in figures whose order is open.
    pub(crate) figures: Option<[i16; 3]>,
}

/// Where a match's captures are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'r> {
    pub(crate) lexicon: &'r Lexicon,
    pub(crate) holidays: &'r crate::holiday::Holidays,
    pub(crate) analysis: &'r Analysis<'r>,
    pub(crate) numbers: &'r Layer,
    pub(crate) values: &'r [Number],
}

impl Reader<'_> {
    /// The fields of a match; `None` where its digits are none of what they were captured as.
    pub(crate) fn fields(&self, captures: impl Iterator<Item = (Field, Tokens)>) -> Option<Fields> {
        let lexicon = self.lexicon;
        let mut fields = Fields::default();
        let (mut meridiem, mut zone, mut times) = (None, None, 1);
        for (field, tokens) in captures {
            let text = self.analysis.words(tokens);
            let word = self.analysis.token(tokens.start).word;
            match field {
                Field::Year => fields.year = Some(year(text)?),
                Field::Short => {
                    let number = digits(text).filter(|_| text.len() == 2)?;
                    fields.year = Some(Year::Short(number));
                }
                Field::Decade => {
                    let first = lexicon.decades.get(&word).copied().map(Year::Short);
                    fields.decade = Some(first.or_else(|| decade(text))?);
                }
                Field::Century => {
                    let number = self.whole(tokens).filter(|n| (1..100).contains(n))?;
                    fields.century = i16::try_from(number).ok();
                }
                Field::Era => fields.era = lexicon.eras.get(&word).copied(),
                Field::Month => fields.month = lexicon.months.get(&word).copied(),
                Field::Day => {
                    let number = self.whole(tokens).filter(|n| (1..=99).contains(n))?;
                    fields.day = i8::try_from(number).ok();
                }
                Field::Weekday => fields.weekday = lexicon.weekdays.get(&word).copied(),
                Field::Season => fields.season = lexicon.seasons.get(&word).copied(),
                Field::Quarter => {
                    let named = lexicon.quarters.get(&word).copied();
                    fields.quarter = Some(named.or_else(|| self.up_to(4, tokens))?);
                }
                Field::Half => {
                    let named = lexicon.halves.get(&word).copied();
                    fields.half = Some(named.or_else(|| self.up_to(2, tokens))?);
                }
                Field::Holiday => {
                    fields.holiday = Some(self.holidays.named(self.analysis, tokens)?);
                }
                Field::Part => fields.part = lexicon.parts.get(&word).copied(),
                Field::Clock => fields.clock = Some(self.clock(tokens)?),
                Field::Minutes | Field::Colon => {
                    let parted = text.contains(':');
                    let whole = parted || field == Field::Minutes && text.len() >= 4;
                    fields.clock = Some(whole.then(|| Clock::of_digits(text))??);
                }
                Field::Meridiem => meridiem = lexicon.meridiems.get(&word).copied(),
                Field::Zone => {
                    let told = lexicon.zones.get(&word).copied();
                    zone = Some(told.or_else(|| offset(text))?);
                }
                Field::Figures => fields.figures = Some(figures(text)?),
                Field::Partial => partial(text, lexicon.order, &mut fields)?,
                Field::Iso => iso(text, &mut fields)?,
                Field::Count => {
                    let count = self.count(tokens)?;
                    fields.amount = Some(Amount::Counted(count));
                }
                Field::More => fields.more = Some(self.count(tokens)?),
                Field::Lesser => {
                    let (_, unit) = lexicon.units.get(&word).copied()?;
                    fields.lesser = Some(unit).filter(|lesser| Some(*lesser) < fields.unit);
                    fields.lesser?;
                }
                Field::Some => fields.amount = Some(Amount::Some),
                Field::Plus => {
                    let whole = match fields.amount {
                        Some(Amount::Counted(count)) => count,
                        _ => 0.0,
                    };
                    fields.amount = Some(Amount::Counted(whole + 0.5));
                }
                Field::Unit => {
                    let (count, unit) = lexicon.units.get(&word).copied()?;
                    (times, fields.unit) = (count, Some(unit));
                }
                Field::Every => fields.unit = lexicon.every.get(&word).copied(),
                Field::On => fields.which = lexicon.on.get(&word).copied(),
                Field::Which => fields.which = lexicon.which.get(&word).copied(),
                Field::Nth => {
                    let nth = self.whole(tokens).and_then(|nth| i8::try_from(nth).ok());
                    fields.nth = Some(nth.unwrap_or(-1));
                }
                Field::Piece => fields.piece = lexicon.units.get(&word).map(|(_, unit)| *unit),
                Field::Time | Field::Event => {}
            }
        }
        fields.amount = match (fields.amount, times) {
            (None, 2..) => Some(Amount::Counted(1.0).times(times)),
            (amount, _) => amount.map(|amount| amount.times(times)),
        };
        if let Some(clock) = &mut fields.clock {
            if let Some(meridiem) = meridiem {
                *clock = clock.in_half(meridiem)?;
            }
            clock.offset = zone.or(clock.offset);
        }
        if let (Some(clock), Some(part), None) = (&mut fields.clock, fields.part, meridiem) {
            *clock = clock.in_part(part);
        }
        fields.count_in_era();
        // Only beside its year is a number that no month has a day.
        let day = fields.day.is_none_or(|day| day <= 31 || fields.year.is_some());
        day.then_some(fields)
    }

    fn whole(&self, tokens: Tokens) -> Option<i64> {
        self.lexicon.whole(self.analysis, (self.numbers, self.values), tokens)
    }

    fn up_to(&self, most: i64, tokens: Tokens) -> Option<i8> {
        let number = self.whole(tokens).filter(|number| (1..=most).contains(number))?;
        i8::try_from(number).ok()
    }

    /// A number, or one for an article.
    fn count(&self, tokens: Tokens) -> Option<f64> {
        let Some((_, place)) = self.numbers.at(tokens.start) else { return Some(1.0) };
        Some(self.values.get(place as usize)?.value)
    }

    fn clock(&self, tokens: Tokens) -> Option<Clock> {
        if let Some(clock) = self.lexicon.clocks.get(&self.analysis.token(tokens.start).word) {
            return Some(*clock);
        }
        Clock::of_digits(self.analysis.words(tokens)).or_else(|| {
            let hour = self.whole(tokens).filter(|hour| (1..=12).contains(hour))?;
            Some(Clock { hour: u8::try_from(hour).ok()?, minute: 0, second: None, offset: None })
        })
    }
}

impl Fields {
    /// Counts the years in the era that is told.
    fn count_in_era(&mut self) {
        let Some(era) = self.era else { return };
        if let Some(Year::Whole(year) | Year::Short(year)) = self.year {
            self.year = Some(Year::Whole(if era == Era::Bc { 1 - year } else { year }));
        }
        if era == Era::Bc {
            self.century = self.century.map(|century| -century);
        }
    }

    /// Sets the date that figures tell in an order; a month or day may be none.
    pub(crate) fn set_figures(&mut self, figures: [i16; 3], order: [DatePart; 3]) {
        self.figures = None;
        for (number, part) in figures.into_iter().zip(order) {
            match part {
                DatePart::Year => self.year = Some(whole_or_short(number)),
                DatePart::Month => self.month = i8::try_from(number).ok(),
                DatePart::Day => self.day = i8::try_from(number).ok(),
            }
        }
    }

    /// Whether it tells a part of the year, so that it wants one.
    pub(crate) fn of_year(&self) -> bool {
        let parts = [self.month, self.season, self.quarter, self.half];
        parts.iter().any(Option::is_some) || self.holiday.is_some()
    }

    /// What a length in these units is longer by.
    pub(crate) fn rest(&self) -> Option<(f64, Unit)> {
        Some((self.more?, self.lesser?))
    }

    /// Whether it tells a day.
    pub(crate) fn tells_day(&self) -> bool {
        self.day.is_some() || self.weekday.is_some() || self.holiday.is_some()
    }

    /// Whether it tells a time of the clock and nothing of its day.
    pub(crate) fn tells_clock_alone(&self) -> bool {
        self.clock.is_some() && *self == Self { clock: self.clock, ..Self::default() }
    }

    /// Whether a date of these fields exists in any year.
    pub(crate) fn date(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month?, self.day?).ok()
    }
}
