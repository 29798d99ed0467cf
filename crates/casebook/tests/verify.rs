//! What holds holds, and what was changed is named.
#![allow(clippy::unwrap_used, missing_docs)]

mod stories;

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use onrecord_casebook::review::Decision;
use onrecord_casebook::{Asked, Case, Depth, Error, System, Verified, verify_case};
use onrecord_ledger::{Cosignature, PrivateKey, Scheme, SignedNote};

fn asked() -> Asked {
    Asked { depth: Depth::Deep, jobs: NonZeroUsize::new(2).unwrap(), ..Asked::default() }
}

fn verified(path: &Path) -> Verified {
    verify_case(path, &System::real(), &asked()).unwrap()
}

fn flaws(path: &Path) -> Vec<String> {
    verified(path).flaws.iter().map(ToString::to_string).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_case_that_was_not_touched_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = stories::case(&path);
    assert_eq!(verified(&path).flaws, [], "while it is open to be written");
    case.remove("d1", "asked for").unwrap();
    let key = case.manifest().key.parse().unwrap();
    case.close().unwrap();
    let found = verified(&path);
    assert_eq!(found.flaws, []);
    assert_eq!((found.signed, found.proven, found.opened), (Some(6), 6, 6));
    assert_eq!(
        (found.originals, found.records, found.items, found.earlier),
        (Some(1), Some(1), Some(2), 1)
    );
    assert_eq!((found.unverified.len(), found.key_given), (0, false));
    let given = Asked { key: Some(key), ..asked() };
    assert!(verify_case(&path, &System::real(), &given).unwrap().key_given);
}

#[test]
fn every_flip_in_a_small_case_is_found_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = Case::new(&path, "tester", &System::real()).unwrap();
    let mut taking = case.taking();
    taking.take(stories::short("a.txt", "The harbour burned.")).unwrap();
    taking.flush().unwrap();
    case.close().unwrap();
    // Whoever looks into the store leaves notes of SQLite's beside it; they are no part of the case.
    let all = files(&path);
    assert_eq!(flaws(&path), [""; 0]);
    // The store is long, and mostly empty: some of its bytes stand for all, where not all are asked for.
    let every_byte = std::env::var_os("ONRECORD_EVERY_BYTE").is_some();
    for file in all {
        let whole = fs::read(&file).unwrap();
        let stride = if whole.len() > 10_000 && !every_byte { 4099 } else { 1 };
        let name = file.strip_prefix(&path).unwrap().to_str().unwrap();
        // Of text, the capital of a letter too: some readers take both for one.
        let capital = std::str::from_utf8(&whole).is_ok().then_some(0x20);
        for at in (0..whole.len()).step_by(stride) {
            for bit in [1 << (at % 8)].into_iter().chain(capital) {
                put(&file, at, whole[at] ^ bit);
                match verify_case(&path, &System::real(), &Asked { depth: Depth::Whole, ..asked() })
                {
                    Ok(found) => {
                        let told = found.flaws.iter().any(|flaw| flaw.file.starts_with(name));
                        assert!(told, "{name}, byte {at}: {:?}", found.flaws);
                    }
                    // A version of the future, by the one byte that tells it.
                    Err(error) => assert!(error.to_string().contains("has format"), "{error}"),
                }
            }
            put(&file, at, whole[at]);
        }
    }
    assert_eq!(flaws(&path), [""; 0]);
}

