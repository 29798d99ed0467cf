//! What language makes of a text.

use onrecord_intake::BlockKind;
use onrecord_record::Extent;

use crate::WordSet;

/// The words, sentences and quotations of a text. Every extent lies in the text, on character
/// boundaries; lists are in text order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis<'t> {
    /// The text.
    pub text: &'t str,
    /// Its words and marks. They never overlap and hold no white space. Furniture has none.
    pub tokens: Vec<Token>,
    /// Its sentences. Together they hold every token; each lies in one paragraph.
    pub sentences: Vec<Sentence>,
    /// Its paragraphs: every block but furniture, with its sentences.
    pub paragraphs: Vec<Paragraph>,
    /// Its quotations, by their first token; one inside another comes after it.
    pub quotations: Vec<Quotation>,
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; never empty.
    pub extent: Extent,
    /// The word of the vocabulary that it is, its case and kind of apostrophe set aside.
    pub word: WordId,
    /// How it is written.
    pub shape: Shape,
    /// Whether white space or the block's start stands before it.
    pub spaced: bool,
}

/// A word that some rule of the pack knows; [`WordId::UNKNOWN`] for all others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// The word of every token that no rule knows.
    pub const UNKNOWN: Self = Self(0);
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A word without a capital: `said`.
    Lower,
    /// A word with a capital at its start and lower-case letters: `Said`, `McAdam`.
    Capital,
    /// A word of capitals, two at least: `ICC`, `U.N.`.
    Upper,
    /// A single capital letter, with or without a full stop: `A`, `J.`.
    Initial,
    /// A word of a script without case, or with capitals inside only: `eBay`.
    Other,
    /// Digits, with or without separators: `1,221`, `3.5`, `2024`.
    Digits,
    /// Digits and letters: `7th`, `F-16`, `2024-05-01T10:00`.
    Mixed,
    /// An address of the net or of mail.
    Address,
    /// A quotation mark that opens.
    QuoteOpen,
    /// A quotation mark that closes.
    QuoteClose,
    /// A mark that ends a sentence: `.`, `!`, `?`, `…`.
    Stop,
    /// A comma.
    Comma,
    /// A dash between words: `—`, `–`, ` - `, `--`.
    Dash,
    /// An opening or closing bracket.
    Bracket,
    /// Any other mark.
    Mark,
}

/// A token's place in [`Analysis::tokens`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

impl TokenId {
    /// The place as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The place of an index.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A half-open range of tokens. Its start is never behind its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tokens {
    /// The first token.
    pub start: TokenId,
    /// One past the last token.
    pub end: TokenId,
}

impl Tokens {
    /// The tokens from `start` up to `end`; none where `end` lies before it.
    #[must_use]
    pub fn new(start: TokenId, end: TokenId) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The tokens of a range of indices.
    #[must_use]
    pub fn at(range: std::ops::Range<usize>) -> Self {
        Self::new(TokenId::at(range.start), TokenId::at(range.end))
    }

    /// The range of indices.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start.index()..self.end.index()
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end.0 - self.start.0) as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `token` is among them.
    #[must_use]
    pub fn holds(self, token: TokenId) -> bool {
        self.start <= token && token < self.end
    }

    /// Whether all of `inner` is among them.
    #[must_use]
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share a token.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl IntoIterator for Tokens {
    type Item = TokenId;
    type IntoIter = std::iter::Map<std::ops::Range<u32>, fn(u32) -> TokenId>;
    fn into_iter(self) -> Self::IntoIter {
        (self.start.0..self.end.0).map(TokenId)
    }
}

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, at least one.
    pub tokens: Tokens,
    /// Its paragraph's place in [`Analysis::paragraphs`].
    pub paragraph: u32,
}

/// A paragraph, heading, list item or caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: BlockKind,
    /// Its tokens, at least one.
    pub tokens: Tokens,
    /// Its sentences' places in [`Analysis::sentences`].
    pub sentences: std::ops::Range<u32>,
}

/// Words in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// All of it, its marks included.
    pub tokens: Tokens,
    /// The words between its marks; may be none.
    pub inside: Tokens,
    /// Whether a mark closes it. One that runs on into a next paragraph that opens with a mark of
    /// its own, as print does, is not closed there: the next one `continues` it.
    pub closed: bool,
    /// Whether it carries on one that an earlier paragraph left open.
    pub continues: bool,
    /// How many quotations it lies in.
    pub depth: u8,
    /// The place in [`Analysis::quotations`] of the outermost one that it lies in; its own where
    /// it lies in none.
    pub outer: u32,
}

impl Paragraph {
    /// Its sentences' places as a range of indices.
    #[must_use]
    pub fn sentence_range(&self) -> std::ops::Range<usize> {
        self.sentences.start as usize..self.sentences.end as usize
    }
}

impl Shape {
    /// Whether it is a mark and no word.
    #[must_use]
    pub fn is_mark(self) -> bool {
        matches!(
            self,
            Self::QuoteOpen
                | Self::QuoteClose
                | Self::Stop
                | Self::Comma
                | Self::Dash
                | Self::Bracket
                | Self::Mark
        )
    }
}

impl Analysis<'_> {
    /// The token at a place.
    ///
    /// # Panics
    /// Where there is none: places come from this analysis.
    #[must_use]
    pub fn token(&self, id: TokenId) -> Token {
        self.tokens[id.index()]
    }

    /// A token's words.
    #[must_use]
    pub fn word(&self, id: TokenId) -> &str {
        self.token(id).extent.of(self.text).unwrap_or_default()
    }

    /// Where some tokens stand, from the first's start to the last's end; empty at the start of
    /// the text where there are none.
    #[must_use]
    pub fn extent(&self, tokens: Tokens) -> Extent {
        match self.tokens.get(tokens.range()) {
            Some([first, .., last]) => first.extent.cover(last.extent),
            Some([only]) => only.extent,
            _ => Extent::default(),
        }
    }

    /// The tokens of each sentence that the document tells: none of a heading.
    pub fn told(&self) -> impl Iterator<Item = Tokens> {
        let told = |s: &&Sentence| self.paragraphs[s.paragraph as usize].kind.tells();
        self.sentences.iter().filter(told).map(|sentence| sentence.tokens)
    }

    /// Whether some of the tokens is a word of a set.
    #[must_use]
    pub fn holds_any(&self, tokens: Tokens, words: &WordSet) -> bool {
        let tokens = self.tokens.get(tokens.range()).unwrap_or_default();
        tokens.iter().any(|token| words.holds(token.word))
    }

    /// The sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: TokenId) -> Option<&Sentence> {
        let behind = self.sentences.partition_point(|sentence| sentence.tokens.end <= token);
        self.sentences.get(behind).filter(|sentence| sentence.tokens.holds(token))
    }

    /// The tokens of the outermost quotation that holds a token.
    #[must_use]
    pub fn outer_quotation(&self, token: TokenId) -> Option<Tokens> {
        let before = self.quotations.partition_point(|q| q.tokens.start <= token);
        let last = self.quotations.get(before.checked_sub(1)?)?;
        let outer = self.quotations.get(last.outer as usize)?;
        outer.tokens.holds(token).then_some(outer.tokens)
    }

    /// Whether a token stands in a quotation.
    #[must_use]
    pub fn quoted(&self, token: TokenId) -> bool {
        self.outer_quotation(token).is_some()
    }

    /// The words of some tokens, with all that stands between them.
    #[must_use]
    pub fn words(&self, tokens: Tokens) -> &str {
        self.extent(tokens).of(self.text).unwrap_or_default()
    }
}
