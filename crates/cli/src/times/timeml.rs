//! TimeML 1.2.1: the text with its times marked in place.
//!
//! Whatever the document holds is there again when the XML is read: line ends too, as references,
//! since XML reads a carriage return as a line feed. Only what XML 1.0 has no way to hold, control
//! characters and U+FFFE and U+FFFF, becomes U+FFFD, one for one, and is counted.

use onrecord_record::{Anchor, Record, Time};

use crate::view::words;

/// The times' names for the date of publication.
const CREATION: &str = "t0";

/// A document in TimeML.
pub(super) struct Written {
    pub(super) xml: String,
    /// How many characters XML cannot hold.
    lost: usize,
}

impl Written {
    /// What is to be said of the characters that XML cannot hold, where there are any.
    pub(super) fn remark(&self) -> Option<String> {
        let says = match self.lost {
            0 => return None,
            1 => "1 character that XML cannot hold stands".to_owned(),
            lost => format!("{lost} characters that XML cannot hold stand"),
        };
        Some(format!("{says} as U+FFFD in its TimeML"))
    }
}

/// Writes a document with its times. An element `TIMEX3` has the id of the time in the record, and
/// an empty value where the record has none; `t0` is the date of publication, empty where it is not
/// known.
pub(super) fn document(record: &Record) -> Written {
    let document = &record.document;
    let mut xml = Xml { out: HEAD.to_owned(), lost: 0 };
    xml.element("DOCID", &document.source.name);
    let published = document.published.as_ref().map_or("", |published| published.value.as_str());
    let kind = if published.contains('T') { "TIME" } else { "DATE" };
    xml.out.push_str("<DCT>");
    xml.begin(&[
        ("tid", CREATION),
        ("type", kind),
        ("value", published),
        ("temporalFunction", "false"),
        ("functionInDocument", "CREATION_TIME"),
    ]);
    xml.text(published);
    xml.out.push_str("</TIMEX3></DCT>\n");
    if let Some(title) = &document.title {
        xml.element("TITLE", title);
    }
    xml.out.push_str("<TEXT>");
    let mut at = 0;
    for time in &record.times {
        let words = time.span.extent().range();
        xml.text(document.text.get(at..words.start).unwrap_or_default());
        xml.time(time);
        at = words.end;
    }
    xml.text(document.text.get(at..).unwrap_or_default());
    xml.out.push_str("</TEXT>\n</TimeML>\n");
    Written { xml: xml.out, lost: xml.lost }
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
"#;

/// XML that is being written.
struct Xml {
    out: String,
    lost: usize,
}

impl Xml {
    fn text(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\r' => self.out.push_str("&#13;"),
                '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                    self.out.push('\u{fffd}');
                    self.lost += 1;
                }
                c => self.out.push(c),
            }
        }
    }

    /// An element on a line of its own.
    fn element(&mut self, name: &str, words: &str) {
        self.out.push_str(&format!("<{name}>"));
        self.text(words);
        self.out.push_str(&format!("</{name}>\n"));
    }

    fn begin(&mut self, attributes: &[(&str, &str)]) {
        self.out.push_str("<TIMEX3");
        for (name, value) in attributes {
            self.out.push_str(&format!(" {name}=\""));
            self.text(value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn time(&mut self, time: &Time) {
        let id = time.id.to_string();
        let kind = words::kind(time.kind);
        let modifier = time.modifier.map(words::kind);
        let anchor = time.from.map(|from| match from {
            Anchor::Published => CREATION.to_owned(),
            Anchor::Time(id) => id.to_string(),
        });
        let mut attributes = vec![
            ("tid", id.as_str()),
            ("type", &kind),
            ("value", time.value.as_deref().unwrap_or_default()),
        ];
        attributes.extend(modifier.iter().map(|modifier| ("mod", modifier.as_str())));
        let is_function = if anchor.is_some() { "true" } else { "false" };
        attributes.extend([("temporalFunction", is_function), ("functionInDocument", "NONE")]);
        attributes.extend(anchor.iter().map(|anchor| ("anchorTimeID", anchor.as_str())));
        self.begin(&attributes);
        self.text(&time.span.text);
        self.out.push_str("</TIMEX3>");
    }
}
