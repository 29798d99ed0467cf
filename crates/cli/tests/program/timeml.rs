//! TimeML: what is written reads back, by an XML parser, to the same text and the same times.

use std::collections::BTreeMap;
use std::fs;

use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::{Folder, Run, STORY, example, program, run, run_with};

/// The one element of a name.
fn only<'x>(xml: &'x Document<'x>, name: &str) -> Node<'x, 'x> {
    let mut found = xml.descendants().filter(|node| node.has_tag_name(name));
    let only = found.next().unwrap();
    assert!(found.next().is_none(), "several {name}");
    only
}

fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// What `TEXT` holds: its words, and its times as a record has them.
fn read_back(xml: &str) -> (String, Vec<Value>) {
    let xml = Document::parse(xml).unwrap();
    let mut text = String::new();
    let mut times = Vec::new();
    for node in only(&xml, "TEXT").children() {
        let start = text.len();
        text.push_str(&words(node));
        if node.is_element() {
            assert!(node.has_tag_name("TIMEX3"));
            assert_eq!(node.attribute("functionInDocument"), Some("NONE"));
            let anchor = node.attribute("anchorTimeID");
            let is_function = if anchor.is_some() { "true" } else { "false" };
            assert_eq!(node.attribute("temporalFunction"), Some(is_function));
            times.push(json!({
                "id": node.attribute("tid"),
                "span": { "start": start, "end": text.len(), "text": text[start..] },
                "type": node.attribute("type"),
                "value": node.attribute("value").filter(|value| !value.is_empty()),
                "mod": node.attribute("mod"),
                "from": anchor.map(|id| if id == "t0" { "published" } else { id }),
            }));
        }
    }
    (text, times)
}

/// The times of a document as JSON has them, less what TimeML has no place for.
fn kept(found: &Value) -> Vec<Value> {
    let mut times = found["times"].as_array().unwrap().clone();
    for time in &mut times {
        for beside in ["edtf", "confidence"] {
            time.as_object_mut().unwrap().remove(beside);
        }
    }
    times
}

fn timeml(story: &str, arguments: &[&str]) -> Run {
    let command = ["times", "-", "-f", "timeml", "--language", "en"];
    run_with(program().args(command).args(arguments), story.as_bytes())
}

#[test]
fn text_and_times_read_back_as_they_are() {
    for name in ["clinic.txt", "ferry.html"] {
        let found = run(&["times", &example(name), "-f", "json"]).json();
        let written = run(&["times", &example(name), "-f", "timeml"]);
        assert_eq!((written.code, written.says.as_str()), (Some(0), ""), "{name}");
        let (text, times) = read_back(written.text());
        assert_eq!(text, found["document"]["text"], "{name}");
        assert_eq!(times, kept(&found), "{name}");

        let xml = Document::parse(written.text()).unwrap();
        let document = &found["document"];
        assert_eq!(words(only(&xml, "DOCID")), document["source"]["name"]);
        assert_eq!(words(only(&xml, "TITLE")), document["title"]);
        let creation = only(&xml, "DCT").first_element_child().unwrap();
        assert_eq!(creation.attribute("tid"), Some("t0"));
        assert_eq!(creation.attribute("functionInDocument"), Some("CREATION_TIME"));
        assert_eq!(creation.attribute("value"), document["published"]["value"].as_str());
    }
}

#[test]
fn whatever_xml_can_hold_reads_back_byte_for_byte() {
    let story = " \t<p>Kesh & “Oland” ]]> </TEXT> &#13; <!-- on\r\nMay 4, 2019\r -->\n\n\
        漢字 \u{85}\u{2028}\u{7f} \u{1f6a2} was shut 'on' \"May 5, 2019\".\r\n\n ";
    let found = run_with(
        program().args(["times", "-", "-f", "json", "--language", "en"]),
        story.as_bytes(),
    );
    assert_eq!(found.json()["document"]["text"], story);
    let written = timeml(story, &[]);
    assert_eq!((written.code, written.says.as_str()), (Some(0), ""));
    let (text, times) = read_back(written.text());
    assert_eq!(text, story);
    assert_eq!(times, kept(&found.json()));
    assert!(!times.is_empty());
}

