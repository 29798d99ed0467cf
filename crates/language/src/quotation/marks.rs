//! The quotation marks of a paragraph and what stands around them.

use crate::segmentation::{Rules, apostrophe};
use crate::token::{Note, Role};
use crate::{Shape, Token};

/// A mark of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Its token in the paragraph.
    pub(super) token: usize,
    /// The character.
    pub(super) is: char,
    /// Whether words before it are set off: white space, an opening bracket or a dash.
    pub(super) free_before: bool,
    /// Whether nothing, white space or a mark that ends something comes next.
    pub(super) free_after: bool,
    /// The pair that it opens, if it opens one.
    pub(super) pair: Option<usize>,
    /// How many more marks look like closing this pair than like opening it, from here on.
    pub(super) balance: i32,
    /// Whether the next single mark may close a single quotation rather than open one.
    pub(super) closed_later: bool,
    /// The same, marks that may as well be possessives passed over.
    pub(super) surely_closed_later: bool,
}

impl Mark {
    pub(super) fn looks_opening(&self) -> bool {
        self.free_before && !self.free_after
    }

    pub(super) fn looks_closing(&self) -> bool {
        !self.free_before && self.free_after
    }
}

/// The marks of a paragraph, in order.
pub(super) fn marks(rules: &Rules, text: &str, tokens: &[Token], notes: &[Note]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (token, note) in notes.iter().enumerate() {
        let Role::Quote(is) = note.role else { continue };
        let adjoins = marks.last().filter(|last| last.token + 1 == token);
        let before = token.checked_sub(1).map(|before| (tokens[before].shape, notes[before].role));
        let free_before = tokens[token].spaced
            || match (adjoins, before) {
                (Some(mark), _) => mark.free_before,
                (_, Some((shape, role))) => {
                    shape == Shape::Dash || matches!(role, Role::Opens | Role::Joins)
                }
                _ => true,
            };
        marks.push(Mark {
            token,
            is,
            free_before,
            free_after: false,
            pair: rules.pairs.iter().position(|pair| pair.open == is),
            balance: 0,
            closed_later: false,
            surely_closed_later: false,
        });
    }
    look_after(tokens, notes, &mut marks);
    look_ahead(rules, text, tokens, &mut marks);
    marks
}

/// Tells of each mark what comes next.
fn look_after(tokens: &[Token], notes: &[Note], marks: &mut [Mark]) {
    let mut after: Option<Mark> = None;
    for mark in marks.iter_mut().rev() {
        let place = mark.token + 1;
        let next = tokens.get(place).zip(notes.get(place));
        mark.free_after = next.is_none_or(|(next, note)| {
            let adjoins = after.filter(|after| after.token == place);
            let ends = matches!(next.shape, Shape::Stop | Shape::Comma | Shape::Dash)
                || matches!(note.role, Role::Closes | Role::Joins);
            next.spaced || adjoins.map_or(ends, |after| after.free_after)
        });
        after = Some(*mark);
    }
}

/// Tells of each mark what the rest of the paragraph holds.
fn look_ahead(rules: &Rules, text: &str, tokens: &[Token], marks: &mut [Mark]) {
    let mut balance = vec![0_i32; rules.pairs.len()];
    let (mut closes, mut surely_closes) = (false, false);
    for mark in marks.iter_mut().rev() {
        let (opening, closing) = if straight(mark.is) {
            (mark.looks_opening(), !mark.looks_opening())
        } else {
            (true, true)
        };
        for (place, (pair, sum)) in rules.pairs.iter().zip(&mut balance).enumerate() {
            *sum -= i32::from(opening && mark.pair == Some(place));
            *sum += i32::from(closing && pair.close.contains(&mark.is));
        }
        mark.balance = mark.pair.map_or(0, |pair| balance[pair]);
        mark.closed_later = closes;
        mark.surely_closed_later = surely_closes;
        if !apostrophe(mark.is) {
            continue;
        }
        let may_close = mark.is != '‘' && !mark.free_before;
        if may_close || mark.is == '‘' || (straight(mark.is) && mark.looks_opening()) {
            closes = may_close;
            if !may_close || !may_own(rules, text, tokens, mark.token) {
                surely_closes = may_close;
            }
        }
    }
}

/// Whether a mark is the same where it opens and where it closes.
pub(super) fn straight(mark: char) -> bool {
    mark.is_ascii()
}

/// Whether an apostrophe stands where the mark of a possessive may: behind a word that takes a
/// bare one, another word to come.
pub(super) fn may_own(rules: &Rules, text: &str, tokens: &[Token], mark: usize) -> bool {
    let before = mark.checked_sub(1).and_then(|before| tokens[before].extent.of(text));
    let last = before.and_then(|word| word.chars().next_back());
    let takes = last.and_then(|last| last.to_lowercase().next());
    let word_follows = tokens.get(mark + 1).is_some_and(|next| {
        next.spaced && matches!(next.shape, Shape::Lower | Shape::Capital | Shape::Upper)
    });
    word_follows && takes.is_some_and(|last| rules.bare_possessive.contains(&last))
}
