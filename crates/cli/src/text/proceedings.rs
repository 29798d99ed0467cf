//! Proceedings: what courts and other bodies did, step by step.

use onrecord_record::{Proceeding, State};

use super::{ID, Page, Tone, id, indent, joined, run};
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
    for (i, proceeding) in proceedings.iter().enumerate() {
        if i > 0 {
            page.out.push('\n');
        }
        one(page, view, proceeding);
    }
}

fn one(page: &mut Page, view: &View<'_>, proceeding: &Proceeding) {
    let against = proceeding.subject.map(|id| format!("against {}", view.name(id)));
    let forum = proceeding.forum.map(|id| view.name(id).to_owned());
    let conduct = proceeding.conduct.iter();
    let conduct: Vec<_> =
        conduct.map(|conduct| format!("“{}” ({})", conduct.span.text, conduct.taxon.0)).collect();
    let as_of = proceeding.as_of.as_ref().map(|when| format!(" as of {}", words::when(when)));
    let head = joined(&[
        words::kind(proceeding.instrument),
        against.unwrap_or_default(),
        forum.unwrap_or_default(),
        conduct.join(", "),
    ]);
    let tone = match proceeding.state {
        State::Active | State::Pending => Tone::Yellow,
        State::Withdrawn | State::Closed | State::Decided => Tone::Plain,
    };
    let runs = [
        run(Tone::Strong, head),
        run(Tone::Plain, " · "),
        run(tone, words::kind(proceeding.state)),
        run(Tone::Faint, as_of.unwrap_or_default()),
    ];
    page.put(&[id(&proceeding.id)], &[indent(ID)], &runs, "");
    for step in &proceeding.steps {
        let on = step.on.as_ref().map_or_else(|| "no date".to_owned(), words::when);
        let reason = step.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        let mut first = vec![indent(ID), run(Tone::Faint, format!("{on:<DATE$}"))];
        let mut rest = indent(ID + DATE);
        let mut runs = vec![
            run(Tone::Strong, words::kind(step.step)),
            run(Tone::Plain, reason),
            run(Tone::Plain, format!(" “{}”", step.span.text)),
        ];
        if page.width < NARROW {
            first.truncate(1);
            rest = indent(ID + 2);
            runs.insert(0, run(Tone::Faint, format!("{on} ")));
        }
        let tail = format!("line {}", view.line(&step.span));
        page.put(&first, &[rest], &runs, &tail);
    }
}
