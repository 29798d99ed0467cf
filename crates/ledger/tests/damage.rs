//! Damage is found and named: every bit of a small log flipped in turn, files lost, cut and
//! swapped.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod small;

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord_ledger::{
    Audit, Cause, Checkpoint, Commitment, Error, Kind, Place, Seen, Tile, verify_superseded,
};
use small::Small;

fn audit(small: &Small) -> Audit {
    Audit::of(&small.seen().checkpoint, &small.files, &small.openings)
}

/// Flips a bit of each byte of a file, another one each time, and hands over what was found.
fn flip_each(small: &mut Small, tile: Tile, mut found: impl FnMut(u64, Audit)) {
    for at in 0..small.files[&tile].len() {
        let bit = 1 << (at % 8);
        small.files.get_mut(&tile).unwrap()[at] ^= bit;
        found(at as u64, audit(small));
        small.files.get_mut(&tile).unwrap()[at] ^= bit;
    }
}

/// The unit of a file that a byte is in: the hash, or the length or the rest of an entry.
fn unit(kind: Kind, at: u64) -> (u64, Range<u64>) {
    match kind {
        Kind::Hashes { .. } => (at / 32, at / 32 * 32..(at / 32 + 1) * 32),
        Kind::Entries if at % 35 < 2 => (at / 35, at / 35 * 35..at / 35 * 35 + 2),
        Kind::Entries => (at / 35, at / 35 * 35 + 2..(at / 35 + 1) * 35),
    }
}

#[test]
fn every_flipped_byte_of_a_small_log_is_found_and_named() {
    for size in [1, 2, 5, 70] {
        let mut small = Small::of(size);
        assert_eq!(audit(&small), Audit { proven: size, opened: size, faults: vec![] });
        for tile in Tile::all(size) {
            flip_each(&mut small, tile, |at, audit| {
                let (unit, bytes) = unit(tile.kind(), at);
                assert_eq!(audit.faults.len(), 1, "{tile} {at}: {:?}", audit.faults);
                let fault = &audit.faults[0];
                assert_eq!((fault.place, &fault.cause), (Place::Tile(tile), &Cause::Changed));
                assert_eq!(
                    (&fault.bytes, &fault.entries),
                    (&bytes, &(unit..unit + 1)),
                    "{tile} {at}"
                );
                let proven = if tile.kind() == Kind::Entries { size - 1 } else { size };
                assert_eq!((audit.proven, audit.opened), (proven, size));
            });
        }
    }
}

#[test]
fn every_bit_of_every_byte_of_five_entries() {
    let mut small = Small::of(5);
    for tile in Tile::all(5) {
        for at in 0..small.files[&tile].len() * 8 {
            small.files.get_mut(&tile).unwrap()[at / 8] ^= 1 << (at % 8);
            let audit = audit(&small);
            let (_, bytes) = unit(tile.kind(), at as u64 / 8);
            let places: Vec<_> = audit.faults.iter().map(|f| (f.place, f.bytes.clone())).collect();
            assert_eq!(places, [(Place::Tile(tile), bytes)], "{tile} {at}");
            small.files.get_mut(&tile).unwrap()[at / 8] ^= 1 << (at % 8);
        }
    }
}

#[test]
fn damage_in_a_log_of_several_levels_is_named() {
    let mut small = Small::of(256 * 257 + 3);
    let size = small.log.size();
    assert_eq!(audit(&small), Audit { proven: size, opened: size, faults: vec![] });
    let hashes = |level, index, width| Tile::new(Kind::Hashes { level }, index, width).unwrap();
    let entries = |index, width| Tile::new(Kind::Entries, index, width).unwrap();
    for (tile, at, entries) in [
        (hashes(0, 0, 256), 0, 0..1),
        (hashes(0, 200, 256), 33 * 32 + 5, 200 * 256 + 33..200 * 256 + 34),
        (hashes(0, 257, 3), 64, 257 * 256 + 2..257 * 256 + 3),
        (hashes(1, 0, 256), 7 * 32, 7 * 256..8 * 256),
        (hashes(1, 1, 1), 31, 65_536..65_792),
        (hashes(2, 0, 1), 1, 0..65_536),
        (entries(0, 256), 35 * 255 + 2, 255..256),
        (entries(256, 256), 1, 65_536..65_537),
        (entries(257, 3), 104, 65_794..65_795),
    ] {
        small.files.get_mut(&tile).unwrap()[at] ^= 0x10;
        let found = audit(&small);
        let (_, bytes) = unit(tile.kind(), at as u64);
        assert_eq!(found.faults.len(), 1, "{tile}: {:?}", found.faults);
        let fault = &found.faults[0];
        assert_eq!((fault.place, &fault.bytes), (Place::Tile(tile), &bytes), "{tile}");
        assert_eq!((&fault.entries, &fault.cause), (&entries, &Cause::Changed), "{tile}");
        small.files.get_mut(&tile).unwrap()[at] ^= 0x10;
    }
}

