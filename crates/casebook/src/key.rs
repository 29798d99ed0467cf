//! What a document of a case is called.

use std::fmt;
use std::str::FromStr;

use onrecord_record::Sha256;

/// A document's number in its case, from 1 in the order of adding: `d12`. It never names another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "d{}", self.0)
    }
}

impl FromStr for DocumentId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.strip_prefix('d').ok_or(())?;
        let plain = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|_| plain).map(Self).ok_or(())
    }
}

impl serde::Serialize for DocumentId {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// What tells a document from all others: its original and, where that holds several, which of
/// them, from 1; 0 where the original is the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentKey {
    /// The original's hash.
    pub original: Sha256,
    /// The place in it.
    pub part: u32,
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.original)?;
        if self.part > 0 { write!(f, "#{}", self.part) } else { Ok(()) }
    }
}

impl serde::Serialize for DocumentKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
