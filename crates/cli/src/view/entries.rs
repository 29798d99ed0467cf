//! Items of many documents as entries of one view: what each says, its words, its document.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use onrecord_casebook::{DocumentId, Selected, days, grouping};
use onrecord_record::{ActorId, Form, ItemId, Proceeding, Span, State, Step, When};

use super::{View, date, words};

/// The first and the last day that something can mean.
type Days = Option<(Date, Date)>;

/// One entry of a view.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What it is sorted by within its group.
    order: (Days, DocumentId, usize),
    /// The day or time that it tells, for people; empty where it tells none.
    pub(crate) when: String,
    /// The document and item: `d5:s3`.
    pub(crate) at: String,
    /// What it says.
    pub(crate) says: String,
    /// Its words, empty for none.
    pub(crate) words: String,
    /// The document: who published it when, and what it is called.
    pub(crate) about: String,
    /// Where it was published.
    pub(crate) url: Option<String>,
    /// The document that this one is a copy of.
    pub(crate) copy_of: Option<DocumentId>,
}

/// Entries that belong together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    /// What they are about; empty for a view of one group.
    pub(crate) heading: String,
    /// What holds for all of them, empty for nothing.
    pub(crate) note: String,
    /// The entries, sorted.
    pub(crate) entries: Vec<Entry>,
    /// The documents that entries come from, copies counted once.
    reports: BTreeSet<DocumentId>,
    /// The steps of a proceeding, to tell where it stands.
    steps: Vec<(Days, Step, Proceeding)>,
}

impl Group {
    /// How many entries there are, of how many reports.
    pub(crate) fn counted(&self) -> String {
        let entries = words::counted(self.entries.len(), "entry", "entries");
        let reports = words::counted(self.reports.len(), "report", "reports");
        format!("{entries} in {reports}")
    }
}

/// The views across documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Across {
    Timeline,
    Figures,
    /// As it stood on a day, where one is given.
    Proceedings(Option<Date>),
    Actors,
    Allegations,
}

/// A view that is being gathered, document by document.
#[derive(Debug)]
pub(crate) struct Gathered {
    across: Across,
    groups: BTreeMap<String, Group>,
    turn: usize,
}

impl Gathered {
    pub(crate) fn new(across: Across) -> Self {
        Self { across, groups: BTreeMap::new(), turn: 0 }
    }

    /// Adds the items of a document.
    pub(crate) fn add(&mut self, selected: &Selected) {
        let view = View::of(&selected.record);
        for item in &selected.items {
            match (self.across, *item) {
                (Across::Timeline, item) => self.timeline(selected, &view, item),
                (Across::Figures, ItemId::FigureId(id)) => self.figure(selected, &view, id),
                (Across::Proceedings(as_of), ItemId::ProceedingId(id)) => {
                    self.proceeding(selected, &view, id, as_of);
                }
                (Across::Actors, ItemId::ActorId(id)) => self.actor(selected, &view, id),
                (Across::Allegations, ItemId::AllegationId(id)) => {
                    self.allegation(selected, &view, id);
                }
                _ => {}
            }
        }
    }

    /// The groups, each with its entries sorted; of a timeline, the first days with no more entries
    /// than `limit` together.
    pub(crate) fn groups(self, limit: Option<usize>) -> Vec<Group> {
        let across = self.across;
        let finish = |mut group: Group| {
            group.entries.sort_by_key(|entry| entry.order);
            group.steps.sort_by_key(|(days, ..)| *days);
            if let Across::Proceedings(as_of) = across
                && let Some((_, last, proceeding)) = group.steps.last()
            {
                let dated = group.steps.iter().rev().find(|(days, ..)| days.is_some());
                let (_, last, proceeding) =
                    dated.map_or((&None, last, proceeding), |(a, b, c)| (a, b, c));
                let state = words::kind(State::after(last.step, proceeding.instrument));
                let on = as_of.map(|day| format!(" on {}", date(&day.to_string())));
                group.note = format!("{state}{}", on.unwrap_or_default());
            }
            group
        };
        let mut left = limit.unwrap_or(usize::MAX);
        let cut = |mut group: Group| {
            group.entries.truncate(left);
            left -= group.entries.len();
            (!group.entries.is_empty()).then_some(group)
        };
        self.groups.into_values().map(finish).filter_map(cut).collect()
    }

