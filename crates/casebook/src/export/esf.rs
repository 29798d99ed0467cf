//! Tables in the shape of the Events Standard Formats (HURIDOCS, second edition): events, acts,
//! persons, involvements and information, with the names that OpenEvSys gives their fields.
//!
//! Each allegation is an event of its own, each conduct and victim in it an act, each accused an
//! involvement in every act, each statement that makes or answers it information on the event. What is alleged
//! stays alleged: the status of each event is how far the allegation has come, and whoever is
//! accused is a perpetrator only in the words of the format. Behind the fields of the format stand
//! the document, the item and the words.

use onrecord_record::{ActorId, Allegation, ItemId, Record, Span};

use super::sheets::{name, source, taxa};
use crate::days::days;
use crate::select::Selected;
use crate::store::sqlite::word;

/// The tables: names and the fields of each, less those that all end with.
pub const ESF_TABLES: [(&str, &[&str]); 5] = [
    (
        "event",
        &[
            "event_record_number",
            "event_title",
            "local_geographical_area",
            "initial_date",
            "final_date",
            "event_description",
            "remarks",
            "violation_status",
            "violation_index",
        ],
    ),
    (
        "act",
        &[
            "act_record_number",
            "victim",
            "event",
            "type_of_act",
            "initial_date",
            "final_date",
            "exact_location",
            "international_instruments",
        ],
    ),
    ("person", &["person_record_number", "counting_unit", "person_name"]),
    (
        "involvement",
        &[
            "involvement_record_number",
            "perpetrator",
            "event",
            "act",
            "degree_of_involvement",
            "type_of_perpetrator",
            "latest_status_as_perpetrator_in_the_act",
        ],
    ),
    (
        "information",
        &[
            "information_record_number",
            "source",
            "event",
            "source_connection_to_information",
            "language_of_source_material",
            "date_of_source_material",
            "type_of_source_material",
            "remarks",
        ],
    ),
];

/// The fields that every table ends with.
const OWN: [&str; 3] = ["onrecord_document", "onrecord_item", "onrecord_words"];

/// The heads of a table.
#[must_use]
pub fn esf_head(table: usize) -> Vec<String> {
    let fields = ESF_TABLES.get(table).map_or(&[][..], |(_, fields)| fields);
    fields.iter().chain(&OWN).map(|field| (*field).to_owned()).collect()
}

/// The rows that the allegations of a document give, each with the place of its table. Persons come
/// once for each document that they stand in, under one number.
#[must_use]
pub fn esf_rows(selected: &Selected) -> Vec<(usize, Vec<String>)> {
    let mut rows = Rows { selected, rows: Vec::new() };
    for item in &selected.items {
        let find = |g: &&Allegation| ItemId::from(g.id) == *item;
        if let Some(allegation) = selected.record.allegations.iter().find(find) {
            rows.allegation(allegation);
        }
    }
    rows.rows
}

struct Rows<'s> {
    selected: &'s Selected,
    rows: Vec<(usize, Vec<String>)>,
}

