//! The whole way from a text to its time expressions.

use onrecord_intake::{Intake, Options, units};
use onrecord_reading::Engine;
use onrecord_record::TimeType;
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

    /// The time expressions of a story, by place, and how it was read to tell them. It is read as
    /// `onrecord read --language en --published DAY` reads a file of its text.
    ///
    /// # Errors
    /// Where the text is refused, or comes out changed, so that places mean nothing.
    pub(super) fn read(
        &self,
        story: &Story,
        domain: Option<Domain>,
    ) -> Outcome<(Vec<Timex>, Domain)> {
        let blame = |why: &str| format!("{}/{}: {why}", story.corpus, story.name);
        let file = format!("{}.txt", story.name);
        let text = &story.marked.text;
        let unit = units(&file, text.as_bytes()).next();
        let unit = unit.ok_or_else(|| blame("no document in it"))?;
        let options = Options {
            published: story.marked.published.clone(),
            language: Some("en".to_owned()),
            ..Options::default()
        };
        let document = self.intake.read(&unit, &options).map_err(|e| blame(&e.to_string()))?;
        if document.record.text != *text {
            return Err(blame("its text comes out changed"));
        }
        let reading = self.engine.times(&document, domain);
        let reading = reading.ok_or_else(|| blame("no pack reads it"))?;
        let timex = |time: onrecord_record::Time| Timex {
            place: time.span.extent().range(),
            kind: Some(name(time.kind).to_owned()),
            value: time.value,
        };
        Ok((reading.expressions.into_iter().map(|e| timex(e.time)).collect(), reading.domain))
    }
}

/// The name that TIMEX3 gives a type.
fn name(kind: TimeType) -> &'static str {
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
        let [timex] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(&story.marked.text[timex.place.clone()], "Monday");
        assert_eq!(timex.kind.as_deref(), Some("DATE"));
        assert_eq!(timex.value.as_deref(), Some("2031-05-05"));
        assert_eq!(domain, Domain::News);
    }
}
