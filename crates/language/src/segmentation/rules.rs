//! What `segmentation.toml` holds, and the rules compiled from it.

use std::collections::BTreeMap;

use onrecord_packs::{Pack, PackError};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::lexicon::{Lexicon, folded};

const FILE: &str = "segmentation.toml";

/// How an abbreviation stands to the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Something follows always: it ends no sentence.
    Leads,
    /// It may end a sentence.
    MayEnd,
    /// It is one before a number only, and ends no sentence.
    Numbered,
}

/// A pair of quotation marks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pair {
    /// The mark that opens.
    pub(crate) open: char,
    /// The marks that close what it opened.
    pub(crate) close: Vec<char>,
}

/// The rules.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    abbreviations: Lexicon<(Abbreviation, bool)>,
    /// Letters that are words when they stand alone.
    pub(crate) letter_words: Lexicon<()>,
    /// Words that begin a sentence rather than a name where they are capitalised.
    pub(crate) starters: Lexicon<()>,
    /// Words that attribute speech, after a quotation that asks or exclaims.
    pub(crate) cues: Lexicon<()>,
    /// Ends of words that are tokens of their own, folded, the longest first.
    pub(crate) clitics: Vec<String>,
    /// Where a word that is two falls apart: bytes from its start.
    pub(crate) contractions: Lexicon<usize>,
    /// What may follow an apostrophe that stands for missing letters.
    pub(crate) elisions: Lexicon<()>,
    /// The letters behind two digits that make them a decade; each one byte long.
    pub(crate) decade: Vec<char>,
    /// Last letters of words whose possessive is a bare apostrophe.
    pub(crate) bare_possessive: Vec<char>,
    /// What is no token without the word after its hyphen.
    pub(crate) prefixes: Lexicon<()>,
    /// Small words that are part of the name after their hyphen.
    pub(crate) particles: Lexicon<()>,
    /// Words between which a hyphen always stands apart.
    pub(crate) apart: Lexicon<()>,
    /// Letters after digits that are a token of their own.
    pub(crate) units: Lexicon<()>,
    /// Last labels of net addresses and file names.
    pub(crate) domains: Lexicon<()>,
    /// Signs of several marks that are one token, the longest first.
    pub(crate) signs: Vec<String>,
    /// Quotation marks.
    pub(crate) pairs: Vec<Pair>,
    /// Every character of the pairs.
    pub(crate) quotes: Vec<char>,
    /// Marks that begin an item of a list at the start of a line.
    pub(crate) bullets: Vec<char>,
}

impl Rules {
    /// The rules of a pack.
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let file: File = pack.file(FILE)?;
        let fail = |cause: String| PackError::new(pack.path(FILE), cause);
        let mut abbreviations = Lexicon::default();
        let kinds = [
            (file.abbreviations.leads, Abbreviation::Leads),
            (file.abbreviations.may_end, Abbreviation::MayEnd),
            (file.abbreviations.numbered, Abbreviation::Numbered),
        ];
        for (words, kind) in kinds {
            for word in words {
                if word.is_empty() || word.ends_with('.') {
                    return Err(fail(format!("abbreviations are without last stop: `{word}`")));
                }
                let capital = word.starts_with(char::is_uppercase);
                if abbreviations.add(&word, (kind, capital)).is_some() {
                    return Err(fail(format!("the abbreviation `{word}` stands twice")));
                }
            }
        }
        let mut contractions = Lexicon::default();
        for (word, parts) in file.words.contractions {
            let [first, second] = &parts;
            if format!("{first}{second}") != word || !word.is_ascii() || first.is_empty() {
                return Err(fail(format!("the parts of `{word}` do not make it")));
            }
            contractions.add(&word, first.len());
        }
        let mut clitics: Vec<_> =
            file.words.clitics.iter().map(|c| folded(c).into_owned()).collect();
        clitics.sort_by_key(|clitic| std::cmp::Reverse(clitic.len()));
        if clitics.iter().any(String::is_empty) {
            return Err(fail("a clitic is empty".to_owned()));
        }
        if !file.words.decade.iter().all(char::is_ascii) {
            return Err(fail("the letter of a decade is not ASCII".to_owned()));
        }
        let mut signs = file.signs.whole;
        signs.sort_by_key(|sign| std::cmp::Reverse(sign.len()));
        let pairs = file.quotations.pairs;
        let quotes = pairs.iter().flat_map(|p| [p.open].into_iter().chain(p.close.clone()));
        Ok(Self {
            abbreviations,
            letter_words: Lexicon::of(&file.abbreviations.letter_words),
            starters: Lexicon::of(&file.sentences.starters),
            cues: Lexicon::of(&file.sentences.cues),
            clitics,
            contractions,
            elisions: Lexicon::of(&file.words.elisions),
            decade: file.words.decade,
            bare_possessive: file.words.bare_possessive,
            prefixes: Lexicon::of(&file.hyphens.prefixes),
            particles: Lexicon::of(&file.hyphens.particles),
            apart: Lexicon::of(&file.hyphens.apart),
            units: Lexicon::of(&file.numbers.units),
            domains: Lexicon::of(&file.addresses.domains),
            signs,
            quotes: quotes.collect(),
            pairs,
            bullets: file.sentences.bullets,
        })
    }

    /// The kind of a word, written without its last stop, that is an abbreviation.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let (kind, capital) = self.abbreviations.find(word)?;
        (!capital || word.starts_with(char::is_uppercase)).then_some(*kind)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: Abbreviations,
    sentences: Sentences,
    words: Words,
    hyphens: Hyphens,
    numbers: Numbers,
    addresses: Addresses,
    signs: Signs,
    quotations: Pairs,
}

/// The tests run the examples; the rules have no use for them.
macro_rules! group {
    ($name:ident { $($field:ident: $type:ty,)* }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $($field: $type,)*
            #[serde(rename = "examples")]
            _examples: IgnoredAny,
        }
    };
}

group!(Abbreviations {
    leads: Vec<String>,
    may_end: Vec<String>,
    numbered: Vec<String>,
    letter_words: Vec<String>,
});
group!(Sentences {
    starters: Vec<String>,
    cues: Vec<String>,
    bullets: Vec<char>,
});
group!(Words {
    clitics: Vec<String>,
    contractions: BTreeMap<String, [String; 2]>,
    elisions: Vec<String>,
    decade: Vec<char>,
    bare_possessive: Vec<char>,
});
group!(Hyphens {
    prefixes: Vec<String>,
    particles: Vec<String>,
    apart: Vec<String>,
});
group!(Numbers {
    units: Vec<String>,
});
group!(Addresses {
    domains: Vec<String>,
});
group!(Signs {
    whole: Vec<String>,
});
group!(Pairs {
    pairs: Vec<Pair>,
});
