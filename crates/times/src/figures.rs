//! Years, decades and dates as digits write them.

use crate::clock::Clock;
use crate::fields::{Fields, Year};
use crate::lexicon::{DatePart, offset};

pub(crate) fn whole_or_short(number: i16) -> Year {
    if number < 100 { Year::Short(number) } else { Year::Whole(number) }
}

pub(crate) fn digits(text: &str) -> Option<i16> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// A year of one to four digits; behind an apostrophe, its last two.
pub(crate) fn year(text: &str) -> Option<Year> {
    let number = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    match (number.len() < text.len(), number.len()) {
        (false, _) => digits(number).map(Year::Whole),
        (true, 2) => digits(number).map(Year::Short),
        (true, _) => None,
    }
}

/// A decade by its first year: `1990s`, `1990's`, `'90s`.
pub(crate) fn decade(text: &str) -> Option<Year> {
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
pub(crate) fn figures(text: &str) -> Option<[i16; 3]> {
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
pub(crate) fn partial(text: &str, order: [DatePart; 3], fields: &mut Fields) -> Option<()> {
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
pub(crate) fn iso(text: &str, fields: &mut Fields) -> Option<()> {
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
