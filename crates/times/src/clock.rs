//! Times of the day and how TIMEX3 writes them.

use std::fmt;

use serde::Deserialize;

/// A time of some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeOfDay {
    Part(Part),
    Clock(Clock),
}

/// A part of the day, by its TIMEX3 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Part {
    /// Morning.
    Mo,
    /// Midday.
    Mi,
    /// Afternoon.
    Af,
    /// Evening.
    Ev,
    /// Night.
    Ni,
    /// Daytime.
    Dt,
}

/// A time of the clock: hours 0 to 24, minutes and seconds below 60.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: Option<u8>,
    /// How far its zone is ahead of universal time, in minutes; `None` where none is told.
    pub(crate) offset: Option<i16>,
}

/// Which half of the day a clock of twelve hours tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Meridiem {
    Am,
    Pm,
}

impl Clock {
    /// The clock that words of digits tell: `7`, `7:30`, `7.30`, `0730`, `19:30:15`.
    pub(crate) fn of_digits(word: &str) -> Option<Self> {
        let number = |part: &str| -> Option<u8> {
            ((1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())?
        };
        let full = |part: &str| number(part).filter(|n| part.len() == 2 && *n < 60);
        let (hour, minute, second) = if let Some((hour, minute)) = split_four(word) {
            (number(hour)?, full(minute)?, None)
        } else {
            let mut parts = word.split([':', '.']);
            let hour = number(parts.next()?)?;
            let minute = parts.next().map_or(Some(0), full)?;
            let second = match parts.next() {
                Some(part) => Some(full(part)?),
                None => None,
            };
            parts.next().is_none().then_some(())?;
            (hour, minute, second)
        };
        Self { hour, minute, second, offset: None }.valid()
    }

    /// The same on a clock of twelve hours, in one half of the day; `None` beyond its hours.
    pub(crate) fn in_half(self, meridiem: Meridiem) -> Option<Self> {
        let hour = match (meridiem, self.hour) {
            (Meridiem::Am, 12) => 0,
            (Meridiem::Am, hour) => hour,
            // A clock of twenty-four hours with the half told all the same.
            (Meridiem::Pm, 12..=23) => self.hour,
            (Meridiem::Pm, hour) => hour + 12,
        };
        (hour < 24 && (meridiem == Meridiem::Pm || hour < 12)).then_some(Self { hour, ..self })
    }

    /// The same where a part of the day tells which half of it is meant: ten in the evening. What
    /// is told in twenty-four hours stays.
    pub(crate) fn in_part(self, part: Part) -> Self {
        let late = match part {
            Part::Mo | Part::Dt => false,
            Part::Mi => self.hour < 6,
            Part::Af | Part::Ev => true,
            Part::Ni => self.hour >= 6,
        };
        if late && self.hour < 12 { Self { hour: self.hour + 12, ..self } } else { self }
    }

    fn valid(self) -> Option<Self> {
        let whole = self.minute == 0 && self.second.is_none_or(|second| second == 0);
        (self.hour < 24 || (self.hour == 24 && whole)).then_some(self)
    }
}

/// Hours and minutes of four digits.
fn split_four(word: &str) -> Option<(&str, &str)> {
    let four = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    four.then(|| word.split_at(2))
}

/// Its part of a TIMEX3 value, such as `T15:30` or `TMO`.
impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(part) => f.write_str(match part {
                Part::Mo => "TMO",
                Part::Mi => "TMI",
                Part::Af => "TAF",
                Part::Ev => "TEV",
                Part::Ni => "TNI",
                Part::Dt => "TDT",
            }),
            Self::Clock(clock) => {
                write!(f, "T{:02}:{:02}", clock.hour, clock.minute)?;
                if let Some(second) = clock.second {
                    write!(f, ":{second:02}")?;
                }
                match clock.offset {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(offset) => {
                        let sign = if offset < 0 { '-' } else { '+' };
                        let minutes = offset.unsigned_abs();
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(word: &str) -> Option<String> {
        Clock::of_digits(word).map(|clock| TimeOfDay::Clock(clock).to_string())
    }

    #[test]
    fn clocks_are_read_as_they_are_written() {
        for (word, value) in [
            ("7", "T07:00"),
            ("7:30", "T07:30"),
            ("07.30", "T07:30"),
            ("0730", "T07:30"),
            ("19:30:15", "T19:30:15"),
            ("24:00", "T24:00"),
        ] {
            assert_eq!(said(word).as_deref(), Some(value), "{word}");
        }
        for word in ["25:00", "24:01", "7:3", "7:60", "1:2:3:4", "", ":", "2460", "007", "١:٠٠"]
        {
            assert_eq!(said(word), None, "{word}");
        }
    }

    #[test]
    fn a_clock_of_twelve_hours_has_two_halves() {
        let half = |word, meridiem| {
            Clock::of_digits(word).and_then(|clock| clock.in_half(meridiem)).map(|c| c.hour)
        };
        assert_eq!(half("12", Meridiem::Am), Some(0));
        assert_eq!(half("12", Meridiem::Pm), Some(12));
        assert_eq!(half("3:30", Meridiem::Pm), Some(15));
        assert_eq!(half("15:30", Meridiem::Pm), Some(15));
        assert_eq!(half("15:30", Meridiem::Am), None);
        assert_eq!(half("24", Meridiem::Pm), None);
    }

    #[test]
    fn a_part_of_the_day_tells_the_half() {
        let hour = |word, part| Clock::of_digits(word).map(|clock| clock.in_part(part).hour);
        assert_eq!(hour("5", Part::Mo), Some(5));
        assert_eq!(hour("5", Part::Af), Some(17));
        assert_eq!(hour("10", Part::Ni), Some(22));
        assert_eq!(hour("2", Part::Ni), Some(2));
        assert_eq!(hour("17", Part::Af), Some(17));
    }

    #[test]
    fn zones_stand_behind_the_clock() {
        let at = |offset| {
            let clock = Clock { hour: 4, minute: 0, second: None, offset: Some(offset) };
            TimeOfDay::Clock(clock).to_string()
        };
        assert_eq!([at(0), at(-240), at(330)], ["T04:00Z", "T04:00-04:00", "T04:00+05:30"]);
    }
}
