//! Who says what: each statement with its answers beneath it.

use std::collections::BTreeMap;

use onrecord_record::{Link, Manner, Statement, StatementId};

use super::{ID, Page, Tone, id, indent, joined, run};
use crate::view::{Place, View, words};

/// Deeper statements are set in no further.
const DEEPEST: usize = 4;

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let statements = &view.record.statements;
    if statements.is_empty() {
        page.out.push('\n');
        page.put(&[], &[], &[run(Tone::Plain, words::NO_STATEMENT)], "");
        return;
    }
    let count = words::counted(statements.len(), "statement", "statements");
    let through = match view.all_through {
        [] => String::new(),
        all => format!("all through {}", view.names(all)),
    };
    page.section("Who says what", &joined(&[count, through]));
    let others = view.threads.other_links(view.record);
    for (i, place) in view.threads.places().iter().enumerate() {
        if let Some(statement) = view.statement(place.id) {
            if i > 0 && place.depth == 0 {
                page.out.push('\n');
            }
            one(page, view, statement, place, &others);
        }
    }
}

fn one(
    page: &mut Page,
    view: &View<'_>,
    statement: &Statement,
    place: &Place,
    others: &BTreeMap<StatementId, Vec<Link>>,
) {
    let depth = place.depth.min(DEEPEST);
    let set_in = depth * ID;
    let lead = match depth {
        0 => vec![id(&statement.id)],
        _ => vec![indent(set_in - 2), run(Tone::Faint, "↳ "), id(&statement.id)],
    };
    let rest = [indent(set_in + ID)];
    let mut runs = vec![
        run(Tone::Strong, view.who(&statement.source)),
        run(Tone::Plain, " "),
        run(Tone::of(statement.act), words::act(statement)),
    ];
    if let Some(cue) = &statement.cue {
        runs.push(run(Tone::Faint, format!(" “{}”", cue.span.text)));
    }
    page.put(&lead, &rest, &runs, &format!("line {}", view.line(&statement.span)));
    let content = words::content(statement);
    if !content.is_empty() {
        let (bar, tone) = match statement.manner {
            Manner::Direct => ("┃ ", Tone::Quoted),
            Manner::Indirect | Manner::Mixed => ("│ ", Tone::Plain),
        };
        let bar = [indent(set_in + ID), run(Tone::Faint, bar)];
        page.put(&bar, &bar, &[run(tone, content)], "");
    }
    let about = joined(&about(view, statement, place, others));
    page.put(&rest, &rest, &[run(Tone::Faint, about)], "");
}

fn about(
    view: &View<'_>,
    statement: &Statement,
    place: &Place,
    others: &BTreeMap<StatementId, Vec<Link>>,
) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some((above, link)) = place.above {
        parts.push(words::linked(above, link));
    }
    for link in others.get(&statement.id).into_iter().flatten() {
        parts.push(format!("also {}", words::linked(link.to, Some(*link))));
    }
    if let Some(said) = &statement.said {
        parts.push(words::when(said));
    }
    if let Some(medium) = &statement.medium {
        parts.push(format!("{}: “{}”", words::medium(medium.kind), medium.span.text));
    }
    if !statement.to.is_empty() {
        parts.push(format!("to {}", view.names(&statement.to)));
    }
    if !view.through(statement).is_empty() {
        parts.push(format!("through {}", view.names(view.through(statement))));
    }
    parts.push(format!("confidence {}", words::sure(statement.confidence)));
    parts
}
