//! How attributions that were found agree with the gold's.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use onrecord_record::{Extent, Manner};
use onrecord_scoring::Measure;

use super::corpus::{Attribution, ROLES};
use crate::counts::{Counts, Share};

/// The confidences, in percent, above which precision and recall are told.
const FLOORS: [u8; 10] = [50, 55, 60, 65, 70, 75, 80, 85, 90, 95];
const MANNERS: [(Manner, &str); 3] =
    [(Manner::Direct, "direct"), (Manner::Mixed, "mixed"), (Manner::Indirect, "indirect")];

/// An attribution that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) attribution: Attribution,
    pub(super) manner: Manner,
    pub(super) confidence: f64,
}

/// The counts of each measure. Attributions are held against one another one to one, each found
/// against the first of the gold's that agrees with it and that no earlier one has taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Agreement {
    /// Of each role, the pieces that are exactly the gold's, wherever they belong.
    exact: [Counts; 3],
    /// Of each role, the words that it covers.
    words: [Counts; 3],
    /// Attributions whose source, cue and content all touch the gold's, or are absent in both.
    overlap: Counts,
    /// Attributions whose source, cue and content are all exactly the gold's.
    strict: Counts,
    /// Overlap of the attributions at a confidence or above it.
    above: [Counts; FLOORS.len()],
    /// Overlap of the attributions of a manner, theirs for precision and the gold's for recall.
    manner: [Counts; 3],
}

impl Agreement {
    /// The agreement on one text. Both lists are in text order.
    #[must_use]
    pub(super) fn of(text: &str, gold: &[(Attribution, Manner)], found: &[Found]) -> Self {
        let all: Vec<&Found> = found.iter().collect();
        let mut agreement = Self::default();
        let words = words(text);
        for role in 0..ROLES.len() {
            let ours: BTreeSet<Extent> =
                all.iter().flat_map(|found| &found.attribution.roles[role]).copied().collect();
            let theirs: BTreeSet<Extent> =
                gold.iter().flat_map(|(gold, _)| &gold.roles[role]).copied().collect();
            agreement.exact[role] = shared(&ours, &theirs);
            agreement.words[role] = shared(&covered(&words, &ours), &covered(&words, &theirs));
        }
        let pairs = partners(&all, gold, overlap);
        agreement.overlap = counted(&pairs, gold);
        agreement.strict =
            counted(&partners(&all, gold, |ours, gold| ours.roles == gold.roles), gold);
        agreement.above = FLOORS.map(|floor| {
            let floor = f64::from(floor) / 100.0;
            let sure: Vec<&Found> = found.iter().filter(|f| f.confidence >= floor).collect();
            counted(&partners(&sure, gold, overlap), gold)
        });
        agreement.manner = MANNERS.map(|(manner, _)| {
            let ours = all.iter().zip(&pairs).filter(|(found, _)| found.manner == manner);
            let taken: BTreeSet<usize> = pairs.iter().copied().flatten().collect();
            let gold = gold.iter().enumerate().filter(|(_, (_, of))| *of == manner);
            Counts {
                ours: share(ours.map(|(_, pair)| pair.is_some())),
                gold: share(gold.map(|(place, _)| taken.contains(&place))),
            }
        });
        agreement
    }

    /// All measures, in percent.
    #[must_use]
    pub(super) fn measures(&self) -> Vec<Measure> {
        let mut measures = Vec::new();
        let mut add = |name: String, value: f64| measures.push(Measure { name, value });
        for (kind, counts) in [("exact", &self.exact), ("words", &self.words)] {
            for (role, counts) in ROLES.iter().zip(counts) {
                add(format!("{kind} {role}, F1"), counts.f1());
            }
        }
        let whole = [("overlap", self.overlap), ("strict", self.strict)];
        let whole = whole.map(|(name, counts)| (name.to_owned(), counts));
        let manners = MANNERS.iter().zip(self.manner);
        let manners = manners.map(|((_, name), counts)| (format!("overlap, {name}"), counts));
        for (name, counts) in whole.into_iter().chain(manners) {
            add(format!("{name}, precision"), counts.precision());
            add(format!("{name}, recall"), counts.recall());
            add(format!("{name}, F1"), counts.f1());
        }
        for (floor, counts) in FLOORS.iter().zip(self.above) {
            add(format!("overlap at 0.{floor}, precision"), counts.precision());
            add(format!("overlap at 0.{floor}, recall"), counts.recall());
        }
        measures
    }
}

