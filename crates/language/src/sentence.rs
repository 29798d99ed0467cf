//! Sentences: where they end.

use crate::segmentation::Rules;
use crate::token::{Note, Role};
use crate::{Shape, Token};

/// How many tokens a speaker's name before a cue may have.
const NAME: usize = 6;

/// How many opening marks may stand before the first word of a sentence.
const MARKS: usize = 4;

/// The tokens of one paragraph.
struct Paragraph<'a> {
    rules: &'a Rules,
    text: &'a str,
    tokens: &'a [Token],
    notes: &'a [Note],
}

/// The ends of a paragraph's sentences, each one past its last token, in order. The last is the
/// number of tokens.
pub(crate) fn ends(rules: &Rules, text: &str, tokens: &[Token], notes: &[Note]) -> Vec<usize> {
    let paragraph = Paragraph { rules, text, tokens, notes };
    let mut ends = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < tokens.len() {
        if at > start && paragraph.item_begins(at) {
            ends.push(at);
            start = at;
        }
        let closed = paragraph.closed(at);
        let end = closed.filter(|stop| stop.end >= tokens.len() || paragraph.ends(start, at, stop));
        if let Some(stop) = &end {
            ends.push(stop.end);
            start = stop.end;
        }
        at = closed.map_or(at + 1, |stop| stop.end);
    }
    if start < tokens.len() {
        ends.push(tokens.len());
    }
    ends
}

/// A mark that may end a sentence, with the marks behind it that belong to it.
#[derive(Debug, Clone, Copy)]
struct Stop {
    role: Role,
    /// One past the last mark.
    end: usize,
    /// Whether a quotation mark closes behind it.
    quoted: bool,
}

impl Paragraph<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| token.extent.of(self.text)).unwrap_or_default()
    }

    /// The stop at a token, if it is one, with all that belongs to it.
    fn closed(&self, at: usize) -> Option<Stop> {
        let mut stop = Stop { role: self.notes[at].role, end: at + 1, quoted: false };
        if !matches!(stop.role, Role::MayEnd | Role::Period | Role::Exclaims | Role::Ellipsis) {
            return None;
        }
        while let (Some(token), Some(note)) = (self.tokens.get(stop.end), self.notes.get(stop.end))
        {
            match note.role {
                Role::Period if stop.role == Role::MayEnd => stop.role = Role::Period,
                Role::Period | Role::Ellipsis if stop.role != Role::Exclaims => {
                    stop.role = Role::Ellipsis;
                }
                Role::Period | Role::Ellipsis | Role::Exclaims => stop.role = Role::Exclaims,
                Role::Closes => {}
                Role::Sign if note.lines == 0 => {}
                Role::Quote(_) if token.shape == Shape::QuoteClose => stop.quoted = true,
                Role::Opens if note.lines == 0 => match self.footnote(stop.end) {
                    Some(end) => {
                        stop.end = end;
                        continue;
                    }
                    None => break,
                },
                Role::Plain if self.note_number(at, stop.end) => {}
                _ => break,
            }
            stop.end += 1;
        }
        Some(stop)
    }

    /// The end of a footnote mark `[3]` that begins at a token.
    fn footnote(&self, at: usize) -> Option<usize> {
        if !self.word(at).starts_with('[') {
            return None;
        }
        let number = self.tokens.get(at + 1)?.shape == Shape::Digits;
        (number && self.notes.get(at + 2)?.role == Role::Closes).then_some(at + 3)
    }

    /// Whether the token at `place`, right behind a stop, is the number of a note: raised, or
    /// plain where the sentence goes on to a capital.
    fn note_number(&self, stop: usize, place: usize) -> bool {
        let token = self.tokens[place];
        if token.spaced || token.shape != Shape::Digits {
            return false;
        }
        let raised = self.word(place).bytes().all(|b| !b.is_ascii());
        let plain = stop.checked_sub(1).is_some_and(|b| self.tokens[b].shape != Shape::Digits)
            && token.extent.bytes() <= 3
            && self.tokens.get(place + 1).is_none_or(|next| {
                next.spaced && matches!(next.shape, Shape::Capital | Shape::Initial)
            });
        raised || plain
    }

    /// Whether an item of a list or a new stretch of text begins at a token.
    fn item_begins(&self, at: usize) -> bool {
        let lines = self.notes[at].lines;
        if lines == 0 {
            return false;
        }
        let mut letters = self.word(at).chars();
        let first = letters.next();
        let bullet =
            letters.next().is_none() && first.is_some_and(|c| self.rules.bullets.contains(&c));
        let numbered = self.tokens[at].shape == Shape::Digits
            && (self.notes[at].role == Role::Leads
                || self.notes.get(at + 1).is_some_and(|next| next.role == Role::Closes));
        let apart = self.tokens.get(at + 1).is_some_and(|next| next.spaced);
        lines > 1 || (bullet && apart) || numbered
    }

    /// Whether a sentence that began at `start` ends with the stop that began at `at`; at least
    /// one token comes after it.
    fn ends(&self, start: usize, at: usize, stop: &Stop) -> bool {
        let next = self.tokens[stop.end];
        let opening = |at: &usize| {
            self.tokens.get(*at).is_some_and(|token| {
                token.shape == Shape::QuoteOpen || self.notes[*at].role == Role::Opens
            })
        };
        let first = (stop.end..stop.end + MARKS).find(|at| !opening(at)).unwrap_or(stop.end);
        let Some(word) = self.tokens.get(first) else { return true };
        if self.notes[stop.end].lines > 1 {
            return true;
        }
        let starter = || self.rules.starters.holds(self.word(first));
        if !next.spaced {
            let begins = matches!(word.shape, Shape::Capital) && at > start;
            return begins && stop.role != Role::MayEnd;
        }
        match (stop.role, word.shape) {
            (_, Shape::Comma | Shape::QuoteClose) => false,
            (Role::MayEnd, Shape::Capital | Shape::Upper | Shape::Initial) => {
                starter() || next.shape == Shape::QuoteOpen
            }
            (Role::MayEnd, _) => false,
            (Role::Ellipsis, Shape::Capital | Shape::Upper | Shape::Initial) => true,
            (Role::Ellipsis, _) => false,
            (_, Shape::Lower) => {
                let plain = self.tokens[start].shape == Shape::Lower;
                !stop.quoted && (plain || starter())
            }
            (Role::Exclaims, Shape::Dash | Shape::Mark) => false,
            (Role::Exclaims, _) => !(stop.quoted && self.cue_follows(first)),
            (_, Shape::Mark) => self.notes[first].role != Role::Joins,
            _ => true,
        }
    }

    /// Whether a name and a word that attributes speech come next.
    fn cue_follows(&self, at: usize) -> bool {
        let name = |shape| matches!(shape, Shape::Capital | Shape::Upper | Shape::Initial);
        if self.rules.starters.holds(self.word(at)) {
            return false;
        }
        let verb = (at..at + NAME).find(|at| self.tokens.get(*at).is_none_or(|t| !name(t.shape)));
        verb.is_some_and(|verb| verb > at && self.rules.cues.holds(self.word(verb)))
    }
}