impl Rows<'_> {
    fn put(&mut self, table: usize, cells: Vec<String>, item: &str, words: Option<&Span>) {
        let document = self.selected.row.id;
        let words = words.map(|span| span.text.clone()).unwrap_or_default();
        let own = [document.to_string(), format!("{document}:{item}"), words];
        self.rows.push((table, cells.into_iter().chain(own).collect()));
    }

    fn allegation(&mut self, g: &Allegation) {
        let record = &self.selected.record;
        let (id, item) = (format!("{}:{}", self.selected.row.id, g.id), g.id.to_string());
        let days = g.when.as_ref().and_then(|when| days(&when.value));
        let (first, last) = days.map_or((String::new(), String::new()), |(first, last)| {
            (first.to_string(), last.to_string())
        });
        let place = g.place.as_ref().map_or(String::new(), |place| place.span.text.clone());
        let conduct: Vec<&str> = g.conduct.iter().map(|c| c.span.text.as_str()).collect();
        let tellings: Vec<&Span> =
            g.by.iter().filter_map(|id| Some(&record.statement(*id)?.span)).collect();
        let limits: Vec<&str> = g.limits.iter().map(|limit| limit.text.as_str()).collect();
        let status = word(g.standing);
        let told: Vec<&str> = tellings.iter().map(|span| span.text.as_str()).collect();
        let event = vec![
            id.clone(),
            format!("{status}: {}", conduct.join(", ")),
            place.clone(),
            first.clone(),
            last.clone(),
            told.join(" … "),
            limits.join(" … "),
            status.clone(),
            taxa(&g.conduct),
        ];
        self.put(0, event, &item, tellings.first().copied());
        let nobody = [None];
        let victims: Vec<Option<&onrecord_record::Who>> = match g.victims.as_slice() {
            [] => nobody.to_vec(),
            several => several.iter().map(Some).collect(),
        };
        let mut acts = Vec::new();
        for conduct in &g.conduct {
            for victim in &victims {
                let act = format!("{id}:act{}", acts.len() + 1);
                let victim = victim.map(|victim| self.person(victim.actor, &victim.span));
                let cells = vec![
                    act.clone(),
                    victim.unwrap_or_default(),
                    id.clone(),
                    conduct.span.text.clone(),
                    first.clone(),
                    last.clone(),
                    place.clone(),
                    conduct.taxon.0.clone(),
                ];
                self.put(1, cells, &item, Some(&conduct.span));
                acts.push(act);
            }
        }
        for (accused, turn) in g.accused.iter().zip(1..) {
            let person = self.person(accused.actor, &accused.span);
            let kind = accused.actor.and_then(|actor| record.actor(actor));
            let kind = kind.map(|actor| word(actor.kind)).unwrap_or_default();
            let degree = accused.degree.map(word).unwrap_or_default();
            for act in &acts {
                let cells = vec![
                    format!("{act}:involvement{turn}"),
                    person.clone(),
                    id.clone(),
                    act.clone(),
                    degree.clone(),
                    kind.clone(),
                    status.clone(),
                ];
                self.put(3, cells, &item, Some(&accused.span));
            }
        }
        let by = g.by.iter().map(|id| (*id, "makes".to_owned()));
        let answers = g.responses.iter().map(|answer| (answer.statement, word(answer.kind)));
        for (statement, connection) in by.chain(answers) {
            self.information(record, &id, statement, connection);
        }
    }

    fn information(
        &mut self,
        record: &Record,
        event: &str,
        statement: onrecord_record::StatementId,
        connection: String,
    ) {
        let Some(s) = record.statement(statement) else { return };
        let who = match (s.source.actor, &s.source.span) {
            (None, None) => String::new(),
            (actor, Some(span)) => self.person(actor, span),
            (Some(actor), None) => self.person(Some(actor), &s.span),
        };
        let document = &record.document;
        let published = document.published.as_ref().map(|published| published.value.clone());
        let cells = vec![
            format!("{event}:{statement}"),
            who,
            event.to_owned(),
            connection,
            document.language.clone(),
            published.unwrap_or_default(),
            document.source.media_type.clone(),
            source(record, s).to_owned(),
        ];
        self.put(4, cells, &statement.to_string(), Some(&s.span));
    }

    /// The number of a person or group: that of its entity, one for all documents, where it is named.
    fn person(&mut self, actor: Option<ActorId>, span: &Span) -> String {
        let record = &self.selected.record;
        let known = actor.and_then(|actor| record.actor(actor));
        let place = || match actor {
            Some(actor) => format!("{}:{actor}", self.selected.row.id),
            None => format!("{}:{}", self.selected.row.id, span.start.0),
        };
        let who = actor.and_then(|actor| self.selected.entities.get(&actor));
        let key = who.map_or_else(place, ToString::to_string);
        let hash = onrecord_record::Sha256::of(key.as_bytes()).hex();
        let number = format!("p{}", &hash[..16]);
        let unit = known.map(|actor| word(actor.kind)).unwrap_or_default();
        let called = name(record, actor).unwrap_or(&span.text).to_owned();
        let item = actor.map(|actor| actor.to_string()).unwrap_or_default();
        let there = |(table, row): &(usize, Vec<String>)| *table == 2 && row[0] == number;
        if !self.rows.iter().any(there) {
            self.put(2, vec![number.clone(), unit, called], &item, Some(span));
        }
        number
    }
}
