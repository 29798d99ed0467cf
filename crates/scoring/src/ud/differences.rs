//! Where the words and sentences that we find end otherwise than a treebank's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use onrecord_language::Analysis;
use onrecord_record::Extent;

use super::score::{gold_sentences, our_sentences};
use crate::conllu::Treebank;

/// How much of the text is shown on each side, in characters.
const AROUND_WORDS: usize = 9;
const AROUND_SENTENCES: usize = 35;

/// The most frequent differences of each kind, at most `most` of each: how often each is there, and
/// the text around the end that one side has and the other has not.
#[must_use]
pub(super) fn tell(bank: &Treebank, analysis: &Analysis<'_>, most: usize) -> String {
    let gold: BTreeSet<Extent> = bank.words.iter().map(|word| word.extent).collect();
    let ours: BTreeSet<Extent> = analysis.tokens.iter().map(|token| token.extent).collect();
    let (gold_sentences, sentences) = (gold_sentences(bank), our_sentences(analysis));
    let kinds = [
        ("words joined", &gold, &ours, AROUND_WORDS),
        ("words parted", &ours, &gold, AROUND_WORDS),
        ("sentences joined", &gold_sentences, &sentences, AROUND_SENTENCES),
        ("sentences parted", &sentences, &gold_sentences, AROUND_SENTENCES),
    ];
    let mut says = String::new();
    for (title, of, others, around) in kinds {
        // Writing to a string never fails.
        let _ = writeln!(says, "{title}");
        for (context, count) in counted(&bank.text, of, others, around).into_iter().take(most) {
            let _ = writeln!(says, "  {count:5}  {context}");
        }
    }
    says
}

/// What stands around the ends of some extents that others do not share, most frequent first.
fn counted(
    text: &str,
    of: &BTreeSet<Extent>,
    others: &BTreeSet<Extent>,
    around: usize,
) -> Vec<(String, usize)> {
    let ends: BTreeSet<usize> = others.iter().map(|extent| extent.end.index()).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for end in of.iter().map(|extent| extent.end.index()).filter(|end| !ends.contains(end)) {
        let before: Vec<char> = text[..end].chars().rev().take(around).collect();
        let before: String = before.iter().rev().collect();
        let after: String = text[end..].chars().take(around).collect();
        *counts.entry(format!("{before}¦{after}").replace('\n', "⏎")).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_that_one_side_lacks_are_counted() {
        let extents = |ranges: &[(usize, usize)]| -> BTreeSet<Extent> {
            ranges.iter().map(|(start, end)| Extent::at(*start..*end)).collect()
        };
        let text = "a-b a-b c";
        let gold = extents(&[(0, 1), (1, 3), (4, 5), (5, 7), (8, 9)]);
        let ours = extents(&[(0, 3), (4, 7), (8, 9)]);
        let told = |around| counted(text, &gold, &ours, around);
        assert_eq!(told(1), [("a¦-".to_owned(), 2)]);
        assert_eq!(told(2), [(" a¦-b".to_owned(), 1), ("a¦-b".to_owned(), 1)]);
        assert!(counted(text, &ours, &gold, 1).is_empty());
    }
}
