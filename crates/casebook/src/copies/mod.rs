//! Copies of one story: texts that share most of the shorter one's runs of words.
//!
//! A [`Sketch`] of a text holds samples of its shingles, which are runs of [`SHINGLE`] words.
//! MinHash (Broder, *On the resemblance and containment of documents*, 1997) in bands of
//! [`ROWS`] finds who may be a copy: two texts that share a share J of their shingles meet in a band
//! with the probability 1 − (1 − J²)⁴⁰, which is 0.87 at J = 0.22 and 0.99 at J = 0.33. The least hashes of the shingles
//! (a bottom-k sketch) then tell how much of the shorter text stands in the longer one, which edits,
//! cuts, another headline and paragraphs put in leave high. Reports that are written after one
//! pattern share their words and not their names and numbers: copies share these too.

mod words;

use std::cmp::Ordering;

pub use words::{marks, words};

/// Words in a shingle.
pub const SHINGLE: usize = 5;
/// Hash functions in a band: all of them have to agree.
pub const ROWS: usize = 2;
/// Bands of a sketch.
pub const BANDS: usize = 40;
/// How many of the least hashes are kept.
const KEPT: usize = 256;
/// Texts with fewer shingles are too short to tell: only the very same shingles are a copy.
const LEAST_SHINGLES: u32 = 24;
/// Fewer shingles with a name or number do not stand for a text.
const LEAST_OWN: usize = 8;
/// How many hashes of names and numbers are kept.
const MARKS: usize = 64;
/// Fewer names and numbers than these tell nothing.
const LEAST_MARKS: usize = 4;
/// The share of the shorter text's shingles that stand in the longer one, from which on two texts
/// are copies of one story, where as much of the names and numbers of one stand in the other as
/// [`MARKS_SHARED`] says.
pub const IS_COPY: f64 = 0.5;
/// The share of names and numbers, of the text with fewer.
pub const MARKS_SHARED: f64 = 0.75;
/// The share of shingles where there are too few names and numbers to tell.
const IS_COPY_UNMARKED: f64 = 0.92;

/// What is kept of a text to find its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// A hash for each band, over the shingles that hold a name or number, where there are some,
    /// the band's number in its upper bits.
    pub bands: Vec<u32>,
    /// The least hashes of its shingles, ascending: all of them where there are no more than
    /// some 250.
    pub least: Vec<u32>,
    /// The least hashes of its names and numbers, ascending.
    pub marks: Vec<u32>,
    /// How many shingles the text has, each counted once.
    pub shingles: u32,
}

impl Sketch {
    /// The sketch of a text; `None` for one of fewer words than a shingle has.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let words: Vec<u64> = words(text).map(|word| hash(word.as_bytes())).collect();
        let marks = distinct(marks(text).map(|word| hash(word.as_bytes())));
        let is_marked = |run: &&[u64]| run.iter().any(|word| marks.binary_search(word).is_ok());
        let shingles = distinct(words.windows(SHINGLE).map(shingle));
        if shingles.is_empty() {
            return None;
        }
        // Reports after one pattern would crowd the bands: what holds a name or number is a story's
        // own.
        let mut own = distinct(words.windows(SHINGLE).filter(is_marked).map(shingle));
        if own.len() < LEAST_OWN {
            own.clone_from(&shingles);
        }
        let mut minima = [u64::MAX; BANDS * ROWS];
        for shingle in &own {
            for (minimum, place) in minima.iter_mut().zip(1_u64..) {
                *minimum = (*minimum).min(mixed(shingle ^ place.wrapping_mul(SPREAD)));
            }
        }
        let bands = minima.chunks_exact(ROWS).zip(0_u32..).map(|(rows, band)| {
            let rows = rows.iter().fold(u64::from(band), |sum, row| mixed(sum ^ row));
            (band << BAND_BITS) | (upper(rows) & ((1 << BAND_BITS) - 1))
        });
        let bands = bands.collect();
        // The upper halves, so that they are in the same order.
        let mut least: Vec<u32> = shingles.iter().map(|shingle| upper(*shingle)).collect();
        least.dedup();
        least.truncate(KEPT);
        let shingles = u32::try_from(shingles.len()).unwrap_or(u32::MAX);
        let mut marks: Vec<u32> = marks.into_iter().map(upper).collect();
        marks.dedup();
        marks.truncate(MARKS);
        Some(Self { bands, least, marks, shingles })
    }

    /// The share of the shorter text's shingles that stand in the longer one, from 0 to 1, as the
    /// samples tell: exact where both texts are short, else with a standard error below 0.06.
    #[must_use]
    pub fn containment(&self, other: &Self) -> f64 {
        let (ours, theirs) = comparable(&self.least, &other.least, KEPT);
        let shared = ours.iter().filter(|hash| theirs.binary_search(hash).is_ok()).count();
        // What stands below the end is a sample of each text; the shorter text's is the measure.
        let shorter = match self.shingles.cmp(&other.shingles) {
            Ordering::Less => ours.len(),
            Ordering::Equal => ours.len().min(theirs.len()),
            Ordering::Greater => theirs.len(),
        };
        if shorter == 0 { 0.0 } else { share(shared, shorter) }
    }

    /// Whether two texts are copies of one story.
    #[must_use]
    pub fn is_copy(&self, other: &Self) -> bool {
        if self.shingles.min(other.shingles) < LEAST_SHINGLES {
            return self == other;
        }
        let (ours, theirs) = comparable(&self.marks, &other.marks, MARKS);
        let fewer = ours.len().min(theirs.len());
        let shared = ours.iter().filter(|mark| theirs.binary_search(mark).is_ok());
        let (needed, marked) = match fewer < LEAST_MARKS {
            true => (IS_COPY_UNMARKED, true),
            false => (IS_COPY, share(shared.count(), fewer) >= MARKS_SHARED),
        };
        marked && self.containment(other) >= needed
    }
}

