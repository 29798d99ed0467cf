//! Tiles and entry bundles: the files that a log is kept and served as (C2SP tlog-tiles).

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::error::Error;
use crate::hash::{Hash, root_over};
use crate::proof::Nodes;

/// How many hashes a full tile holds, and how many entries a full bundle.
pub const TILE_WIDTH: u64 = 256;
/// The power of two that [`TILE_WIDTH`] is.
pub(crate) const TILE_HEIGHT: u32 = 8;
/// How many levels of tiles a log of 2^64 entries would have.
pub(crate) const LEVELS: u8 = 8;

/// What a tile is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Entries, each behind its length.
    Entries,
    /// Hashes: at level 0 of entries, above it of full tiles of the level below.
    Hashes {
        /// The level, 0 to 63.
        level: u8,
    },
}

/// A file of the log: which one, and how wide it is. Its `Display` is the path that tlog-tiles
/// gives it, such as `tile/0/x001/234.p/5`; `FromStr` takes that path and no other spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    kind: Kind,
    index: u64,
    width: u16,
}

impl Tile {
    /// The tile of a kind, by its index within the level and its width, 1 to 256; `None` for other
    /// widths, and for levels above 63.
    #[must_use]
    pub fn new(kind: Kind, index: u64, width: u64) -> Option<Tile> {
        let level = if let Kind::Hashes { level } = kind { level } else { 0 };
        let width = u16::try_from(width).ok().filter(|width| (1..=256).contains(width))?;
        (level <= 63).then_some(Tile { kind, index, width })
    }

    /// What it is made of.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// Its index within its level, from 0.
    #[must_use]
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes or entries it holds, 1 to 256.
    #[must_use]
    pub fn width(self) -> u64 {
        u64::from(self.width)
    }

    /// Whether it holds less than 256.
    #[must_use]
    pub fn is_partial(self) -> bool {
        self.width() < TILE_WIDTH
    }

    /// The same tile once it is full.
    #[must_use]
    pub fn full(self) -> Tile {
        Tile { width: 256, ..self }
    }

    /// The entries that a part of its hashes, or of its entries, stands for.
    #[must_use]
    pub fn entries(self, part: Range<u64>) -> Range<u64> {
        let each = match self.kind {
            Kind::Entries => 0,
            Kind::Hashes { level } => u32::from(level) * TILE_HEIGHT,
        };
        let first = self.index.saturating_mul(TILE_WIDTH);
        let entry = |at: u64| first.saturating_add(at).saturating_mul(1 << each.min(63));
        entry(part.start)..entry(part.end)
    }

    /// Every tile and bundle of a log of `size` entries, bundles first, then level by level.
    pub fn all(size: u64) -> impl Iterator<Item = Tile> {
        let kinds = (0..LEVELS).map(|level| Kind::Hashes { level });
        std::iter::once(Kind::Entries).chain(kinds).flat_map(move |kind| {
            let held = held(kind, size);
            (0..held.div_ceil(TILE_WIDTH)).filter_map(move |index| Tile::of(kind, index, size))
        })
    }

    /// The tile at an index, as wide as a log of `size` entries makes it; `None` where it is empty.
    pub(crate) fn of(kind: Kind, index: u64, size: u64) -> Option<Tile> {
        let before = index.checked_mul(TILE_WIDTH)?;
        let width = held(kind, size).checked_sub(before)?.min(TILE_WIDTH);
        Tile::new(kind, index, width)
    }
}

