//! `onrecord case`: what people get of it, in good and in bad luck.

use std::fs;

use crate::{Folder, STORY, done, example, program, run, run_with};

/// A case with the stories of the examples in it.
fn case() -> (Folder, String) {
    let folder = Folder::with(&[]);
    let case = folder.name("case");
    assert_eq!(done(&["case", "new", &case]).says, "");
    done(&["case", "add", &case, &example("clinic.txt"), &example("briefs.jsonl")]);
    (folder, case)
}

fn refused(arguments: &[&str], code: i32, words: &[&str]) {
    let run = run(arguments);
    assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.says);
    assert_eq!(run.says.lines().count(), 1, "{}", run.says);
    for words in words {
        assert!(run.says.contains(words), "no {words:?} in {}", run.says);
    }
}

#[test]
fn what_was_added_is_listed_shown_and_not_added_again() {
    let (_folder, case) = case();
    let clinic = example("clinic.txt");
    let again = done(&["case", "add", &case, &clinic]);
    assert_eq!(again.text(), "0 documents added, 1 known already\n");
    let listed = done(&["case", "list", &case, "-f", "json"]);
    let rows: Vec<serde_json::Value> =
        listed.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["id"], "d1");
    assert_eq!(rows[0]["name"], clinic);
    let shown = done(&["case", "show", &case, "d1", "-f", "json"]).json();
    let read = done(&["read", &clinic, "-f", "json"]).json();
    assert_eq!(shown, read);
    let original = done(&["case", "show", &case, &clinic, "--original"]);
    assert_eq!(original.out, fs::read(&clinic).unwrap());
    let status = done(&["case", "status", &case, "-f", "json"]).json();
    assert_eq!(status["documents"], 4);
    assert_eq!(status["acts"], status["ledger"]);
}

#[test]
fn an_original_that_cannot_be_read_is_kept_and_named() {
    let (folder, case) = case();
    fs::write(folder.path("photo.jpg"), b"\xFF\xD8\xFF\xE0\0\x10JFIF").unwrap();
    refused(&["case", "add", &case, &folder.name("photo.jpg")], 1, &["JPEG", "original is kept"]);
    let listed = done(&["case", "list", &case]);
    assert!(listed.text().contains("not read:"), "{}", listed.text());
    let original = done(&["case", "show", &case, "d5", "--original"]);
    assert!(original.out.starts_with(b"\xFF\xD8"));
}

#[test]
fn standard_input_is_taken_and_who_acts_is_told() {
    let (_folder, case) = case();
    let mut command = program();
    command.args(["case", "add", &case, "-"]).env("ONRECORD_BY", "Desk of the harbour case");
    let added = run_with(&mut command, STORY);
    assert_eq!(added.text(), "1 document added\n", "{}", added.says);
    let history = done(&["case", "show", &case, "d5", "--history"]);
    assert!(history.text().contains("Desk of the harbour case"), "{}", history.text());
}

#[test]
fn a_removed_document_says_why() {
    let (_folder, case) = case();
    refused(&["case", "remove", &case, "d1", "--reason", " "], 2, &["--reason", "is empty"]);
    done(&["case", "remove", &case, "d1", "--reason", "asked for by the source"]);
    refused(&["case", "show", &case, "d1"], 1, &["d1", "asked for by the source"]);
    let again = done(&["case", "add", &case, &example("clinic.txt")]);
    assert!(again.text().contains("1 removed earlier"), "{}", again.text());
    done(&["case", "check", &case]);
}

#[test]
fn a_changed_original_is_found_and_not_shown_as_it_was() {
    let (_folder, case) = case();
    let listed = done(&["case", "list", &case, "-f", "json"]);
    let row: serde_json::Value =
        serde_json::from_str(listed.text().lines().next().unwrap()).unwrap();
    let hex = row["document"].as_str().unwrap().strip_prefix("sha256:").unwrap().to_owned();
    let file = std::path::Path::new(&case).join("originals").join(&hex[..2]).join(&hex[2..]);
    let mut bytes = fs::read(&file).unwrap();
    bytes[10] ^= 1;
    fs::write(&file, bytes).unwrap();
    let checked = run(&["case", "check", &case]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.says.contains(&hex[2..]) && checked.says.contains("the original of d1"));
    refused(&["case", "show", &case, "d1", "--original"], 1, &["damaged", "restore"]);
}

#[test]
fn what_is_no_case_is_told_in_one_line() {
    let (folder, case) = case();
    let nowhere = folder.name("nowhere");
    refused(&["case", "list", &nowhere], 2, &["is no case", "onrecord case new"]);
    refused(&["case", "new", &case], 2, &["is not empty"]);
    refused(&["case", "show", &case, "d99"], 2, &["d99", "onrecord case list"]);
    refused(&["case", "add", &case, "-", "-"], 2, &["once"]);
    let manifest = std::path::Path::new(&case).join("case.toml");
    fs::write(manifest, "format = 7\n").unwrap();
    refused(&["case", "list", &case], 1, &["format 7", "newer onrecord"]);
}

/// Runs the program as somebody who may read a folder and not write into it. Root may write
/// anywhere: where the tests run as root, the program runs as another user.
#[cfg(unix)]
#[test]
fn a_case_in_a_folder_that_cannot_be_written_is_read_and_not_changed() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;

    let (folder, case) = case();
    let own = folder.path("onrecord");
    let built = env!("CARGO_BIN_EXE_onrecord");
    fs::hard_link(built, &own).or_else(|_| fs::copy(built, &own).map(drop)).unwrap();
    let open = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    open(&folder.path(""), 0o755);
    fn each(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                each(&path, found);
            }
            found.push(path);
        }
        found.push(folder.to_owned());
    }
    let mut all = Vec::new();
    each(&folder.path("case"), &mut all);
    let bytes = |all: &[std::path::PathBuf]| -> Vec<Vec<u8>> {
        all.iter().filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect()
    };
    let before = bytes(&all);
    for path in &all {
        open(path, if path.is_dir() { 0o555 } else { 0o444 });
    }
    let is_root = fs::metadata(&own).unwrap().uid() == 0;
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(&own);
        command.args(arguments).env("ONRECORD_BY", "somebody");
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        run_with(&mut command, b"")
    };
    for arguments in [
        &["case", "status", &case][..],
        &["case", "show", &case, "d1"],
        &["search", &case, "clinic"],
        &["allegations", &case],
        &["review", &case],
        &["verify", &case, "--deep"],
    ] {
        let run = run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.says);
    }
    for arguments in [
        &["case", "add", &case, &example("clinic.txt")][..],
        &["case", "remove", &case, "d1", "--reason", "asked for"],
        &["case", "export", &case, "--format", "jsonl", "--output", "/dev/null"],
    ] {
        let run = run(arguments);
        assert_eq!(run.code, Some(1), "{arguments:?}: {}", run.says);
        assert_eq!(run.says.lines().count(), 1, "{}", run.says);
        assert!(run.says.contains("lock") && run.says.contains("work on a copy"), "{}", run.says);
    }
    for path in &all {
        open(path, 0o755);
    }
    let mut after = Vec::new();
    each(&folder.path("case"), &mut after);
    assert_eq!((bytes(&after), after.len()), (before, all.len()));
}
