//! How a record agrees with the one that its story expects.

use onrecord_record::{ActorId, Extent, Form, Party, Record, Role, SourceKind};

use super::calibration::Verdicts;
use super::measures::{Kind, Measures};
use super::pairs::Pairs;
use super::statements;
use super::story::{self, NARRATOR, Story, UNNAMED};

/// The measures of one story, and a line for each item that is missing, wrong or too many.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    pub(super) measures: Measures,
    pub(super) misses: Vec<String>,
    pub(super) verdicts: Verdicts,
}

/// A story beside its record.
pub(super) struct Sides<'a> {
    pub(super) story: &'a Story,
    pub(super) record: &'a Record,
    /// Which statement is which.
    pub(super) pairs: Pairs,
    pub(super) agreement: Agreement,
}

impl Agreement {
    /// Holds a record against the story that it was made of.
    pub(super) fn of(story: &Story, record: &Record) -> Self {
        let pairs = statements::pairs(story, record);
        let mut sides = Sides { story, record, pairs, agreement: Self::default() };
        sides.statements();
        sides.links();
        sides.figures();
        sides.steps();
        sides.allegations();
        sides.actors();
        sides.judge_actors();
        sides.judge_checks();
        sides.agreement
    }
}

impl Sides<'_> {
    pub(super) fn miss(&mut self, what: &str) {
        self.agreement.misses.push(format!("{}: {what}", self.story.name));
    }

    pub(super) fn wanted(&mut self, kind: Kind, right: bool) -> bool {
        self.agreement.measures.wanted(kind, right);
        right
    }

    pub(super) fn words(&self, extent: Extent) -> String {
        extent
            .of(&self.story.text)
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn actors(&mut self) {
        let (story, record) = (self.story, self.record);
        for gold in story.actors.iter().filter(|actor| !actor.optional) {
            let name = &gold.names[0];
            let our = record.actors.iter().find(|actor| self.is(actor.id, name));
            let right = our.is_some_and(|our| gold.kinds.contains(&our.kind));
            if !self.wanted(Kind::Actors, right) {
                let is = our.map(|our| our.kind);
                self.miss(&format!("actor {name} is {is:?}, wanted {:?}", gold.kinds));
            }
            let roles = our.map_or(&[][..], |our| our.roles.as_slice());
            self.agreement.measures.of(Kind::Roles).given += roles.len();
            for role in &gold.roles {
                let found = roles.iter().any(|our| self.is_role(our, role));
                if !self.wanted(Kind::Roles, found) {
                    let (status, title) = (role.status, &role.title);
                    self.miss(&format!("{name} has no role {status:?} {title} of {:?}", role.of));
                }
            }
        }
    }

    fn is_role(&self, our: &Role, gold: &story::Role) -> bool {
        let [is, wanted] = [&our.title, &gold.title].map(|title| plain(title));
        let of = gold.of.as_ref().is_none_or(|of| our.of.is_some_and(|our| self.is(our, of)));
        our.status == gold.status && (is.contains(&wanted) || wanted.contains(&is)) && of
    }

    pub(super) fn is_one_of(&self, party: Party, wanted: &[String]) -> bool {
        wanted.iter().any(|wanted| match (wanted.as_str(), party.kind) {
            (UNNAMED, kind) => kind == SourceKind::Unnamed,
            (NARRATOR, kind) => kind == SourceKind::Narrator,
            (wanted, _) => party.actor.is_some_and(|actor| self.is(actor, wanted)),
        })
    }

    /// Whether an actor of the record is the one of that name in the story: by one of its names, or
    /// by a longer one that holds it, as “spokeswoman Ada Venn” holds “Ada Venn”.
    pub(super) fn is(&self, actor: ActorId, wanted: &str) -> bool {
        let Some(our) = self.record.actor(actor) else { return false };
        let names = self.story.actor(wanted).map(|actor| actor.names.as_slice());
        let names: Vec<String> = match names {
            Some(names) => names.iter().map(|name| plain(name)).collect(),
            None => vec![plain(wanted)],
        };
        let own = our.mentions.iter().filter(|m| m.form == Form::Name);
        let own = own.map(|mention| plain(&mention.span.text)).chain([plain(&our.name)]);
        let longer = |own: &str, name: &str| {
            name.contains(' ')
                && own.len() < name.len() + 20
                && format!(" {own} ").contains(&format!(" {name} "))
        };
        own.into_iter().any(|own| names.iter().any(|name| own == *name || longer(&own, name)))
    }

    pub(super) fn name(&self, party: Party) -> String {
        let actor = party.actor.and_then(|actor| self.record.actor(actor));
        actor.map_or_else(|| format!("{:?}", party.kind).to_lowercase(), |actor| actor.name.clone())
    }
}

