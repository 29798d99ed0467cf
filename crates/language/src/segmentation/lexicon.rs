//! Words compared without regard to case and kind of apostrophe.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Whether a character is an apostrophe or may stand for one.
pub(crate) fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

/// A word in lower case with straight apostrophes; `buffer` holds it where it is not so already.
pub(crate) fn fold_into<'b>(word: &'b str, buffer: &'b mut String) -> &'b str {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return word;
    }
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        for c in word.chars() {
            if apostrophe(c) {
                buffer.push('\'');
            } else {
                buffer.extend(c.to_lowercase());
            }
        }
    }
    buffer
}

/// A word in lower case with straight apostrophes.
pub(crate) fn folded(word: &str) -> Cow<'_, str> {
    let mut buffer = String::new();
    if fold_into(word, &mut buffer).len() == word.len() && buffer.is_empty() {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(buffer)
    }
}

/// Values by folded word. A look-up costs little where nothing of the word's length and first
/// byte is known, and never more than the longest known word.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon<T> {
    words: BTreeMap<String, T>,
    /// For each first byte of a folded word, the lengths known: one bit each, the last for all
    /// beyond.
    lengths: [u32; 256],
    longest: usize,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Self {
        Self { words: BTreeMap::new(), lengths: [0; 256], longest: 0 }
    }
}

impl<T> Lexicon<T> {
    /// Adds a word; gives back the value that it had.
    pub(crate) fn add(&mut self, word: &str, value: T) -> Option<T> {
        let word = folded(word).into_owned();
        let first = word.bytes().next().unwrap_or_default();
        self.lengths[usize::from(first)] |= bit(word.len());
        self.longest = self.longest.max(word.len());
        self.words.insert(word, value)
    }

    /// The value of a word.
    pub(crate) fn find(&self, word: &str) -> Option<&T> {
        let first = word.bytes().next()?;
        // Folding may change the length and first byte of what is not ASCII.
        if first.is_ascii() && word.len() <= self.longest {
            let lengths = self.lengths[usize::from(first.to_ascii_lowercase())];
            if lengths & bit(word.len()) == 0 && word.is_ascii() {
                return None;
            }
        } else if word.len() > 2 * self.longest + 4 {
            return None;
        }
        self.words.get(folded(word).as_ref())
    }

    /// Whether the word is known.
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    /// The bytes of the longest word.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }
}

impl Lexicon<()> {
    /// A lexicon of bare words.
    pub(crate) fn of(words: &[String]) -> Self {
        let mut lexicon = Self::default();
        for word in words {
            lexicon.add(word, ());
        }
        lexicon
    }
}

fn bit(length: usize) -> u32 {
    1 << length.min(31)
}
