//! Conditions of a query as SQL.
//!
//! Conditions on statements are met by one statement, those on an allegation or a figure by one of
//! these, made or given in such a statement where both are asked for.

use onrecord_record::LinkKind;
use rusqlite::types::Value;
use serde::Serialize;

use super::Sqlite;
use super::items::word;
use super::search::matching_any;
use crate::joins::WholeKind;
use crate::search::{Condition, Days, Phrase, Query, What};

/// A piece of SQL with the values for its question marks.
#[derive(Debug, Clone, Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    pub(super) fn new(text: impl Into<String>, values: Vec<Value>) -> Self {
        Self { text: text.into(), values }
    }

    /// Puts another behind, between two texts.
    pub(super) fn push(&mut self, before: &str, other: &Self, behind: &str) {
        self.text.push_str(before);
        self.text.push_str(&other.text);
        self.text.push_str(behind);
        self.values.extend(other.values.iter().cloned());
    }

    fn joined(parts: &[Self], by: &str) -> Self {
        let mut all = Self::default();
        for (i, part) in parts.iter().enumerate() {
            all.push(if i == 0 { "" } else { by }, part, "");
        }
        all
    }
}

/// The conditions of a query by what they are on. The tables are `d`, `s`, `g` and `f`.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    document: Vec<Sql>,
    statement: Vec<Sql>,
    /// Words of a statement, which cost most to ask for: of all documents, and of one.
    says: Vec<(Sql, Sql)>,
    allegation: Vec<Sql>,
    figure: Vec<Sql>,
    /// When it happened, of an allegation or a figure.
    event: Vec<Condition>,
    /// For each, where an index gives them: the documents that can meet it.
    rows: Vec<Sql>,
}

impl Conditions {
    pub(super) fn of(store: &Sqlite, query: &Query) -> rusqlite::Result<Self> {
        let mut all = Self::default();
        for condition in &query.conditions {
            all.add(store, condition)?;
        }
        all.add_rows_of_events();
        Ok(all)
    }

