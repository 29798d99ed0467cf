//! Queries as people write them.
//!
//! ```text
//! query  = any
//! any    = all ("OR" all)…
//! all    = part ("AND"? part)…
//! part   = "NOT" part | "(" any ")" | filter | words
//! filter = NAME ":" value ("," value)…
//! words  = word | word"*" | "\"" words "\"" | "\"" words "*\""
//! ```

mod filters;

use std::fmt;
use std::ops::Range;

use super::query::{Condition, Phrase, Query, Words};
use filters::{NAMES, unquoted, values};

/// A query that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadQuery {
    /// The place, in characters from 1.
    pub at: usize,
    /// What stands there.
    pub found: String,
    /// What is wrong and what to do.
    pub cause: Cause,
}

/// Why a query cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// It asks for nothing.
    #[error("asks for nothing: give a word, a \"phrase\" or a filter such as act:deny")]
    Empty,
    /// A name before a colon that is no filter's.
    #[error("is no filter: one of {}; or set the words in quotation marks", NAMES.join(", "))]
    NoFilter,
    /// A value that a filter does not have.
    #[error("is none of its values: {values}")]
    NoValue {
        /// Those it has.
        values: String,
    },
    /// A filter without a value.
    #[error("has no value: give it behind the colon, without a space")]
    Bare,
    /// A value that is no date.
    #[error("is no date: give one as 2026, 2026-03, 2026-03-03, or two as 2026-03..2026-04")]
    NoDate,
    /// Quotation marks or parentheses that do not close.
    #[error("is not closed")]
    Open,
    /// A closing parenthesis, or an operator, where words are expected.
    #[error(
        "stands where a word or a filter is expected; set it in quotation marks to look for it"
    )]
    Misplaced,
    /// Words without a letter or digit.
    #[error("has no letter and no digit to look for")]
    NoWord,
    /// A filter within what only words can make.
    #[error(
        "is a filter between words joined by OR or NOT: for one of several values write act:deny,accuse"
    )]
    FilterAmongWords,
    /// Words that are only refused.
    #[error("only says what must not be there: give beside it what must")]
    OnlyNot,
    /// More parentheses within each other than can be followed.
    #[error("lies too deep in parentheses: {} at most", DEPTH)]
    Deep,
}

impl fmt::Display for BadQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, found, cause } = self;
        match cause {
            Cause::Empty => write!(f, "query: {cause}"),
            _ => write!(f, "query, at character {at}: `{found}` {cause}"),
        }
    }
}

impl std::error::Error for BadQuery {}

/// How deep parentheses may lie in each other.
const DEPTH: usize = 50;

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// Where it cannot be followed.
    pub fn parse(text: &str) -> Result<Self, BadQuery> {
        let tokens = tokens(text)?;
        let mut parser = Parser { text, tokens, next: 0, depth: 0 };
        if parser.tokens.is_empty() {
            return Err(bad(text, 0..0, Cause::Empty));
        }
        let read = parser.any()?;
        if let Some(token) = parser.tokens.get(parser.next) {
            return Err(bad(text, token.range.clone(), Cause::Misplaced));
        }
        let mut query = Self::default();
        let (mut with, mut without) = (Vec::new(), Vec::new());
        sort(text, read, true, &mut query.conditions, &mut with, &mut without)?;
        query.words = match with.len() {
            0 => None,
            1 if without.is_empty() => with.pop(),
            _ => Some(Words::All(with, std::mem::take(&mut without))),
        };
        query.without = match without.len() {
            0 => None,
            1 => without.pop(),
            _ => Some(Words::Any(without)),
        };
        if query.words.is_none() && query.conditions.is_empty() {
            return Err(bad(text, 0..text.len(), Cause::OnlyNot));
        }
        Ok(query)
    }
}

fn bad(text: &str, range: Range<usize>, cause: Cause) -> BadQuery {
    let at = text.get(..range.start).map_or(1, |before| before.chars().count() + 1);
    let found = text.get(range).unwrap_or_default().chars().take(40).collect();
    BadQuery { at, found, cause }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    kind: Kind,
    range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    And,
    Or,
    Not,
    Open,
    Close,
    /// Words, or a filter with its values.
    Word,
}

/// Splits at spaces and parentheses outside quotation marks.
fn tokens(text: &str) -> Result<Vec<Token>, BadQuery> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        let kind = match c {
            '(' => Kind::Open,
            ')' => Kind::Close,
            c if c.is_whitespace() => continue,
            _ => Kind::Word,
        };
        let mut end = start + c.len_utf8();
        if kind == Kind::Word {
            let mut quoted = is_quote(c).then_some(start);
            while let Some((at, c)) = characters.next_if(|(_, c)| {
                quoted.is_some() || !(c.is_whitespace() || matches!(c, '(' | ')'))
            }) {
                end = at + c.len_utf8();
                if is_quote(c) {
                    quoted = if quoted.is_some() { None } else { Some(at) };
                }
            }
            if let Some(from) = quoted {
                return Err(bad(text, from..text.len(), Cause::Open));
            }
        }
        let kind = match &text[start..end] {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            _ => kind,
        };
        tokens.push(Token { kind, range: start..end });
    }
    Ok(tokens)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// A query as it was written.
