//! The house rules as code: each rule takes files and gives what breaks it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::gate::Note;
use crate::repository::{File, Repository};
use crate::{Outcome, english};

/// A file above this many lines of code says why in its first line, behind [`LONG`].
const LINES_AT_MOST: usize = 600;
/// A file above this is named in the note.
const LINES_NOTED: usize = 400;
const LONG: &str = "// Long: ";

/// One place that breaks a rule.
type Fault = String;

/// The step.
pub(crate) fn run(repository: &Repository) -> Outcome<Note> {
    let files = repository.files()?;
    let mut faults: Vec<Fault> = Vec::new();
    for rule in [unfinished, long, ragged, traces] {
        faults.extend(files.iter().flat_map(rule));
    }
    faults.extend(files.iter().flat_map(|file| dead_links(file, &repository.root)));
    faults.extend(missing_licences(&files));
    faults.extend(unexplained(&files));
    faults.extend(english::faults(&files)?);
    if faults.is_empty() {
        let noted: Vec<String> = files.iter().filter_map(noted).collect();
        let long = if noted.is_empty() { "none long".into() } else { noted.join(", ") };
        Ok(Note::Passed(format!("{} files, {long}", files.len())))
    } else {
        Err(faults.join("\n"))
    }
}

/// The lines that break a rule, each with its place.
fn lines(file: &File, says: &str, breaks: impl Fn(&str) -> bool) -> Vec<Fault> {
    let numbered = file.text.lines().zip(1..).filter(|(line, _)| breaks(line));
    numbered.map(|(_, number)| format!("{}:{number}: {says}", file.path)).collect()
}

/// Work left undone has an issue, not a mark in the code.
fn unfinished(file: &File) -> Vec<Fault> {
    if file.path.starts_with("docs/") {
        return Vec::new();
    }
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    lines(file, "a mark of unfinished work", |line| {
        line.split(|c: char| !c.is_alphanumeric()).any(|word| marks.contains(&word))
    })
}

fn lines_of_code(file: &File) -> usize {
    let code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    if file.is_rust() { file.text.lines().filter(code).count() } else { 0 }
}

fn long(file: &File) -> Vec<Fault> {
    let code = lines_of_code(file);
    if code <= LINES_AT_MOST || file.text.starts_with(LONG) {
        return Vec::new();
    }
    let at_most = format!("more than {LINES_AT_MOST}: split it, or begin it with `{LONG}reason`");
    vec![format!("{}: {code} lines of code, {at_most}", file.path)]
}

fn noted(file: &File) -> Option<String> {
    let code = lines_of_code(file);
    (code > LINES_NOTED).then(|| format!("{} has {code} lines of code", file.path))
}

/// White space that nobody sees. Seeds of the fuzzers are what they are.
fn ragged(file: &File) -> Vec<Fault> {
    if file.path.starts_with("fuzz/seeds/") {
        return Vec::new();
    }
    let mut found =
        lines(file, "white space at the end of the line", |line| line.ends_with([' ', '\t', '\r']));
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        found.push(format!("{}: no newline at the end of the file", file.path));
    }
    found
}

/// What a machine leaves behind: absolute paths of its folders, hosts of package registries, lines
/// of a commit tool. Cargo writes its registry into the lock file itself.
fn traces(file: &File) -> Vec<Fault> {
    if file.path.ends_with("Cargo.lock") {
        return Vec::new();
    }
    let folders = ["root", "home", "Users", "tmp", "work", "mnt"];
    let hosts = ["crates.io", "pypi.org", "npmjs.org", "npmjs.com", "debian.org"];
    let author_line = concat!("co-auth", "ored-by");
    let mut found = lines(file, "a path of somebody's machine", |line| {
        folders.iter().any(|folder| has_path(line, folder))
    });
    found.extend(lines(file, "a package registry's host", |line| {
        hosts.iter().any(|host| has_host(line, host))
    }));
    found.extend(lines(file, "a commit tool's line", |line| {
        line.to_lowercase().contains(author_line)
    }));
    found
}

