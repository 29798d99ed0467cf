//! The program as people run it, over small corpora of our own.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// A run that has ended: its exit code, its output and its messages.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_onrecord-scoring")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// The value that a table gives a measure.
fn value(table: &str, measure: &str) -> f64 {
    let row = table.lines().find_map(|line| line.trim_start().strip_prefix(measure));
    let row = row.unwrap_or_else(|| panic!("no {measure} in {table}"));
    row.split_whitespace().next().unwrap().parse().unwrap()
}

/// A part of PolNeAR's shape, with one article and the annotations of two people.
fn polnear(folder: &Path, annotations: &str) -> String {
    let text = "The ferries of Lumen will not sail on Monday, the harbour board said.\n";
    for part in ["text", "attributions"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    fs::write(folder.join("text/ferry.txt"), text).unwrap();
    fs::write(folder.join("text/unmarked.txt"), text).unwrap();
    fs::write(folder.join("attributions/ferry_b.ann"), "").unwrap();
    fs::write(folder.join("attributions/ferry_a.ann"), annotations).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn attributions_are_measured_against_the_first_annotator_s() {
    let place = tempfile::tempdir().unwrap();
    let marks = "T1\tContent 0 44\tw\nT2\tSource 46 63\tw\nT3\tCue 64 68\tw\n\
                 E1\tAttribution:T3 Source:T2 Cue:T3 Content:T1\n";
    let folder = polnear(&place.path().join("part"), marks);
    let (code, table, says) = run(&["polnear", &folder]);
    assert_eq!((code, says.as_str()), (Some(0), ""));
    for whole in ["exact source, F1", "words content, F1", "overlap, F1", "strict, F1"] {
        assert!((value(&table, whole) - 100.0).abs() < 1e-9, "{whole}: {table}");
    }
    assert!((value(&table, "overlap, indirect, recall") - 100.0).abs() < 1e-9);
    assert!(value(&table, "overlap, direct, recall").abs() < 1e-9);
}

#[test]
fn a_treebank_is_measured_on_its_words_and_on_its_text() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("harbour.conllu");
    // “Ferries” in two, which nobody else parts, so the words around it alone are found in the text.
    let rows = [
        "# newpar",
        "1-2\tFerries\t_\t_\t_\t_\t_\t_\t_\t_",
        "1\tFerr\tferr\tNOUN\tNN\t_\t3\tnsubj\t_\t_",
        "2\ties\ties\tPART\tPOS\t_\t1\tdep\t_\t_",
        "3\twait\twait\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No",
        "4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_",
        "",
    ];
    fs::write(&path, rows.join("\n")).unwrap();
    let path = path.to_str().unwrap();
    let (code, table, says) = run(&["ud", path, "--errors", "2"]);
    assert_eq!((code, says.as_str()), (Some(0), ""));
    assert!((value(&table, "raw text, words precision") - 66.67).abs() < 1e-9, "{table}");
    assert!((value(&table, "raw text, words recall") - 50.0).abs() < 1e-9, "{table}");
    assert!((value(&table, "raw text, sentences F1") - 100.0).abs() < 1e-9, "{table}");
    for told in ["UPOS", "UAS"] {
        assert!(value(&table, &format!("raw text, {told}")) <= 57.14, "a word that is not there");
    }
    assert!(table.contains("words joined\n      1  Ferr¦ies wait."), "{table}");
}

#[test]
fn what_cannot_be_measured_gets_one_line_and_exit_code_1() {
    let place = tempfile::tempdir().unwrap();
    let broken = place.path().join("broken.conllu");
    fs::write(&broken, "Once upon a time.\n").unwrap();
    let broken = broken.to_str().unwrap().to_owned();
    let marks = polnear(&place.path().join("dev"), "T1\tCue nowhere\n");
    let other = polnear(&place.path().join("other"), "");
    let empty = place.path().join("dev/text").to_str().unwrap().to_owned();
    let wrong: [(&[&str], &str); 6] = [
        (&["polnear", "no-such-folder"], "no-such-folder/text"),
        (&["polnear", &empty], "text/text"),
        (&["polnear", &marks], "ferry_a.ann: line 1"),
        (&["polnear", &other, "--record"], "polnear other is no development part"),
        (&["ud", "no-such-file.conllu"], "no-such-file.conllu"),
        (&["ud", &broken], "broken.conllu: line 1"),
    ];
    for (arguments, part) in wrong {
        let (code, out, says) = run(arguments);
        assert_eq!((code, out.as_str(), says.lines().count()), (Some(1), "", 1), "{says}");
        assert!(says.contains(part), "{says}");
    }
}

#[test]
fn wrong_use_gets_exit_code_2_and_help_tells_the_codes() {
    let wrong: [&[&str]; 6] = [
        &[],
        &["score"],
        &["polnear", "a", "b"],
        &["polnear", "--errors", "2"],
        &["units"],
        &["ud", "--errors", "many"],
    ];
    for arguments in wrong {
        let (code, _, says) = run(arguments);
        assert_eq!((code, says.lines().count()), (Some(2), 1), "{arguments:?}: {says}");
        assert!(says.contains("--help"), "{says}");
    }
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, Some(0));
    assert!(help.contains("Exit codes") && help.contains("kept back"), "{help}");
}
