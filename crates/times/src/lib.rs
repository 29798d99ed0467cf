//! Times: the time expressions of an analysed text, each with its TIMEX3 value.
//!
//! What is looked for stands in the pack's `times/` folder as rules: a pattern, and how what it
//! captures becomes a date. A relative time without anything to stand against keeps its words and
//! has no value; a date that does not exist has none either.

mod calendar;
mod pack;
mod resolve;

pub use pack::Times;

use onrecord_language::Tokens;

/// A time expression of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Its tokens.
    pub tokens: Tokens,
    /// What the record says of it. Its id counts the expressions of the text in order.
    pub time: onrecord_record::Time,
}
