//! What the text page and the HTML page share: names, places, dates, and the order of things.

mod articles;
mod dates;
mod entries;
mod lines;
mod paragraphs;
mod threads;
mod timeline;
pub(crate) mod words;

use std::collections::BTreeMap;

use onrecord_record::{
    ActorId, Allegation, AllegationId, Check, Figure, FigureId, ItemId, Proceeding, ProceedingId,
    Record, Source, SourceKind, Span, Statement, StatementId, Time, TimeId, Who,
};

pub(crate) use articles::articles;
pub(crate) use dates::date;
pub(crate) use entries::{Across, Entry, Gathered, Group};
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
    /// The checks that an item is part of, by their places in the record, from 0.
    checks: BTreeMap<ItemId, Vec<usize>>,
}

impl<'r> View<'r> {
    /// The view of a record.
    pub(crate) fn of(record: &'r Record) -> Self {
        let lines = Lines::of(&record.document.text);
        let threads = Threads::of(record);
        let mut checks: BTreeMap<ItemId, Vec<usize>> = BTreeMap::new();
        for (place, check) in record.checks.iter().enumerate() {
            for item in &check.items {
                checks.entry(*item).or_default().push(place);
            }
        }
        Self { record, lines, threads, all_through: all_through(record), checks }
    }

    /// The checks that an item is part of, each with its place in the record, from 0.
    pub(crate) fn checks(&self, id: impl Into<ItemId>) -> impl Iterator<Item = (usize, &'r Check)> {
        let places = self.checks.get(&id.into()).into_iter().flatten();
        places.filter_map(|place| Some((*place, self.record.checks.get(*place)?)))
    }

    /// The name of an actor.
    pub(crate) fn name(&self, id: ActorId) -> &'r str {
        item(&self.record.actors, id, |actor| actor.id).map_or("", |actor| actor.name.as_str())
    }

    /// The statement of an id.
    pub(crate) fn statement(&self, id: StatementId) -> Option<&'r Statement> {
        item(&self.record.statements, id, |statement| statement.id)
    }

    /// The allegation of an id.
    pub(crate) fn allegation(&self, id: AllegationId) -> Option<&'r Allegation> {
        item(&self.record.allegations, id, |allegation| allegation.id)
    }

    /// The figure of an id.
    fn figure(&self, id: FigureId) -> Option<&'r Figure> {
        item(&self.record.figures, id, |figure| figure.id)
    }

    /// The proceeding of an id.
    fn proceeding(&self, id: ProceedingId) -> Option<&'r Proceeding> {
        item(&self.record.proceedings, id, |proceeding| proceeding.id)
    }

    /// The time of an id.
    pub(crate) fn time(&self, id: TimeId) -> Option<&'r Time> {
        item(&self.record.times, id, |time| time.id)
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

/// The item of an id, in a list whose ids ascend.
fn item<T, I: Ord + Copy>(list: &[T], id: I, id_of: impl Fn(&T) -> I) -> Option<&T> {
    list.get(list.binary_search_by_key(&id, id_of).ok()?)
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

/// [`plain`] on each of several lines.
pub(crate) fn lines_plain(text: &str) -> String {
    text.lines().map(|line| plain(line) + "\n").collect()
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
