//! Appending: entries in, files to write out.

use crate::commitment::Commitment;
use crate::error::Error;
use crate::hash::{Hash, root_over};
use crate::tile::{self, Kind, LEVELS, TILE_WIDTH, Tile, Tiles};

/// A log that can be appended to: its size and its unfinished tiles, some 80 KiB at most.
///
/// It writes nothing. [`Log::append`] gives the files to write, and only once these lie safely on
/// disk may a checkpoint be signed that needs them.
#[derive(Debug, Clone, Default)]
pub struct Log {
    size: u64,
    /// The hashes of each level's unfinished tile, fewer than 256 each.
    edge: [Vec<Hash>; LEVELS as usize],
    /// The bytes of the unfinished bundle.
    bundle: Vec<u8>,
}

impl Log {
    /// The log without entries.
    #[must_use]
    pub fn new() -> Log {
        Log::default()
    }

    /// Takes up a log where its checkpoint left it, from its unfinished tiles. What was written
    /// behind that checkpoint and never signed is not looked at, and written anew.
    ///
    /// # Errors
    ///
    /// [`Error::Unread`] where a tile is not there, [`Error::Edge`] where the tiles do not hash to
    /// the root: a verifier tells which.
    pub fn resume(size: u64, root: Hash, tiles: &impl Tiles) -> Result<Log, Error> {
        let mut log = Log { size, ..Log::default() };
        let read = |kind, each| match Tile::of(kind, edge_index(kind, size), size) {
            Some(tile) => {
                let bytes = tile::read(tiles, tile, each);
                bytes.map_err(|cause| Error::Unread { tile, cause })
            }
            None => Ok(Vec::new()),
        };
        for (hashes, level) in log.edge.iter_mut().zip(0..) {
            *hashes = tile::hashes(&read(Kind::Hashes { level }, Hash::BYTES)?);
        }
        log.bundle = read(Kind::Entries, Commitment::FRAMED_BYTES)?;
        let entries = log.bundle.chunks(Commitment::FRAMED_BYTES);
        let entries = entries.map(|entry| Hash::of_entry(entry.get(2..).unwrap_or_default()));
        let whole = log.edge.iter().zip(0..).all(|(hashes, level)| {
            hashes.len() as u64 == (size >> (level * tile::TILE_HEIGHT)) % TILE_WIDTH
        });
        if whole && entries.eq(log.edge[0].iter().copied()) && log.root() == root {
            Ok(log)
        } else {
            Err(Error::Edge { size })
        }
    }

    /// How many entries it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of its tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        root_of_edge(&self.edge)
    }

    /// Appends entries and gives every file that they make or change, with its whole content. A
    /// file that gets full takes the place of its partial forerunners, which may then be deleted.
    pub fn append(&mut self, entries: &[Commitment]) -> Vec<(Tile, Vec<u8>)> {
        let mut files = Vec::new();
        let mut changed = 0;
        for entry in entries {
            let entry = entry.entry();
            self.bundle.extend(Commitment::FRAME);
            self.bundle.extend(entry);
            let mut hash = Hash::of_entry(&entry);
            self.size += 1;
            for (level, hashes) in (0..LEVELS).zip(&mut self.edge) {
                hashes.push(hash);
                changed = changed.max(usize::from(level) + 1);
                if (hashes.len() as u64) < TILE_WIDTH {
                    break;
                }
                if level == 0 {
                    files.extend(file(Kind::Entries, self.size, std::mem::take(&mut self.bundle)));
                }
                files.extend(file(Kind::Hashes { level }, self.size, tile::bytes(hashes)));
                hash = root_over(hashes);
                hashes.clear();
            }
        }
        if changed > 0 && !self.bundle.is_empty() {
            files.extend(file(Kind::Entries, self.size, self.bundle.clone()));
        }
        for (level, hashes) in (0..LEVELS).zip(&self.edge).take(changed) {
            if !hashes.is_empty() {
                files.extend(file(Kind::Hashes { level }, self.size, tile::bytes(hashes)));
            }
        }
        files
    }
}

/// The last tile of a kind in a log of `size` entries, with its content.
fn file(kind: Kind, size: u64, bytes: Vec<u8>) -> Option<(Tile, Vec<u8>)> {
    let level = if let Kind::Hashes { level } = kind { level } else { 0 };
    let held = size >> (u32::from(level) * tile::TILE_HEIGHT);
    let tile = Tile::of(kind, held.checked_sub(1)? / TILE_WIDTH, size)?;
    Some((tile, bytes))
}

/// The index of the unfinished tile of a kind.
pub(crate) fn edge_index(kind: Kind, size: u64) -> u64 {
    let level = if let Kind::Hashes { level } = kind { level } else { 0 };
    size.checked_shr((u32::from(level) + 1) * tile::TILE_HEIGHT).unwrap_or(0)
}

/// The root over the hashes of the unfinished tiles, level 0 first.
pub(crate) fn root_of_edge(edge: &[Vec<Hash>]) -> Hash {
    // The root of each level's hashes cannot be taken on its own: they are hashed from the right,
    // the widest complete subtrees last.
    let mut right: Option<Hash> = None;
    for hashes in edge {
        let mut rest = hashes.as_slice();
        let mut peaks = Vec::new();
        while !rest.is_empty() {
            let (widest, after) = rest.split_at(1 << rest.len().ilog2());
            peaks.push(root_over(widest));
            rest = after;
        }
        for peak in peaks.into_iter().rev() {
            right = Some(right.map_or(peak, |right| Hash::of_node(peak, right)));
        }
    }
    right.unwrap_or_else(Hash::of_nothing)
}
