//! The pack's holidays on days that are known.

use onrecord_language::{Language, TokenId};

use super::*;

fn compiled() -> (Language, Holidays) {
    let pack = Pack::find("en").unwrap().unwrap();
    let mut language = Language::compile(&pack).unwrap();
    let holidays = Holidays::compile(&pack, language.vocabulary_mut()).unwrap();
    (language, holidays)
}

fn named(language: &Language, holidays: &Holidays, text: &str) -> Option<u16> {
    let analysis = language.analyse_paragraph(text);
    let end = TokenId::at(analysis.tokens.len());
    holidays.named(&analysis, Tokens::new(TokenId(0), end))
}

/// The holidays that do not fall on these days, each the first of its year.
fn off(days: &[(&str, &str)]) -> Vec<String> {
    let (language, holidays) = compiled();
    let date = |name, year| holidays.date(named(&language, &holidays, name)?, year);
    let found = days.iter().flat_map(|(name, dates)| dates.split(' ').map(move |on| (name, on)));
    found
        .filter_map(|(name, on)| {
            let on: Date = on.parse().unwrap();
            let found = date(name, on.year());
            (found != Some(on)).then(|| format!("{name}: {found:?}, not {on}"))
        })
        .collect()
}

#[test]
fn every_holiday_falls_on_the_day_it_carries() {
    let (_, holidays) = compiled();
    assert!(holidays.holidays.len() > 300);
    assert_eq!(holidays.examples(), [""; 0]);
}

#[test]
fn an_example_on_another_day_is_found() {
    let (_, mut holidays) = compiled();
    holidays.holidays.truncate(1);
    holidays.holidays[0].on = Date::constant(2024, 1, 2);
    assert_eq!(holidays.examples().len(), 1);
}

#[test]
fn every_name_finds_its_holiday_in_a_text() {
    let (language, holidays) = compiled();
    let file: File = Pack::find("en").unwrap().unwrap().file(Holidays::FILE).unwrap();
    for (entry, place) in file.holiday.iter().zip(0..) {
        for name in &entry.names {
            let mut text = String::new();
            for c in name.replace(" '", "'").replace(" ,", ",").chars() {
                let starts = text.is_empty() || text.ends_with([' ', '-']);
                if starts { text.extend(c.to_uppercase()) } else { text.push(c) }
            }
            let found = named(&language, &holidays, &text);
            assert_eq!(found, Some(place), "{name:?} as {text:?}");
        }
    }
    assert_eq!(named(&language, &holidays, "The new year"), None);
    assert_eq!(named(&language, &holidays, "Good Friday was wet"), None);
    assert_eq!(named(&language, &holidays, ""), None);
}

#[test]
fn a_language_without_the_file_has_no_holidays() {
    let holidays = Holidays::default();
    assert_eq!((holidays.date(0, 2024), holidays.roughly(0)), (None, false));
}

#[test]
fn no_year_is_too_far() {
    use Calendar::{Chinese, Coptic, Ethiopian, Gregorian, Hebrew};
    use Calendar::{Islamic, Julian, Korean, Persian, Vietnamese};
    let reckoned = [Gregorian, Julian, Coptic, Ethiopian, Hebrew, Islamic, Persian];
    let lunisolar = [Chinese, Korean, Vietnamese];
    let reckoned = reckoned.map(|calendar| (calendar, 1..=9999));
    let lunisolar = lunisolar.map(|calendar| (calendar, 1900..=2101));
    for (calendar, reach) in reckoned.into_iter().chain(lunisolar) {
        let (month, day, moves) = (12, 29, [1; 7]);
        let falls = Falls::Date { calendar, month, day, weekday: None, moves };
        for year in i16::MIN..=i16::MAX {
            let found = falls.in_year(year);
            assert!(found.is_none_or(|date| date.year() == year && reach.contains(&year)));
        }
    }
    for church in [Church::Western, Church::Eastern] {
        for year in i16::MIN..=i16::MAX {
            let found = Falls::Easter { church, days: 0 }.in_year(year);
            assert_eq!(found.is_some(), (1..=9999).contains(&year), "{year}");
        }
    }
    let (_, holidays) = compiled();
    for year in [i16::MIN, -9999, -1, 0, 1, 2, 622, 1899, 1900, 2100, 2101, 9998, 9999, i16::MAX] {
        for (place, _) in (0..).zip(&holidays.holidays) {
            assert!(holidays.date(place, year).is_none_or(|date| date.year() == year));
        }
    }
}

#[test]
fn days_of_the_gregorian_calendar() {
    let days = [
        ("Christmas Day", "1999-12-25 2023-12-25"),
        ("Leap Day", "2000-02-29 2024-02-29"),
        ("Thanksgiving", "1998-11-26 2021-11-25 2022-11-24 2023-11-23 2024-11-28"),
        ("Memorial Day", "2021-05-31 2022-05-30 2023-05-29 2024-05-27 2025-05-26"),
        ("Martin Luther King Jr. Day", "2021-01-18 2022-01-17 2024-01-15"),
        ("Advent Sunday", "2021-11-28 2022-11-27 2023-12-03"),
        ("Victoria Day", "2021-05-24 2022-05-23 2023-05-22 2024-05-20"),
        ("King's Day", "2014-04-26 2023-04-27 2025-04-26"),
    ];
    assert_eq!(off(&days), [""; 0]);
    let (language, holidays) = compiled();
    let leap = named(&language, &holidays, "Leap Day").unwrap();
    assert_eq!(holidays.date(leap, 2023), None);
}

