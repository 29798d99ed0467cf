//! What a search found: documents with passages and items.

use onrecord_casebook::search::{FoundItem, Hit, Hits, Passage};

use super::{Page, Run, Tone, indent, items, joined, run};

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
        let runs = items::marked(&passage.span, &passage.found);
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

fn found(page: &mut Page, found: &FoundItem) {
    let id = found.item.id.split_once(':').map_or(found.item.id.as_str(), |(_, id)| id);
    let lead = [indent(NUMBER), run(Tone::Faint, format!("{id:<5}"))];
    let runs = items::item(&found.item, &found.found);
    page.put(&lead, &[indent(NUMBER + 5)], &runs, "");
}
