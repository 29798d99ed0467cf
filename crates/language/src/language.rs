//! A language, compiled from its pack.

use onrecord_intake::Block;
use onrecord_packs::{Pack, PackError};

use crate::number::Example;
use crate::segmentation::Segmentation;
use crate::{Analysis, Layer, Number, Numbers, Vocabulary};

/// What a pack says of words, sentences and numbers, compiled. The crates that read compile their
/// parts of the pack into the same vocabulary before the first text is analysed.
#[derive(Debug, Clone)]
pub struct Language {
    segmentation: Segmentation,
    numbers: Numbers,
    number_examples: Vec<Example>,
    vocabulary: Vocabulary,
}

impl Language {
    /// Compiles the pack's `segmentation.toml` and `numbers.toml`.
    ///
    /// # Errors
    /// Where a file is missing or cannot be compiled.
    pub fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut vocabulary = Vocabulary::new();
        let segmentation = Segmentation::compile(pack)?;
        let (numbers, number_examples) = Numbers::compile(pack, &mut vocabulary)?;
        Ok(Self { segmentation, numbers, number_examples, vocabulary })
    }

    /// The vocabulary, for the crates that compile rules.
    pub fn vocabulary_mut(&mut self) -> &mut Vocabulary {
        &mut self.vocabulary
    }

    /// The vocabulary.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The words, sentences and quotations of a text.
    #[must_use]
    pub fn analyse<'t>(&self, text: &'t str, blocks: &[Block]) -> Analysis<'t> {
        self.segmentation.segment(text, blocks, |word| self.vocabulary.word(word))
    }

    /// The numbers of an analysed text, in text order; none overlaps another.
    #[must_use]
    pub fn numbers(&self, analysis: &Analysis<'_>) -> Vec<Number> {
        self.numbers.read(analysis)
    }

    /// Runs the examples that the pack's numbers carry. Each line tells what one gave otherwise.
    #[must_use]
    pub fn number_examples(&self) -> Vec<String> {
        let read = |example: &Example| {
            let values = self.numbers(&self.analyse_paragraph(&example.text));
            let values: Vec<f64> = values.iter().map(|number| number.value).collect();
            (values != example.values).then(|| format!("{:?} gives {values:?}", example.text))
        };
        self.number_examples.iter().filter_map(read).collect()
    }

    /// The layer of an analysed text's numbers, by their place in `numbers`.
    #[must_use]
    pub fn number_layer(&self, analysis: &Analysis<'_>, numbers: &[Number]) -> Layer {
        Layer::new(analysis, numbers.iter().map(|number| number.tokens).zip(0u32..))
    }

    /// The analysis of a text as one paragraph: for the examples that rules carry.
    #[must_use]
    pub fn analyse_paragraph<'t>(&self, text: &'t str) -> Analysis<'t> {
        let start = text.len() - text.trim_start().len();
        let extent = onrecord_record::Extent::at(start..start + text.trim().len());
        let kind = onrecord_intake::BlockKind::Paragraph;
        let block = Block { extent, kind };
        self.analyse(text, if extent.is_empty() { &[] } else { std::slice::from_ref(&block) })
    }
}
