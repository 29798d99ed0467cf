//! Time expressions: TIMEX3 values (ISO-TimeML, ISO 24617-1) and what they were resolved against.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Span, TimeId};

/// A time expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// Its id.
    pub id: TimeId,
    /// Its words.
    pub span: Span,
    /// Its TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeType,
    /// Its TIMEX3 value, such as `2025-12-11`, `2024-05`, `P3D`; null where the words name no
    /// date that exists, or none that can be told.
    pub value: Option<String>,
    /// The same as EDTF (ISO 8601-2), where EDTF can say it.
    pub edtf: Option<String>,
    /// The TIMEX3 modifier.
    #[serde(rename = "mod")]
    pub modifier: Option<Mod>,
    /// What it was resolved against; null where the words say all of it.
    pub from: Option<Anchor>,
    /// The share of times with this value whose type and value are right, from 0 to 1: of those at
    /// 0.9, nine in ten. None is surer than the time that it was resolved against.
    pub confidence: f64,
}

/// The TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeType {
    /// A day or a longer calendar unit.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
}

/// The TIMEX3 modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the standard's")]
pub enum Mod {
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
    Start,
    Mid,
    End,
    Approx,
}

/// What a time was resolved against: the document's publication date (`published`) or another
/// time of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The publication date.
    Published,
    /// Another time.
    Time(TimeId),
}

impl Anchor {
    const PUBLISHED: &str = "published";
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Published => f.write_str(Self::PUBLISHED),
            Self::Time(id) => id.fmt(f),
        }
    }
}

impl Serialize for Anchor {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Anchor {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        if text == Self::PUBLISHED {
            return Ok(Self::Published);
        }
        text.parse().map(Self::Time).map_err(de::Error::custom)
    }
}

impl JsonSchema for Anchor {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Anchor".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(published|t[1-9][0-9]*)$" })
    }
}

/// When something was said, done or counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// A TIMEX3 value.
    pub value: String,
    /// The time expression that gave it; null where it is the document's own date.
    pub time: Option<TimeId>,
}
