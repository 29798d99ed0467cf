//! Swapping the parties of a text swaps them in the record and changes nothing else.
#![allow(clippy::unwrap_used, missing_docs)]

use onrecord_intake::{Intake, Options, units};
use onrecord_reading::Engine;
use onrecord_record::{Record, Source, Span};

/// Stories about two parties, `{A}` and `{B}`.
const STORIES: [&str; 8] = [
    "{A} on Monday accused {B} of shelling a clinic, an accusation {B} has denied.",
    "“{B} broke the truce,” {A} said in a statement. {B} rejected the charge as a lie.",
    "{A} said that 12 civilians were killed by {B}. {B} did not say how many died.",
    "{B} warned {A} not to cross the river, and {A} vowed to answer any attack.",
    "According to {A}, {B} shot at least 40 prisoners. {B} called the report “false”.",
    "{A} denied that it had taken hostages. {B} said {A} held more than 30 of its soldiers.",
    "A witness said {A} opened fire first. {B} claimed that {A} had killed two of its men.",
    "{A} was accused by {B} of torture. It said the claim was “without any basis”.",
];

/// Parties of the same kind and of different kinds.
const PARTIES: [(&str, &str); 8] = [
    ("Kesh", "Oland"),
    ("France", "Japan"),
    ("Nigeria", "Canada"),
    ("Oland", "the Harbour Front"),
    ("the defence ministry", "the Harbour Front"),
    ("Doctors Abroad", "the police"),
    ("the Northern Church", "the Southern Church"),
    ("the Interior Ministry", "Safe Passage"),
];

fn read(engine: &Engine, intake: &Intake, text: &str) -> Record {
    let unit = units("story.txt", text.as_bytes()).next().unwrap();
    let options = Options {
        published: Some("2025-03-05".to_owned()),
        language: Some("en".to_owned()),
        ..Options::default()
    };
    engine.read(&intake.read(&unit, &options).unwrap(), None)
}

/// What a record says, one line an item, its parties by name.
fn lines(record: &Record) -> Vec<String> {
    let words = |span: &Span| span.text.to_lowercase();
    let source = |source: &Source| {
        let name = source.actor.and_then(|id| record.actor(id)).map(|a| a.name.to_lowercase());
        format!("{:?} {name:?} {:?}", source.kind, source.span.as_ref().map(words))
    };
    let mut lines: Vec<String> = Vec::new();
    for s in &record.statements {
        let cue = s.cue.as_ref().map(|cue| words(&cue.span));
        let content: Vec<String> = s.content.iter().map(words).collect();
        let said = s.said.as_ref().map(|when| &when.value);
        lines.push(format!(
            "{} {} {cue:?} {content:?} {:?} {:?} {:?} {said:?} {:?} {}",
            s.id,
            source(&s.source),
            s.act,
            s.manner,
            s.polarity,
            s.within,
            s.confidence,
        ));
    }
    for f in &record.figures {
        let values = (f.low, f.high, &f.counted, f.approximate, f.statement);
        lines.push(format!("{} {} {values:?}", f.id, words(&f.span)));
    }
    lines.extend(record.links.iter().map(|link| format!("{link:?}")));
    lines
}

#[test]
fn swapping_the_parties_swaps_them_and_changes_nothing_else() {
    let (engine, intake) = (Engine::new().unwrap(), Intake::new().unwrap());
    let mut statements = 0;
    for story in STORIES {
        for (one, other) in PARTIES {
            let tell = |a: &str, b: &str| {
                let text = story.replace("{A}", a).replace("{B}", b);
                // A sentence begins with a capital.
                let sentences = text.split(". ").map(|s| {
                    let mut letters = s.chars();
                    let first = letters.next().map(|c| c.to_uppercase().to_string());
                    first.unwrap_or_default() + letters.as_str()
                });
                lines(&read(&engine, &intake, &sentences.collect::<Vec<_>>().join(". ")))
            };
            let bare = |name: &str| name.strip_prefix("the ").unwrap_or(name).to_lowercase();
            // An article goes along with its name.
            let without_article = |line: String| {
                line.replace(&one.to_lowercase(), &bare(one))
                    .replace(&other.to_lowercase(), &bare(other))
            };
            let swap = |line: String| {
                let marked = without_article(line).replace(&bare(one), "\u{1}");
                marked.replace(&bare(other), &bare(one)).replace('\u{1}', &bare(other))
            };
            let told: Vec<String> = tell(one, other).into_iter().map(swap).collect();
            let swapped: Vec<String> = tell(other, one).into_iter().map(without_article).collect();
            assert_eq!(told, swapped, "{story}\n{one} / {other}");
            statements += told.len();
        }
    }
    assert!(statements > 100, "only {statements} items were compared");
}
