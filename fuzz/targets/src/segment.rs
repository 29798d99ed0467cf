use std::sync::LazyLock;

use onrecord_intake::{Block, BlockKind};
use onrecord_language::{Analysis, Language, Tokens};
use onrecord_record::Extent;

use crate::english;

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| {
    Language::compile(&english()).unwrap_or_else(|e| unreachable!("the pack compiles: {e}"))
});

/// Words, sentences and quotations lie in the text, in order, and leave out nothing but white
/// space.
///
/// # Panics
/// Where that does not hold.
pub fn segment(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let blocks = paragraphs(&text);
    let analysis = LANGUAGE.analyse(&text, &blocks);
    tokens_hold_the_text(&analysis, &blocks);
    sentences_hold_the_tokens(&analysis);
    for quotation in &analysis.quotations {
        let (all, inside) = (quotation.tokens, quotation.inside);
        assert!(all.range().end <= analysis.tokens.len(), "{quotation:?} leaves the text");
        assert!(all.contains(inside), "{quotation:?} leaves its marks");
    }
    let starts = analysis.quotations.iter().map(|quotation| quotation.tokens.start);
    assert!(starts.is_sorted(), "quotations stand out of order");
}

/// The paragraphs of a text: what blank lines part.
pub(crate) fn paragraphs(text: &str) -> Vec<Block> {
    let mut start = 0;
    let mut blocks = Vec::new();
    for piece in text.split_inclusive("\n\n") {
        let words = piece.trim();
        let at = start + (piece.len() - piece.trim_start().len());
        if !words.is_empty() {
            let extent = Extent::at(at..at + words.len());
            blocks.push(Block { extent, kind: BlockKind::Paragraph });
        }
        start += piece.len();
    }
    blocks
}

fn tokens_hold_the_text(analysis: &Analysis<'_>, blocks: &[Block]) {
    let mut end = 0;
    let mut held = 0;
    for token in &analysis.tokens {
        let words = token.extent.of(analysis.text);
        assert!(words.is_some_and(|words| !words.is_empty()), "{token:?} holds nothing");
        assert!(
            !words.is_some_and(|words| words.contains(char::is_whitespace)),
            "white space in {words:?}"
        );
        assert!(token.extent.start.index() >= end, "{token:?} overlaps its predecessor");
        end = token.extent.end.index();
        held += token.extent.range().len();
    }
    let seen = |block: &Block| block.extent.of(analysis.text).unwrap_or_default();
    let words = blocks.iter().flat_map(|block| seen(block).split_whitespace());
    assert_eq!(held, words.map(str::len).sum::<usize>(), "words were lost");
}

fn sentences_hold_the_tokens(analysis: &Analysis<'_>) {
    let all = Tokens::at(0..analysis.tokens.len());
    let mut next = all.start;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.start, next, "a gap before {sentence:?}");
        assert!(!sentence.tokens.is_empty(), "{sentence:?} is empty");
        let paragraph = analysis.paragraphs.get(sentence.paragraph as usize);
        assert!(
            paragraph.is_some_and(|paragraph| paragraph.tokens.contains(sentence.tokens)),
            "{sentence:?} leaves {paragraph:?}"
        );
        next = sentence.tokens.end;
    }
    assert_eq!(next, all.end, "tokens behind the last sentence");
}
