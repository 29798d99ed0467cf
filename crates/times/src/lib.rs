//! Times: the time expressions of an analysed text, each with its TIMEX3 value.
//!
//! What is looked for stands in the pack's `times/` folder as rules: a pattern, and how what it
//! captures becomes a date. A relative time without anything to stand against keeps its words and
//! has no value; a date that does not exist has none either.

mod calendar;
mod clock;
mod domain;
mod examples;
mod fields;
mod figures;
mod find;
mod holiday;
mod length;
mod lexicon;
mod pack;
mod resolve;
mod rules;
mod tense;

pub use pack::Times;

use jiff::civil::Date;
use onrecord_language::Tokens;
use serde::{Deserialize, Serialize};

/// How a text tells its times, which says what they are resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// News: told on the day of publication and from there.
    News,
    /// A narrative: told along a thread of its own, each time from the one before.
    Narrative,
}

/// What the times of a text are resolved with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Setting {
    /// When the text was published; without it, times that hang on it have no value.
    pub published: Option<Date>,
    /// How it tells its times; without it, the text decides.
    pub domain: Option<Domain>,
}

/// The times of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// How it was read to tell them.
    pub domain: Domain,
    /// Its time expressions in text order; none overlaps another.
    pub expressions: Vec<Expression>,
}

/// A time expression of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its tokens.
    pub tokens: Tokens,
    /// What the record says of it. Its id counts the expressions of the text in order; its confidence
    /// is nought until whoever makes the record tells it.
    pub time: onrecord_record::Time,
}
