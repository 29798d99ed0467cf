//! Entities of FollowTheMoney (followthemoney.tech), a JSON object a line.
//!
//! Actors that documents name are people, organisations, public bodies and companies; documents are
//! articles, each mention of an actor in one a mention. A statement is a note about who makes it, an allegation
//! an event that says so in its name, a proceeding a court case. That somebody is accused is a link
//! with that role, and no more: no entity gets a topic, because an allegation makes nobody a
//! criminal or wanted. Everything has its articles as `proof` and their addresses as `sourceUrl`.
//!
//! Ids are hashes of the case's name and of what is meant: the same case gives the same.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_record::{Actor, ActorId, ActorKind, ItemId, Sha256};
use serde::Serialize;

use super::sheets::{joined, name, parts, source};
use crate::days::days;
use crate::select::Selected;
use crate::store::sqlite::word;

/// The entities of a case, gathered document by document.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    case: String,
    found: BTreeMap<String, Entity>,
}

#[derive(Debug, Clone, Default)]
struct Entity {
    schema: &'static str,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
}

/// The form of an entity on its line.
#[derive(Serialize)]
struct Line<'e> {
    id: &'e str,
    schema: &'e str,
    properties: &'e BTreeMap<&'static str, BTreeSet<String>>,
}

impl Entities {
    /// None yet, of a case with this name.
    #[must_use]
    pub fn of(case: &str) -> Self {
        Self { case: case.to_owned(), found: BTreeMap::new() }
    }

    /// Adds the items of a document. What copies of it told already is added once.
    pub fn add(&mut self, selected: &Selected) {
        let article = self.article(selected);
        let record = &selected.record;
        for actor in &record.actors {
            self.mention(selected, &article, actor);
        }
        for item in &selected.items {
            match item {
                ItemId::StatementId(_) => self.statement(selected, &article, *item),
                ItemId::AllegationId(_) => self.allegation(selected, &article, *item),
                ItemId::ProceedingId(_) => self.proceeding(selected, &article, *item),
                ItemId::FigureId(_) | ItemId::ActorId(_) | ItemId::TimeId(_) => {}
            }
        }
    }

    /// The entities as lines, sorted by id.
    pub fn lines(&self) -> impl Iterator<Item = Vec<u8>> {
        self.found.iter().map(|(id, Entity { schema, properties })| {
            // Strings serialise whatever they hold.
            let mut line = serde_json::to_vec(&Line { id, schema, properties }).unwrap_or_default();
            line.push(b'\n');
            line
        })
    }

    fn id(&self, what: &str, key: &str) -> String {
        let hash = Sha256::of(format!("{}\n{what}\n{key}", self.case).as_bytes()).hex();
        format!("onrecord-{}", &hash[..32])
    }

