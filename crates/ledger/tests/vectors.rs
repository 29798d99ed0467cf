//! The test vectors of docs/spec/ledger.md are what this code gives.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::collections::BTreeMap;
use std::fmt::Write;

use onrecord_ledger::{
    Checkpoint, Commitment, Consistency, Cosignature, Hash, Inclusion, Log, PrivateKey, ProofFile,
    Salt, Scheme, Tile, TileNodes,
};

const PAGE: &str = include_str!("../../../docs/spec/ledger.md");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// Whether the page has these lines, one after the other, in a block.
fn page_has(lines: &str) {
    let lines = format!("\n{}\n", lines.trim_end());
    assert!(PAGE.contains(&lines), "docs/spec/ledger.md lacks{lines}");
}

fn commitment(index: u8) -> Commitment {
    Commitment::new(&Salt([index; 32]), format!("act {index}").as_bytes())
}

#[test]
fn the_page_s_vectors() {
    let first = commitment(0).entry();
    page_has(&format!(
        "salt   {}\nbytes  {}\nentry  {}\nhash   {}",
        hex(&[0; 32]),
        hex(b"act 0"),
        hex(&first),
        hex(&Hash::of_entry(&first).0)
    ));

    let log_key = PrivateKey::from_seed("example.org/case/1", Scheme::Note, &[1; 32]).unwrap();
    let witness =
        PrivateKey::from_seed("witness.example.org/w1", Scheme::Cosignature, &[2; 32]).unwrap();
    page_has(&format!("{}\n{}", log_key.public(), witness.public()));

    let mut log = Log::new();
    let mut files: BTreeMap<Tile, Vec<u8>> = BTreeMap::new();
    let mut roots = vec![log.root()];
    let mut notes = Vec::new();
    for index in 0..7 {
        files.extend(log.append(&[commitment(index)]));
        roots.push(log.root());
        let (size, root) = (log.size(), log.root());
        let origin = log_key.public().name().to_owned();
        notes.push(Checkpoint { origin, size, root, extensions: vec![] }.sign(&log_key).unwrap());
    }
    let lines = roots.iter().zip(0..).map(|(root, size)| format!("{size}  {}\n", hex(&root.0)));
    page_has(&lines.collect::<String>());

    let mut note = notes[6].clone();
    Cosignature::make(&mut note, &witness, 1_764_000_000).unwrap();
    page_has(&note.to_string());

    let nodes = TileNodes::new(&files, 7);
    let path = Inclusion::make(2, 7, &nodes).unwrap().path;
    page_has(&ProofFile { extra: vec![2; 32], index: 2, path, checkpoint: note }.to_string());
    let consistency = Consistency::make(3, 7, &nodes).unwrap();
    page_has(
        &consistency.path.iter().map(|hash| format!("{}\n", hex(&hash.0))).collect::<String>(),
    );
    consistency.verify(roots[3], roots[7]).unwrap();
}
