//! Dates of any precision, their arithmetic, and how TIMEX3 and EDTF write them.

use std::fmt;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use serde::Deserialize;

use crate::clock::TimeOfDay;

/// A unit of the calendar or the clock, from short to long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// `count` of it, where the calendar counts in it.
    fn span(self, count: i64) -> Option<Span> {
        let by = |times: i64| count.checked_mul(times);
        match self {
            Self::Second | Self::Minute | Self::Hour => None,
            Self::Day => 0.days().try_days(count).ok(),
            Self::Weekend | Self::Week => 0.days().try_weeks(count).ok(),
            Self::Month => 0.days().try_months(count).ok(),
            Self::Season | Self::Quarter => 0.days().try_months(by(3)?).ok(),
            Self::Half => 0.days().try_months(by(6)?).ok(),
            Self::Year => 0.days().try_years(count).ok(),
            Self::Decade => 0.days().try_years(by(10)?).ok(),
            Self::Century => 0.days().try_years(by(100)?).ok(),
        }
    }

    /// The first day of the one that holds `day`.
    fn start(self, day: Date) -> Option<Date> {
        let monday = i64::from(day.weekday().to_monday_zero_offset());
        let (year, month) = (day.year(), day.month());
        let months = |each: i8| Date::new(year, (month - 1) / each * each + 1, 1).ok();
        let years = |each: i16| Date::new(year.div_euclid(each) * each, 1, 1).ok();
        match self {
            Self::Second | Self::Minute | Self::Hour | Self::Day => Some(day),
            Self::Week => day.checked_sub(monday.days()).ok(),
            Self::Weekend => day.checked_add((5 - monday).days()).ok(),
            Self::Month => months(1),
            // The last one of a year runs on into the next.
            Self::Season if month < 3 => Date::new(year.checked_sub(1)?, 12, 1).ok(),
            Self::Season => Date::new(year, month / 3 * 3, 1).ok(),
            Self::Quarter => months(3),
            Self::Half => months(6),
            Self::Year => years(1),
            Self::Decade => years(10),
            // The hundred years before the first end with it.
            Self::Century if year < 0 => Date::new((year - 1).div_euclid(100) * 100 + 1, 1, 1).ok(),
            Self::Century => years(100),
        }
    }
}

/// A day, or the longer unit that begins with it. It exists in the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Its first day.
    pub(crate) day: Date,
    /// How precise it is.
    pub(crate) unit: Unit,
    /// The time of that day, where it is a day.
    pub(crate) time: Option<TimeOfDay>,
}

impl Moment {
    /// The unit that holds a day; `None` beyond the years there are.
    pub(crate) fn of(day: Date, unit: Unit) -> Option<Self> {
        Some(Self { day: unit.start(day)?, unit, time: None })
    }

    /// A day.
    pub(crate) fn on(day: Date) -> Self {
        Self { day, unit: Unit::Day, time: None }
    }

    /// The moment as precise as `unit`, `count` units later; `None` beyond the years there are,
    /// and for units of the clock.
    pub(crate) fn moved(self, count: i64, unit: Unit) -> Option<Self> {
        // The first day of a unit, so that no month is too short for it.
        let from = if unit <= Unit::Week { self.day } else { unit.start(self.day)? };
        Self::of(from.checked_add(unit.span(count)?).ok()?, unit)
    }

    /// The day after its last.
    pub(crate) fn end(self) -> Option<Date> {
        let days = if self.unit == Unit::Weekend { 2 } else { 1 };
        let span = if days == 2 { 2.days() } else { self.unit.max(Unit::Day).span(1)? };
        self.day.checked_add(span).ok()
    }

    /// The nth of the shorter units in it, or the last where `nth` is negative; `None` where it has
    /// none. A week belongs where most of its days are.
    pub(crate) fn nth(self, nth: i8, unit: Unit) -> Option<Self> {
        let middle = if unit == Unit::Week { 3.days() } else { 0.days() };
        let piece = if nth < 0 {
            let last = self.end()?.yesterday().ok()?.checked_sub(middle).ok()?;
            let piece = Self::of(last, unit)?;
            if piece.day > last { piece.moved(-1, unit)? } else { piece }
        } else {
            let first = Self::of(self.day.checked_add(middle).ok()?, unit)?;
            first.moved(i64::from(nth) - 1, unit)?
        };
        (nth != 0 && self.unit > unit && self.holds(piece.day.max(self.day))).then_some(piece)
    }

