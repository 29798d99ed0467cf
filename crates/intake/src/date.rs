//! Dates as they are written, and the ISO form of dates and times in metadata.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;

/// A date as it is written: the year may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    year: Option<i16>,
    month: i8,
    day: i8,
    /// The time of day with its zone, as ISO 8601 has them, without the `T`.
    time: Option<String>,
}

impl Written {
    /// A date; `None` where the calendar has no such day. Without a year, February has 29 days.
    pub(crate) fn new(year: Option<i16>, month: i8, day: i8) -> Option<Self> {
        Date::new(year.unwrap_or(2000), month, day).ok()?;
        Some(Self { year, month, day, time: None })
    }

    /// A date or date-time of ISO 8601 or RFC 3339.
    pub(crate) fn iso(text: &str) -> Option<Self> {
        let (date, time) = pieces(text)?;
        Some(Self { year: Some(date.year()), month: date.month(), day: date.day(), time })
    }

    /// The full date, where the year is written.
    pub(crate) fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }

    /// The ISO date or date-time, where the year is written.
    pub(crate) fn value(&self) -> Option<String> {
        self.year.map(|_| self.to_string())
    }

    /// The full date, its year where it is missing the one that brings it nearest to `published`
    /// without being more than three days after it.
    pub(crate) fn by(&self, published: Option<Date>) -> Option<Date> {
        if self.year.is_some() {
            return self.date();
        }
        let published = published?;
        let latest = published.checked_add(3.days()).unwrap_or(published);
        let years = [published.year() + 1, published.year(), published.year() - 1];
        let of = |year| Date::new(year, self.month, self.day).ok();
        years.into_iter().filter_map(of).find(|date| *date <= latest)
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day)?,
            None => write!(f, "--{:02}-{:02}", self.month, self.day)?,
        }
        self.time.as_ref().map_or(Ok(()), |time| write!(f, "T{time}"))
    }
}

/// A date or date-time of the forms that metadata is written in, as ISO 8601 has it: ISO 8601 and
/// RFC 3339, RFC 2822, a date without separators, seconds or milliseconds since 1970.
pub(crate) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(written) = Written::iso(text) {
        return written.value();
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    let slashed = text.get(..10).filter(|head| head.matches('/').count() == 2);
    if let Some(written) = slashed.and_then(|head| Written::iso(&head.replace('/', "-"))) {
        return written.value();
    }
    let (zoned, offset) = {
        let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
        (zoned.datetime(), zoned.offset())
    };
    Some(format!("{}T{}{}", zoned.date(), zoned.time(), zone(offset.seconds())))
}