    fn add(&mut self, store: &Sqlite, condition: &Condition) -> rusqlite::Result<()> {
        let holds = condition.holds;
        let mut rows = None;
        match &condition.what {
            What::Act(acts) => {
                self.statement.push(one_of("s.act", told(acts), holds));
                rows = Some((
                    "SELECT document FROM statement WHERE ",
                    one_of("act", told(acts), true),
                ));
            }
            What::Polarity(polarities) => {
                self.statement.push(one_of("s.polarity", told(polarities), holds));
                let negated = one_of("polarity", told(polarities), true);
                rows = Some(("SELECT document FROM statement WHERE ", negated));
            }
            What::Said(days) => {
                self.statement.push(meets("s.said", *days, holds));
                rows = Some(("", within("statement", "said", *days)));
            }
            What::Says(phrases) => {
                let words = vec![Value::Text(matching_any(phrases))];
                // Few are taken as a set; of many, and of one document, each statement is asked,
                // last of all.
                let each = "EXISTS (SELECT 1 FROM statement_words \
                            WHERE statement_words MATCH ? AND rowid = s.document << 20 | s.id)";
                let set = "s.document << 20 | s.id IN \
                           (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)";
                let of_all = if store.are_few(&words)? { set } else { each };
                let found = "SELECT rowid >> 20 AS document FROM statement_words WHERE ";
                rows = Some((found, Sql::new("statement_words MATCH ?", words.clone())));
                let is_there = |sql: &str| negated(Sql::new(sql, words.clone()), holds);
                self.says.push((is_there(of_all), is_there(each)));
            }
            What::Speaker(phrases) => {
                let named = Named::by(store, phrases)?;
                let is = named.is("", "coalesce(s.source, -s.id)", "s", "");
                self.statement.push(negated(is, holds));
                rows = Some(("", named.documents()));
            }
            What::FigureSource(phrases) => {
                let named = Named::by(store, phrases)?;
                let is = named.is("", "coalesce(f.source, -f.statement, 0)", "f", "");
                self.figure.push(negated(is, holds));
                rows = Some(("", named.documents()));
            }
            What::Accused(phrases) => {
                let named = Named::by(store, phrases)?;
                let accused = "EXISTS (SELECT 1 FROM accused c WHERE c.document = g.document \
                               AND c.allegation = g.id AND ";
                self.allegation.push(negated(named.is(accused, "c.actor", "g", ")"), holds));
                rows = Some(("", named.documents()));
            }
            What::Taxon(codes) => {
                let under = under(codes);
                rows = Some(("SELECT document FROM allegation_conduct WHERE ", near(codes)));
                let mut sql = Sql::new(
                    "EXISTS (SELECT 1 FROM allegation_conduct c WHERE c.document = g.document \
                     AND c.allegation = g.id AND (",
                    Vec::new(),
                );
                sql.push("", &under, "))");
                self.allegation.push(negated(sql, holds));
            }
            What::Answered(is_answered) => {
                let sql = Sql::new(answered(), Vec::new());
                self.allegation.push(negated(sql, holds == *is_answered));
            }
            What::Counted(counted) => {
                let counted: Vec<Value> = counted.iter().cloned().map(Value::Text).collect();
                self.figure.push(one_of("f.counted", counted.clone(), holds));
                rows =
                    Some(("SELECT document FROM figure WHERE ", one_of("counted", counted, true)));
            }
            What::Event(_) => self.event.push(condition.clone()),
            What::Outlet(phrases) => {
                let outlets = store.named_so("outlet", phrases)?;
                self.document.push(one_of("d.outlet", texts(&outlets), holds));
            }
            What::Agency(phrases) => {
                let agencies = store.named_so("agency", phrases)?;
                self.document.push(one_of("d.agency", texts(&agencies), holds));
            }
            What::Documents(ids) => {
                let ids = ids.iter().map(|id| Value::Integer(id.0.into())).collect();
                self.document.push(one_of("d.id", ids, holds));
            }
            // The case has made numbers of names.
            What::Document(_) => {}
            What::Language(tags) => {
                let tag = "(lower(d.language) = ? OR lower(d.language) GLOB ? || '-*')";
                let values = tags
                    .iter()
                    .flat_map(|tag| [Value::Text(tag.clone()), Value::Text(tag.clone())]);
                let any = vec![tag; tags.len()].join(" OR ");
                let sql = Sql::new(format!("coalesce({any}, FALSE)"), values.collect());
                self.document.push(negated(sql, holds));
            }
            What::Published(days) => {
                let (mut parts, mut values) = (Vec::new(), Vec::new());
                if let Some(first) = days.first {
                    parts.push("d.published >= ?");
                    values.push(Value::Text(first.to_string()));
                }
                if let Some(last) = days.last {
                    // A date-time of the last day is behind the day.
                    parts.push("d.published < ? || 'U'");
                    values.push(Value::Text(last.to_string()));
                }
                let sql = Sql::new(format!("coalesce({}, FALSE)", parts.join(" AND ")), values);
                self.document.push(negated(sql, holds));
            }
        }
        if let (true, Some((select, found))) = (holds, rows) {
            let mut rows = Sql::new(select, Vec::new());
            rows.push("", &found, "");
            self.rows.push(rows);
        }
        Ok(())
    }

    /// Documents in which something happened on the days asked for.
    fn add_rows_of_events(&mut self) {
        for condition in &self.event {
            let (What::Event(days), true) = (&condition.what, condition.holds) else { continue };
            let of = |table| within(table, "when", *days);
            let both = || Sql::joined(&[of("allegation"), of("figure")], " UNION ALL ");
            self.rows.push(match (self.allegation.is_empty(), self.figure.is_empty()) {
                (true, true) => both(),
                (false, _) => of("allegation"),
                (true, false) => of("figure"),
            });
        }
    }

    /// For each condition that an index can answer, a selection of documents that can meet it.
    pub(super) fn rows(&self) -> Vec<Sql> {
        self.rows.clone()
    }

