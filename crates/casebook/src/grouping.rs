//! What belongs together across documents, as far as the words alone tell: actors by their name and
//! kind, documents by their text.

use std::collections::BTreeMap;

use onrecord_record::{Actor, Sha256};

use crate::key::DocumentId;

/// A name as it is compared: small letters, one space between words.
#[must_use]
pub fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether two names are one.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

/// Whether a name has these words in a row.
#[must_use]
pub fn has(name: &str, words: &str) -> bool {
    let (name, words) = (folded(name), folded(words));
    !words.is_empty() && format!(" {name} ").contains(&format!(" {words} "))
}

/// What tells an actor from others across documents.
#[must_use]
pub fn actor(actor: &Actor) -> String {
    format!("{} {:?}", folded(&actor.name), actor.kind)
}

/// Which documents are copies of others, told as they come in the order of their numbers.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    first: BTreeMap<[u8; 32], DocumentId>,
}

impl Copies {
    /// The document that stands for a document and its copies: the first that came, by the hash of
    /// its text.
    pub fn first(&mut self, document: DocumentId, text: Sha256) -> DocumentId {
        *self.first.entry(*text.bytes()).or_insert(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_their_capitals_and_spaces() {
        assert!(same("Mara  LIND", "mara lind") && !same("Mara Lind", "Lind"));
        assert!(has("Colonel Mara Lind", "mara lind") && has("Mara Lind", "LIND"));
        assert!(!has("Mara Lindqvist", "Lind") && !has("Mara Lind", " "));
    }
}