#[test]
fn acts_whose_numbers_are_damaged_are_told_and_never_read_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    stories::case(&path).close().unwrap();
    let file = path.join("case.db");
    let store = rusqlite::Connection::open(&file).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'";
    let page: usize = store.query_row(sql, [], |row| row.get(0)).unwrap();
    drop(store);
    let whole = fs::read(&file).unwrap();
    let start = (page - 1) * 4096;
    // A leaf of the table: a head of eight bytes, the places of its cells, two bytes each, and in a
    // cell its length and its number first.
    let two = |at: usize| usize::from(u16::from_be_bytes([whole[at], whole[at + 1]]));
    assert_eq!(whole[start], 13, "all acts of a small case are on one page");
    let places: Vec<usize> = (0..two(start + 3)).map(|nth| start + 8 + nth * 2).collect();
    let cells = places.iter().flat_map(|place| (0..4).map(move |byte| (place, byte)));
    let cells: Vec<usize> = cells.map(|(place, byte)| start + two(*place) + byte).collect();
    for at in (start..start + 8 + places.len() * 2).chain(cells) {
        for bit in 0..8 {
            put(&file, at, whole[at] ^ 1 << bit);
            assert!(!verified(&path).holds(), "byte {at}");
        }
        put(&file, at, whole[at]);
    }
    assert_eq!(flaws(&path), [""; 0]);
}

/// Puts one byte into a file.
fn put(file: &Path, at: usize, byte: u8) {
    let mut file = fs::File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(at as u64)).unwrap();
    file.write_all(&[byte]).unwrap();
}

#[test]
fn the_ledger_alone_is_held_against_its_acts_and_nothing_else_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    stories::case(&path).close().unwrap();
    let ledger = || {
        let asked = Asked { depth: Depth::Ledger, ..asked() };
        verify_case(&path, &System::real(), &asked).unwrap()
    };
    fs::remove_dir_all(path.join("originals")).unwrap();
    let found = ledger();
    assert_eq!((found.proven, found.opened, found.flaws.len()), (5, 5, 0));
    assert_eq!((found.originals, found.records, found.items), (None, None, None));
    let store = rusqlite::Connection::open(path.join("case.db")).unwrap();
    store.execute("UPDATE entry SET bytes = x'7b7d' WHERE id = 3", []).unwrap();
    drop(store);
    let flaws: Vec<String> = ledger().flaws.iter().map(ToString::to_string).collect();
    assert_eq!(flaws.len(), 1, "{flaws:?}");
    assert!(flaws[0].starts_with("case.db, entry 3: "), "{flaws:?}");
}

/// Changes a case's store behind its back, as somebody who knows how would, and closes it.
fn tampered(sql: &str) -> Vec<String> {
    changed(sql, |_| ())
}

/// So does it once something more was done with the case.
fn changed(sql: &str, done: impl FnOnce(&mut Case)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = stories::case(&path);
    done(&mut case);
    case.close().unwrap();
    let store = rusqlite::Connection::open(path.join("case.db")).unwrap();
    store.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
    drop(store);
    flaws(&path)
}

#[test]
fn what_a_skilled_hand_changes_in_the_store_is_named_with_its_entry() {
    for (sql, expected) in [
        (
            "UPDATE statement SET act = 'admit' WHERE document = 1 AND id = 2",
            "case.db: d1: the table statement is not what its record says",
        ),
        (
            "UPDATE document SET title = 'x' WHERE id = 2",
            "case.db: d2: the table document is not what its record says",
        ),
        (
            "UPDATE document SET bytes = 7 WHERE id = 2",
            "case.db, entry 3: d2: where it was seen (valley.txt) is not what its act says",
        ),
        (
            "UPDATE sighting SET name = 'x' WHERE document = 1",
            "case.db, entry 1: d1: where it was seen (x) is not what its act says",
        ),
        (
            "UPDATE reading SET record = (SELECT record FROM reading WHERE id = 2) WHERE id = 1",
            "case.db, entry 2: d1: reading 1: its record is not what the act committed to",
        ),
        (
            "UPDATE reading SET sha256 = zeroblob(32) WHERE id = 1",
            "case.db, entry 2: d1: reading 1 is not what its act says",
        ),
        (
            "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'tester', 'nobody') AS BLOB) WHERE id = 3",
            "case.db, entry 3: not the bytes and salt that the entry commits to",
        ),
        (
            "DELETE FROM entry WHERE id = 4",
            "case.db, entry 4: these acts were signed and are not in the store",
        ),
        ("UPDATE document SET removed = 'x' WHERE id = 2", "case.db: d2: no act removed it"),
        (
            "INSERT INTO document SELECT 3, zeroblob(32), 0, name, bytes, given, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM document WHERE id = 1",
            "case.db: d3: no act took it in",
        ),
        (
            "DELETE FROM sighting WHERE document = 2",
            "case.db, entry 3: d2: taken in, and not in the store",
        ),
    ] {
        let flaws = tampered(sql);
        assert!(flaws.iter().any(|flaw| flaw == expected), "{sql}: {flaws:#?}");
    }
}

