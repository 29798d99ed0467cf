//! Intake: the bytes of an original to a [`Document`].

mod document;

pub use document::{Block, BlockKind, Document};
