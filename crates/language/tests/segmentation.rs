//! The examples of `segmentation.toml`, and what holds for any text.
#![allow(clippy::unwrap_used)]

use onrecord_intake::{Block, BlockKind};
use onrecord_language::{Analysis, Quotation, Segmentation, Shape, WordId};
use onrecord_packs::Pack;
use onrecord_record::Extent;
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Group {
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    sentences: Option<Vec<String>>,
    tokens: Option<String>,
    quotations: Option<Vec<String>>,
}

fn english() -> Pack {
    Pack::find("en").unwrap().unwrap()
}

fn segmentation() -> &'static Segmentation {
    static ENGLISH: LazyLock<Segmentation> =
        LazyLock::new(|| Segmentation::compile(&english()).unwrap());
    &ENGLISH
}

/// The stretches of a text between blank lines.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive("\n\n") {
        let words = part.trim();
        if !words.is_empty() {
            let at = start + part.len() - part.trim_start().len();
            let extent = Extent::at(at..at + words.len());
            blocks.push(Block { extent, kind: BlockKind::Paragraph });
        }
        start += part.len();
    }
    blocks
}

fn segment<'t>(segmentation: &Segmentation, text: &'t str, blocks: &[Block]) -> Analysis<'t> {
    segmentation.segment(text, blocks, |_| WordId::UNKNOWN)
}

fn told(analysis: &Analysis<'_>, quotation: &Quotation) -> String {
    let continues = if quotation.continues { "+" } else { "" };
    let depth = ">".repeat(usize::from(quotation.depth));
    let open = if quotation.closed { "" } else { "…" };
    format!("{continues}{depth}{}{open}", analysis.words(quotation.tokens))
}

