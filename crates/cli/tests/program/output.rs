//! Output: the same bytes whatever the threads, whole files or none, quiet ends.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::{Folder, STORY, example, fixture, program, run, run_with};

#[test]
fn any_number_of_jobs_writes_the_same_bytes() {
    let folder = Folder::with(&[("a.txt", STORY), ("b.txt", b""), ("c.txt", STORY)]);
    fs::copy(example("briefs.jsonl"), folder.path("d.jsonl")).unwrap();
    let folder = folder.0.path().to_str().unwrap();
    for (command, page) in [("read", "text"), ("times", "table")] {
        let more = if command == "read" { vec!["jsonld"] } else { vec![] };
        for format in [page, "json", "jsonl", "html"].into_iter().chain(more) {
            let one = run(&[command, folder, "-f", format, "--jobs", "1"]);
            assert_eq!(one.code, Some(1), "{}", one.says);
            assert!(!one.out.is_empty());
            for jobs in ["2", "7"] {
                let more = run(&[command, folder, "-f", format, "--jobs", jobs]);
                assert!(one.out == more.out, "{command} as {format} with {jobs} jobs");
                assert_eq!(one.says, more.says);
            }
        }
    }
}

#[test]
fn one_document_gives_a_record_and_several_an_array_in_their_order() {
    let folder = Folder::with(&[("b.txt", STORY), ("a.txt", STORY)]);
    let one = run(&["read", &folder.name("a.txt"), "-f", "json"]).json();
    assert_eq!(one["record"], 1);
    let paths = [folder.name("b.txt"), folder.name("gone.txt"), folder.name("a.txt")];
    let several = run(&["read", &paths[0], &paths[1], &paths[2], "-f", "json"]).json();
    assert_eq!(several[0]["document"]["source"]["name"], paths[0]);
    assert_eq!(several[1]["error"]["name"], paths[1]);
    assert_eq!(several[2]["document"]["source"]["name"], paths[2]);
}

#[test]
fn standard_input_is_read_and_named_by_its_dash() {
    let run = run_with(program().args(["read", "-", "-f", "json"]), STORY);
    assert_eq!(run.code, Some(0), "{}", run.says);
    assert_eq!(run.json()["document"]["source"]["name"], "-");
    let lines = b"{\"text\": \"The port was closed.\"}\n{\"text\": \"The port was opened.\"}\n";
    let run = run_with(program().args(["read", "-", "-f", "json"]), lines);
    assert_eq!(run.json()[1]["document"]["source"]["name"], "-#2");
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    for arguments in [
        vec!["schema".to_owned()],
        vec!["man".to_owned()],
        vec!["read".to_owned(), example("clinic.txt"), example("briefs.jsonl")],
        vec!["times".to_owned(), example("clinic.txt"), "-f".to_owned(), "timeml".to_owned()],
        vec!["show".to_owned(), fixture("rich.json"), "-f".to_owned(), "html".to_owned()],
        vec!["validate".to_owned(), fixture("rich.json")],
    ] {
        let mut command = program();
        command.args(&arguments).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = Folder::with(&[("a.txt", STORY), ("out.json", b"old")]);
    let out = folder.name("out.json");
    let names = |folder: &Folder| {
        let mut names: Vec<_> = fs::read_dir(folder.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let before = names(&folder);

    let none = run(&["read", &folder.name("gone.txt"), "-f", "json", "-o", &out]);
    assert_eq!(none.code, Some(1));
    assert_eq!(fs::read(&out).unwrap(), b"old", "nothing was read, nothing is written");
    assert_eq!(names(&folder), before, "nothing is left beside it");

    let some =
        run(&["read", &folder.name("gone.txt"), &folder.name("a.txt"), "-f", "json", "-o", &out]);
    assert_eq!(some.code, Some(1));
    assert!(some.out.is_empty());
    let written: serde_json::Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    assert_eq!(written.as_array().unwrap().len(), 2);
    assert_eq!(names(&folder), before);
}

#[test]
fn a_run_that_is_killed_leaves_the_file_that_stood_there() {
    let folder = Folder::with(&[("a.txt", STORY), ("out.jsonl", b"old")]);
    let arguments =
        ["read", &folder.name("a.txt"), "-", "-f", "jsonl", "-o", &folder.name("out.jsonl")];
    let mut command = program();
    command.args(arguments).stdin(Stdio::piped());
    // Standard input stays open: the run has written the first record and waits for the second.
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(child.try_wait().unwrap().is_none());
    assert_eq!(fs::read(folder.path("out.jsonl")).unwrap(), b"old");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read(folder.path("out.jsonl")).unwrap(), b"old");
}

#[test]
fn a_place_that_cannot_be_written_is_named_before_anything_is_read() {
    let folder = Folder::with(&[("a.txt", STORY)]);
    for (place, words) in [("none/out.json", "folder does not exist"), (".", "is a folder")] {
        let out = folder.name(place);
        let run = run(&["read", &folder.name("gone.txt"), "-o", &out]);
        assert_eq!(run.code, Some(1));
        assert_eq!(run.says.lines().count(), 1, "{}", run.says);
        assert!(run.says.contains(&out) && run.says.contains(words), "{}", run.says);
    }
}

#[cfg(unix)]
#[test]
fn devices_and_links_are_written_as_what_they_are() {
    let folder = Folder::with(&[("a.txt", STORY), ("real.txt", b"old")]);
    let run = run(&["read", &folder.name("a.txt"), "-o", "/dev/null"]);
    assert_eq!((run.code, run.says.as_str()), (Some(0), ""));
    std::os::unix::fs::symlink(folder.path("real.txt"), folder.path("link.txt")).unwrap();
    crate::run(&["read", &folder.name("a.txt"), "-o", &folder.name("link.txt")]);
    assert!(fs::symlink_metadata(folder.path("link.txt")).unwrap().is_symlink());
    assert_ne!(fs::read(folder.path("real.txt")).unwrap(), b"old");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.txt", STORY), ("out.txt", b"old")]);
    let out = folder.path("out.txt");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o604)).unwrap();
    run(&["read", &folder.name("a.txt"), "-o", &folder.name("out.txt")]);
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o604);
}

#[test]
fn colours_come_where_they_are_asked_for() {
    let record = fixture("rich.json");
    let colours = |arguments: &[&str], environment: &[(&str, &str)]| {
        let mut command = program();
        command.args(["show", &record]).args(arguments).envs(environment.iter().copied());
        run_with(&mut command, b"").out.contains(&0x1b)
    };
    assert!(!colours(&[], &[]), "a pipe has none");
    assert!(colours(&["--color", "always"], &[]));
    assert!(colours(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colours(&[], &[("NO_COLOR", "1")]));
    assert!(!colours(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn a_story_sends_no_orders_to_the_terminal() {
    let story = b"The ministry said \x1b]0;title\x07that \x1b[2Jthe port was closed on Tuesday.\n";
    let run = run_with(program().args(["read", "-"]), story);
    assert!(run.out.iter().all(|byte| *byte >= b' ' || *byte == b'\n'), "{:?}", run.text());
}

#[test]
fn no_line_is_wider_than_asked() {
    for (width, name) in [40, 60, 100].into_iter().flat_map(|w| [(w, "rich"), (w, "valley")]) {
        let record = fixture(&format!("{name}.json"));
        let run = run(&["show", &record, "--width", &width.to_string()]);
        let widest = run.text().lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width, "{name}: {widest} columns of {width}");
    }
}
