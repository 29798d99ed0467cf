//! A second verifier, in Python, written after docs/spec/ledger.md: it agrees on what holds and on
//! what does not. Skipped, saying so, where there is no python3.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the verifier is another program and reads files"
)]
#![allow(clippy::print_stderr, reason = "says what was skipped")]

mod small;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use onrecord_ledger::{Inclusion, ProofFile, TileNodes};
use small::Small;

fn has_python() -> bool {
    let there = Command::new("python3").arg("--version").output().is_ok_and(|o| o.status.success());
    if !there {
        eprintln!("skipped: no python3 for the second verifier");
    }
    there
}

/// Lays a log out as the specification has it.
fn lay(small: &Small, folder: &Path) {
    for (tile, bytes) in &small.files {
        let file = folder.join(tile.to_string());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    fs::write(folder.join("checkpoint"), small.note.to_string()).unwrap();
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        })
    };
    let lines = small
        .openings
        .iter()
        .map(|(index, (salt, bytes))| format!("{index} {} {}\n", hex(&salt.0), hex(bytes)));
    fs::write(folder.join("openings"), lines.collect::<String>()).unwrap();
    let size = small.log.size();
    let nodes = TileNodes::new(&small.files, size);
    for index in [0, size / 2, size - 1] {
        let path = Inclusion::make(index, size, &nodes).unwrap().path;
        let extra = small.openings[&index].0.0.to_vec();
        let proof = ProofFile { extra, index, path, checkpoint: small.note.clone() };
        fs::write(folder.join(format!("{index}.tlog-proof")), proof.to_string()).unwrap();
    }
}

/// What the second verifier says of a folder, and whether it holds.
fn verify(folder: &Path) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier.py");
    let keys = [small::key().public().to_string(), small::witness().public().to_string()];
    let mut command = Command::new("python3");
    let output = command.arg(script).arg(folder).args(keys).output().unwrap();
    let says = String::from_utf8(output.stdout).unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), says)
}

#[test]
fn the_second_verifier_agrees_on_what_holds() {
    if !has_python() {
        return;
    }
    for size in [1, 256, 700, 65_800] {
        let folder = tempfile::tempdir().unwrap();
        lay(&Small::of(size), folder.path());
        let (holds, says) = verify(folder.path());
        let proofs = if size == 1 { 1 } else { 3 };
        let expected = format!(
            "{size} entries proven, {size} opened, {proofs} proofs\nwitness.example.org/w1 saw them at {}\n",
            small::COSIGNED
        );
        assert_eq!((holds, says), (true, expected));
    }
}

#[test]
fn the_second_verifier_agrees_on_what_does_not() {
    if !has_python() {
        return;
    }
    let small = Small::of(300);
    let folder = tempfile::tempdir().unwrap();
    lay(&small, folder.path());
    for (file, at, says) in [
        ("checkpoint", 3, "not signed by the log"),
        ("tile/entries/000", 35 * 7 + 20, "tile/0/000: byte 224"),
        ("tile/entries/001.p/44", 35 * 2, "tile/entries/001.p/44: byte 70, entry 258"),
        ("tile/0/001.p/44", 40, "tile/0/001.p/44: byte 32"),
        ("tile/1/000.p/1", 0, "tile/1/000.p/1: byte 0"),
        ("openings", 70, "entry 0: not the bytes"),
        ("0.tlog-proof", 90, "0: the proof does not lead"),
    ] {
        let path = folder.path().join(file);
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&path, changed).unwrap();
        let (holds, said) = verify(folder.path());
        assert!(!holds && said.contains(says), "{file}: {said}");
        fs::write(&path, whole).unwrap();
    }
    fs::remove_file(folder.path().join("tile/0/000")).unwrap();
    assert_eq!(verify(folder.path()), (false, "does not hold: tile/0/000: it is missing\n".into()));
}
