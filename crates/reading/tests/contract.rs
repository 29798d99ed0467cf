//! Whatever the text, its record keeps the contract: no span leaves the text, no id dangles, and
//! the same bytes come out again.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::LazyLock;

use onrecord_intake::{Intake, Options, units};
use onrecord_reading::Engine;
use onrecord_record::Record;
use proptest::prelude::*;

static INTAKE: LazyLock<Intake> = LazyLock::new(|| Intake::new().unwrap());
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().unwrap());

fn read(text: &str) -> Option<Record> {
    let unit = units("story.txt", text.as_bytes()).next()?;
    let options = Options {
        published: Some("2025-03-05".to_owned()),
        language: Some("en".to_owned()),
        ..Options::default()
    };
    Some(ENGINE.read(&INTAKE.read(&unit, &options).ok()?, None))
}

/// Pieces of which texts are made: words that rules look for, names, marks, breaks.
const PIECES: [&str; 40] = [
    "the ministry",
    "Ada Venn",
    "Kesh",
    "The Harbour Front",
    "she",
    "it",
    "who",
    "said",
    "accused",
    "denied",
    "told",
    "according to",
    "was",
    "not",
    "has",
    "that",
    "of",
    "for",
    "as",
    "by",
    "and",
    "“",
    "”",
    "\"",
    "‘",
    "’s",
    ",",
    ".",
    "…",
    "—",
    ":",
    "\n\n",
    "12 people",
    "were killed",
    "at least 1,221",
    "on Monday",
    "October 7, 2023",
    "that day",
    "an arrest warrant for",
    "é 日本",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_record_that_keeps_its_contract(text in "\\PC{0,300}") {
        if let Some(record) = read(&text) {
            prop_assert_eq!(record.breaches(), []);
        }
    }

    #[test]
    fn texts_of_words_that_rules_look_for_do_too(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)
    ) {
        if let Some(record) = read(&pieces.join(" ")) {
            prop_assert_eq!(record.breaches(), []);
            let again = read(&pieces.join(" ")).unwrap();
            prop_assert_eq!(
                serde_json::to_string(&record).unwrap(),
                serde_json::to_string(&again).unwrap()
            );
        }
    }
}

#[test]
fn attributions_in_one_another_stop_at_a_depth_and_their_text_does_not_explode() {
    let record = read(&"Ada Venn said ".repeat(20_000)).unwrap();
    assert_eq!(record.breaches(), []);
    let content: usize =
        record.statements.iter().flat_map(|s| &s.content).map(|c| c.text.len()).sum();
    assert!(content < 64 * record.document.text.len(), "{content} bytes of content");
}

#[test]
fn a_language_without_a_pack_gives_the_document_and_says_so() {
    let unit = units("tale.txt", "Ministeriet sade att bron var stängd i går kväll.".as_bytes());
    let document = INTAKE.read(&unit.into_iter().next().unwrap(), &Options::default()).unwrap();
    let record = ENGINE.read(&document, None);
    assert_eq!(record.made_by.pack, None);
    assert!(record.statements.is_empty() && record.actors.is_empty());
    assert_eq!(record.document.notices.len(), 1, "{:?}", record.document.notices);
    assert_eq!(record.breaches(), []);
}
