//! A dossier: statements of many documents, each with its answers beneath it and its passage.

use std::collections::BTreeSet;

use onrecord_casebook::{DocumentId, Selected, passage};
use onrecord_record::{Extent, ItemId, Manner, Statement, StatementId};

use super::escape::{Html, attribute};
use super::page;
use crate::view::{Place, View, paragraphs, words};

const STYLE: &str = include_str!("dossier.css");

/// What stands at the head of a dossier.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head<'h> {
    /// The case.
    pub(crate) case: &'h str,
    /// Its public key.
    pub(crate) key: &'h str,
    /// What was asked for, empty for all.
    pub(crate) asked: &'h str,
    /// Whether the page lies in an archive with originals and records.
    pub(crate) is_archive: bool,
}

/// Deeper answers are set in no further.
const DEEPEST: usize = 4;

/// The page, whole, and how many statements it shows.
pub(crate) fn page(head: &Head<'_>, selected: &[Selected]) -> (String, usize) {
    let mut index = Html::new();
    let mut body = Html::new();
    let mut count = 0;
    for document in selected {
        let view = View::of(&document.record);
        let shown = shown(document, &view);
        count += shown.len();
        title(&mut body, head, document, &view);
        index.raw("<li>");
        index.link("title", &anchor(document.row.id, None), &view.title());
        index.raw("<ul>\n");
        for place in shown {
            let Some(statement) = view.statement(place.id) else { continue };
            let to = anchor(document.row.id, Some(place.id));
            index.raw("<li>").link("id", &to, &format!("{}:{}", document.row.id, place.id));
            index.raw(" ").said("b", "actor", view.who(&statement.source)).raw(" ");
            index.text(&words::act(statement)).raw(" ");
            index.said("span", "content", &words::content(statement)).raw("</li>\n");
            one(&mut body, document, &view, statement, &place);
        }
        index.raw("</ul></li>\n");
        body.raw("</section>\n");
    }
    let statements = words::counted(count, "statement", "statements");
    let documents = words::counted(selected.len(), "document", "documents");
    let mut html = Html::new();
    html.raw(&page::begin(&format!("{statements} – dossier"), STYLE));
    html.raw("<main class=dossier>\n<header><h1>").text(&format!("{statements} in {documents}"));
    html.raw("</h1>\n<p class=facts>");
    let asked = if head.asked.is_empty() { "all statements of the case" } else { head.asked };
    html.text(&format!("Asked for: {asked}")).raw("<br>");
    html.text(&format!("Case {}, public key ", head.case)).raw("<code>").text(head.key);
    html.raw("</code></p>\n<p class=facts>").text(if head.is_archive {
        "README.md tells how this page, the originals and the records are verified, what that proves and what \
         it does not."
    } else {
        "This page alone proves nothing: the archive that `onrecord dossier -o dossier.zip` makes has the \
         originals and the proofs."
    });
    html.raw("</p></header>\n<nav class=index aria-label=Statements><ol>\n");
    html.raw(&index.done()).raw("</ol></nav>\n").raw(&body.done());
    html.raw("</main>\n").raw(&page::foot(crate::pages::FOOT));
    (html.done(), count)
}

/// The statements that are shown: those asked for, with the answers beneath them.
fn shown(document: &Selected, view: &View<'_>) -> Vec<Place> {
    let asked: BTreeSet<ItemId> = document.items.iter().copied().collect();
    let mut inside: BTreeSet<StatementId> = BTreeSet::new();
    let mut shown: Vec<Place> = Vec::new();
    for mut place in view.threads.places() {
        let above = place.above.filter(|(above, _)| inside.contains(above));
        if above.is_none() && !asked.contains(&place.id.into()) {
            continue;
        }
        inside.insert(place.id);
        let depth = above.and_then(|(above, _)| shown.iter().find(|p| p.id == above));
        place.depth = depth.map_or(0, |above| above.depth + 1);
        shown.push(place);
    }
    shown
}

fn anchor(document: DocumentId, statement: Option<StatementId>) -> String {
    statement.map_or_else(|| document.to_string(), |id| format!("{document}-{id}"))
}

