//! The verifier of a whole log: what holds and, when not, which entry, tile and bytes do not.
//!
//! The signed root vouches for the unfinished tiles at the right edge, each hash in them for a full
//! tile of the level below, and so on down to the entries. Every entry's hash is computed and held
//! against the tile above it. Where a tile does not hash to what vouches for it, its hashes are
//! computed anew from what lies below: where those do, the tile is named with the very hashes that
//! were changed, and the way down goes on.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::checkpoint::Checkpoint;
use crate::commitment::{Commitment, Salt};
use crate::fault::{Cause, Fault, Place};
use crate::hash::{Hash, root_over};
use crate::log::{edge_index, root_of_edge};
use crate::tile::{self, Kind, LEVELS, TILE_WIDTH, Tile, Tiles};

/// Where the salts and bytes are found that entries commit to.
pub trait Openings {
    /// Salt and bytes of an entry; `None` where they are not at hand, which is no fault: the entry
    /// is then proven and stays sealed.
    fn opening(&self, index: u64) -> Option<(Salt, Vec<u8>)>;
}

/// Nothing is at hand: every entry stays sealed.
impl Openings for () {
    fn opening(&self, _: u64) -> Option<(Salt, Vec<u8>)> {
        None
    }
}

impl Openings for BTreeMap<u64, (Salt, Vec<u8>)> {
    fn opening(&self, index: u64) -> Option<(Salt, Vec<u8>)> {
        self.get(&index).cloned()
    }
}

/// What an audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many entries the signed root commits to as they are.
    pub proven: u64,
    /// How many of these were opened: the bytes at hand are those committed to.
    pub opened: u64,
    /// What does not hold, from the root down, then by index. Neighbours of one cause are one
    /// fault.
    pub faults: Vec<Fault>,
}

impl Audit {
    /// Audits a log against a checkpoint whose signatures were verified: all its tiles, all its
    /// entries, and the bytes that are at hand. Reads every file once where nothing is wrong;
    /// memory is a few tiles.
    #[must_use]
    pub fn of(checkpoint: &Checkpoint, tiles: &impl Tiles, openings: &impl Openings) -> Audit {
        let mut walk = Walk { tiles, openings, size: checkpoint.size, audit: Audit::default() };
        walk.edge(checkpoint.root);
        walk.audit
    }

    /// Whether nothing was found wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Holds a partial tile that a larger one took the place of against that larger one, in a log that
/// an audit proved.
///
/// # Errors
///
/// The bytes that differ, from the first to the last.
pub fn verify_superseded(old: Tile, size: u64, tiles: &impl Tiles) -> Result<(), Fault> {
    let fault = |bytes, cause| {
        Err(Fault { place: Place::Tile(old), bytes, entries: old.entries(0..old.width()), cause })
    };
    let each = bytes_each(old.kind());
    let expected = old.width() * each as u64;
    let bytes = match tiles.read(old) {
        Ok(bytes) => bytes,
        Err(cause) => return fault(0..expected, Cause::Unread(cause)),
    };
    let found = bytes.len() as u64;
    if found != expected {
        return fault(expected.min(found)..expected.max(found), Cause::Length { expected, found });
    }
    let now = Tile::of(old.kind(), old.index(), size).filter(|now| now.width() >= old.width());
    let Some(now) = now else { return fault(0..expected, Cause::Unproven) };
    let now = match tile::read(tiles, now, each) {
        Ok(bytes) => bytes,
        Err(cause) => return fault(0..expected, Cause::Unread(cause)),
    };
    let differs = |at: &usize| now.get(*at) != bytes.get(*at);
    let first = (0..bytes.len()).find(differs);
    let last = (0..bytes.len()).rev().find(differs);
    match first.zip(last) {
        Some((first, last)) => fault(first as u64..last as u64 + 1, Cause::Changed),
        None => Ok(()),
    }
}

fn bytes_each(kind: Kind) -> usize {
    match kind {
        Kind::Entries => Commitment::FRAMED_BYTES,
        Kind::Hashes { .. } => Hash::BYTES,
    }
}

struct Walk<'a, T, O> {
    tiles: &'a T,
    openings: &'a O,
    size: u64,
    audit: Audit,
}