#[test]
fn every_flipped_bit_of_a_checkpoint_is_found() {
    let small = Small::of(3);
    let note = small.note.to_string().into_bytes();
    let signed = small.note.text().len();
    let cosigned = note.len() - small.note.signatures()[1].to_string().len();
    for at in 0..note.len() * 8 {
        let mut changed = note.clone();
        changed[at / 8] ^= 1 << (at % 8);
        match Seen::verify(&changed, &small.trust) {
            // The line of the witness became that of a stranger: its signature is missing then.
            Ok(seen) => {
                assert!(at / 8 >= cosigned, "{at}");
                assert!(seen.cosignatures.is_empty() && seen.silent.len() == 1, "{at}");
                assert_eq!(seen.strangers.len(), 1);
            }
            Err(fault) => {
                assert_eq!(fault.place, Place::Checkpoint);
                assert!(!fault.bytes.is_empty() && fault.bytes.end <= note.len() as u64, "{at}");
                if matches!(&fault.cause, Cause::Refused(Error::BadSignature { name }) if name != small::ORIGIN)
                {
                    assert!(
                        fault.bytes.start >= cosigned as u64 && at / 8 >= cosigned
                            || at / 8 < signed
                    );
                }
            }
        }
    }
}

#[test]
fn a_missing_file_is_named_and_the_rest_goes_on() {
    let whole = Small::of(256 + 9);
    for tile in Tile::all(265) {
        let mut small = Small::of(265);
        small.files.remove(&tile).unwrap();
        let found = audit(&small);
        assert_eq!(found.faults.len(), 1, "{tile}: {:?}", found.faults);
        let fault = &found.faults[0];
        assert_eq!(fault.place, Place::Tile(tile));
        assert!(matches!(fault.cause, Cause::Unread(_)));
        assert_eq!(fault.entries, tile.entries(0..tile.width()));
        let lost = if tile.kind() == Kind::Entries { tile.width() } else { 0 };
        assert_eq!((found.proven, found.opened), (265 - lost, 265), "{tile}");
    }
    assert!(audit(&whole).holds());
}

#[test]
fn a_file_of_another_length_is_named_with_the_bytes_that_lack_or_are_too_many() {
    for tile in Tile::all(265) {
        let mut small = Small::of(265);
        let length = small.files[&tile].len() as u64;
        small.files.get_mut(&tile).unwrap().pop();
        let found = audit(&small);
        let fault = &found.faults[0];
        assert_eq!(
            (fault.place, &fault.bytes),
            (Place::Tile(tile), &(length - 1..length)),
            "{tile}"
        );
        assert_eq!((found.faults.len(), found.opened), (1, 265), "{tile}: {:?}", found.faults);
        let bytes = small.files.get_mut(&tile).unwrap();
        bytes.extend([0, 0, 0]);
        let found = audit(&small);
        assert!(found.faults.iter().any(|fault| fault.bytes == (length..length + 2)), "{tile}");
    }
}

#[test]
fn bytes_that_were_not_committed_to_are_named() {
    let mut small = Small::of(9);
    small.openings.get_mut(&4).unwrap().1[0] ^= 1;
    small.openings.remove(&7);
    let found = audit(&small);
    assert_eq!((found.proven, found.opened, found.faults.len()), (9, 7, 1));
    let fault = &found.faults[0];
    assert_eq!((fault.place, &fault.entries), (Place::Opening, &(4..5)));
    assert_eq!(
        fault.to_string(),
        "committed bytes, bytes 0 to 8, entry 4: not the bytes and salt that the \
                                   entry commits to"
    );
}