#[test]
fn what_is_changed_of_a_decision_is_named_with_its_entry() {
    for (sql, expected) in [
        (
            "UPDATE review SET decision = 'accept'",
            "case.db, entry 5: d1: the decision of tester on s1 is not what its act says",
        ),
        ("DELETE FROM review", "case.db, entry 5: d1: a decision that is not in the store"),
    ] {
        let decide =
            |case: &mut Case| case.review("d1:s1", &Decision::Reject, "none", false).unwrap();
        let flaws = changed(sql, decide);
        assert!(flaws.iter().any(|flaw| flaw == expected), "{sql}: {flaws:#?}");
    }
    let kept = changed("SELECT 1", |case| {
        case.review("d1:s1", &Decision::Reject, "none", false).unwrap();
        case.remove("d1", "asked for").unwrap();
    });
    assert_eq!(kept, [""; 0]);
}

#[test]
fn a_history_that_was_written_anew_is_no_longer_the_one_that_was_signed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    stories::case(&path).close().unwrap();
    let other = folder.path().join("other");
    stories::case(&other).close().unwrap();
    // With its own key all of it agrees with itself: only the key from elsewhere tells.
    let key = Case::open_to_read(&path, &System::real()).unwrap().manifest().key.clone();
    let given = Asked { key: Some(key.parse().unwrap()), ..asked() };
    let found = verify_case(&other, &System::real(), &given).unwrap();
    let flaws: Vec<String> = found.flaws.iter().map(ToString::to_string).collect();
    assert!(flaws[0].starts_with("case.toml: names another key"), "{flaws:?}");
    assert!(flaws.iter().any(|flaw| flaw.starts_with("ledger/checkpoint")), "{flaws:?}");
    assert_eq!(found.signed, None);
}

#[test]
fn what_is_missing_or_strange_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let case = stories::case(&path);
    let original = case.originals().path(case.document("d1").unwrap().document.original);
    case.close().unwrap();
    fs::remove_file(&original).unwrap();
    fs::remove_file(path.join("ledger/tile/0/000.p/5")).unwrap();
    fs::write(path.join("originals/stray"), "x").unwrap();
    fs::write(path.join("ledger/tile/0/000.p/9"), "x").unwrap();
    let found = verified(&path);
    let told: Vec<String> = found.flaws.iter().map(ToString::to_string).collect();
    let named = |start: &str| told.iter().any(|flaw| flaw.starts_with(start));
    assert!(named("ledger/tile/0/000.p/5, bytes 0 to 159, entries 0 to 4"), "{told:#?}");
    assert!(named("originals/stray: ") && named("ledger/tile/0/000.p/9"), "{told:#?}");
    assert!(told.iter().any(|flaw| flaw.ends_with("is missing")), "{told:#?}");
    assert_eq!((found.originals, found.records), (Some(1), Some(2)));
    fs::write(path.join("case.db"), "no store at all").unwrap();
    let found = verified(&path);
    assert_eq!(found.originals, Some(1), "originals are held against their own names");
    fs::remove_file(path.join("ledger/checkpoint")).unwrap();
    assert!(flaws(&path).iter().any(|flaw| flaw.starts_with("ledger/checkpoint: is missing")));
}

