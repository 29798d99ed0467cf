//! The board of proceedings: a row for each, its steps beneath it in time order.

use onrecord_record::{Proceeding, State, Step};

use super::{ID, Page, Run, Tone, indent, run, table};
use crate::view::{View, words};

/// The columns of the dates.
const DATE: usize = 23;
/// Pages below this have no column for dates.
const NARROW: usize = 60;

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let proceedings = &view.record.proceedings;
    if proceedings.is_empty() {
        return;
    }
    page.section("Proceedings", &proceedings.len());
    let heads = ["", "against", "what", "before", "state", "sure"];
    let rows: Vec<_> = proceedings.iter().map(|proceeding| row(view, proceeding)).collect();
    table::draw_with(page, &heads, &rows, |page, place| {
        if let Some(proceeding) = proceedings.get(place) {
            beneath(page, view, proceeding);
            page.out.push_str(if place + 1 < proceedings.len() { "\n" } else { "" });
        }
    });
}

fn row(view: &View<'_>, proceeding: &Proceeding) -> Vec<Run> {
    let name = |id: Option<_>| id.map(|id| view.name(id)).unwrap_or_default();
    let as_of = proceeding.as_of.as_ref().map(|when| format!(" as of {}", words::when(when)));
    let tone = match proceeding.state {
        State::Active | State::Pending => Tone::Yellow,
        State::Withdrawn | State::Closed | State::Decided => Tone::Plain,
    };
    vec![
        run(Tone::Faint, proceeding.id.to_string()),
        run(Tone::Strong, name(proceeding.subject)),
        run(Tone::Plain, words::kind(proceeding.instrument)),
        run(Tone::Plain, name(proceeding.forum)),
        run(tone, words::kind(proceeding.state) + &as_of.unwrap_or_default()),
        run(Tone::Faint, words::sure(proceeding.confidence)),
    ]
}

/// For what it is, and its steps.
fn beneath(page: &mut Page, view: &View<'_>, proceeding: &Proceeding) {
    for conduct in &proceeding.conduct {
        let about = format!("for “{}” ({})", conduct.span.text, words::article(&conduct.taxon));
        let tail = format!("line {}", view.line(&conduct.span));
        page.put(&[indent(ID)], &[indent(ID)], &[run(Tone::Plain, about)], &tail);
    }
    for step in &proceeding.steps {
        line(page, view, step);
    }
}

fn line(page: &mut Page, view: &View<'_>, step: &Step) {
    let on = step.on.as_ref().map_or_else(|| "no date".to_owned(), words::when);
    let reason = step.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    let mut first = vec![indent(ID), run(Tone::Faint, format!("{on:<DATE$}"))];
    let mut rest = indent(ID + DATE);
    let mut runs = vec![
        run(Tone::Plain, words::kind(step.step)),
        run(Tone::Plain, reason),
        run(Tone::Faint, format!(" “{}” {}", step.span.text, words::sure(step.confidence))),
    ];
    if page.width < NARROW {
        first.truncate(1);
        rest = indent(ID + 2);
        runs.insert(0, run(Tone::Faint, format!("{on} ")));
    }
    page.put(&first, &[rest], &runs, &format!("line {}", view.line(&step.span)));
}