    fn put(
        &mut self,
        group: (&str, &str),
        selected: &Selected,
        item: ItemId,
        when: (Option<(Date, Date)>, String),
        says: String,
        span: Option<&Span>,
    ) {
        let (key, heading) = group;
        let row = &selected.row;
        self.turn += 1;
        let published = row.published.as_deref().map(date);
        let by = row.outlet.clone().or_else(|| row.agency.clone());
        let about = [by, published, Some(row.name.clone())];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let url = selected.record.document.url.clone();
        let entry = Entry {
            order: (when.0, row.id, self.turn),
            when: when.1,
            at: format!("{}:{item}", row.id),
            says,
            words: span.map(|span| span.text.clone()).unwrap_or_default(),
            about: about.join(", "),
            url: url.filter(|url| url.starts_with("http://") || url.starts_with("https://")),
            copy_of: (selected.first != row.id).then_some(selected.first),
        };
        let group = self.groups.entry(key.to_owned()).or_default();
        if group.heading.is_empty() {
            heading.clone_into(&mut group.heading);
        }
        group.reports.insert(selected.first);
        // A record may tell of one step several times.
        let same = |other: &Entry| {
            (&other.at, &other.when, &other.says, &other.words)
                == (&entry.at, &entry.when, &entry.says, &entry.words)
        };
        if !group.entries.iter().rev().take_while(|other| other.at == entry.at).any(same) {
            group.entries.push(entry);
        }
    }

    fn timeline(&mut self, selected: &Selected, view: &View<'_>, item: ItemId) {
        for (when, event, span) in super::timeline::events(selected, view, item) {
            let Some(days) = days(&when.value) else { continue };
            // Every day is a group, so that the page reads as a list of days.
            let (first, last) = days;
            let key = format!("{first} {last}");
            let heading = date(when.value.split('T').next().unwrap_or_default());
            let says = view.told(event);
            let group = (key.as_str(), heading.as_str());
            self.put(group, selected, item, (Some(days), String::new()), says, Some(&span));
        }
    }

    fn figure(&mut self, selected: &Selected, view: &View<'_>, id: onrecord_record::FigureId) {
        let Some(figure) = view.figure(id) else { return };
        let when = figure.when.as_ref().or(figure.as_of.as_ref());
        let whose = view.whose(figure);
        let of = figure.of.as_ref().map(|of| format!(" of {}", view.named(of)));
        let place = figure.place.as_ref().map(|place| format!(", {}", place.span.text));
        let part = figure.part_of.map(|whole| format!(", part of {whole}"));
        let more = [of, place, part].into_iter().flatten().collect::<String>();
        let says = format!("{}{more}, by {whose}", words::count(figure));
        let group = (figure.counted.as_str(), figure.counted.as_str());
        self.put(group, selected, id.into(), day_of(selected, when), says, Some(&figure.span));
    }

    fn proceeding(
        &mut self,
        selected: &Selected,
        view: &View<'_>,
        id: onrecord_record::ProceedingId,
        as_of: Option<Date>,
    ) {
        let Some(proceeding) = view.proceeding(id) else { return };
        let record = &selected.record;
        let published = selected.row.published.as_deref().and_then(days);
        let is_later = |days: Option<(Date, Date)>| {
            as_of.is_some_and(|as_of| days.is_none_or(|(first, _)| first > as_of))
        };
        let who = |id: Option<ActorId>| id.and_then(|id| record.actor(id));
        let key = |id| who(id).map(grouping::actor).unwrap_or_default();
        let name = |id| who(id).map(|actor| actor.name.clone());
        let mut key = format!(
            "{:?} {} {}",
            proceeding.instrument,
            key(proceeding.forum),
            key(proceeding.subject)
        );
        if proceeding.subject.is_none() {
            // Nothing tells that two without a subject are one.
            key = format!("{key} {}:{id}", selected.row.id);
        }
        let against = name(proceeding.subject).map(|name| format!("against {name}"));
        let heading = [Some(words::kind(proceeding.instrument)), against, name(proceeding.forum)];
        let heading = heading.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        for step in &proceeding.steps {
            let own = step.on.as_ref().and_then(|on| days(&on.value));
            // A step without a day was taken by the day that it was reported.
            if is_later(own.or(published)) {
                continue;
            }
            let reason = step.reason.as_ref().map(|reason| format!(" ({reason})"));
            let says = format!("{}{}", words::kind(step.step), reason.unwrap_or_default());
            let when = step.on.as_ref().map(words::when).unwrap_or_default();
            let group = (key.as_str(), heading.as_str());
            let order = own.or(published);
            self.put(group, selected, id.into(), (order, when), says, Some(&step.span));
            if let Some(group) = self.groups.get_mut(&key) {
                group.steps.push((order, step.clone(), proceeding.clone()));
            }
        }
    }

