//! Plain text to blocks: lines to paragraphs, quoted lines, list items and headings by their marks.
//!
//! Blank lines part paragraphs. A line break inside such a group parts them too, unless the text is
//! hard-wrapped: then it joins, but for a break after a full stop on a line that had room left.

use std::ops::Range;

use onrecord_record::Extent;

use crate::draft::trimmed;
use crate::{Block, BlockKind};

/// The blocks of `range` of `text`.
pub(crate) fn blocks(text: &str, range: Range<usize>) -> Vec<Block> {
    let lines = lines(text, range);
    let width = wrap_width(text, &lines);
    let mut blocks = Vec::new();
    for group in lines.split(Option::is_none) {
        let group: Vec<Line> = group.iter().filter_map(|line| *line).collect();
        group_blocks(text, &group, width, &mut blocks);
    }
    blocks
}

/// A line that is not blank, without the white space at its ends.
#[derive(Debug, Clone, Copy)]
struct Line {
    extent: Extent,
    /// Its characters.
    length: usize,
}

/// The lines of a range as their trimmed extents, the blank ones as `None`. CR, LF, CRLF, NEL and
/// the separators of Unicode end a line.
pub(crate) fn line_ranges(text: &str, range: Range<usize>) -> Vec<Option<Extent>> {
    let mut lines = Vec::new();
    let Some(words) = text.get(range.clone()) else { return lines };
    let mut start = range.start;
    let mut characters = words.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            continue;
        }
        let end = range.start + at;
        lines.push(trimmed(text, start..end));
        start = end + c.len_utf8();
        if c == '\r' && characters.next_if(|(_, next)| *next == '\n').is_some() {
            start += 1;
        }
    }
    lines.push(trimmed(text, start..range.end));
    lines
}

fn lines(text: &str, range: Range<usize>) -> Vec<Option<Line>> {
    let line = |extent: Extent| Line { extent, length: words(text, extent).chars().count() };
    line_ranges(text, range).into_iter().map(|found| found.map(line)).collect()
}

fn words(text: &str, extent: Extent) -> &str {
    extent.of(text).unwrap_or_default()
}

/// The widest a hard-wrapped line can be, in characters, and the narrowest.
const WRAP_WIDTHS: Range<usize> = 45..120;
/// How much room a wrapped line may leave beside its next word, as a hyphen or a wide letter takes.
const WRAP_SLACK: usize = 6;

/// The width that the text was hard-wrapped at: that of its longest line, where most breaks inside
/// groups come because the next word had no room; `None` where the text is not wrapped.
fn wrap_width(text: &str, lines: &[Option<Line>]) -> Option<usize> {
    let pairs = || lines.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
    let width = pairs().map(|(line, _)| line.length).max()?;
    let full = pairs().filter(|(line, next)| is_full(text, *line, *next, width)).count();
    let stopped = pairs().filter(|(line, _)| ends_sentence(words(text, line.extent))).count();
    let count = pairs().count();
    let wrapped = WRAP_WIDTHS.contains(&width) && full * 3 >= count * 2 && stopped * 2 <= count;
    wrapped.then_some(width)
}

fn is_full(text: &str, line: Line, next: Line, width: usize) -> bool {
    let word = words(text, next.extent).split_whitespace().next().unwrap_or_default();
    line.length + 1 + word.chars().count() + WRAP_SLACK > width
}

/// Whether words end as a sentence does, closing quotation marks and brackets aside.
pub(crate) fn ends_sentence(words: &str) -> bool {
    let closes = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_');
    words.trim_end_matches(closes).ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'])
}

fn group_blocks(text: &str, group: &[Line], width: Option<usize>, blocks: &mut Vec<Block>) {
    let mut open: Option<(Line, BlockKind, Extent)> = None;
    for line in group {
        let (mark, kind) = marked(text, line.extent);
        let joins = open.is_some_and(|(last, open_kind, _)| {
            let wrapped = width.is_some_and(|width| {
                let room = !is_full(text, last, *line, width);
                !(room && ends_sentence(words(text, last.extent)))
            });
            match (open_kind, kind) {
                (BlockKind::Quote, BlockKind::Quote) => wrapped,
                (BlockKind::ListItem, BlockKind::Paragraph) if indented(text, *line) => true,
                (BlockKind::Paragraph | BlockKind::ListItem, BlockKind::Paragraph) => {
                    wrapped || continues(text, last, *line)
                }
                _ => false,
            }
        });
        match &mut open {
            Some((last, _, extent)) if joins => {
                *extent = extent.cover(line.extent);
                *last = *line;
            }
            _ => {
                blocks.extend(open.map(|(_, kind, extent)| Block { extent, kind }));
                let (mark, rest) = split_mark(text, line.extent, mark);
                blocks.extend(mark.map(|extent| Block { extent, kind: BlockKind::Furniture }));
                open = rest.map(|extent| (*line, kind, extent));
            }
        }
    }
    blocks.extend(open.map(|(_, kind, extent)| Block { extent, kind }));
}

