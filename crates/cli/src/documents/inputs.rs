//! The originals that the arguments name, in the order in which they are read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Endings of the files that a folder is searched for; files without an ending are read too. A
/// file that is named itself is read whatever its ending.
const READ: [&str; 11] =
    ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "pdf"];

/// One original to read, or the reason why a path gives none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A path that gives nothing to read.
    None(Failure),
}

/// What the arguments name.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// The originals: arguments in the order given, the files of a folder sorted by path.
    pub(crate) list: Vec<Input>,
    /// One line for each folder in which files were passed over.
    pub(crate) skipped: Vec<String>,
}

/// Finds the originals. `output` is passed over in folders: it is a result, no original.
pub(crate) fn find(paths: &[PathBuf], output: Option<&Path>) -> Inputs {
    let output = output.and_then(|path| fs::canonicalize(path).ok());
    let mut inputs = Inputs::default();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.list.push(Input::Stdin);
            continue;
        }
        match fs::metadata(path) {
            Err(error) => inputs.list.push(Input::None(Failure::of_io(path, &error))),
            Ok(found) if found.is_dir() => folder(path, output.as_deref(), &mut inputs),
            Ok(_) => inputs.list.push(Input::File(path.clone())),
        }
    }
    inputs
}

/// The documents of a folder and of the folders in it. Names that begin with a dot and links to
/// folders are passed over, so that a walk ends and meets no folder twice.
fn folder(root: &Path, output: Option<&Path>, inputs: &mut Inputs) {
    let mut found = Vec::new();
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                found.push((folder.clone(), Input::None(Failure::of_io(&folder, &error))));
                continue;
            }
        };
        for entry in entries {
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            match fs::metadata(&path) {
                Err(error) => {
                    let failure = Failure::of_io(&path, &error);
                    found.push((path, Input::None(failure)));
                }
                Ok(target) if target.is_file() && !is(&path, output) => match ending(&path) {
                    Some(ending) if !is_known(&path) => {
                        *skipped.entry(format!(".{ending}")).or_default() += 1;
                    }
                    _ => found.push((path.clone(), Input::File(path))),
                },
                Ok(_) => {}
            }
        }
    }
    let name = root.display().to_string();
    if found.is_empty() {
        let says = "is a folder without documents (text, HTML, JSON Lines): name another, or the \
                    files themselves";
        let failure = Failure::new(&name, "no-documents", says);
        found.push((root.to_owned(), Input::None(failure)));
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    inputs.list.extend(found.into_iter().map(|(_, input)| input));
    if let Some(line) = told(&name, &skipped) {
        inputs.skipped.push(line);
    }
}

fn is(path: &Path, output: Option<&Path>) -> bool {
    output.is_some_and(|output| fs::canonicalize(path).is_ok_and(|path| path == output))
}

/// Whether a file is of a kind that is read, by its ending.
pub(crate) fn is_known(path: &Path) -> bool {
    ending(path).is_some_and(|ending| READ.contains(&ending.as_str()))
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_string_lossy().to_lowercase())
}

/// One line on the files that were passed over, the most frequent ending first.
fn told(name: &str, skipped: &BTreeMap<String, usize>) -> Option<String> {
    let all: usize = skipped.values().sum();
    let mut endings: Vec<_> = skipped.iter().collect();
    endings.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let mut list: Vec<String> =
        endings.iter().take(4).map(|(ending, count)| format!("{ending} {count}")).collect();
    if endings.len() > list.len() {
        list.push("…".to_owned());
    }
    let files = if all == 1 { "file" } else { "files" };
    let list = list.join(", ");
    (all > 0).then(|| {
        format!(
            "{name}: passed over {all} {files} of other kinds ({list}): to read one, name it itself"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(inputs: &Inputs, root: &Path) -> Vec<String> {
        let name = |input: &Input| match input {
            Input::Stdin => "-".to_owned(),
            Input::File(path) => path.strip_prefix(root).unwrap().display().to_string(),
            Input::None(failure) => failure.kind.clone(),
        };
        inputs.list.iter().map(name).collect()
    }

    #[test]
    fn a_folder_is_walked_in_order_without_hidden_files_and_other_kinds() {
        let root = tempfile::tempdir().unwrap();
        for name in
            ["b.txt", "a/z.html", "a/y.TXT", ".hidden.txt", "c.png", "d.png", "e", "out.json"]
        {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words").unwrap();
        }
        let output = root.path().join("out.json");
        let inputs = find(&[root.path().to_owned()], Some(&output));
        assert_eq!(names(&inputs, root.path()), ["a/y.TXT", "a/z.html", "b.txt", "e"]);
        assert_eq!(inputs.skipped.len(), 1);
        assert!(inputs.skipped[0].contains("passed over 2 files of other kinds (.png 2)"));
    }

    #[test]
    fn a_folder_without_documents_is_named() {
        let root = tempfile::tempdir().unwrap();
        let inputs = find(&[root.path().to_owned(), root.path().join("gone")], None);
        assert_eq!(names(&inputs, root.path()), ["no-documents", "missing"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_walk_through_links_that_run_in_a_circle_ends() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "words").unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("again")).unwrap();
        std::os::unix::fs::symlink(root.path().join("a.txt"), root.path().join("b.txt")).unwrap();
        std::os::unix::fs::symlink("nowhere.txt", root.path().join("c.txt")).unwrap();
        let inputs = find(&[root.path().to_owned()], None);
        assert_eq!(names(&inputs, root.path()), ["a.txt", "b.txt", "missing"]);
    }
}
