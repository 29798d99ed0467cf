//! Language: the text of a document to an [`Analysis`] of words, sentences and quotations.

mod analysis;

pub use analysis::{
    Analysis, Paragraph, Quotation, Sentence, Shape, Token, TokenId, Tokens, WordId,
};
