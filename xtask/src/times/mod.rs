//! Time expressions: how well and how fast they are read, on public corpora.
//!
//! The corpora lie beside the checkout, in `../shared/corpora/time`, a folder each.

mod agreement;
pub(crate) mod bench;
mod cat;
mod corpus;
mod detokenise;
mod errors;
mod growth;
mod heideltime;
mod markup;
mod reader;
pub(crate) mod score;
mod steps;
mod timeml;

use std::ops::Range;

/// A time expression, as a corpus marks it or a program finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Timex {
    /// Its bytes of the text; at least one.
    place: Range<usize>,
    /// Its TIMEX3 type.
    kind: Option<String>,
    /// Its TIMEX3 value.
    value: Option<String>,
}
