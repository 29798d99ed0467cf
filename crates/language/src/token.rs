//! Tokens: a block of text to words and marks.

mod address;
mod mark;
mod shape;
mod word;

use std::ops::Range;

use onrecord_record::Extent;

use crate::segmentation::Rules;
use crate::{Shape, Token, WordId};

/// What a token is to the sentence and to quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing.
    Plain,
    /// An abbreviation, its stop included, that ends no sentence.
    Leads,
    /// An abbreviation, its stop included, that may end a sentence.
    MayEnd,
    /// One full stop.
    Period,
    /// Question and exclamation marks.
    Exclaims,
    /// Several full stops.
    Ellipsis,
    /// A mark that joins what stands around it: `:`, `;`, `/`, `-`.
    Joins,
    /// A sign of several marks.
    Sign,
    /// A character of some pair of quotation marks.
    Quote(char),
    /// An opening bracket.
    Opens,
    /// A closing bracket.
    Closes,
}

/// What sentences and quotations know of a token beside its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Note {
    /// What it is.
    pub(crate) role: Role,
    /// Line breaks before it: none, one, or two for all beyond.
    pub(crate) lines: u8,
}

/// Reads the tokens of one block, from its start to its end, each character once and again only
/// within fixed bounds.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    rules: &'a Rules,
    tokens: &'a mut Vec<Token>,
    notes: &'a mut Vec<Note>,
    /// Where the next token begins.
    at: usize,
    /// The end of the block.
    end: usize,
    /// What a word may not pass: the next white space or address.
    limit: usize,
    spaced: bool,
    lines: u8,
}

impl<'a> Scanner<'a> {
    /// A scanner of a range of bytes, which lies on character boundaries of the text.
    pub(crate) fn new(
        text: &'a str,
        block: Range<usize>,
        rules: &'a Rules,
        tokens: &'a mut Vec<Token>,
        notes: &'a mut Vec<Note>,
    ) -> Self {
        let (at, end) = (block.start, block.end);
        Self { text, rules, tokens, notes, at, end, limit: at, spaced: true, lines: 0 }
    }

    /// Reads every token.
    pub(crate) fn scan(mut self) {
        while let Some(c) = self.peek(self.at) {
            if c.is_whitespace() {
                self.at += c.len_utf8();
                self.spaced = true;
                self.lines = (self.lines + u8::from(c == '\n' || c == '\u{2029}')).min(2);
            } else {
                self.chunk();
            }
        }
    }

    /// Reads the tokens up to the next white space.
    fn chunk(&mut self) {
        let (end, may_hold_address) = self.chunk_end();
        let mut address = self.next_address(may_hold_address, end);
        self.limit = address.as_ref().map_or(end, |found| found.start);
        while self.at < end {
            if let Some(found) = address.as_ref().filter(|found| found.start <= self.at).cloned() {
                self.push(found.end, Shape::Address, Role::Plain);
                address = self.next_address(may_hold_address, end);
                self.limit = address.as_ref().map_or(end, |next| next.start);
                continue;
            }
            match self.peek(self.at) {
                Some(c) if word::begins(c) => self.word(),
                Some(c) => self.mark(c),
                None => break,
            }
        }
    }

    /// The character at a place of the block.
    fn peek(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = self.text.as_bytes()[at];
        if byte.is_ascii() { Some(char::from(byte)) } else { self.text[at..].chars().next() }
    }

    /// The character at a place that a word may reach.
    fn inner(&self, at: usize) -> Option<char> {
        if at < self.limit { self.peek(at) } else { None }
    }

    /// Whether the block ends at a place or has white space there.
    fn space_at(&self, at: usize) -> bool {
        self.peek(at).is_none_or(char::is_whitespace)
    }

    /// Takes the text up to `end` as a token.
    fn push(&mut self, end: usize, shape: Shape, role: Role) {
        self.tokens.push(Token {
            extent: Extent::at(self.at..end),
            word: WordId::UNKNOWN,
            shape,
            spaced: self.spaced,
        });
        self.notes.push(Note { role, lines: self.lines });
        self.at = end;
        self.spaced = false;
        self.lines = 0;
    }
}
