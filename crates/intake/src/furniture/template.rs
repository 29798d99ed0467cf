//! Templates of the pack to regular expressions.
//!
//! A template is what is printed, with placeholders: `{weekday}, {date}`. `[x]` may be missing,
//! `<x|y>` is one of both, a space is white space within a line, `\\` before a mark takes it as it
//! is. Letters match in either case, placeholders as they are defined here.

use std::fmt::Write;

use onrecord_packs::Calendar;
use serde::Deserialize;

/// The words that placeholders stand for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// What follows a day's number: `st`, `th`.
    ordinals: Vec<String>,
    /// What follows an hour: `am`, `p.m.`.
    meridiems: Vec<String>,
    /// What joins names.
    joins: Vec<String>,
    /// News agencies: each its names and its acronyms.
    pub(super) agencies: Vec<Vec<String>>,
}

/// The expressions of all placeholders, by name.
#[derive(Debug, Clone)]
pub(super) struct Placeholders(Vec<(&'static str, String)>);

/// The placeholders whose words a rule tells.
const TOLD: [&str; 10] =
    ["iso", "year", "month", "number", "day", "date", "filed", "agency", "names", "region"];
const SPACE: &str = r"[ \t\u{A0}\u{2009}\u{202F}]+";
/// The letters of a name: all but white space, digits and the marks that part names. Saying what
/// they are not makes for a small expression, and so for a short start of the program.
const LETTERS: &str = r#"[^\s\d,;:!?()\[\]{}/|“”„«»"<>&\#@*_=+–—]*"#;

impl Placeholders {
    pub(super) fn new(words: &Words, calendar: &Calendar) -> Self {
        let dotted = |names: &[Vec<String>]| {
            let names = names.iter().flatten().map(String::as_str);
            format!(r"(?i:{})\.?", any_of(names))
        };
        let all = |names: &[String]| any_of(names.iter().map(String::as_str));
        let name =
            format!(r"\p{{Lu}}{LETTERS}(?:{SPACE}(?:\p{{Ll}}{{1,3}}[ '’-])?\p{{Lu}}{LETTERS})+");
        let joined = format!("(?:,{SPACE}|{SPACE}(?i:{}){SPACE})", all(&words.joins));
        let word = format!(r"\p{{Lu}}{LETTERS}");
        Self(vec![
            ("weekday", dotted(&calendar.weekdays)),
            ("month", dotted(&calendar.months)),
            ("day", format!(r"(?:0?[1-9]|[12][0-9]|3[01])(?i:{})?", all(&words.ordinals))),
            ("number", "(?:0?[1-9]|1[0-2])".to_owned()),
            ("year", "[12][0-9]{3}".to_owned()),
            ("iso", r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?".to_owned()),
            ("time", format!(
                r"(?:[01]?[0-9]|2[0-4])(?:[:.][0-5][0-9]){{0,2}}(?:[ \u{{A0}}]?(?i:{}))?(?:[ \u{{A0}}]\(?[A-Z]{{2,5}}\)?)?",
                all(&words.meridiems)
            )),
            ("agency", format!("{LETTERS}(?:{SPACE}{LETTERS}){{0,6}}?")),
            ("partner", format!("{LETTERS}(?:{SPACE}{LETTERS}){{0,4}}")),
            ("initials", "[a-z]{1,4}(?:[/-][a-z]{1,4})*".to_owned()),
            ("names", format!("{name}(?:{joined}{name})*")),
            ("post", format!(r"{LETTERS}(?:{SPACE}{LETTERS}){{0,5}}")),
            ("PLACE", r"\p{Lu}[\p{Lu}\p{M}.'’-]+(?:[ /]\p{Lu}[\p{Lu}\p{M}.'’-]*)*".to_owned()),
            ("Place", format!(r"{word}(?:[ /]{word})*")),
            ("region", format!(r"{word}(?:[ ](?:\p{{Ll}}{{2,3}}[ ])?{word})*")),
            ("dash", r"(?:[ \t\u{A0}]*(?:—|–|―|‒|−|--)|[ \t\u{A0}]*-[ \t\u{A0}])".to_owned()),
            ("mark", "(?:—|–|―|‒|−|--|-)".to_owned()),
            ("rest", ".+".to_owned()),
        ])
    }

    /// Adds a placeholder.
    pub(super) fn add(&mut self, name: &'static str, expression: String) {
        self.0.push((name, expression));
    }

    /// The expression of a template. With `named`, a placeholder that tells something is a group of
    /// its name, and may stand in the template once.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub(super) fn expression(&self, template: &str, named: bool) -> Result<String, String> {
        let mut made = String::new();
        let mut rest = template;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '{' => {
                    let (name, after) = rest
                        .split_once('}')
                        .ok_or_else(|| format!("`{template}`: a placeholder is not closed"))?;
                    let (known, expression) = self
                        .0
                        .iter()
                        .find(|(known, _)| *known == name)
                        .ok_or_else(|| format!("`{template}`: no placeholder `{name}`"))?;
                    let group = match *known {
                        "PLACE" | "Place" if named => "?P<place>".to_owned(),
                        name if named && TOLD.contains(&name) => format!("?P<{name}>"),
                        _ => "?:".to_owned(),
                    };
                    // A string takes what is written to it.
                    let _ = write!(made, "({group}{expression})");
                    rest = after;
                }
                '\\' => {
                    made.push_str(&regex::escape(&rest[..rest.ceil_char_boundary(1)]));
                    rest = &rest[rest.ceil_char_boundary(1)..];
                }
                '[' => made.push_str("(?:"),
                ']' => made.push_str(")?"),
                '<' => made.push_str("(?:"),
                '|' => made.push('|'),
                '>' => made.push(')'),
                ' ' => made.push_str(SPACE),
                c if c.is_alphabetic() => {
                    let run = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
                    let (letters, after) = rest.split_at(run);
                    let _ = write!(made, "(?i:{c}{letters})");
                    rest = after;
                }
                c => made.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        Ok(made)
    }
}

fn any_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut words: Vec<String> = words.into_iter().map(regex::escape).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    format!("(?:{})", words.join("|"))
}