/// Whether a line that is not wrapped goes on with the next: it stops mid-sentence, and the next
/// begins with a small letter.
fn continues(text: &str, line: Line, next: Line) -> bool {
    let small = words(text, next.extent).chars().next().is_some_and(char::is_lowercase);
    small && line.length >= WRAP_WIDTHS.start && !ends_sentence(words(text, line.extent))
}

/// Whether a line begins under the words of a list item and not under its mark.
fn indented(text: &str, line: Line) -> bool {
    let before = &text[..line.extent.start.index()];
    before.ends_with("  ") || before.ends_with('\t')
}

/// How many bytes of a line are a mark, and what the line is by it.
fn marked(text: &str, line: Extent) -> (usize, BlockKind) {
    let words = words(text, line);
    let space = |rest: &str| rest.starts_with(char::is_whitespace);
    let hashes = words.len() - words.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && space(&words[hashes..]) {
        return (hashes, BlockKind::Heading);
    }
    if words.starts_with('>') {
        let rest = words.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        return (words.len() - rest.len(), BlockKind::Quote);
    }
    for bullet in ['•', '‣', '◦', '▪', '●', '·', '-', '*', '–', '+'] {
        if let Some(rest) = words.strip_prefix(bullet)
            && (space(rest) || matches!(bullet, '•' | '‣' | '◦' | '▪' | '●'))
        {
            return (bullet.len_utf8(), BlockKind::ListItem);
        }
    }
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = words[digits..].strip_prefix(['.', ')']).is_some_and(space);
    if (1..=2).contains(&digits) && numbered {
        return (digits + 1, BlockKind::ListItem);
    }
    (0, BlockKind::Paragraph)
}

fn split_mark(text: &str, line: Extent, mark: usize) -> (Option<Extent>, Option<Extent>) {
    let Range { start, end } = line.range();
    (trimmed(text, start..start + mark), trimmed(text, start + mark..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(BlockKind, &str)> {
        let of = |block: &Block| (block.kind, block.extent.of(text).unwrap());
        blocks(text, 0..text.len()).iter().map(of).collect()
    }

    fn paragraphs(text: &str) -> Vec<&str> {
        read(text).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn every_kind_of_line_end_parts_paragraphs() {
        for end in ["\n", "\r\n", "\r", "\u{2028}"] {
            let text = format!("One.{end} {end}Two.{end}{end}{end}Three.{end}");
            assert_eq!(paragraphs(&text), ["One.", "Two.", "Three."], "{end:?}");
        }
    }

    #[test]
    fn without_blank_lines_each_line_is_a_paragraph() {
        let long = "The Port Authority of Oland closed the harbour. ".repeat(5);
        let text = format!("{long}\n{long}\nMore to come\n{long}");
        assert_eq!(paragraphs(&text).len(), 4);
    }

    #[test]
    fn hard_wrapped_lines_make_one_paragraph() {
        let text = "The Port Authority of Oland closed the harbour of Kesh on Friday\n\
                    after a storm broke the sea wall and took two cranes with it, as\n\
                    the mayor said. Nobody was hurt.\n\
                    The town will ask for help, and expects to wait for it until the\n\
                    spring.\n\n\
                    A short one follows.\n";
        assert_eq!(
            paragraphs(text).iter().map(|p| p.lines().count()).collect::<Vec<_>>(),
            [3, 2, 1]
        );
    }

    #[test]
    fn an_indented_line_goes_on_with_its_item() {
        let text = "- ropes and\n  sails\n- time\nThat is all.";
        assert_eq!(paragraphs(text), ["-", "ropes and\n  sails", "-", "time", "That is all."]);
    }

    #[test]
    fn marks_of_headings_quotes_and_lists_stand_apart() {
        let text = "# What now\n\n> Nobody came.\n\nIt wants:\n- boats\n* ropes\n• 3 nets\n2. Time\n-5 degrees";
        assert_eq!(
            read(text),
            [
                (BlockKind::Furniture, "#"),
                (BlockKind::Heading, "What now"),
                (BlockKind::Furniture, ">"),
                (BlockKind::Quote, "Nobody came."),
                (BlockKind::Paragraph, "It wants:"),
                (BlockKind::Furniture, "-"),
                (BlockKind::ListItem, "boats"),
                (BlockKind::Furniture, "*"),
                (BlockKind::ListItem, "ropes"),
                (BlockKind::Furniture, "•"),
                (BlockKind::ListItem, "3 nets"),
                (BlockKind::Furniture, "2."),
                (BlockKind::ListItem, "Time"),
                (BlockKind::Paragraph, "-5 degrees"),
            ]
        );
    }
}
