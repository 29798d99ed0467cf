//! What verifying costs: makes a log in memory, audits it once with every entry opened, and prints
//! entries a second. `cargo run --release -p onrecord-ledger --example speed [ENTRIES]`
#![allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "it measures time")]
#![allow(clippy::print_stdout, reason = "it prints what it measured")]

use std::collections::BTreeMap;
use std::time::Instant;

use onrecord_ledger::{
    Audit, Checkpoint, Commitment, Inclusion, Log, Openings, PrivateKey, Salt, Scheme, Seen,
    TileNodes, Trust,
};

/// Salt and bytes of each entry, made as they are asked for: 300 bytes, as an act has.
struct Acts;

impl Openings for Acts {
    fn opening(&self, index: u64) -> Option<(Salt, Vec<u8>)> {
        let (mut salt, mut bytes) = ([0x5a; 32], vec![b'.'; 300]);
        salt[..8].copy_from_slice(&index.to_be_bytes());
        bytes[..8].copy_from_slice(&index.to_be_bytes());
        Some((Salt(salt), bytes))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let size = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let key = PrivateKey::from_seed("example.org/case", Scheme::Note, &[1; 32])?;
    let mut log = Log::new();
    let mut files = BTreeMap::new();
    let began = Instant::now();
    let entry = |index| Acts.opening(index).map(|(salt, bytes)| Commitment::new(&salt, &bytes));
    while log.size() < size {
        let batch: Vec<Commitment> =
            (log.size()..size.min(log.size() + 4096)).filter_map(entry).collect();
        files.extend(log.append(&batch));
    }
    tell("committed and appended", size, began);

    let origin = key.public().name().to_owned();
    let root = log.root();
    let checkpoint = Checkpoint { origin: origin.clone(), size, root, extensions: vec![] };
    let note = checkpoint.sign(&key)?.to_string();
    let trust = Trust { origin, log: key.public().clone(), witnesses: vec![] };
    let seen = Seen::verify(note.as_bytes(), &trust)?;

    let began = Instant::now();
    let sealed = Audit::of(&seen.checkpoint, &files, &());
    tell("verified, sealed", sealed.proven, began);
    let began = Instant::now();
    let opened = Audit::of(&seen.checkpoint, &files, &Acts);
    tell("verified and opened", opened.opened, began);

    let nodes = TileNodes::new(&files, size);
    let proofs = 1000.min(size);
    let began = Instant::now();
    for index in (0..proofs).map(|at| at * (size / proofs)) {
        Inclusion::make(index, size, &nodes)?;
    }
    tell("inclusion proofs made", proofs, began);
    let bytes: usize = files.values().map(Vec::len).sum();
    println!("{} files, {bytes} bytes", files.len());
    if sealed.holds() && opened.holds() { Ok(()) } else { Err("the log does not hold".into()) }
}

fn tell(what: &str, count: u64, began: Instant) {
    let seconds = began.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
    let each = count as f64 / seconds;
    println!("{what:<24} {count:>9} in {seconds:>7.3} s: {each:>9.0} a second");
}
