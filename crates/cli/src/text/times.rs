//! Times: what each expression says, what it means, and the words around it.

use onrecord_reading::Domain;
use onrecord_record::{Anchor, Extent, Time};

use super::context::context;
use super::{ID, Page, Run, Tone, indent, run, table};
use crate::view::{View, paragraphs, words};

pub(super) fn draw(page: &mut Page, view: &View<'_>, domain: Option<Domain>) {
    let (document, times) = (&view.record.document, &view.record.times);
    if let Some(domain) = domain {
        page.put(&[], &[], &[run(Tone::Plain, words::domain(domain))], "");
        if document.published.is_none() {
            let mark = [run(Tone::Yellow, "! ")];
            page.put(&mark, &[indent(2)], &[run(Tone::Plain, words::NO_DATE)], "");
        }
    }
    if times.is_empty() {
        page.out.push('\n');
        page.put(&[], &[], &[run(Tone::Plain, words::NO_TIME)], "");
        return;
    }
    let open = times.iter().filter(|time| time.value.is_none()).count();
    let note = if open == 0 { String::new() } else { format!(", {open} without a value") };
    page.section("Times", &format!("{}{note}", times.len()));
    let rows: Vec<_> = times.iter().map(|time| row(view, time)).collect();
    let paragraphs: Vec<Extent> = paragraphs(document).iter().map(|p| p.extent).collect();
    let heads = ["", "words", "type", "value", "counted from", "sure"];
    table::draw_with(page, &heads, &rows, |page, place| {
        let Some(Time { span, .. }) = times.get(place) else { return };
        let first = paragraphs.partition_point(|p| p.end <= span.start);
        let last = paragraphs.partition_point(|p| p.end < span.end);
        let from = paragraphs.get(first).map_or(span.start, |p| p.start.min(span.start));
        let to = paragraphs.get(last).map_or(span.end, |p| p.end.max(span.end));
        let before = Extent::new(from, span.start).of(&document.text).unwrap_or_default();
        let after = Extent::new(span.end, to).of(&document.text).unwrap_or_default();
        let line = context(before, span, after, page.width.saturating_sub(ID));
        page.put(&[indent(ID)], &[indent(ID)], &line, "");
    });
}

fn row(view: &View<'_>, time: &Time) -> Vec<Run> {
    let tone = if time.value.is_some() { Tone::Strong } else { Tone::Red };
    vec![
        run(Tone::Faint, time.id.to_string()),
        run(Tone::Plain, format!("“{}”", time.span.text)),
        run(Tone::Faint, words::kind(time.kind)),
        run(tone, words::value(time)),
        run(Tone::Plain, counted_from(view, time)),
        run(Tone::Faint, words::sure(time.confidence)),
    ]
}

/// What a time was resolved against; nothing for one whose own words say all of it.
fn counted_from(view: &View<'_>, time: &Time) -> String {
    match time.from {
        None => String::new(),
        Some(Anchor::Published) => {
            let published = view.record.document.published.as_ref();
            let day = published.and_then(|published| published.value.split('T').next());
            format!("published {}", day.unwrap_or_default()).trim_end().to_owned()
        }
        Some(Anchor::Time(id)) => {
            let other = view.time(id);
            other.map(|other| format!("“{}” ({id})", other.span.text)).unwrap_or_default()
        }
    }
}