    /// What a document has to be; empty where there are no conditions.
    pub(super) fn on_document(&self) -> Sql {
        let mut parts = self.document.clone();
        let exists = |table: &str, sql: Sql| {
            let mut exists = Sql::new(format!("EXISTS (SELECT 1 FROM {table} AND "), Vec::new());
            exists.push("", &sql, ")");
            exists
        };
        let allegation = self.on_allegation(false);
        let figure = self.on_figure(false);
        let allegation = allegation.map(|sql| exists("allegation g WHERE g.document = d.id", sql));
        let figure = figure.map(|sql| exists("figure f WHERE f.document = d.id", sql));
        match (allegation, figure) {
            (None, None) => parts.extend(
                self.on_statement(false)
                    .map(|sql| exists("statement s WHERE s.document = d.id", sql)),
            ),
            (Some(allegation), Some(figure)) if self.is_event_alone() => {
                let mut either = Sql::new("(", Vec::new());
                either.push("", &Sql::joined(&[allegation, figure], " OR "), ")");
                parts.push(either);
            }
            (allegation, figure) => parts.extend(allegation.into_iter().chain(figure)),
        }
        Sql::joined(&parts, " AND ")
    }

    /// Whether it is only asked when something happened, of an allegation or a figure.
    fn is_event_alone(&self) -> bool {
        self.allegation.is_empty() && self.figure.is_empty() && !self.event.is_empty()
    }

    /// What a statement has to be, of all documents or of `one`; `None` where nothing is asked.
    fn on_statement(&self, one: bool) -> Option<Sql> {
        let says = self.says.iter().map(|(of_all, of_one)| if one { of_one } else { of_all });
        let parts: Vec<Sql> = self.statement.iter().chain(says).cloned().collect();
        (!parts.is_empty()).then(|| Sql::joined(&parts, " AND "))
    }

    fn on_allegation(&self, one: bool) -> Option<Sql> {
        if self.allegation.is_empty() && !self.is_event_alone() {
            return None;
        }
        let mut parts = self.allegation.clone();
        parts.extend(self.event.iter().filter_map(|condition| event(condition, "g.when")));
        if let Some(statement) = self.on_statement(one) {
            let mut by = Sql::new(
                "EXISTS (SELECT 1 FROM allegation_by b JOIN statement s \
                 ON s.document = b.document AND s.id = b.statement \
                 WHERE b.document = g.document AND b.allegation = g.id AND ",
                Vec::new(),
            );
            by.push("", &statement, ")");
            parts.push(by);
        }
        Some(Sql::joined(&parts, " AND "))
    }

    fn on_figure(&self, one: bool) -> Option<Sql> {
        if self.figure.is_empty() && !self.is_event_alone() {
            return None;
        }
        let mut parts = self.figure.clone();
        parts.extend(self.event.iter().filter_map(|condition| event(condition, "f.when")));
        if let Some(statement) = self.on_statement(one) {
            let mut by = Sql::new(
                "EXISTS (SELECT 1 FROM statement s \
                 WHERE s.document = f.document AND s.id = f.statement AND ",
                Vec::new(),
            );
            by.push("", &statement, ")");
            parts.push(by);
        }
        Some(Sql::joined(&parts, " AND "))
    }

    /// Selects the statements of a document, which comes as the last value.
    pub(super) fn statements(&self) -> Option<Sql> {
        let is_alone =
            self.allegation.is_empty() && self.figure.is_empty() && self.event.is_empty();
        let sql = self.on_statement(true).filter(|_| is_alone);
        sql.map(|sql| items("statement s", "s", &sql))
    }

    /// Selects the allegations of a document, which comes as the last value.
    pub(super) fn allegations(&self) -> Option<Sql> {
        self.on_allegation(true).map(|sql| items("allegation g", "g", &sql))
    }

    /// Selects the figures of a document, which comes as the last value.
    pub(super) fn figures(&self) -> Option<Sql> {
        self.on_figure(true).map(|sql| items("figure f", "f", &sql))
    }
}