/// Whether a line holds the absolute path of a folder of the root.
fn has_path(line: &str, folder: &str) -> bool {
    let path = format!("/{folder}/");
    line.match_indices(&path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-}~/*".contains(c))
    })
}

/// Whether a line holds an address on a host or on a host below it.
fn has_host(line: &str, host: &str) -> bool {
    line.match_indices(host).any(|(at, _)| {
        let address = line[..at].rsplit([' ', '"', '(', '<']).next().unwrap_or_default();
        address.contains("://")
    })
}

/// Links of our pages that lead to no file.
fn dead_links(file: &File, root: &Path) -> Vec<Fault> {
    if !file.path.ends_with(".md") {
        return Vec::new();
    }
    let folder = root.join(&file.path);
    let folder = folder.parent().unwrap_or(root);
    let targets = file.text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let dead = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    let dead = dead.filter(|target| {
        let path = target.split('#').next().unwrap_or_default();
        !folder.join(path).exists()
    });
    dead.map(|target| format!("{}: the link to {target} leads nowhere", file.path)).collect()
}

fn missing_licences(files: &[File]) -> Vec<Fault> {
    let there = |name: &&str| files.iter().any(|file| file.path == **name);
    let missing = ["LICENSE-MIT", "LICENSE-APACHE"].into_iter().filter(|name| !there(name));
    missing.map(|name| format!("{name} is missing")).collect()
}

/// Files of the English pack that the guide to packs does not name, and names without a file.
fn unexplained(files: &[File]) -> Vec<Fault> {
    const GUIDE: &str = "docs/packs.md";
    let guide = files.iter().find(|file| file.path == GUIDE);
    let rows = guide.map_or("", |file| file.text.as_str()).lines();
    let named = |row: &str| Some(row.strip_prefix("| `")?.split_once(".toml` |")?.0.to_owned());
    let named: BTreeSet<String> = rows.filter_map(named).collect();
    let there = |file: &File| {
        file.path.strip_prefix("packs/en/")?.strip_suffix(".toml").map(ToOwned::to_owned)
    };
    let there: BTreeSet<String> = files.iter().filter_map(there).collect();
    let says = |name: &String| format!("{GUIDE} and packs/en/ part on {name}.toml");
    named.symmetric_difference(&there).map(says).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), text: text.into() }
    }

    #[test]
    fn marks_of_unfinished_work_are_found_outside_docs() {
        let text = format!("a\n// {}: later\n", concat!("TO", "DO"));
        assert_eq!(unfinished(&file("a.rs", &text)), ["a.rs:2: a mark of unfinished work"]);
        assert!(unfinished(&file("docs/a.md", &text)).is_empty());
        assert!(unfinished(&file("a.rs", "let mastodon = 1;\n")).is_empty());
    }

    #[test]
    fn a_long_file_needs_a_reason() {
        let code = "let a = 1;\n// a comment\n\n".repeat(601);
        assert_eq!(long(&file("a.rs", &code)).len(), 1);
        assert!(long(&file("a.rs", &format!("{LONG}one table\n{code}"))).is_empty());
        assert!(long(&file("a.rs", &"// a comment\n".repeat(999))).is_empty());
        assert!(noted(&file("a.rs", &code)).is_some());
    }

    #[test]
    fn unseen_white_space_is_found() {
        assert_eq!(ragged(&file("a.md", "a \nb\t\nc")).len(), 3);
        assert!(ragged(&file("fuzz/seeds/text/a", "a \nb")).is_empty());
        assert!(ragged(&file("a.md", "a\n")).is_empty());
    }

    #[test]
    fn traces_of_a_machine_are_found() {
        let home = format!("see {}home/me/a.txt\n", '/');
        assert_eq!(traces(&file("a.md", &home)), ["a.md:1: a path of somebody's machine"]);
        assert!(traces(&file("a.md", "see https://a.example/home/me and a/work/b\n")).is_empty());
        let host = format!("get https://static.{}/a\n", "crates.io");
        assert_eq!(traces(&file("a.md", &host)), ["a.md:1: a package registry's host"]);
        assert!(traces(&file("Cargo.lock", &host)).is_empty());
        let line = format!("{}: me\n", concat!("Co-Auth", "ored-By"));
        assert_eq!(traces(&file("a.md", &line)), ["a.md:1: a commit tool's line"]);
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let page = file("a.md", "[here](Cargo.toml) [gone](none.md#a) [out](https://a.example)");
        assert_eq!(dead_links(&page, root), ["a.md: the link to none.md#a leads nowhere"]);
    }

    #[test]
    fn a_missing_licence_is_found() {
        assert_eq!(missing_licences(&[file("LICENSE-MIT", "")]), ["LICENSE-APACHE is missing"]);
    }

    #[test]
    fn a_guide_that_names_other_files_than_there_are_is_found() {
        let guide = file("docs/packs.md", "| `pack.toml` | a |\n| `gone.toml` | b |\n");
        let pack = [guide, file("packs/en/pack.toml", ""), file("packs/en/a/new.toml", "")];
        let says = |name| format!("docs/packs.md and packs/en/ part on {name}.toml");
        assert_eq!(unexplained(&pack), [says("a/new"), says("gone")]);
    }
}
