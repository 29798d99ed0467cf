//! Quotations: which marks open and close, and what they hold.

mod marks;

use marks::{Mark, marks, may_own, straight};
use onrecord_intake::BlockKind;

use crate::segmentation::{Rules, apostrophe};
use crate::token::Note;
use crate::{Quotation, Shape, Token, TokenId, Tokens};

/// How deep quotations nest. An opening mark beyond it opens nothing.
const DEEPEST: usize = 8;

/// The quotations found so far, and those that the last paragraph left open.
#[derive(Debug, Default)]
pub(crate) struct Quotations {
    /// By their first token.
    pub(crate) found: Vec<Quotation>,
    /// The pairs left open, the outermost first.
    left_open: Vec<usize>,
}

/// A quotation that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    pair: usize,
    place: usize,
}

impl Quotations {
    /// Reads the quotations of a paragraph's tokens, whose first is the text's `first`, and tells
    /// the shape of its quotation marks.
    pub(crate) fn read(
        &mut self,
        rules: &Rules,
        text: &str,
        tokens: &mut [Token],
        notes: &[Note],
        first: usize,
        kind: BlockKind,
    ) {
        let marks = marks(rules, text, tokens, notes);
        // A crosshead stands between the paragraphs of a quotation without ending it.
        let expected = if kind.tells() { std::mem::take(&mut self.left_open) } else { Vec::new() };
        let mut open: Vec<Open> = Vec::new();
        for mark in &marks {
            let closes = open.iter().rposition(|o| rules.pairs[o.pair].close.contains(&mark.is));
            let shape = if closes.is_none() && measures(text, tokens, mark) {
                Shape::Mark
            } else if let Some(pair) = mark.pair.filter(|_| opens(mark, closes.is_some())) {
                self.open(pair, mark, &mut open, first, &expected);
                Shape::QuoteOpen
            } else if possessive(rules, text, tokens, mark, closes.is_some()) {
                Shape::Mark
            } else if let Some(level) = closes {
                self.close(&mut open, level, first + mark.token, true);
                Shape::QuoteClose
            } else {
                Shape::QuoteClose
            };
            tokens[mark.token].shape = shape;
        }
        if kind.tells() {
            self.left_open = open.iter().map(|open| open.pair).collect();
        }
        self.close(&mut open, 0, first + tokens.len(), false);
    }

    fn open(
        &mut self,
        pair: usize,
        mark: &Mark,
        open: &mut Vec<Open>,
        first: usize,
        expected: &[usize],
    ) {
        let same = open.iter().rposition(|open| open.pair == pair);
        if let Some(level) = same.filter(|_| mark.balance < 1) {
            self.close(open, level, first + mark.token, false);
        }
        let depth = open.len();
        if depth == DEEPEST {
            return;
        }
        let start = TokenId::at(first + mark.token);
        let outer = open.first().map_or(self.found.len(), |outer| outer.place);
        open.push(Open { pair, place: self.found.len() });
        self.found.push(Quotation {
            tokens: Tokens::new(start, start),
            inside: Tokens::new(start, start),
            closed: false,
            continues: mark.token == depth && expected.get(depth) == Some(&pair),
            depth: u8::try_from(depth).unwrap_or(u8::MAX),
            outer: u32::try_from(outer).unwrap_or(u32::MAX),
        });
    }

    /// Ends the open quotations from `level` inwards before the text's token `end`; with `closed`
    /// the outermost of them takes that token as its closing mark.
    fn close(&mut self, open: &mut Vec<Open>, level: usize, end: usize, closed: bool) {
        for (inner, ended) in open.drain(level.min(open.len())..).enumerate() {
            let Some(quotation) = self.found.get_mut(ended.place) else { continue };
            let closed = closed && inner == 0;
            let start = quotation.tokens.start;
            quotation.inside = Tokens::new(TokenId::at(start.index() + 1), TokenId::at(end));
            quotation.tokens = Tokens::new(start, TokenId::at(end + usize::from(closed)));
            quotation.closed = closed;
        }
    }
}

/// Whether a mark that may open does; `open` says whether it could close something.
fn opens(mark: &Mark, open: bool) -> bool {
    if single_straight(mark.is) {
        return mark.looks_opening() && mark.closed_later;
    }
    if straight(mark.is) {
        return mark.looks_opening() || (!open && !mark.looks_closing());
    }
    !open || mark.free_before
}

fn single_straight(mark: char) -> bool {
    mark == '\''
}

/// Whether an apostrophe behind a word is the mark of its possessive; `open` says whether it could
/// close something.
fn possessive(rules: &Rules, text: &str, tokens: &[Token], mark: &Mark, open: bool) -> bool {
    if !apostrophe(mark.is) {
        return false;
    }
    let Some(before) = mark.token.checked_sub(1).map(|before| tokens[before]) else { return true };
    if tokens[mark.token].spaced {
        return !mark.free_after || !open;
    }
    if open {
        return mark.surely_closed_later && may_own(rules, text, tokens, mark.token);
    }
    before.extent.of(text).is_some_and(|word| word.ends_with(char::is_alphanumeric))
}

/// Whether a mark behind digits, with nothing to close, stands for feet, inches, minutes.
fn measures(text: &str, tokens: &[Token], mark: &Mark) -> bool {
    let before = mark.token.checked_sub(1).and_then(|before| tokens[before].extent.of(text));
    straight(mark.is)
        && !tokens[mark.token].spaced
        && before.is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()))
}