#[test]
fn every_flipped_bit_of_a_salt_or_of_committed_bytes_is_found() {
    let mut small = Small::of(3);
    for index in 0..3 {
        let whole = small.openings[&index].clone();
        for bit in 0..(32 + whole.1.len()) * 8 {
            let (salt, bytes) = small.openings.get_mut(&index).unwrap();
            match bit / 8 {
                at @ 0..32 => salt.0[at] ^= 1 << (bit % 8),
                at => bytes[at - 32] ^= 1 << (bit % 8),
            }
            let found = audit(&small);
            assert_eq!((found.proven, found.opened, found.faults.len()), (3, 2, 1), "{bit}");
            assert_eq!(found.faults[0].entries, index..index + 1);
            small.openings.insert(index, whole.clone());
        }
    }
}

#[test]
fn a_log_rewritten_with_its_tiles_does_not_have_the_signed_root() {
    let honest = Small::of(300);
    let mut entries: Vec<Commitment> = (0..300).map(small::commitment).collect();
    entries[17] = small::commitment(1000);
    let mut log = onrecord_ledger::Log::new();
    let files: BTreeMap<Tile, Vec<u8>> = log.append(&entries).into_iter().collect();
    let found = Audit::of(&honest.seen().checkpoint, &files, &honest.openings);
    assert_eq!(found.proven, 0);
    assert!(matches!(&found.faults[0].cause, Cause::Root { .. }), "{:?}", found.faults);
    // The bytes that were kept tell which entry was exchanged.
    let opening: Vec<_> =
        found.faults.iter().filter(|fault| fault.place == Place::Opening).collect();
    assert_eq!(opening.len(), 1);
    assert_eq!(opening[0].entries, 17..18);
}

#[test]
fn damage_in_two_files_below_one_hash_is_told_as_unproven_and_located() {
    let mut small = Small::of(600);
    let tile = Tile::new(Kind::Hashes { level: 0 }, 1, 256).unwrap();
    let bundle = Tile::new(Kind::Entries, 1, 256).unwrap();
    small.files.get_mut(&tile).unwrap()[3 * 32] ^= 1;
    small.files.get_mut(&bundle).unwrap()[9 * 35 + 8] ^= 1;
    let found = audit(&small);
    assert_eq!(found.proven, 600 - 256);
    let named: Vec<_> = found.faults.iter().map(|fault| fault.entries.clone()).collect();
    assert!(named.contains(&(259..260)) && named.contains(&(265..266)), "{named:?}");
    assert!(found.faults.iter().all(|fault| fault.cause == Cause::Unproven
        || (fault.place, &fault.cause) == (Place::Opening, &Cause::NotCommittedTo)));
}

#[test]
fn earlier_checkpoints_hold_the_later_ones_to_history() {
    let early = Small::of(20);
    let late = Small::grown(&[20, 300]);
    let note = early.note.to_string();
    let later = late.seen().checkpoint;
    Seen::verify_earlier(note.as_bytes(), &late.trust, &later, &late.files).unwrap();

    let mut log = onrecord_ledger::Log::new();
    let entries: Vec<Commitment> = (100..400).map(small::commitment).collect();
    let files: BTreeMap<_, _> = log.append(&entries).into_iter().collect();
    let forked = Checkpoint { size: 300, root: log.root(), ..later };
    let fault = Seen::verify_earlier(note.as_bytes(), &late.trust, &forked, &files).unwrap_err();
    assert_eq!(fault.cause, Cause::Refused(Error::NotConsistent { old: 20, new: 300 }));
    let fault = Seen::verify_earlier(
        late.note.to_string().as_bytes(),
        &late.trust,
        &early.seen().checkpoint,
        &early.files,
    );
    assert_eq!(fault.unwrap_err().cause, Cause::Refused(Error::Shrunk { old: 300, new: 20 }));
}

#[test]
fn partial_tiles_that_were_left_behind_are_held_against_the_full_ones() {
    let mut late = Small::grown(&[20, 21, 300]);
    let is_old = |tile: &Tile| [20, 21].contains(&tile.width());
    let old: Vec<Tile> = late.files.keys().copied().filter(is_old).collect();
    assert_eq!(old.len(), 4);
    for tile in old {
        verify_superseded(tile, 300, &late.files).unwrap();
        late.files.get_mut(&tile).unwrap()[33] ^= 1;
        let fault = verify_superseded(tile, 300, &late.files).unwrap_err();
        assert_eq!((fault.place, fault.bytes), (Place::Tile(tile), 33..34));
        late.files.get_mut(&tile).unwrap().pop();
        assert!(verify_superseded(tile, 300, &late.files).is_err());
    }
}
