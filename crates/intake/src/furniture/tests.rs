//! Runs the examples of every pack, and what the rules do together.

use super::*;

#[test]
fn every_rule_fires_on_its_examples_and_is_silent_on_the_others() {
    for pack in Pack::all().unwrap() {
        let file: File = pack.file(FILE).unwrap();
        let calendar = pack.calendar().unwrap();
        let mut placeholders = Placeholders::new(&file.words, &calendar);
        let known = Vocabulary::new(&file.words, &file.date, &calendar, &mut placeholders).unwrap();
        for text in &file.date {
            let examples = |written: &str| known.date(written).map(|date| date.to_string());
            for example in &text.fires {
                assert_eq!(examples(&example.text), example.date, "{}", example.text);
            }
            // Silent is the rule alone: another may know the form.
            let regex = placeholders.expression(&text.pattern, false).unwrap();
            let regex = regex::Regex::new(&format!("^(?:{regex})$")).unwrap();
            for example in &text.silent {
                assert!(!regex.is_match(example) || examples(example).is_none(), "{example}");
            }
        }
        let rules = [
            (&file.header, Place::Whole, Place::Lead),
            (&file.dateline, Place::Start, Place::Start),
            (&file.signoff, Place::End, Place::End),
            (&file.closing, Place::Whole, Place::Whole),
            (&file.caption, Place::End, Place::Start),
        ];
        for (texts, place, leading) in rules {
            for text in texts {
                let place = if text.leads { leading } else { place };
                let rule = Rule::new(&text.pattern, place, text.role, &placeholders).unwrap();
                rule::check(&rule, &known, text);
            }
        }
    }
}

fn furniture() -> Furniture {
    Furniture::new(&Pack::find("en").unwrap().unwrap()).unwrap()
}

fn read(text: &str) -> (Vec<(BlockKind, &str)>, Printed) {
    let mut blocks = crate::layout::blocks(text, 0..text.len());
    let printed = furniture().read(text, &mut blocks);
    (blocks.iter().map(|b| (b.kind, b.extent.of(text).unwrap())).collect(), printed)
}

#[test]
fn a_date_and_a_dateline_may_share_the_story_s_first_line() {
    let (blocks, printed) =
        read(" date 2025-03-04 KESH, Mar 4 — The port was closed.\n\nIt was. — AFP\n");
    assert_eq!(
        blocks,
        [
            (BlockKind::Furniture, "date 2025-03-04"),
            (BlockKind::Furniture, "KESH, Mar 4 —"),
            (BlockKind::Paragraph, "The port was closed."),
            (BlockKind::Paragraph, "It was."),
            (BlockKind::Furniture, "— AFP"),
        ]
    );
    assert_eq!(printed.agency.as_deref(), Some("AFP"));
    assert_eq!(printed.filed, Written::new(None, 3, 4));
}

#[test]
fn lines_of_a_header_are_furniture_each() {
    let (blocks, printed) = read(
        "Port closed after storm\nBy Ana Dell and Tom Orr\nFriday, 4 March 2025\nUpdated 10:30 GMT\n\n\
         The port of Kesh was closed.\n",
    );
    assert_eq!(
        blocks,
        [
            (BlockKind::Paragraph, "Port closed after storm"),
            (BlockKind::Furniture, "By Ana Dell and Tom Orr"),
            (BlockKind::Furniture, "Friday, 4 March 2025"),
            (BlockKind::Furniture, "Updated 10:30 GMT"),
            (BlockKind::Paragraph, "The port of Kesh was closed."),
        ]
    );
    assert_eq!(printed.byline.as_deref(), Some("Ana Dell and Tom Orr"));
    assert_eq!(printed.published, Written::new(Some(2025), 3, 4));
}

#[test]
fn a_label_before_a_colon_is_no_place() {
    let (blocks, printed) = read("UPDATE: The port of Kesh was closed.");
    assert_eq!(blocks, [(BlockKind::Paragraph, "UPDATE: The port of Kesh was closed.")]);
    assert_eq!(printed.place, None);
}

#[test]
fn what_stands_in_the_story_is_no_furniture() {
    let story = "The mayor of Kesh spoke for an hour on the day after the storm, in the hall by the \
                 harbour where the boats are kept in winter, and she said this:";
    let text =
        format!("{story}\n\nBy Ana Dell\n\n{story}\n\nThe paper is called Reuters (AP) daily.");
    let (blocks, printed) = read(&text);
    assert!(blocks.iter().all(|(kind, _)| *kind == BlockKind::Paragraph), "{blocks:?}");
    assert_eq!(printed, Printed::default());
}

#[test]
fn a_story_that_is_only_furniture_keeps_its_words() {
    for text in ["AFP", "— AFP", "KESH, Dec 12 —", "(AP)"] {
        let (blocks, _) = read(text);
        assert_eq!(blocks.len(), 1, "{text}: {blocks:?}");
    }
}
