//! The calendars that holidays are counted in, their days told as days of the Gregorian calendar.
//!
//! Arithmetic after Reingold and Dershowitz, *Calendrical Calculations*, 4th edition. The lunisolar
//! calendars of East Asia hang on the places of sun and moon; their floating point comes from
//! `libm`, so that it is the same on every machine.

use calendrical_calculations::chinese_based::{
    Chinese, ChineseBased, Dangi, YearBounds, month_structure_for_year,
};
use calendrical_calculations::hebrew::{ADAR, ADARII, BookHebrew};
use calendrical_calculations::rata_die::RataDie;
use calendrical_calculations::{coptic, ethiopian, gregorian, islamic, julian, persian};
use jiff::civil::Date;
use serde::Deserialize;

/// A calendar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Calendar {
    #[default]
    Gregorian,
    Julian,
    Coptic,
    Ethiopian,
    /// Months from Nisan; the 12th is the last, in a leap year the second Adar.
    Hebrew,
    /// The tabular calendar counted from Thursday, 15 July 622: often a day off what is
    /// announced, seldom two.
    Islamic,
    /// The solar calendar by the rule of 33 years.
    Persian,
    /// As reckoned in Beijing.
    Chinese,
    /// As reckoned in Seoul.
    Korean,
    /// As reckoned in Hanoi.
    Vietnamese,
}

impl Calendar {
    /// The days of the Gregorian calendar that are this month's day in this calendar, in order:
    /// all that fall in the Gregorian `year`, and some around it.
    pub(super) fn days(self, month: u8, day: u8, year: i16) -> impl Iterator<Item = Date> {
        let year = i32::from(year);
        let first = match self {
            Self::Gregorian => year,
            Self::Julian | Self::Chinese | Self::Korean | Self::Vietnamese => year - 1,
            Self::Coptic => year - 285,
            Self::Ethiopian => year - 9,
            Self::Hebrew => year + 3760,
            // Its year is shorter by this: 10,307 of them are 10,000 Gregorian ones.
            Self::Islamic => ((year - 622) * 10_307).div_euclid(10_000),
            Self::Persian => year - 622,
        };
        (first..first + 3).filter_map(move |year| date(self.fixed(year, month, day)?))
    }

    /// The day; `None` before the calendar's first year and where it cannot say.
    fn fixed(self, year: i32, month: u8, day: u8) -> Option<RataDie> {
        if year < 1 {
            return None;
        }
        match self {
            Self::Gregorian => {
                let fixed = gregorian::fixed_from_gregorian(year, month, day);
                // There is no 30 February.
                (gregorian::gregorian_from_fixed(fixed).ok()? == (year, month, day))
                    .then_some(fixed)
            }
            Self::Julian => Some(julian::fixed_from_julian(year, month, day)),
            Self::Coptic => Some(coptic::fixed_from_coptic(year, month, day)),
            Self::Ethiopian => Some(ethiopian::fixed_from_ethiopian(year, month, day)),
            Self::Hebrew => {
                let leap = BookHebrew::is_hebrew_leap_year(year);
                let month = if month == ADAR && leap { ADARII } else { month };
                Some(BookHebrew::fixed_from_book_hebrew(BookHebrew { year, month, day }))
            }
            Self::Islamic => {
                let epoch = islamic::ISLAMIC_EPOCH_THURSDAY;
                Some(islamic::fixed_from_tabular_islamic(year, month, day, epoch))
            }
            Self::Persian => Some(persian::fixed_from_fast_persian(year, month, day)),
            Self::Chinese => lunisolar::<Chinese>(year, month, day),
            Self::Korean => lunisolar::<Dangi>(year, month, day),
            Self::Vietnamese => lunisolar::<Vietnamese>(year, month, day),
        }
    }
}

/// A church that has its own Easter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Church {
    /// By the Gregorian calendar.
    Western,
    /// By the Julian calendar.
    Eastern,
}

impl Church {
    /// Its Easter Sunday; `None` before the year 1.
    pub(super) fn easter(self, year: i16) -> Option<Date> {
        date(match self {
            Self::Western => gregorian::easter(year.into()),
            Self::Eastern => julian::easter(year.into()),
        })
    }
}

/// The Chinese calendar reckoned in Hanoi.
struct Vietnamese;

impl ChineseBased for Vietnamese {
    /// UTC+7 since 1968 in the North and 1976 in the whole of Vietnam, Beijing's before.
    fn utc_offset(fixed: RataDie) -> f64 {
        if fixed < const { gregorian::fixed_from_gregorian(1968, 1, 1) } {
            Chinese::utc_offset(fixed)
        } else {
            7.0 / 24.0
        }
    }

    const EPOCH: RataDie = Chinese::EPOCH;
    const DEBUG_NAME: &'static str = "";
}

/// A day of the lunar year that begins in a Gregorian year, 1900 to 2100, where the
/// reckoning has been held against published tables. Day 0 is the day
/// before the month; a leap month has no days of its own.
fn lunisolar<C: ChineseBased>(year: i32, month: u8, day: u8) -> Option<RataDie> {
    let year = Some(year).filter(|year| (1900..=2100).contains(year))?;
    let year = YearBounds::compute::<C>(gregorian::fixed_from_gregorian(year, 7, 1));
    let (long, leap) = month_structure_for_year::<C>(year.new_year, year.next_new_year);
    // The leap month stands behind the month whose number it repeats.
    let before = usize::from(month - 1) + usize::from(leap.is_some_and(|leap| leap <= month));
    let days: i64 = long.iter().take(before).map(|long| 29 + i64::from(*long)).sum();
    Some(year.new_year + days + i64::from(day) - 1)
}

/// The day as a date; `None` before the year 1 and after 9999.
fn date(fixed: RataDie) -> Option<Date> {
    let (year, month, day) = gregorian::gregorian_from_fixed(fixed).ok()?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(i16::try_from(year).ok()?, month, day).ok().filter(|date| date.year() >= 1)
}
