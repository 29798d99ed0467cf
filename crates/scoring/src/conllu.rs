//! Treebanks of Universal Dependencies in CoNLL-U.

use std::ops::Range;

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
    /// Its words.
    pub(crate) words: Vec<Word>,
    /// The places in `words` of each sentence's.
    pub(crate) sentences: Vec<Range<usize>>,
    /// The paragraph of each sentence.
    paragraph: Vec<usize>,
}

/// A word as a treebank has it.
#[derive(Debug)]
pub(crate) struct Word {
    /// Where it stands.
    pub(crate) extent: Extent,
    /// Its lemma.
    pub(crate) lemma: String,
    /// Its universal part-of-speech tag.
    pub(crate) upos: String,
    /// Its tag in the treebank's own set.
    pub(crate) xpos: String,
    /// The place in [`Treebank::words`] of the word that it depends on; its own for a root.
    pub(crate) head: usize,
    /// Its relation, with its subtype.
    pub(crate) deprel: String,
}

/// Why a file is no treebank that can be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("line {0}: a word of CoNLL-U has ten fields, parted by tabs")]
    Fields(usize),
    #[error("line {0}: no number, where CoNLL-U counts the words of a sentence from 1")]
    Number(usize),
    #[error("line {0}: a head that is no word of its sentence")]
    Head(usize),
    #[error("line {0}: the words of a token do not make up its form, so they stand nowhere")]
    Parts(usize),
    #[error("no sentence in it; name a file in CoNLL-U")]
    Empty,
}

/// A token of several words whose last is still to come.
struct Several<'l> {
    start: usize,
    form: &'l str,
    spaced: bool,
    last: usize,
}

impl Treebank {
    /// The treebank of a file in CoNLL-U.
    ///
    /// # Errors
    /// Where the file is none, or a token is written otherwise than its words.
    pub(crate) fn read(conllu: &str) -> Result<Self, Fault> {
        let mut bank = Self::default();
        let mut block = 0;
        let mut sentence = Vec::new();
        let mut starts = false;
        for (line, number) in conllu.lines().chain([""]).zip(1..) {
            if line.is_empty() {
                if !sentence.is_empty() {
                    if starts && !bank.text.is_empty() {
                        bank.end_block(block);
                        bank.text.truncate(bank.text.trim_end().len());
                        bank.text.push_str("\n\n");
                        block = bank.text.len();
                    }
                    bank.add(&sentence)?;
                }
                sentence.clear();
                starts = false;
            } else if line.starts_with('#') {
                starts |= line.starts_with("# newpar") || line.starts_with("# newdoc");
            } else {
                sentence.push((number, line));
            }
        }
        bank.end_block(block);
        if bank.words.is_empty() { Err(Fault::Empty) } else { Ok(bank) }
    }

    fn end_block(&mut self, start: usize) {
        let end = self.text.trim_end().len();
        if start < end {
            let extent = Extent::at(start..end);
            self.blocks.push(Block { extent, kind: BlockKind::Paragraph });
        }
    }

    /// Adds a sentence: its lines with their numbers.
    fn add(&mut self, lines: &[(usize, &str)]) -> Result<(), Fault> {
        let first = self.words.len();
        let mut heads = Vec::with_capacity(lines.len());
        let mut several: Option<Several<'_>> = None;
        for (line, row) in lines {
            let fields: Vec<&str> = row.split('\t').collect();
            let [id, form, lemma, upos, xpos, _, head, deprel, _, misc] = fields[..] else {
                return Err(Fault::Fields(*line));
            };
            let counts = |number: &str| number.parse::<usize>().map_err(|_| Fault::Number(*line));
            let start = self.text.len();
            let spaced = !misc.split('|').any(|part| part == "SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                several = Some(Several { start, form, spaced, last: counts(last)? });
                continue;
            }
            if id.contains('.') {
                // A word of the enhanced graph alone: nobody wrote it.
                continue;
            }
            let number = counts(id)?;
            if number != self.words.len() - first + 1 {
                return Err(Fault::Number(*line));
            }
            heads.push((*line, counts(head)?));
            self.text.push_str(form);
            self.words.push(Word {
                extent: Extent::at(start..self.text.len()),
                lemma: lemma.to_owned(),
                upos: upos.to_owned(),
                xpos: xpos.to_owned(),
                head: self.words.len(),
                deprel: deprel.to_owned(),
            });
            let spaced = match several.take_if(|token| token.last == number) {
                Some(token) if self.text[token.start..] != *token.form => {
                    return Err(Fault::Parts(*line));
                }
                Some(token) => token.spaced,
                None => several.is_none() && spaced,
            };
            if spaced {
                self.text.push(' ');
            }
        }
        for (word, (line, head)) in self.words[first..].iter_mut().zip(&heads) {
            match *head {
                0 => {}
                head if head <= heads.len() => word.head = first + head - 1,
                _ => return Err(Fault::Head(*line)),
            }
        }
        self.sentences.push(first..self.words.len());
        self.paragraph.push(self.blocks.len());
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        Ok(())
    }

