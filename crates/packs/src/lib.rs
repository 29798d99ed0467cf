//! The language packs that ship with Onrecord: a folder of TOML files a language, embedded whole,
//! and the weights of their engines; and the law that ships beside them.
//!
//! A pack is data only. Each crate that reads a part of it compiles that part itself and names the
//! file and place of what it cannot compile. Two things are shared: the manifest and the calendar.

mod law;

use std::fmt;

pub use law::{Instrument, Law, Taxon};
use serde::Deserialize;
use serde::de::DeserializeOwned;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A pack whose manifest was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// What the pack says of itself.
    pub manifest: Manifest,
    folder: &'static str,
}

/// The weights of a language's engine, as they ship in `models/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// The file: safetensors.
    pub weights: &'static [u8],
    /// The file's SHA-256 in lower-case hexadecimal.
    pub sha256: &'static str,
}

/// What a pack says of itself: `pack.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The language, BCP 47.
    pub language: String,
    /// The language's name in that language.
    pub name: String,
    /// The pack's version: counts up whenever a record may come out otherwise.
    pub version: u32,
    /// Words so frequent that a text of any length in the language holds many of them, in lower
    /// case. They tell the language of texts too short for statistics.
    pub frequent: Vec<String>,
}

/// The names of months and weekdays: `calendar.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// January to December, each with every way it is written, in lower case without a full stop.
    pub months: [Vec<String>; 12],
    /// Monday to Sunday, likewise.
    pub weekdays: [Vec<String>; 7],
}

/// A file of a pack that is missing or cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pack file {file}: {cause}")]
pub struct PackError {
    /// The file, from `packs/`.
    pub file: String,
    /// What is wrong, with the line or the rule.
    pub cause: String,
}

impl PackError {
    /// An error of `file`, a path from `packs/`.
    #[must_use]
    pub fn new(file: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self { file: file.into(), cause: cause.to_string() }
    }
}

impl Pack {
    /// The pack of a BCP 47 language tag, its primary subtag compared; `None` where none ships.
    ///
    /// # Errors
    /// Where the manifest cannot be read.
    pub fn find(language: &str) -> Result<Option<Self>, PackError> {
        let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        Ok(Self::all()?.into_iter().find(|pack| pack.manifest.language == primary))
    }

    /// Every pack that ships, by folder name.
    ///
    /// # Errors
    /// Where a manifest cannot be read.
    pub fn all() -> Result<Vec<Self>, PackError> {
        let folders = FILES.iter().filter_map(|(path, _)| path.strip_suffix("/pack.toml"));
        folders
            .map(|folder| Ok(Self { manifest: parse(&format!("{folder}/pack.toml"))?, folder }))
            .collect()
    }

    /// The pack's name and version, such as `en@1`.
    #[must_use]
    pub fn tag(&self) -> String {
        format!("{}@{}", self.manifest.language, self.manifest.version)
    }

    /// The weights of the language's engine; `None` where none ship.
    #[must_use]
    pub fn model(&self) -> Option<Model> {
        MODELS.iter().find(|(name, _)| *name == self.folder).map(|(_, model)| *model)
    }

    /// A file of the pack, by its path in the pack's folder, as a value.
    ///
    /// # Errors
    /// Where it is missing, is no TOML or holds other fields than `T` knows.
    pub fn file<T: DeserializeOwned>(&self, path: &str) -> Result<T, PackError> {
        parse(&self.path(path))
    }

    /// The paths, from `packs/`, of the pack's files in a folder of it, in order.
    pub fn files_in(&self, folder: &str) -> impl Iterator<Item = &'static str> {
        let prefix = format!("{}/{folder}/", self.folder);
        FILES.iter().map(|(path, _)| *path).filter(move |path| path.starts_with(&prefix))
    }

    /// The path from `packs/` of a file of this pack, for messages.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }

    /// The names of the months and weekdays.
    ///
    /// # Errors
    /// Where `calendar.toml` is missing or has another shape.
    pub fn calendar(&self) -> Result<Calendar, PackError> {
        self.file("calendar.toml")
    }
}

/// A pack's file, by its path from `packs/`, as a value.
///
/// # Errors
/// Where it is missing, is no TOML or holds other fields than `T` knows.
pub fn parse<T: DeserializeOwned>(path: &str) -> Result<T, PackError> {
    let found = FILES.iter().find(|(name, _)| *name == path);
    let (_, text) = found.ok_or_else(|| PackError::new(path, "the pack has no such file"))?;
    toml::from_str(text).map_err(|e| PackError::new(path, e.to_string().trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_has_a_manifest_and_a_whole_calendar() {
        let packs = Pack::all().unwrap();
        assert!(packs.iter().any(|pack| pack.manifest.language == "en"));
        for pack in packs {
            let calendar = pack.calendar().unwrap();
            assert!(calendar.months.iter().chain(&calendar.weekdays).all(|ways| !ways.is_empty()));
            assert!(!pack.manifest.frequent.is_empty());
        }
    }

    #[test]
    fn a_language_without_a_folder_has_no_pack() {
        assert_eq!(Pack::find("tlh").unwrap(), None);
        assert_eq!(Pack::find("en-GB").unwrap().map(|p| p.tag()), Some("en@5".to_owned()));
    }

    #[test]
    fn an_error_names_the_file() {
        let error = parse::<Calendar>("en/none.toml").unwrap_err();
        assert_eq!(error.to_string(), "pack file en/none.toml: the pack has no such file");
    }
}
