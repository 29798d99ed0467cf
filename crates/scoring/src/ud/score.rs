//! How many words are found, and told as the treebank has them.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use onrecord_language::Analysis;
use onrecord_language::engine::Engine;
use onrecord_record::Extent;
use onrecord_scoring::Measure;

use crate::conllu::{Treebank, Word};
use crate::counts::Counts;

/// The names of [`Score::told`].
const TOLD: [&str; 5] = ["UPOS", "XPOS", "lemmas", "UAS", "LAS"];

/// The counts of a treebank, as the shared tasks of 2017 and 2018 have them (Zeman et al. 2018):
/// words of one text are aligned where they stand at the same place, and what is told of a word
/// counts where it is aligned. Relations count without their subtypes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Score {
    words: Counts,
    sentences: Counts,
    told: [Counts; 5],
}

impl Score {
    /// The score of what the engine tells of an analysis of the treebank's text.
    #[must_use]
    pub(crate) fn of(bank: &Treebank, analysis: &Analysis<'_>, engine: &Engine) -> Self {
        let words = analysis.tokens.iter().zip(engine.read(analysis, &[]));
        let words = words.map(|(token, told)| Word {
            extent: token.extent,
            lemma: engine.lemma(token.extent.of(&bank.text).unwrap_or_default(), told),
            upos: engine.upos[told.upos].clone(),
            xpos: engine.xpos[told.xpos].clone(),
            head: told.head.index(),
            deprel: engine.deprel[told.deprel].clone(),
        });
        let words: Vec<Word> = words.collect();
        let (ours, gold) = (our_sentences(analysis), gold_sentences(bank));
        let both = ours.intersection(&gold).count();
        let sentences = Counts::of(both, ours.len(), gold.len());
        Self { sentences, ..Self::of_told(&words, &bank.words) }
    }

    /// The score of words, without that of sentences. Both lists are in text order and none
    /// overlaps another of its own.
    fn of_told(ours: &[Word], gold: &[Word]) -> Self {
        let partners = aligned(ours, gold);
        let bare = |relation: &str| relation.split(':').next().unwrap_or_default().to_owned();
        let mut right = [0; TOLD.len()];
        for (word, partner) in ours.iter().zip(&partners) {
            let Some(gold) = partner.map(|at| &gold[at]) else { continue };
            // A root depends on itself on both sides, and no other word does.
            let head = partners[word.head] == Some(gold.head);
            let agree = [
                word.upos == gold.upos,
                word.xpos == gold.xpos,
                word.lemma.to_lowercase() == gold.lemma.to_lowercase(),
                head,
                head && bare(&word.deprel) == bare(&gold.deprel),
            ];
            for (right, agree) in right.iter_mut().zip(agree) {
                *right += usize::from(agree);
            }
        }
        let counts = |right| Counts::of(right, ours.len(), gold.len());
        Self {
            words: counts(partners.iter().flatten().count()),
            sentences: Counts::default(),
            told: right.map(counts),
        }
    }

    /// The measures of what is told of words.
    #[must_use]
    pub(crate) fn of_words(&self, on: &str) -> Vec<Measure> {
        let told = TOLD.iter().zip(self.told);
        told.map(|(name, counts)| Measure { name: format!("{on}, {name}"), value: counts.f1() })
            .collect()
    }

    /// The measures of where words and sentences end.
    #[must_use]
    pub(crate) fn of_segmentation(&self) -> Vec<Measure> {
        let kinds = [("words", self.words), ("sentences", self.sentences)];
        let measures = kinds.map(|(name, counts)| {
            [("precision", counts.precision()), ("recall", counts.recall()), ("F1", counts.f1())]
                .map(|(of, value)| Measure { name: format!("raw text, {name} {of}"), value })
        });
        measures.into_iter().flatten().collect()
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, more: Self) {
        self.words += more.words;
        self.sentences += more.sentences;
        for (counts, more) in self.told.iter_mut().zip(more.told) {
            *counts += more;
        }
    }
}

/// Where a treebank's sentences stand.
pub(super) fn gold_sentences(bank: &Treebank) -> BTreeSet<Extent> {
    let sentences = bank.sentences.iter().map(|words| &bank.words[words.clone()]);
    sentences.filter_map(|words| Some(words.first()?.extent.cover(words.last()?.extent))).collect()
}

/// Where an analysis's sentences stand.
pub(super) fn our_sentences(analysis: &Analysis<'_>) -> BTreeSet<Extent> {
    analysis.sentences.iter().map(|sentence| analysis.extent(sentence.tokens)).collect()
}

/// For each of our words, the place of the gold's that is the same stretch of the text.
fn aligned(ours: &[Word], gold: &[Word]) -> Vec<Option<usize>> {
    let mut at = 0;
    let partner = |word: &Word| {
        at += gold[at..].iter().take_while(|g| g.extent.start < word.extent.start).count();
        gold.get(at).filter(|gold| gold.extent == word.extent).map(|_| at)
    };
    ours.iter().map(partner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(range: std::ops::Range<usize>, upos: &str, head: usize, deprel: &str) -> Word {
        Word {
            extent: Extent::at(range),
            lemma: upos.to_lowercase(),
            upos: upos.to_owned(),
            xpos: upos.to_owned(),
            head,
            deprel: deprel.to_owned(),
        }
    }

    #[test]
    fn words_are_aligned_where_they_are_the_same_stretch() {
        let words = |ranges: &[std::ops::Range<usize>]| -> Vec<Word> {
            ranges.iter().map(|range| word(range.clone(), "X", 0, "dep")).collect()
        };
        // One that is cut in two, two that are one, and one behind them.
        let gold = words(&[0..4, 5..7, 8..10, 10..12, 13..14]);
        let ours = words(&[0..4, 5..6, 6..7, 8..12, 13..14]);
        assert_eq!(aligned(&ours, &gold), [Some(0), None, None, None, Some(4)]);
        assert_eq!(aligned(&gold, &ours), [Some(0), None, None, None, Some(4)]);
        assert_eq!(aligned(&ours, &[]), [None; 5]);
    }

    #[test]
    fn what_is_told_counts_where_words_are_aligned() {
        // “Boats | ca | n't | wait” against “Boats | can't | wait”.
        let gold = [
            word(0..5, "NOUN", 3, "nsubj:pass"),
            word(6..8, "AUX", 3, "aux"),
            word(8..11, "PART", 3, "advmod"),
            word(12..16, "VERB", 3, "root"),
        ];
        let ours = [
            word(0..5, "NOUN", 2, "nsubj"),
            word(6..11, "AUX", 2, "aux"),
            word(12..16, "NOUN", 2, "root"),
        ];
        let score = Score::of_told(&ours, &gold);
        let right = |right| Counts::of(right, 3, 4);
        assert_eq!(score.words, right(2));
        assert_eq!(score.told, [right(1), right(1), right(1), right(2), right(2)]);
        let other = [word(0..5, "NOUN", 1, "obj"), word(6..11, "AUX", 1, "root")];
        let score = Score::of_told(&other, &gold);
        assert_eq!(score.told[3], Counts::of(0, 2, 4), "its head is no word of the gold's");
        let same = Score::of_told(&gold, &gold);
        assert_eq!(same.told, [Counts::of(4, 4, 4); 5]);
    }
}
