//! Merging and splitting by hand. Both are acts of the ledger, and what they ruled binds all joining
//! that comes later, until another act rules otherwise.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::ItemId;

use super::actors;
use super::parts::{Leaf, Ruling, Spot};
use super::types::{EntityId, ItemAt};
use crate::act::Act;
use crate::case::Case;
use crate::error::Error;
use crate::key::DocumentId;

impl Case {
    /// Makes two entities one and gives its number.
    ///
    /// # Errors
    /// [`Error::NoEntity`] where there is no such entity, [`Error::AlreadyOne`].
    pub fn merge(&mut self, one: EntityId, other: EntityId, why: &str) -> Result<EntityId, Error> {
        let (one, other) = (self.entity_leaf(one)?, self.entity_leaf(other)?);
        if one.root == other.root {
            return Err(Error::AlreadyOne { name: EntityId(one.root).to_string() });
        }
        self.write(|case| {
            let roots = [EntityId(one.root), EntityId(other.root)];
            let names = [one.name.as_str(), other.name.as_str()];
            let entry = case.act(&Act::Merge { entities: roots, names, reason: why })?;
            // Each with each, so that no earlier ruling keeps any two apart.
            let ours = case.store.leaves_of(one.root)?;
            let theirs = case.store.leaves_of(other.root)?;
            for (ours, theirs) in pairs(&ours, &theirs) {
                let (leaf, other) = (ours.id, theirs.id);
                case.store.put_ruling(&Ruling { entry, leaf, other, is_one: true })?;
            }
            let changed = actors::regroup(&mut *case.store, &BTreeSet::from([one.id, other.id]))?;
            super::tell_anew(&mut *case.store, &changed)?;
            Ok(EntityId(case.entity_leaf(EntityId(one.id))?.root))
        })
    }

    /// Takes actors of documents (`d5:a3`), and entities that were made one with it (`e9`), out of an
    /// entity, and makes them one that is never made one with it again unless somebody rules so.
    /// Gives its number.
    ///
    /// # Errors
    /// [`Error::NoEntity`] where there is no such entity or one of `apart` is no part of it,
    /// [`Error::NothingStays`].
    pub fn split(
        &mut self,
        entity: EntityId,
        apart: &[String],
        why: &str,
    ) -> Result<EntityId, Error> {
        let whole = self.entity_leaf(entity)?;
        let leaves = self.store.leaves_of(whole.root)?;
        let mut moved: BTreeSet<u32> = BTreeSet::new();
        let mut moving: BTreeMap<Spot, Leaf> = BTreeMap::new();
        for name in apart {
            let unknown = || Error::NoEntity { name: name.clone() };
            if let Ok(part) = name.parse::<EntityId>() {
                let leaf = leaves.iter().find(|leaf| leaf.id == part.0).ok_or_else(unknown)?;
                moved.insert(leaf.id);
                continue;
            }
            let item: ItemAt = name.parse().map_err(|()| unknown())?;
            let ItemId::ActorId(actor) = item.item else { return Err(unknown()) };
            let spot = Spot::nth(item.document, actor.index());
            let known = self.store.known(spot)?.ok_or_else(unknown)?;
            let leaf = leaves.iter().find(|leaf| leaf.id == known).ok_or_else(unknown)?;
            moving.insert(spot, leaf.clone());
        }
        let mut stays = leaves.iter().filter(|leaf| !moved.contains(&leaf.id));
        let mut left: Vec<&Leaf> = Vec::new();
        for leaf in stays.by_ref() {
            let spots = self.store.spots_known(leaf.id)?;
            if spots.is_empty() || spots.iter().any(|spot| !moving.contains_key(spot)) {
                left.push(leaf);
            }
        }
        if left.iter().all(|leaf| leaf.documents == 0) {
            return Err(Error::NothingStays { name: EntityId(whole.root).to_string() });
        }
        self.write(|case| {
            let id = EntityId(whole.root);
            let (name, reason) = (whole.name.as_str(), why);
            let entry = case.act(&Act::Split { entity: id, name, apart, reason })?;
            let first = moving.values().next();
            let made = first
                .map(|leaf| actors::new_leaf(&mut *case.store, &leaf.name, &leaf.key, &leaf.kind));
            let new = made.transpose()?;
            moved.extend(new);
            for (spot, leaf) in &moving {
                if let Some(new) = new {
                    case.store.put_pin(spot.document, &leaf.key, new, entry)?;
                }
            }
            for leaf in leaves.iter().filter(|leaf| !moved.contains(&leaf.id)) {
                for other in &moved {
                    let (leaf, other) = (leaf.id, *other);
                    case.store.put_ruling(&Ruling { entry, leaf, other, is_one: false })?;
                }
            }
            // What moves is one, whatever made it so before.
            let first = moved.first().copied().unwrap_or(whole.id);
            for other in moved.iter().filter(|leaf| **leaf != first) {
                let (leaf, other) = (first, *other);
                case.store.put_ruling(&Ruling { entry, leaf, other, is_one: true })?;
            }
            let all = leaves.iter().map(|leaf| leaf.id).chain(moved.iter().copied()).collect();
            let changed = actors::regroup(&mut *case.store, &all)?;
            super::tell_anew(&mut *case.store, &changed)?;
            let documents: BTreeSet<DocumentId> = moving.keys().map(|spot| spot.document).collect();
            for document in documents {
                let Some(record) = case.store.record(document)? else { continue };
                let gone = super::remove(&mut *case.store, document)?;
                super::add(&mut *case.store, document, &record, &gone)?;
                super::tidy(&mut *case.store, gone)?;
            }
            Ok(EntityId(case.entity_leaf(EntityId(first))?.root))
        })
    }

    fn entity_leaf(&self, id: EntityId) -> Result<Leaf, Error> {
        let unknown = || Error::NoEntity { name: id.to_string() };
        self.store.leaf(id.0)?.ok_or_else(unknown)
    }
}

fn pairs<'l>(ours: &'l [Leaf], theirs: &'l [Leaf]) -> impl Iterator<Item = (&'l Leaf, &'l Leaf)> {
    ours.iter().flat_map(move |ours| theirs.iter().map(move |theirs| (ours, theirs)))
}