#[test]
fn what_xml_cannot_hold_is_replaced_and_counted() {
    let story = "The port\u{1} of \u{fffe}Kesh\u{b} was\u{ffff} closed on May 4, 2019.";
    let written = timeml(story, &[]);
    assert_eq!(written.code, Some(0));
    assert_eq!(
        written.says,
        "onrecord: -: 4 characters that XML cannot hold stand as U+FFFD in its TimeML\n"
    );
    let (text, times) = read_back(written.text());
    assert_eq!(text, "The port\u{fffd} of \u{fffd}Kesh\u{fffd} was\u{fffd} closed on May 4, 2019.");
    assert_eq!(times[0]["value"], "2019-05-04");
}

#[test]
fn what_is_not_known_is_empty() {
    let written = timeml("The port was closed on Tuesday.", &["--domain", "news"]);
    let (_, times) = read_back(written.text());
    assert_eq!(times[0]["value"], Value::Null);
    let xml = Document::parse(written.text()).unwrap();
    let creation = only(&xml, "DCT").first_element_child().unwrap();
    assert_eq!((creation.attribute("value"), words(creation)), (Some(""), String::new()));

    let french = run_with(
        program().args(["times", "-", "-f", "timeml"]),
        "Le port était fermé mardi et les bateaux ne pouvaient plus sortir.".as_bytes(),
    );
    assert_eq!(french.code, Some(0));
    assert!(read_back(french.text()).1.is_empty());
}

#[test]
fn several_documents_are_no_one_file() {
    let folder = Folder::with(&[("a.txt", STORY), ("b.txt", STORY), ("out.tml", b"old")]);
    let (a, b, out) = (folder.name("a.txt"), folder.name("b.txt"), folder.name("out.tml"));
    for arguments in [
        vec!["times", "-f", "timeml", &a, &b],
        vec!["times", "-f", "timeml", &a, &b, "-o", &out],
        vec!["times", "-f", "timeml", &example("briefs.jsonl")],
    ] {
        let run = run(&arguments);
        assert_eq!((run.code, run.out.len()), (Some(2), 0), "{arguments:?}");
        assert_eq!(run.says.lines().count(), 1, "{}", run.says);
        assert!(run.says.contains("--output DIR/"), "{}", run.says);
    }
    assert_eq!(fs::read(folder.path("out.tml")).unwrap(), b"old");
    let one = run(&["times", "-f", "timeml", &folder.name("gone.txt"), &a]);
    assert_eq!(one.code, Some(1));
    assert!(one.says.contains("gone.txt: does not exist"), "{}", one.says);
    assert!(read_back(one.text()).0.contains("The port was closed"));
}

#[test]
fn a_folder_gets_a_file_for_each_document_and_none_is_written_twice() {
    let folder = Folder::with(&[("a.txt", STORY), ("b.jsonl", b""), ("c.txt", b"")]);
    fs::copy(example("briefs.jsonl"), folder.path("b.jsonl")).unwrap();
    fs::create_dir(folder.path("more")).unwrap();
    fs::write(folder.path("more/A.txt"), b"Oland was quiet on May 4, 2019.").unwrap();
    let root = folder.0.path().to_str().unwrap();
    let mut before = None;
    for (out, jobs) in [("out/", "1"), ("out", "2"), ("again/", "7")] {
        let out = folder.name(out);
        let run = run(&["times", root, "-f", "timeml", "-o", &out, "--jobs", jobs]);
        assert_eq!((run.code, run.out.len()), (Some(1), 0), "{}", run.says);
        assert!(run.says.contains("c.txt: "), "{}", run.says);
        let files: BTreeMap<String, String> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["A-2.tml", "a.tml", "b-1.tml", "b-2.tml", "b-3.tml"]);
        assert!(read_back(&files["A-2.tml"]).0.contains("Oland was quiet"));
        assert_eq!(before.get_or_insert_with(|| files.clone()), &files);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = Folder::with(&[("a.txt", STORY)]);
    for (place, says) in [("none/out/", "folder does not exist"), ("a.txt/", "cannot be written")] {
        let out = folder.name(place);
        let run = run(&["times", &folder.name("a.txt"), "-f", "timeml", "-o", &out]);
        assert_eq!((run.code, run.out.len()), (Some(1), 0));
        assert_eq!(run.says.lines().count(), 1, "{}", run.says);
        assert!(run.says.contains(&out) && run.says.contains(says), "{}", run.says);
    }
    assert_eq!(fs::read(folder.path("a.txt")).unwrap(), STORY);
}