/// The date at the start of an ISO date or date-time.
pub(crate) fn day_of(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

fn digits(text: &str) -> Option<String> {
    let epoch = |seconds: i64| {
        let at = jiff::Timestamp::from_second(seconds).ok()?;
        let at = jiff::tz::Offset::UTC.to_datetime(at);
        plausible(at.date().year()).then(|| format!("{}T{}Z", at.date(), at.time()))
    };
    match text.len() {
        8 => {
            let date = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
            Written::iso(&date)?.value()
        }
        9 | 10 => epoch(text.parse().ok()?),
        12 | 13 => epoch(text.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

fn pieces(text: &str) -> Option<(Date, Option<String>)> {
    let dashed = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    if !dashed {
        return None;
    }
    // Some feeds write the offset after a space, or a zone's name that only a database knows.
    let spaced = text.rsplit_once(' ').filter(|(head, tail)| {
        head.len() > 10 && (tail.starts_with(['+', '-']) || *tail == "UTC" || *tail == "GMT")
    });
    let joined = spaced.map(|(head, tail)| {
        format!("{head}{}", if tail.starts_with(['+', '-']) { tail } else { "Z" })
    });
    let pieces = Pieces::parse(joined.as_deref().unwrap_or(text)).ok()?;
    let date = pieces.date();
    let offset = pieces.to_numeric_offset().map(|offset| zone(offset.seconds()));
    let time = pieces.time().map(|time| format!("{time}{}", offset.unwrap_or_default()));
    plausible(date.year()).then_some((date, time))
}

fn zone(offset_seconds: i32) -> String {
    match offset_seconds {
        0 => "Z".to_owned(),
        seconds => {
            let minutes = seconds.abs() / 60;
            let sign = if seconds < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

/// Whether anything was published in a year.
fn plausible(year: i16) -> bool {
    (1450..=2199).contains(&year)
}

/// The date in an address: `/2025/12/12/`, `/2025/dec/12/`, `2025-12-12`, `20251212`. `month`
/// tells the number of a month's name.
pub(crate) fn in_address(url: &str, month: impl Fn(&str) -> Option<i8>) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let by_parts = parts.windows(3).find_map(|part| {
        let year = (part[0].len() == 4).then(|| part[0].parse().ok())??;
        let month = part[1].parse().ok().or_else(|| month(part[1]))?;
        let day = (part[2].len() <= 2).then(|| part[2].parse().ok())??;
        recent(year, month, day)
    });
    by_parts.or_else(|| {
        parts.iter().find_map(|part| {
            let mut numbers = part.split(|c: char| !c.is_ascii_digit());
            let run = part.split(|c: char| !c.is_ascii_digit() && c != '-');
            let dashed =
                run.filter_map(|run| run.trim_start_matches('-').get(..10)).find_map(|run| {
                    let (date, _) = pieces(run)?;
                    recent(date.year(), date.month(), date.day())
                });
            dashed.or_else(|| {
                let run = numbers.find(|run| run.len() == 8)?;
                recent(run[..4].parse().ok()?, run[4..6].parse().ok()?, run[6..].parse().ok()?)
            })
        })
    })
}

/// A date of the years that the web has.
fn recent(year: i16, month: i8, day: i8) -> Option<String> {
    let date = Date::new(year, month, day).ok()?;
    (1991..=2199).contains(&year).then(|| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_dates_become_iso() {
        for (written, expected) in [
            ("2025-12-12", "2025-12-12"),
            ("2025-12-12T10:30:00Z", "2025-12-12T10:30:00Z"),
            ("2025-12-12T10:30:00.000+0000", "2025-12-12T10:30:00Z"),
            ("2025-12-12 10:30", "2025-12-12T10:30:00"),
            ("2025-12-12 10:30:00 +0200", "2025-12-12T10:30:00+02:00"),
            ("Fri, 12 Dec 2025 10:30:00 GMT", "2025-12-12T10:30:00Z"),
            ("20251212", "2025-12-12"),
            ("2025/12/12", "2025-12-12"),
            ("1765535400", "2025-12-12T10:30:00Z"),
            ("1765535400000", "2025-12-12T10:30:00Z"),
        ] {
            assert_eq!(iso(written).as_deref(), Some(expected), "{written}");
        }
        for none in ["", "yesterday", "2025-13-01", "0001-01-01", "12", "12/12/2025", "2025"] {
            assert_eq!(iso(none), None, "{none}");
        }
    }

    #[test]
    fn a_date_without_a_year_takes_the_one_that_brings_it_nearest_before() {
        let by = |month, day, published: &str| {
            let written = Written::new(None, month, day).unwrap();
            written.by(day_of(published)).map(|date| date.to_string())
        };
        assert_eq!(by(12, 31, "2026-01-02").as_deref(), Some("2025-12-31"));
        assert_eq!(by(1, 1, "2025-12-31").as_deref(), Some("2026-01-01"));
        assert_eq!(by(12, 12, "2025-12-12T10:00:00Z").as_deref(), Some("2025-12-12"));
        assert_eq!(by(2, 29, "2024-03-01").as_deref(), Some("2024-02-29"));
        assert_eq!(by(2, 29, "2026-03-01"), None);
    }

    #[test]
    fn addresses_tell_dates() {
        let month = |name: &str| (name == "dec").then_some(12);
        for url in [
            "https://example.org/2025/12/12/port-closed",
            "https://example.org/world/2025/dec/12/port-closed?x=1",
            "/story-2025-12-12.html",
            "https://example.org/a/20251212-port",
        ] {
            assert_eq!(in_address(url, month).as_deref(), Some("2025-12-12"), "{url}");
        }
        for url in ["https://example.org/2025/12/port", "/1234/56/78", "/id/99999999", "é"] {
            assert_eq!(in_address(url, month), None, "{url}");
        }
    }
}
