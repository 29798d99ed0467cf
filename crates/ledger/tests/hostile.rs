//! Whatever comes in: nothing panics, nothing strange is taken, what is taken is written as it was
//! read. Every proof of every size verifies, and no other.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod small;

use std::collections::BTreeMap;

use onrecord_ledger::{
    Audit, Cause, Checkpoint, Commitment, Consistency, Cosignature, Error, Hash, Inclusion, Kind,
    Log, PrivateKey, ProofFile, PublicKey, Scheme, Seen, SignedNote, Tile, Trust,
};
use proptest::prelude::*;
use small::Small;

fn trust() -> Trust {
    Small::of(0).trust
}

/// A text with its lines, bytes and signs mixed up.
fn mangled(text: &str, edits: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for &(at, byte) in edits {
        let at = at % (bytes.len() + 1);
        match byte % 4 {
            0 => bytes.insert(at, byte),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 => bytes.truncate(at.max(bytes.len() / 2)),
            _ if at < bytes.len() => bytes[at] = byte,
            _ => bytes.push(b'\n'),
        }
    }
    bytes
}

/// The last tile of each level.
fn top(size: u64) -> impl Iterator<Item = Tile> {
    let tile = move |level: u8| {
        let held = size >> (8 * u32::from(level));
        Tile::new(Kind::Hashes { level }, held.checked_sub(1)? / 256, (held - 1) % 256 + 1)
    };
    (0..8).filter_map(tile)
}

proptest! {
    #[test]
    fn notes_are_refused_or_written_as_they_were_read(edits in prop::collection::vec(any::<(usize, u8)>(), 0..4)) {
        let small = Small::of(3);
        let bytes = mangled(&small.note.to_string(), &edits);
        if let Ok(note) = SignedNote::parse(&bytes) {
            prop_assert_eq!(note.to_string().into_bytes(), bytes.clone());
        }
        if let Ok(seen) = Seen::verify(&bytes, &small.trust) {
            prop_assert_eq!(seen.checkpoint, small.seen().checkpoint);
        }
    }

    #[test]
    fn any_bytes_are_no_note_or_no_checkpoint(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Seen::verify(&bytes, &trust()).is_err());
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(text.parse::<ProofFile>().is_err());
        prop_assert!(text.parse::<Tile>().is_err());
        prop_assert!(PrivateKey::from_secret_text(&text).is_err());
    }

    #[test]
    fn checkpoints_have_one_spelling(text in "[a-z +]{0,4}\n[+0-9]{0,3}\n[A-Za-z0-9+/=]{43,45}\n([ab]?\n){0,2}") {
        if let Ok(checkpoint) = text.parse::<Checkpoint>() {
            prop_assert_eq!(checkpoint.to_string(), text);
        }
    }

    #[test]
    fn keys_have_one_spelling_but_for_the_case_of_the_id(edits in prop::collection::vec(any::<(usize, u8)>(), 0..3)) {
        let text = small::key().public().to_string();
        let bytes = mangled(&text, &edits);
        if let Ok(key) = String::from_utf8_lossy(&bytes).parse::<PublicKey>() {
            prop_assert_eq!(key.to_string().to_lowercase().into_bytes(), bytes.to_ascii_lowercase());
        }
    }

    #[test]
    fn paths_of_tiles_have_one_spelling(text in "tile/(entries|[0-9]{1,2})/(x?[0-9]{3}/){0,2}[0-9]{2,4}(\\.p/[0-9]{1,3})?") {
        if let Ok(tile) = text.parse::<Tile>() {
            prop_assert_eq!(tile.to_string(), text);
        }
    }

    #[test]
    fn proof_files_are_refused_or_written_as_they_were_read(edits in prop::collection::vec(any::<(usize, u8)>(), 0..4)) {
        let small = Small::of(6);
        let proof = Inclusion::make(4, 6, &onrecord_ledger::TileNodes::new(&small.files, 6)).unwrap();
        let file = ProofFile { extra: vec![1, 2], index: 4, path: proof.path, checkpoint: small.note };
        prop_assert_eq!(&file.to_string().parse::<ProofFile>().unwrap(), &file);
        let bytes = mangled(&file.to_string(), &edits);
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(read) = text.parse::<ProofFile>() {
            prop_assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn proofs_of_any_shape_are_refused(
        (index, size) in (any::<u64>(), any::<u64>()),
        path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let path: Vec<Hash> = path.into_iter().map(Hash).collect();
        let root = Hash::of_nothing();
        let inclusion = Inclusion { index, size, path: path.clone() };
        prop_assert!(inclusion.verify(root, root).is_err());
        let consistency = Consistency { old: index, new: size, path: path.clone() };
        let refused = consistency.verify(root, root).is_err();
        prop_assert!(refused || index == size && path.is_empty());
    }

    #[test]
    fn any_files_are_audited(
        size in prop_oneof![0_u64..600, any::<u64>()],
        files in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..9000), 12),
        root in any::<[u8; 32]>(),
    ) {
        let files: BTreeMap<Tile, Vec<u8>> = Tile::all(size).take(4).chain(top(size)).zip(files).collect();
        let checkpoint = Checkpoint { origin: "a".into(), size, root: Hash(root), extensions: vec![] };
        let audit = Audit::of(&checkpoint, &files, &());
        prop_assert!(!audit.holds() && audit.proven == 0);
        prop_assert!(Log::resume(size, Hash(root), &files).is_err());
    }

    #[test]
    fn appending_in_any_steps_gives_the_same_log(steps in prop::collection::vec(0_u64..300, 1..6)) {
        let sizes: Vec<u64> = steps.iter().scan(0, |sum, step| { *sum += step; Some(*sum) }).collect();
        let size = *sizes.last().unwrap();
        let (whole, grown) = (Small::of(size), Small::grown(&sizes));
        prop_assert_eq!(&whole.note, &grown.note);
        for (tile, bytes) in &whole.files {
            prop_assert_eq!(&grown.files[tile], bytes);
        }
        // Taken up anew before each step, a log writes the same.
        let mut files = BTreeMap::new();
        let mut log = Log::new();
        for size in sizes {
            log = Log::resume(log.size(), log.root(), &files).unwrap();
            let entries: Vec<Commitment> = (log.size()..size).map(small::commitment).collect();
            files.extend(log.append(&entries));
        }
        prop_assert_eq!(files, grown.files);
    }
}

