//! The small words and phrases of a language, `grammar.toml`: classes and pieces of patterns that
//! the rules of reading share.

use std::collections::BTreeMap;
use std::fmt;

use onrecord_language::{PatternSet, Vocabulary, WordSet};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

/// Pieces of patterns by name, each whole: none holds a name any more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases(BTreeMap<String, String>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, Vec<String>>,
    /// One may use those above it.
    #[serde(rename = "phrase")]
    phrases: Vec<Phrase>,
}

/// A piece of a pattern with its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrase {
    name: String,
    pattern: String,
}

impl Phrases {
    const FILE: &str = "reading/grammar.toml";

    /// Defines the classes and takes the phrases of the pack's `grammar.toml`.
    pub(crate) fn compile(pack: &Pack, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let file: File = pack.file(Self::FILE)?;
        vocabulary.define_all(&file.classes);
        Self::default().with(&pack.path(Self::FILE), file.phrases)
    }

    /// These phrases and those of a file, each of which may use those before it.
    pub(crate) fn with(&self, path: &str, more: Vec<Phrase>) -> Result<Self, PackError> {
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

    /// Compiles the patterns of a file's rules into one set, in their order. The error names the
    /// file and the rule.
    pub(crate) fn patterns<'r>(
        &self,
        path: &str,
        rules: impl Iterator<Item = (&'r str, &'r str)>,
        layers: &[&str],
        vocabulary: &mut Vocabulary,
    ) -> Result<PatternSet, PackError> {
        let fault = |name: &str, cause: &dyn fmt::Display| {
            PackError::new(path, format_args!("rule `{name}`: {cause}"))
        };
        let mut names = Vec::new();
        let mut whole = Vec::new();
        for (name, pattern) in rules {
            whole.push(self.expand(pattern).map_err(|cause| fault(name, &cause))?);
            names.push(name);
        }
        PatternSet::compile(whole.iter().map(String::as_str), layers, vocabulary)
            .map_err(|e| fault(names.get(e.place).copied().unwrap_or_default(), &e))
    }
}

/// The single words of a class that `grammar.toml` defines.
pub(crate) fn class(
    pack: &Pack,
    vocabulary: &Vocabulary,
    name: &str,
) -> Result<WordSet, PackError> {
    let words = vocabulary.words_of(name).ok_or_else(|| {
        PackError::new(pack.path(Phrases::FILE), format_args!("no class `{name}`"))
    })?;
    Ok(words.iter().copied().collect())
}