/// What can be compared of two samples of at most `kept` least hashes: below the lesser of the two
/// ends both are whole.
fn comparable<'s>(a: &'s [u32], b: &'s [u32], kept: usize) -> (&'s [u32], &'s [u32]) {
    let end = |sample: &[u32]| match sample.last() {
        Some(last) if sample.len() == kept => *last,
        _ => u32::MAX,
    };
    let end = end(a).min(end(b));
    let below = |sample: &'s [u32]| &sample[..sample.partition_point(|hash| *hash <= end)];
    (below(a), below(b))
}

/// Hashes in order, each once.
fn distinct(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut hashes: Vec<u64> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

const BAND_BITS: u32 = 26;
/// 2⁶⁴ over the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    (number(part) / number(whole)).min(1.0)
}

fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

fn shingle(words: &[u64]) -> u64 {
    words.iter().fold(SPREAD, |sum, word| mixed(sum.rotate_left(5) ^ word))
}

/// FNV-1a, then mixed: the same on every machine.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    mixed(bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    }))
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text of `count` words that no other seed shares.
    fn text(seed: usize, count: usize) -> Vec<String> {
        (0..count).map(|at| format!("w{seed}x{}", at * 7919 % 977)).collect()
    }

    fn sketch(words: &[String]) -> Sketch {
        Sketch::of(&words.join(" ")).unwrap()
    }

    fn meet(a: &Sketch, b: &Sketch) -> usize {
        a.bands.iter().zip(&b.bands).filter(|(a, b)| a == b).count()
    }

    #[test]
    fn a_short_text_is_a_copy_of_the_very_same_words_alone() {
        assert_eq!(Sketch::of("Only a few words."), None);
        let words = text(1, 20);
        assert!(sketch(&words).is_copy(&sketch(&words)));
        assert!(!sketch(&words).is_copy(&sketch(&words[..19])));
        assert!(!sketch(&words).is_copy(&sketch(&text(1, 300))));
    }

    #[test]
    fn marks_case_and_white_space_do_not_count() {
        let words = text(1, 300);
        let told = words.join(",\n  ").to_uppercase();
        assert_eq!(Sketch::of(&told).unwrap(), sketch(&words));
    }

    #[test]
    fn one_language_without_spaces_is_read_by_pairs_of_signs() {
        let story: String =
            (0..200_u32).filter_map(|at| char::from_u32(0x4e00 + at * 31)).collect();
        let whole = Sketch::of(&story).unwrap();
        let cut: String = story.chars().take(120).collect();
        assert!(whole.is_copy(&Sketch::of(&cut).unwrap()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_text_is_a_copy_of_itself(seed in 0_usize..99, count in 60_usize..1500) {
            let sketch = sketch(&text(seed, count));
            prop_assert!((sketch.containment(&sketch) - 1.0).abs() < 1e-9);
            prop_assert_eq!(meet(&sketch, &sketch), BANDS);
        }

        #[test]
        fn containment_is_the_same_both_ways(a in 60_usize..900, b in 60_usize..900, shift in 0_usize..400) {
            let words = text(0, 1300);
            let (a, b) = (sketch(&words[..a]), sketch(&words[shift..shift + b]));
            prop_assert!((a.containment(&b) - b.containment(&a)).abs() < 1e-9);
        }

        #[test]
        fn what_is_cut_is_a_copy_and_is_found(keep in 0.5_f64..1.0, count in 250_usize..900) {
            let words = text(0, count);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let kept = (count as f64 * keep) as usize;
            let (whole, cut) = (sketch(&words), sketch(&words[..kept]));
            prop_assert!(cut.containment(&whole) > 0.95);
            prop_assert!(meet(&whole, &cut) > 0);
        }

        #[test]
        fn edits_and_a_new_head_leave_a_copy(every in 15_usize..80, head in 5_usize..30) {
            let words = text(0, 600);
            let mut told = text(77, head);
            told.extend(words.iter().enumerate().map(|(at, word)| {
                if at % every == 0 { format!("other{at}") } else { word.clone() }
            }));
            let (whole, told) = (sketch(&words), sketch(&told));
            prop_assert!(whole.is_copy(&told), "{}", whole.containment(&told));
            prop_assert!(meet(&whole, &told) > 0);
        }

        #[test]
        fn other_texts_are_no_copies(a in 0_usize..50, b in 50_usize..99) {
            let (a, b) = (sketch(&text(a, 500)), sketch(&text(b, 500)));
            prop_assert!(a.containment(&b) < 0.05);
        }

        #[test]
        fn any_text_is_taken(text in ".{0,400}") {
            let _ = Sketch::of(&text);
        }
    }
}
