//! The file of recorded measures.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where the recorded measures are.
pub const MEASURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/measures.toml");

const HEAD: &str = "\
# The measures that were last recorded, in percent, of development parts alone: test parts are kept
# back. Written by `--record` of `onrecord-scoring polnear`, `onrecord-scoring ud` and `cargo xtask
# score times`.
";

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What it is called; no other of the same part is called so.
    pub name: String,
    /// Its value, in percent.
    pub value: f64,
}

/// The measures that were last recorded, by the part of a corpus and their name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    parts: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Why recorded measures are not to be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum MeasuresError {
    /// The file cannot be read.
    #[error("{}: {cause}; it belongs to the checkout, take it from there", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The file is no TOML of parts and measures.
    #[error("{}: {cause}; take the checkout's, or write it anew with --record", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The file cannot be written.
    #[error("{}: {cause}; nothing was recorded", path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

impl Recorded {
    /// The measures of a file.
    ///
    /// # Errors
    /// Where it cannot be read, or is no TOML of parts and measures.
    pub fn read(path: &Path) -> Result<Self, MeasuresError> {
        let text = fs::read_to_string(path)
            .map_err(|cause| MeasuresError::Unreadable { path: path.to_owned(), cause })?;
        let malformed = |e: toml::de::Error| {
            let cause = e.message().replace('\n', " ");
            MeasuresError::Malformed { path: path.to_owned(), cause }
        };
        Ok(Self { parts: toml::from_str(&text).map_err(malformed)? })
    }

    /// Writes the measures to a file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), MeasuresError> {
        fs::write(path, self.to_toml())
            .map_err(|cause| MeasuresError::NotWritten { path: path.to_owned(), cause })
    }

    /// Puts the measures of a part in the place of those that it had.
    pub fn put(&mut self, part: &str, measures: &[Measure]) {
        let rounded = measures.iter().map(|m| (m.name.clone(), rounded(m.value)));
        self.parts.insert(part.to_owned(), rounded.collect());
    }

    /// A table of measures beside those that were recorded of the same part: a line each with its
    /// value, the recorded one and the difference. Equal ones show none.
    #[must_use]
    pub fn table(&self, part: &str, measures: &[Measure]) -> String {
        let old = self.parts.get(part);
        let mut table = format!("{part:<38} {:>7} {:>9} {:>11}\n", "now", "recorded", "difference");
        for Measure { name, value } in measures {
            let value = rounded(*value);
            let row = match old.and_then(|old| old.get(name)) {
                Some(old) if rounded(value - old) == 0.0 => format!("{old:>9.2}"),
                Some(old) => format!("{old:>9.2} {:>+11.2}", value - old),
                None => format!("{:>9}", "–"),
            };
            // Writing to a string never fails.
            let _ = writeln!(table, "  {name:<36} {value:>7.2} {row}");
        }
        table
    }

    fn to_toml(&self) -> String {
        let mut text = HEAD.to_owned();
        for (part, measures) in &self.parts {
            let _ = writeln!(text, "\n[{part:?}]");
            for (name, value) in measures {
                let _ = writeln!(text, "{name:?} = {value:.2}");
            }
        }
        text
    }
}

/// A value as the file keeps it.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(values: &[(&str, f64)]) -> Vec<Measure> {
        values.iter().map(|(name, value)| Measure { name: (*name).into(), value: *value }).collect()
    }

    #[test]
    fn what_is_written_reads_back_and_other_parts_stay() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("measures.toml");
        let mut recorded = Recorded::default();
        recorded.put("ud a-dev+b-dev", &measures(&[("own words LAS", 82.9951), ("x", 0.0)]));
        recorded.put("polnear dev", &measures(&[("overlap F1", 75.0)]));
        recorded.write(&path).unwrap();
        let mut read = Recorded::read(&path).unwrap();
        assert_eq!(read, recorded);
        read.put("polnear dev", &measures(&[("strict F1", 52.0)]));
        assert!(!read.to_toml().contains("overlap"), "old measures of the part go");
        assert!(read.to_toml().contains("\"own words LAS\" = 83.00"), "{}", read.to_toml());
    }

    #[test]
    fn a_table_tells_what_changed() {
        let mut recorded = Recorded::default();
        recorded.put("p", &measures(&[("same", 50.004), ("up", 50.0), ("down", 50.0)]));
        let now = measures(&[("same", 50.0), ("up", 51.25), ("down", 49.0), ("new", 1.0)]);
        let table = recorded.table("p", &now);
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[0], ["same", "50.00", "50.00"]);
        assert_eq!(rows[1], ["up", "51.25", "50.00", "+1.25"]);
        assert_eq!(rows[2], ["down", "49.00", "50.00", "-1.00"]);
        assert_eq!(rows[3], ["new", "1.00", "–"]);
    }

    #[test]
    fn a_missing_file_and_a_broken_one_are_told_apart() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("measures.toml");
        assert!(matches!(Recorded::read(&path), Err(MeasuresError::Unreadable { .. })));
        fs::write(&path, "[part]\nname = \"high\"\n").unwrap();
        let error = Recorded::read(&path).unwrap_err();
        assert!(matches!(error, MeasuresError::Malformed { .. }));
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }

    #[test]
    fn the_file_that_ships_reads() {
        let recorded = Recorded::read(Path::new(MEASURES)).unwrap();
        assert_eq!(fs::read_to_string(MEASURES).unwrap(), recorded.to_toml());
    }
}