enum Part {
    Words(Phrase),
    Filter(Condition, Range<usize>),
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>, Range<usize>),
}

struct Parser<'q> {
    text: &'q str,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, kind: Kind) -> bool {
        let is = self.tokens.get(self.next).is_some_and(|token| token.kind == kind);
        self.next += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<Part, BadQuery> {
        let mut parts = vec![self.all()?];
        while self.take(Kind::Or) {
            parts.push(self.all()?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Part::Any(parts),
        })
    }

    fn all(&mut self) -> Result<Part, BadQuery> {
        let mut parts = vec![self.part()?];
        loop {
            let is_said = self.take(Kind::And);
            let goes_on = self
                .tokens
                .get(self.next)
                .is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Not | Kind::Open));
            if !is_said && !goes_on {
                break;
            }
            parts.push(self.part()?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Part::All(parts),
        })
    }

    fn part(&mut self) -> Result<Part, BadQuery> {
        let Some(Token { kind, range }) = self.tokens.get(self.next).cloned() else {
            let last = self.tokens.last().map_or(0..0, |token| token.range.clone());
            return Err(bad(self.text, last, Cause::Misplaced));
        };
        if self.depth > DEPTH {
            return Err(bad(self.text, range, Cause::Deep));
        }
        self.next += 1;
        self.depth += 1;
        let part = match kind {
            Kind::Word => self.word(range),
            Kind::Not => {
                let part = self.part()?;
                let end = self.tokens.get(self.next - 1).map_or(range.end, |last| last.range.end);
                Ok(Part::Not(Box::new(part), range.start..end))
            }
            Kind::Open => {
                let part = self.any()?;
                if !self.take(Kind::Close) {
                    return Err(bad(self.text, range, Cause::Open));
                }
                Ok(part)
            }
            Kind::And | Kind::Or | Kind::Close => Err(bad(self.text, range, Cause::Misplaced)),
        };
        self.depth -= 1;
        part
    }

    fn word(&self, range: Range<usize>) -> Result<Part, BadQuery> {
        let word = &self.text[range.clone()];
        let name = word.split([':', '"', '“', '”', '„']).next().unwrap_or_default();
        if !word[name.len()..].starts_with(':') || !name.starts_with(char::is_alphabetic) {
            let words = Phrase::of(&unquoted(word));
            return words.map(Part::Words).ok_or_else(|| bad(self.text, range, Cause::NoWord));
        }
        let from = range.start + name.len() + 1;
        let values = values(self.text, from..range.end);
        if values.iter().any(|value| self.text[value.clone()].is_empty()) {
            return Err(bad(self.text, range, Cause::Bare));
        }
        let what = self.filter(name, range.clone(), &values)?;
        Ok(Part::Filter(Condition { holds: true, what }, range))
    }
}

/// Sorts what has to hold at once into conditions, words and words that must not be there.
fn sort(
    text: &str,
    part: Part,
    holds: bool,
    conditions: &mut Vec<Condition>,
    with: &mut Vec<Words>,
    without: &mut Vec<Words>,
) -> Result<(), BadQuery> {
    match part {
        Part::Filter(condition, _) => {
            conditions.push(Condition { holds: condition.holds == holds, ..condition });
        }
        Part::Not(part, _) => sort(text, *part, !holds, conditions, with, without)?,
        Part::All(parts) if holds => {
            for part in parts {
                sort(text, part, holds, conditions, with, without)?;
            }
        }
        other => {
            let side = if holds { with } else { without };
            side.push(among_words(text, other)?);
        }
    }
    Ok(())
}

