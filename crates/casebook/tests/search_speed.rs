//! How long queries take. Run by hand:
//! `ONRECORD_DOCUMENTS=20000 cargo test --release -p onrecord-casebook --test search_speed -- --ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod records;

use std::time::{Duration, Instant};

use onrecord_casebook::search::Query;
use onrecord_casebook::{Case, System};
use onrecord_record::{Record, Sha256};
use records::{Story, taken};
use serde_json::json;

/// The longest that 95 of 100 queries may take.
const LIMIT: Duration = Duration::from_millis(50);

/// Numbers that look drawn and are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// Small numbers much more often than great ones, as words are in a language.
    fn rank(&mut self, bound: u64) -> u64 {
        let scale = self.below(bound) + 1;
        self.below(scale)
    }
}

/// A word or name by its number: syllables, so that beginnings are shared.
fn word(mut number: u64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ka", "lo", "mi", "ren", "tu", "sa", "vor", "el", "dan", "pi", "os", "gar", "ne", "um",
        "fi", "bru",
    ];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[usize::try_from(number % 16).unwrap()]);
        number /= 16;
        if number == 0 && word.len() > 3 {
            return word;
        }
    }
}

fn document(turn: u64) -> Record {
    let mut draw = Draw(turn);
    let mut sentences: Vec<String> = Vec::new();
    for i in 0..20 {
        let words: Vec<String> = (0..22).map(|_| word(draw.rank(30_000))).collect();
        let (day, hour) = (draw.below(28) + 1, i);
        sentences.push(format!("{} {hour} {day}.", words.join(" ")));
    }
    let names: Vec<String> = (0..8)
        .map(|i| {
            let (first, last) = (word(draw.rank(400) + 5000), word(draw.rank(3000) + 9000));
            format!("N{i} {first} {last}")
        })
        .collect();
    let text = format!("{}\n{}\n{turn}", names.join(", "), sentences.join("\n"));
    let (year, month, day) = (2016 + draw.below(10), draw.below(12) + 1, draw.below(28) + 1);
    let date = format!("{year}-{month:02}-{day:02}");
    let mut story = Story::of(&text)
        .told("title", json!(format!("{} {}", word(draw.rank(30_000)), word(draw.rank(30_000)))))
        .told("outlet", json!(format!("Courier {}", draw.rank(200))))
        .told("published", json!({ "value": date, "basis": "metadata" }));
    for name in &names {
        story = story.actor(name);
    }
    let acts = ["say", "say", "say", "say", "accuse", "deny", "find", "demand", "warn"];
    for sentence in &sentences[..12] {
        let source = format!("a{}", draw.below(8) + 1);
        let act = acts[usize::try_from(draw.below(9)).unwrap()];
        let said = json!({ "said": { "value": date, "time": null } });
        story = story.statement(sentence.trim_end_matches('.'), &source, act, &said);
    }
    for sentence in &sentences[12..14] {
        let taxon = format!(
            "rome-statute:{}.1.{}",
            7 + draw.below(2),
            ["a", "b", "f"][usize::try_from(draw.below(3)).unwrap()]
        );
        let answered = match draw.below(2) {
            0 => json!([]),
            _ => json!([{ "statement": "s2", "kind": "denies" }]),
        };
        let fields = json!({ "responses": answered, "when": { "value": date, "time": null } });
        let accused = format!("a{}", draw.below(8) + 1);
        story = story.allegation(sentence.trim_end_matches('.'), &taxon, &accused, "s1", &fields);
    }
    for sentence in &sentences[14..17] {
        let counted = ["killed", "injured", "detained"][usize::try_from(draw.below(3)).unwrap()];
        let fields = json!({ "source": { "kind": "actor", "actor": format!("a{}", draw.below(8) + 1) },
            "when": { "value": date, "time": null } });
        story = story.figure(sentence.trim_end_matches('.'), counted, 12.0, &fields);
    }
    story.record()
}

/// Stories that are told again under other names, so that making them costs little.
const STORIES: u64 = 2000;

/// The story told for the so-manieth time.
fn told(stories: &[Record], turn: u64) -> Record {
    let mut record = stories[usize::try_from(turn % STORIES).unwrap()].clone();
    record.document.text.push_str(&format!(" {turn}"));
    record.document.id = Sha256::of(record.document.text.as_bytes());
    record
}

