//! Rules of furniture: compiled templates, and what they tell where they fire.

use std::collections::BTreeSet;

use onrecord_packs::Calendar;
use onrecord_record::Extent;
use regex::Regex;
use serde::Deserialize;

use super::template::{Placeholders, Words};
use crate::date::Written;
use crate::draft::trimmed;

/// A rule as the pack gives it, with what proves it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleText {
    /// What is printed.
    pub(super) pattern: String,
    /// What a header line tells.
    pub(super) role: Option<Role>,
    /// Whether more of the line may follow.
    #[serde(default)]
    pub(super) leads: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "tests run the examples"))]
    pub(super) fires: Vec<Firing>,
    #[cfg_attr(not(test), expect(dead_code, reason = "tests run the examples"))]
    pub(super) silent: Vec<String>,
}

/// An example on which a rule fires, with all that it tells there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "tests run the examples"))]
pub(super) struct Firing {
    pub(super) text: String,
    /// What the rule takes; all of the text where it is not given.
    pub(super) takes: Option<String>,
    pub(super) date: Option<String>,
    pub(super) place: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) names: Option<String>,
}

/// What a header line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// When the story was published.
    Published,
    /// When it was last changed.
    Updated,
    /// Who wrote it.
    Byline,
}

/// What a rule tells where it fires.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) date: Option<Written>,
    pub(super) place: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) names: Option<String>,
}

/// Where in a text a rule must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// All of it.
    Whole,
    /// At its start.
    Start,
    /// At its start, white space after it.
    Lead,
    /// At its end.
    End,
}

/// A compiled rule.
#[derive(Debug)]
pub(super) struct Rule {
    regex: Regex,
    pub(super) role: Option<Role>,
}

impl Rule {
    pub(super) fn new(
        pattern: &str,
        place: Place,
        role: Option<Role>,
        placeholders: &Placeholders,
    ) -> Result<Self, String> {
        let made = placeholders.expression(pattern, true)?;
        let made = match place {
            Place::Whole => format!("^(?P<it>{made})$"),
            Place::Start => format!("^(?P<it>{made})"),
            Place::Lead => format!(r"^(?P<it>{made})(?:[\s:]|$)"),
            Place::End => format!(r#"(?:^|[\s.!?…”"’')\]])(?P<it>{made})[\s.]*$"#),
        };
        let regex = expression(pattern, &made)?;
        Ok(Self { regex, role })
    }

    /// What the rule takes of `words`, and what it tells; `None` where it does not fire, its date is
    /// none or its agency is not known.
    pub(super) fn fire(&self, words: &str, known: &Vocabulary) -> Option<(Extent, Told)> {
        let found = self.regex.captures(words)?;
        let it = trimmed(words, found.name("it")?.range())?;
        let group = |name: &str| found.name(name).map(|it| it.as_str().trim().to_owned());
        let written = found.name("date").or_else(|| found.name("filed"));
        let date = match written {
            Some(written) => Some(known.date(written.as_str())?),
            None => None,
        };
        let place = found.name("place").map(|place| {
            let end = found.name("region").map_or(place.end(), |region| region.end());
            words[place.start()..end].to_owned()
        });
        let agency = group("agency");
        if agency.as_ref().is_some_and(|name| !known.is_agency(name)) {
            return None;
        }
        Some((it, Told { date, place, agency, names: group("names") }))
    }
}

/// A compiled expression; where it cannot be, the template and the last line of the cause.
fn expression(template: &str, made: &str) -> Result<Regex, String> {
    Regex::new(made).map_err(|e| {
        let cause = e.to_string();
        format!("`{template}`: {}", cause.lines().last().unwrap_or_default())
    })
}

/// What the words that rules take mean: the ways to write a date, and the agencies.
#[derive(Debug)]
pub(super) struct Vocabulary {
    dates: Vec<Regex>,
    months: [Vec<String>; 12],
    agencies: BTreeSet<String>,
}

impl Vocabulary {
    /// The vocabulary of a pack, and the placeholders that they make: `date` for those with a
    /// year, `filed` for all.
    pub(super) fn new(
        words: &Words,
        templates: &[RuleText],
        calendar: &Calendar,
        placeholders: &mut Placeholders,
    ) -> Result<Self, String> {
        let mut dates = Vec::new();
        let (mut full, mut partial) = (Vec::new(), Vec::new());
        for RuleText { pattern, .. } in templates {
            let made = placeholders.expression(pattern, true)?;
            dates.push(expression(pattern, &format!("^{made}$"))?);
            let dated = pattern.contains("{year}") || pattern.contains("{iso}");
            let plain = placeholders.expression(pattern, false)?;
            if dated { full.push(plain) } else { partial.push(plain) }
        }
        placeholders.add("date", full.join("|"));
        full.append(&mut partial);
        placeholders.add("filed", full.join("|"));
        let names = words.agencies.iter().flatten();
        let agencies = names.flat_map(|name| [name.clone(), name.to_uppercase()]).collect();
        Ok(Self { dates, months: calendar.months.clone(), agencies })
    }

    /// Whether `name` is an agency's, as it is written or in capitals.
    pub(super) fn is_agency(&self, name: &str) -> bool {
        self.agencies.contains(name)
    }

    /// The date that `words` write; `None` where they write none that the calendar has.
    pub(super) fn date(&self, words: &str) -> Option<Written> {
        let found = self.dates.iter().find_map(|rule| rule.captures(words.trim()))?;
        if let Some(iso) = found.name("iso") {
            return Written::iso(iso.as_str());
        }
        let year = found.name("year").and_then(|year| year.as_str().parse().ok());
        let digits = |group: &str| -> Option<i8> {
            let words = found.name(group)?.as_str();
            words.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
        };
        let month = match found.name("month") {
            Some(month) => self.month(month.as_str())?,
            None => digits("number")?,
        };
        Written::new(year, month, digits("day")?)
    }

    /// The number of a month by its name.
    pub(super) fn month(&self, name: &str) -> Option<i8> {
        let name = name.trim_end_matches('.').to_lowercase();
        let at = self.months.iter().position(|ways| ways.contains(&name))?;
        i8::try_from(at + 1).ok()
    }
}

#[cfg(test)]
pub(super) fn check(rule: &Rule, known: &Vocabulary, text: &RuleText) {
    let pattern = &text.pattern;
    assert!(!text.fires.is_empty() && !text.silent.is_empty(), "{pattern}: no examples");
    for example in &text.fires {
        let (taken, told) = rule
            .fire(&example.text, known)
            .unwrap_or_else(|| panic!("{pattern} is silent on {:?}", example.text));
        let takes = example.takes.as_ref().unwrap_or(&example.text);
        assert_eq!(taken.of(&example.text), Some(takes.trim()), "{pattern}: {:?}", example.text);
        let date = told.date.map(|date| date.to_string());
        assert_eq!(date, example.date, "{pattern}: date of {:?}", example.text);
        assert_eq!(told.place, example.place, "{pattern}: place of {:?}", example.text);
        assert_eq!(told.agency, example.agency, "{pattern}: agency of {:?}", example.text);
        assert_eq!(told.names, example.names, "{pattern}: names of {:?}", example.text);
    }
    for example in &text.silent {
        let fired = rule.fire(example, known);
        assert_eq!(fired, None, "{pattern} fires on {example:?}");
    }
}