#[test]
fn every_example_comes_out_as_the_pack_says() {
    let segmentation = segmentation();
    let groups: BTreeMap<String, Group> = english().file("segmentation.toml").unwrap();
    let mut wrong = Vec::new();
    for (group, Group { examples }) in groups {
        assert!(examples.len() > 1, "{group} has too few examples");
        for example in examples {
            let text = &example.text;
            let analysis = segment(segmentation, text, &paragraphs(text));
            let mut compare = |what: &str, wanted: Option<String>, found: Vec<String>| {
                let found = found.join("|");
                if wanted.is_some_and(|wanted| wanted != found) {
                    wrong.push(format!("[{group}] {what} of {text:?}:\n    {found}"));
                }
            };
            let tokens = &analysis.tokens;
            let tokens = tokens.iter().map(|t| t.extent.of(text).unwrap().to_owned()).collect();
            compare("tokens", example.tokens, tokens);
            let sentences = &analysis.sentences;
            let sentences = sentences.iter().map(|s| analysis.words(s.tokens).to_owned()).collect();
            compare("sentences", example.sentences.map(|s| s.join("|")), sentences);
            let quotations = analysis.quotations.iter().map(|q| told(&analysis, q)).collect();
            compare("quotations", example.quotations.map(|q| q.join("|")), quotations);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn shapes_say_how_a_token_is_written() {
    let text = "Said said ICC U.N. J. eBay 1,221 7th F-16 @kesh “x” , — ( § ’twas";
    let analysis = segment(segmentation(), text, &paragraphs(text));
    let shapes: Vec<_> = analysis.tokens.iter().map(|token| token.shape).collect();
    use Shape::*;
    let wanted = [
        Capital, Lower, Upper, Upper, Initial, Other, Digits, Mixed, Mixed, Address, QuoteOpen,
        Lower, QuoteClose, Comma, Dash, Bracket, Mark, Lower,
    ];
    assert_eq!(shapes, wanted);
}

#[test]
fn words_are_asked_for_in_lower_case_with_straight_apostrophes() {
    let text = "Oland’S ÉTÉ said";
    let asked = std::cell::RefCell::new(Vec::new());
    let analysis = segmentation().segment(text, &paragraphs(text), |word| {
        let mut asked = asked.borrow_mut();
        asked.push(word.to_owned());
        WordId(u32::try_from(asked.len()).unwrap())
    });
    let words: Vec<_> = analysis.tokens.iter().map(|token| token.word.0).collect();
    assert_eq!(words, [1, 2, 3, 4]);
    assert_eq!(asked.into_inner(), ["oland", "'s", "été", "said"]);
}

#[test]
fn furniture_has_no_tokens() {
    let text = "June 3 It rained.";
    let block = |range, kind| Block { extent: Extent::at(range), kind };
    let blocks = [block(0..6, BlockKind::Furniture), block(7..17, BlockKind::Paragraph)];
    let analysis = segment(segmentation(), text, &blocks);
    assert_eq!(analysis.paragraphs.len(), 1);
    assert_eq!(analysis.words(analysis.paragraphs[0].tokens), "It rained.");
}

#[test]
fn a_block_off_the_text_is_passed_over() {
    let blocks = [1..3, 0..99, 2..2]
        .map(|range| Block { extent: Extent::at(range), kind: BlockKind::Paragraph });
    let analysis = segment(segmentation(), "“é”", &blocks);
    assert!(analysis.tokens.is_empty() && analysis.paragraphs.is_empty());
}

fn check(analysis: &Analysis<'_>, blocks: &[Block]) {
    let text = analysis.text;
    let mut covered = vec![false; text.len()];
    let mut end = 0;
    for token in &analysis.tokens {
        let range = token.extent.range();
        assert!(range.start >= end && range.end > range.start);
        end = range.end;
        assert!(!text[range.clone()].contains(char::is_whitespace), "{:?}", &text[range]);
        let before = text[..range.start].chars().next_back();
        let starts = blocks.iter().any(|block| block.extent.range().start == range.start);
        assert_eq!(token.spaced, starts || before.is_some_and(char::is_whitespace));
        covered[range].fill(true);
    }
    for block in blocks {
        let told = block.kind != BlockKind::Furniture;
        let range = block.extent.range();
        for (at, c) in text[range.clone()].char_indices() {
            assert_eq!(covered[range.start + at], told && !c.is_whitespace());
        }
    }
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.range().start, next);
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.range().end;
    }
    assert_eq!(next, analysis.tokens.len());
    let (mut next, mut token) = (0, 0);
    for (place, paragraph) in analysis.paragraphs.iter().enumerate() {
        assert_eq!((paragraph.sentences.start, paragraph.tokens.range().start), (next, token));
        let range = paragraph.sentences.start as usize..paragraph.sentences.end as usize;
        let sentences = &analysis.sentences[range];
        assert!(sentences.iter().all(|s| s.paragraph as usize == place));
        assert_eq!(sentences.last().map(|s| s.tokens.end), Some(paragraph.tokens.end));
        (next, token) = (paragraph.sentences.end, paragraph.tokens.range().end);
    }
    assert_eq!(token, analysis.tokens.len());
    let mut open: Vec<&Quotation> = Vec::new();
    let mut start = 0;
    for quotation in &analysis.quotations {
        assert!(quotation.tokens.range().start >= start);
        start = quotation.tokens.range().start;
        assert!(quotation.tokens.contains(quotation.inside));
        assert_eq!(quotation.inside.start.index(), start + 1);
        assert_eq!(analysis.tokens[start].shape, Shape::QuoteOpen);
        let marks = quotation.tokens.len() - quotation.inside.len();
        assert_eq!(marks, 1 + usize::from(quotation.closed));
        while open.last().is_some_and(|outer| outer.tokens.end <= quotation.tokens.start) {
            open.pop();
        }
        assert!(open.last().is_none_or(|outer| outer.inside.contains(quotation.tokens)));
        assert_eq!(usize::from(quotation.depth), open.len());
        open.push(quotation);
    }
}

/// Texts of pieces that segmentation looks at, and of anything.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => prop::sample::select(vec![
            " ", " ", " ", "\n", "\n\n", "\u{a0}", "“", "”", "‘", "’", "\"", "'", "„", "«", "»",
            ".", "...", "…", "!", "?", ",", ":", ";", "-", "--", "—", "(", ")", "[", "]", "@", "#",
            "://", "/", "&", "_", "$", "%", "\u{301}", "\u{200d}", "\u{feff}", "\0", "1", "23",
            "456", "a", "I", "J", "Mr", "U.S", "No", "s", "n't", "'s", "cannot", "said", "The",
            "Oland", "com", "http", "www.", "5pm", "al", "non", "É", "ß", "İ", "中", "🙂", "½",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_in_any_blocks_comes_out_whole(text in any_text(), kinds in any::<u64>()) {
        let mut blocks = paragraphs(&text);
        for (place, block) in blocks.iter_mut().enumerate() {
            block.kind = match (kinds >> (place % 32 * 2)) & 3 {
                0 => BlockKind::Furniture,
                1 => BlockKind::Heading,
                _ => BlockKind::Paragraph,
            };
        }
        check(&segment(segmentation(), &text, &blocks), &blocks);
    }
}

#[test]
fn huge_tokens_sentences_and_runs_of_marks_come_out_whole() {
    let segmentation = segmentation();
    let pieces = [
        "a",
        "1",
        "a-",
        "1-",
        "a.",
        "A.",
        "A. ",
        "a'",
        "a's",
        "'s",
        "’",
        "\"",
        "“",
        "“‘",
        "“ ",
        "' ",
        "x' ",
        ".",
        ". ",
        "! ",
        "-",
        "://",
        "a://",
        "a@",
        "@",
        "#a",
        "a.com",
        "a.com/",
        ".a",
        "(",
        "[1]",
        "[",
        ".[",
        "?” Oland ",
        "No. ",
        "1,000,",
        "1:",
        "&A",
        "\u{301}",
        "中",
        "n't",
        "Kesh ",
        "\n- ",
        ".\u{a0}",
        "a://\"",
        "a://(",
        "...",
        "'1",
        "5m",
        "non-",
        "Al-",
    ];
    for piece in pieces {
        let text = piece.repeat(300_000 / piece.len());
        let text = text.trim();
        let blocks = paragraphs(text);
        check(&segment(segmentation, text, &blocks), &blocks);
    }
}
