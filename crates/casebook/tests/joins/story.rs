//! Records of small invented stories, made by hand.

use std::sync::Arc;

use onrecord_casebook::{DocumentKey, Given, How, Reading, Taken};
use onrecord_record::{
    Act, Actor, ActorId, ActorKind, Allegation, Figure, MadeBy, Manner, Mention, Polarity,
    Proceeding, Record, Role, Sha256, Span, Statement, StatementId, When,
};
use serde_json::{Value, json};

/// A story and what was read of it.
pub(crate) struct Story {
    record: Record,
}

pub(crate) fn made_by(version: &str) -> MadeBy {
    MadeBy { onrecord: version.into(), pack: None, model: None }
}

fn value<T: serde::de::DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

fn when(value: &str) -> Option<When> {
    (!value.is_empty()).then(|| When { value: value.into(), time: None })
}

impl Story {
    /// A story published on a day, or on none that it tells. Its text is the words given and all that is put into it.
    pub(crate) fn of(published: &str, words: &str) -> Self {
        let published =
            (!published.is_empty()).then(|| json!({"value": published, "basis": "given"}));
        let document = json!({
            "id": Sha256::of(b""), "source": {"name": "a.txt", "media_type": "text/plain",
            "bytes": 0, "sha256": Sha256::of(b"")}, "title": null, "byline": null, "agency": null,
            "outlet": null, "url": null, "published": published,
            "dateline": null, "language": "en", "headings": [], "origins": [], "notices": [],
            "text": words,
        });
        Self { record: Record::of_document(made_by("1"), value(document)) }
    }

    fn span(&mut self, words: &str) -> Span {
        let text = &mut self.record.document.text;
        text.push('\n');
        let start = text.len();
        text.push_str(words);
        value(json!({"start": start, "end": start + words.len(), "text": words}))
    }

    /// An actor by its names, the fullest first; with a title where there is one, of another actor.
    pub(crate) fn actor(
        &mut self,
        names: &[&str],
        kind: ActorKind,
        title: Option<(&str, Option<ActorId>)>,
    ) -> ActorId {
        let id = ActorId::nth(self.record.actors.len());
        let mention = |span| Mention { span, form: onrecord_record::Form::Name };
        let mentions = names.iter().map(|name| mention(self.span(name))).collect();
        let roles = title.iter().map(|(title, of)| Role {
            title: (*title).into(),
            of: *of,
            status: onrecord_record::RoleStatus::Current,
            span: self.span(title),
        });
        let roles = roles.collect();
        let name = names[0].to_owned();
        self.record.actors.push(Actor {
            id,
            name,
            kind,
            mentions,
            roles,
            relations: Vec::new(),
            confidence: 1.0,
        });
        id
    }

    /// An actor that no name of its own tells, in words that may hold the names of others.
    pub(crate) fn described(&mut self, words: &str, kind: ActorKind) -> ActorId {
        let id = self.actor(&[words], kind, None);
        let start = self.record.document.text.len() - words.len();
        let whole = &mut self.record.actors[id.index()];
        whole.name = words.trim_start_matches("The ").trim_start_matches("the ").to_owned();
        whole.mentions[0].form = onrecord_record::Form::Nominal;
        for actor in &mut self.record.actors[..id.index()] {
            let Some(at) = words.find(&actor.name) else { continue };
            let (start, end) = (start + at, start + at + actor.name.len());
            let span = value(json!({"start": start, "end": end, "text": actor.name}));
            let form = onrecord_record::Form::Name;
            actor.mentions.push(Mention { span, form });
        }
        id
    }

    pub(crate) fn person(&mut self, name: &str, title: &str) -> ActorId {
        let title = (!title.is_empty()).then_some((title, None));
        self.actor(&[name], ActorKind::Person, title)
    }

    /// A statement of an actor, or of somebody without a name.
    pub(crate) fn says(
        &mut self,
        source: Option<ActorId>,
        act: Act,
        content: &str,
        said: &str,
    ) -> StatementId {
        let id = StatementId::nth(self.record.statements.len());
        let span = self.span(content);
        let kind = if source.is_some() { "actor" } else { "unnamed" };
        self.record.statements.push(Statement {
            id,
            span: span.clone(),
            source: value(json!({"kind": kind, "actor": source, "span": null})),
            cue: None,
            content: vec![span],
            act,
            manner: Manner::Indirect,
            polarity: Polarity::Affirmed,
            said: when(said),
            medium: None,
            to: Vec::new(),
            via: Vec::new(),
            within: None,
            confidence: 0.9,
        });
        id
    }

    /// A figure of an event: what is counted, how many, where and when.
    pub(crate) fn counts(
        &mut self,
        counted: &str,
        number: f64,
        (place, day): (&str, &str),
        by: Option<ActorId>,
    ) {
        let id = onrecord_record::FigureId::nth(self.record.figures.len());
        let span = self.span(&format!("{number} {counted}"));
        let place = (!place.is_empty()).then(|| onrecord_record::Place { span: self.span(place) });
        let kind = if by.is_some() { "actor" } else { "narrator" };
        self.record.figures.push(Figure {
            id,
            span,
            counted: counted.into(),
            low: Some(number),
            high: Some(number),
            approximate: false,
            as_said: None,
            of: None,
            part_of: None,
            when: when(day),
            as_of: None,
            place,
            statement: None,
            source: value(json!({"kind": kind, "actor": by})),
            confidence: 1.0,
        });
    }

    /// An allegation against an actor, by a statement.
    pub(crate) fn alleges(&mut self, by: StatementId, accused: ActorId) {
        let id = onrecord_record::AllegationId::nth(self.record.allegations.len());
        let span = self.span("accused");
        let allegation: Allegation = value(json!({
            "id": id, "conduct": [], "accused": [{"actor": accused, "degree": null, "span": span}],
            "by": [by], "victims": [], "when": null, "where": null, "standing": "alleged",
            "limits": [], "responses": [], "confidence": 1.0,
        }));
        self.record.allegations.push(allegation);
    }

    /// A link of one statement to another.
    pub(crate) fn links(&mut self, from: StatementId, to: StatementId, kind: &str) {
        self.record
            .links
            .push(value(json!({"from": from, "to": to, "kind": kind, "confidence": 1.0})));
    }

    /// A proceeding for an arrest warrant, with its steps and their days.
    pub(crate) fn warrant(
        &mut self,
        forum: Option<ActorId>,
        subject: ActorId,
        steps: &[(&str, &str)],
    ) {
        let id = onrecord_record::ProceedingId::nth(self.record.proceedings.len());
        let span = self.span("steps");
        let step = |(step, day): &(&str, &str)| json!({"step": step, "on": when(day), "reason": null, "span": span, "confidence": 1.0});
        let steps: Vec<Value> = steps.iter().map(step).collect();
        let proceeding: Proceeding = value(json!({
            "id": id, "forum": forum, "instrument": "arrest-warrant", "subject": subject,
            "conduct": [], "steps": steps, "state": "active", "as_of": null, "confidence": 1.0,
        }));
        self.record.proceedings.push(proceeding);
    }

    /// The story as a document that comes.
    pub(crate) fn taken(self) -> Taken {
        let text = self.record.document.text.clone().into_bytes();
        let hash = Sha256::of(&text);
        Taken {
            key: DocumentKey { original: hash, part: 0 },
            original: Arc::new(text),
            name: format!("{}.txt", hash.hex()),
            how: How::File,
            modified: None,
            given: Given::default(),
            read: Some(Reading { made_by: made_by("1"), outcome: Ok(self.record) }),
        }
    }
}