    /// The analysis of the text with the treebank's own words and sentences.
    #[must_use]
    pub(crate) fn analyse(&self, language: &Language) -> Analysis<'_> {
        let ours = language.analyse(&self.text, &self.blocks);
        let at = |place: u32| ours.tokens.partition_point(|token| token.extent.end.0 <= place);
        let tokens: Vec<Token> = self
            .words
            .iter()
            .map(|Word { extent, .. }| {
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
        let sentences = self.sentences.iter().zip(&self.paragraph).map(|(words, paragraph)| {
            let paragraph = u32::try_from(*paragraph).unwrap_or(u32::MAX);
            Sentence { tokens: Tokens::at(words.clone()), paragraph }
        });
        let sentences: Vec<Sentence> = sentences.collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of CoNLL-U: the fields that count.
    fn row(id: &str, form: &str, head: &str, misc: &str) -> String {
        format!("{id}\t{form}\t{form}\tX\tY\t_\t{head}\tdep\t_\t{misc}\n")
    }

    fn told(bank: &Treebank) -> Vec<&str> {
        bank.words.iter().map(|word| word.extent.of(&bank.text).unwrap()).collect()
    }

    #[test]
    fn words_stand_in_a_text_with_the_treebank_s_own_spaces() {
        let tie = [
            "# newpar\n".to_owned(),
            row("1", "Boats", "2", "_"),
            row("2-3", "can't", "_", "SpaceAfter=No"),
            row("2", "ca", "0", "_"),
            row("3", "n't", "2", "_"),
            row("3.1", "unsaid", "_", "_"),
            row("4", ".", "2", "_"),
            "\n".to_owned(),
            row("1", "They", "2", "_"),
            row("2", "wait", "0", "SpaceAfter=No"),
            "\n# newpar\n".to_owned(),
            row("1", "Still", "0", "_"),
        ];
        let bank = Treebank::read(&tie.concat()).unwrap();
        assert_eq!(bank.text, "Boats can't. They wait\n\nStill ");
        assert_eq!(told(&bank), ["Boats", "ca", "n't", ".", "They", "wait", "Still"]);
        assert_eq!(bank.sentences, [0..4, 4..6, 6..7]);
        let heads: Vec<usize> = bank.words.iter().map(|word| word.head).collect();
        assert_eq!(heads, [1, 1, 1, 1, 5, 5, 6]);
        let blocks: Vec<&str> =
            bank.blocks.iter().map(|block| block.extent.of(&bank.text).unwrap()).collect();
        assert_eq!(blocks, ["Boats can't. They wait", "Still"]);
    }

    #[test]
    fn what_is_no_treebank_is_refused_by_line() {
        let fault = |conllu: &str| Treebank::read(conllu).unwrap_err();
        assert_eq!(fault(""), Fault::Empty);
        assert_eq!(fault("A story.\n"), Fault::Fields(1));
        let first = row("1", "Boats", "0", "_");
        assert_eq!(fault(&format!("{first}{}", row("3", "wait", "1", "_"))), Fault::Number(2));
        assert_eq!(fault(&format!("{first}{}", row("2", "wait", "7", "_"))), Fault::Head(2));
        let parts =
            [row("1-2", "du", "_", "_"), row("1", "de", "0", "_"), row("2", "le", "1", "_")];
        assert_eq!(fault(&parts.concat()), Fault::Parts(3));
    }
}