    /// The entity of an id, with values for its properties; empty ones are left out.
    fn put(&mut self, id: &str, schema: &'static str, properties: &[(&'static str, &str)]) {
        let entity = self.found.entry(id.to_owned()).or_default();
        entity.schema = schema;
        for (property, value) in properties.iter().filter(|(_, value)| !value.trim().is_empty()) {
            let values = entity.properties.entry(property).or_default();
            values.insert(value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    fn article(&mut self, selected: &Selected) -> Article {
        let document = &selected.record.document;
        let id = self.id("document", &selected.row.document.to_string());
        let published = document.published.as_ref().map_or("", |published| &published.value);
        let size = selected.row.bytes.to_string();
        let url = document.url.clone().filter(|url| url.starts_with("http")).unwrap_or_default();
        self.put(
            &id,
            "Article",
            &[
                ("name", document.title.as_deref().unwrap_or(&selected.row.name)),
                ("fileName", &selected.row.name),
                ("title", document.title.as_deref().unwrap_or_default()),
                ("author", document.byline.as_deref().unwrap_or_default()),
                ("publisher", document.outlet.as_deref().unwrap_or_default()),
                ("publisher", document.agency.as_deref().unwrap_or_default()),
                ("publishedAt", day(published)),
                ("sourceUrl", &url),
                ("mimeType", &document.source.media_type),
                ("fileSize", &size),
            ],
        );
        if selected.first != selected.row.id {
            let note = format!("A copy of {}: the two are one source.", selected.first);
            self.put(&id, "Article", &[("notes", &note)]);
        }
        Article { id, url }
    }

    /// The entity of an actor; `None` for one that no words name, or a group of people.
    fn actor(&mut self, selected: &Selected, article: &Article, id: ActorId) -> Option<String> {
        let actor = selected.record.actor(id)?;
        let schema = schema(actor.kind)?;
        let id = self.id("actor", &selected.entities.get(&id)?.to_string());
        self.put(
            &id,
            schema,
            &[("name", &actor.name), ("proof", &article.id), ("sourceUrl", &article.url)],
        );
        if schema == "Person" {
            for role in &actor.roles {
                self.put(&id, schema, &[("position", &role.title)]);
            }
        }
        Some(id)
    }

    fn mention(&mut self, selected: &Selected, article: &Article, actor: &Actor) {
        let Some(entity) = self.actor(selected, article, actor.id) else { return };
        let id = self.id("mention", &format!("{} {}", selected.row.document, actor.id));
        self.put(
            &id,
            "Mention",
            &[
                ("document", &article.id),
                ("name", &actor.name),
                ("resolved", &entity),
                ("detectedSchema", schema(actor.kind).unwrap_or_default()),
            ],
        );
    }

    fn statement(&mut self, selected: &Selected, article: &Article, item: ItemId) {
        let record = &selected.record;
        let Some(s) = record.statements.iter().find(|s| ItemId::from(s.id) == item) else { return };
        let id = self.id("statement", &place(selected, item));
        let label = format!("{} {}", selected.row.id, item);
        let said = s.said.as_ref().map(|said| format!("said: {}", said.value)).unwrap_or_default();
        let who = source(record, s).to_owned();
        let content = parts(&s.content);
        let act = format!("{} {}", word(s.act), word(s.polarity));
        self.put(
            &id,
            "Note",
            &[
                ("name", &label),
                ("description", &s.span.text),
                ("summary", &format!("{who}: {content}")),
                ("keywords", &act),
                ("notes", &said),
                ("proof", &article.id),
                ("sourceUrl", &article.url),
            ],
        );
        let speaker = s.source.actor.and_then(|actor| self.actor(selected, article, actor));
        self.put(&id, "Note", &[("entity", speaker.as_deref().unwrap_or_default())]);
    }

    fn allegation(&mut self, selected: &Selected, article: &Article, item: ItemId) {
        let record = &selected.record;
        let Some(g) = record.allegations.iter().find(|g| ItemId::from(g.id) == item) else {
            return;
        };
        let id = self.id("allegation", &place(selected, item));
        let conduct = joined(g.conduct.iter().map(|conduct| &conduct.span.text));
        let when = g.when.as_ref().and_then(|when| days(&when.value));
        let (first, last) =
            when.map_or(Default::default(), |(first, last)| (first.to_string(), last.to_string()));
        let place = g.place.as_ref().map_or("", |place| &place.span.text);
        self.put(
            &id,
            "Event",
            &[
                ("name", &format!("Allegation, {}: {conduct}", word(g.standing))),
                ("startDate", &first),
                ("endDate", &last),
                ("location", place),
                ("recordId", &format!("{}:{item}", selected.row.id)),
                ("proof", &article.id),
                ("sourceUrl", &article.url),
            ],
        );
        for conduct in &g.conduct {
            self.put(&id, "Event", &[("keywords", &conduct.taxon.0)]);
        }
        for by in &g.by {
            let Some(s) = record.statement(*by) else { continue };
            self.put(&id, "Event", &[("description", &s.span.text)]);
            self.link(selected, article, s.source.actor, &id, "makes the allegation");
        }
        for accused in &g.accused {
            self.link(selected, article, accused.actor, &id, "is accused in the allegation");
        }
        for response in &g.responses {
            let Some(s) = record.statement(response.statement) else { continue };
            let role = format!("{} the allegation", word(response.kind));
            self.link(selected, article, s.source.actor, &id, &role);
        }
    }

    /// That an actor has to do with an event, and how.
    fn link(
        &mut self,
        selected: &Selected,
        article: &Article,
        actor: Option<ActorId>,
        event: &str,
        role: &str,
    ) {
        let Some(actor) = actor.and_then(|actor| self.actor(selected, article, actor)) else {
            return;
        };
        let id = self.id("link", &format!("{actor} {event} {role}"));
        self.put(
            &id,
            "UnknownLink",
            &[
                ("subject", &actor),
                ("object", event),
                ("role", role),
                ("proof", &article.id),
                ("sourceUrl", &article.url),
            ],
        );
    }

    fn proceeding(&mut self, selected: &Selected, article: &Article, item: ItemId) {
        let record = &selected.record;
        let Some(p) = record.proceedings.iter().find(|p| ItemId::from(p.id) == item) else {
            return;
        };
        // Several documents tell of one.
        let matter = selected.matters.get(&p.id);
        let key = matter.map_or_else(|| place(selected, item), |matter| matter.id.to_string());
        let id = self.id("proceeding", &key);
        let subject = name(record, p.subject).unwrap_or("a subject that is not named");
        self.put(
            &id,
            "CourtCase",
            &[
                ("name", &format!("{}: {subject}", word(p.instrument))),
                ("type", &word(p.instrument)),
                ("court", name(record, p.forum).unwrap_or_default()),
                ("proof", &article.id),
                ("sourceUrl", &article.url),
            ],
        );
        for step in &p.steps {
            let on = step.on.as_ref().map_or("", |on| on.value.as_str());
            let status = format!("{} {on}", word(step.step));
            self.put(&id, "CourtCase", &[("status", &status), ("notes", &step.span.text)]);
        }
        let Some(party) = p.subject.and_then(|actor| self.actor(selected, article, actor)) else {
            return;
        };
        let link = self.id("party", &format!("{id} {party}"));
        self.put(
            &link,
            "CourtCaseParty",
            &[
                ("party", &party),
                ("case", &id),
                ("role", "whom it concerns"),
                ("proof", &article.id),
                ("sourceUrl", &article.url),
            ],
        );
    }
}

/// A document as other entities name it.
struct Article {
    id: String,
    url: String,
}

/// An item, named by its document's bytes. Copies are named by the first of them.
fn place(selected: &Selected, item: ItemId) -> String {
    format!("{} {item}", selected.record.document.id)
}

/// A date as FollowTheMoney takes it: year, month, day, or with a time; nothing for other values.
fn day(value: &str) -> &str {
    let is_date = days(value).is_some() && !value.contains(['W', 'Q', 'S', 'A', 'F']);
    if !is_date || value.len() < 4 {
        ""
    } else if value.as_bytes().get(11).is_some_and(u8::is_ascii_digit) {
        value
    } else {
        value.split('T').next().unwrap_or_default()
    }
}

fn schema(kind: ActorKind) -> Option<&'static str> {
    match kind {
        ActorKind::Person => Some("Person"),
        ActorKind::State
        | ActorKind::Government
        | ActorKind::Military
        | ActorKind::Police
        | ActorKind::Court => Some("PublicBody"),
        ActorKind::ArmedGroup
        | ActorKind::Igo
        | ActorKind::Ngo
        | ActorKind::Party
        | ActorKind::Media => Some("Organization"),
        ActorKind::Company => Some("Company"),
        ActorKind::Other => Some("LegalEntity"),
        ActorKind::Population => None,
    }
}
