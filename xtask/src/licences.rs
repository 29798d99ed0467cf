//! Licences: what every package in the lock file may be used under.

use std::process::Command;

use serde_json::Value;

use crate::Outcome;
use crate::gate::Note;
use crate::repository::{Repository, cargo};

/// Licences, by SPDX name, that ask no more than to be named.
const FREE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Licences that ask for more, and why they are taken all the same.
const TAKEN: &[(&str, &str)] =
    &[("MPL-2.0", "asks that changes to its own files be published; ours change none of them")];

/// The step. It also refuses a lock file that does not fit the manifests.
pub(crate) fn run(repository: &Repository) -> Outcome<Note> {
    let output = Command::new(cargo())
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(&repository.root)
        .output()
        .map_err(|e| format!("cargo does not start: {e}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|e| e.to_string())?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let unfree: Vec<String> = packages.iter().filter_map(unfree).collect();
    if unfree.is_empty() {
        Ok(Note::Passed(format!("{} packages", packages.len())))
    } else {
        Err(unfree.join("\n"))
    }
}

fn unfree(package: &Value) -> Option<String> {
    let licence = package["license"].as_str().unwrap_or("none");
    (!is_free(licence)).then(|| format!("{} is under {licence}", package["name"]))
}

/// Whether an SPDX expression lets its package be used here. Brackets are read as what they are
/// nearly always for: one choice among several that all must hold.
fn is_free(licence: &str) -> bool {
    let one = |name: &str| {
        let name = name.split(" WITH ").next().unwrap_or_default().trim_matches(['(', ')', ' ']);
        FREE.contains(&name) || TAKEN.iter().any(|(taken, _)| *taken == name)
    };
    let choice = |names: &str| names.replace('/', " OR ").split(" OR ").any(one);
    if licence.contains('(') {
        licence.split(" AND ").all(choice)
    } else {
        licence.replace('/', " OR ").split(" OR ").any(|all| all.split(" AND ").all(one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_and_conditions_are_told_apart() {
        for free in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Zlib"] {
            assert!(is_free(free), "{free}");
        }
        for unfree in ["none", "GPL-3.0-only", "MIT AND AGPL-3.0", "(MIT OR ISC) AND GPL-2.0"] {
            assert!(!is_free(unfree), "{unfree}");
        }
    }
}