    /// The nth such day of the week in it, or the last where `nth` is negative.
    pub(crate) fn nth_weekday(self, nth: i8, weekday: Weekday) -> Option<Self> {
        let before = match nth {
            0 => return None,
            1.. => self.day.yesterday().ok()?,
            _ => self.end()?,
        };
        let day = before.nth_weekday(nth.into(), weekday).ok()?;
        self.holds(day).then_some(Self::on(day))
    }

    /// Whether a day lies in it.
    pub(crate) fn holds(self, day: Date) -> bool {
        self.day <= day && self.end().is_none_or(|end| day < end)
    }

    /// The day of the week on which it falls, for a day.
    pub(crate) fn weekday(self) -> Option<Weekday> {
        (self.unit == Unit::Day).then(|| self.day.weekday())
    }

    /// Its EDTF value (ISO 8601-2, levels 0 to 2), where EDTF can say it.
    pub(crate) fn edtf(self) -> Option<String> {
        let (year, month) = (self.day.year(), self.day.month());
        let sign = if year < 0 { "-" } else { "" };
        let years = year.unsigned_abs();
        // The codes of seasons, quarters and halves of level 2.
        let part = |code: i8| Some(format!("{sign}{years:04}-{code}"));
        match self.unit {
            Unit::Week | Unit::Weekend | Unit::Hour | Unit::Minute | Unit::Second => None,
            Unit::Day if self.time.is_some() => None,
            Unit::Day => Some(format!("{sign}{years:04}-{month:02}-{:02}", self.day.day())),
            Unit::Month => Some(format!("{sign}{years:04}-{month:02}")),
            Unit::Season => part(20 + month / 3),
            Unit::Quarter => part(33 + month / 3),
            Unit::Half => part(40 + month / 6),
            Unit::Year => Some(format!("{sign}{years:04}")),
            Unit::Decade if year >= 0 => Some(format!("{:03}X", years / 10)),
            Unit::Century if year >= 0 => Some(format!("{:02}XX", years / 100)),
            Unit::Decade | Unit::Century => None,
        }
    }
}

