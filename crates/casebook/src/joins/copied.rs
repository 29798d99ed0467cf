//! Copies of one wire story among the documents of a case.

use std::collections::BTreeSet;

use super::parts::{Spot, WholeKind};
use super::wholes;
use crate::copies::Sketch;
use crate::error::Error;
use crate::key::DocumentId;
use crate::store::Store;

/// Of each band, so many of the newest documents in it are looked at.
const A_BAND: u32 = 24;
/// So many documents, those that share most bands, are held against a new one.
const HELD: usize = 32;
/// So many copies of a story, the first of them, are held against those that may join them.
const LOOKED_AT: usize = 12;

fn spot(document: DocumentId) -> Spot {
    Spot { document, item: 0 }
}

/// Finds the copies of a document and makes one whole of them.
pub(super) fn place(store: &mut dyn Store, document: DocumentId, text: &str) -> Result<(), Error> {
    let Some(sketch) = Sketch::of(text) else { return Ok(()) };
    let mut met = store.meeting(&sketch.bands, A_BAND)?;
    met.sort_by_key(|(document, bands)| (std::cmp::Reverse(*bands), *document));
    store.put_sketch(document, &sketch)?;
    let own = spot(document);
    let mut seen = BTreeSet::new();
    for (other, _) in met.into_iter().take(HELD) {
        let other = spot(other);
        let (ours, theirs) =
            (store.whole(WholeKind::Copies, own)?, store.whole(WholeKind::Copies, other)?);
        if theirs.is_some_and(|theirs| ours == Some(theirs) || seen.contains(&theirs)) {
            continue;
        }
        if !store.sketch(other.document)?.is_some_and(|theirs| sketch.is_copy(&theirs)) {
            continue;
        }
        seen.extend(theirs);
        let sketches = |whole: Option<u32>, alone: Spot| match whole {
            Some(whole) => sketches(store, &store.parts(whole)?),
            None => sketches(store, &[alone]),
        };
        if are_mostly_copies(&sketches(ours, own)?, &sketches(theirs, other)?) {
            wholes::place(store, WholeKind::Copies, own, &[other])?;
        }
    }
    Ok(())
}

/// Takes a document out of its copies.
pub(super) fn take_out(store: &mut dyn Store, document: DocumentId) -> Result<(), Error> {
    store.remove_sketch(document)?;
    let spots = [spot(document)];
    wholes::take_out(store, WholeKind::Copies, &spots, |store, spot, piece| {
        let piece: Vec<Spot> = piece.iter().copied().collect();
        let (own, theirs) = (sketches(store, &[spot])?, sketches(store, &piece)?);
        Ok(are_mostly_copies(&own, &theirs).then(|| piece[0]))
    })
}

fn sketches(store: &dyn Store, spots: &[Spot]) -> Result<Vec<Sketch>, Error> {
    let sketches = spots.iter().take(LOOKED_AT).map(|spot| store.sketch(spot.document));
    sketches.filter_map(Result::transpose).collect()
}

/// Whether of all pairs across two groups of copies half are copies of one another. One pair is not enough:
/// a story that stands between two would make one of them, and theirs another, without end.
fn are_mostly_copies(ours: &[Sketch], theirs: &[Sketch]) -> bool {
    let copies = ours.iter().map(|own| theirs.iter().filter(|other| own.is_copy(other)).count());
    let copies: usize = copies.sum();
    copies > 0 && copies * 2 >= ours.len() * theirs.len()
}
