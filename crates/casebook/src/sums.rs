//! The bytes of the store as it was closed: a hash of each block, so that a change of any byte is
//! found, also of one that holds nothing, and told to the block.
//!
//! `case.sums` is there from the closing of a case to the next opening to write, which removes it
//! before anything else. A crash leaves none; what the store holds is then verified, its bytes are
//! not.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use onrecord_record::Sha256;

use crate::error::Error;
use crate::files;
use crate::system::System;

const HEAD: &str = "onrecord-sums/v1";
/// The bytes of a block.
const BLOCK: u64 = 1 << 16;

/// Keeps the sums of a file.
pub(crate) fn keep(system: &System, of: &Path, sums: &Path) -> Result<(), Error> {
    files::put(system, sums, text(of)?.as_bytes())
}

/// The sums of a file: a line that tells its length, a line for each block, a line over those above.
fn text(of: &Path) -> Result<String, Error> {
    let refuse = || Error::file(of, "cannot be read");
    let mut file = File::open(of).map_err(refuse())?;
    let (mut lines, mut length) = (String::new(), 0);
    loop {
        let mut block = Vec::new();
        file.by_ref().take(BLOCK).read_to_end(&mut block).map_err(refuse())?;
        if block.is_empty() {
            break;
        }
        length += block.len() as u64;
        lines.push_str(&format!("{}\n", Sha256::of(&block).hex()));
    }
    let above = format!("{HEAD} {BLOCK} {length}\n{lines}");
    let over = Sha256::of(above.as_bytes()).hex();
    Ok(format!("{above}{over}\n"))
}

/// What is not as it was when the sums of a file were kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Differs {
    /// These bytes of the file.
    File(Range<u64>),
    /// The sums: nothing can be held against them.
    Sums,
}

/// Holds a file against its sums; `None` where no sums were kept.
pub(crate) fn verify(of: &Path, sums: &Path) -> Result<Option<Vec<Differs>>, Error> {
    let Some(kept) = files::read(sums)? else { return Ok(None) };
    let found = text(of)?;
    let Some(kept) = whole(&kept) else { return Ok(Some(vec![Differs::Sums])) };
    let (kept, found): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), found.lines().collect());
    // The last line is over the others.
    let blocks = (kept.len().max(found.len())).saturating_sub(1);
    let differs = (1..blocks).filter(|at| kept.get(*at) != found.get(*at));
    let bytes = differs.map(|at| {
        let start = (at as u64 - 1) * BLOCK;
        Differs::File(start..start + BLOCK)
    });
    Ok(Some(bytes.collect()))
}

/// Sums whose last line fits the others.
fn whole(sums: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(sums).ok()?;
    let (above, over) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    (Sha256::of(format!("{above}\n").as_bytes()).hex() == over).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_the_file_or_its_sums_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let (of, sums) = (folder.path().join("a"), folder.path().join("a.sums"));
        let bytes = vec![7; usize::try_from(BLOCK).unwrap() + 10];
        std::fs::write(&of, &bytes).unwrap();
        assert_eq!(verify(&of, &sums).unwrap(), None);
        keep(&System::real(), &of, &sums).unwrap();
        assert_eq!(verify(&of, &sums).unwrap(), Some(vec![]));
        for (at, block) in [(0, 0), (BLOCK - 1, 0), (BLOCK, 1), (BLOCK + 9, 1)] {
            let mut changed = bytes.clone();
            changed[usize::try_from(at).unwrap()] ^= 1;
            std::fs::write(&of, changed).unwrap();
            let expected = Differs::File(block * BLOCK..(block + 1) * BLOCK);
            assert_eq!(verify(&of, &sums).unwrap(), Some(vec![expected]), "{at}");
        }
        std::fs::write(&of, &bytes[..5]).unwrap();
        assert!(!verify(&of, &sums).unwrap().unwrap().is_empty());
        std::fs::write(&of, &bytes).unwrap();
        let kept = std::fs::read(&sums).unwrap();
        for at in 0..kept.len() {
            let mut changed = kept.clone();
            changed[at] ^= 1;
            std::fs::write(&sums, changed).unwrap();
            assert_eq!(verify(&of, &sums).unwrap(), Some(vec![Differs::Sums]), "{at}");
        }
    }
}