#[test]
fn no_proof_proves_another_entry_place_or_tree() {
    let small = Small::of(70);
    let nodes = onrecord_ledger::TileNodes::new(&small.files, 70);
    let hash = |index| Hash::of_entry(&small::commitment(index).entry());
    for index in 0..70 {
        let proof = Inclusion::make(index, 70, &nodes).unwrap();
        proof.verify(hash(index), small.log.root()).unwrap();
        assert!(proof.verify(hash(index + 1), small.log.root()).is_err());
        assert!(proof.verify(hash(index), hash(index)).is_err());
        for other in (0..70).filter(|other| *other != index) {
            let moved = Inclusion { index: other, ..proof.clone() };
            assert!(moved.verify(hash(index), small.log.root()).is_err());
        }
        for at in 0..proof.path.len() {
            let mut changed = proof.clone();
            changed.path[at].0[at] ^= 1;
            assert!(changed.verify(hash(index), small.log.root()).is_err());
            changed.path.remove(at);
            assert!(changed.verify(hash(index), small.log.root()).is_err());
        }
        let mut longer = proof.clone();
        longer.path.push(hash(0));
        assert!(longer.verify(hash(index), small.log.root()).is_err());
    }
}

#[test]
fn a_proof_file_proves_its_entry_and_no_other() {
    let small = Small::of(6);
    let nodes = onrecord_ledger::TileNodes::new(&small.files, 6);
    let path = Inclusion::make(4, 6, &nodes).unwrap().path;
    let file = ProofFile { extra: vec![], index: 4, path, checkpoint: small.note.clone() };
    assert_eq!(file.verify(&small::commitment(4), &small.trust).unwrap(), small.seen());
    let fault = file.verify(&small::commitment(3), &small.trust).unwrap_err();
    assert_eq!(fault.cause, Cause::Refused(Error::NotIncluded { index: 4, size: 6 }));
    let moved = ProofFile { index: 6, ..file.clone() }.verify(&small::commitment(4), &small.trust);
    assert_eq!(moved.unwrap_err().cause, Cause::Refused(Error::OutOfTree { index: 6, size: 6 }));
    let other = Trust { log: small::witness().public().clone(), ..small.trust };
    assert!(file.verify(&small::commitment(4), &other).is_err());
}

#[test]
fn a_witness_s_answer_is_taken_over_only_where_it_fits() {
    let mut small = Small::of(4);
    let witness = small::witness();
    let signed = small.seen();
    assert_eq!(
        signed.cosignatures,
        [Cosignature { witness: witness.public().name().into(), time: small::COSIGNED }]
    );

    let answer = |time| {
        let mut note = SignedNote::new(small.note.text()).unwrap();
        Cosignature::make(&mut note, &witness, time).unwrap();
        note.signatures()[0].to_string()
    };
    let (earlier, later) = (answer(small::COSIGNED - 5), answer(small::COSIGNED + 5));
    let lines = small.note.signatures().len();
    let took = Cosignature::accept(&mut small.note, &later, witness.public()).unwrap();
    assert_eq!(took.time, small::COSIGNED);
    let took = Cosignature::accept(&mut small.note, &earlier, witness.public()).unwrap();
    assert_eq!((took.time, small.note.signatures().len()), (small::COSIGNED - 5, lines));
    assert_eq!(small.seen().cosignatures[0].time, small::COSIGNED - 5);

    let before = small.note.clone();
    let of_other_tree = Small::of(5).note.signatures()[1].to_string();
    for refused in [of_other_tree.as_str(), "", "— nobody AAAA\n"] {
        assert!(Cosignature::accept(&mut small.note, refused, witness.public()).is_err());
    }
    assert_eq!(small.note, before);
    let log_key = PrivateKey::from_seed("w", Scheme::Note, &[2; 32]).unwrap();
    assert!(Cosignature::make(&mut small.note, &log_key, 1).is_err());
}

#[test]
fn a_witness_is_asked_as_tlog_witness_has_it() {
    let small = Small::grown(&[3, 5]);
    let proof = Consistency::make(3, 5, &onrecord_ledger::TileNodes::new(&small.files, 5)).unwrap();
    let asked = onrecord_ledger::witness_request(&proof, &small.note);
    let hashes: Vec<String> = proof.path.iter().map(ToString::to_string).collect();
    assert_eq!(asked, format!("old 3\n{}\n\n{}", hashes.join("\n"), small.note));
}

#[test]
fn secrets_do_not_show() {
    let key = small::key();
    let shown = format!("{key:?} {:?}", small::opening(1).0);
    assert!(!shown.contains(&key.to_secret_text()[20..]) && !shown.contains("90"), "{shown}");
}
