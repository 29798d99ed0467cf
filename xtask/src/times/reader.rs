//! The whole way from a text to its time expressions.

use onrecord_intake::{Document, Intake, Options, units};
use onrecord_reading::{Calibration, Engine};
use onrecord_record::{Time, TimeType};
use onrecord_times::Domain;

use super::Timex;
use super::corpus::Story;
use crate::Outcome;

/// Everything that reads, compiled once.
pub(super) struct Reader {
    intake: Intake,
    engine: Engine,
}

impl Reader {
    /// A reader with the packs that ship.
    ///
    /// # Errors
    /// Where a pack does not compile.
    pub(super) fn new() -> Outcome<Self> {
        let intake = Intake::new().map_err(|e| e.to_string())?;
        Ok(Self { intake, engine: Engine::new().map_err(|e| e.to_string())? })
    }

    /// The document of a text in a file of that name, as `onrecord read --language en --published
    /// DAY` makes it.
    ///
    /// # Errors
    /// Where the text is refused, or comes out changed, so that places in it mean nothing.
    pub(super) fn document(
        &self,
        name: &str,
        text: &str,
        published: Option<&str>,
    ) -> Outcome<Document> {
        let blame = |why: &str| format!("{name}: {why}");
        let file = format!("{name}.txt");
        let unit = units(&file, text.as_bytes()).next();
        let unit = unit.ok_or_else(|| blame("no document in it"))?;
        let options = Options {
            published: published.map(ToOwned::to_owned),
            language: Some("en".to_owned()),
            ..Options::default()
        };
        let document = self.intake.read(&unit, &options).map_err(|e| blame(&e.to_string()))?;
        if document.record.text == text {
            Ok(document)
        } else {
            Err(blame("its text comes out changed"))
        }
    }

    /// The time expressions of a story, by place, and how it was read to tell them.
    ///
    /// # Errors
    /// As for its document.
    pub(super) fn read(
        &self,
        story: &Story,
        domain: Option<Domain>,
    ) -> Outcome<(Vec<Time>, Domain)> {
        let Story { name, marked, .. } = story;
        let document = self.document(name, &marked.text, marked.published.as_deref())?;
        let reading = self.engine.times(&document, domain);
        let reading = reading.ok_or_else(|| format!("{name}: no pack reads it"))?;
        Ok((reading.expressions.into_iter().map(|e| e.time).collect(), reading.domain))
    }

    /// What the packs measured of how often items are right.
    ///
    /// # Errors
    /// Where no pack reads English.
    pub(super) fn calibration(&self) -> Outcome<&Calibration> {
        self.engine.calibration("en").ok_or_else(|| "no pack reads English".to_owned())
    }
}

/// A time of a record as a gold standard has it.
pub(super) fn timex(time: &Time) -> Timex {
    Timex {
        place: time.span.extent().range(),
        kind: Some(timex3(time.kind).to_owned()),
        value: time.value.clone(),
    }
}

/// The name that TIMEX3 gives a type.
fn timex3(kind: TimeType) -> &'static str {
    match kind {
        TimeType::Date => "DATE",
        TimeType::Time => "TIME",
        TimeType::Duration => "DURATION",
        TimeType::Set => "SET",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::corpus::Marked;

    #[test]
    fn a_story_is_read_from_its_day_of_publication() {
        let text = "\nThe port of Kesh was shut on Monday.\n".to_owned();
        let published = Some("2031-05-07".to_owned());
        let marked = Marked { text, published, gold: Vec::new() };
        let story = Story { corpus: "ours".into(), name: "a.b".into(), marked };
        let (found, domain) = Reader::new().unwrap().read(&story, Some(Domain::News)).unwrap();
        let [time] = found.as_slice() else { panic!("{found:?}") };
        let timex = timex(time);
        assert_eq!(&story.marked.text[timex.place.clone()], "Monday");
        assert_eq!(timex.kind.as_deref(), Some("DATE"));
        assert_eq!(timex.value.as_deref(), Some("2031-05-05"));
        assert_eq!(domain, Domain::News);
    }
}
