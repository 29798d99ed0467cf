//! Originals against their hashes, by several threads.

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use onrecord_record::Sha256;

use crate::originals::{Fixity, Originals};

/// The fixity of originals, in their order, whatever the number of threads.
pub(super) fn fixities(
    originals: &Originals,
    hashes: &[Sha256],
    jobs: NonZeroUsize,
) -> Vec<Fixity> {
    let found: Vec<OnceLock<Fixity>> = hashes.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let (Some(hash), Some(place)) = (hashes.get(at), found.get(at))
        {
            place.get_or_init(|| originals.fixity(*hash));
        }
    };
    thread::scope(|scope| {
        for _ in 1..jobs.get() {
            scope.spawn(work);
        }
        work();
    });
    let places = found.into_iter().zip(hashes);
    places
        .map(|(place, hash)| place.into_inner().unwrap_or_else(|| originals.fixity(*hash)))
        .collect()
}
