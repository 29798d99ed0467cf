//! What a match captured, as numbers of the calendar and the clock.

use jiff::civil::Date;
use onrecord_language::{Analysis, Layer, Number, Tokens};
use serde::Deserialize;

use crate::calendar::Unit;
use crate::clock::{Clock, Part};
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

fn whole_or_short(number: i16) -> Year {
    if number < 100 { Year::Short(number) } else { Year::Whole(number) }
}

fn digits(text: &str) -> Option<i16> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// A year of one to four digits; behind an apostrophe, its last two.
fn year(text: &str) -> Option<Year> {
    let number = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    match (number.len() < text.len(), number.len()) {
        (false, _) => digits(number).map(Year::Whole),
        (true, 2) => digits(number).map(Year::Short),
        (true, _) => None,
    }
}

/// A decade by its first year: `1990s`, `1990's`, `'90s`.
fn decade(text: &str) -> Option<Year> {
    let from = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = from.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(from.len());
    let number = digits(from.get(..end)?).filter(|number| number % 10 == 0)?;
    match end {
        2 => Some(Year::Short(number)),
        4 => Some(Year::Whole(number)),
        _ => None,
    }
}

/// Three numbers with one kind of mark between them: `31/12/2019`, `4.3.2019`. Between full stops
/// and hyphens one is a year of four digits, so that versions and telephones are no dates.
fn figures(text: &str) -> Option<[i16; 3]> {
    let mark = ['/', '.', '-'].into_iter().find(|mark| text.contains(*mark))?;
    let mut parts = text.split(mark).map(str::trim);
    let all = [parts.next()?, parts.next()?, parts.next()?];
    let long = |part: &&str| part.len() == 4;
    let whole = parts.next().is_none()
        && all[1].len() <= 2
        && all.iter().filter(|part| long(part)).count() <= 1
        && all.iter().all(|part| part.len() <= 2 || long(part))
        && (mark == '/' && all[2].len() >= 2 || all.iter().any(long));
    let [first, second, third] = all.map(digits);
    whole.then_some([first?, second?, third?])
}

/// `12/25` in the usual order, and `3/2019`; only what can be a date.
fn partial(text: &str, order: [DatePart; 3], fields: &mut Fields) -> Option<()> {
    let (first, second) = text.split_once('/')?;
    let [one, other] = [digits(first)?, digits(second)?];
    let month_first = order.iter().find(|part| **part != DatePart::Year) == Some(&DatePart::Month);
    let (month, day) = match (second.len(), one, other) {
        (4, ..) => {
            fields.year = Some(Year::Whole(other));
            (one, None)
        }
        (1 | 2, 13.., _) => (other, Some(one)),
        (1 | 2, _, 13..) => (one, Some(other)),
        (1 | 2, ..) if month_first => (one, Some(other)),
        (1 | 2, ..) => (other, Some(one)),
        _ => return None,
    };
    let fits = (1..=12).contains(&month) && day.is_none_or(|day| (1..=31).contains(&day));
    fields.month = i8::try_from(month).ok().filter(|_| fits);
    fields.day = day.and_then(|day| i8::try_from(day).ok());
    fields.month.map(|_| ())
}

/// `2019-03-04`, `2019-03-04T10:00`, `2019-03-04T10:00:00Z`, `…+02:00`.
fn iso(text: &str, fields: &mut Fields) -> Option<()> {
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let mut next = |length: usize| digits(parts.next()?.get(..)?.get(..length)?);
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    (date.len() == 10).then_some(())?;
    fields.year = Some(Year::Whole(year));
    (fields.month, fields.day) = (i8::try_from(month).ok(), i8::try_from(day).ok());
    if let Some(time) = time {
        let end = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at_checked(end)?;
        let mut clock = Clock::of_digits(clock.split('.').next()?)?;
        clock.offset = match zone {
            "" => None,
            "Z" | "z" => Some(0),
            _ => Some(offset(zone)?),
        };
        fields.clock = Some(clock);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_decades_in_digits() {
        assert_eq!(year("1998"), Some(Year::Whole(1998)));
        assert_eq!(year("'98"), Some(Year::Short(98)));
        assert_eq!(year("264"), Some(Year::Whole(264)));
        assert_eq!(year("19985"), None);
        assert_eq!(decade("1990s"), Some(Year::Whole(1990)));
        assert_eq!(decade("1990 's"), Some(Year::Whole(1990)));
        assert_eq!(decade("'90s"), Some(Year::Short(90)));
        assert_eq!(decade("1995s"), None);
        assert_eq!(decade("747s"), None);
    }

    #[test]
    fn figures_are_dates_only_in_their_forms() {
        assert_eq!(figures("31/12/2019"), Some([31, 12, 2019]));
        assert_eq!(figures("3/4/19"), Some([3, 4, 19]));
        assert_eq!(figures("4.3.2019"), Some([4, 3, 2019]));
        assert_eq!(figures("2019/03/04"), Some([2019, 3, 4]));
        assert_eq!(figures("04 - 03 - 2019"), Some([4, 3, 2019]));
        for none in ["1.2.3", "10-12", "24/7", "1/1/1/1", "555-12-04", "3/4/5", "3/2019/4", "é/1/1"]
        {
            assert_eq!(figures(none), None, "{none}");
        }
    }

    #[test]
    fn parts_of_dates_in_figures() {
        use DatePart::{Day, Month, Year as OfYear};
        let read = |text: &str, order| {
            let mut fields = Fields::default();
            partial(text, order, &mut fields).map(|()| (fields.year, fields.month, fields.day))
        };
        let (ours, theirs) = ([Month, Day, OfYear], [Day, Month, OfYear]);
        assert_eq!(read("9/11", ours), Some((None, Some(9), Some(11))));
        assert_eq!(read("9/11", theirs), Some((None, Some(11), Some(9))));
        assert_eq!(read("25/12", ours), Some((None, Some(12), Some(25))));
        assert_eq!(read("3/2019", ours), Some((Some(Year::Whole(2019)), Some(3), None)));
        for none in ["13/2019", "31/31", "0/5", "5/0", "5", "1/2/3", "1/234"] {
            assert_eq!(read(none, ours), None, "{none}");
        }
    }

    #[test]
    fn dates_of_the_standard() {
        let read = |text: &str| {
            let mut fields = Fields::default();
            iso(text, &mut fields).map(|()| (fields.month, fields.day, fields.clock))
        };
        assert_eq!(read("2019-03-04"), Some((Some(3), Some(4), None)));
        let clock = Clock { hour: 10, minute: 0, second: None, offset: Some(0) };
        assert_eq!(read("2019-03-04T10:00Z"), Some((Some(3), Some(4), Some(clock))));
        for none in ["2019-3-4", "2019-03", "2019-03-04-05", "2019-03-04T", "F-16", "é"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
