//! Offsets and spans: where in the document's text a value was read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place in `document.text`, in UTF-8 bytes from its start.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Offset(pub u32);

impl Offset {
    /// The offset as an index into the text's bytes.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The offset of a byte index. An index beyond `u32::MAX` gives the last offset there is;
    /// intake refuses texts that long.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A half-open range of bytes of a text, without its words. Its start is never behind its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extent {
    /// The first byte.
    pub start: Offset,
    /// One past the last byte.
    pub end: Offset,
}

impl Extent {
    /// The extent from `start` to `end`; empty at `start` where `end` lies before it.
    #[must_use]
    pub fn new(start: Offset, end: Offset) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The extent of a range of byte indices.
    #[must_use]
    pub fn at(range: std::ops::Range<usize>) -> Self {
        Self::new(Offset::at(range.start), Offset::at(range.end))
    }

    /// The extent as a range of byte indices.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start.index()..self.end.index()
    }

    /// Its length in bytes.
    #[must_use]
    pub fn bytes(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether all of `inner` lies inside.
    #[must_use]
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest extent that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Its words, or `None` where it leaves the text or cuts a character.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// The span: this extent with its words, or `None` where it leaves the text or cuts a
    /// character.
    #[must_use]
    pub fn span(self, text: &str) -> Option<Span> {
        Some(Span { start: self.start, end: self.end, text: self.of(text)?.to_owned() })
    }
}

/// Words of the document and where they stand: half-open UTF-8 byte offsets into
/// `document.text`, on character boundaries. `text` is those very bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The first byte.
    pub start: Offset,
    /// One past the last byte.
    pub end: Offset,
    /// The words.
    pub text: String,
}

impl Span {
    /// Where the words stand.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent::new(self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_cuts_a_character_or_leaves_the_text() {
        let text = "“é”";
        assert_eq!(Extent::at(0..3).of(text), Some("“"));
        assert_eq!(Extent::at(1..3).of(text), None);
        assert_eq!(Extent::at(0..99).span(text), None);
    }

    #[test]
    fn an_extent_that_runs_backwards_is_empty() {
        assert!(Extent::new(Offset(5), Offset(2)).is_empty());
    }
}