/// Whether an allegation is answered: in its own document, or in another report, where a statement
/// answers the one that makes it or one that tells the same: as [`crate::store::Joins::answers_to`] has
/// it.
fn answered() -> String {
    let told = format!(
        "JOIN part p ON p.kind = {} AND p.document = b.document AND p.item = b.statement \
         JOIN part t ON t.whole = p.whole",
        WholeKind::Telling as u8
    );
    let own = "EXISTS (SELECT 1 FROM response r \
               WHERE r.document = g.document AND r.allegation = g.id)";
    let elsewhere = [
        ("", "answer a ON a.other_document = b.document AND a.other_statement = b.statement"),
        (&told, "answer a ON a.other_document = t.document AND a.other_statement = t.item"),
        (&told, "link a ON a.document = t.document AND a.target = t.item"),
    ];
    let elsewhere = elsewhere.map(|(told, answer)| {
        format!(
            " OR EXISTS (SELECT 1 FROM allegation_by b {told} JOIN {answer} \
             WHERE b.document = g.document AND b.allegation = g.id \
             AND a.document <> g.document AND a.kind NOT IN ('{}', '{}') \
             AND NOT EXISTS (SELECT 1 FROM part c JOIN part o ON o.whole = c.whole \
                 WHERE c.kind = {} AND c.document = g.document AND o.document = a.document))",
            word(LinkKind::Repeats),
            word(LinkKind::Supports),
            WholeKind::Copies as u8
        )
    });
    format!("({own}{})", elsewhere.concat())
}

fn items(table: &str, name: &str, conditions: &Sql) -> Sql {
    let mut sql = Sql::new(format!("SELECT {name}.id FROM {table} WHERE "), Vec::new());
    sql.push("", conditions, &format!(" AND {name}.document = ? ORDER BY {name}.id"));
    sql
}

fn event(condition: &Condition, column: &str) -> Option<Sql> {
    match &condition.what {
        What::Event(days) => Some(meets(column, *days, condition.holds)),
        _ => None,
    }
}

fn negated(sql: Sql, holds: bool) -> Sql {
    if holds { sql } else { Sql::new(format!("NOT ({})", sql.text), sql.values) }
}

fn told(values: &[impl Serialize]) -> Vec<Value> {
    values.iter().map(|value| Value::Text(word(value))).collect()
}

fn texts(values: &[String]) -> Vec<Value> {
    values.iter().cloned().map(Value::Text).collect()
}

/// Whether a column has one of some values. What has none is none of them.
pub(super) fn one_of(column: &str, values: Vec<Value>, holds: bool) -> Sql {
    let marks = vec!["?"; values.len()].join(", ");
    let sql = if holds {
        format!("{column} IN ({marks})")
    } else {
        format!("coalesce({column} NOT IN ({marks}), TRUE)")
    };
    Sql::new(sql, values)
}

/// Whether a time can mean one of some days. An item without a time meets none.
fn meets(column: &str, days: Days, holds: bool) -> Sql {
    let (mut parts, mut values) = (Vec::new(), Vec::new());
    if let Some(first) = days.first {
        parts.push(format!("{column}_last >= ?"));
        values.push(Value::Text(first.to_string()));
    }
    if let Some(last) = days.last {
        parts.push(format!("{column}_first <= ?"));
        values.push(Value::Text(last.to_string()));
    }
    let sql = parts.join(" AND ");
    Sql::new(if holds { sql } else { format!("coalesce(NOT ({sql}), TRUE)") }, values)
}

