//! Wholes of parts: what is tied together, directly or through others, is one whole.
//!
//! A part that comes is tied to one part of every whole that it fits, so that the wholes become one.
//! A part that goes may leave its whole in pieces; these are held against each other again.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{Spot, WholeKind};
use crate::error::Error;
use crate::store::Store;

/// Ties a part to those that it fits, best first, and makes one whole of them.
pub(super) fn place(
    store: &mut dyn Store,
    kind: WholeKind,
    spot: Spot,
    fits: &[Spot],
) -> Result<(), Error> {
    for other in fits {
        let (own, theirs) = (store.whole(kind, spot)?, store.whole(kind, *other)?);
        match (own, theirs) {
            (Some(own), Some(theirs)) if own == theirs => continue,
            (Some(own), Some(theirs)) => {
                // Into the larger one; of two as large, into the elder.
                let (a, b) = (store.size(own)?, store.size(theirs)?);
                let own_stays = a > b || a == b && own < theirs;
                let (from, into) = if own_stays { (theirs, own) } else { (own, theirs) };
                store.pour(from, into)?;
            }
            (Some(own), None) => store.put_part(kind, *other, own)?,
            (None, Some(theirs)) => store.put_part(kind, spot, theirs)?,
            (None, None) => {
                let whole = store.new_whole(kind)?;
                store.put_part(kind, *other, whole)?;
                store.put_part(kind, spot, whole)?;
            }
        }
        store.tie(kind, spot, *other)?;
    }
    Ok(())
}

/// Takes parts out of their wholes. What stays of a whole and is in pieces now is given to `fits`
/// again: it gets a part and those of the other pieces, and gives those that the part fits.
pub(super) fn take_out(
    store: &mut dyn Store,
    kind: WholeKind,
    spots: &[Spot],
    mut fits: impl FnMut(&mut dyn Store, Spot, &BTreeSet<Spot>) -> Result<Option<Spot>, Error>,
) -> Result<(), Error> {
    let mut wholes = BTreeSet::new();
    for spot in spots {
        if let Some(whole) = store.whole(kind, *spot)? {
            wholes.insert(whole);
            store.untie(kind, *spot)?;
            store.drop_part(kind, *spot)?;
        }
    }
    for whole in wholes {
        let parts = store.parts(whole)?;
        let mut pieces = pieces(store, kind, &parts)?;
        // The piece with the first part stays; others come to it where they fit, or go.
        let Some(mut rest) = (!pieces.is_empty()).then(|| pieces.remove(0)) else { continue };
        while !pieces.is_empty() {
            let mut joined = None;
            'search: for (place, piece) in pieces.iter().enumerate() {
                for spot in piece {
                    if let Some(other) = fits(store, *spot, &rest)? {
                        store.tie(kind, *spot, other)?;
                        joined = Some(place);
                        break 'search;
                    }
                }
            }
            let Some(place) = joined else { break };
            rest.extend(pieces.remove(place));
        }
        let alone = rest.len() == 1;
        for spot in rest.iter().filter(|_| alone) {
            store.drop_part(kind, *spot)?;
        }
        for piece in pieces {
            for spot in &piece {
                store.drop_part(kind, *spot)?;
            }
            if piece.len() > 1 {
                let whole = store.new_whole(kind)?;
                for spot in &piece {
                    store.put_part(kind, *spot, whole)?;
                }
            }
        }
    }
    Ok(())
}

/// What of these parts is tied together, each piece by itself, by their first parts.
fn pieces(
    store: &dyn Store,
    kind: WholeKind,
    parts: &[Spot],
) -> Result<Vec<BTreeSet<Spot>>, Error> {
    let mut open: BTreeSet<Spot> = parts.iter().copied().collect();
    let mut pieces: BTreeMap<Spot, BTreeSet<Spot>> = BTreeMap::new();
    while let Some(first) = open.pop_first() {
        let mut piece = BTreeSet::from([first]);
        let mut edge = vec![first];
        while let Some(spot) = edge.pop() {
            for other in store.ties(kind, spot)? {
                if open.remove(&other) {
                    piece.insert(other);
                    edge.push(other);
                }
            }
        }
        pieces.insert(first, piece);
    }
    Ok(pieces.into_values().collect())
}