    fn actor(&mut self, selected: &Selected, view: &View<'_>, id: ActorId) {
        let record = &selected.record;
        let Some(actor) = record.actor(id) else { return };
        // Whoever is only "the spokesman" is nobody across documents.
        let Some(named) = actor.mentions.iter().find(|mention| mention.form == Form::Name) else {
            return;
        };
        let said = record.statements.iter().filter(|s| s.source.actor == Some(id)).count();
        let accused = record.allegations.iter();
        let accused = accused.filter(|g| g.accused.iter().any(|a| a.actor == Some(id))).count();
        let roles =
            actor.roles.iter().map(|role| words::role(role, role.of.map(|id| view.name(id))));
        let mut facts: Vec<String> = roles.collect::<BTreeSet<_>>().into_iter().collect();
        for (count, one, many) in [
            (said, "statement", "statements"),
            (accused, "allegation against it", "allegations against it"),
        ] {
            if count > 0 {
                facts.push(words::counted(count, one, many));
            }
        }
        if facts.is_empty() {
            facts.push("named".to_owned());
        }
        let key = grouping::actor(actor);
        let heading = format!("{} · {}", actor.name, words::actor(actor.kind));
        let group = (key.as_str(), heading.as_str());
        let says = facts.join(", ");
        self.put(group, selected, id.into(), day_of(selected, None), says, Some(&named.span));
    }

    fn allegation(
        &mut self,
        selected: &Selected,
        view: &View<'_>,
        id: onrecord_record::AllegationId,
    ) {
        let record = &selected.record;
        let Some(allegation) = view.allegation(id) else { return };
        let conduct: Vec<&str> =
            allegation.conduct.iter().map(|conduct| conduct.span.text.as_str()).collect();
        let articles: BTreeSet<String> =
            allegation.conduct.iter().map(|conduct| words::article(&conduct.taxon)).collect();
        let articles: Vec<String> = articles.into_iter().collect();
        let by: Vec<&str> = allegation
            .by
            .iter()
            .filter_map(|id| Some(view.who(&view.statement(*id)?.source)))
            .collect();
        let answers: Vec<String> = allegation
            .responses
            .iter()
            .filter_map(|answer| {
                let who = view.who(&view.statement(answer.statement)?.source);
                Some(format!("{who} {}", words::link(Some(answer.kind))))
            })
            .collect();
        let mut says = format!(
            "{}: {} ({})",
            words::kind(allegation.standing),
            conduct.join(", "),
            articles.join(", ")
        );
        if !by.is_empty() {
            says.push_str(&format!(", by {}", by.join(", ")));
        }
        if !answers.is_empty() {
            says.push_str(&format!("; {}", answers.join(", ")));
        }
        let statement = allegation.by.first().and_then(|id| view.statement(*id));
        let conducted = allegation.conduct.first().map(|conduct| &conduct.span);
        let span = statement.map(|statement| &statement.span).or(conducted);
        let accused = allegation.accused.iter();
        let mut accused: Vec<(String, String)> = accused
            .map(|accused| match accused.actor.and_then(|id| record.actor(id)) {
                Some(actor) => (grouping::actor(actor), format!("Against {}", actor.name)),
                None => (accused.span.text.clone(), format!("Against {}", accused.span.text)),
            })
            .collect();
        if accused.is_empty() {
            accused.push((String::new(), "Against nobody that is named".to_owned()));
        }
        for (key, heading) in accused {
            let when = day_of(selected, allegation.when.as_ref());
            let group = (key.as_str(), heading.as_str());
            self.put(group, selected, id.into(), when, says.clone(), span);
        }
    }
}

/// The days of a time, else of publication, for sorting; the time itself for people.
fn day_of(selected: &Selected, when: Option<&When>) -> (Option<(Date, Date)>, String) {
    let published = selected.row.published.as_deref().and_then(days);
    let own = when.and_then(|when| days(&when.value));
    (own.or(published), when.map(words::when).unwrap_or_default())
}
