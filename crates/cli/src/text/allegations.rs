//! Allegations: unlawful conduct that somebody charges somebody with, by article of law.

use onrecord_record::{Allegation, Taxon};

use super::{ID, Page, Tone, id, indent, run};
use crate::view::{View, articles, words};

/// The columns of the labels.
const LABEL: usize = 9;

pub(super) fn draw(page: &mut Page, view: &View<'_>) {
    let allegations = &view.record.allegations;
    if allegations.is_empty() {
        return;
    }
    page.section("Allegations", &allegations.len());
    for (i, article) in articles(view.record).iter().enumerate() {
        if i > 0 {
            page.out.push('\n');
        }
        let code = run(Tone::Faint, format!("  {}", article.taxon.0));
        page.put(&[], &[], &[run(Tone::Strong, words::article(article.taxon)), code], "");
        for listed in &article.allegations {
            one(page, view, listed.allegation, article.taxon);
            match listed.in_full {
                None => about(page, view, listed.allegation),
                Some(taxon) => label(page, "more", &format!("under {}", words::article(taxon))),
            }
        }
    }
}

/// The line of an allegation beneath an article: its standing, and its words for that article.
fn one(page: &mut Page, view: &View<'_>, allegation: &Allegation, taxon: &Taxon) {
    let conduct = || allegation.conduct.iter().filter(|conduct| conduct.taxon == *taxon);
    let said: Vec<_> = conduct().map(|conduct| format!("“{}”", conduct.span.text)).collect();
    let line = conduct().next().map(|conduct| format!("line {}", view.line(&conduct.span)));
    let runs = [
        run(Tone::Red, words::kind(allegation.standing)),
        run(Tone::Plain, format!(" {}", said.join(", "))),
    ];
    page.put(&[id(&allegation.id)], &[indent(ID)], &runs, &line.unwrap_or_default());
}

/// What is told of an allegation.
fn about(page: &mut Page, view: &View<'_>, allegation: &Allegation) {
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
    label(page, "sure", &words::sure(allegation.confidence));
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
