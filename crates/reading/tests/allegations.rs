//! Allegations in whole stories: what is charged is read, what nobody charges is not, and it does not
//! matter who the parties are.
#![allow(clippy::unwrap_used, missing_docs)]

mod story;

use onrecord_record::{Degree, Record, Standing};
use story::read;

/// Each allegation: its codes, its accused as the words name them, and its standing.
fn charges(record: &Record) -> Vec<(Vec<&str>, Vec<&str>, Standing)> {
    let charges = record.allegations.iter().map(|g| {
        let codes = g.conduct.iter().map(|c| c.taxon.0.as_str()).collect();
        let accused = g.accused.iter().map(|a| a.span.text.as_str()).collect();
        (codes, accused, g.standing)
    });
    charges.collect()
}

#[test]
fn what_nobody_charges_is_no_allegation() {
    for story in [
        "A ferry with 120 people on board sank off Marenth on Monday, killing at least 14, the coast \
         guard said. The captain denied that he was drunk. Prosecutors opened an investigation.",
        "The Northern Church on Tuesday denied claims that its priests had abused children and \
         rejected allegations of rape as lies. It had not covered up torture, a spokesman said.",
        "Two soldiers and three rebels were killed in an exchange of fire near the border on Friday, \
         the army said. The rebels accused the army of firing first. The army said a shell hit a \
         school by mistake.",
        "Police charged a man with murder after two women were found dead. The man, a former soldier, \
         is accused of killing his wife. Prosecutors said he tortured her.",
        "Three gunmen took hostages in a bank in Oland on Monday, police said. Officers stormed the \
         building and freed the hostages.",
        "The genocide museum reopened on Monday. Its director said that visitors would learn about \
         war crimes and crimes against humanity.",
        "A ship rescued 60 migrants at sea on Sunday. Survivors said that smugglers had beaten them \
         and that ten people had died.",
        "The new law defines genocide as an attempt to destroy a group. Crimes against humanity \
         include murder, torture and rape, the minister said.",
        "The government rejected accusations of genocide. The minister said there was no evidence of \
         war crimes and that no civilians were targeted by the army or its troops.",
        "Fighting between the army and rebels killed 30 civilians on Monday, the ministry said. A \
         rocket hit a house and a school was damaged, residents said.",
        "The coach said his side would take no prisoners. The club was accused of murdering the game.",
        "The war crimes court said it would open an office in Kesh. The prosecutor called for an end \
         to crimes against humanity.",
    ] {
        assert_eq!(charges(&read(story)), [], "{story}");
    }
}

#[test]
fn a_finding_of_a_body_with_a_mandate_is_found_and_keeps_its_limits() {
    let record = read(
        "The commission of inquiry found that the Harbour Front had committed war crimes and crimes \
         against humanity, including torture and rape, in Sorrel in May 2019. It was not able to \
         determine who gave the orders.",
    );
    let codes = ["rome-statute:8", "rome-statute:7", "rome-statute:7.1.f", "rome-statute:7.1.g"];
    assert_eq!(charges(&record), [(codes.to_vec(), vec!["the Harbour Front"], Standing::Found)]);
    let allegation = &record.allegations[0];
    assert_eq!(allegation.limits[0].text, "was not able to determine who gave the orders");
    assert_eq!(allegation.when.as_ref().unwrap().value, "2019-05");
    assert_eq!(allegation.by, [record.statements[0].id]);
}

#[test]
fn a_court_convicts_one_and_acquits_another() {
    let record = read(
        "A court in Oland convicted former general Tavin Orlo of genocide on Friday and acquitted \
         his deputy, Bo Lund, of war crimes.",
    );
    assert_eq!(
        charges(&record),
        [
            (vec!["rome-statute:6"], vec!["former general Tavin Orlo"], Standing::Convicted),
            (vec!["rome-statute:8"], vec!["Bo Lund"], Standing::Acquitted),
        ]
    );
}