impl AddAssign for Agreement {
    fn add_assign(&mut self, more: Self) {
        let lists = [
            (&mut self.exact[..], &more.exact[..]),
            (&mut self.words, &more.words),
            (&mut self.above, &more.above),
            (&mut self.manner, &more.manner),
        ];
        for (counts, more) in lists {
            counts.iter_mut().zip(more).for_each(|(counts, more)| *counts += *more);
        }
        self.overlap += more.overlap;
        self.strict += more.strict;
    }
}

/// The words, numbers and marks of a text, as the scorer of the corpus counts them.
fn words(text: &str) -> Vec<Extent> {
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    let of_word = |c: char| c.is_alphanumeric() || c == '_';
    while let Some((start, first)) = rest.next() {
        let mut end = start + first.len_utf8();
        if first.is_whitespace() {
            continue;
        }
        while let Some((at, c)) = rest.next_if(|(_, c)| of_word(first) && of_word(*c)) {
            end = at + c.len_utf8();
        }
        words.push(Extent::at(start..end));
    }
    words
}

/// The words that some pieces touch.
fn covered(words: &[Extent], pieces: &BTreeSet<Extent>) -> BTreeSet<Extent> {
    let mut covered = BTreeSet::new();
    for piece in pieces {
        let first = words.partition_point(|word| word.end <= piece.start);
        covered.extend(words[first..].iter().take_while(|word| word.start < piece.end));
    }
    covered
}

fn shared(ours: &BTreeSet<Extent>, gold: &BTreeSet<Extent>) -> Counts {
    Counts::of(ours.intersection(gold).count(), ours.len(), gold.len())
}

fn share(right: impl Iterator<Item = bool>) -> Share {
    right.fold(Share::default(), |Share { right, all }, agrees| Share {
        right: right + usize::from(agrees),
        all: all + 1,
    })
}

fn counted(pairs: &[Option<usize>], gold: &[(Attribution, Manner)]) -> Counts {
    Counts::of(pairs.iter().flatten().count(), pairs.len(), gold.len())
}

/// Whether two attributions touch in all three roles.
fn overlap(ours: &Attribution, gold: &Attribution) -> bool {
    ours.roles.iter().zip(&gold.roles).all(|(ours, gold)| {
        let touch = ours.iter().any(|piece| gold.iter().any(|other| piece.overlaps(*other)));
        touch || (ours.is_empty() && gold.is_empty())
    })
}

