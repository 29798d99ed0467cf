//! Marks: everything that is no word.

use super::word::{begins, extends};
use super::{Role, Scanner, shape::shape};
use crate::Shape;
use crate::segmentation::apostrophe;

impl Scanner<'_> {
    /// Reads the mark here.
    pub(super) fn mark(&mut self, c: char) {
        let one = self.at + c.len_utf8();
        if apostrophe(c) {
            return self.apostrophe(c, one);
        }
        if let Some(end) = self.sign() {
            return self.push(end, Shape::Mark, Role::Sign);
        }
        match c {
            _ if stops(c) => self.stop(),
            ',' | '،' | '、' | '，' => self.push(one, Shape::Comma, Role::Plain),
            '(' | '[' | '{' => self.push(one, Shape::Bracket, Role::Opens),
            ')' | ']' | '}' => self.push(one, Shape::Bracket, Role::Closes),
            '—' | '–' | '―' | '‒' => self.push(self.run(c), Shape::Dash, Role::Plain),
            '-' => {
                let end = self.run(c);
                let free = self.spaced && self.space_at(end);
                if free || end > one {
                    self.push(end, Shape::Dash, Role::Plain);
                } else {
                    self.push(end, Shape::Mark, Role::Joins);
                }
            }
            ':' | ';' | '/' => self.push(one, Shape::Mark, Role::Joins),
            '*' | '=' | '_' | '~' | '+' | '#' | '<' | '>' | '|' => {
                self.push(self.run(c), Shape::Mark, Role::Plain);
            }
            _ if self.rules.quotes.contains(&c) => self.push(one, Shape::Mark, Role::Quote(c)),
            _ => {
                let mut end = one;
                while let Some(next) = self.inner(end).filter(|next| extends(*next)) {
                    end += next.len_utf8();
                }
                self.push(end, Shape::Mark, Role::Plain);
            }
        }
    }

    /// Reads an apostrophe that no word holds: of a clitic, of missing letters, or a mark.
    fn apostrophe(&mut self, c: char, one: usize) {
        let hangs = !self.spaced && !self.tokens.is_empty();
        let clitic = if hangs { self.clitic_after() } else { None };
        if let Some(end) = clitic.or_else(|| self.elision(c)) {
            return self.push(end, shape(&self.text[self.at..end]), Role::Plain);
        }
        let foot = hangs
            && self.text[..self.at].ends_with(|before: char| before.is_ascii_digit())
            && self.inner(one).is_some_and(|next| next.is_ascii_digit());
        let role = if foot { Role::Plain } else { Role::Quote(c) };
        self.push(one, Shape::Mark, role);
    }

    /// Reads marks that end a sentence, as many as there are.
    fn stop(&mut self) {
        let start = self.at;
        let (mut end, mut count, mut exclaims) = (start, 0, false);
        while let Some(c) = self.inner(end).filter(|c| stops(*c)) {
            exclaims |= !matches!(c, '.' | '…' | '。');
            count += if c == '…' { 3 } else { 1 };
            end += c.len_utf8();
        }
        let role = match count {
            _ if exclaims => Role::Exclaims,
            1 => Role::Period,
            _ => Role::Ellipsis,
        };
        self.push(end, Shape::Stop, role);
    }

    /// The end of the same character again and again.
    fn run(&self, c: char) -> usize {
        let mut end = self.at;
        while self.inner(end) == Some(c) {
            end += c.len_utf8();
        }
        end
    }

    /// The end of a sign of several marks, standing alone.
    fn sign(&self) -> Option<usize> {
        let rest = &self.text[self.at..self.limit];
        let sign = self.rules.signs.iter().find(|sign| {
            rest.strip_prefix(sign.as_str())
                .is_some_and(|after| !after.starts_with(|c| begins(c) || c == '/'))
        })?;
        Some(self.at + sign.len())
    }
}

fn stops(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '‼' | '⁇' | '⁈' | '⁉')
}
