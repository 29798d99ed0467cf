//! What the text page and the HTML page share: names, places, dates, and the order of things.

mod dates;
mod lines;
mod paragraphs;
mod threads;
mod timeline;
pub(crate) mod words;

use onrecord_record::{
    Actor, ActorId, Figure, Record, Source, SourceKind, Span, Statement, StatementId, Who,
};

pub(crate) use dates::date;
pub(crate) use lines::Lines;
pub(crate) use paragraphs::paragraphs;
pub(crate) use threads::{Place, Threads};
pub(crate) use timeline::{Event, timeline};

/// A record with what both pages look up in it.
pub(crate) struct View<'r> {
    /// The record. It keeps its contract.
    pub(crate) record: &'r Record,
    /// The lines of its text.
    pub(crate) lines: Lines,
    /// Which statement stands beneath which.
    pub(crate) threads: Threads,
    /// The last actors through whom all statements came, in most documents the agency. They are
    /// said once for all.
    pub(crate) all_through: &'r [ActorId],
}

impl<'r> View<'r> {
    /// The view of a record.
    pub(crate) fn of(record: &'r Record) -> Self {
        let lines = Lines::of(&record.document.text);
        let threads = Threads::of(record);
        Self { record, lines, threads, all_through: all_through(record) }
    }

    /// The name of an actor.
    pub(crate) fn name(&self, id: ActorId) -> &'r str {
        self.record.actors.get(id.index()).map_or("", |actor| actor.name.as_str())
    }

    /// The statement of an id.
    pub(crate) fn statement(&self, id: StatementId) -> Option<&'r Statement> {
        self.record.statements.get(id.index())
    }

    /// Who makes a statement: a name, or the words for somebody without one.
    pub(crate) fn who(&self, source: &'r Source) -> &'r str {
        match (source.actor, &source.span) {
            (Some(id), _) => self.name(id),
            (None, Some(span)) => &span.text,
            (None, None) => words::NO_SOURCE,
        }
    }

    /// Whose a figure is.
    pub(crate) fn whose(&self, figure: &Figure) -> &'r str {
        let statement = figure.statement.and_then(|id| self.statement(id));
        match (figure.source.kind, figure.source.actor, statement) {
            (_, Some(id), _) => self.name(id),
            (SourceKind::Narrator, ..) => words::NARRATOR,
            (_, None, Some(statement)) => self.who(&statement.source),
            (_, None, None) => words::NO_SOURCE,
        }
    }

    /// The name of an actor, or the words where there is none.
    pub(crate) fn named<'w>(&self, who: &'w Who) -> &'w str
    where
        'r: 'w,
    {
        who.actor.map_or(who.span.text.as_str(), |id| self.name(id))
    }

    /// The roles and relations that the text gives an actor.
    pub(crate) fn standing(&self, actor: &Actor) -> Vec<String> {
        let of = |id: Option<ActorId>| id.map(|id| self.name(id));
        let roles = actor.roles.iter().map(|role| words::role(role, of(role.of)));
        let relations = actor.relations.iter();
        let relations = relations.map(|r| format!("{} {}", words::kind(r.kind), self.name(r.to)));
        roles.chain(relations).collect()
    }

    /// The actors through whom a statement came, less those through whom all did.
    pub(crate) fn through(&self, statement: &'r Statement) -> &'r [ActorId] {
        &statement.via[..statement.via.len() - self.all_through.len()]
    }

    /// Names in a list.
    pub(crate) fn names(&self, ids: &[ActorId]) -> String {
        let names: Vec<_> = ids.iter().map(|id| self.name(*id)).collect();
        names.join(", ")
    }

    /// The line that words begin on.
    pub(crate) fn line(&self, span: &Span) -> usize {
        self.lines.number(span.start)
    }

    /// What is known of the document: who wrote and published it, where and when, its language.
    /// Each fact stands once: an agency is often its own byline.
    pub(crate) fn facts(&self) -> Vec<String> {
        let document = &self.record.document;
        let place = document.dateline.as_ref().and_then(|dateline| dateline.place.as_ref());
        let parts = [&document.outlet, &document.agency, &document.byline].map(Option::as_ref);
        let mut facts: Vec<String> = Vec::new();
        for fact in parts.into_iter().chain([place]).flatten() {
            if !facts.contains(fact) {
                facts.push(fact.clone());
            }
        }
        facts.push(document.published.as_ref().map_or_else(
            || "date of publication not known".to_owned(),
            |published| {
                format!("published {} ({})", date(&published.value), words::kind(published.basis))
            },
        ));
        facts.push(words::language(&document.language).to_owned());
        facts
    }

    /// The title, or the first words of a document that has none.
    pub(crate) fn title(&self) -> String {
        title(self.record)
    }
}

fn all_through(record: &Record) -> &[ActorId] {
    let Some((first, rest)) = record.statements.split_first() else { return &[] };
    let mut shared = first.via.as_slice();
    for statement in rest {
        let same = shared.iter().rev().zip(statement.via.iter().rev());
        let same = same.take_while(|(a, b)| a == b).count();
        shared = &shared[shared.len() - same..];
    }
    shared
}

/// The title, or the first words of a document that has none.
pub(crate) fn title(record: &Record) -> String {
    const WORDS: usize = 10;
    if let Some(title) = &record.document.title {
        return title.clone();
    }
    let mut words = record.document.text.split_whitespace();
    let first: Vec<_> = words.by_ref().take(WORDS).collect();
    let more = if words.next().is_some() { " …" } else { "" };
    // A word without spaces can be as long as the text.
    let first: String = first.join(" ").chars().take(100).collect();
    format!("{first}{more}")
}

/// Words without characters that a terminal obeys: controls, and marks that turn the direction of
/// what follows, are shown as `�`, line ends and tabs as a space.
pub(crate) fn plain(words: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    words.chars().map(shown).collect()
}