/// For each attribution found, the place of the one of the gold's that it is held against.
fn partners(
    found: &[&Found],
    gold: &[(Attribution, Manner)],
    agree: impl Fn(&Attribution, &Attribution) -> bool,
) -> Vec<Option<usize>> {
    let mut taken = vec![false; gold.len()];
    let partner = |found: &&Found| {
        let agrees = |place: &usize| !taken[*place] && agree(&found.attribution, &gold[*place].0);
        let place = (0..gold.len()).find(agrees)?;
        taken[place] = true;
        Some(place)
    };
    found.iter().map(partner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attribution of stretches of a text, as ranges of bytes.
    fn attribution(pieces: [&[(usize, usize)]; 3]) -> Attribution {
        let extents = |ranges: &[(usize, usize)]| -> Vec<Extent> {
            ranges.iter().map(|(start, end)| Extent::at(*start..*end)).collect()
        };
        Attribution { roles: pieces.map(extents) }
    }

    fn found(confidence: f64, manner: Manner, pieces: [&[(usize, usize)]; 3]) -> Found {
        Found { attribution: attribution(pieces), manner, confidence }
    }

    const TEXT: &str = "Ane said it. Bo said he_1 won. Cy saw.";

    #[test]
    fn words_are_runs_of_letters_and_single_marks() {
        let words = words("he_1 won’t, 3.5");
        let told: Vec<&str> = words.iter().map(|w| w.of("he_1 won’t, 3.5").unwrap()).collect();
        assert_eq!(told, ["he_1", "won", "’", "t", ",", "3", ".", "5"]);
    }

    #[test]
    fn a_text_is_counted_by_every_measure() {
        let gold = [
            (attribution([&[(0, 3)], &[(4, 8)], &[(9, 11)]]), Manner::Indirect),
            (attribution([&[(13, 15)], &[(16, 20)], &[(21, 29)]]), Manner::Direct),
        ];
        let found = [
            found(0.9, Manner::Indirect, [&[(0, 3)], &[(4, 8)], &[(9, 11)]]),
            found(0.5, Manner::Mixed, [&[(13, 15)], &[(16, 20)], &[(26, 29)]]),
            found(0.6, Manner::Direct, [&[(31, 33)], &[(34, 37)], &[]]),
        ];
        let agreement = Agreement::of(TEXT, &gold, &found);
        assert_eq!(
            agreement.exact,
            [(2, 3, 2), (2, 3, 2), (1, 2, 2)].map(|(r, o, g)| Counts::of(r, o, g))
        );
        assert_eq!(agreement.words[2], Counts::of(2, 2, 3));
        assert_eq!(agreement.overlap, Counts::of(2, 3, 2));
        assert_eq!(agreement.strict, Counts::of(1, 3, 2));
        assert_eq!(agreement.above[0], Counts::of(2, 3, 2));
        assert_eq!(agreement.above[1], Counts::of(1, 2, 2));
        assert_eq!(agreement.above[9], Counts::of(0, 0, 2));
        let share = |right, all| Share { right, all };
        let [direct, mixed, indirect] = agreement.manner;
        assert_eq!(direct, Counts { ours: share(0, 1), gold: share(1, 1) });
        assert_eq!(mixed, Counts { ours: share(1, 1), gold: share(0, 0) });
        assert_eq!(indirect, Counts { ours: share(1, 1), gold: share(1, 1) });
        let mut twice = agreement.clone();
        twice += agreement;
        assert_eq!(twice.overlap, Counts::of(4, 6, 4));
        assert_eq!(twice.manner[2].ours, share(2, 2));
    }

    #[test]
    fn each_attribution_is_taken_once_and_the_first_that_agrees() {
        let of =
            |content: &[(usize, usize)]| [&[(0, 3)][..], &[(4, 8)], content].map(<[_]>::to_vec);
        let gold: Vec<(Attribution, Manner)> = [&[(9, 20)][..], &[(9, 11)]]
            .map(|content| {
                let pieces = of(content);
                (attribution([&pieces[0], &pieces[1], &pieces[2]]), Manner::Indirect)
            })
            .to_vec();
        let ours = found(1.0, Manner::Indirect, [&[(0, 3)], &[(4, 8)], &[(9, 11)]]);
        let pairs = |count: usize| partners(&vec![&ours; count], &gold, overlap);
        assert_eq!(pairs(1), [Some(0)]);
        assert_eq!(pairs(3), [Some(0), Some(1), None]);
    }

    #[test]
    fn attributions_touch_in_all_roles_or_lack_the_same() {
        let ours = attribution([&[], &[(4, 8)], &[(9, 11), (21, 25)]]);
        assert!(overlap(&ours, &attribution([&[], &[(0, 5)], &[(24, 30)]])));
        assert!(!overlap(&ours, &attribution([&[(0, 3)], &[(0, 5)], &[(24, 30)]])));
        assert!(!overlap(&ours, &attribution([&[], &[(8, 9)], &[(24, 30)]])));
        assert!(!overlap(&ours, &attribution([&[], &[(0, 5)], &[]])));
    }
}
