//! Titles and crossheads of plain text, told by how they stand and not by words.

use crate::layout::ends_sentence;
use crate::{Block, BlockKind};

/// The most a title holds.
const TITLE_CHARACTERS: usize = 180;
const TITLE_WORDS: usize = 28;
/// The most a crosshead holds.
const CROSSHEAD_CHARACTERS: usize = 60;
const CROSSHEAD_WORDS: usize = 8;
/// A paragraph holds more than this or ends a sentence.
const PARAGRAPH_CHARACTERS: usize = 80;

/// Marks the first block of the story as its title where it looks like one: one short line without
/// a final stop, and more of the story after it. Does nothing where there is a title already.
pub(crate) fn find_title(text: &str, blocks: &mut [Block]) {
    if blocks.iter().any(|block| block.kind == BlockKind::Title) {
        return;
    }
    let mut story = blocks.iter_mut().filter(|block| block.kind != BlockKind::Furniture);
    if let (Some(first), Some(next)) = (story.next(), story.next())
        && matches!(first.kind, BlockKind::Paragraph | BlockKind::Heading)
        && matches!(next.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::Caption)
        && looks_like(words(text, *first), TITLE_CHARACTERS, TITLE_WORDS)
    {
        first.kind = BlockKind::Title;
    }
}

/// Marks crossheads: a line of few words without a final stop between two paragraphs, furniture
/// aside.
pub(crate) fn find_crossheads(text: &str, blocks: &mut [Block]) {
    let mut story: Vec<&mut Block> =
        blocks.iter_mut().filter(|block| block.kind != BlockKind::Furniture).collect();
    for index in 1..story.len().saturating_sub(1) {
        let (before, block, after) = (&*story[index - 1], &*story[index], &*story[index + 1]);
        let words_of = words(text, *block);
        if block.kind == BlockKind::Paragraph
            && !words_of.ends_with(['?', '!'])
            && is_crosshead(words_of)
            && (before.kind != BlockKind::Paragraph || is_paragraph(words(text, *before)))
            && after.kind.tells()
            && is_paragraph(words(text, *after))
        {
            story[index].kind = BlockKind::Heading;
        }
    }
}

fn words(text: &str, block: Block) -> &str {
    block.extent.of(text).unwrap_or_default()
}

fn is_paragraph(words: &str) -> bool {
    ends_sentence(words) || words.chars().nth(PARAGRAPH_CHARACTERS).is_some()
}

/// Whether words are as short as a crosshead and end as one does.
pub(crate) fn is_crosshead(words: &str) -> bool {
    looks_like(words, CROSSHEAD_CHARACTERS, CROSSHEAD_WORDS)
}

/// One line within the limits that begins with a capital, a digit or a quotation mark, and that
/// neither ends as a sentence in the middle of a story does nor leads over to what follows.
fn looks_like(words: &str, characters: usize, count: usize) -> bool {
    let small = words.chars().find(|c| c.is_alphanumeric()).is_none_or(char::is_lowercase);
    let asks = words.ends_with(['?', '!']);
    let leads = words.ends_with([':', ';', ',', '-', '–', '—', '،', '，', '：']);
    !small
        && !leads
        && (asks || !ends_sentence(words))
        && !words.contains(['\n', '\r'])
        && words.chars().nth(characters).is_none()
        && words.split_whitespace().nth(count).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Heading, Paragraph, Title};

    fn kinds(text: &str) -> Vec<BlockKind> {
        let mut blocks = crate::layout::blocks(text, 0..text.len());
        find_title(text, &mut blocks);
        find_crossheads(text, &mut blocks);
        blocks.iter().map(|block| block.kind).collect()
    }

    #[test]
    fn a_first_line_without_a_stop_is_the_title() {
        assert_eq!(kinds("Who will pay for Kesh?\n\nNobody knows."), [Title, Paragraph]);
        assert_eq!(kinds("Nobody knows.\n\nNobody asks."), [Paragraph, Paragraph]);
        assert_eq!(kinds("Port closed"), [Paragraph]);
        assert_eq!(kinds("The mayor said:\n\n“No.”"), [Paragraph, Paragraph]);
    }

    #[test]
    fn a_short_line_between_paragraphs_is_a_crosshead() {
        let text = "The port was closed.\n\nTwo cranes\n\nThey fell into the sea.\n\nWhy?\n\nNobody knows.";
        assert_eq!(kinds(text), [Paragraph, Heading, Paragraph, Paragraph, Paragraph]);
    }

    #[test]
    fn lines_of_a_list_or_a_table_are_no_crossheads() {
        let text = "The ships were these.\n\nHope\n\nGlory\n\nStar\n\nThey left.";
        assert_eq!(kinds(text), [Paragraph, Paragraph, Paragraph, Paragraph, Paragraph]);
    }
}
