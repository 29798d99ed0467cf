//! Statements of whole texts: whose they are, and through whom they came.
#![allow(clippy::unwrap_used, missing_docs)]

mod story;

use onrecord_record::{Record, Statement};
use story::read;

fn actor(record: &Record, statement: &Statement) -> Option<String> {
    let id = statement.source.actor?;
    record.actors.iter().find(|actor| actor.id == id).map(|actor| actor.name.clone())
}

fn sources(record: &Record) -> Vec<Option<String>> {
    record.statements.iter().map(|statement| actor(record, statement)).collect()
}

fn named(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn who_is_quoted_speaks_through_who_quotes() {
    let text =
        "The state news agency KNA quoted Oland spokesman Ivo Rell as saying the mine was empty.";
    let record = read(text);
    assert_eq!(sources(&record), [named("Ivo Rell")]);
    assert_eq!(record.statements[0].via.len(), 1);
    let text = "Oland spokesman Ivo Rell said the mine was empty, the news agency KNA reported.";
    let record = read(text);
    let inner = record.statements.iter().find(|s| s.within.is_some()).unwrap();
    assert_eq!(actor(&record, inner), named("Ivo Rell"));
    let outer = record.statements[inner.within.unwrap().index()].source.actor;
    assert_eq!(inner.via, outer.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_day_behind_a_name_is_no_part_of_the_source() {
    let record = read("Iceland Tuesday condemned the raid on the port.");
    let [statement] = record.statements.as_slice() else { panic!("{:?}", record.statements) };
    assert_eq!(actor(&record, statement), named("Iceland"));
    assert_eq!(statement.said.as_ref().unwrap().value, "2025-03-04");
}

#[test]
fn a_day_behind_whom_or_what_the_cue_takes_is_that_of_saying() {
    for (text, day) in [
        ("The union accused the mine on Tuesday of hiding a leak.", Some("2025-03-04")),
        ("The court ordered the mine on Tuesday to close the shaft.", Some("2025-03-04")),
        ("The ministry confirmed the deaths on Tuesday.", Some("2025-03-04")),
        ("The union accused the mine of hiding a leak on Tuesday.", None),
        ("The union accused the mine of a leak on Tuesday in the harbour.", None),
        ("The minister demanded the release on Tuesday of the miners.", None),
        ("The minister announced talks for Friday.", None),
    ] {
        let record = read(text);
        let [statement] = record.statements.as_slice() else { panic!("{text}") };
        assert_eq!(statement.said.as_ref().map(|said| said.value.as_str()), day, "{text}");
    }
}

#[test]
fn who_answers_did_not_ask_and_a_state_did_not_write_what_was_written_in_it() {
    let text = "Asked whether the bridge was safe, Ada Venn said it was.";
    assert_eq!(sources(&read(text)), [None, named("Ada Venn")]);
    let text = "Media reports in Iceland have said that the bridge was closed.";
    assert_eq!(sources(&read(text)), [None]);
}

#[test]
fn who_is_called_accused_is_not_accused_by_who_tells_of_him() {
    let text = "The bureau put alleged smuggler Ivo Rell on its list of fugitives on Monday.";
    assert_eq!(sources(&read(text)), []);
}

#[test]
fn a_name_behind_its_title_speaks_whatever_is_added_to_it() {
    for source in [
        "Iceland Secretary of State Ada Venn",
        "Iceland's envoy at the talks Ada Venn",
        "House Speaker Ada Venn (R-Wis.)",
        "Ada Venn – who is listed as a lawyer in Kesh –",
    ] {
        let record = read(&format!("{source} said on Monday that the bridge was closed."));
        assert_eq!(sources(&record), [named("Ada Venn")], "{source}");
    }
    let record = read("The brother of Ada Venn said on Monday that the bridge was closed.");
    assert_eq!(sources(&record), [None]);
}

#[test]
fn you_and_i_in_a_text_s_own_voice_are_nobody_s_names() {
    let record =
        read("The Harbour Front said it was ready. You believe that the bridge is closed.");
    assert_eq!(sources(&record)[1], None);
}

#[test]
fn a_paragraph_that_is_all_quotation_goes_on_with_who_spoke_before() {
    let text = "Ada Venn said on Monday that the bridge was closed.\n\n\
                “Keeping it open to these two towns has helped to make a region steadier that was \
                the staging ground of many floods.”\n\nBut many fishermen are wary.";
    assert_eq!(sources(&read(text))[..2], [named("Ada Venn"), named("Ada Venn")]);
}

#[test]
fn a_charge_that_the_rules_are_sure_of_is_read() {
    let text = "Oland authorities allege the attacks were plotted by the smuggler Ivo Rell.";
    let record = read(text);
    assert_eq!(record.statements.len(), 1);
    assert_eq!(record.statements[0].act, onrecord_record::Act::Accuse);
}
