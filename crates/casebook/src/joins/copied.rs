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
/// So many copies of a story are held against one that lost its tie.
const PIECE: usize = 64;

fn spot(document: DocumentId) -> Spot {
    Spot { document, item: 0 }
}

/// Finds the copies of a document and makes one whole of them.
pub(super) fn place(store: &mut dyn Store, document: DocumentId, text: &str) -> Result<(), Error> {
    let Some(sketch) = Sketch::of(text) else { return Ok(()) };
    let mut met = store.meeting(&sketch.bands, A_BAND)?;
    met.sort_by_key(|(document, bands)| (std::cmp::Reverse(*bands), *document));
    let mut fits = Vec::new();
    let mut seen = BTreeSet::new();
    for (other, _) in met.into_iter().take(HELD) {
        // One tie to a whole is enough.
        let whole = store.whole(WholeKind::Copies, spot(other))?;
        if whole.is_some_and(|whole| seen.contains(&whole)) {
            continue;
        }
        if store.sketch(other)?.is_some_and(|theirs| sketch.is_copy(&theirs)) {
            seen.extend(whole);
            fits.push(spot(other));
        }
    }
    store.put_sketch(document, &sketch)?;
    wholes::place(store, WholeKind::Copies, spot(document), &fits)
}

/// Takes a document out of its copies.
pub(super) fn take_out(store: &mut dyn Store, document: DocumentId) -> Result<(), Error> {
    store.remove_sketch(document)?;
    let spots = [spot(document)];
    wholes::take_out(store, WholeKind::Copies, &spots, |store, spot, piece| {
        let Some(sketch) = store.sketch(spot.document)? else { return Ok(None) };
        for other in piece.iter().take(PIECE) {
            let theirs = store.sketch(other.document)?;
            if theirs.is_some_and(|theirs| sketch.is_copy(&theirs)) {
                return Ok(Some(*other));
            }
        }
        Ok(None)
    })
}