fn among_words(text: &str, part: Part) -> Result<Words, BadQuery> {
    match part {
        Part::Words(phrase) => Ok(Words::Phrase(phrase)),
        Part::Filter(_, range) => Err(bad(text, range, Cause::FilterAmongWords)),
        Part::Not(_, range) => Err(bad(text, range, Cause::OnlyNot)),
        Part::Any(parts) => {
            let words: Result<_, _> =
                parts.into_iter().map(|part| among_words(text, part)).collect();
            Ok(Words::Any(words?))
        }
        Part::All(parts) => {
            let (mut with, mut without) = (Vec::new(), Vec::new());
            let mut refused = None;
            for part in parts {
                match part {
                    Part::Not(part, range) => {
                        refused = Some(range);
                        without.push(among_words(text, *part)?);
                    }
                    part => with.push(among_words(text, part)?),
                }
            }
            match refused {
                Some(range) if with.is_empty() => Err(bad(text, range, Cause::OnlyNot)),
                _ => Ok(Words::All(with, without)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use onrecord_record::Act;

    use super::*;
    use crate::search::{Days, What};

    fn phrase(words: &[&str]) -> Words {
        let words = words.iter().map(ToString::to_string).collect();
        Words::Phrase(Phrase { words, is_open: false })
    }

    #[test]
    fn words_and_filters_are_sorted() {
        let query = Query::parse(
            "clinic \"war crimes\" act:deny,accuse NOT speaker:\"Omar Hadi\" NOT port",
        );
        let query = query.unwrap();
        let all = vec![phrase(&["clinic"]), phrase(&["war", "crimes"])];
        assert_eq!(query.words, Some(Words::All(all, vec![phrase(&["port"])])));
        assert_eq!(query.without, None);
        let speaker = Phrase { words: vec!["omar".into(), "hadi".into()], is_open: false };
        assert_eq!(
            query.conditions,
            [
                Condition { holds: true, what: What::Act(vec![Act::Deny, Act::Accuse]) },
                Condition { holds: false, what: What::Speaker(vec![speaker]) },
            ]
        );
    }

    #[test]
    fn operators_bind_as_usual() {
        let any = |parts| Some(Words::Any(parts));
        let all = |parts| Words::All(parts, Vec::new());
        let [a, b, c] = ["a", "b", "c"].map(|word| phrase(&[word]));
        let words = |text| Query::parse(text).unwrap().words;
        let expected = any(vec![all(vec![a.clone(), b.clone()]), c.clone()]);
        assert_eq!(words("a b OR c"), expected);
        assert_eq!(words("a AND b OR (c)"), expected);
        let either = Words::Any(vec![b.clone(), c.clone()]);
        assert_eq!(words("a (b OR c)"), Some(all(vec![a.clone(), either.clone()])));
        assert_eq!(words("NOT NOT a"), Some(a.clone()));
        assert_eq!(words("a NOT (b OR c)"), Some(Words::All(vec![a], vec![either])));
        let query = Query::parse("act:deny NOT b").unwrap();
        assert_eq!((query.words, query.without), (None, Some(b)));
    }

    #[test]
    fn days_are_read_with_open_ends() {
        let told = |text: &str| match Query::parse(text).unwrap().conditions.remove(0).what {
            What::Said(Days { first, last }) => {
                let told =
                    |day: Option<jiff::civil::Date>| day.map_or("-".into(), |d| d.to_string());
                format!("{} {}", told(first), told(last))
            }
            other => format!("{other:?}"),
        };
        assert_eq!(told("said:2026-03"), "2026-03-01 2026-03-31");
        assert_eq!(told("said:2026-03..2026-04"), "2026-03-01 2026-04-30");
        assert_eq!(told("said:2026-03-03.."), "2026-03-03 -");
        assert_eq!(told("said:..2025"), "- 2025-12-31");
    }

    #[test]
    fn what_cannot_be_followed_is_named_with_its_place() {
        for (text, at, found, cause) in [
            ("  ", 1, "", "asks for nothing"),
            ("é spaeker:x", 3, "spaeker", "is no filter: one of speaker, act"),
            ("act:denied", 5, "denied", "say, accuse, deny"),
            ("act:", 1, "act:", "has no value"),
            ("act:deny, accuse", 1, "act:deny,", "has no value"),
            ("said:spring", 1, "said:spring", "is no date"),
            ("said:2026..2025", 1, "said:2026..2025", "is no date"),
            ("answered:maybe", 1, "answered:maybe", "yes, no"),
            ("a \"b c", 3, "\"b c", "is not closed"),
            ("(a OR b", 1, "(", "is not closed"),
            ("a )", 3, ")", "stands where"),
            ("a OR", 3, "OR", "stands where"),
            ("AND a", 1, "AND", "stands where"),
            ("a !!", 3, "!!", "has no letter"),
            ("a OR act:deny", 6, "act:deny", "is a filter between words"),
            ("NOT a", 1, "NOT a", "only says what must not"),
            ("a OR NOT b", 6, "NOT b", "only says what must not"),
        ] {
            let error = Query::parse(text).unwrap_err();
            assert_eq!((error.at, error.found.as_str()), (at, found), "{text}");
            assert!(error.cause.to_string().contains(cause), "{text}: {}", error.cause);
            assert_eq!(error.to_string().lines().count(), 1);
        }
        assert_eq!(Query::parse(&"(".repeat(9000)).unwrap_err().cause, Cause::Deep);
    }
}
