//! Absurd, contradictory and endless texts: each gives a record that keeps its contract, with as many
//! items as the limits of reading allow.
#![allow(clippy::unwrap_used, missing_docs)]

mod story;

use onrecord_record::{Record, SourceKind, StatementId};
use story::read;

/// Names of people, no two the same.
fn names(count: usize) -> Vec<String> {
    const FIRST: [&str; 5] = ["Tavo", "Ilse", "Bram", "Oda", "Jory"];
    const PARTS: [&str; 10] = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"];
    let name = |at: usize| {
        let last = (0..4).map(|place| PARTS[at / 10_usize.pow(place) % 10]);
        let last: String = last.collect();
        format!("{} {}{}", FIRST[at % 5], last[..1].to_uppercase(), &last[1..])
    };
    (0..count).map(name).collect()
}

/// How many statements hold a statement, one in the other.
fn depth(record: &Record, id: StatementId) -> usize {
    let within = |id: &StatementId| record.statement(*id).unwrap().within;
    std::iter::successors(Some(id), within).count() - 1
}

#[test]
fn ten_thousand_actors_are_told_apart() {
    let names = names(10_000);
    let text: Vec<String> =
        names.iter().map(|name| format!("{name} said the bridge was shut.")).collect();
    let record = read(&text.join("\n\n"));
    assert_eq!((record.actors.len(), record.statements.len()), (10_000, 10_000));
    let sources = record.statements.iter().filter(|s| s.source.kind == SourceKind::Actor);
    assert_eq!(sources.count(), 10_000);
}

#[test]
fn a_statement_nested_twenty_deep_gives_those_that_are_found_each_within_another() {
    let said: Vec<String> = names(20).iter().map(|name| format!("{name} said that")).collect();
    let record = read(&format!("{} the bridge was shut.", said.join(" ")));
    let deepest = record.statements.iter().map(|s| depth(&record, s.id)).max();
    assert!(deepest.is_some_and(|deepest| (1..20).contains(&deepest)), "{deepest:?}");
    let said: Vec<String> = names(5_000).iter().map(|name| format!("{name} said that")).collect();
    let record = read(&format!("{} the bridge was shut.", said.join(" ")));
    assert!(record.statements.iter().all(|s| depth(&record, s.id) < 32));
}

#[test]
fn of_a_list_without_end_a_thousand_are_pursued() {
    let warrants = |count: usize| {
        let names = names(count);
        let (last, rest) = names.split_last().unwrap();
        let list = format!("{} and {last}", rest.join(", "));
        read(&format!("The Coastal Court issued arrest warrants for {list} on Monday."))
    };
    for (count, pursued) in [(1_000, 1_000), (3_000, 1_000)] {
        let record = warrants(count);
        assert_eq!(record.proceedings.len(), pursued);
        assert!(record.proceedings.iter().all(|p| p.subject.is_some() && p.steps.len() == 1));
    }
}

#[test]
fn a_list_of_a_thousand_accused_is_read() {
    let names = names(1_000);
    let record = read(&format!("The union accused {} of genocide.", names.join(", ")));
    assert!(record.actors.len() >= 1_000, "{}", record.actors.len());
    assert_eq!(record.statements.len(), 1);
    assert!(record.allegations.iter().all(|g| g.accused.len() <= 1_000));
}

#[test]
fn a_text_that_is_one_quotation_says_nothing_of_its_source() {
    let sentence = "The bridge was shut and nobody came. ";
    for text in [format!("“{}”", sentence.repeat(2_000)), format!("“{}", sentence.repeat(2_000))]
    {
        let record = read(&text);
        assert!(record.statements.iter().all(|s| s.source.actor.is_none() && s.cue.is_none()));
        let content = record.statements.iter().flat_map(|s| &s.content);
        let bytes: usize = content.map(|part| part.text.len()).sum();
        assert!(bytes <= text.len(), "{bytes} bytes of content");
    }
}

#[test]
fn a_text_that_contradicts_itself_gives_checks_in_bounds() {
    let parts = "Of the 12 dead, 40 were children. Of the 40, 12 were dead. ";
    let conflict = "The ministry said 12 people died on Monday. \
        The ministry said 14 people died on Monday. ";
    let order = "The prosecutor applied for an arrest warrant for Ravik Soln on May 4, 2025. \
        The prosecutor withdrew the warrant for Ravik Soln on May 2, 2024. ";
    for text in [parts, conflict, order] {
        let (once, often) = (read(text), read(&text.repeat(300)));
        let most = 16 * 2 * 300;
        assert!(often.checks.len() <= most, "{} checks of {text}", often.checks.len());
        assert!(once.checks.len() <= often.checks.len());
    }
    assert!(read(conflict).checks.iter().any(|check| !check.holds));
    assert!(read(order).checks.iter().any(|check| !check.holds));
}

#[test]
fn denials_of_denials_answer_each_other_and_never_themselves() {
    let text = "The ministry denied that the army denied the accusation. ".repeat(500);
    let record = read(&text);
    assert!(record.statements.len() >= 500, "{}", record.statements.len());
    assert!(record.links.iter().all(|link| link.from != link.to));
    assert!(record.links.len() <= 2 * record.statements.len());
}

#[test]
fn a_sentence_without_end_is_read_in_pieces() {
    let text = "the ministry said the army killed 12 people and ".repeat(5_000);
    let record = read(&text);
    assert!(record.figures.len() >= 1_000, "{}", record.figures.len());
    let content = record.statements.iter().flat_map(|s| &s.content);
    let bytes: usize = content.map(|part| part.text.len()).sum();
    assert!(bytes <= 32 * text.len(), "{bytes} bytes of content");
}
