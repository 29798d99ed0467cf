//! The HTML page: safe, whole in itself, its links all leading somewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Folder, example, fixture, program, run, run_with};

/// The values of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let open = format!(" {attribute}=\"");
    page.split(&open).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_leads_somewhere_and_every_item_to_its_words_and_back() {
    for name in ["rich.json", "valley.json"] {
        let page = run(&["show", &fixture(name), "-f", "html"]);
        let record: serde_json::Value =
            serde_json::from_slice(&std::fs::read(fixture(name)).unwrap()).unwrap();
        let lists = ["times", "actors", "statements", "allegations", "figures", "proceedings"];
        assert!(linked_items(page.text(), &record, &lists) > 40, "{name}");
    }
}

#[test]
fn every_time_leads_to_its_words_and_back_and_shows_its_value_there() {
    let page = run(&["times", &example("clinic.txt"), "-f", "html"]);
    let times = run(&["times", &example("clinic.txt"), "-f", "json"]).json();
    let count = linked_items(page.text(), &times, &["times"]);
    assert!(count > 10);
    let shown = values(page.text(), "data-means");
    assert_eq!(shown.len(), count);
    for (time, shown) in times["times"].as_array().unwrap().iter().zip(shown) {
        assert!(shown.starts_with(time["value"].as_str().unwrap_or("no value")), "{time} {shown}");
    }
}

/// Holds that every link of a page leads somewhere, and that every item of some lists is linked both
/// ways with its words. Gives how many items there are.
fn linked_items(page: &str, record: &serde_json::Value, lists: &[&str]) -> usize {
    let ids = values(page, "id");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    let links: BTreeSet<&str> =
        values(page, "href").iter().filter_map(|link| link.strip_prefix('#')).collect();
    for link in &links {
        assert!(known.contains(link), "#{link} leads nowhere");
    }
    let mut items = 0;
    for item in lists.iter().flat_map(|list| record[*list].as_array().unwrap()) {
        let card = format!("d1-{}", item["id"].as_str().unwrap());
        assert!(known.contains(card.as_str()), "no {card}");
        assert!(links.contains(card.as_str()), "nothing leads to {card}");
        let words = format!("{card}-w");
        assert!(links.iter().any(|link| link.starts_with(&words)), "{card} leads to no words");
        items += 1;
    }
    items
}

#[test]
fn the_marked_pieces_make_the_story_and_nothing_else() {
    let record: serde_json::Value =
        serde_json::from_slice(&std::fs::read(fixture("rich.json")).unwrap()).unwrap();
    for arguments in [
        ["show", &fixture("rich.json"), "-f", "html"],
        ["times", &example("clinic.txt"), "-f", "html"],
    ] {
        let page = run(&arguments);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let text = record["document"]["text"].as_str().unwrap();
        assert_eq!(words(&story_of(page.text())), words(text), "{arguments:?}");
    }
}

/// The text of the story on a page, without labels.
fn story_of(page: &str) -> String {
    let story = page.split_once("aria-label=\"The story\">").unwrap().1;
    let story = story.split_once("</section>").unwrap().0;
    let mut text = String::new();
    // Labels are links of their own class; everything else between tags is the story's.
    let mut label = false;
    for part in story.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap();
        label = match tag {
            _ if tag.contains("class=\"label") => true,
            "/a" => false,
            _ => label,
        };
        if !label {
            text.push_str(words);
        }
    }
    text.replace("&#39;", "'").replace("&quot;", "\"")
}

#[test]
fn what_a_story_holds_stays_text() {
    let evil = "“<script>alert(1)</script><img src=x onerror=alert(2)>,” the ministry's \
        \"onclick=alert(3) spokeswoman said on Tuesday.";
    let line = serde_json::json!({
        "text": evil, "title": "</title><script>alert(4)</script>", "author": "<b onload=alert(5)>",
        "url": "javascript:alert(6)", "published": "2026-03-03",
    });
    let folder = Folder::with(&[("<i>.jsonl", line.to_string().as_bytes())]);
    for command in ["read", "times"] {
        let run = run(&[command, &folder.name("<i>.jsonl"), &folder.name("<s>"), "-f", "html"]);
        let page = run.text();
        assert_eq!(page.matches("<script").count(), 1, "only the page's own");
        for tag in ["<img", "<b o", "<i>", "<s>"] {
            assert!(!page.contains(tag), "{tag}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)"));
        let links = values(page, "href");
        assert!(links.iter().all(|link| link.starts_with('#')), "{links:?}");
    }
}

#[test]
fn the_page_forbids_the_network_and_loads_nothing() {
    for arguments in [
        ["show", &fixture("rich.json"), "-f", "html"],
        ["times", &example("clinic.txt"), "-f", "html"],
    ] {
        let page = run(&arguments);
        let page = page.text();
        assert!(page.contains("Content-Security-Policy"));
        assert!(page.contains("default-src &#39;none&#39;"));
        for loads in [" src=", "@import", "url(", "<link", "<iframe", " style="] {
            assert!(!page.contains(loads), "{loads}");
        }
    }
}

#[test]
fn several_documents_share_a_page_with_an_index() {
    let page = run(&["read", &example("briefs.jsonl"), "gone.txt", "-f", "html"]);
    assert_eq!(page.code, Some(1));
    let page = page.text();
    let ids: BTreeMap<&str, usize> = values(page, "id").into_iter().map(|id| (id, 1)).collect();
    for id in ["d1", "d2", "d3"] {
        assert!(ids.contains_key(id), "{id}");
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id}");
    }
    assert!(page.contains("not read: does not exist"));
}

#[test]
fn a_document_without_statements_says_so() {
    let run = run_with(program().args(["read", "-", "-f", "html"]), b"The port was closed.");
    assert!(run.text().contains("No statement was found"));
    let run = run_with(program().args(["read", "-"]), b"The port was closed.");
    assert!(run.text().contains("No statement was found"));
}
