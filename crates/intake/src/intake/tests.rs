//! What a document says of itself, by format; what is refused, and how it is said.

use std::sync::LazyLock;

use super::*;
use crate::units;

static INTAKE: LazyLock<Intake> = LazyLock::new(|| Intake::new().unwrap());

fn read_with(name: &str, bytes: &[u8], options: &Options) -> Result<Document, Refusal> {
    INTAKE.read(&units(name, bytes).next().unwrap(), options)
}

fn read(name: &str, bytes: &[u8]) -> Document {
    read_with(name, bytes, &Options::default()).unwrap()
}

fn refusal(bytes: &[u8]) -> Refusal {
    read_with("a.txt", bytes, &Options::default()).unwrap_err()
}

const STORY: &str = "Port closed after storm\n\nBy Ana Dell\n\nKESH, Dec 31 (Reuters) - The port of \
    Kesh was closed on Friday after a storm, the Port Authority of Oland said.\n\nTwo cranes\n\nTwo \
    cranes fell into the sea, it said, and nobody was hurt. — Reuters\n";

#[test]
fn plain_text_is_the_file_itself_and_its_furniture_tells() {
    let Document { record, blocks } = read("a.txt", STORY.as_bytes());
    assert_eq!(record.text, STORY);
    assert_eq!(record.title.as_deref(), Some("Port closed after storm"));
    assert_eq!(record.byline.as_deref(), Some("Ana Dell"));
    assert_eq!(record.agency.as_deref(), Some("Reuters"));
    assert_eq!(record.dateline, Some(Dateline { place: Some("KESH".into()), date: None }));
    assert_eq!(record.published, None);
    assert_eq!(record.language, "en");
    assert!(record.origins.is_empty() && record.notices.is_empty());
    let headings: Vec<_> = record.headings.iter().map(|span| span.text.as_str()).collect();
    assert_eq!(headings, ["Port closed after storm", "Two cranes"]);
    let furniture = blocks.iter().filter(|b| b.kind == BlockKind::Furniture).count();
    assert_eq!(furniture, 3);
}

#[test]
fn a_dateline_takes_its_year_from_the_date_given() {
    let options = Options { published: Some("2026-01-01".into()), ..Options::default() };
    let record = read_with("a.txt", STORY.as_bytes(), &options).unwrap().record;
    assert_eq!(record.dateline.unwrap().date.as_deref(), Some("2025-12-31"));
    let published = record.published.unwrap();
    assert_eq!((published.value.as_str(), published.basis), ("2026-01-01", Basis::Given));
}

