//! What is to be reviewed, and what was decided.

use onrecord_casebook::Review;
use onrecord_casebook::review::{Doubtful, Reason};
use onrecord_record::{Check, ItemId};
use serde_json::Value;

use super::{Page, Run, Tone, indent, items, run};
use crate::view::words;

/// The columns of an item's name.
const NAME: usize = 10;

pub(super) fn draw(page: &mut Page, list: &[Doubtful]) {
    for (turn, doubtful) in list.iter().enumerate() {
        if turn > 0 {
            page.out.push('\n');
        }
        let lead = [run(Tone::Faint, format!("{:<NAME$}", doubtful.item.id))];
        page.put(&lead, &[indent(NAME)], &items::item(&doubtful.item, &[]), "");
        for reason in &doubtful.reasons {
            set_in(page, &[run(Tone::Yellow, told(reason))]);
        }
        set_in(page, &[run(Tone::Faint, doubtful.document.clone())]);
        for review in &doubtful.reviews {
            set_in(page, &decision(review));
        }
    }
}

/// What was decided on items of a record.
pub(super) fn decided(page: &mut Page, decided: &[(ItemId, Review)]) {
    if decided.is_empty() {
        return;
    }
    page.section("Review", &words::counted(decided.len(), "decision", "decisions"));
    for (id, review) in decided {
        page.put(&[super::id(id)], &[indent(super::ID)], &decision(review), "");
    }
}

fn set_in(page: &mut Page, runs: &[Run]) {
    page.put(&[indent(NAME)], &[indent(NAME)], runs, "");
}

fn told(reason: &Reason) -> String {
    match reason {
        Reason::Confidence(confidence) => format!("confidence {confidence:.2}"),
        Reason::Check { kind, says } => {
            let check = Check {
                kind: *kind,
                items: Vec::new(),
                holds: false,
                says: String::new(),
                confidence: 0.0,
            };
            format!("{}: {says}", words::outcome(&check))
        }
        Reason::Contradicted(statement) => format!("cannot be true together with {statement}"),
        Reason::NobodyAccused => "nobody that the record knows is accused".to_owned(),
    }
}

fn decision(review: &Review) -> Vec<Run> {
    let (tone, what) = match review.decision.as_str() {
        "accept" => (Tone::Green, "accepted"),
        "correct" => (Tone::Blue, "corrected"),
        _ => (Tone::Red, "rejected"),
    };
    let changes: Vec<String> =
        review.changes.iter().map(|(field, value)| format!("{field}={}", short(value))).collect();
    let changes =
        if changes.is_empty() { String::new() } else { format!(": {}", changes.join(", ")) };
    let reason =
        if review.reason.is_empty() { String::new() } else { format!(" ({})", review.reason) };
    let day = review.at.get(..10).unwrap_or_default();
    vec![
        run(tone, what),
        run(Tone::Plain, format!(" by {}{changes}{reason} ", review.by)),
        run(Tone::Faint, day),
    ]
}

/// A value as a person would write it.
fn short(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}
