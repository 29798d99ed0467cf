//! TIMEX3 values as people write dates.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A value as people write it: `Tue 3 March 2026`, `May 2025`, `week 9 of 2026`. A value of another
/// form is given as it is.
pub(crate) fn date(value: &str) -> String {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    let said = match day.as_bytes() {
        [b'0'..=b'9', ..] if day.len() == 10 => whole(day),
        [b'0'..=b'9', ..] if day.len() == 7 => month(day),
        [b'0'..=b'9', ..] if day.len() == 8 => week(day),
        _ => None,
    };
    match said {
        None => value.to_owned(),
        Some(said) if time.is_empty() => said,
        Some(said) => format!("{said}, {}", clock(time)),
    }
}

/// A key that sorts values by the first day they can mean, the wider first; `None` for a value that
/// is no date or has a time of day.
pub(crate) fn order(value: &str) -> Option<(Date, usize)> {
    let year: i16 = value.get(..4)?.parse().ok()?;
    let first = match (value.len(), value.get(4..6)) {
        (10, _) => value.parse().ok()?,
        (8, Some("-W")) => monday(year, value.get(6..)?)?,
        (7, _) => Date::new(year, value.get(5..)?.parse().ok()?, 1).ok()?,
        (4, _) => Date::new(year, 1, 1).ok()?,
        _ => return None,
    };
    Some((first, value.len()))
}

fn whole(day: &str) -> Option<String> {
    let date: Date = day.parse().ok()?;
    let weekday = match date.weekday() {
        jiff::civil::Weekday::Monday => "Mon",
        jiff::civil::Weekday::Tuesday => "Tue",
        jiff::civil::Weekday::Wednesday => "Wed",
        jiff::civil::Weekday::Thursday => "Thu",
        jiff::civil::Weekday::Friday => "Fri",
        jiff::civil::Weekday::Saturday => "Sat",
        jiff::civil::Weekday::Sunday => "Sun",
    };
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()) - 1)?;
    Some(format!("{weekday} {} {month} {}", date.day(), date.year()))
}

fn month(day: &str) -> Option<String> {
    let (year, month) = day.split_once('-')?;
    let month: usize = month.parse().ok()?;
    Some(format!("{} {year}", MONTHS.get(month.checked_sub(1)?)?))
}

fn week(day: &str) -> Option<String> {
    let (year, week) = day.split_once("-W")?;
    Some(format!("week {} of {year}", week.parse::<u8>().ok()?))
}

/// The Monday of an ISO week.
fn monday(year: i16, week: &str) -> Option<Date> {
    let week = week.parse().ok()?;
    jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday)
        .ok()
        .map(jiff::civil::ISOWeekDate::date)
}

/// The time of day: hours and minutes with their zone.
fn clock(time: &str) -> String {
    let part = match time {
        "MO" => "morning",
        "MI" => "midday",
        "AF" => "afternoon",
        "EV" => "evening",
        "NI" => "night",
        _ => {
            let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
            let (hours, zone) = time.split_at(zone);
            let hours = hours.get(..5).unwrap_or(hours);
            let zone = if zone == "Z" { "UTC" } else { zone };
            return format!("{hours} {zone}").trim_end().to_owned();
        }
    };
    part.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_said_as_people_write_them() {
        assert_eq!(date("2026-03-03"), "Tue 3 March 2026");
        assert_eq!(date("2026-03-03T09:30"), "Tue 3 March 2026, 09:30");
        assert_eq!(date("2026-03-03T09:30:12Z"), "Tue 3 March 2026, 09:30 UTC");
        assert_eq!(date("2026-03-03T18:20:00+01:00"), "Tue 3 March 2026, 18:20 +01:00");
        assert_eq!(date("2026-03-03TEV"), "Tue 3 March 2026, evening");
        assert_eq!(date("2025-05"), "May 2025");
        assert_eq!(date("2026-W09"), "week 9 of 2026");
        assert_eq!(date("2024"), "2024");
    }

    #[test]
    fn values_of_other_forms_stay_as_they_are() {
        for value in ["P3D", "PRESENT_REF", "2026-13-40", "2025-00", "202é-é", "", "T"] {
            assert_eq!(date(value), value);
        }
    }

    #[test]
    fn dates_sort_by_their_first_day() {
        let sorted = ["2025", "2025-05", "2025-05-01", "2026-W09", "2026-02-24", "2026-03"];
        let keys: Vec<_> = sorted.iter().map(|value| order(value).unwrap()).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(order("P3D"), None);
    }
}
