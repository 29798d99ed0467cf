//! Items of many documents as entries of one view: what each says, its words, its document.

mod joined;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::civil::Date;
use onrecord_casebook::joins::{EntityId, ItemAt, Matter, SeriesId};
use onrecord_casebook::store::Store;
use onrecord_casebook::{DocumentId, Error, Selected, days};
use onrecord_record::{ActorId, Form, ItemId, Span, When};

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
    /// The same in copies of its story, which stand here with it: `d7:s3`.
    pub(crate) copies: Vec<String>,
}

impl Entry {
    /// The document.
    fn document(&self) -> DocumentId {
        self.order.1
    }

    /// What is said of copies, empty where there are none.
    pub(crate) fn copied(&self) -> String {
        let first = self.copy_of.map(|first| format!(", a copy of {first}"));
        let others = (!self.copies.is_empty()).then(|| {
            let one = words::counted(self.copies.len(), "copy", "copies");
            format!(", and in {one}: {}", self.copies.join(", "))
        });
        [first, others].into_iter().flatten().collect()
    }
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
    /// Who or what it is about, where documents agree on that.
    about: About,
    /// The statements that make the allegations in it.
    by: Vec<ItemAt>,
}

/// Who or what a group is about, across documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum About {
    /// What its heading says.
    #[default]
    Heading,
    /// Somebody.
    Entity(EntityId),
    /// Figures of one quantity.
    Series(SeriesId),
    /// A matter.
    Matter(Rc<Matter>),
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
pub(crate) struct Gathered<'c> {
    across: Across,
    store: &'c dyn Store,
    groups: BTreeMap<String, Group>,
    turn: usize,
}

impl<'c> Gathered<'c> {
    /// Nothing yet, of a case that keeps what it knows in a store.
    pub(crate) fn new(across: Across, store: &'c dyn Store) -> Self {
        Self { across, store, groups: BTreeMap::new(), turn: 0 }
    }

    /// Adds the items of a document.
    pub(crate) fn add(&mut self, selected: &Selected) {
        let view = View::of(&selected.record);
        for item in &selected.items {
            match (self.across, *item) {
                (Across::Timeline, item) => self.timeline(selected, &view, item),
                (Across::Figures, ItemId::FigureId(id)) => self.figure(selected, &view, id),
                (Across::Proceedings(_), ItemId::ProceedingId(id)) => {
                    self.proceeding(selected, &view, id);
                }
                (Across::Actors, ItemId::ActorId(id)) => self.actor(selected, &view, id),
                (Across::Allegations, ItemId::AllegationId(id)) => {
                    self.allegation(selected, &view, id);
                }
                _ => {}
            }
        }
    }

    /// The groups, each with its entries sorted, and behind them what does not agree across
    /// documents; of a timeline, the first days with no more entries than `limit` together.
    ///
    /// # Errors
    /// Where the store refuses.
    pub(crate) fn groups(mut self, limit: Option<usize>) -> Result<Vec<Group>, Error> {
        let mut groups = Vec::new();
        for mut group in std::mem::take(&mut self.groups).into_values() {
            group.entries.sort_by_key(|entry| entry.order);
            group.entries = joined::put_copies_together(group.entries);
            self.tell(&mut group)?;
            groups.push(group);
        }
        if !matches!(self.across, Across::Timeline) {
            groups.sort_by_cached_key(|group| group.heading.to_lowercase());
        }
        let mut left = limit.unwrap_or(usize::MAX);
        for group in &mut groups {
            group.entries.truncate(left);
            left -= group.entries.len();
        }
        groups.retain(|group| !group.entries.is_empty());
        let at_odds = self.at_odds(&groups)?;
        groups.extend(at_odds);
        Ok(groups)
    }

