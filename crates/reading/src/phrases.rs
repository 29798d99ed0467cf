//! The small words and phrases of a language, `grammar.toml`: classes and pieces of patterns that
//! the rules of reading share.

use std::collections::BTreeMap;

use onrecord_language::{Phrase, Phrases, Vocabulary, WordSet};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

const FILE: &str = "reading/grammar.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: BTreeMap<String, Vec<String>>,
    /// One may use those above it.
    #[serde(rename = "phrase")]
    phrases: Vec<Phrase>,
}

/// Defines the classes and takes the phrases of the pack's `grammar.toml`.
pub(crate) fn compile(pack: &Pack, vocabulary: &mut Vocabulary) -> Result<Phrases, PackError> {
    let file: File = pack.file(FILE)?;
    vocabulary.define_all(&file.classes);
    Phrases::default().with(&pack.path(FILE), file.phrases)
}

/// The single words of a class that `grammar.toml` defines.
pub(crate) fn class(
    pack: &Pack,
    vocabulary: &Vocabulary,
    name: &str,
) -> Result<WordSet, PackError> {
    let words = vocabulary
        .words_of(name)
        .ok_or_else(|| PackError::new(pack.path(FILE), format_args!("no class `{name}`")))?;
    Ok(words.iter().copied().collect())
}

/// The phrases of a class that `grammar.toml` defines, as written.
pub(crate) fn words(pack: &Pack, name: &str) -> Result<Vec<String>, PackError> {
    let mut file: File = pack.file(FILE)?;
    let lacking = || PackError::new(pack.path(FILE), format_args!("no class `{name}`"));
    file.classes.remove(name).ok_or_else(lacking)
}
