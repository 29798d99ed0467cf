//! A document in the making: what a format gives before language and furniture are read.

use onrecord_record::{Extent, Notice, Origin};

use crate::{Block, BlockKind};

/// What a format makes of an original.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// The canonical text.
    pub(crate) text: String,
    /// Its blocks: ordered, apart, trimmed, and together all of it but white space.
    pub(crate) blocks: Vec<Block>,
    /// The way back.
    pub(crate) origins: Vec<Origin>,
    /// What the original says of itself.
    pub(crate) metadata: Metadata,
    /// What a reader must know.
    pub(crate) notices: Vec<Notice>,
}

/// What an original says of itself, as it says it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<String>,
    /// The language that the document was labelled with by whoever made the corpus.
    pub(crate) language: Option<String>,
    /// The language that the page claims: templates often claim a wrong one.
    pub(crate) claimed: Option<String>,
}

impl Draft {
    /// Adds a block after a blank line and gives where it stands. Nothing is added for words that
    /// are white space only.
    pub(crate) fn push(&mut self, words: &str, kind: BlockKind, path: &str) -> Option<Extent> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        let extent = Extent::at(start..self.text.len());
        self.blocks.push(Block { extent, kind });
        self.origins.push(Origin { start: extent.start, end: extent.end, path: path.to_owned() });
        Some(extent)
    }
}

/// The part of `range` less the white space at its ends; `None` where nothing is left.
pub(crate) fn trimmed(text: &str, range: std::ops::Range<usize>) -> Option<Extent> {
    let words = text.get(range.clone())?;
    let start = range.start + (words.len() - words.trim_start().len());
    let words = words.trim();
    (!words.is_empty()).then(|| Extent::at(start..start + words.len()))
}
