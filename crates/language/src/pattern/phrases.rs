//! Pieces of patterns with names, `%name` in the patterns that use them.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_packs::PackError;
use serde::Deserialize;

use crate::{PatternSet, Vocabulary};

/// Pieces of patterns by name, each whole: none holds a name any more.
#[derive(Debug, Clone, Default)]
pub struct Phrases(BTreeMap<String, String>);

/// A piece of a pattern with its name, as packs hold them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    name: String,
    pattern: String,
}

impl Phrases {
    /// These phrases and those of a file, each of which may use those before it.
    ///
    /// # Errors
    /// Where one names a phrase that does not exist; the error names the file and the phrase.
    pub fn with(&self, path: &str, more: Vec<Phrase>) -> Result<Self, PackError> {
        let mut phrases = self.clone();
        for Phrase { name, pattern } in more {
            let whole = phrases
                .expand(&pattern)
                .map_err(|cause| PackError::new(path, format_args!("phrase `{name}`: {cause}")))?;
            phrases.0.insert(name, whole);
        }
        Ok(phrases)
    }

    /// A pattern with every `%name` in its place. Repetitions and captures stay around it.
    fn expand(&self, pattern: &str) -> Result<String, String> {
        let mut whole = String::new();
        for item in pattern.split_whitespace() {
            if !whole.is_empty() {
                whole.push(' ');
            }
            let Some((before, rest)) = item.split_once('%').filter(|(before, rest)| {
                !rest.is_empty() && (before.is_empty() || before.ends_with(':'))
            }) else {
                whole.push_str(item);
                continue;
            };
            let name = rest.trim_end_matches(|c: char| !c.is_ascii_lowercase() && c != '-');
            let phrase = self.0.get(name).ok_or_else(|| format!("no phrase `%{name}`"))?;
            whole.push_str(before);
            whole.push_str("( ");
            whole.push_str(phrase);
            whole.push_str(" )");
            whole.push_str(&rest[name.len()..]);
        }
        Ok(whole)
    }

    /// Compiles the patterns of rules into one set, in their order. Each comes with its file and
    /// its name, which errors name.
    ///
    /// # Errors
    /// Where a pattern names a phrase, class, shape or layer that does not exist, or is no pattern.
    pub fn patterns<'r>(
        &self,
        rules: impl Iterator<Item = (&'r str, &'r str, &'r str)>,
        layers: &[&str],
        vocabulary: &mut Vocabulary,
    ) -> Result<PatternSet, PackError> {
        let fault = |(path, name): (&str, &str), cause: &dyn fmt::Display| {
            PackError::new(path, format_args!("rule `{name}`: {cause}"))
        };
        let mut places = Vec::new();
        let mut whole = Vec::new();
        for (path, name, pattern) in rules {
            whole.push(self.expand(pattern).map_err(|cause| fault((path, name), &cause))?);
            places.push((path, name));
        }
        PatternSet::compile(whole.iter().map(String::as_str), layers, vocabulary)
            .map_err(|e| fault(places.get(e.place).copied().unwrap_or_default(), &e))
    }
}
