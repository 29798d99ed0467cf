//! Who is who in whole texts: kinds, roles, relations, and which mentions are one actor.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)]

mod story;

use onrecord_record::{Actor, ActorKind, Record, RelationKind, RoleStatus};
use story::read;

fn called<'a>(record: &'a Record, name: &str) -> Option<&'a Actor> {
    record.actors.iter().find(|actor| actor.name == name)
}

/// Whether each name is an actor of a kind in a text; of none where the kind is `None`.
fn assert_kinds(text: &str, expected: &[(&str, Option<ActorKind>)]) {
    let record = read(text);
    for (name, kind) in expected {
        let is = called(&record, name).map(|actor| actor.kind);
        assert_eq!(is, *kind, "{name} in {text:?}: {:?}", record.actors);
    }
}

/// The roles of an actor: status, title, whose.
fn roles(text: &str, name: &str) -> Vec<(RoleStatus, String, Option<String>)> {
    let record = read(text);
    let actor = called(&record, name).expect(name);
    let of = |id| record.actor(id).unwrap().name.clone();
    actor.roles.iter().map(|r| (r.status, r.title.clone(), r.of.map(of))).collect()
}

fn role(status: RoleStatus, title: &str, of: Option<&str>) -> (RoleStatus, String, Option<String>) {
    (status, title.to_owned(), of.map(ToOwned::to_owned))
}

#[test]
fn a_state_is_told_by_what_only_states_have() {
    let text = "Torva’s army fired first, Ana Roe said. Keldish troops left Keldia in May. \
                The ambassador of peace came from Ost. Harn’s roads were closed.";
    let state = Some(ActorKind::State);
    assert_kinds(text, &[("Torva", state), ("Keldia", state), ("Ost", None), ("Harn", None)]);
}

#[test]
fn names_of_things_and_lands_are_no_persons() {
    let text = "The Tarn Prize went to Ana Roe, who was born in Dorn Sall. It was signed under the \
                Clean Wells Act in New Tarn. Bo Venn welcomed it.";
    let person = Some(ActorKind::Person);
    let none = ["Tarn Prize", "Dorn Sall", "Clean Wells Act", "New Tarn"].map(|name| (name, None));
    assert_kinds(text, &none);
    assert_kinds(text, &[("Ana Roe", person), ("Bo Venn", person)]);
}

#[test]
fn words_of_a_name_and_words_for_it_tell_its_kind() {
    let text = "Tarn Airlines said it was sorry. The Sall Herald, which broke the story, said so. \
                Venn & Holt said nothing. Oland’s labour ministry said it knew. \
                The Water and Forest Office said it was wet.";
    assert_kinds(
        text,
        &[
            ("Tarn Airlines", Some(ActorKind::Company)),
            ("Sall Herald", Some(ActorKind::Media)),
            ("Venn & Holt", Some(ActorKind::Company)),
            ("Water and Forest Office", Some(ActorKind::Government)),
        ],
    );
    let text = "Linea said it had sold shirts. The company said it would sell no more.";
    assert_kinds(text, &[("Linea", Some(ActorKind::Company))]);
    let text = "Her party, Dawn, said it had won. The coalition Ana Roe led lost, Roe said.";
    assert_kinds(text, &[("Dawn", Some(ActorKind::Party)), ("Ana Roe", Some(ActorKind::Person))]);
}

#[test]
fn a_title_stands_before_a_name_or_between_commas() {
    use RoleStatus::{Acting, Current, Former};
    let text = "Oland’s foreign minister, Ana Roe, said no. The mayor of Wex, Bo Venn, said yes. \
                Former Oland defence minister Cai Lund said maybe. \
                Acting Justice Minister Dov Marr said never. \
                Army spokesman Colonel Eb Tarn said nothing. The Olandic army said less. \
                Fia Holt, professor of law at the University of Wex, said more. \
                After the vote, Gus Ahl said it was late.";
    assert_eq!(roles(text, "Ana Roe"), [role(Current, "foreign minister", Some("Oland"))]);
    assert_eq!(roles(text, "Bo Venn"), [role(Current, "mayor", Some("Wex"))]);
    assert_eq!(roles(text, "Cai Lund"), [role(Former, "defence minister", Some("Oland"))]);
    assert_eq!(roles(text, "Dov Marr"), [role(Acting, "Justice Minister", None)]);
    let titles: Vec<String> = roles(text, "Eb Tarn").into_iter().map(|role| role.1).collect();
    assert_eq!(titles, ["Army spokesman", "Colonel"]);
    assert_eq!(roles(text, "Fia Holt"), [role(Current, "professor", Some("University of Wex"))]);
    assert_eq!(roles(text, "Gus Ahl"), []);
}

#[test]
fn the_body_in_a_title_is_the_one_told_of() {
    let text = "The Dockers’ Union called a strike. “We are tired,” union secretary Ana Roe said.";
    let of = Some("Dockers’ Union");
    assert_eq!(roles(text, "Ana Roe"), [role(RoleStatus::Current, "union secretary", of)]);
}

#[test]
fn a_wing_is_told_by_whose_it_is() {
    let record = read("The Red Guard, the armed wing of the Lake Movement, fired first, it said.");
    let guard = called(&record, "Red Guard").unwrap();
    let [relation] = guard.relations.as_slice() else { panic!("{guard:?}") };
    assert_eq!(relation.kind, RelationKind::ArmedWingOf);
    assert_eq!(record.actor(relation.to).unwrap().name, "Lake Movement");
    assert_eq!(guard.kind, ActorKind::ArmedGroup);
}

#[test]
fn a_person_is_one_with_and_without_a_middle_or_a_first_name() {
    let text = "Ana Mira Roe said no. Ana Roe was asked again, and Roe laughed. Bo Venn fell ill. \
                “I am well,” Bo said.";
    let record = read(text);
    let names: Vec<&str> = record.actors.iter().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Ana Mira Roe", "Bo Venn"]);
}

#[test]
fn a_party_in_lower_case_is_not_whose_it_is() {
    let text = "The Roe campaign said it was broke. Roe said she was not. Ana Roe is a senator.";
    let record = read(text);
    assert_eq!(called(&record, "Roe campaign").unwrap().kind, ActorKind::Party);
    assert_eq!(called(&record, "Ana Roe").unwrap().kind, ActorKind::Person);
}

#[test]
fn a_county_that_speaks_is_an_actor_and_one_that_is_a_place_is_none() {
    let text = "The county said the road was open. Snow fell in the city.";
    assert_kinds(text, &[("county", Some(ActorKind::Government)), ("city", None)]);
}

#[test]
fn who_is_nobody_that_was_told_of_in_a_sentence_before() {
    let text = "The ministry said on Monday that the road was open.\n\n\
                A witness, who asked not to be named, said that two drones had circled there.";
    let record = read(text);
    let by = record.statements.iter().filter(|s| s.source.actor.is_some()).count();
    assert_eq!((record.statements.len() > 1, by), (true, 1), "{:?}", record.statements);
}