/// Its TIMEX3 value.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.day.year(), self.day.month());
        // The year before the first is the first before it: there is no year nought.
        let (era, years) = if year > 0 { ("", year) } else { ("BC", 1 - year) };
        match self.unit {
            Unit::Decade => return write!(f, "{era}{:03}", years / 10),
            Unit::Century if year >= 0 => return write!(f, "{:02}", years / 100),
            Unit::Century => return write!(f, "{era}{:02}", (years - 1) / 100),
            Unit::Week | Unit::Weekend => {
                let week = self.day.iso_week_date();
                let end = if self.unit == Unit::Weekend { "-WE" } else { "" };
                return write!(f, "{:04}-W{:02}{end}", week.year(), week.week());
            }
            _ => write!(f, "{era}{years:04}")?,
        }
        match self.unit {
            Unit::Season => f.write_str(match month {
                3 => "-SP",
                6 => "-SU",
                9 => "-FA",
                _ => "-WI",
            }),
            Unit::Quarter => write!(f, "-Q{}", month / 3 + 1),
            Unit::Half => write!(f, "-H{}", month / 6 + 1),
            Unit::Month => write!(f, "-{month:02}"),
            Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => {
                write!(f, "-{month:02}-{:02}", self.day.day())?;
                self.time.map_or(Ok(()), |time| time.fmt(f))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn said(day: Date, unit: Unit) -> (String, Option<String>) {
        let moment = Moment::of(day, unit).unwrap();
        (moment.to_string(), moment.edtf())
    }

    #[test]
    fn every_unit_has_the_value_of_the_one_that_holds_a_day() {
        let day = date(2024, 2, 29);
        let expected = [
            (Unit::Day, "2024-02-29", Some("2024-02-29")),
            (Unit::Weekend, "2024-W09-WE", None),
            (Unit::Week, "2024-W09", None),
            (Unit::Month, "2024-02", Some("2024-02")),
            (Unit::Season, "2023-WI", Some("2023-24")),
            (Unit::Quarter, "2024-Q1", Some("2024-33")),
            (Unit::Half, "2024-H1", Some("2024-40")),
            (Unit::Year, "2024", Some("2024")),
            (Unit::Decade, "202", Some("202X")),
            (Unit::Century, "20", Some("20XX")),
        ];
        for (unit, value, edtf) in expected {
            assert_eq!(said(day, unit), (value.to_owned(), edtf.map(str::to_owned)), "{unit:?}");
        }
        assert_eq!(said(date(2024, 11, 5), Unit::Quarter).0, "2024-Q4");
        assert_eq!(said(date(2024, 11, 5), Unit::Half), ("2024-H2".into(), Some("2024-41".into())));
    }

    #[test]
    fn there_is_no_year_nought() {
        assert_eq!(said(date(-263, 1, 1), Unit::Year), ("BC0264".into(), Some("-0263".into())));
        assert_eq!(said(date(0, 1, 1), Unit::Year), ("BC0001".into(), Some("0000".into())));
        assert_eq!(said(date(-899, 1, 1), Unit::Century).0, "BC08");
    }

    #[test]
    fn a_short_month_moves_no_day() {
        let moved =
            |day: Date, count, unit| Moment::on(day).moved(count, unit).unwrap().to_string();
        assert_eq!(moved(date(2023, 3, 31), -1, Unit::Month), "2023-02");
        assert_eq!(moved(date(2024, 2, 29), 1, Unit::Year), "2025");
        assert_eq!(moved(date(2025, 1, 1), -1, Unit::Week), "2024-W52");
        assert_eq!(moved(date(2025, 1, 1), -1, Unit::Day), "2024-12-31");
        assert!(Moment::on(date(2025, 1, 1)).moved(1, Unit::Hour).is_none());
        assert!(Moment::on(date(9999, 1, 1)).moved(1, Unit::Century).is_none());
        assert!(Moment::on(date(2025, 1, 1)).moved(i64::MAX, Unit::Century).is_none());
    }

    #[test]
    fn a_unit_has_pieces() {
        let march = Moment::of(date(2009, 3, 10), Unit::Month).unwrap();
        let nth = |nth, unit| march.nth(nth, unit).map(|piece| piece.to_string());
        assert_eq!(nth(1, Unit::Week).as_deref(), Some("2009-W10"));
        assert_eq!(nth(-1, Unit::Week).as_deref(), Some("2009-W13"));
        assert_eq!(nth(-1, Unit::Day).as_deref(), Some("2009-03-31"));
        assert_eq!(nth(-1, Unit::Weekend).as_deref(), Some("2009-W13-WE"));
        assert_eq!([nth(6, Unit::Week), nth(32, Unit::Day), nth(0, Unit::Day)], [None, None, None]);
        assert_eq!(nth(1, Unit::Month), None);
        let weekday = |nth| march.nth_weekday(nth, Weekday::Monday).map(|day| day.to_string());
        assert_eq!(weekday(1).as_deref(), Some("2009-03-02"));
        assert_eq!(weekday(-1).as_deref(), Some("2009-03-30"));
        assert_eq!([weekday(6), weekday(0)], [None, None]);
        let year = Moment::of(date(2009, 3, 10), Unit::Year).unwrap();
        assert_eq!(year.nth(-1, Unit::Month).unwrap().to_string(), "2009-12");
    }

    #[test]
    fn a_unit_holds_its_days() {
        let month = Moment::of(date(2024, 2, 10), Unit::Month).unwrap();
        assert!(month.holds(date(2024, 2, 29)) && !month.holds(date(2024, 3, 1)));
        let weekend = Moment::of(date(2024, 2, 28), Unit::Weekend).unwrap();
        assert!(weekend.holds(date(2024, 3, 3)) && !weekend.holds(date(2024, 3, 4)));
    }
}
