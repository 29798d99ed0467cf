//! Agreement of time expressions found with those of a gold standard, by the measures of
//! TempEval-3 (UzZaman et al. 2013).

use std::ops::AddAssign;

use super::Timex;

/// How many there were, and how many of those found agree with the gold's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// In the gold standard.
    pub(super) gold: usize,
    /// Found.
    pub(super) found: usize,
    /// At exactly the gold's place.
    pub(super) strict: usize,
    /// Sharing a byte with the gold's, each with one at most.
    pub(super) relaxed: usize,
    /// Of these, those of the gold's type.
    pub(super) kind: usize,
    /// Of these, those of the gold's value.
    pub(super) value: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.gold += more.gold;
        self.found += more.found;
        self.strict += more.strict;
        self.relaxed += more.relaxed;
        self.kind += more.kind;
        self.value += more.value;
    }
}

impl Tally {
    /// The tally of one text. Both lists are by place.
    pub(super) fn of(gold: &[Timex], found: &[Timex]) -> Self {
        let mut tally = Self { gold: gold.len(), found: found.len(), ..Self::default() };
        for (timex, partner) in found.iter().zip(partners(gold, found)) {
            let Some(gold) = partner.map(|at| &gold[at]) else { continue };
            tally.strict += usize::from(gold.place == timex.place);
            tally.relaxed += 1;
            tally.kind += usize::from(gold.kind == timex.kind);
            tally.value += usize::from(gold.value == timex.value);
        }
        tally
    }

    /// How many in a hundred of those found are right, for a count of right ones.
    pub(super) fn precision(&self, right: usize) -> f64 {
        percent(right, self.found)
    }

    /// How many in a hundred of the gold's are found, for a count of right ones.
    pub(super) fn recall(&self, right: usize) -> f64 {
        percent(right, self.gold)
    }

    /// The harmonic mean of the two.
    pub(super) fn f1(&self, right: usize) -> f64 {
        percent(2 * right, self.found + self.gold)
    }
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// For each expression found, the place in `gold` of the one it is held against: one at the same
/// place, else the first that it shares a byte with and no other found before has.
pub(super) fn partners(gold: &[Timex], found: &[Timex]) -> Vec<Option<usize>> {
    let mut used = vec![false; gold.len()];
    let mut partner = |timex: &Timex| {
        let touches = |at: &usize| {
            let other = &gold[*at].place;
            !used[*at] && timex.place.start < other.end && other.start < timex.place.end
        };
        let order = |at: &usize| (gold[*at].place != timex.place, gold[*at].place.start);
        let at = (0..gold.len()).filter(touches).min_by_key(order)?;
        used[at] = true;
        Some(at)
    };
    found.iter().map(&mut partner).collect()
}

/// Whether each expression found has a partner of its type and value.
pub(super) fn right(gold: &[Timex], found: &[Timex]) -> Vec<bool> {
    let pairs = found.iter().zip(partners(gold, found));
    let same = |timex: &Timex, gold: &Timex| gold.kind == timex.kind && gold.value == timex.value;
    pairs.map(|(timex, at)| at.is_some_and(|at| same(timex, &gold[at]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::Range;

    fn timex(place: Range<usize>, kind: &str, value: &str) -> Timex {
        Timex { place, kind: Some(kind.to_owned()), value: Some(value.to_owned()) }
    }

    #[test]
    fn a_text_is_tallied_by_all_four_measures() {
        let gold = [
            timex(0..6, "DATE", "2031-05-05"),
            timex(10..18, "DATE", "2031-05"),
            timex(20..30, "DURATION", "P3D"),
            timex(40..45, "DATE", "2030"),
        ];
        let found = [
            timex(0..6, "DATE", "2031-05-05"),
            timex(12..18, "DATE", "2032-05"),
            timex(20..30, "DATE", "P3D"),
            timex(50..55, "TIME", "2030-01-01T10:00"),
        ];
        let tally = Tally::of(&gold, &found);
        let right = Tally { gold: 4, found: 4, strict: 2, relaxed: 3, kind: 2, value: 2 };
        assert_eq!(tally, right);
        assert_eq!(super::right(&gold, &found), [true, false, false, false]);
        assert!((tally.f1(tally.relaxed) - 75.0).abs() < 1e-9);
        assert!((tally.precision(1) - 25.0).abs() < 1e-9);
        let less = Tally { found: 2, ..tally };
        assert!((less.recall(2) - 50.0).abs() < 1e-9);
        assert!((less.f1(2) - 400.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn the_same_place_comes_before_the_first_and_none_is_taken_twice() {
        let gold = [
            timex(0..20, "DURATION", "P2Y"),
            timex(5..9, "DATE", "2031"),
            timex(5..9, "DATE", "2032"),
        ];
        let found =
            [timex(5..9, "DATE", "2031"), timex(5..12, "DATE", "2031"), timex(6..8, "DATE", "1")];
        assert_eq!(partners(&gold, &found), [Some(1), Some(0), Some(2)]);
        assert_eq!(partners(&gold[..1], &found), [Some(0), None, None]);
        assert_eq!(partners(&gold, &[timex(20..22, "DATE", "2031")]), [None]);
    }

    #[test]
    fn nothing_at_all_scores_nothing() {
        let tally = Tally::of(&[], &[]);
        assert!(tally.f1(0).abs() < 1e-9 && tally.precision(0).abs() < 1e-9);
    }
}