impl<T: Tiles, O: Openings> Walk<'_, T, O> {
    /// The unfinished tiles, which the root vouches for together, and all below them.
    fn edge(&mut self, signed: Hash) {
        let tile = |level| {
            let kind = Kind::Hashes { level };
            Tile::of(kind, edge_index(kind, self.size), self.size)
        };
        let tiles: Vec<Option<Tile>> = (0..LEVELS).map(tile).collect();
        let stored: Vec<Option<Vec<Hash>>> = tiles
            .iter()
            .map(|tile| tile.map_or(Some(Vec::new()), |tile| self.hashes(tile)))
            .collect();
        let present: Vec<usize> =
            (0..tiles.len()).filter(|&level| tiles[level].is_some()).collect();
        // The level whose hashes are to be computed anew is one bit of the choice; none of them
        // first.
        let mut computed: Option<Vec<Option<Vec<Hash>>>> = None;
        let mut truth: Option<Vec<Vec<Hash>>> = None;
        for choice in 0..1_u32 << present.len() {
            if choice > 0 && computed.is_none() {
                let below =
                    |tile: &Option<Tile>| tile.map_or(Some(Vec::new()), |tile| self.below(tile));
                computed = Some(tiles.iter().map(below).collect());
            }
            let chosen = |level: usize| {
                let bit = present.iter().position(|&there| there == level);
                let anew = bit.is_some_and(|bit| choice >> bit & 1 == 1);
                let from = if anew { computed.as_ref()? } else { &stored };
                from[level].clone()
            };
            let edge: Option<Vec<Vec<Hash>>> = (0..tiles.len()).map(chosen).collect();
            truth = edge.filter(|edge| root_of_edge(edge) == signed);
            if truth.is_some() {
                break;
            }
        }
        let proven = truth.is_some();
        if !proven {
            let known: Vec<Vec<Hash>> =
                stored.iter().cloned().map(Option::unwrap_or_default).collect();
            let cause = Cause::Root { signed, found: root_of_edge(&known) };
            self.fault(Place::Checkpoint, 0..0, 0..self.size, cause);
        }
        for level in present.into_iter().rev() {
            let Some(tile) = tiles[level] else { continue };
            let right = match &truth {
                Some(edge) => Some(&edge[level]),
                None => stored[level].as_ref(),
            };
            let Some(right) = right else { continue };
            if let Some(stored) = &stored[level] {
                self.compare(tile, stored, right, &Cause::Changed);
            }
            self.children(tile, right, proven);
        }
    }

    /// A full tile that a hash above vouches for, and all below it.
    fn tile(&mut self, tile: Tile, above: Hash, proven: bool) {
        let stored = self.hashes(tile);
        let vouched = |hashes: &Vec<Hash>| root_over(hashes) == above;
        if let Some(stored) = stored.as_ref().filter(|stored| vouched(stored)) {
            return self.children(tile, stored, proven);
        }
        let below = self.below(tile);
        if let Some(below) = below.as_ref().filter(|below| vouched(below)) {
            let cause = if proven { Cause::Changed } else { Cause::Unproven };
            if let Some(stored) = stored {
                self.compare(tile, &stored, below, &cause);
            }
            return self.children(tile, below, proven);
        }
        match (stored, below) {
            (Some(stored), Some(below)) if stored != below => {
                self.compare(tile, &stored, &below, &Cause::Unproven);
                self.children(tile, &stored, false);
            }
            (stored, _) => {
                let bytes = 0..tile.width() * Hash::BYTES as u64;
                self.fault(
                    Place::Tile(tile),
                    bytes,
                    tile.entries(0..tile.width()),
                    Cause::Unproven,
                );
                if let Some(stored) = stored {
                    self.children(tile, &stored, false);
                }
            }
        }
    }

    fn children(&mut self, tile: Tile, hashes: &[Hash], proven: bool) {
        let Kind::Hashes { level } = tile.kind() else { return };
        if level == 0 {
            return self.bundle(tile, hashes, proven);
        }
        for (hash, index) in hashes.iter().zip(tile.index() * TILE_WIDTH..) {
            if let Some(child) = Tile::new(Kind::Hashes { level: level - 1 }, index, TILE_WIDTH) {
                self.tile(child, *hash, proven);
            }
        }
    }

    /// The entries below a tile of level 0, each against its hash.
    fn bundle(&mut self, above: Tile, hashes: &[Hash], proven: bool) {
        let Some(tile) = Tile::new(Kind::Entries, above.index(), above.width()) else { return };
        let bytes = self.read(tile).unwrap_or_default();
        let first = tile.index() * TILE_WIDTH;
        let each = Commitment::FRAMED_BYTES;
        for (hash, at) in hashes.iter().zip(0..) {
            let index = first + at as u64;
            let framed = bytes.get(at * each..(at + 1) * each);
            let entry = framed.map(|framed| &framed[2..]);
            let fits = entry.is_some_and(|entry| Hash::of_entry(entry) == *hash);
            if let (Some(framed), Some(entry)) = (framed, entry) {
                let is_framed = framed[..2] == Commitment::FRAME;
                let start = if is_framed { 2 } else { 0 };
                let end = if fits { 2 } else { each };
                let wrong = (at * each + start) as u64..(at * each + end) as u64;
                if !(fits && is_framed) {
                    let cause = if proven { Cause::Changed } else { Cause::Unproven };
                    self.fault(Place::Tile(tile), wrong, index..index + 1, cause);
                } else if proven && Commitment::from_entry(entry).is_err() {
                    let whole = (at * each + 2) as u64..((at + 1) * each) as u64;
                    self.fault(Place::Tile(tile), whole, index..index + 1, Cause::NoCommitment);
                } else if proven {
                    self.audit.proven += 1;
                }
            }
            if let Some((salt, bytes)) = self.openings.opening(index) {
                let opened = Hash::of_entry(&Commitment::new(&salt, &bytes).entry()) == *hash;
                if !opened {
                    let whole = 0..bytes.len() as u64;
                    self.fault(Place::Opening, whole, index..index + 1, Cause::NotCommittedTo);
                } else if proven {
                    self.audit.opened += 1;
                }
            }
        }
    }

    /// The hashes of a tile as it is stored; `None` where they are not all there.
    fn hashes(&mut self, tile: Tile) -> Option<Vec<Hash>> {
        let mut hashes = tile::hashes(&self.read(tile)?);
        hashes.truncate(usize::try_from(tile.width()).ok()?);
        (hashes.len() as u64 == tile.width()).then_some(hashes)
    }

    /// The bytes of a tile; what is wrong with its length is a fault.
    fn read(&mut self, tile: Tile) -> Option<Vec<u8>> {
        let each = bytes_each(tile.kind()) as u64;
        let expected = tile.width() * each;
        let read = tile::read(self.tiles, tile, bytes_each(tile.kind()));
        match read {
            Ok(bytes) => {
                let found = bytes.len() as u64;
                if found != expected {
                    let wrong = found.min(expected)..found.max(expected);
                    let entries = tile.entries((found / each).min(tile.width())..tile.width());
                    self.fault(
                        Place::Tile(tile),
                        wrong,
                        entries,
                        Cause::Length { expected, found },
                    );
                }
                Some(bytes)
            }
            Err(cause) => {
                let entries = tile.entries(0..tile.width());
                self.fault(Place::Tile(tile), 0..expected, entries, Cause::Unread(cause));
                None
            }
        }
    }

    /// The hashes of a tile, computed from the entries below it; `None` where one of them is
    /// missing.
    fn below(&self, tile: Tile) -> Option<Vec<Hash>> {
        let Kind::Hashes { level } = tile.kind() else { return None };
        if level == 0 {
            let bundle = Tile::new(Kind::Entries, tile.index(), tile.width())?;
            let bytes = tile::read(self.tiles, bundle, Commitment::FRAMED_BYTES).ok()?;
            let entries = bytes.as_chunks::<{ Commitment::FRAMED_BYTES }>().0.iter();
            let hashes: Vec<Hash> = entries.map(|framed| Hash::of_entry(&framed[2..])).collect();
            return (hashes.len() as u64 == tile.width()).then_some(hashes);
        }
        let first = tile.index() * TILE_WIDTH;
        let children = (first..first + tile.width()).map(|index| {
            let child = Tile::new(Kind::Hashes { level: level - 1 }, index, TILE_WIDTH)?;
            self.below(child).map(|hashes| root_over(&hashes))
        });
        children.collect()
    }

    /// Names the hashes of a tile that differ from those that belong there.
    fn compare(&mut self, tile: Tile, stored: &[Hash], right: &[Hash], cause: &Cause) {
        for ((stored, right), at) in stored.iter().zip(right).zip(0..) {
            if stored != right {
                let bytes = at * Hash::BYTES as u64..(at + 1) * Hash::BYTES as u64;
                self.fault(Place::Tile(tile), bytes, tile.entries(at..at + 1), cause.clone());
            }
        }
    }

    /// Notes a fault, as part of the one before it where both are one.
    fn fault(&mut self, place: Place, bytes: Range<u64>, entries: Range<u64>, cause: Cause) {
        if let Some(last) = self.audit.faults.last_mut()
            && place != Place::Opening
            && (last.place, &last.cause) == (place, &cause)
            && (last.bytes.end, last.entries.end) == (bytes.start, entries.start)
        {
            last.bytes.end = bytes.end;
            last.entries.end = entries.end;
            return;
        }
        self.audit.faults.push(Fault { place, bytes, entries, cause });
    }
}
