//! Words in tones, broken into lines of a width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::paint::Tone;
use crate::view::plain;

/// Words in one tone.
pub(crate) type Run = (Tone, String);
/// Runs that stand on one line.
pub(crate) type Line = Vec<Run>;

/// The columns that a line takes.
pub(super) fn columns(line: &Line) -> usize {
    line.iter().map(|(_, words)| words.width()).sum()
}

/// Breaks runs into lines of at most `first` columns, then `rest`. White space is one space; a word
/// longer than a line is cut. Never empty.
pub(super) fn wrap(runs: &[Run], first: usize, rest: usize) -> Vec<Line> {
    let mut lines = Lines { done: Vec::new(), line: Vec::new(), left: first, rest, gap: false };
    for (tone, words) in runs {
        let words = plain(words);
        let mut pieces = words.split(' ').peekable();
        while let Some(piece) = pieces.next() {
            lines.word(*tone, piece);
            if pieces.peek().is_some() {
                lines.gap = true;
            }
        }
    }
    lines.end()
}

struct Lines {
    done: Vec<Line>,
    line: Line,
    /// Columns left on the line.
    left: usize,
    rest: usize,
    /// Whether a space stands before the next word.
    gap: bool,
}

impl Lines {
    fn word(&mut self, tone: Tone, word: &str) {
        if word.is_empty() {
            return;
        }
        let width = word.width();
        let gap = usize::from(self.gap && !self.line.is_empty());
        if gap + width > self.left && (self.gap || width > self.rest) && !self.line.is_empty() {
            self.turn();
        } else if gap == 1 {
            self.push(tone, " ");
            self.left -= 1;
        }
        self.gap = false;
        if width <= self.left {
            self.push(tone, word);
            self.left -= width;
        } else {
            self.cut(tone, word);
        }
    }

    fn cut(&mut self, tone: Tone, word: &str) {
        let mut character = [0; 4];
        for c in word.chars() {
            let width = c.width().unwrap_or(0);
            if width > self.left && !self.line.is_empty() {
                self.turn();
            }
            self.push(tone, c.encode_utf8(&mut character));
            self.left = self.left.saturating_sub(width);
        }
    }

    fn push(&mut self, tone: Tone, words: &str) {
        match self.line.last_mut() {
            Some((last, before)) if *last == tone => before.push_str(words),
            _ => self.line.push((tone, words.to_owned())),
        }
    }

    fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
        self.left = self.rest;
        self.gap = false;
    }

    fn end(mut self) -> Vec<Line> {
        if !self.line.is_empty() || self.done.is_empty() {
            self.done.push(self.line);
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(words: &str, first: usize, rest: usize) -> Vec<String> {
        let lines = wrap(&[(Tone::Plain, words.to_owned())], first, rest);
        lines.iter().map(|line| line.iter().map(|(_, words)| words.as_str()).collect()).collect()
    }

    #[test]
    fn lines_keep_their_width() {
        assert_eq!(wrapped("one two  three\nfour", 8, 8), ["one two", "three", "four"]);
        assert_eq!(wrapped("one two", 3, 9), ["one", "two"]);
        assert_eq!(wrapped("abcdefghij k", 4, 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrapped("漢字漢字", 4, 4), ["漢字", "漢字"]);
        assert_eq!(wrapped("", 4, 4), [""]);
    }

    #[test]
    fn a_terminal_gets_no_orders_from_a_story() {
        assert_eq!(
            wrapped("a\u{1b}[2Jb\u{7}\u{202e}c", 80, 80),
            ["a\u{fffd}[2Jb\u{fffd}\u{fffd}c"]
        );
    }

    #[test]
    fn runs_that_touch_stay_together() {
        let runs = [(Tone::Strong, "Kesh".to_owned()), (Tone::Plain, ", said".to_owned())];
        let lines = wrap(&runs, 80, 80);
        assert_eq!(lines, [vec![runs[0].clone(), runs[1].clone()]]);
    }
}