/// The head of a document.
fn title(html: &mut Html, head: &Head<'_>, document: &Selected, view: &View<'_>) {
    let id = document.row.id;
    html.raw("<section class=document id=").raw(&attribute(&anchor(id, None)));
    html.raw(">\n<h2 dir=auto>").text(&view.title()).raw("</h2>\n<p class=facts>");
    html.text(&format!("{id} · {} · {}", view.facts().join(" · "), document.row.name));
    let url = document.record.document.url.as_ref();
    if let Some(url) = url.filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        html.raw(" · <a rel=noreferrer href=").raw(&attribute(url)).raw(">");
        html.text(url).raw("</a>");
    }
    if head.is_archive {
        let original = format!("originals/{}", document.row.document.original.hex());
        let record = format!("records/{id}.json");
        html.raw(" · <a href=").raw(&attribute(&original)).raw(">original</a> · <a href=");
        html.raw(&attribute(&record)).raw(">record</a>");
    }
    html.raw("</p>\n");
    if document.first != id {
        html.raw("<p class=notice>").text(&format!(
            "This document has the text of {}: the two are one source and corroborate nothing.",
            document.first
        ));
        html.raw("</p>\n");
    }
}

fn one(
    html: &mut Html,
    document: &Selected,
    view: &View<'_>,
    statement: &Statement,
    place: &Place,
) {
    let id = document.row.id;
    let to = anchor(id, Some(statement.id));
    let act = words::kind(statement.act);
    let class = format!("card {act} depth-{}", place.depth.min(DEEPEST));
    html.raw("<div class=").raw(&attribute(&class)).raw(" id=").raw(&attribute(&to)).raw(">");
    html.raw("<p class=top>").link("id", &to, &format!("{id}:{}", statement.id)).raw(" ");
    html.said("b", "actor", view.who(&statement.source)).raw(" <span class=act>");
    html.text(&words::act(statement)).raw("</span></p>");
    let content = words::content(statement);
    if !content.is_empty() {
        let manner = match statement.manner {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
            Manner::Mixed => "mixed",
        };
        html.said("blockquote", manner, &content);
    }
    html.raw("<p class=about>").text(&about(document, view, statement, place).join(" · "));
    html.raw("</p>");
    if let Some(passage) = passage_of(document, statement) {
        html.raw("<p class=passage dir=auto>").raw(&passage).raw("</p>");
    }
    html.raw("</div>\n");
}

fn about(
    document: &Selected,
    view: &View<'_>,
    statement: &Statement,
    place: &Place,
) -> Vec<String> {
    let mut about = Vec::new();
    if let Some((above, link)) = place.above.filter(|_| place.depth > 0) {
        about.push(format!(
            "{} {}:{above}",
            words::link(link.map(|link| link.kind)),
            document.row.id
        ));
    }
    about.extend(statement.said.as_ref().map(|said| format!("said {}", words::when(said))));
    if !statement.to.is_empty() {
        about.push(format!("to {}", view.names(&statement.to)));
    }
    if !statement.via.is_empty() {
        about.push(format!("through {}", view.names(&statement.via)));
    }
    for allegation in &document.record.allegations {
        if allegation.by.contains(&statement.id) {
            let articles = allegation.conduct.iter().map(|c| words::article(&c.taxon));
            let articles: BTreeSet<String> = articles.collect();
            let articles: Vec<String> = articles.into_iter().collect();
            about.push(format!("alleges conduct under {}", articles.join(", ")));
        }
    }
    about.push(format!("line {}", view.line(&statement.span)));
    about.push(format!("confidence {:.2}", statement.confidence));
    about
}

/// The paragraphs that hold a statement, with its source, cue and content marked.
fn passage_of(document: &Selected, statement: &Statement) -> Option<String> {
    let text = &document.record.document.text;
    let own = statement.span.extent();
    let around = paragraphs(&document.record.document).into_iter().map(|p| p.extent);
    let whole = around.filter(|extent| extent.overlaps(own)).fold(own, Extent::cover);
    let source = statement.source.span.iter().map(|span| (span.extent(), "source"));
    let cue = statement.cue.iter().map(|cue| (cue.span.extent(), "cue"));
    let content = statement.content.iter().map(|span| (span.extent(), "content"));
    // The narrower marks first: a cue may stand within a content that it parts.
    let mut marks: Vec<(Extent, &str)> = source.chain(cue).chain(content).collect();
    marks.retain(|(extent, _)| whole.contains(*extent));
    passage(document.row.id, text, whole, &marks)
}
