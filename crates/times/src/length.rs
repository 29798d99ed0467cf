//! Lengths of time and how TIMEX3 writes them.

use std::fmt;

use crate::calendar::Unit;

/// How many units: a number, or some that nobody counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Amount {
    /// Finite and at least 0.
    Counted(f64),
    Some,
}

impl Amount {
    /// So many times as many.
    pub(crate) fn times(self, times: i64) -> Self {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "a few at most")]
            Self::Counted(count) => Self::Counted(count * times as f64),
            Self::Some => Self::Some,
        }
    }

    /// As a whole number of units; `None` where it has a fraction or is beyond all calendars.
    pub(crate) fn whole(self) -> Option<i64> {
        match self {
            #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
            Self::Counted(count) if count.fract() == 0.0 && count < 1e6 => Some(count as i64),
            _ => None,
        }
    }
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Length {
    pub(crate) amount: Amount,
    pub(crate) unit: Unit,
    /// What it is longer by, in a shorter unit: six years and three months.
    pub(crate) rest: Option<(f64, Unit)>,
}

/// Its TIMEX3 value, such as `P3D`, `PT30M`, `P2.5Y`, `PXW`, `P6Y3M`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((count, unit)) = self.rest else { return self.fmt_plain(f) };
        let whole = Self { rest: None, ..*self };
        let rest = Self { amount: Amount::Counted(count), unit, rest: None }.to_string();
        // The clock begins once.
        let prefix = if whole.unit < Unit::Day { "PT" } else { "P" };
        write!(f, "{whole}{}", rest.trim_start_matches(prefix))
    }
}

impl Length {
    fn fmt_plain(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (times, clock, letter) = match self.unit {
            Unit::Second => (1.0, "T", 'S'),
            Unit::Minute => (1.0, "T", 'M'),
            Unit::Hour => (1.0, "T", 'H'),
            Unit::Day => (1.0, "", 'D'),
            Unit::Weekend => return self.fmt_weekends(f),
            Unit::Week => (1.0, "", 'W'),
            Unit::Month => (1.0, "", 'M'),
            Unit::Season | Unit::Quarter => (3.0, "", 'M'),
            Unit::Half => (6.0, "", 'M'),
            Unit::Year => (1.0, "", 'Y'),
            Unit::Decade => (10.0, "", 'Y'),
            Unit::Century => (100.0, "", 'Y'),
        };
        let Amount::Counted(count) = self.amount else { return write!(f, "P{clock}X{letter}") };
        let count = count * times;
        // Halves and the like in the next shorter unit, where they are whole there.
        let shorter = match (clock, letter) {
            ("T", 'M') => Some((60.0, "T", 'S')),
            ("T", 'H') => Some((60.0, "T", 'M')),
            (_, 'D') => Some((24.0, "T", 'H')),
            (_, 'Y') if count < 1.0 => Some((12.0, "", 'M')),
            _ => None,
        };
        match shorter {
            Some((each, clock, letter)) if count < 2.0 && count.fract() > 0.0 => {
                write!(f, "P{clock}{}{letter}", count * each)
            }
            _ => write!(f, "P{clock}{count}{letter}"),
        }
    }

    /// The same in the unit that a calendar is moved by: in years for decades and centuries, as a
    /// decade ago was some year, and in the shorter unit where there are two.
    pub(crate) fn in_one_unit(self) -> Option<Self> {
        let moved = |times, unit| Self { amount: self.amount.times(times), unit, rest: None };
        let times = match (self.unit, self.rest) {
            (Unit::Decade, None) => return Some(moved(10, Unit::Year)),
            (Unit::Century, None) => return Some(moved(100, Unit::Year)),
            (_, None) => return Some(self),
            (Unit::Year, Some((_, Unit::Month))) => 12,
            (Unit::Week, Some((_, Unit::Day))) => 7,
            _ => return None,
        };
        let (more, unit) = self.rest?;
        match self.amount.times(times) {
            Amount::Counted(count) => {
                Some(Self { amount: Amount::Counted(count + more), unit, rest: None })
            }
            Amount::Some => None,
        }
    }

    fn fmt_weekends(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount {
            Amount::Counted(count) => write!(f, "P{count}WE"),
            Amount::Some => f.write_str("PXWE"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_the_standard_has_them() {
        let length = |count, unit| Length { amount: Amount::Counted(count), unit, rest: None };
        let said = |count, unit| length(count, unit).to_string();
        assert_eq!(said(3.0, Unit::Day), "P3D");
        assert_eq!(said(16.0, Unit::Hour), "PT16H");
        assert_eq!(said(0.5, Unit::Hour), "PT30M");
        assert_eq!(said(1.5, Unit::Hour), "PT90M");
        assert_eq!(said(0.5, Unit::Day), "PT12H");
        assert_eq!(said(0.5, Unit::Year), "P6M");
        assert_eq!(said(2.5, Unit::Year), "P2.5Y");
        assert_eq!(said(4.0, Unit::Decade), "P40Y");
        assert_eq!(said(0.5, Unit::Century), "P50Y");
        assert_eq!(said(2.0, Unit::Weekend), "P2WE");
        let some = Length { amount: Amount::Some, ..length(1.0, Unit::Minute) };
        assert_eq!(some.to_string(), "PTXM");
        let two = |count, unit, rest| Length { rest: Some(rest), ..length(count, unit) };
        let six_years = two(6.0, Unit::Year, (3.0, Unit::Month));
        assert_eq!(six_years.to_string(), "P6Y3M");
        assert_eq!(two(1.0, Unit::Hour, (20.0, Unit::Minute)).to_string(), "PT1H20M");
        let two_days = two(2.0, Unit::Day, (12.0, Unit::Hour));
        assert_eq!(two_days.to_string(), "P2DT12H");
        assert_eq!(six_years.in_one_unit(), Some(length(75.0, Unit::Month)));
        assert_eq!(length(2.0, Unit::Decade).in_one_unit(), Some(length(20.0, Unit::Year)));
        assert_eq!(two_days.in_one_unit(), None);
    }

    #[test]
    fn only_whole_counts_move_a_calendar() {
        assert_eq!(Amount::Counted(3.0).whole(), Some(3));
        assert_eq!(Amount::Counted(2.5).whole(), None);
        assert_eq!(Amount::Counted(1e9).whole(), None);
        assert_eq!(Amount::Some.whole(), None);
    }
}
