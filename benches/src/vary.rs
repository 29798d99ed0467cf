//! Other names, numbers and dates for a story.

use std::collections::BTreeSet;

use crate::chance::mixed;
use crate::names;

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
/// Written large, and yet names of nobody.
const NO_NAMES: [&str; 20] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sept",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What is known of the words of all stories.
#[derive(Debug)]
pub(crate) struct Words {
    names: BTreeSet<String>,
    /// Words that are written small, sorted.
    pub(crate) small: Vec<String>,
}

impl Words {
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let texts: Vec<&str> = texts.collect();
        let mut names = names(&texts);
        names.retain(|name| !NO_NAMES.contains(&name.as_str()));
        let is_small = |word: &&str| word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase());
        let small: BTreeSet<&str> =
            texts.iter().flat_map(|text| words(text)).filter(is_small).collect();
        Self { names, small: small.into_iter().map(str::to_owned).collect() }
    }
}

/// The runs of letters of a text.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The names, numbers and dates of one story.
pub(crate) struct Names<'w> {
    words: &'w Words,
    setting: u64,
    own: u64,
}

impl<'w> Names<'w> {
    /// Those of a setting; numbers and dates are the story's own.
    pub(crate) fn new(words: &'w Words, setting: u64, own: u64) -> Self {
        Self { words, setting, own }
    }

    /// A text with these. Years stay; a month has another day and is another month.
    pub(crate) fn vary(&mut self, text: &str) -> String {
        let mut varied = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            let same = |c: char| {
                if is_number {
                    c.is_ascii_digit() || c == ','
                } else {
                    c.is_alphabetic() == first.is_alphabetic() && !c.is_ascii_digit()
                }
            };
            let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
            let (mut run, mut behind) = rest.split_at(end);
            if is_number && run.ends_with(',') {
                run = run.trim_end_matches(',');
                behind = &rest[run.len()..];
            }
            match first {
                _ if is_number => varied.push_str(&self.number(run)),
                _ if first.is_alphabetic() => varied.push_str(&self.word(run)),
                _ => varied.push_str(run),
            }
            rest = behind;
        }
        varied
    }

    fn word(&self, word: &str) -> String {
        if let Some(month) = MONTHS.iter().position(|month| *month == word) {
            let months = usize::try_from(self.own % 12).unwrap_or(0);
            return MONTHS[(month + months) % 12].to_owned();
        }
        if !self.words.names.contains(&word.to_lowercase()) {
            return word.to_owned();
        }
        let is_large = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        if is_large && word.len() < 5 {
            // An acronym.
            let mut bits = seed(self.setting, word);
            return word.chars().map(|_| char::from(b'A' + take(&mut bits, 26))).collect();
        }
        let name = name(self.setting, &word.to_lowercase());
        if is_large { name.to_uppercase() } else { name }
    }

    fn number(&self, digits: &str) -> String {
        let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
        let Ok(value) = plain.parse::<u64>() else { return digits.to_owned() };
        if digits.contains(':') || plain.len() == 4 && (1900..2100).contains(&value) || value < 2 {
            return digits.to_owned();
        }
        // From half to twice as much.
        let part = seed(self.own, &plain) % 150 + 50;
        // A day of a month stays one.
        let most = if value <= 28 { 28 } else { u64::MAX };
        let varied = (value.saturating_mul(part) / 100).clamp(2, most).to_string();
        if !digits.contains(',') {
            return varied;
        }
        let mut grouped = String::new();
        for (place, digit) in varied.chars().enumerate() {
            if place > 0 && (varied.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }
}

/// A name that a setting has in the place of a word.
pub(crate) fn name(setting: u64, word: &str) -> String {
    const HEADS: [&str; 18] = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "dr", "st",
        "tr",
    ];
    const HEARTS: [&str; 7] = ["a", "e", "i", "o", "u", "ai", "ou"];
    const TAILS: [&str; 8] = ["", "l", "m", "n", "r", "s", "t", "nd"];
    let mut bits = seed(setting, word);
    let mut name = String::new();
    for _ in 0..2 + take(&mut bits, 2) {
        name.push_str(HEADS[usize::from(take(&mut bits, 18))]);
        name.push_str(HEARTS[usize::from(take(&mut bits, 7))]);
        name.push_str(TAILS[usize::from(take(&mut bits, 8))]);
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn seed(number: u64, word: &str) -> u64 {
    word.bytes().fold(mixed(number ^ 0x9e37_79b9), |sum, byte| mixed(sum ^ u64::from(byte)))
}

fn take(bits: &mut u64, end: u8) -> u8 {
    let taken = u8::try_from(*bits % u64::from(end)).unwrap_or(0);
    *bits = mixed(*bits);
    taken
}
