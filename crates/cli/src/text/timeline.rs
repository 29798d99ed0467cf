//! The timeline: what the record dates, in the order of the dates.

use super::{Page, Tone, indent, run};
use crate::view::{View, date, timeline};

/// The columns of the dates.
const DATE: usize = 24;

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let days = timeline(view.record);
    if days.is_empty() {
        return;
    }
    page.section("Timeline", &days.len());
    for (value, events) in days {
        let day = date(value);
        for (i, event) in events.iter().enumerate() {
            let day = if i == 0 { day.as_str() } else { "" };
            let first = [run(Tone::Strong, format!("{day:<DATE$}"))];
            let (words, id) = (view.told(*event), event.id());
            let id = run(Tone::Faint, if id.is_empty() { id } else { format!("  {id}") });
            page.put(&first, &[indent(DATE)], &[run(Tone::Plain, words), id], "");
        }
    }
}
