//! Allegations: unlawful conduct that somebody charges somebody with.

use onrecord_record::Allegation;

use super::{ID, Page, Tone, id, indent, run};
use crate::view::{View, words};

/// The columns of the labels.
const LABEL: usize = 9;

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let allegations = &view.record.allegations;
    if allegations.is_empty() {
        return;
    }
    page.section("Allegations", &allegations.len());
    for (i, allegation) in allegations.iter().enumerate() {
        if i > 0 {
            page.out.push('\n');
        }
        one(page, view, allegation);
    }
}

fn one(page: &mut Page, view: &View<'_>, allegation: &Allegation) {
    let conduct: Vec<String> = allegation
        .conduct
        .iter()
        .map(|conduct| format!("“{}” ({})", conduct.span.text, conduct.taxon.0))
        .collect();
    let tail =
        allegation.conduct.first().map(|conduct| format!("line {}", view.line(&conduct.span)));
    let runs = [
        run(Tone::Strong, words::kind(allegation.standing)),
        run(Tone::Plain, format!(" {}", conduct.join(", "))),
    ];
    let first = [id(&allegation.id)];
    page.put(&first, &[indent(ID)], &runs, &tail.unwrap_or_default());
    let accused = allegation.accused.iter().map(|accused| {
        let name = accused.actor.map_or(accused.span.text.as_str(), |id| view.name(id));
        match accused.degree {
            Some(degree) => format!("{name} ({})", words::degree(degree)),
            None => name.to_owned(),
        }
    });
    let by = allegation.by.iter().map(|id| match view.statement(*id) {
        Some(statement) => format!("{} ({id})", view.who(&statement.source)),
        None => id.to_string(),
    });
    let answers = allegation.responses.iter().map(|response| {
        let who = view.statement(response.statement);
        let who = who.map_or("", |statement| view.who(&statement.source));
        format!("{who} {} it ({})", words::link(Some(response.kind)), response.statement)
    });
    label(page, "accused", &list(accused));
    label(page, "by", &list(by));
    label(page, "victims", &list(allegation.victims.iter().map(|who| view.named(who).to_owned())));
    label(page, "when", &list(allegation.when.iter().map(words::when)));
    label(page, "where", &list(allegation.place.iter().map(|place| place.span.text.clone())));
    label(page, "limits", &list(allegation.limits.iter().map(|span| format!("“{}”", span.text))));
    label(page, "answers", &list(answers));
}

fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

fn label(page: &mut Page, label: &str, words: &str) {
    if !words.is_empty() {
        let first = [indent(ID), run(Tone::Faint, format!("{label:<LABEL$}"))];
        page.put(&first, &[indent(ID + LABEL)], &[run(Tone::Plain, words)], "");
    }
}
