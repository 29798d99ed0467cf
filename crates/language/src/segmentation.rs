//! Segmentation: a text in blocks to tokens, sentences, paragraphs and quotations.

mod lexicon;
mod rules;

use onrecord_intake::{Block, BlockKind};
use onrecord_packs::{Pack, PackError};

pub(crate) use lexicon::{apostrophe, fold_into};
pub(crate) use rules::{Abbreviation, Rules};

use crate::quotation::Quotations;
use crate::token::{Note, Scanner};
use crate::{Analysis, Paragraph, Sentence, Tokens, WordId, sentence};

/// The rules of a pack by which a text falls into words, sentences and quotations. They take any
/// text, in time linear in its length.
#[derive(Debug, Clone)]
pub struct Segmentation {
    rules: Rules,
}

impl Segmentation {
    /// The rules of `segmentation.toml`.
    ///
    /// # Errors
    /// Where the file is missing, has another shape or holds a rule that cannot be compiled.
    pub fn compile(pack: &Pack) -> Result<Self, PackError> {
        Ok(Self { rules: Rules::compile(pack)? })
    }

    /// The tokens, sentences, paragraphs and quotations of a text. `word` gives the word that a
    /// normalised token is: in lower case, every apostrophe straight.
    ///
    /// A block that leaves the text or cuts a character has none.
    #[must_use]
    pub fn segment<'t>(
        &self,
        text: &'t str,
        blocks: &[Block],
        word: impl Fn(&str) -> WordId,
    ) -> Analysis<'t> {
        let room = text.len() / 5;
        let mut tokens = Vec::with_capacity(room);
        let mut notes: Vec<Note> = Vec::new();
        let mut sentences = Vec::with_capacity(room / 16);
        let mut paragraphs = Vec::with_capacity(blocks.len());
        let mut quotations = Quotations::default();
        for block in blocks.iter().filter(|block| block.kind != BlockKind::Furniture) {
            if block.extent.of(text).is_none() {
                continue;
            }
            let first = tokens.len();
            notes.clear();
            Scanner::new(text, block.extent.range(), &self.rules, &mut tokens, &mut notes).scan();
            if tokens.len() == first {
                continue;
            }
            quotations.read(&self.rules, text, &mut tokens[first..], &notes, first, block.kind);
            let first_sentence = sentences.len();
            let paragraph = u32::try_from(paragraphs.len()).unwrap_or(u32::MAX);
            let ends = sentence::ends(&self.rules, text, &tokens[first..], &notes);
            let mut start = first;
            for end in ends {
                let tokens = Tokens::at(start..first + end);
                sentences.push(Sentence { tokens, paragraph });
                start = first + end;
            }
            paragraphs.push(Paragraph {
                kind: block.kind,
                tokens: Tokens::at(first..tokens.len()),
                sentences: place(first_sentence)..place(sentences.len()),
            });
        }
        let mut buffer = String::new();
        for token in &mut tokens {
            token.word = word(fold_into(token.extent.of(text).unwrap_or_default(), &mut buffer));
        }
        Analysis { text, tokens, sentences, paragraphs, quotations: quotations.found }
    }
}

fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
