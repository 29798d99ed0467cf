//! What belongs together across documents: copies of one story, actors that are one, statements told
//! again and answered, figures of one quantity, proceedings of one matter.
//!
//! A document is joined when its reading is kept and taken out again when that goes, in the same
//! transaction; either costs by what the document touches. For one order of adding the joins are the
//! same on every machine. Another order can give others in these places alone: of several people of
//! one name, who an actor is goes by the documents before it; of candidates beyond the limits that
//! stand in each file, the newest are looked at; and numbers count in the order of finding.

mod actors;
mod answers;
mod copied;
mod figures;
mod findings;
mod matters;
mod names;
mod parts;
mod rulings;
mod tellings;
mod types;
mod views;
mod wholes;

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::Record;

pub use findings::findings;
pub use matters::{Docket, DocketStep};
pub use parts::{Answer, Leaf, NewLeaf, Quantity, Ruling, Same, Spoken, Spot, Title, WholeKind};
pub(crate) use parts::{EVENT_DAYS, SAID_DAYS};
pub use types::{
    CrossLink, Discrepancy, DiscrepancyKind, Entity, EntityId, EntityQuery, ItemAt, Matter, Point,
    RoleHeld, Series, SeriesId, SourcesCounted, StepTold, Telling, TellingId,
};

use crate::error::Error;
use crate::key::DocumentId;
use crate::store::{Joining, Store};

/// The entities that a document which was taken out alone had. When it is joined again they are whom
/// it names so, and keep their numbers.
pub(crate) type Gone = Vec<Leaf>;

/// Joins a document that has a record and is not joined.
pub(crate) fn add(
    store: &mut dyn Store,
    id: DocumentId,
    record: &Record,
    gone: &Gone,
) -> Result<(), Error> {
    copied::place(store, id, &record.document.text)?;
    let copies = copies_of(store, id)?;
    let shown = actors::place(store, id, record, &copies, gone)?;
    let changed = actors::regroup(store, &shown)?;
    let known: BTreeMap<u32, u32> =
        store.cast(id)?.into_iter().map(|(spot, leaf)| (spot.item, leaf.id)).collect();
    let spoken = tellings::of_record(id, record, &known);
    for spoken in &spoken {
        store.put_spoken(spoken)?;
    }
    for (index, leaf) in answers::charges(record, &known) {
        if let Some(spoken) = spoken.get(index) {
            store.put_charged(spoken, leaf)?;
        }
    }
    tellings::place(store, &spoken, &copies)?;
    answers::place(store, &spoken)?;
    tell_anew(store, &changed)?;
    let quantities = figures::of_record(id, record);
    for quantity in &quantities {
        store.put_quantity(quantity)?;
    }
    figures::place(store, &quantities)?;
    for proceeding in &record.proceedings {
        let leaf = |actor: Option<onrecord_record::ActorId>| {
            let spot = Spot::nth(id, actor?.index());
            known.get(&spot.item).copied()
        };
        let (forum, subject) = (leaf(proceeding.forum), leaf(proceeding.subject));
        let spot = Spot::nth(id, proceeding.id.index());
        store.put_docket(spot, forum.unwrap_or(0), subject.unwrap_or(0))?;
    }
    store.mark_joined(id, true)
}

/// Takes a document out of all that it was joined to. Call [`tidy`] with what it gives once the
/// document is joined again or gone.
pub(crate) fn remove(store: &mut dyn Store, id: DocumentId) -> Result<Gone, Error> {
    if !store.is_joined(id)? {
        return Ok(Gone::new());
    }
    let figures: Vec<Spot> = store.quantities_in(id)?.iter().map(|q| q.spot).collect();
    figures::take_out(store, &figures)?;
    store.forget_quantities(id)?;
    store.forget_dockets(id)?;
    let spoken: Vec<Spot> = store.spoken_in(id)?.iter().map(|spoken| spoken.spot).collect();
    tellings::take_out(store, &spoken)?;
    for spot in &spoken {
        store.forget_answers(*spot)?;
    }
    store.forget_spoken(id)?;
    let (leaves, parted) = store.forget_cast(id)?;
    let changed = actors::regroup(store, &parted.into_iter().collect())?;
    copied::take_out(store, id)?;
    store.mark_joined(id, false)?;
    tell_anew(store, &changed)?;
    let mut gone = Gone::new();
    for leaf in leaves {
        if let Some(leaf) = store.leaf(leaf)?.filter(|leaf| leaf.documents == 0) {
            gone.push(leaf);
        }
    }
    Ok(gone)
}

/// Removes entities that nothing leans on any more.
pub(crate) fn tidy(store: &mut dyn Store, gone: Gone) -> Result<(), Error> {
    gone.into_iter().try_for_each(|leaf| store.remove_leaf_if_idle(leaf.id).map(drop))
}

/// Joins statements anew of entities whose unity changed.
fn tell_anew(store: &mut dyn Store, leaves: &BTreeSet<u32>) -> Result<(), Error> {
    let mut spots = Vec::new();
    for leaf in leaves {
        spots.extend(store.spots_spoken(*leaf)?);
    }
    spots.sort_unstable();
    tellings::take_out(store, &spots)?;
    for spot in spots {
        let Some(spoken) = store.spoken(spot)? else { continue };
        let copies = copies_of(store, spot.document)?;
        store.forget_answers(spot)?;
        let spoken = [spoken];
        tellings::place(store, &spoken, &copies)?;
        answers::place(store, &spoken)?;
    }
    Ok(())
}

/// The documents that are copies of one story with this one, itself among them.
fn copies_of(
    store: &(impl Joining + ?Sized),
    document: DocumentId,
) -> Result<Vec<DocumentId>, Error> {
    match store.whole(WholeKind::Copies, Spot { document, item: 0 })? {
        None => Ok(vec![document]),
        Some(whole) => Ok(store.parts(whole)?.into_iter().map(|spot| spot.document).collect()),
    }
}

/// How many whom two documents both name are the same.
fn shared_entities(store: &dyn Store, one: Spot, other: Spot) -> Result<usize, Error> {
    let roots = |document| -> Result<BTreeSet<u32>, Error> {
        Ok(store.cast(document)?.into_iter().map(|(_, leaf)| leaf.root).collect())
    };
    Ok(roots(one.document)?.intersection(&roots(other.document)?).count())
}
