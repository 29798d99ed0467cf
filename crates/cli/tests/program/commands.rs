//! Commands, arguments and exit codes.

use crate::{Folder, STORY, example, fixture, program, run, run_with};

#[test]
fn wrong_usage_ends_with_two() {
    for wrong in [
        &["read"] as &[&str],
        &["reed", "a.txt"],
        &["read", "a.txt", "--format", "xml"],
        &["read", "a.txt", "--published", "Tuesday"],
        &["read", "a.txt", "--language", "english"],
        &["read", "a.txt", "--domain", "tale"],
        &["read", "a.txt", "--jobs", "0"],
        &["read", "a.txt", "--max-size", "big"],
        &["read", "a.txt", "--min-confidence", "2"],
        &["read", "a.txt", "--min-confidence", "-1"],
        &["read", "a.txt", "--min-confidence", "NaN"],
        &["read", "a.txt", "--min-confidence", "sure"],
        &["show", "a.json", "--min-confidence", ""],
        &["read", "-", "-"],
        &["times"],
        &["times", "a.txt", "--format", "text"],
        &["times", "a.txt", "--domain", "tale"],
        &["times", "-", "-"],
        &["man", "reed"],
    ] {
        let run = run(wrong);
        assert_eq!(run.code, Some(2), "{wrong:?}");
        assert!(!run.says.is_empty() && run.out.is_empty(), "{wrong:?}");
    }
}

#[test]
fn every_command_has_help_and_a_manual_page() {
    let commands = [
        "read",
        "times",
        "show",
        "case",
        "timeline",
        "figures",
        "proceedings",
        "actors",
        "allegations",
        "dossier",
        "verify",
        "search",
        "review",
        "law",
        "validate",
        "schema",
        "completions",
        "man",
    ];
    let short = run(&["--help"]);
    for command in commands {
        assert!(short.text().contains(command), "{command}");
        let help = run(&[command, "--help"]);
        for part in ["EXAMPLES", "EXIT CODES"] {
            assert!(help.text().contains(part), "{command}: {part}");
        }
        let page = run(&["man", command]);
        assert_eq!(page.code, Some(0));
        assert!(page.text().contains(&format!(".TH onrecord-{command}")), "{}", page.text());
    }
    assert!(run(&["man"]).text().contains(".TH onrecord 1"));
    assert!(run(&["--version"]).text().starts_with("onrecord "));
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = run(&["completions", shell]);
        assert_eq!(run.code, Some(0));
        assert!(run.text().contains("max-size"), "{shell}");
    }
}

#[test]
fn the_schema_is_json_and_names_the_lists_of_the_record() {
    let schema = run(&["schema"]).json();
    assert!(schema["properties"]["statements"].is_object());
}

#[test]
fn what_read_writes_is_valid_and_shows_as_if_it_were_read() {
    let folder = Folder::with(&[]);
    for name in ["clinic.txt", "ferry.html", "briefs.jsonl"] {
        let records = folder.name("records.jsonl");
        let run = run(&["read", &example(name), "-f", "jsonl", "-o", &records]);
        assert_eq!((run.code, run.says.as_str()), (Some(0), ""), "{name}");
        let valid = crate::run(&["validate", &records]);
        assert_eq!(valid.code, Some(0), "{name}: {}", valid.text());
        assert!(valid.text().contains("keep"), "{}", valid.text());
        for format in ["text", "html", "json"] {
            let read = crate::run(&["read", &example(name), "-f", format]);
            let shown = crate::run(&["show", &records, "-f", format]);
            assert_eq!(shown.code, Some(0));
            assert!(read.out == shown.out, "{name} as {format}");
        }
    }
}

#[test]
fn validate_names_each_breach_with_its_place() {
    let record = std::fs::read_to_string(fixture("rich.json")).unwrap();
    let broken = record.replacen("\"text\": \"accused\"", "\"text\": \"praised\"", 1);
    assert_ne!(record, broken);
    let unknown = record.replacen("\"record\": 1,", "\"record\": 1, \"mood\": null,", 1);
    let error = "{\"error\": {\"name\": \"a\", \"kind\": \"empty\", \"says\": \"b\"}}";
    let all = format!("[{record}, {broken}, {unknown}, {error}]");
    let run = run_with(program().args(["validate", "-"]), all.as_bytes());
    assert_eq!(run.code, Some(1));
    let lines: Vec<&str> = run.text().lines().collect();
    assert!(lines[0].starts_with("-#2: /statements/0/cue/span: "), "{lines:?}");
    assert!(lines[1].starts_with("-#3: ") && lines[1].contains("mood"), "{lines:?}");
    assert_eq!(
        lines[2],
        "-: 1 record keeps the contract, 2 break it, 1 error kept in place of a record"
    );
    assert_eq!(lines.len(), 3);
}

#[test]
fn validate_and_show_name_files_that_hold_no_records() {
    let folder = Folder::with(&[("story.txt", STORY), ("empty.json", b"\n")]);
    for name in ["story.txt", "empty.json", "gone.json"] {
        for command in ["validate", "show"] {
            let run = run(&[command, &folder.name(name)]);
            assert_eq!(run.code, Some(1), "{command} {name}");
            assert!(
                run.says.starts_with(&format!("onrecord: {}", folder.name(name))),
                "{}",
                run.says
            );
            assert_eq!(run.says.lines().count(), 1);
        }
    }
}

#[test]
fn a_record_that_breaks_the_contract_is_not_shown() {
    let record = std::fs::read_to_string(fixture("rich.json")).unwrap();
    let broken = record.replacen("\"text\": \"accused\"", "\"text\": \"praised\"", 1);
    let run = run_with(program().args(["show", "-"]), broken.as_bytes());
    assert_eq!(run.code, Some(1));
    assert!(run.out.is_empty());
    assert!(run.says.contains("/statements/0/cue/span"), "{}", run.says);
}

#[test]
fn a_date_that_is_given_is_used() {
    let command = ["read", "-", "-f", "json", "--published", "2026-03-03"];
    let run = run_with(program().args(command), b"The port was closed on Tuesday, she said.");
    let published = &run.json()["document"]["published"];
    assert_eq!(published["value"], "2026-03-03");
    assert_eq!(published["basis"], "given");
}