fn queries(draw: &mut Draw) -> Vec<(&'static str, String)> {
    let mut any = |bound: u64| word(draw.rank(bound));
    let common = any(50);
    let (one, two, rare) = (any(2000), any(2000), any(30_000));
    let (first, last) = (word(draw.rank(400) + 5000), word(draw.rank(3000) + 9000));
    let year = 2016 + draw.below(10);
    let month = draw.below(12) + 1;
    vec![
        ("common word", common.clone()),
        ("word", one.clone()),
        ("rare word", rare.clone()),
        ("two words", format!("{one} {two}")),
        ("common and rare", format!("{common} {rare}")),
        ("either", format!("{one} OR {two}")),
        ("phrase", format!("\"{common} {one}\"")),
        ("prefix", format!("{}*", &two[..4.min(two.len())])),
        ("speaker", format!("speaker:{last}")),
        ("common speaker", format!("speaker:{first}")),
        ("speaker and act", format!("speaker:{first} act:deny")),
        ("act", "act:accuse".to_owned()),
        ("word and act", format!("{common} act:deny")),
        ("word and speaker", format!("{common} speaker:{first}")),
        ("says", format!("says:{one}")),
        ("says common and speaker", format!("says:{common} speaker:{last}")),
        ("said month", format!("said:{year}-{month:02}")),
        ("said and act", format!("said:{year}-{month:02} act:warn")),
        ("accused unanswered", format!("accused:{last} answered:no")),
        ("taxon", "taxon:rome-statute:7.1".to_owned()),
        ("taxon and event", format!("taxon:rome-statute:7.1.f event:{year}-{month:02}")),
        ("counted by source", format!("counted:killed figure-source:{last}")),
        ("outlet and act", format!("outlet:{} act:find", draw.rank(200))),
        ("not", format!("act:deny NOT speaker:{first} NOT {common}")),
    ]
}

#[test]
#[ignore = "takes minutes; measures"]
fn queries_are_answered_in_time() {
    let count: u64 =
        std::env::var("ONRECORD_DOCUMENTS").map_or(20_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = match std::env::var("ONRECORD_CASE") {
        Ok(path) => path.into(),
        Err(_) => folder.path().join("case"),
    };
    if !path.join("case.toml").exists() {
        let mut case = Case::new(&path, "tester", &System::real()).unwrap();
        let stories: Vec<Record> = (0..STORIES).map(document).collect();
        let (mut made, began) = (Duration::ZERO, Instant::now());
        let mut taking = case.taking();
        for turn in 0..count {
            let making = Instant::now();
            let document = taken(&format!("{turn}.txt"), told(&stories, turn));
            made += making.elapsed();
            taking.take(document).unwrap();
        }
        taking.flush().unwrap();
        println!("{count} documents taken in {:.1?} without the making", began.elapsed() - made);
        case.close().unwrap();
    }
    let opening = Instant::now();
    let case = Case::open_to_read(&path, &System::real()).unwrap();
    println!("opened in {:.1?}", opening.elapsed());
    let bytes = std::fs::metadata(path.join("case.db")).unwrap().len();
    println!("case.db has {} MiB", bytes >> 20);
    let mut draw = Draw(7);
    let mut all = Vec::new();
    let mut kinds: std::collections::BTreeMap<&str, Vec<Duration>> =
        std::collections::BTreeMap::new();
    for _ in 0..40 {
        for (kind, text) in queries(&mut draw) {
            let query = Query::parse(&text).unwrap();
            let began = Instant::now();
            let hits = case.search(query, 20).unwrap();
            let took = began.elapsed();
            assert!(hits.hits.len() <= 20);
            kinds.entry(kind).or_default().push(took);
            all.push(took);
        }
    }
    let at = |times: &mut Vec<Duration>, share: usize| {
        times.sort();
        times[times.len() * share / 100]
    };
    for (kind, times) in &mut kinds {
        println!("{kind:<26} half {:>9.2?}  95 of 100 {:>9.2?}", at(times, 50), at(times, 95));
    }
    let (half, most) = (at(&mut all, 50), at(&mut all, 95));
    println!("{:<26} half {half:>9.2?}  95 of 100 {most:>9.2?}", "all");
    assert!(most <= LIMIT, "{most:?}");
}
