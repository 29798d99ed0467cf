//! Roots, proofs, tiles and checkpoints agree with two other implementations, size by size.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::collections::BTreeMap;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use onrecord_ledger::{
    Checkpoint, Commitment, Consistency, Hash, Inclusion, Kind, Log, Salt, Tile, TileNodes, Tiles,
    root,
};
use sha2::Sha256;
use tlog_tiles::{HashReader, TileReader};

fn commitment(number: u64) -> Commitment {
    Commitment::new(&Salt([3; 32]), &number.to_be_bytes())
}

fn hash(commitment: &Commitment) -> Hash {
    Hash::of_entry(&commitment.entry())
}

/// `ct-merkle` and our code over the first `size` entries.
struct Both {
    tree: MemoryBackedTree<Sha256, [u8; Commitment::ENTRY_BYTES]>,
    hashes: Vec<Hash>,
}

impl Both {
    fn of(size: u64) -> Both {
        let mut both = Both { tree: MemoryBackedTree::new(), hashes: Vec::new() };
        (0..size).for_each(|number| both.push(number));
        both
    }

    fn push(&mut self, number: u64) {
        self.tree.push(commitment(number).entry());
        self.hashes.push(hash(&commitment(number)));
    }

    fn root(&self) -> Hash {
        root(self.hashes.len() as u64, self.hashes.as_slice()).unwrap()
    }
}

fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

#[test]
fn ct_merkle_makes_the_same_roots_and_inclusion_proofs() {
    let mut both = Both::of(0);
    for size in 1..=260 {
        both.push(size - 1);
        let ours = both.root();
        assert_eq!(ours.0[..], both.tree.root().as_bytes()[..], "{size}");
        for index in 0..size {
            let proof = Inclusion::make(index, size, both.hashes.as_slice()).unwrap();
            let theirs = both.tree.prove_inclusion(usize::try_from(index).unwrap());
            assert_eq!(bytes(&proof.path), theirs.as_bytes(), "{index} of {size}");
            proof.verify(hash(&commitment(index)), ours).unwrap();
        }
    }
}

#[test]
fn ct_merkle_makes_the_same_consistency_proofs() {
    const LARGEST: u64 = 260;
    let roots: Vec<Hash> = (0..=LARGEST).map(|size| Both::of(size).root()).collect();
    let mut both = Both::of(0);
    for new in 1..=LARGEST {
        both.push(new - 1);
        for old in 0..=new {
            let proof = Consistency::make(old, new, both.hashes.as_slice()).unwrap();
            if old > 0 && old < new {
                let theirs = both.tree.prove_consistency(usize::try_from(new - old).unwrap());
                assert_eq!(bytes(&proof.path), theirs.as_bytes(), "{old} to {new}");
            }
            let [old_root, new_root] = [old, new].map(|size| roots[usize::try_from(size).unwrap()]);
            proof.verify(old_root, new_root).unwrap();
        }
    }
}

/// Our files, as `tlog_tiles` reads tiles.
struct Files(BTreeMap<Tile, Vec<u8>>);

impl TileReader for Files {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let read = |tile: &tlog_tiles::Tile| {
            let kind = Kind::Hashes { level: tile.level() };
            let tile = Tile::new(kind, tile.level_index(), tile.width().into()).unwrap();
            Ok(self.0.read(tile).unwrap())
        };
        tiles.iter().map(read).collect()
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

/// A log of 70,000 entries as tlog-tiles' example has it, and smaller ones around full tiles.
#[test]
fn tlog_tiles_reads_our_tiles_and_makes_the_same_proofs() {
    let mut log = Log::new();
    let mut files = BTreeMap::new();
    let mut stored: Vec<tlog_tiles::Hash> = Vec::new();
    let mut grown = 0;
    for size in [1, 2, 255, 256, 257, 511, 513, 65_535, 65_536, 65_537, 70_000] {
        let entries: Vec<Commitment> = (grown..size).map(commitment).collect();
        files.extend(log.append(&entries));
        for (number, entry) in (grown..).zip(&entries) {
            let known = Stored(&stored);
            let new = tlog_tiles::stored_hashes(number, &entry.entry(), &known).unwrap();
            stored.extend(new);
        }
        grown = size;

        let theirs = tlog_tiles::tree_hash(size, &Stored(&stored)).unwrap();
        assert_eq!(log.root().0, theirs.0, "{size}");
        let ours = TileNodes::new(&files, size);
        assert_eq!(root(size, &ours).unwrap(), log.root());

        let reader = Files(files.clone());
        let reader = tlog_tiles::TileHashReader::new(size, theirs, &reader);
        for index in [0, size / 2, size - 1] {
            let theirs = tlog_tiles::prove_record(size, index, &reader).unwrap();
            let proof = Inclusion::make(index, size, &ours).unwrap();
            assert!(proof.path.iter().map(|hash| hash.0).eq(theirs.iter().map(|hash| hash.0)));
        }
        for old in
            [1, size / 3, size / 2, size - 1].into_iter().filter(|old| (1..size).contains(old))
        {
            let theirs = tlog_tiles::prove_tree(size, old, &reader).unwrap();
            let proof = Consistency::make(old, size, &ours).unwrap();
            assert!(proof.path.iter().map(|hash| hash.0).eq(theirs.iter().map(|hash| hash.0)));
        }
    }
    let wide = |kind| Tile::all(70_000).filter(move |tile| tile.kind() == kind).map(Tile::width);
    let level = |level| wide(Kind::Hashes { level }).collect::<Vec<u64>>();
    assert_eq!((level(0).len(), level(0).last(), level(0)[272]), (274, Some(&112), 256));
    assert_eq!((level(1), level(2), level(3)), (vec![256, 17], vec![1], vec![]));
}

struct Stored<'a>(&'a [tlog_tiles::Hash]);

impl HashReader for Stored<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|&index| self.0[usize::try_from(index).unwrap()]).collect())
    }
}

#[test]
fn tlog_tiles_spells_paths_alike() {
    for level in [0, 1, 5, 63] {
        for index in [0, 7, 999, 1000, 1_234_067, u64::from(u32::MAX)] {
            for width in [1, 70, 255, 256] {
                let ours = Tile::new(Kind::Hashes { level }, index, width).unwrap();
                let theirs =
                    tlog_tiles::Tile::new(8, level, index, u32::try_from(width).unwrap(), false);
                // Theirs is the path of Go's checksum database, which names the height too.
                assert_eq!(ours.to_string(), theirs.path().replacen("tile/8/", "tile/", 1));
            }
        }
    }
}

#[test]
fn tlog_tiles_reads_and_writes_the_same_checkpoints() {
    for size in [0, 1, 20_852_163] {
        let extensions = ["", "one\n", "one\ntwo\n"];
        for extension in extensions {
            let root = Hash::of_entry(&[1]);
            let ours = Checkpoint {
                origin: "example.org/a log".into(),
                size,
                root,
                extensions: extension.lines().map(Into::into).collect(),
            };
            let theirs = tlog_tiles::Checkpoint::from_bytes(ours.to_string().as_bytes()).unwrap();
            assert_eq!((theirs.origin(), theirs.size()), (&ours.origin[..], size));
            assert_eq!((theirs.hash().0, theirs.extension()), (root.0, extension));
            assert_eq!(theirs.to_bytes(), ours.to_string().as_bytes());
        }
    }
}