/// The documents with a row of a table whose time can mean one of some days: it begins on one of
/// them, or is longer than a day and began before.
pub(super) fn within(table: &str, column: &str, days: Days) -> Sql {
    let select = format!("SELECT document FROM {table} WHERE");
    let first = days.first.map(|day| Value::Text(day.to_string()));
    let last = days.last.map(|day| Value::Text(day.to_string()));
    let (sql, values) = match (first, last) {
        (Some(first), last) => {
            let up_to =
                if last.is_some() { format!(" AND {column}_first <= ?") } else { String::new() };
            let sql = format!(
                "{select} {column}_first >= ?{up_to} UNION ALL {select} \
                 {column}_last > {column}_first AND {column}_last >= ? AND {column}_first < ?"
            );
            let values = [Some(first.clone()), last, Some(first.clone()), Some(first)];
            (sql, values.into_iter().flatten().collect())
        }
        (None, Some(last)) => (format!("{select} {column}_first <= ?"), vec![last]),
        (None, None) => (format!("{select} {column}_first IS NOT NULL"), Vec::new()),
    };
    Sql::new(sql, values)
}

/// Whether a `taxon` lies between some codes and what comes behind all that falls under them: more than
/// that, and an index gives it.
pub(super) fn near(codes: &[String]) -> Sql {
    let values = codes.iter().flat_map(|code| vec![Value::Text(code.clone()); 2]);
    Sql::new(vec!["taxon >= ? AND taxon < ? || ';'"; codes.len()].join(" OR "), values.collect())
}

/// Whether a conduct `c` falls under one of some codes.
fn under(codes: &[String]) -> Sql {
    // Behind `.` and `:` come, in the order of bytes, `/` and `;`.
    let one = "c.taxon = ? OR c.taxon >= ? || '.' AND c.taxon < ? || '/' \
               OR c.taxon >= ? || ':' AND c.taxon < ? || ';'";
    let values = codes.iter().flat_map(|code| vec![Value::Text(code.clone()); 5]).collect();
    Sql::new(vec![one; codes.len()].join(" OR "), values)
}

/// Whom names mean: the actors of documents that have one of the phrases in a name of theirs, and
/// those of entities that have it in other documents. All that is asked of names goes through here.
pub(super) struct Named {
    /// The numbers of the names, as JSON.
    names: Value,
    /// The numbers of entities that are one with some whose name it is, as JSON; `None` for none.
    entities: Option<Value>,
}

impl Named {
    pub(super) fn by(store: &Sqlite, phrases: &[Phrase]) -> rusqlite::Result<Self> {
        let (mut names, mut entities) = (Vec::new(), Vec::new());
        for phrase in phrases {
            names.extend(store.names(phrase)?);
            entities.extend(store.one_with(phrase)?);
        }
        let json = |numbers: &serde_json::Value| Value::Text(numbers.to_string());
        Ok(Self {
            names: json(&serde_json::json!(names)),
            entities: (!entities.is_empty()).then(|| json(&serde_json::json!(entities))),
        })
    }

    /// The documents that have such actors.
    pub(super) fn documents(&self) -> Sql {
        let sql = "SELECT document FROM actor_name \
                   WHERE name IN (SELECT value FROM json_each(?))";
        let mut sql = Sql::new(sql, vec![self.names.clone()]);
        if let Some(entities) = &self.entities {
            let known = "SELECT document FROM known \
                         WHERE entity IN (SELECT value FROM json_each(?))";
            sql.push(" UNION ALL ", &Sql::new(known, vec![entities.clone()]), "");
        }
        sql
    }

    /// Whether an actor's number, of the document of a table, is one of theirs; put between two
    /// texts.
    pub(super) fn is(&self, before: &str, actor: &str, table: &str, behind: &str) -> Sql {
        // The plus keeps SQLite from trying every name in turn: a document has few.
        let sql = format!(
            "{before}{actor} IN (SELECT n.actor FROM actor_name n WHERE n.document = {table}.document \
             AND +n.name IN (SELECT value FROM json_each(?))"
        );
        let mut sql = Sql::new(sql, vec![self.names.clone()]);
        if let Some(entities) = &self.entities {
            let known = format!(
                "SELECT k.actor FROM known k WHERE k.document = {table}.document \
                 AND +k.entity IN (SELECT value FROM json_each(?))"
            );
            sql.push(" UNION ALL ", &Sql::new(known, vec![entities.clone()]), "");
        }
        sql.push("", &Sql::default(), &format!("){behind}"));
        sql
    }
}