/// A name without its article, its genitive and its capitals.
fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.strip_prefix("the ").unwrap_or(&name);
    name.strip_suffix("'s").unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use onrecord_intake::{Intake, Options, units};
    use onrecord_record::MadeBy;
    use serde_json::{Value, json};

    use super::super::measures::Counts;
    use super::*;

    const STORY: &str = "The ministry denied that its troops had shelled the clinic, as Ada Venn claimed.\n\
        A court convicted Bo Tarn in May of killing 14 of 20 patients.\n==========\n\
        published | 2026-06-03\n\
        actor | ministry | government\n\
        actor | Ada Venn; Venn | person\n\
        actor | Bo Tarn | person\n\
        s1 | deny | ministry | <The ministry> *denied* {that its … the clinic} | denies s2\n\
        s2? | say | Ada Venn | <Ada Venn> *claimed*\n\
        f1 | killed | 14 | killing 14 | part of f2\n\
        f2 | patient | 20 | 20 patients\n\
        p1 | trial | - | Bo Tarn | decided\n  \
        convicted 2026-05 | convicted Bo Tarn in May\n\
        g1 | rome-statute:8.2.b.ix or 8.2.e.iv | ministry | alleged | shelled the clinic | by s2, denies s1\n";

    /// A record of the story, as good as can be.
    fn record(story: &Story) -> Record {
        let span = |words: &str| {
            let at = story.text.find(words).unwrap();
            json!({"start": at, "end": at + words.len(), "text": words})
        };
        let unit = units("story.txt", story.text.as_bytes()).next().unwrap();
        let options = Options { language: Some("en".to_owned()), ..Options::default() };
        let document = Intake::new().unwrap().read(&unit, &options).unwrap();
        let made_by = MadeBy { onrecord: "0".to_owned(), pack: None, model: None };
        let mut record =
            serde_json::to_value(Record::of_document(made_by, document.record)).unwrap();
        let actor = |id: &str, name: &str, kind: &str| {
            let mentions = json!([{"span": span(name), "form": "name"}]);
            json!({"id": id, "name": name, "kind": kind, "mentions": mentions,
                "roles": [], "relations": [], "confidence": 0.5})
        };
        let statement =
            |id: &str, actor: &str, source: &str, cue: &str, content: Value, act: &str| {
                json!({"id": id, "span": span(source),
                "source": {"kind": "actor", "actor": actor, "span": span(source)},
                "cue": {"span": span(cue), "lemma": cue}, "content": content, "act": act,
                "manner": "indirect", "polarity": "affirmed", "said": null, "medium": null,
                "to": [], "via": [], "within": null, "confidence": 0.5})
            };
        let figure = |id: &str, words: &str, counted: &str, value: u32, part_of: Value| {
            json!({"id": id, "span": span(words), "counted": counted, "low": value, "high": value,
                "approximate": false, "as_said": null, "of": null, "part_of": part_of,
                "when": null, "as_of": null, "where": null, "statement": null,
                "source": {"kind": "narrator", "actor": null}, "confidence": 0.5})
        };
        record["actors"] = json!([
            actor("a1", "The ministry", "government"),
            actor("a2", "Ada Venn", "person"),
            actor("a3", "Bo Tarn", "person"),
        ]);
        let content = json!([span("that its troops had shelled the clinic")]);
        record["statements"] = json!([
            statement("s1", "a1", "The ministry", "denied", content, "deny"),
            statement("s2", "a2", "Ada Venn", "claimed", json!([]), "say"),
        ]);
        record["links"] = json!([{"from": "s1", "to": "s2", "kind": "denies", "confidence": 0.5}]);
        record["figures"] = json!([
            figure("f1", "killing 14", "killed", 14, json!("f2")),
            figure("f2", "20 patients", "patient", 20, Value::Null),
        ]);
        let step = json!({"step": "convicted", "on": {"value": "2026-05", "time": null},
            "reason": null, "span": span("convicted Bo Tarn"), "confidence": 0.5});
        record["proceedings"] = json!([{"id": "p1", "forum": null, "instrument": "trial",
            "subject": "a3", "conduct": [], "steps": [step], "state": "decided", "as_of": null,
            "confidence": 0.5}]);
        let shelled = span("shelled the clinic");
        let codes = ["rome-statute:8.2.b.ix", "rome-statute:8.2.e.iv"];
        record["allegations"] = json!([{"id": "g1",
            "conduct": codes.map(|code| json!({"taxon": code, "span": shelled})),
            "accused": [{"actor": "a1", "degree": null, "span": span("its troops")}],
            "by": ["s2"], "victims": [], "when": null, "where": null, "standing": "alleged",
            "limits": [], "responses": [{"statement": "s1", "kind": "denies"}], "confidence": 0.5}]);
        serde_json::from_value(record).unwrap()
    }

    fn agreement(change: impl Fn(&mut Record)) -> Agreement {
        let story = Story::read(Path::new("story.txt"), STORY).unwrap();
        let mut record = record(&story);
        change(&mut record);
        Agreement::of(&story, &record)
    }

    #[test]
    fn a_record_as_good_as_can_be_is_right_in_everything() {
        let mut agreement = agreement(|_| {});
        assert_eq!(agreement.misses, [""; 0]);
        for (kind, wanted) in [
            (Kind::Statements, 1),
            (Kind::Links, 1),
            (Kind::Figures, 2),
            (Kind::PartOf, 1),
            (Kind::Steps, 1),
            (Kind::Allegations, 1),
        ] {
            let counts = Counts { right: wanted, given: wanted, wanted };
            assert_eq!(*agreement.measures.of(kind), counts, "{kind:?}");
        }
        for kind in [Kind::States, Kind::StepDates, Kind::Accusers, Kind::Answers, Kind::Standings]
        {
            let counts = Counts { right: 1, given: 0, wanted: 1 };
            assert_eq!(*agreement.measures.of(kind), counts, "{kind:?}");
        }
    }

    #[test]
    fn what_is_wrong_or_too_many_is_told() {
        let kind = |kind: Kind, change: fn(&mut Record)| *agreement(change).measures.of(kind);
        let none = |given| Counts { right: 0, given, wanted: 1 };
        let other = |r: &mut Record| r.statements[0].source.actor = r.actors.get(1).map(|a| a.id);
        assert_eq!(kind(Kind::Statements, other), none(1));
        assert_eq!(kind(Kind::Links, |r| r.links.clear()), none(0));
        assert_eq!(kind(Kind::Steps, |r| r.proceedings[0].subject = None), none(1));
        assert_eq!(kind(Kind::Allegations, |r| r.allegations[0].accused.clear()), none(2));
        let doubled = |r: &mut Record| r.figures.extend_from_within(..1);
        assert_eq!(kind(Kind::Figures, doubled), Counts { right: 2, given: 3, wanted: 2 });
        let misses = agreement(|r| r.figures[0].high = None).misses;
        assert!(misses[0].starts_with("story: f1 is killed Range"), "{misses:?}");
    }

    #[test]
    fn names_are_compared_bare() {
        assert_eq!(plain("The  Front’s"), "front");
    }
}
