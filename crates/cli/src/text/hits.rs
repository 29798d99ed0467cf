//! What a search found: documents with passages and items.

use onrecord_casebook::search::{FoundItem, Hit, Hits, Item, Passage};
use onrecord_record::Span;

use super::{Page, Run, Tone, indent, joined, run};
use crate::view::words;

/// The columns of a document's number.
const NUMBER: usize = 8;

pub(super) fn draw(page: &mut Page, hits: &Hits) {
    for (turn, hit) in hits.hits.iter().enumerate() {
        if turn > 0 {
            page.out.push('\n');
        }
        one(page, hit);
    }
    let count = hits.hits.len();
    let mut notes = Vec::new();
    if hits.is_cut {
        notes.push(format!("The first {count} documents; there are more: raise --limit."));
    }
    if hits.is_partly_ranked {
        notes.push("Very many have these words: only the newest were ranked.".to_owned());
    }
    if !notes.is_empty() {
        page.out.push('\n');
        page.put(&[], &[], &[run(Tone::Faint, notes.join(" "))], "");
    }
}

fn one(page: &mut Page, hit: &Hit) {
    let row = &hit.row;
    let lead = [run(Tone::Faint, format!("{:<NUMBER$}", row.id.to_string()))];
    let title = row.title.clone().unwrap_or_else(|| "no title".to_owned());
    let published = row.published.as_deref().and_then(|date| date.get(..10)).unwrap_or_default();
    page.put(&lead, &[indent(NUMBER)], &[run(Tone::Strong, title)], published);
    let by = [row.outlet.clone(), row.agency.clone(), Some(row.name.clone())];
    let by = joined(&by.map(Option::unwrap_or_default));
    page.put(&[indent(NUMBER)], &[indent(NUMBER)], &[run(Tone::Faint, by)], "");
    for passage in &hit.passages {
        let runs = marked(&passage.span, &passage.found, Tone::Plain);
        page.put(&[indent(NUMBER)], &[indent(NUMBER)], &whole(passage, runs), "");
    }
    for item in &hit.items {
        found(page, item);
    }
}

/// A passage with dots where its sentence may go on.
fn whole(passage: &Passage, runs: Vec<Run>) -> Vec<Run> {
    let ends = passage.span.text.ends_with(|c: char| !c.is_alphanumeric());
    let dots = if ends { "" } else { " …" };
    runs.into_iter().chain([run(Tone::Faint, dots)]).collect()
}

/// Words with what was looked for marked.
fn marked(span: &Span, found: &[Span], tone: Tone) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    for mark in found {
        let start = mark.start.index().saturating_sub(span.start.index()).max(at);
        let end = mark.end.index().saturating_sub(span.start.index());
        if let (Some(before), Some(word)) = (span.text.get(at..start), span.text.get(start..end)) {
            runs.extend([run(tone, before), run(Tone::Marked, word)]);
            at = end;
        }
    }
    runs.push(run(tone, span.text.get(at..).unwrap_or_default()));
    runs
}

fn found(page: &mut Page, item: &FoundItem) {
    let who = item.source.clone();
    let id = item.id.split_once(':').map_or(item.id.as_str(), |(_, id)| id);
    let lead = [indent(NUMBER), run(Tone::Faint, format!("{id:<5}"))];
    let rest = [indent(NUMBER + 5)];
    let told = |nobody: &str| run(Tone::Strong, who.unwrap_or_else(|| nobody.to_owned()));
    let space = || run(Tone::Plain, " ");
    let runs = match &item.item {
        Item::Statement(statement) => {
            let act = run(Tone::of(statement.act), words::act(statement));
            let lead = [told(words::NO_SOURCE), space(), act, run(Tone::Plain, ": ")];
            lead.into_iter().chain(marked(&statement.span, &item.found, Tone::Plain)).collect()
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
            let articles = articles.join(", ");
            vec![
                told(words::NARRATOR),
                run(Tone::Red, " alleges "),
                run(Tone::Plain, format!("{articles}{against}: ")),
                run(Tone::Quoted, conduct.join(" … ")),
            ]
        }
        Item::Figure(figure) => vec![
            told(words::NARRATOR),
            run(Tone::Plain, format!(": {}: ", words::count(figure))),
            run(Tone::Quoted, figure.span.text.clone()),
        ],
    };
    page.put(&lead, &rest, &runs, "");
}
