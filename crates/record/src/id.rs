//! Ids: short, local to a record, a letter for the kind and a number in text order from 1.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An id that is not of the form its kind has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is no id: expected a letter of {letters} and a number from 1, such as `s1`")]
pub struct BadId {
    /// The text that was found.
    pub found: String,
    /// The letters that would do.
    pub letters: &'static str,
}

fn number(found: &str, letter: char, letters: &'static str) -> Result<u32, BadId> {
    let bad = || BadId { found: found.chars().take(40).collect(), letters };
    let digits = found.strip_prefix(letter).ok_or_else(bad)?;
    if digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad());
    }
    digits.parse().map_err(|_| bad())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $letter:literal $pattern:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);

            impl $name {
                /// The id of the item at `index`, counted from 0, of its list.
                #[must_use]
                pub fn nth(index: usize) -> Self {
                    Self(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
                }

                /// The item's place in its list, counted from 0.
                #[must_use]
                pub fn index(self) -> usize {
                    self.0 as usize - 1
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!($letter, "{}"), self.0)
                }
            }

            impl FromStr for $name {
                type Err = BadId;
                fn from_str(text: &str) -> Result<Self, BadId> {
                    number(text, $letter, stringify!($letter)).map(Self)
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    to.collect_str(self)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                    text.parse().map_err(de::Error::custom)
                }
            }

            impl JsonSchema for $name {
                fn schema_name() -> std::borrow::Cow<'static, str> {
                    stringify!($name).into()
                }
                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "pattern": $pattern })
                }
            }
        )*

        /// The id of any item of a record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ItemId {
            $(#[doc = concat!("A [`", stringify!($name), "`].")] $name($name),)*
        }

        $(impl From<$name> for ItemId {
            fn from(id: $name) -> Self {
                Self::$name(id)
            }
        })*

        impl fmt::Display for ItemId {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$name(id) => id.fmt(f),)* }
            }
        }

        impl FromStr for ItemId {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                match text.chars().next() {
                    $(Some($letter) => text.parse().map(Self::$name),)*
                    _ => Err(BadId { found: text.chars().take(40).collect(), letters: "t, a, s, g, f, p" }),
                }
            }
        }
    };
}

ids! {
    /// The id of a time expression: `t1`.
    TimeId 't' "^t[1-9][0-9]*$";
    /// The id of an actor: `a1`.
    ActorId 'a' "^a[1-9][0-9]*$";
    /// The id of a statement: `s1`.
    StatementId 's' "^s[1-9][0-9]*$";
    /// The id of an allegation: `g1`.
    AllegationId 'g' "^g[1-9][0-9]*$";
    /// The id of a figure: `f1`.
    FigureId 'f' "^f[1-9][0-9]*$";
    /// The id of a proceeding: `p1`.
    ProceedingId 'p' "^p[1-9][0-9]*$";
}

impl Serialize for ItemId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ItemId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for ItemId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ItemId".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[tasgfp][1-9][0-9]*$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_what_they_print() {
        assert_eq!(StatementId::nth(0).to_string(), "s1");
        assert_eq!("s12".parse(), Ok(StatementId::nth(11)));
        assert_eq!("f3".parse(), Ok(ItemId::from(FigureId::nth(2))));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for bad in ["", "s", "s0", "s01", "a1", "s-1", "s1x", "s99999999999", "é1"] {
            assert!(bad.parse::<StatementId>().is_err(), "{bad}");
        }
        assert!("x1".parse::<ItemId>().is_err());
    }
}
