//! Counts of what was found and what there is, and the shares that are right.

use std::ops::AddAssign;

/// Some things, and how many of them are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) right: usize,
    pub(crate) all: usize,
}

/// What was found against a gold standard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Of those found, how many are the gold's.
    pub(crate) ours: Share,
    /// Of the gold's, how many were found.
    pub(crate) gold: Share,
}

impl Share {
    /// How many in a hundred are right; 0 where there are none.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
    pub(crate) fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }
}

impl Counts {
    /// The counts where each that is right is right on both sides.
    #[must_use]
    pub(crate) fn of(right: usize, ours: usize, gold: usize) -> Self {
        Self { ours: Share { right, all: ours }, gold: Share { right, all: gold } }
    }

    #[must_use]
    pub(crate) fn precision(self) -> f64 {
        self.ours.percent()
    }

    #[must_use]
    pub(crate) fn recall(self) -> f64 {
        self.gold.percent()
    }

    /// The harmonic mean of the two; 0 where nothing is right.
    #[must_use]
    pub(crate) fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, more: Self) {
        self.right += more.right;
        self.all += more.all;
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.ours += more.ours;
        self.gold += more.gold;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_percents_and_nothing_gives_nothing() {
        let mut counts = Counts::of(1, 2, 3);
        counts += Counts::of(2, 2, 1);
        assert!((counts.precision() - 75.0).abs() < 1e-9);
        assert!((counts.recall() - 75.0).abs() < 1e-9);
        assert!((Counts::of(1, 1, 3).f1() - 50.0).abs() < 1e-9);
        let none = Counts::default();
        assert!(none.precision() == 0.0 && none.recall() == 0.0 && none.f1() == 0.0);
    }
}