#[test]
fn whoever_admits_what_their_own_did_admits_it() {
    let record = read(
        "The commander admitted that his fighters had executed prisoners during the siege. He said \
         that the war was ugly.",
    );
    assert_eq!(
        charges(&record),
        [(vec!["rome-statute:8.2.a.i"], vec!["his fighters"], Standing::Admitted)]
    );
}

#[test]
fn degrees_go_with_those_who_were_charged_before() {
    let record = read(
        "Doctors Abroad accused the army of Kesh and the Harbour Front of war crimes. The charity said \
         the Harbour Front was chiefly responsible for the crimes. The army of Kesh was responsible to \
         a lesser extent.",
    );
    let [allegation] = &record.allegations[..] else {
        panic!("{:?}", record.allegations);
    };
    let degrees: Vec<_> =
        allegation.accused.iter().map(|a| (a.span.text.as_str(), a.degree)).collect();
    assert_eq!(
        degrees,
        [("the Harbour Front", Some(Degree::Chief)), ("The army of Kesh", Some(Degree::Lesser))]
    );
    assert_eq!(allegation.by.len(), 2);
}

#[test]
fn a_warrant_tells_the_conduct_of_its_proceeding() {
    let record = read(
        "The International Criminal Court issued an arrest warrant for Tavin Orlo in May 2024 for war \
         crimes and crimes against humanity.",
    );
    let codes: Vec<&str> =
        record.proceedings[0].conduct.iter().map(|c| c.taxon.0.as_str()).collect();
    assert_eq!(codes, ["rome-statute:8", "rome-statute:7"]);
    // May 2024 is when the warrant was issued, not when the crimes are said to have happened.
    assert_eq!(record.allegations[0].when, None);
}

#[test]
fn the_parties_do_not_matter() {
    let stories = [
        "{A} on Monday accused {B} of shelling a clinic, an accusation {B} has denied. The war has \
         lasted three years.",
        "{A} said that {B} had committed genocide. {B} rejected the charge as a lie.",
        "{A} said the siege was a war crime. {B} accused {A} of taking hostages and of torture during \
         the siege and the war.",
        "{B} was accused by {A} of crimes against humanity, including murder and persecution.",
    ];
    let parties = [
        ("Kesh", "Oland"),
        ("Oland", "the Harbour Front"),
        ("the defence ministry", "the Harbour Front"),
        ("Doctors Abroad", "the police"),
        ("the Northern Church", "the Southern Church"),
    ];
    for story in stories {
        for (a, b) in parties {
            let told = |a: &str, b: &str| {
                let upper = |name: &str| name[..1].to_uppercase() + &name[1..];
                let text = story.replace("{A}", a).replace("{B}", b);
                let record = read(&(upper(&text)));
                let lines = record.allegations.iter().map(|g| {
                    let name = |text: &str| {
                        text.to_lowercase()
                            .replace(&a.to_lowercase(), "A")
                            .replace(&b.to_lowercase(), "B")
                    };
                    let accused: Vec<String> =
                        g.accused.iter().map(|x| name(&x.span.text)).collect();
                    let codes: Vec<&str> = g.conduct.iter().map(|c| c.taxon.0.as_str()).collect();
                    format!("{codes:?} {accused:?} {:?} {:?} {:?}", g.by, g.standing, g.responses)
                });
                lines.collect::<Vec<_>>()
            };
            assert_eq!(told(a, b), told(b, a), "{story}: {a}, {b}");
            assert!(!told(a, b).is_empty(), "{story}: {a}, {b}");
        }
    }
}

#[test]
fn absurd_texts_give_allegations_that_keep_the_contract() {
    let accused: String = (0..1000).map(|i| format!("Ada Venn{i}, ")).collect();
    for text in [
        format!("The union accused {accused} and Bo Lund of genocide."),
        format!("The union accused Kesh of {}.", "torture, rape and ".repeat(3000)),
        "Ada Venn said that Kesh committed war crimes and ".repeat(2000),
        "The union denied that the union denied genocide. ".repeat(2000),
    ] {
        read(&text);
    }
}
