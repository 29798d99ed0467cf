//! An item of a case in a few words.

use onrecord_casebook::{CaseItem, Item};
use onrecord_record::Span;

use super::{Run, Tone, run};
use crate::view::words;

/// Whose it is, what it is, and its words, with what was looked for marked in a statement.
pub(super) fn item(item: &CaseItem, found: &[Span]) -> Vec<Run> {
    let told = |nobody: &str| {
        let who = item.source.clone().unwrap_or_else(|| nobody.to_owned());
        run(Tone::Strong, who)
    };
    match &item.item {
        Item::Statement(statement) => {
            let act = run(Tone::of(statement.act), words::act(statement));
            let lead = [told(words::NO_SOURCE), run(Tone::Plain, " "), act, run(Tone::Plain, ": ")];
            lead.into_iter().chain(marked(&statement.span, found)).collect()
        }
        Item::Allegation(allegation) => {
            let accused: Vec<&str> =
                allegation.accused.iter().map(|accused| accused.span.text.as_str()).collect();
            let against = match accused.as_slice() {
                [] => String::new(),
                accused => format!(" against {}", accused.join(", ")),
            };
            let conduct: Vec<&str> =
                allegation.conduct.iter().map(|conduct| conduct.span.text.as_str()).collect();
            let mut articles: Vec<String> =
                allegation.conduct.iter().map(|conduct| words::article(&conduct.taxon)).collect();
            articles.dedup();
            vec![
                told(words::NARRATOR),
                run(Tone::Red, " alleges "),
                run(Tone::Plain, format!("{}{against}: ", articles.join(", "))),
                run(Tone::Quoted, conduct.join(" … ")),
            ]
        }
        Item::Figure(figure) => vec![
            told(words::NARRATOR),
            run(Tone::Plain, format!(": {}: ", words::count(figure))),
            run(Tone::Quoted, figure.span.text.clone()),
        ],
        Item::Proceeding(proceeding) => {
            let steps: Vec<&str> =
                proceeding.steps.iter().map(|step| step.span.text.as_str()).collect();
            vec![
                told(words::NO_SOURCE),
                run(
                    Tone::Plain,
                    format!(
                        ": {}, {}: ",
                        words::kind(proceeding.instrument),
                        words::kind(proceeding.state)
                    ),
                ),
                run(Tone::Quoted, steps.join(" … ")),
            ]
        }
        Item::Actor(actor) => vec![
            run(Tone::Strong, actor.name.clone()),
            run(Tone::Plain, format!(" {}", words::actor(actor.kind))),
        ],
        Item::Time(time) => vec![
            run(Tone::Quoted, time.span.text.clone()),
            run(Tone::Plain, format!(" {}", words::value(time))),
        ],
    }
}

/// Words with what was looked for marked.
pub(super) fn marked(span: &Span, found: &[Span]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for mark in found {
        let start = mark.start.index().saturating_sub(span.start.index()).max(at);
        let end = mark.end.index().saturating_sub(span.start.index());
        if let (Some(before), Some(word)) = (span.text.get(at..start), span.text.get(start..end)) {
            runs.extend([run(Tone::Plain, before), run(Tone::Marked, word)]);
            at = end;
        }
    }
    runs.push(run(Tone::Plain, span.text.get(at..).unwrap_or_default()));
    runs
}
