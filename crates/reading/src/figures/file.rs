//! What `figures.toml` holds.

use std::collections::BTreeMap;

use onrecord_language::Phrase;
use serde::Deserialize;

use super::asides::Aside;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) classes: BTreeMap<String, Vec<String>>,
    pub(super) singular: Singular,
    #[serde(rename = "bound")]
    pub(super) bounds: Vec<Bound>,
    #[serde(rename = "vague")]
    pub(super) vague: Vec<VagueWords>,
    #[serde(rename = "phrase")]
    pub(super) phrases: Vec<Phrase>,
    #[serde(rename = "aside")]
    pub(super) asides: Vec<Aside>,
    #[serde(rename = "rule")]
    pub(super) rules: Vec<Rule>,
}

/// How plurals become singulars.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Singular {
    pub(super) endings: Vec<(String, String)>,
    pub(super) words: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bound {
    pub(super) words: Vec<String>,
    pub(super) sense: Sense,
}

/// What a word beside a quantity makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sense {
    Least,
    Most,
    Approximate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VagueWords {
    pub(super) words: Vec<String>,
    /// The class that they are in.
    pub(super) class: String,
    pub(super) least: f64,
    pub(super) most: Option<f64>,
}

/// How many some words without a number say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vague {
    pub(super) least: f64,
    pub(super) most: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) name: String,
    /// What is counted; else the noun that it captures or, without one, what another figure counts.
    pub(super) counted: Option<String>,
    pub(super) pattern: String,
    /// Whether what is counted happened at some time; true where absent.
    #[serde(default = "dated")]
    pub(super) dated: bool,
    /// Whether the words may tell of a figure beside it what happened to both.
    #[serde(default)]
    pub(super) shares: bool,
    /// Whether it counts what the figure before counts, and not what happened to that.
    #[serde(default)]
    pub(super) kind: bool,
    pub(super) fires: Vec<Fires>,
    pub(super) silent: Vec<String>,
}

fn dated() -> bool {
    true
}

/// A text in which a rule fires, and what is read there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fires {
    pub(super) text: String,
    pub(super) words: String,
    /// What is counted, where the rule does not say.
    pub(super) counted: Option<String>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    #[serde(default)]
    pub(super) approximate: bool,
}

impl Singular {
    /// The singular of a noun, in lower case.
    pub(super) fn of(&self, word: &str) -> String {
        let word = word.to_lowercase();
        let stem = |(ending, singular): &(String, String)| {
            word.strip_suffix(ending.as_str()).map(|stem| format!("{stem}{singular}"))
        };
        let known = self.words.get(&word).cloned();
        known.or_else(|| self.endings.iter().find_map(stem)).unwrap_or(word)
    }
}
