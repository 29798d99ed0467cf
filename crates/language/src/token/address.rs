//! Addresses of the net and of mail, handles and tags.

use std::ops::Range;

use super::Scanner;

/// The longest scheme of an address, in bytes.
const SCHEME: usize = 16;

impl Scanner<'_> {
    /// The end of the text without white space that begins here, and whether it has a character
    /// that every address has.
    pub(super) fn chunk_end(&self) -> (usize, bool) {
        let bytes = &self.text.as_bytes()[..self.end];
        let mut may_hold_address = false;
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b' ' | b'\t'..=b'\r' => break,
                b'@' | b'#' | b':' => may_hold_address = true,
                b'.' => {
                    let next = bytes.get(at + 1);
                    may_hold_address |= next.is_some_and(u8::is_ascii_alphanumeric);
                }
                0x80.. => match self.peek(at) {
                    Some(c) if c.is_whitespace() => break,
                    Some(c) => at += c.len_utf8() - 1,
                    None => break,
                },
                _ => {}
            }
            at += 1;
        }
        (at, may_hold_address)
    }

    /// The first address from here to `end`.
    pub(super) fn next_address(&self, may_hold: bool, end: usize) -> Option<Range<usize>> {
        if !may_hold {
            return None;
        }
        let bytes = &self.text.as_bytes()[..end];
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            let (found, next) = match byte {
                b':' if bytes[at..].starts_with(b"://") => (self.net(at, end), at + 3),
                b'@' => (self.mail_or_handle(at, end), at + 1),
                b'#' => (self.tag(at, end), at + 1),
                b'.' => {
                    let run = at + bytes[at..].iter().take_while(|b| in_domain(**b)).count();
                    let follows = bytes.get(run);
                    let found = match follows {
                        Some(b'@') => None,
                        Some(b':') if bytes[run..].starts_with(b"://") => None,
                        _ => self.domain(at, run, end),
                    };
                    (found, run)
                }
                _ => (None, at + 1),
            };
            if found.is_some() {
                return found;
            }
            at = next;
        }
        None
    }

    /// `scheme://…` around the colon at `at`.
    fn net(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let scheme = bytes[self.at..at].iter().rev().take(SCHEME);
        let start = at - scheme.take_while(|b| b.is_ascii_alphanumeric()).count();
        if !bytes[start].is_ascii_alphabetic() {
            return None;
        }
        let tail = self.tail(at + 3, end);
        (tail > at + 3).then_some(start..tail)
    }

    /// `name@host.org` or `@name` around the sign at `at`.
    fn mail_or_handle(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let in_name = |b: &&u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
        let start = at - bytes[self.at..at].iter().rev().take_while(in_name).count();
        let host = at + 1 + bytes[at + 1..end].iter().take_while(|b| in_domain(**b)).count();
        let host = self.trim(at + 1, host);
        let mail = bytes[at + 1..host].contains(&b'.');
        if start < at && mail {
            return Some(start..host);
        }
        let in_handle = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
        let handle = at + 1 + bytes[at + 1..end].iter().take_while(in_handle).count();
        (start == at && handle > at + 1).then_some(at..handle)
    }

    /// `#tag` from the sign at `at`.
    fn tag(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let before = self.text[self.at..at].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let mut letters = self.text[at + 1..end].chars();
        letters.next().filter(|c| c.is_alphabetic())?;
        let rest: usize = self.text[at + 1..end]
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .map(char::len_utf8)
            .sum();
        Some(at..at + 1 + rest)
    }

    /// `host.org/path` around the dot at `at`, where letters, digits and dots run up to `run`.
    fn domain(&self, at: usize, run: usize, end: usize) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let before = bytes[self.at..at].iter().rev();
        let start = at - before.take_while(|b| in_domain(**b)).count();
        let start = start + bytes[start..at].iter().take_while(|b| **b == b'-').count();
        let host = self.trim(start, run);
        let label = self.text.get(start..host)?.rsplit('.').next()?;
        let known = self.rules.domains.holds(label)
            && (label.bytes().all(|b| b.is_ascii_lowercase())
                || self.text[start..host].bytes().all(|b| !b.is_ascii_lowercase()));
        let www = bytes[start..host].starts_with(b"www.");
        if start == at || !(known || www) {
            return None;
        }
        let path = host == run && matches!(bytes[..end].get(run), Some(b'/' | b'?' | b'#' | b':'));
        Some(start..if path { self.tail(run, end).max(host) } else { host })
    }

    /// Where an address that runs on from `from` ends: before marks that belong to the sentence.
    fn tail(&self, from: usize, end: usize) -> usize {
        let outside = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '<' | '>' | '‘' | '’');
        let text = &self.text[from..end];
        let stop = from + text.find(outside).unwrap_or(text.len());
        self.trim(from, stop)
    }

    /// `end` moved before marks that belong to the sentence, not before `start`.
    fn trim(&self, start: usize, end: usize) -> usize {
        let mut kept = &self.text[start..end];
        let opened = kept.contains('(');
        let last = |c: char| {
            matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}' | '-' | '…' | '*')
                || (c == ')' && !opened)
        };
        kept = kept.trim_end_matches(last);
        start + kept.len()
    }
}

fn in_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-'
}
