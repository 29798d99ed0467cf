//! The document: the original as it came in and the text that all spans point into.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Digest;

use crate::{Offset, Span};

/// A SHA-256 hash, written `sha256:` and 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The hash of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// The hash as bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl From<[u8; 32]> for Sha256 {
    fn from(hash: [u8; 32]) -> Self {
        Self(hash)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let bad = || de::Error::custom("expected `sha256:` and 64 lower-case hexadecimal digits");
        let digits = text.strip_prefix("sha256:").ok_or_else(bad)?.as_bytes();
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(bad()),
        };
        let mut hash = [0; 32];
        if digits.len() != 2 * hash.len() {
            return Err(bad());
        }
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = value(pair[0])? << 4 | value(pair[1])?;
        }
        Ok(Self(hash))
    }
}

impl JsonSchema for Sha256 {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sha256".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" })
    }
}

/// A document as intake made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The hash of `text`.
    pub id: Sha256,
    /// The original.
    pub source: SourceFile,
    /// The title as printed.
    pub title: Option<String>,
    /// The byline as printed.
    pub byline: Option<String>,
    /// The agency that wrote the story, not who republished it.
    pub agency: Option<String>,
    /// The outlet that published it, from metadata.
    pub outlet: Option<String>,
    /// The address it was published at, from metadata.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Where and when it was filed.
    pub dateline: Option<Dateline>,
    /// Its language, BCP 47; `und` where it could not be told.
    pub language: String,
    /// Title and crossheads: they are no sentences and make no statements.
    pub headings: Vec<Span>,
    /// The way back from stretches of `text` to the original, in text order; empty where `text`
    /// is the decoded original itself.
    pub origins: Vec<Origin>,
    /// What a reader must know about how the document was read, such as a language without a pack.
    pub notices: Vec<Notice>,
    /// The canonical text. For plain text the decoded file itself, less a byte-order mark.
    pub text: String,
}

/// The original as it came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Its name: a path as it was given, with `#` and the line for a line of JSON Lines.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// The hash of its bytes.
    pub sha256: Sha256,
}

/// When a document was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// An ISO 8601 date or date-time.
    pub value: String,
    /// Where it was read.
    pub basis: Basis,
}

/// Where a publication date was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A date line at the head of the text.
    Header,
    /// Metadata of the page or the JSON line.
    Metadata,
    /// The document's address.
    Url,
    /// The dateline, its year from elsewhere.
    Dateline,
    /// Given by the reader of the document.
    Given,
}

/// Where and when a story was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dateline {
    /// The place as printed.
    pub place: Option<String>,
    /// The date as a full ISO date.
    pub date: Option<String>,
}

/// The way back from a stretch of the text to the original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The first byte of the stretch in `text`.
    pub start: Offset,
    /// One past its last byte.
    pub end: Offset,
    /// Where the stretch stands in the original: for HTML an XPath of the element, for JSON a
    /// JSON Pointer.
    pub path: String,
}

/// One thing to know about how a document was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its kind.
    pub kind: NoticeKind,
    /// One plain sentence.
    pub says: String,
}

/// Kinds of notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// No pack reads the document's language: only document, text and language are given.
    NoPack,
    /// The text's encoding was detected, not declared.
    Encoding,
    /// A date of the metadata could not be read.
    Date,
    /// Items were left out when the record was written. The ids of the others have gaps.
    Partial,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_fips_180_and_reads_back() {
        let hash = Sha256::of(b"abc");
        let json = serde_json::to_string(&hash).unwrap();
        assert_eq!(
            json,
            r#""sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad""#
        );
        assert_eq!(serde_json::from_str::<Sha256>(&json).unwrap(), hash);
        assert!(serde_json::from_str::<Sha256>(&json.to_uppercase()).is_err());
    }
}