#[test]
fn the_most_trusted_date_counts() {
    let published = |line: &str| {
        let found = read("a.jsonl", line.as_bytes()).record.published.unwrap();
        (found.value, found.basis)
    };
    let text = "The port of Kesh was closed, and nobody knows when it will be open again.";
    let url = r#""url": "https://mail.example/2025/03/04/port""#;
    assert_eq!(
        published(&format!(
            r#"{{"text": "Published: 3 March 2025\n\n{text}", "date": "2025-03-09", {url}}}"#
        )),
        ("2025-03-03".to_owned(), Basis::Header)
    );
    assert_eq!(
        published(&format!(r#"{{"text": "3 March 2025\n\n{text}", "date": "2025-03-03 10:30"}}"#)),
        ("2025-03-03T10:30:00".to_owned(), Basis::Metadata)
    );
    assert_eq!(
        published(&format!(r#"{{"text": "{text}", "date": "March 3, 2025", {url}}}"#)),
        ("2025-03-03".to_owned(), Basis::Metadata)
    );
    assert_eq!(
        published(&format!(r#"{{"text": "{text}", {url}}}"#)),
        ("2025-03-04".to_owned(), Basis::Url)
    );
    assert_eq!(
        published(&format!(r#"{{"text": "KESH, March 5, 2025 (AP) — {text}"}}"#)),
        ("2025-03-05".to_owned(), Basis::Dateline)
    );
}

#[test]
fn a_date_that_cannot_be_read_is_said() {
    let line = br#"{"text": "The port of Kesh was closed, they said.", "date": "last week"}"#;
    let record = read("a.jsonl", line).record;
    assert_eq!(record.published, None);
    assert_eq!(record.notices[0].kind, NoticeKind::Date);
}

#[test]
fn a_language_without_a_pack_is_named_and_its_header_is_not_read() {
    let text = "2025-03-04\n\nLe port de Kesh a été fermé vendredi après une tempête, a déclaré la \
                mairie, et personne ne sait quand il sera rouvert aux bateaux de pêche.";
    let Document { record, blocks } = read("a.txt", text.as_bytes());
    assert_eq!(record.language, "fr");
    assert_eq!(record.published, None);
    assert_eq!(record.notices.len(), 1);
    assert_eq!(record.notices[0].kind, NoticeKind::NoPack);
    assert!(record.notices[0].says.contains("`fr`"));
    assert!(blocks.iter().all(|block| block.kind != BlockKind::Furniture));
    let options = Options { language: Some("en-gb".into()), ..Options::default() };
    let record = read_with("a.txt", text.as_bytes(), &options).unwrap().record;
    assert_eq!(record.language, "en-GB");
    assert!(record.notices.is_empty() && record.published.is_some());
}

#[test]
fn a_byline_that_is_an_agency_s_names_the_agency() {
    let line = br#"{"text": "The port of Kesh was closed, they said.", "author": "By AFP"}"#;
    let record = read("a.jsonl", line).record;
    assert_eq!(record.agency.as_deref(), Some("AFP"));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_cause() {
    for empty in [b"".as_slice(), b" \n\t\r\n", b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xEF\xBB\xBF \n"] {
        assert_eq!(refusal(empty), Refusal::Empty, "{empty:?}");
    }
    assert_eq!(refusal("“”\n\"\"".as_bytes()), Refusal::NoWords);
    assert_eq!(refusal(b"Kesh\0Oland").kind(), "binary");
    assert_eq!(refusal(b"%PDF-1.4"), Refusal::Pdf);
    assert_eq!(refusal(b"\x89PNG\r\n\x1A\n").kind(), "binary");
    let options =
        Options { limits: Limits { bytes: 10, ..Limits::default() }, ..Options::default() };
    let refused = read_with("a.txt", b"More than ten bytes", &options).unwrap_err();
    assert_eq!(refused, Refusal::TooLarge { bytes: 19, limit: 10 });
    for published in ["yesterday", "20251212", "2025-02-30", "12/12/2025"] {
        let options = Options { published: Some(published.into()), ..Options::default() };
        let refused = read_with("a.txt", b"The port was closed.", &options).unwrap_err();
        assert_eq!(refused.kind(), "bad-option", "{published}");
    }
}

#[test]
fn every_refusal_is_one_line() {
    let long = "x\ny".repeat(100);
    for refused in [
        Refusal::BadOption { option: "--published", found: long.clone(), expected: "a date" },
        Refusal::BrokenJson { line: 3, column: 9, cause: "EOF".into() },
        Refusal::TooDeep { depth: 600, limit: 512 },
        Refusal::NoText { missing: "no field `text`" },
    ] {
        assert_eq!(refused.to_string().lines().count(), 1, "{refused}");
    }
}

#[test]
fn a_long_line_and_odd_line_ends_are_read() {
    let line = "The port was closed. ".repeat(50_000);
    let document = read("a.txt", line.as_bytes());
    assert_eq!(document.blocks.len(), 1);
    let document = read("a.txt", b"Port closed\r\rThe port was closed.\r\rIt was late.\r");
    assert_eq!(document.blocks.len(), 3);
    assert_eq!(document.record.text.matches('\r').count(), 5);
}