#[test]
fn what_others_say_of_a_checkpoint_is_kept_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    let mut case = stories::case(&path);
    let witness = PrivateKey::from_seed("example.org/w", Scheme::Cosignature, &[2; 32]).unwrap();
    let note = fs::read(path.join("ledger/checkpoint")).unwrap();
    let mut note = SignedNote::parse(&note).unwrap();
    Cosignature::make(&mut note, &witness, 1_764_000_000).unwrap();
    let stranger = PrivateKey::from_seed("example.org/x", Scheme::Cosignature, &[3; 32]).unwrap();
    let refused = case.cosign(&note.to_string(), stranger.public());
    assert!(matches!(refused, Err(Error::Unproven { .. })), "{refused:?}");
    let seen = case.cosign(&note.to_string(), witness.public()).unwrap();
    assert_eq!(seen.time, 1_764_000_000);
    case.close().unwrap();
    let given = Asked { witnesses: vec![witness.public().clone()], ..asked() };
    let found = verify_case(&path, &System::real(), &given).unwrap();
    assert_eq!(found.flaws, []);
    let told: Vec<_> = found.seen_by.iter().map(|by| (by.name.as_str(), by.entries)).collect();
    assert_eq!(told, [("example.org/w", 5)]);
    assert_eq!(found.signed, Some(6), "the cosignature is an act of its own");
}

fn openssl(folder: &Path, arguments: &str) -> bool {
    let mut command = std::process::Command::new("openssl");
    let run = command.args(arguments.split_whitespace()).current_dir(folder).output();
    run.is_ok_and(|output| output.status.success())
}

#[test]
fn a_time_stamp_is_taken_in_and_verified() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    if !openssl(at, "version") {
        println!("skipped: no openssl to make time stamps with");
        return;
    }
    let path = at.join("case");
    let mut case = stories::case(&path);
    let note = fs::read_to_string(path.join("ledger/checkpoint")).unwrap();
    let text = note.split_once("\n\n").unwrap().0;
    fs::write(at.join("text"), format!("{text}\n")).unwrap();
    let config = "[req]\ndistinguished_name=none\n[none]\n[stamps]\nbasicConstraints=CA:FALSE\n\
        extendedKeyUsage=critical,timeStamping\n[tsa]\ndefault_tsa=here\n[here]\nserial=serial\n\
        default_policy=1.2.3.4\ndigests=sha256\ness_cert_id_alg=sha256\n";
    fs::write(at.join("c"), config).unwrap();
    fs::write(at.join("serial"), "01").unwrap();
    for step in [
        "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out own.pem -subj /CN=a-test \
         -days 30 -config c -extensions stamps",
        "x509 -in own.pem -outform DER -out own.der",
        "ts -query -data text -sha256 -cert -out query",
        "ts -reply -config c -section here -queryfile query -signer own.pem -inkey key.pem \
         -sha256 -out reply",
    ] {
        assert!(openssl(at, step), "openssl {step}");
    }
    let (token, root) =
        (fs::read(at.join("reply")).unwrap(), fs::read(at.join("own.der")).unwrap());
    let refused = case.stamp(&token, &[]);
    assert!(matches!(refused, Err(Error::Unproven { .. })), "{refused:?}");
    case.stamp(&token, std::slice::from_ref(&root)).unwrap();
    case.close().unwrap();
    let found = verified(&path);
    assert_eq!((found.flaws.len(), found.unverified.len(), found.seen_by.len()), (0, 1, 0));
    let given = Asked { roots: vec![root], ..asked() };
    let found = verify_case(&path, &System::real(), &given).unwrap();
    assert_eq!((&found.flaws, found.seen_by[0].entries), (&vec![], 5));
    assert!(found.seen_by[0].stamp && found.seen_by[0].name == "a-test");
    for file in files(&path.join("ledger/stamps")) {
        fs::write(file, &token[..token.len() - 1]).unwrap();
    }
    let told = verify_case(&path, &System::real(), &given).unwrap().flaws;
    assert!(told[0].file.starts_with("ledger/stamps/000000000005-"), "{told:?}");
}
