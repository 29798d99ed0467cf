//! `onrecord times`: what it shows of a document, and what it says where there is nothing to show.

use unicode_width::UnicodeWidthStr;

use crate::{Folder, Run, STORY, example, program, run, run_with};

/// The times of a story that comes by standard input.
fn times(story: &str, arguments: &[&str]) -> Run {
    run_with(program().args(["times", "-"]).args(arguments), story.as_bytes())
}

/// A story that does not say when it was published.
const UNDATED: &str =
    "The port of Kesh was closed on Tuesday after a storm, the harbour office said.\n";

/// A story in a language that no pack reads.
const FRENCH: &str = "Le ministre a dit mardi que le port était fermé et que les bateaux ne \
    pouvaient plus sortir.\n";

#[test]
fn json_holds_the_document_and_the_times_of_its_record() {
    for name in ["clinic.txt", "ferry.html"] {
        let found = run(&["times", &example(name), "-f", "json"]).json();
        let record = run(&["read", &example(name), "-f", "json"]).json();
        assert!(!found["times"].as_array().unwrap().is_empty());
        for part in ["made_by", "document", "times"] {
            assert_eq!(found[part], record[part], "{name}: {part}");
        }
        let parts: Vec<&String> = found.as_object().unwrap().keys().collect();
        assert_eq!(parts.len(), 4, "{parts:?}");
    }
}

#[test]
fn several_documents_are_an_array_or_lines_in_their_order() {
    let array = run(&["times", &example("briefs.jsonl"), "-f", "json"]).json();
    let lines = run(&["times", &example("briefs.jsonl"), "-f", "jsonl"]);
    let lines: Vec<serde_json::Value> =
        lines.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array.as_array().unwrap(), &lines);
    for (line, number) in lines.iter().zip(1..) {
        let name = format!("{}#{number}", example("briefs.jsonl"));
        assert_eq!(line["document"]["source"]["name"], name);
    }
}

#[test]
fn the_domain_that_is_given_is_taken() {
    for domain in ["news", "narrative"] {
        let found = times(UNDATED, &["-f", "json", "--domain", domain]).json();
        assert_eq!(found["domain"], domain);
        let read = run_with(program().args(["read", "-", "-f", "json", "--domain", domain]), STORY);
        assert_eq!(read.code, Some(0), "{}", read.says);
    }
    for (domain, says) in [("news", "Read as news"), ("narrative", "Read as a narrative")] {
        assert!(times(UNDATED, &["--domain", domain]).text().contains(says));
    }
}

#[test]
fn a_story_without_a_date_says_so_and_what_to_do() {
    let open = times(UNDATED, &["--domain", "news"]);
    assert_eq!((open.code, open.says.as_str()), (Some(0), ""));
    for says in ["No date of publication is known", "--published", "no value", "without a value"] {
        assert!(open.text().contains(says), "no {says:?} in {}", open.text());
    }
    let given = times(UNDATED, &["--published", "2026-03-05"]);
    for says in ["2026-03-03", "published 2026-03-05"] {
        assert!(given.text().contains(says), "no {says:?} in {}", given.text());
    }
    assert!(!given.text().contains("no value"));
    let page = times(UNDATED, &["-f", "html", "--domain", "news"]);
    assert!(page.text().contains("No date of publication is known"));
    assert!(page.text().contains(">no value<"));
}

#[test]
fn a_document_without_times_says_so() {
    for format in ["table", "html"] {
        let run = times("The port was closed.", &["-f", format]);
        assert_eq!((run.code, run.says.as_str()), (Some(0), ""));
        assert!(run.text().contains("No time expression was found"), "{format}");
    }
    let found = times("The port was closed.", &["-f", "json"]).json();
    assert_eq!(found["times"], serde_json::json!([]));
}

#[test]
fn a_language_without_a_pack_gives_a_notice_and_no_times() {
    for format in ["table", "html"] {
        let run = times(FRENCH, &["-f", format]);
        assert_eq!((run.code, run.says.as_str()), (Some(0), ""));
        for says in ["No pack reads the language", "No time expression was found"] {
            assert!(run.text().contains(says), "{format}: no {says:?}");
        }
        assert!(!run.text().contains("Read as"), "{format}");
    }
    let found = times(FRENCH, &["-f", "json"]).json();
    assert_eq!(found["domain"], serde_json::Value::Null);
    assert_eq!(found["times"], serde_json::json!([]));
    assert_eq!(found["document"]["notices"][0]["kind"], "no-pack");
}

#[test]
fn a_time_is_shown_among_the_words_around_it_on_one_line_of_the_page() {
    let wide = "漢字".repeat(200);
    let story = format!("The port of {wide} was closed on Tuesday by {wide} in a storm.\n");
    let language = ["--language", "en", "--published", "2026-03-05", "--width"];
    for width in [40, 57, 100] {
        let run = times(&story, &[&language[..], &[&width.to_string()]].concat());
        let widest = run.text().lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= width, "{widest} columns of {width}");
        let shown = run.text().lines().filter(|line| line.contains("closed on Tuesday by"));
        assert_eq!(shown.count(), 1, "{}", run.text());
    }
}

#[test]
fn the_words_of_a_time_are_coloured_where_colours_are_asked_for() {
    let coloured = times(UNDATED, &["--color", "always"]);
    let words = "\u{1b}[36m Tuesday\u{1b}[0m";
    assert!(coloured.text().contains(words), "{:?}", coloured.text());
    assert!(!times(UNDATED, &[]).text().contains('\u{1b}'));
}

#[test]
fn any_bytes_end_in_times_or_a_name() {
    let spaced = "on Tuesday ".repeat(2_000);
    let stories: [&[u8]; 5] = [
        b"on \x1b[2JTuesday\x07 and \xe2\x80\xaeWednesday\n",
        b"\xff\xfeo\0n\0 \0T\0u\0e\0s\0d\0a\0y\0",
        spaced.as_bytes(),
        b"on Tuesday\xcc\x81\xcc\x81\xcc\x81, \xf0\x9f\x87\xac\xf0\x9f\x87\xa7 2024",
        b"\xc3\x28\xff\xff 2024 \x80",
    ];
    for story in stories {
        for format in ["table", "jsonl", "timeml", "html"] {
            let run = run_with(program().args(["times", "-", "-f", format]), story);
            assert!(matches!(run.code, Some(0 | 1)), "{:?} {}", run.code, run.says);
            assert!(!run.says.contains("fault"), "{}", run.says);
            if format == "table" {
                assert!(run.out.iter().all(|byte| *byte >= b' ' || *byte == b'\n'));
            }
        }
    }
}

#[test]
fn the_table_goes_to_a_file_without_colours() {
    let folder = Folder::with(&[("story.txt", STORY)]);
    let run = run(&["times", &folder.name("story.txt"), "-o", &folder.name("times.txt")]);
    assert_eq!((run.code, run.out.len()), (Some(0), 0), "{}", run.says);
    let written = std::fs::read_to_string(folder.path("times.txt")).unwrap();
    assert!(written.contains("“Tuesday”") && !written.contains('\u{1b}'), "{written}");
}
