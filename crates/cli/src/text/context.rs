//! Words with those around them, on one line.

use onrecord_record::Span;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::wrap::Line;
use super::{Tone, run};
use crate::view::plain;

/// What stands where words were left out.
const CUT: &str = "…";

/// The words of a span among those of its paragraphs that stand `before` and `after` it, cut
/// between words to so many columns. A span wider than that stands alone.
pub(super) fn context(before: &str, span: &Span, after: &str, width: usize) -> Line {
    let room = width.saturating_sub(plain(&span.text).width() + 2 * (CUT.width() + 1));
    let half = Side::of(before.chars().rev(), room / 2);
    let right = Side::of(after.chars(), room - half.columns);
    let left = if right.cut { half } else { Side::of(before.chars().rev(), room - right.columns) };
    let cut = |side: &Side| if side.cut { CUT } else { "" };
    let (before_left, behind_right) = (cut(&left), cut(&right));
    let left: String = left.words.chars().rev().collect();
    vec![
        run(Tone::Faint, format!("{before_left} {left}")),
        run(Tone::Marked, &span.text),
        run(Tone::Faint, format!("{} {behind_right}", right.words)),
    ]
}

/// The words on one side of a span, from the span outwards.
#[derive(Debug, PartialEq, Eq)]
struct Side {
    words: String,
    columns: usize,
    /// Whether more words follow.
    cut: bool,
}

impl Side {
    /// As many whole words as take `room` columns, or as much of the first where not even that fits.
    /// White space is one space.
    fn of(characters: impl Iterator<Item = char>, room: usize) -> Self {
        let mut side = Self { words: String::new(), columns: 0, cut: false };
        let mut whole: Option<(usize, usize)> = None;
        // Characters without a width of their own must not make a line without end.
        let most = room * 4;
        for (count, c) in characters.enumerate() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c == ' ' {
                whole = Some((side.words.len(), side.columns));
                if side.words.ends_with(' ') {
                    continue;
                }
            }
            let width = c.width().unwrap_or(1);
            if side.columns + width > room || count >= most {
                side.cut = true;
                if let Some((length, columns)) = whole.filter(|(length, _)| *length > 0) {
                    side.words.truncate(length);
                    side.columns = columns;
                }
                break;
            }
            side.words.push(c);
            side.columns += width;
        }
        side
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::Offset;

    fn shown(before: &str, words: &str, after: &str, width: usize) -> String {
        let span = Span { start: Offset(0), end: Offset::at(words.len()), text: words.to_owned() };
        let line = context(before, &span, after, width);
        let words: String = line.iter().map(|(_, words)| words.as_str()).collect();
        words.trim().to_owned()
    }

    #[test]
    fn words_are_shown_with_as_many_around_them_as_fit() {
        let (before, after) = ("The port was closed on ", ", the harbour\noffice said.");
        let whole = "The port was closed on Tuesday, the harbour office said.";
        assert_eq!(shown(before, "Tuesday", after, 80), whole);
        assert_eq!(shown(before, "Tuesday", after, 40), "… was closed on Tuesday, the harbour …");
        assert_eq!(shown(before, "Tuesday", "", 30), "… port was closed on Tuesday");
        assert_eq!(shown("", "Tuesday", after, 30), "Tuesday, the harbour …");
        assert_eq!(shown(before, "Tuesday", after, 7), "… Tuesday …");
    }

    #[test]
    fn wide_characters_and_endless_words_are_cut_to_their_columns() {
        assert_eq!(shown("漢字漢字漢字", "2024", "漢字漢字漢字", 20), "… 字漢字2024漢字漢 …");
        let marks = "\u{301}".repeat(100_000);
        assert!(shown(&marks, "2024", &marks, 40).len() < 1000);
    }
}
