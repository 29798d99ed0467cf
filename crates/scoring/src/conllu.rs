//! Treebanks of Universal Dependencies in CoNLL-U.

use onrecord_intake::{Block, BlockKind};
use onrecord_language::{Analysis, Language, Paragraph, Sentence, Shape, Token, TokenId, Tokens};
use onrecord_record::Extent;

/// A treebank as one text, with the words and sentences that it marks. The text is made of the
/// words, so that each of them stands somewhere.
#[derive(Debug, Default)]
pub(crate) struct Treebank {
    /// The text, its paragraphs parted by an empty line.
    pub(crate) text: String,
    /// Its paragraphs.
    pub(crate) blocks: Vec<Block>,
    /// Where each word stands.
    pub(crate) words: Vec<Extent>,
    /// How many words each sentence has.
    pub(crate) sentences: Vec<usize>,
    /// The paragraph of each sentence.
    pub(crate) paragraph: Vec<usize>,
}

impl Treebank {
    /// The treebank of a file in CoNLL-U.
    #[must_use]
    pub(crate) fn read(conllu: &str) -> Self {
        let mut bank = Self::default();
        let mut block = 0;
        let mut sentence = Vec::new();
        let mut starts = false;
        for line in conllu.lines().chain([""]) {
            if line.is_empty() {
                if !sentence.is_empty() {
                    if starts && !bank.text.is_empty() {
                        bank.end_block(block);
                        bank.text.truncate(bank.text.trim_end().len());
                        bank.text.push_str("\n\n");
                        block = bank.text.len();
                    }
                    bank.add(&sentence);
                }
                sentence.clear();
                starts = false;
            } else if line.starts_with('#') {
                starts |= line.starts_with("# newpar") || line.starts_with("# newdoc");
            } else {
                sentence.push(line);
            }
        }
        bank.end_block(block);
        bank
    }

    fn end_block(&mut self, start: usize) {
        let end = self.text.trim_end().len();
        if start < end {
            let extent = Extent::at(start..end);
            self.blocks.push(Block { extent, kind: BlockKind::Paragraph });
        }
    }

    fn add(&mut self, rows: &[&str]) {
        let mut joined_to = 0_usize;
        let mut count = 0;
        for row in rows {
            let fields: Vec<&str> = row.split('\t').collect();
            let [id, form, .., misc] = fields.as_slice() else { continue };
            if let Some((_, last)) = id.split_once('-') {
                joined_to = last.parse().unwrap_or_default();
                continue;
            }
            let Ok(number) = id.parse::<usize>() else { continue };
            let start = self.text.len();
            self.text.push_str(form);
            self.words.push(Extent::at(start..self.text.len()));
            count += 1;
            let apart = !misc.split('|').any(|part| part == "SpaceAfter=No");
            if number >= joined_to && apart {
                self.text.push(' ');
            }
        }
        self.sentences.push(count);
        self.paragraph.push(self.blocks.len());
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// The analysis of the text with the treebank's own words and sentences.
    #[must_use]
    pub(crate) fn analyse(&self, language: &Language) -> Analysis<'_> {
        let ours = language.analyse(&self.text, &self.blocks);
        let at = |place: u32| ours.tokens.partition_point(|token| token.extent.end.0 <= place);
        let tokens: Vec<Token> = self
            .words
            .iter()
            .map(|extent| {
                let token = ours.tokens.get(at(extent.start.0)).or(ours.tokens.last());
                let same = token.filter(|token| token.extent == *extent);
                let shape = same.map_or_else(|| shape_of(*extent, &self.text), |t| t.shape);
                Token {
                    extent: *extent,
                    word: token.map(|t| t.word).unwrap_or_default(),
                    shape,
                    spaced: !self.text[..extent.start.0 as usize]
                        .ends_with(|c: char| !c.is_whitespace()),
                }
            })
            .collect();
        let mut sentences = Vec::new();
        let mut start = 0;
        for (count, paragraph) in self.sentences.iter().zip(&self.paragraph) {
            let paragraph = u32::try_from(*paragraph).unwrap_or(u32::MAX);
            sentences.push(Sentence { tokens: Tokens::at(start..start + count), paragraph });
            start += count;
        }
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        let mut last = None;
        for (place, sentence) in (0_u32..).zip(&sentences) {
            match paragraphs.last_mut() {
                Some(paragraph) if last == Some(sentence.paragraph) => {
                    paragraph.tokens.end = sentence.tokens.end;
                    paragraph.sentences.end = place + 1;
                }
                _ => paragraphs.push(Paragraph {
                    kind: BlockKind::Paragraph,
                    tokens: sentence.tokens,
                    sentences: place..place + 1,
                }),
            }
            last = Some(sentence.paragraph);
        }
        let mut analysis =
            Analysis { text: &self.text, tokens, sentences, paragraphs, quotations: Vec::new() };
        let moved = |id: TokenId| {
            let place = ours.tokens.get(id.index()).map_or(u32::MAX, |token| token.extent.start.0);
            TokenId::at(analysis.tokens.partition_point(|token| token.extent.end.0 <= place))
        };
        let mut quotations = ours.quotations.clone();
        for quotation in &mut quotations {
            for tokens in [&mut quotation.tokens, &mut quotation.inside] {
                *tokens = Tokens::new(moved(tokens.start), moved(tokens.end));
            }
        }
        analysis.quotations = quotations;
        analysis
    }
}

/// The shape of a word that segmentation does not find.
fn shape_of(extent: Extent, text: &str) -> Shape {
    let word = extent.of(text).unwrap_or_default();
    let has = |test: fn(char) -> bool| word.chars().any(test);
    if has(char::is_numeric) {
        if has(char::is_alphabetic) { Shape::Mixed } else { Shape::Digits }
    } else if !has(char::is_alphabetic) {
        Shape::Mark
    } else if !has(char::is_uppercase) {
        Shape::Lower
    } else if !has(char::is_lowercase) {
        Shape::Upper
    } else {
        Shape::Capital
    }
}
