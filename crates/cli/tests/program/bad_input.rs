//! What bad input gets: one line that names the file, the cause and the way out; the others are
//! read; the exit code says that some were not.

use crate::{Folder, Run, STORY, program, run, run_with};

/// Reads a story with a bad file beside it: the story is read, the bad file named once, with `words`.
fn refused(name: &str, bytes: &[u8], kind: &str, words: &[&str]) {
    let folder = Folder::with(&[("good.txt", STORY), (name, bytes)]);
    for command in ["read", "times"] {
        let run = run(&[command, &folder.name(name), &folder.name("good.txt"), "-f", "jsonl"]);
        assert_eq!(run.code, Some(1), "{name}: {}", run.says);
        assert_named(&run, &folder.name(name), words);
        let lines: Vec<serde_json::Value> =
            run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2, "{name}");
        assert_eq!(lines[0]["error"]["kind"], kind, "{name}: {}", run.says);
        assert!(lines[0]["error"]["name"].as_str().unwrap().starts_with(&folder.name(name)));
        assert_eq!(lines[1]["document"]["source"]["name"], folder.name("good.txt"));
    }
}

fn assert_named(run: &Run, name: &str, words: &[&str]) {
    assert_eq!(run.says.lines().count(), 1, "{}", run.says);
    assert!(run.says.starts_with(&format!("onrecord: {name}")), "{}", run.says);
    for words in words {
        assert!(run.says.contains(words), "no {words:?} in {}", run.says);
    }
}

#[test]
fn files_that_hold_no_text_are_named_with_cause_and_way_out() {
    refused("empty.txt", b"", "empty", &["holds no text"]);
    refused("blank.txt", b" \n\t\n", "empty", &["holds no text"]);
    refused("quotes.txt", "“”\"\" ‘’\n".as_bytes(), "no-words", &["only marks"]);
    refused("scan.pdf", b"%PDF-1.7\n1 0 obj", "pdf", &["PDF", "convert it to text"]);
    refused("scan.txt", b"%PDF-1.7\n1 0 obj", "pdf", &["PDF"]);
    refused("photo.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", "binary", &["JPEG"]);
    refused("nul.txt", b"The port was\0closed.", "binary", &["byte 12"]);
    refused("noise.txt", &noise(), "binary", &["is no text"]);
}

/// Bytes that are text in no encoding: a linear congruential generator's.
fn noise() -> Vec<u8> {
    let next = |seed: &u32| Some(seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    std::iter::successors(Some(7_u32), next).map(|seed| seed.to_be_bytes()[0]).take(4096).collect()
}

#[test]
fn a_broken_json_line_is_named_with_its_number_and_its_neighbours_are_read() {
    let lines = b"{\"text\": \"The port was closed, the harbour office said.\"}\n\
        {\"text\": broken}\n\
        {\"text\": \"The port was opened, the harbour office said.\"}\n";
    let folder = Folder::with(&[("a.jsonl", lines)]);
    let run = run(&["read", &folder.name("a.jsonl"), "-f", "jsonl"]);
    assert_eq!(run.code, Some(1));
    assert_named(&run, &folder.name("a.jsonl#2"), &["line 2"]);
    assert_eq!(run.text().lines().count(), 3);
    assert!(run.text().lines().nth(1).unwrap().contains("\"kind\":\"broken-json\""));
}

#[test]
fn a_file_over_the_limit_is_named_with_the_limit_and_the_option() {
    let folder = Folder::with(&[("long.txt", &[b'a'; 3000]), ("good.txt", STORY)]);
    let paths = [folder.name("long.txt"), folder.name("good.txt")];
    let run = run(&["read", &paths[0], &paths[1], "-f", "jsonl", "--max-size", "2k"]);
    assert_eq!(run.code, Some(1));
    assert_named(&run, &paths[0], &["3000 bytes", "2048", "--max-size"]);
    let run = run_with(program().args(["read", "-", "--max-size", "2k"]), &[b'a'; 3000]);
    assert_named(&run, "-", &["2048", "--max-size"]);
    let run = crate::run(&["read", &paths[0], "--max-size", "3000"]);
    assert_eq!(run.code, Some(0), "{}", run.says);
}

#[test]
fn missing_files_and_folders_without_documents_are_named() {
    let folder = Folder::with(&[("good.txt", STORY)]);
    std::fs::create_dir(folder.path("none")).unwrap();
    std::fs::write(folder.path("none/.hidden.txt"), STORY).unwrap();
    for (name, words) in [("gone.txt", "does not exist"), ("none", "without documents")] {
        let run = run(&["read", &folder.name(name), &folder.name("good.txt"), "-f", "jsonl"]);
        assert_eq!(run.code, Some(1));
        assert_named(&run, &folder.name(name), &[words]);
        assert_eq!(run.text().lines().count(), 2);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("secret.txt", STORY)]);
    let path = folder.path("secret.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        eprintln!("skipped: this user reads every file, whatever its permissions");
        return;
    }
    let run = run(&["read", &folder.name("secret.txt")]);
    assert_eq!(run.code, Some(1));
    assert_named(&run, &folder.name("secret.txt"), &["may not be read", "permissions"]);
}

#[test]
fn nested_tags_and_endless_lines_end_in_a_record_or_a_name() {
    let nested = format!("<html><body>{}<p>The port was closed.", "<div>".repeat(100_000));
    let line = "The port was closed in the morning and opened in the evening, and ".repeat(15_200);
    let word = "a".repeat(1_000_000);
    let files = [("deep.html", nested), ("line.txt", line), ("word.txt", word)];
    for (name, text) in files {
        let folder = Folder::with(&[(name, text.as_bytes())]);
        let run = run(&["read", &folder.name(name), "-f", "text"]);
        match run.code {
            Some(0) => assert_eq!(run.says, ""),
            Some(1) => assert_named(&run, &folder.name(name), &[": "]),
            code => panic!("{name}: {code:?} {}", run.says),
        }
        assert!(!run.says.contains("fault"), "{name}: {}", run.says);
    }
}

#[test]
fn text_in_a_legacy_encoding_is_read_and_says_so() {
    let story = b"KESH (NNA) - \x93The caf\xE9 was closed,\x94 the ministry\x92s spokeswoman said on Tuesday.\n";
    let run = run_with(program().args(["read", "-", "-f", "json"]), story);
    assert_eq!(run.code, Some(0), "{}", run.says);
    let record = run.json();
    assert!(record["document"]["text"].as_str().unwrap().contains("“The café was closed,”"));
    assert_eq!(record["document"]["notices"][0]["kind"], "encoding");
}

#[test]
fn names_with_control_characters_send_no_orders_to_the_terminal() {
    let run = run(&["read", "gone\u{1b}[2J\n.txt"]);
    assert_eq!(run.says.lines().count(), 1);
    assert!(!run.says.contains('\u{1b}'), "{:?}", run.says);
}
