//! What the network reads at once.

use crate::{Analysis, Tokens};

/// The most tokens that a unit has.
pub const LONGEST_UNIT: usize = 256;

/// Tokens that the network reads at once: a paragraph, or a part of a long one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its tokens, one at least and [`LONGEST_UNIT`] at most.
    pub tokens: Tokens,
    /// Its sentences; they hold every token. One that is longer than a unit is cut.
    pub sentences: Vec<Tokens>,
}

/// The units of a text, in text order. Together they hold every token.
///
/// A paragraph is one unit where it is short enough; else its sentences fill units one after the
/// other. A sentence that is too long for a unit is cut.
#[must_use]
pub fn units(analysis: &Analysis<'_>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(analysis.paragraphs.len());
    for paragraph in &analysis.paragraphs {
        let mut fresh = true;
        for sentence in &analysis.sentences[paragraph.sentence_range()] {
            let range = sentence.tokens.range();
            for start in range.clone().step_by(LONGEST_UNIT) {
                let piece = Tokens::at(start..range.end.min(start + LONGEST_UNIT));
                match units.last_mut() {
                    Some(unit) if !fresh && unit.tokens.len() + piece.len() <= LONGEST_UNIT => {
                        unit.tokens.end = piece.end;
                        unit.sentences.push(piece);
                    }
                    _ => units.push(Unit { tokens: piece, sentences: vec![piece] }),
                }
                fresh = false;
            }
        }
    }
    units
}
