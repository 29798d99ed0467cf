//! The vocabulary: every word that some rule of a pack knows, and the classes that words are in.

use std::collections::BTreeMap;

use crate::WordId;

/// The words and classes of a pack. It grows while rules are compiled and is only read afterwards.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    words: BTreeMap<Box<str>, WordId>,
    classes: BTreeMap<Box<str>, Class>,
}

/// A named set of words and phrases, written `@name` in patterns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Class {
    /// The single words, sorted.
    pub(crate) words: Vec<WordId>,
    /// The phrases of two words and more, longest first.
    pub(crate) phrases: Vec<Vec<WordId>>,
}

impl Vocabulary {
    /// A vocabulary without a word.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of a word, made known if it was not. Words are in lower case with `'` as apostrophe.
    pub fn learn(&mut self, word: &str) -> WordId {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX - 1) + 1);
        self.words.insert(word.into(), id);
        id
    }

    /// The ids of the words of a phrase, which stand apart as the pack's segmentation has them.
    pub fn learn_phrase(&mut self, phrase: &str) -> Vec<WordId> {
        phrase.split_whitespace().map(|word| self.learn(word)).collect()
    }

    /// The id of a word; [`WordId::UNKNOWN`] for one that no rule knows.
    #[must_use]
    pub fn word(&self, word: &str) -> WordId {
        self.words.get(word).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// Adds words and phrases to a class, which begins with the first.
    pub fn define<'w>(&mut self, class: &str, members: impl IntoIterator<Item = &'w str>) {
        let members: Vec<Vec<WordId>> =
            members.into_iter().map(|phrase| self.learn_phrase(phrase)).collect();
        let class = self.classes.entry(class.into()).or_default();
        for words in members {
            match words[..] {
                [] => {}
                [word] => {
                    if let Err(at) = class.words.binary_search(&word) {
                        class.words.insert(at, word);
                    }
                }
                _ => {
                    let order = |other: &Vec<WordId>| {
                        words.len().cmp(&other.len()).then_with(|| other.cmp(&words))
                    };
                    if let Err(at) = class.phrases.binary_search_by(order) {
                        class.phrases.insert(at, words);
                    }
                }
            }
        }
    }

    /// Adds the words and phrases of a pack's file to its classes.
    pub fn define_all(&mut self, classes: &BTreeMap<String, Vec<String>>) {
        for (class, members) in classes {
            self.define(class, members.iter().map(String::as_str));
        }
    }

    /// The words of a class that are single words, sorted; `None` where no such class is defined.
    #[must_use]
    pub fn words_of(&self, class: &str) -> Option<&[WordId]> {
        self.classes.get(class).map(|class| &class.words[..])
    }

    pub(crate) fn class(&self, name: &str) -> Option<&Class> {
        self.classes.get(name)
    }
}

/// A set of words, quick to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordSet(Vec<u64>);

impl WordSet {
    /// Whether the word is in the set. [`WordId::UNKNOWN`] never is.
    #[must_use]
    pub fn holds(&self, word: WordId) -> bool {
        let (block, bit) = (word.0 as usize / 64, word.0 % 64);
        self.0.get(block).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    /// The words, in order.
    pub fn iter(&self) -> impl Iterator<Item = WordId> {
        let bits = self.0.iter().zip(0u32..);
        bits.flat_map(|(bits, block)| {
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| WordId(block * 64 + bit))
        })
    }
}

impl FromIterator<WordId> for WordSet {
    fn from_iter<I: IntoIterator<Item = WordId>>(words: I) -> Self {
        let mut set = Self::default();
        for word in words.into_iter().filter(|word| *word != WordId::UNKNOWN) {
            let block = word.0 as usize / 64;
            if block >= set.0.len() {
                set.0.resize(block + 1, 0);
            }
            set.0[block] |= 1 << (word.0 % 64);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_id() {
        let mut vocabulary = Vocabulary::new();
        let said = vocabulary.learn("said");
        assert_ne!(vocabulary.learn("denied"), said);
        assert_eq!(vocabulary.learn("said"), said);
        assert_eq!(vocabulary.word("said"), said);
        assert_eq!(vocabulary.word("never"), WordId::UNKNOWN);
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_never_the_unknown() {
        let set: WordSet = [WordId(3), WordId(200), WordId::UNKNOWN].into_iter().collect();
        assert!(set.holds(WordId(3)) && set.holds(WordId(200)));
        assert!(!set.holds(WordId::UNKNOWN) && !set.holds(WordId(4)) && !set.holds(WordId(9000)));
        assert_eq!(set.iter().collect::<Vec<_>>(), [WordId(3), WordId(200)]);
    }
}
