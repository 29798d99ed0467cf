//! Words and numbers: where they end, and where they fall apart.

use super::{Role, Scanner, shape::shape};
use crate::Shape;
use crate::segmentation::{Abbreviation, apostrophe};

/// Whether a word or number may begin with a character.
pub(super) fn begins(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric())
}

/// Whether a character belongs to the one before it: accents, joiners, variation selectors.
pub(super) fn extends(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{2060}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}')
}

/// A hyphen within a compound.
fn hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// A stretch of letters and digits with the marks that hold it together.
struct Part {
    end: usize,
    /// Whether dots part its letters: `U.S`.
    dotted: bool,
    /// Whether an apostrophe stands in it.
    apostrophe: bool,
}

impl Scanner<'_> {
    /// Reads a word with what hangs on it by hyphens.
    pub(super) fn word(&mut self) {
        let mut start = self.at;
        let mut clitics = false;
        loop {
            let part = self.date(start).unwrap_or_else(|| self.part(start));
            clitics |= part.apostrophe;
            if start == self.at
                && let Some(unit) = self.unit(start, part.end)
            {
                self.push(unit, shape(&self.text[start..unit]), Role::Plain);
                start = unit;
            }
            let (end, role) = self.with_stop(start, &part);
            let joint = self.inner(end).filter(|c| hyphen(*c));
            let next = end + joint.map_or(0, char::len_utf8);
            if joint.is_none() || !self.inner(next).is_some_and(begins) {
                return self.push_word(end, role, clitics);
            }
            if !self.joined(start, end, next) {
                self.push_word(end, role, clitics);
                self.push(next, Shape::Mark, Role::Joins);
                clitics = false;
            }
            start = next;
        }
    }

    /// The part of a word that begins at `start`.
    fn part(&self, start: usize) -> Part {
        let mut part = Part { end: start, dotted: false, apostrophe: false };
        let (mut before, mut segment) = (' ', 0_usize);
        while let Some(c) = self.inner(part.end) {
            if begins(c) || c == '_' {
                before = c;
                segment += 1;
            } else if !extends(c) {
                if !self.holds_together(part.end, c, before, segment) {
                    break;
                }
                part.dotted |= c == '.' && before.is_alphabetic();
                part.apostrophe |= apostrophe(c);
                segment = 0;
            }
            part.end += c.len_utf8();
        }
        part
    }

    /// Whether a mark within a word holds it together. `segment` characters stand between it and
    /// the mark before.
    fn holds_together(&self, at: usize, mark: char, before: char, segment: usize) -> bool {
        let after = at + mark.len_utf8();
        let Some(next) = self.inner(after) else { return false };
        let digits = before.is_ascii_digit() && next.is_ascii_digit();
        match mark {
            '\'' | '’' | '＇' => segment > 0 && next.is_alphabetic(),
            '‘' => before.is_alphabetic() && next.is_alphabetic(),
            '.' => {
                let letters = before.is_alphabetic() && next.is_alphabetic() && segment <= 2;
                digits || letters && !self.inner(after + next.len_utf8()).is_some_and(begins)
            }
            ',' => digits && self.thousands(after),
            ':' | '/' => digits,
            '&' => before.is_uppercase() && next.is_uppercase(),
            _ => false,
        }
    }

    /// Whether a group of digits of a long number begins at `at`: three, or two before another
    /// group, as India writes them.
    fn thousands(&self, at: usize) -> bool {
        let digit = |place: usize| self.inner(at + place).is_some_and(|c| c.is_ascii_digit());
        let three = digit(0) && digit(1) && digit(2) && !digit(3);
        three || (digit(0) && digit(1) && self.inner(at + 2) == Some(',') && digit(3))
    }

    /// Digits in three groups or more with hyphens between, or three digits and four: a date or
    /// telephone number.
    fn date(&self, start: usize) -> Option<Part> {
        let mut end = start;
        let (mut groups, mut local) = (0, true);
        loop {
            let bytes = &self.text.as_bytes()[end..self.limit];
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                break;
            }
            local &= digits == 3 + groups;
            groups += 1;
            end += digits;
            let more = bytes.get(digits) == Some(&b'-');
            if !more || !bytes.get(digits + 1).is_some_and(u8::is_ascii_digit) {
                break;
            }
            end += 1;
        }
        let whole = groups > 2 || (groups == 2 && local);
        let rest = if whole { self.part(end).end } else { return None };
        Some(Part { end: rest, dotted: false, apostrophe: false })
    }

    /// Where the unit begins in digits that a unit follows: `5km`, `3.5m`.
    fn unit(&self, start: usize, end: usize) -> Option<usize> {
        let word = &self.text.as_bytes()[start..end];
        if !word.first()?.is_ascii_digit() || word.last()?.is_ascii_digit() {
            return None;
        }
        let unit = self.rules.units.longest().min(word.len());
        let tail = &word[word.len() - unit..];
        let letters = tail.iter().rev().take_while(|b| !b.is_ascii_digit()).count();
        let at = end - letters;
        let known = letters < word.len() && self.rules.units.holds(self.text.get(at..end)?);
        known.then_some(at)
    }

    /// The end of a word with the full stop that belongs to it, and what that makes of it.
    fn with_stop(&self, start: usize, part: &Part) -> (usize, Role) {
        let end = part.end;
        let plain = (end, Role::Plain);
        if self.inner(end) != Some('.') || self.inner(end + 1) == Some('.') {
            return plain;
        }
        let word = &self.text[start..end];
        let abbreviation = self.rules.abbreviation(word);
        let whole = start == self.at;
        match abbreviation {
            Some(Abbreviation::Leads) => (end + 1, Role::Leads),
            Some(Abbreviation::MayEnd) => (end + 1, Role::MayEnd),
            Some(Abbreviation::Numbered) if self.number_follows(end + 1) => (end + 1, Role::Leads),
            None if part.dotted => (end + 1, Role::MayEnd),
            None if whole && self.initial(word, end + 1) => (end + 1, Role::Leads),
            None if self.numbers_item(word, end + 1) => (end + 1, Role::Leads),
            _ => plain,
        }
    }

    /// Whether a number comes next.
    fn number_follows(&self, at: usize) -> bool {
        let next = self.text[at..self.end].trim_start().chars().next();
        next.is_some_and(char::is_numeric)
    }

    /// Whether a single capital before a full stop is the first letter of a name.
    fn initial(&self, word: &str, at: usize) -> bool {
        let mut letters = word.chars();
        let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        if !single {
            return false;
        }
        let after = &self.text[at..self.end];
        let rest = after.trim_start();
        let next = rest.chars().take_while(|c| begins(*c) || apostrophe(*c));
        let longest = self.rules.starters.longest() + 1;
        let next: String = next.take(longest).collect();
        let dotted = rest[next.len()..].starts_with('.');
        let another = next.chars().count() == 1 && dotted;
        if self.rules.letter_words.holds(word) && !another {
            return false;
        }
        let in_name = || {
            let before = self.tokens.last().map(|token| token.shape);
            let inside = self.lines == 0 && !self.notes.is_empty();
            inside && matches!(before, Some(Shape::Capital | Shape::Initial))
        };
        match rest.chars().next() {
            Some(c) if c.is_uppercase() => another || !self.rules.starters.holds(&next),
            Some(',') => after.starts_with(','),
            Some('(' | '“' | '"') => in_name(),
            Some(c) => c.is_lowercase() || (c == ';' && in_name()),
            None => false,
        }
    }

    /// Whether a word before a full stop numbers an item of a list: at the start of a line, white
    /// space after it.
    fn numbers_item(&self, word: &str, at: usize) -> bool {
        let first = self.lines > 0 || self.notes.is_empty();
        let number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
        first && number && self.peek(at).is_some_and(char::is_whitespace)
    }

    /// Whether a hyphen joins the part from `start` to `end` with the one that begins at `next`
    /// to one token.
    fn joined(&self, start: usize, end: usize, next: usize) -> bool {
        let left = &self.text[start..end];
        if self.rules.prefixes.holds(left) {
            return true;
        }
        let right = &self.text[next..self.limit];
        let word = right.find(|c: char| !c.is_alphabetic()).map_or(right, |end| &right[..end]);
        if self.rules.apart.holds(left) && self.rules.apart.holds(word) {
            return false;
        }
        let mut right = right.chars();
        let (first, second) = (right.next(), right.next());
        let capital = first.is_some_and(char::is_uppercase);
        if capital && self.rules.particles.holds(left) {
            return true;
        }
        let code = left.len() <= 5 && left.bytes().all(|b| b.is_ascii_uppercase());
        if code && first.is_some_and(|c| c.is_ascii_digit()) {
            return true;
        }
        let name = |c: Option<char>| c.is_some_and(char::is_lowercase);
        capital && name(second) && shape(left) == Shape::Capital && !left.ends_with('.')
    }

    /// Takes the text up to `end` as a word, or as several where it falls apart.
    fn push_word(&mut self, end: usize, role: Role, clitics: bool) {
        if clitics && role == Role::Plain {
            return self.push_with_clitics(end);
        }
        let word = &self.text[self.at..end];
        if let Some(first) = self.rules.contractions.find(word) {
            let middle = self.at + first;
            self.push(middle, shape(&self.text[self.at..middle]), Role::Plain);
        }
        self.push(end, shape(&self.text[self.at..end]), role);
    }

    fn push_with_clitics(&mut self, end: usize) {
        let mut ends = vec![end];
        let mut rest = end;
        while let Some(at) = self.clitic_before(self.at, rest) {
            ends.push(at);
            rest = at;
        }
        for end in ends.into_iter().rev() {
            self.push(end, shape(&self.text[self.at..end]), Role::Plain);
        }
    }

    /// Where a clitic begins that ends at `end`, behind at least one letter from `start` on.
    fn clitic_before(&self, start: usize, end: usize) -> Option<usize> {
        let word = &self.text[start..end];
        let found = self.rules.clitics.iter().find_map(|clitic| {
            let mut letters = word.char_indices().rev();
            let mut at = word.len();
            for wanted in clitic.chars().rev() {
                let (place, c) = letters.next()?;
                let same = (wanted == '\'' && apostrophe(c)) || c.to_lowercase().eq([wanted]);
                at = same.then_some(place)?;
            }
            Some(at)
        })?;
        word[..found].ends_with(begins).then_some(start + found)
    }

    /// The end of a clitic that begins with the apostrophe here, behind the token before.
    pub(super) fn clitic_after(&self) -> Option<usize> {
        let rest = &self.text[self.at..self.limit];
        self.rules.clitics.iter().find_map(|clitic| {
            let mut letters = rest.chars();
            let mut length = 0;
            for wanted in clitic.chars() {
                let c = letters.next()?;
                let same = (wanted == '\'' && apostrophe(c)) || c.to_lowercase().eq([wanted]);
                length += same.then(|| c.len_utf8())?;
            }
            (!letters.next().is_some_and(begins)).then_some(self.at + length)
        })
    }

    /// The end of a word that begins with the apostrophe here, which stands for missing letters.
    pub(super) fn elision(&self, mark: char) -> Option<usize> {
        let start = self.at + mark.len_utf8();
        let rest = &self.text[start..self.limit];
        let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        if digits == 2 {
            let decade = rest[digits..].starts_with(|c| self.rules.decade.contains(&c));
            let end = start + digits + usize::from(decade);
            let over = !self.inner(end).is_some_and(begins);
            return (over && (decade || mark == '’')).then_some(end);
        }
        let mut end = start;
        while end - start <= self.rules.elisions.longest() {
            match self.inner(end) {
                Some(c) if begins(c) => end += c.len_utf8(),
                _ => break,
            }
        }
        let closing =
            self.inner(end).filter(|c| apostrophe(*c)).map_or(end, |c| end + c.len_utf8());
        [closing, end].into_iter().find(|end| {
            let word = &self.text[start..*end];
            self.rules.elisions.holds(word) && !self.inner(*end).is_some_and(begins)
        })
    }
}
