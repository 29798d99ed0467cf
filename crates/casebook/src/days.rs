//! The days that a TIMEX3 value can mean, so that values of any width can be compared.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// The first and the last day of a value: of a day, week, month, season (as the quarter it mostly
/// covers is unknown, of the year), year, decade or century. `None` for what is no date.
#[must_use]
pub fn days(value: &str) -> Option<(Date, Date)> {
    let day = value.split_once('T').map_or(value, |(day, _)| day);
    let year = || day.get(..4)?.parse::<i16>().ok();
    let until = |first: Date, span: jiff::Span| {
        let next = first.checked_add(span).ok()?;
        Some((first, next.yesterday().ok()?))
    };
    match (day.len(), day.as_bytes()) {
        (10, [_, _, _, _, b'-', b'0'..=b'9', ..]) => {
            let day = day.parse().ok()?;
            Some((day, day))
        }
        (8, [_, _, _, _, b'-', b'W', ..]) => {
            let week = day.get(6..)?.parse().ok()?;
            until(ISOWeekDate::new(year()?, week, Weekday::Monday).ok()?.date(), 1.week())
        }
        (7, [_, _, _, _, b'-', b'0'..=b'9', ..]) => {
            until(Date::new(year()?, day.get(5..)?.parse().ok()?, 1).ok()?, 1.month())
        }
        (7, [_, _, _, _, b'-', b'Q', ..]) => {
            let quarter: i8 = day.get(6..)?.parse().ok().filter(|q| (1..=4).contains(q))?;
            until(Date::new(year()?, quarter * 3 - 2, 1).ok()?, 3.months())
        }
        (7, [_, _, _, _, b'-', ..]) | (4, _) => until(Date::new(year()?, 1, 1).ok()?, 1.year()),
        (3, _) => until(Date::new(day.parse::<i16>().ok()? * 10, 1, 1).ok()?, 10.years()),
        (2, _) => until(Date::new(day.parse::<i16>().ok()? * 100, 1, 1).ok()?, 100.years()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn a_value_means_all_its_days() {
        let told = |value| days(value).map(|(first, last)| format!("{first} {last}"));
        for (value, expected) in [
            ("2026-03-03", "2026-03-03 2026-03-03"),
            ("2026-03-03T09:30", "2026-03-03 2026-03-03"),
            ("2026-W09", "2026-02-23 2026-03-01"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("2025-Q4", "2025-10-01 2025-12-31"),
            ("2025-SU", "2025-01-01 2025-12-31"),
            ("2025", "2025-01-01 2025-12-31"),
            ("199", "1990-01-01 1999-12-31"),
            ("19", "1900-01-01 1999-12-31"),
        ] {
            assert_eq!(told(value).as_deref(), Some(expected), "{value}");
        }
        for value in ["", "PRESENT_REF", "P3D", "2025-13", "2025-W60", "T09:30", "XXXX-03-03"] {
            assert_eq!(told(value), None, "{value}");
        }
    }
}
