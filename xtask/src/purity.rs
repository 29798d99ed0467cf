//! Purity: inner crates keep the root's clippy.toml, and it bites.

use crate::map::Room;
use crate::repository::File;

/// Every place where an inner crate slips out of the root's rules: a clippy.toml of its own
/// replaces them, an `allow` sets them aside. Build scripts run outside and may.
pub(crate) fn faults(rooms: &[Room], files: &[File]) -> Vec<String> {
    let mut wrong = Vec::new();
    for room in rooms.iter().filter(|room| room.is_inner()) {
        let inside = |file: &&File| {
            file.path.strip_prefix(&room.folder).is_some_and(|rest| rest.starts_with('/'))
        };
        for file in files.iter().filter(inside) {
            if file.path.ends_with("/clippy.toml") {
                wrong.push(format!("{}: an inner crate keeps the root's rules", file.path));
            }
            if file.is_rust()
                && file.path.contains("/src/")
                && file.text.contains("clippy::disallowed_")
            {
                wrong.push(format!("{}: an inner crate sets no purity rule aside", file.path));
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use super::*;
    use crate::map;

    #[test]
    fn slipping_out_of_the_rules_is_found() {
        let page = include_str!("../../docs/architecture.md");
        let rooms = map::rooms(page).unwrap();
        let file = |path: &str, text: &str| File { path: path.into(), text: text.into() };
        let wrong = faults(
            &rooms,
            &[
                file("crates/record/clippy.toml", ""),
                file("crates/record/src/a.rs", "#![allow(clippy::disallowed_types)]"),
                file("crates/record/build.rs", "#![allow(clippy::disallowed_methods)]"),
                file("crates/cli/clippy.toml", ""),
            ],
        );
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }

    /// Clippy under the root's clippy.toml on a made-up source: what it says.
    fn clippy(source: &str) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("impure.rs");
        std::fs::write(&file, source).unwrap();
        let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap().stdout;
        let sysroot = String::from_utf8(sysroot).unwrap();
        let output = Command::new(Path::new(sysroot.trim()).join("bin/clippy-driver"))
            .env("CLIPPY_CONF_DIR", root)
            .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "-o"])
            .arg(folder.path().join("impure.rmeta"))
            .arg(&file)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    #[test]
    fn the_roots_rules_refuse_files_clocks_threads_and_unordered_maps() {
        for (impure, reason) in [
            ("pub fn f() -> Option<Vec<u8>> { std::fs::read(\"a\").ok() }", "do no I/O"),
            ("pub fn f() -> Option<std::time::Instant> { None }", "know no clock"),
            ("pub fn f() { std::thread::spawn(|| ()); }", "start no thread"),
            ("pub fn f() -> Option<String> { std::env::var(\"A\").ok() }", "know no environment"),
            ("pub type F = std::collections::HashMap<u8, u8>;", "use BTreeMap"),
        ] {
            let says = clippy(impure);
            assert!(says.contains(reason), "{impure}\n{says}");
        }
        assert_eq!(clippy("pub fn f() -> u8 { 1 }"), "");
    }
}
