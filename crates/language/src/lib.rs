//! Language: the text of a document to an [`Analysis`] of words, sentences and quotations.
//!
//! What is English stands in `packs/en/`; here is how such a pack is compiled and run. The faces
//! are [`Language`], which analyses a text, and [`PatternSet`], which finds what rules look for.

mod analysis;
pub mod engine;
mod language;
mod number;
mod pattern;
mod quotation;
mod segmentation;
mod sentence;
mod token;
mod vocabulary;

pub use analysis::{
    Analysis, Paragraph, Quotation, Sentence, Shape, Token, TokenId, Tokens, WordId,
};
pub use language::Language;
pub use number::{Number, Numbers};
pub use pattern::{Layer, Match, PatternError, PatternSet, Phrase, Phrases, Slot, WINDOW};
pub use segmentation::Segmentation;
pub use vocabulary::{Vocabulary, WordSet};