#[test]
fn the_two_easters() {
    let days = [
        ("Easter Sunday", "1961-04-02 2008-03-23 2011-04-24 2019-04-21 2024-03-31 2025-04-20"),
        ("Good Friday", "1998-04-10 2018-03-30 2024-03-29"),
        ("Whit Monday", "2023-05-29 2024-05-20"),
        ("Orthodox Easter", "1999-04-11 2008-04-27 2013-05-05 2017-04-16 2024-05-05 2025-04-20"),
        ("Clean Monday", "2023-02-27 2024-03-18"),
    ];
    assert_eq!(off(&days), [""; 0]);
}

#[test]
fn days_of_other_calendars_that_are_reckoned() {
    let days = [
        ("Orthodox Christmas", "1900-01-06 1901-01-07 2024-01-07"),
        ("Enkutatash", "2022-09-11 2023-09-12 2024-09-11"),
        ("Coptic New Year", "2019-09-12 2020-09-11"),
        ("Rosh Hashanah", "2021-09-07 2022-09-26 2023-09-16 2024-10-03"),
        ("Yom Kippur", "1973-10-06 2023-09-25 2024-10-12"),
        ("Passover", "2021-03-28 2022-04-16 2023-04-06 2024-04-23 2025-04-13"),
        ("Purim", "2022-03-17 2023-03-07 2024-03-24 2025-03-14"),
        ("Hanukkah", "2021-11-29 2022-12-19 2023-12-08 2024-12-26"),
        ("Tisha B'av", "2021-07-18 2022-08-07 2023-07-27 2024-08-13"),
        ("Yom Hashoah", "2021-04-08 2022-04-28 2023-04-18 2024-05-06"),
        ("Yom Ha'atzmaut", "2021-04-15 2022-05-05 2023-04-26 2024-05-14 2025-05-01"),
        ("Nowruz", "2012-03-20 2019-03-21 2020-03-20 2021-03-21 2023-03-21 2024-03-20 2025-03-21"),
        ("Chinese New Year", "1985-02-20 2007-02-18 2020-01-25 2021-02-12 2023-01-22 2024-02-10"),
        ("Mid-Autumn Festival", "2006-10-06 2020-10-01 2022-09-10 2023-09-29 2024-09-17"),
        ("Dragon Boat Festival", "2020-06-25 2023-06-22 2025-05-31"),
        ("Chuseok", "2017-10-04 2020-10-01 2023-09-29 2025-10-06"),
        ("Tết", "1985-01-21 2007-02-17 2023-01-22 2024-02-10 2030-02-02"),
    ];
    assert_eq!(off(&days), [""; 0]);
}

#[test]
fn the_islamic_calendar_is_within_a_day_of_what_was_sighted() {
    let (language, holidays) = compiled();
    let sighted = [
        ("Eid al-Fitr", "1999-01-19 2001-12-16 2011-08-30 2015-07-17 2019-06-04 2021-05-13"),
        ("Eid al-Fitr", "2023-04-21 2024-04-10 2025-03-30"),
        ("Eid al-Adha", "2001-03-05 2010-11-16 2015-09-24 2018-08-21 2022-07-09 2024-06-16"),
        ("Ashura", "2019-09-10 2021-08-19 2023-07-28 2024-07-16"),
    ];
    for (name, dates) in sighted {
        let holiday = named(&language, &holidays, name).unwrap();
        assert!(holidays.roughly(holiday));
        for on in dates.split(' ').map(|on| on.parse::<Date>().unwrap()) {
            let found = holidays.date(holiday, on.year()).unwrap();
            let off = found.duration_since(on).as_hours() / 24;
            assert!(off.abs() <= 1, "{name}: {found}, not {on}");
        }
    }
    // It fell in January and in December of that year.
    let fitr = named(&language, &holidays, "Eid al-Fitr").unwrap();
    assert_eq!(holidays.date(fitr, 2000).map(Date::month), Some(1));
    assert_eq!(holidays.date(fitr, 600), None);
}

#[test]
fn listed_days_reach_as_far_as_the_list() {
    let days = [
        ("Diwali", "2005-11-01 2016-10-30 2022-10-24 2023-11-12 2024-10-31"),
        ("Holi", "2020-03-10 2023-03-08 2024-03-25"),
        ("Guru Nanak Jayanti", "2019-11-12 2023-11-27"),
        ("Losar", "2022-03-03 2023-02-21"),
    ];
    assert_eq!(off(&days), [""; 0]);
    let (language, holidays) = compiled();
    let diwali = named(&language, &holidays, "Diwali").unwrap();
    assert_eq!((holidays.date(diwali, 1980), holidays.date(diwali, 2090)), (None, None));
}

#[test]
fn what_does_not_say_when_it_falls_is_refused() {
    let entry = |month, day, weekday, easter| Entry {
        names: vec![],
        calendar: Calendar::Gregorian,
        month,
        day,
        weekday,
        moves: [0; 7],
        church: None,
        easter,
        dates: None,
        roughly: false,
        on: Date::constant(2024, 1, 1),
    };
    assert!(entry(Some(1), Some(1), None, None).falls().is_some());
    assert!(entry(None, None, None, None).falls().is_none());
    assert!(entry(Some(1), None, None, None).falls().is_none());
    assert!(entry(Some(14), Some(1), None, None).falls().is_none());
    assert!(entry(Some(1), Some(1), Some(8), None).falls().is_none());
    assert!(entry(Some(1), Some(1), None, Some(2)).falls().is_none());
}
