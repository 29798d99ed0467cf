//! Whatever the bytes, a document keeps its promises or is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use onrecord_intake::{Document, Format, Intake, Limits, Options, Unit, units};
use onrecord_record::{MadeBy, Record};
use proptest::prelude::*;

static INTAKE: LazyLock<Intake> = LazyLock::new(|| Intake::new().unwrap());

fn read(bytes: &[u8], format: Format) {
    let unit = Unit { name: "a#1".to_owned(), bytes, format };
    let options =
        Options { limits: Limits { depth: 64, ..Limits::default() }, ..Options::default() };
    match INTAKE.read(&unit, &options) {
        Ok(document) => keeps_its_promises(&document),
        Err(refusal) => {
            assert_eq!(refusal.to_string().lines().count(), 1, "{refusal}");
            assert!(!refusal.kind().is_empty());
        }
    }
}

fn keeps_its_promises(document: &Document) {
    let Document { record, blocks } = document;
    let text = &record.text;
    let mut covered = 0;
    for block in blocks {
        let words = block.extent.of(text).expect("a block on character boundaries");
        assert!(!words.is_empty() && words.trim() == words, "{words:?} is not trimmed");
        let between = &text[covered..block.extent.start.index()];
        assert!(between.trim().is_empty(), "{between:?} lies in no block");
        covered = block.extent.end.index();
    }
    assert!(text[covered..].trim().is_empty(), "{:?} lies in no block", &text[covered..]);
    for origin in &record.origins {
        assert!(text.get(origin.start.index()..origin.end.index()).is_some());
    }
    let made_by = MadeBy { onrecord: "0".to_owned(), pack: None, model: None };
    assert_eq!(Record::of_document(made_by, record.clone()).breaches(), []);
}

/// Pieces that the formats and rules look for, so that random input reaches them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ \\t\\n\\r]{1,3}",
        "[a-zA-Z0-9“”\"'.,:;!?()—–-]{1,12}",
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\u{2028}",
            "\u{A0}",
            "\u{FEFF}",
            "# ",
            "> ",
            "- ",
            "1. ",
            "• ",
            "date 2025-12-12 ",
            "KESH, Dec 12 — ",
            "KESH (Reuters) - ",
            "(AP)",
            " — AFP",
            "By Ana Dell",
            "Published: 12 December 2025",
            "Feb 30, 2025",
            "The port was closed. ",
            "Photo: ",
            "AFP/ab",
            "PORT CLOSED",
            "2025-12-12T10:30:00Z",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn tags() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => pieces(),
        6 => proptest::sample::select(vec![
            "<p>", "</p>", "<div>", "</div>", "<div class=content>", "<div class=sidebar>", "<b>",
            "</b>", "<i>", "<a href=x>", "</a>", "<a href='javascript:x'>", "<table>", "<tr>",
            "<td>", "</table>", "<ul>", "<li>", "</ul>", "<br>", "<br><br>", "<h1>", "</h1>",
            "<h2>", "<script>", "</script>", "<style>", "<template>", "</template>", "<svg>",
            "<math>", "<q>", "</q>", "<pre>", "</pre>", "<blockquote>", "<figure>", "<figcaption>",
            "<title>", "</title>", "<meta charset=latin1>", "<meta property='og:title' content='x'>",
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script>",
            "<!--", "-->", "<select>", "<option>", "<form>", "<noscript>", "<img src=x>", "<font>",
            "<body>", "<html lang=en>", "<head>", "<frameset>", "<article>", "<time datetime=2025-12-12>",
            "&amp;", "&#0;", "&nbsp;", "<p>The port of Kesh was closed, the authority said, and it \
             will stay closed until the wall is built again, they said.</p>",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_any_format(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Text, Format::Html, Format::Json, Format::Pdf] {
            read(&bytes, format);
        }
        for name in ["a", "a.jsonl", "a.html"] {
            for unit in units(name, &bytes) {
                read(unit.bytes, unit.format);
            }
        }
    }

    #[test]
    fn any_story(text in pieces()) {
        read(text.as_bytes(), Format::Text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        read(&utf16, Format::Text);
    }

    #[test]
    fn any_page(page in tags()) {
        read(page.as_bytes(), Format::Html);
    }

    #[test]
    fn any_line(title in pieces(), text in pieces(), page in tags(), date in pieces()) {
        let line = serde_json::json!({ "title": title, "text": text, "date": date, "url": date });
        read(line.to_string().as_bytes(), Format::Json);
        let line = serde_json::json!({ "title": title, "html": page, "author": [title] });
        read(line.to_string().as_bytes(), Format::Json);
    }
}
