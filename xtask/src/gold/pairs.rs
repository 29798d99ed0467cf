//! Which of the items that were read is which of the expected ones.

use std::cmp::Reverse;

use onrecord_record::Extent;

/// Which of ours is which of the expected, and which of ours belongs to none.
pub(super) struct Pairs {
    /// For each expected, the place of ours.
    pub(super) ours: Vec<Option<usize>>,
    /// Whether each of ours stands for one that may be left out.
    optional: Vec<bool>,
    /// For each of ours, the place of the expected.
    pub(super) gold: Vec<Option<usize>>,
}

impl Pairs {
    /// Pairs each with one at most, best first; what may be left out takes what the rest leaves.
    pub(super) fn of(
        optional: &[bool],
        ours: usize,
        likeness: impl Fn(usize, usize) -> u32,
    ) -> Self {
        let mut likely: Vec<(bool, Reverse<u32>, usize, usize)> = Vec::new();
        for (gold, &optional) in optional.iter().enumerate() {
            for our in 0..ours {
                match likeness(gold, our) {
                    0 => {}
                    like => likely.push((optional, Reverse(like), gold, our)),
                }
            }
        }
        likely.sort_unstable();
        let mut pairs = Self {
            ours: vec![None; optional.len()],
            optional: vec![false; ours],
            gold: vec![None; ours],
        };
        for (optional, _, gold, our) in likely {
            if pairs.ours[gold].is_none() && pairs.gold[our].is_none() {
                pairs.ours[gold] = Some(our);
                pairs.gold[our] = Some(gold);
                pairs.optional[our] = optional;
            }
        }
        pairs
    }

    /// How many of ours count: all but those that stand for what may be left out.
    pub(super) fn given(&self) -> usize {
        self.optional.iter().filter(|optional| !**optional).count()
    }

    /// The places of ours that belong to no expected one.
    pub(super) fn too_many(&self) -> impl Iterator<Item = usize> {
        (0..self.gold.len()).filter(|&our| self.gold[our].is_none())
    }
}

/// How many bytes both hold.
pub(super) fn shared(one: &[Extent], other: &[Extent]) -> u32 {
    let both = |a: &Extent, b: &Extent| a.end.min(b.end).0.saturating_sub(a.start.max(b.start).0);
    one.iter().flat_map(|a| other.iter().map(move |b| both(a, b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_pairs_come_first_and_what_may_be_left_out_last() {
        let likeness = [[3, 9], [8, 9], [1, 1]];
        let pairs = Pairs::of(&[true, false, false], 2, |gold, our| likeness[gold][our]);
        assert_eq!(pairs.ours, [None, Some(1), Some(0)]);
        assert_eq!(pairs.given(), 2);
        let pairs = Pairs::of(&[true, false], 2, |gold, our| likeness[gold][our]);
        assert_eq!(pairs.ours, [Some(0), Some(1)]);
        assert_eq!((pairs.given(), pairs.too_many().count()), (1, 0));
    }
}
