//! A dossier: statements of many documents, each with its answers beneath it and its passage.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_casebook::joins::{CrossLink, ItemAt};
use onrecord_casebook::store::Store;
use onrecord_casebook::{DocumentId, DocumentRow, Error, Selected, passage};
use onrecord_record::{Extent, ItemId, Record, Statement, StatementId};

use super::escape::{Html, attribute};
use super::page;
use crate::view::{Place, View, date, paragraphs, words};

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

/// What other documents have to do with statements of a dossier.
#[derive(Debug, Default)]
pub(crate) struct Elsewhere {
    /// Answers to a statement, each as the first document that tells it has it.
    pub(crate) answers: BTreeMap<ItemAt, Vec<CrossLink>>,
    /// What a statement answers.
    pub(crate) answered: BTreeMap<ItemAt, Vec<CrossLink>>,
    /// The documents of the answers, with their records.
    pub(crate) documents: BTreeMap<DocumentId, (DocumentRow, Record)>,
}

impl Elsewhere {
    /// Of the statements that a dossier of these shows.
    ///
    /// # Errors
    /// Where the store refuses.
    pub(crate) fn of(store: &dyn Store, selected: &[Selected]) -> Result<Self, Error> {
        let mut all = Self::default();
        for document in selected {
            let view = View::of(&document.record);
            for place in shown(document, &view) {
                all.add(store, ItemAt::new(document.row.id, place.id), place.id)?;
            }
        }
        Ok(all)
    }

    fn add(&mut self, store: &dyn Store, at: ItemAt, id: StatementId) -> Result<(), Error> {
        // What is told several times is shown once.
        let mut told = BTreeSet::new();
        for link in store.cross_links(at.document, id)? {
            let (other, shown) = match (link.to == at, link.from == at) {
                (true, _) => (link.from, &mut self.answers),
                (_, true) => (link.to, &mut self.answered),
                _ => continue,
            };
            let ItemId::StatementId(number) = other.item else { continue };
            let telling = store.telling_of(other.document, number)?;
            let key = (link.to == at, telling, telling.is_none().then_some(other));
            if !told.insert(key) {
                continue;
            }
            shown.entry(at).or_default().push(link);
            if link.to == at && !self.documents.contains_key(&other.document) {
                let (row, record) =
                    (store.document(other.document)?, store.record(other.document)?);
                self.documents.extend(row.zip(record).map(|both| (other.document, both)));
            }
        }
        Ok(())
    }
}

/// Deeper answers are set in no further.
const DEEPEST: usize = 4;

/// The page, whole, and how many statements it shows.
pub(crate) fn page(
    head: &Head<'_>,
    selected: &[Selected],
    elsewhere: &Elsewhere,
) -> (String, usize) {
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
            let about = about(document, &view, statement, &place, elsewhere);
            let place_of = (Some(to.as_str()), place.depth);
            let of = (&document.row, &document.record);
            card(&mut body, of, &view, statement, &about, place_of);
            let at = ItemAt::new(document.row.id, place.id);
            for link in elsewhere.answers.get(&at).into_iter().flatten() {
                answer(&mut body, elsewhere, link, place.depth + 1);
            }
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
            "This document tells the story of {}, a copy of which it is: the two are one source and \
             corroborate nothing.",
            document.first
        ));
        html.raw("</p>\n");
    }
}

/// An answer that another document gives.
fn answer(html: &mut Html, elsewhere: &Elsewhere, link: &CrossLink, depth: usize) {
    let ItemId::StatementId(id) = link.from.item else { return };
    let Some((row, record)) = elsewhere.documents.get(&link.from.document) else { return };
    let view = View::of(record);
    let Some(statement) = view.statement(id) else { return };
    let published = row.published.as_deref().map(date);
    let by = row.outlet.clone().or_else(|| row.agency.clone());
    let document = [Some(row.id.to_string()), by, published, Some(row.name.clone())];
    let document = document.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut about = vec![
        format!("{} {}", words::link(Some(link.kind)), link.to),
        format!("in another document: {document}"),
    ];
    about.extend(statement.said.as_ref().map(|said| format!("said {}", words::when(said))));
    about.push(format!("confidence {:.2}", statement.confidence));
    card(html, (row, record), &view, statement, &about, (None, depth));
}

/// A statement; with a name to lead to where it stands in its own document.
fn card(
    html: &mut Html,
    (row, record): (&DocumentRow, &Record),
    view: &View<'_>,
    statement: &Statement,
    about: &[String],
    (to, depth): (Option<&str>, usize),
) {
    let id = format!("{}:{}", row.id, statement.id);
    let act = words::kind(statement.act);
    let class = format!("card {act} depth-{}", depth.min(DEEPEST));
    html.raw("<div class=").raw(&attribute(&class));
    if let Some(to) = to {
        html.raw(" id=").raw(&attribute(to));
    }
    html.raw("><p class=top>");
    match to {
        Some(to) => html.link("id", to, &id),
        None => html.said("span", "id", &id),
    };
    html.raw(" ");
    html.said("b", "actor", view.who(&statement.source)).raw(" <span class=act>");
    html.text(&words::act(statement)).raw("</span></p>");
    let content = words::content(statement);
    if !content.is_empty() {
        html.said("blockquote", &words::kind(statement.manner), &content);
    }
    html.raw("<p class=about>").text(&about.join(" · ")).raw("</p>");
    if let Some(passage) = passage_of(row.id, record, statement) {
        html.raw("<p class=passage dir=auto>").raw(&passage).raw("</p>");
    }
    html.raw("</div>\n");
}

fn about(
    document: &Selected,
    view: &View<'_>,
    statement: &Statement,
    place: &Place,
    elsewhere: &Elsewhere,
) -> Vec<String> {
    let mut about = Vec::new();
    let at = ItemAt::new(document.row.id, statement.id);
    for link in elsewhere.answered.get(&at).into_iter().flatten() {
        about.push(format!("{} {} in another document", words::link(Some(link.kind)), link.to));
    }
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
fn passage_of(id: DocumentId, record: &Record, statement: &Statement) -> Option<String> {
    let text = &record.document.text;
    let own = statement.span.extent();
    let around = paragraphs(&record.document).into_iter().map(|p| p.extent);
    let whole = around.filter(|extent| extent.overlaps(own)).fold(own, Extent::cover);
    let source = statement.source.span.iter().map(|span| (span.extent(), "source"));
    let cue = statement.cue.iter().map(|cue| (cue.span.extent(), "cue"));
    let content = statement.content.iter().map(|span| (span.extent(), "content"));
    // The narrower marks first: a cue may stand within a content that it parts.
    let mut marks: Vec<(Extent, &str)> = source.chain(cue).chain(content).collect();
    marks.retain(|(extent, _)| whole.contains(*extent));
    passage(id, text, whole, &marks)
}