    fn put(
        &mut self,
        (key, heading, about_whom): (&str, &str, About),
        selected: &Selected,
        item: ItemId,
        when: (Option<(Date, Date)>, String),
        says: String,
        span: Option<&Span>,
    ) {
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
            copies: Vec::new(),
        };
        let group = self.groups.entry(key.to_owned()).or_default();
        if group.heading.is_empty() {
            heading.clone_into(&mut group.heading);
            group.about = about_whom;
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
            let group = (key.as_str(), heading.as_str(), About::Heading);
            self.put(group, selected, item, (Some(days), String::new()), says, Some(&span));
        }
    }

    fn figure(&mut self, selected: &Selected, view: &View<'_>, id: onrecord_record::FigureId) {
        let Some(figure) = view.figure(id) else { return };
        let whose = view.whose(figure);
        let of = figure.of.as_ref().map(|of| format!(" of {}", view.named(of)));
        let place = figure.place.as_ref().map(|place| format!(", {}", place.span.text));
        let part = figure.part_of.map(|whole| format!(", part of {whole}"));
        let more = [of, place, part].into_iter().flatten().collect::<String>();
        let says = format!("{}{more}, by {whose}", words::count(figure));
        let series = selected.series.get(&id);
        let key = series.map_or_else(|| figure.counted.clone(), ToString::to_string);
        let about = series.map_or(About::Heading, |id| About::Series(*id));
        let heading = match series {
            Some(_) => {
                let of = figure.of.as_ref().map(|of| view.named(of).to_string());
                let place = figure.place.as_ref().map(|place| place.span.text.clone());
                let all = [Some(figure.counted.clone()), of, place];
                all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
            }
            None => figure.counted.clone(),
        };
        let group = (key.as_str(), heading.as_str(), about);
        // Of one event, the day of counting is what tells figures apart.
        let (when, as_of) = (figure.when.as_ref(), figure.as_of.as_ref());
        let when = if series.is_some() { as_of } else { when.or(as_of) };
        self.put(group, selected, id.into(), day_of(selected, when), says, Some(&figure.span));
    }

    fn proceeding(
        &mut self,
        selected: &Selected,
        view: &View<'_>,
        id: onrecord_record::ProceedingId,
    ) {
        let Some(proceeding) = view.proceeding(id) else { return };
        let matter = selected.matters.get(&id);
        let own = ItemAt::new(selected.row.id, id);
        let key = matter.map_or(own, |matter| matter.id).to_string();
        let name = |id: Option<ActorId>| id.map(|id| view.name(id).to_owned());
        let against = name(proceeding.subject).map(|name| format!("against {name}"));
        let heading = [Some(words::kind(proceeding.instrument)), against, name(proceeding.forum)];
        let heading = heading.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        for (_, step, on) in selected.steps(proceeding) {
            let day = |day: &String| day.parse::<Date>().ok();
            let on = on.and_then(|(first, last)| day(&first).zip(day(&last)));
            let published = selected.row.published.as_deref().and_then(days);
            let reason = step.reason.as_ref().map(|reason| format!(" ({reason})"));
            let says = format!("{}{}", words::kind(step.step), reason.unwrap_or_default());
            let when = step.on.as_ref().map(words::when).unwrap_or_default();
            let about = matter.cloned().map_or(About::Heading, About::Matter);
            let group = (key.as_str(), heading.as_str(), about);
            self.put(group, selected, id.into(), (on.or(published), when), says, Some(&step.span));
        }
    }

    fn actor(&mut self, selected: &Selected, view: &View<'_>, id: ActorId) {
        let record = &selected.record;
        let Some(actor) = record.actor(id) else { return };
        // Whoever is only "the spokesman" is nobody across documents.
        let Some(entity) = selected.entities.get(&id) else { return };
        let by_name = actor.mentions.iter().find(|mention| mention.form == Form::Name);
        let span = by_name.or_else(|| actor.mentions.first()).map(|mention| &mention.span);
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
        let (key, heading) = (entity.to_string(), actor.name.as_str());
        let group = (key.as_str(), heading, About::Entity(*entity));
        let says = facts.join(", ");
        self.put(group, selected, id.into(), day_of(selected, None), says, span);
    }

    fn allegation(
        &mut self,
        selected: &Selected,
        view: &View<'_>,
        id: onrecord_record::AllegationId,
    ) {
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
        let own = allegation.responses.iter().filter_map(|answer| {
            let who = view.who(&view.statement(answer.statement)?.source);
            Some(format!("{who} {}", words::link(Some(answer.kind))))
        });
        let elsewhere = selected.answers.get(&id).into_iter().flatten().map(|answer| {
            format!("{} {} ({})", answer.who, words::link(Some(answer.kind)), answer.at)
        });
        let answers: Vec<String> = own.chain(elsewhere).collect();
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
        // Whoever has no name is nobody across documents: the words are put together, no more.
        let mut accused: Vec<(String, String, About)> = accused
            .map(|accused| {
                let entity = accused.actor.and_then(|id| selected.entities.get(&id));
                let name = accused.actor.map_or(accused.span.text.as_str(), |id| view.name(id));
                let heading = format!("Against {name}");
                match entity {
                    Some(entity) => (entity.to_string(), heading, About::Entity(*entity)),
                    None => (heading.clone(), heading, About::Heading),
                }
            })
            .collect();
        if accused.is_empty() {
            let heading = "Against nobody that is named".to_owned();
            accused.push((String::new(), heading, About::Heading));
        }
        for (key, heading, about) in accused {
            let when = day_of(selected, allegation.when.as_ref());
            let group = (key.as_str(), heading.as_str(), about);
            self.put(group, selected, id.into(), when, says.clone(), span);
            if let Some(group) = self.groups.get_mut(&key) {
                let by = allegation.by.iter().map(|by| ItemAt::new(selected.row.id, *by));
                group.by.extend(by);
            }
        }
    }
}

/// The days of a time, else of publication, for sorting; the time itself for people.
fn day_of(selected: &Selected, when: Option<&When>) -> (Option<(Date, Date)>, String) {
    let published = selected.row.published.as_deref().and_then(days);
    let own = when.and_then(|when| days(&when.value));
    (own.or(published), when.map(words::when).unwrap_or_default())
}
