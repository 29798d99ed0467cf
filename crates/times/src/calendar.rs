//! Dates of any precision, their arithmetic and their TIMEX3 values.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Deserialize;

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn span(self, count: i64) -> Option<Span> {
        match self {
            Self::Day => 0.days().try_days(count).ok(),
            Self::Week => 0.days().try_weeks(count).ok(),
            Self::Month => 0.days().try_months(count).ok(),
            Self::Year => 0.days().try_years(count).ok(),
        }
    }
}

/// A day, or the week, month or year that holds it. It exists in the Gregorian calendar, in the
/// years 0 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// A day of it.
    pub(crate) day: Date,
    /// How precise it is.
    pub(crate) unit: Unit,
}

impl Moment {
    /// The moment as precise as `unit`, `count` units later; `None` beyond the years there are.
    pub(crate) fn moved(self, count: i64, unit: Unit) -> Option<Self> {
        let day = self.day.checked_add(unit.span(count)?).ok()?;
        (day.year() >= 0).then_some(Self { day, unit })
    }

    /// The unit that holds it; `None` where that is more precise than it is itself.
    pub(crate) fn within(self, unit: Unit) -> Option<Self> {
        (unit >= self.unit).then_some(Self { unit, ..self })
    }

    /// Its EDTF value, where EDTF can say it.
    pub(crate) fn edtf(self) -> Option<String> {
        (self.unit != Unit::Week).then(|| self.to_string())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.day.year(), self.day.month());
        match self.unit {
            Unit::Year => write!(f, "{year:04}"),
            Unit::Month => write!(f, "{year:04}-{month:02}"),
            Unit::Day => write!(f, "{year:04}-{month:02}-{:02}", self.day.day()),
            Unit::Week => {
                let week = self.day.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
        }
    }
}
