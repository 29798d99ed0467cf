//! Text as the words that it is searched by.
//!
//! A word is one of UAX #29, folded: compatibility forms and marks of European, Greek, Hebrew and
//! Arabic letters go, and so does case. Scripts that set no spaces between words (Chinese, Japanese,
//! Thai, Lao, Khmer, Burmese; Korean too, whose particles hang on its words) are taken in pairs of
//! characters, each with the next, the last of a run alone. No word is cut to a stem: stems are of a
//! language.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word as it is searched by: letters, digits and marks, and a point between digits.
    pub text: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether it is the last character of a run without spaces, which has no next to pair with.
    pub is_last: bool,
}

/// The words of a text, in order.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut run: Vec<(usize, &str)> = Vec::new();
    for (start, word) in text.unicode_word_indices() {
        if run.last().is_some_and(|(at, last)| at + last.len() != start) {
            end_run(&mut run, &mut found);
        }
        if !word.contains(is_unspaced) {
            end_run(&mut run, &mut found);
            spaced(word, start, &mut found);
            continue;
        }
        let mut from = None;
        for (at, character) in word.grapheme_indices(true) {
            if character.contains(is_unspaced) {
                if let Some(from) = from.take() {
                    spaced(&word[from..at], start + from, &mut found);
                }
                run.push((start + at, character));
            } else {
                end_run(&mut run, &mut found);
                from.get_or_insert(at);
            }
        }
        if let Some(from) = from {
            spaced(&word[from..], start + from, &mut found);
        }
    }
    end_run(&mut run, &mut found);
    found
}

/// The words of a text as an index takes them, one space between two.
#[must_use]
pub fn line(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// A run of characters without spaces, in pairs.
fn end_run(run: &mut Vec<(usize, &str)>, found: &mut Vec<Word>) {
    for (i, (start, character)) in run.iter().enumerate() {
        let next = run.get(i + 1).copied();
        let end = next.map_or(start + character.len(), |(at, next)| at + next.len());
        let text = fold(character) + &next.map(|(_, next)| fold(next)).unwrap_or_default();
        found.push(Word { text, range: *start..end, is_last: next.is_none() });
    }
    run.clear();
}

/// The words in one of UAX #29, which holds points, commas, apostrophes and the like inside: a
/// number stays one (its groups of three joined), so do letters with points (`U.S.`), all else falls
/// into parts.
fn spaced(word: &str, start: usize, found: &mut Vec<Word>) {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        match parts.last_mut() {
            Some(part) if part.end == at && is_inside(c) => part.end = end,
            _ if is_inside(c) => parts.push(at..end),
            _ => {}
        }
    }
    let all = |test: &dyn Fn(&str) -> bool| parts.iter().all(|part| test(&word[part.clone()]));
    let is_number = all(&|part| part.bytes().all(|b| b.is_ascii_digit()));
    let is_grouped = parts.iter().skip(1).all(|part| part.len() == 3);
    let is_initials =
        all(&|part| part.chars().count() == 1) && word.chars().all(|c| is_inside(c) || c == '.');
    let joined = match (is_number, is_grouped, is_initials) {
        (true, true, _) | (false, _, true) => Some(""),
        (true, false, _) => Some("."),
        _ => None,
    };
    let mut push = |text: String, range: Range<usize>| {
        if !text.is_empty() {
            let range = start + range.start..start + range.end;
            found.push(Word { text, range, is_last: false });
        }
    };
    match (joined, parts.as_slice()) {
        (Some(joint), [first, .., last]) => {
            let texts: Vec<String> = parts.iter().map(|part| fold(&word[part.clone()])).collect();
            push(texts.join(joint), first.start..last.end);
        }
        _ => parts.into_iter().for_each(|part| push(fold(&word[part.clone()]), part)),
    }
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_silent(c)
}

/// Characters that no one types to search: soft hyphen, joiners, marks of direction, tatweel.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether a character's script sets no spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// A word without case, marks and forms of presentation.
#[must_use]
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    // Marks that are read over or under a letter; a vowel or tone that is a letter's other half stays.
    let is_mark = |c: char| matches!(canonical_combining_class(c), 10..=36 | 200..=240);
    word.nfkd()
        .filter(|c| !is_mark(*c) && !is_silent(*c))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_in_every_script() {
        for (text, expected) in [
            ("The Minister’s don't", "the minister s don t"),
            ("Größe ÉTÉ İstanbul ısı Ὀδυσσεύς", "grosse ete istanbul isi οδυσσευσ"),
            ("Ёлка, Київ", "елка киів"),
            ("مُحَمَّد أحمد كـتاب", "محمد احمد كتاب"),
            ("U.S. troops, 70,373 dead, 3.5 per cent", "us troops 70373 dead 3.5 per cent"),
            ("１２ ﬁlms example.com a_b", "12 films example com a b"),
            ("हिन्दी में", "हिन्दी में"),
            ("", ""),
            ("— … !", ""),
        ] {
            assert_eq!(line(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_taken_in_pairs() {
        for (text, expected) in [
            ("国防部。", "国防 防部 部"),
            ("在ABC见 23人", "在 abc 见 23 人"),
            ("전쟁은", "전쟁 쟁은 은"),
            ("ガザ地区", "ガザ ザ地 地区 区"),
            ("ไทย", "ไท ทย ย"),
        ] {
            assert_eq!(line(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges_are_those_of_the_text() {
        let text = "The “Ministère’s” 国防部 said 1,200.";
        for word in words(text) {
            let raw = &text[word.range.clone()];
            assert!(raw.starts_with(|c: char| c.is_alphanumeric()), "{raw}");
            assert_eq!(fold(raw).replace(',', ""), word.text);
        }
    }
}