/// How many entries, or hashes of a level, a log of `size` entries holds.
fn held(kind: Kind, size: u64) -> u64 {
    match kind {
        Kind::Entries => size,
        Kind::Hashes { level } => size.checked_shr(u32::from(level) * TILE_HEIGHT).unwrap_or(0),
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Entries => f.write_str("tile/entries")?,
            Kind::Hashes { level } => write!(f, "tile/{level}")?,
        }
        let digits = self.index.to_string();
        let digits =
            format!("{}{digits}", "0".repeat(digits.len().next_multiple_of(3) - digits.len()));
        for at in (0..digits.len()).step_by(3) {
            let more = if at + 3 < digits.len() { "x" } else { "" };
            write!(f, "/{more}{}", &digits[at..at + 3])?;
        }
        if self.is_partial() { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for Tile {
    type Err = Error;

    fn from_str(path: &str) -> Result<Tile, Error> {
        let read = || {
            let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
            let kind = match level {
                "entries" => Kind::Entries,
                _ => Kind::Hashes { level: level.parse().ok()? },
            };
            let (index, width) = match rest.split_once(".p/") {
                Some((index, width)) => (index, width.parse().ok()?),
                None => (rest, TILE_WIDTH),
            };
            let index = index.replace(['/', 'x'], "").parse().ok()?;
            // Writing it again refuses every other spelling: signs, zeros too many, a lost `x`.
            Tile::new(kind, index, width).filter(|tile| tile.to_string() == path)
        };
        read().ok_or_else(|| Error::NoTilePath { found: path.into() })
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It is not there.
    #[error("it is missing")]
    Missing,
    /// It is there and cannot be read.
    #[error("it cannot be read: {says}")]
    Failed {
        /// What the system says.
        says: String,
    },
}

/// Where the files of a log are read from: a folder, an archive, a map in memory.
pub trait Tiles {
    /// The whole of a file, by [`Tile`]'s path.
    ///
    /// # Errors
    ///
    /// Where it is missing or cannot be read.
    fn read(&self, tile: Tile) -> Result<Vec<u8>, Unread>;
}

impl<T: Tiles + ?Sized> Tiles for &T {
    fn read(&self, tile: Tile) -> Result<Vec<u8>, Unread> {
        (**self).read(tile)
    }
}

/// Files in memory.
impl Tiles for std::collections::BTreeMap<Tile, Vec<u8>> {
    fn read(&self, tile: Tile) -> Result<Vec<u8>, Unread> {
        self.get(&tile).cloned().ok_or(Unread::Missing)
    }
}

/// The bytes of a tile; where a partial one is gone, the beginning of the full one that took its
/// place.
pub(crate) fn read(tiles: &impl Tiles, tile: Tile, bytes_each: usize) -> Result<Vec<u8>, Unread> {
    match tiles.read(tile) {
        Err(Unread::Missing) if tile.is_partial() => {
            let mut bytes = tiles.read(tile.full())?;
            bytes.truncate(usize::from(tile.width) * bytes_each);
            Ok(bytes)
        }
        read => read,
    }
}

/// The hashes that lie whole in a tile's bytes.
pub(crate) fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks().0.iter().copied().map(Hash).collect()
}

/// The bytes of a tile of hashes.
pub(crate) fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// The hashes of a log of `size` entries, read from its tiles as they are asked for. They are not
/// held against any root: a proof made of them is, when it is verified.
#[derive(Debug)]
pub struct TileNodes<T> {
    tiles: T,
    size: u64,
}

impl<T: Tiles> TileNodes<T> {
    /// The hashes of the first `size` entries.
    pub fn new(tiles: T, size: u64) -> TileNodes<T> {
        TileNodes { tiles, size }
    }
}

impl<T: Tiles> Nodes for TileNodes<T> {
    fn node(&self, height: u32, index: u64) -> Result<Hash, Error> {
        let missing = Error::NoNode { height, index };
        let level = u8::try_from(height / TILE_HEIGHT).map_err(|_| missing.clone())?;
        let within = height % TILE_HEIGHT;
        let first = index.checked_shl(within).filter(|first| first >> within == index);
        let first = first.ok_or_else(|| missing.clone())?;
        let tile = Tile::of(Kind::Hashes { level }, first / TILE_WIDTH, self.size);
        let tile = tile.ok_or_else(|| missing.clone())?;
        let bytes = read(&self.tiles, tile, Hash::BYTES);
        let hashes = hashes(&bytes.map_err(|cause| Error::Unread { tile, cause })?);
        let start = usize::try_from(first % TILE_WIDTH).map_err(|_| missing.clone())?;
        hashes.get(start..start + (1 << within)).map(root_over).ok_or(missing)
    }
}
