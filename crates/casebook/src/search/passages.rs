//! Passages of a document that show where words were found.

use std::collections::BTreeSet;
use std::ops::Range;

use onrecord_record::{Extent, Span};
use serde::Serialize;

use super::query::Phrase;
use super::words::words;

/// Some words of a document's text with those that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The passage.
    pub span: Span,
    /// What was found in it, in text order.
    pub found: Vec<Span>,
}

/// Passages shown of a document.
const PASSAGES: usize = 3;
/// About as many bytes of a passage are shown.
const BYTES: usize = 240;

/// Where a phrase stands in a text.
pub(super) struct Place {
    pub(super) range: Range<usize>,
    /// Which of the phrases, from 0.
    phrase: usize,
}

/// Where phrases stand in a text, in text order, none within another.
pub(super) fn places(text: &str, phrases: &[&Phrase]) -> Vec<Place> {
    let words = words(text);
    let mut places: Vec<Place> = Vec::new();
    for at in 0..words.len() {
        for (turn, phrase) in phrases.iter().enumerate() {
            let Some(range) = phrase.at(&words[at..], text) else { continue };
            match places.last_mut() {
                Some(last) if range.start < last.range.end => {
                    last.range.end = last.range.end.max(range.end);
                }
                _ => places.push(Place { range, phrase: turn }),
            }
        }
    }
    places
}

/// A part of a text with what was found in it.
struct Window<'p> {
    range: Range<usize>,
    held: &'p [Place],
    /// How many of the phrases it holds.
    phrases: usize,
}

/// The passages that hold the most of the phrases, in text order.
pub(super) fn passages(text: &str, phrases: &[&Phrase]) -> Vec<Passage> {
    let places = places(text, phrases);
    let mut windows: Vec<Window<'_>> = Vec::new();
    let mut rest = places.as_slice();
    while let Some(first) = rest.first() {
        let start = first.range.start;
        let line = line(text, start);
        let near = |place: &&Place| place.range.end <= line.end && place.range.end - start <= BYTES;
        let (held, after) = rest.split_at(rest.iter().take_while(near).count().max(1));
        rest = after;
        let end = held.last().map_or(start, |last| last.range.end);
        let distinct: BTreeSet<usize> = held.iter().map(|place| place.phrase).collect();
        let range = around(text, line, start..end);
        windows.push(Window { range, held, phrases: distinct.len() });
    }
    // Stable: of windows that hold as much, the earlier.
    windows.sort_by_key(|window| std::cmp::Reverse(window.phrases));
    windows.truncate(PASSAGES);
    windows.sort_by_key(|window| window.range.start);
    let passage = |window: Window<'_>| {
        let span = Extent::at(window.range).span(text)?;
        let found = window.held.iter().filter_map(|at| Extent::at(at.range.clone()).span(text));
        Some(Passage { span, found: found.collect() })
    };
    windows.into_iter().filter_map(passage).collect()
}

/// The line of a text around a byte.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start..end
}

/// What was found with words before and behind it, as many bytes as are shown, within its line.
fn around(text: &str, line: Range<usize>, found: Range<usize>) -> Range<usize> {
    let rest = BYTES.saturating_sub(found.len());
    let mut start = text.floor_char_boundary(found.start.saturating_sub(rest / 2).max(line.start));
    let mut end = text.ceil_char_boundary((found.end + rest / 2).min(line.end).max(found.end));
    // Words are not cut, where words have spaces.
    if start > line.start {
        let space = text[start..found.start].find(char::is_whitespace);
        start = space.map_or(start, |space| start + space);
    }
    if end < line.end {
        let space = text[found.end..end].rfind(char::is_whitespace);
        end = space.map_or(end, |space| found.end + space);
    }
    let shown = &text[start..end];
    let lead = shown.len() - shown.trim_start().len();
    start + lead..start + lead + shown.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, phrases: &[&str]) -> Vec<String> {
        let phrases: Vec<Phrase> = phrases.iter().filter_map(|p| Phrase::of(p)).collect();
        let phrases: Vec<&Phrase> = phrases.iter().collect();
        let passages = passages(text, &phrases);
        for span in passages.iter().flat_map(|p| p.found.iter().chain([&p.span])) {
            assert_eq!(span.extent().of(text), Some(span.text.as_str()));
        }
        let marked = |passage: Passage| {
            let mut shown = passage.span.text;
            for found in passage.found.iter().rev() {
                let at = found.start.index() - passage.span.start.index();
                shown.replace_range(at..at + found.text.len(), &format!("[{}]", found.text));
            }
            shown
        };
        passages.into_iter().map(marked).collect()
    }

    #[test]
    fn a_passage_is_the_line_or_a_part_of_it() {
        let text = "First line.\nThe clinic in Kesh was shelled, the Clinic said.\n\nNo more.";
        assert_eq!(
            shown(text, &["clinic", "kesh"]),
            ["The [clinic] in [Kesh] was shelled, the [Clinic] said."]
        );
        let long = format!("{} clinic {}", "word ".repeat(300), "other ".repeat(300));
        let found = shown(&long, &["clinic"]);
        assert!(found[0].starts_with("word ") && found[0].ends_with(" other"), "{found:?}");
        assert!(found[0].len() < 260);
        let unspaced = "防".repeat(500) + "国土" + &"部".repeat(500);
        assert!(shown(&unspaced, &["国土"])[0].contains("[国土]"));
        assert_eq!(shown(text, &["harbour"]), [""; 0]);
    }

    #[test]
    fn the_passages_with_most_of_the_words_are_shown() {
        let text = "A port.\nB port.\nC port.\nD port in Kesh.";
        assert_eq!(
            shown(text, &["port", "kesh"]),
            ["A [port].", "B [port].", "D [port] in [Kesh]."]
        );
    }

    #[test]
    fn phrases_that_overlap_are_shown_once() {
        assert_eq!(
            shown("war crimes court", &["war crimes", "crimes court"]),
            ["[war crimes court]"]
        );
    }
}
