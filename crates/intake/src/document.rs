//! What intake makes of an original.

use onrecord_record::Extent;

/// A document: what the record says of it, and its text in blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document as the record holds it, with the canonical text.
    pub record: onrecord_record::Document,
    /// The text in blocks, in text order. They never overlap, and together they hold all of the
    /// text but white space.
    pub blocks: Vec<Block>,
}

/// A stretch of the text that hangs together. It holds at least one character, and neither begins
/// nor ends with white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub extent: Extent,
    /// What it is.
    pub kind: BlockKind,
}

/// Kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockKind {
    /// The title.
    Title,
    /// A crosshead.
    Heading,
    /// A paragraph of the story.
    Paragraph,
    /// A quoted paragraph: somebody's words without quotation marks.
    Quote,
    /// An item of a list.
    ListItem,
    /// The caption of a picture or table.
    Caption,
    /// What belongs to the printing and not to the story: date lines, bylines, datelines,
    /// sign-offs.
    Furniture,
}

impl BlockKind {
    /// Whether its sentences are told by the document and may make statements.
    #[must_use]
    pub fn tells(self) -> bool {
        matches!(self, Self::Paragraph | Self::Quote | Self::ListItem | Self::Caption)
    }
}
