//! Confidence: every item has one, and nothing is surer than what it rests on.
#![allow(clippy::unwrap_used, missing_docs)]

mod story;

use onrecord_reading::{Kind, items};
use onrecord_record::{Anchor, ItemId};

const STORY: &str = "KESHPORT, March 3 (NNA) - The Kesh defence ministry on Monday denied that its troops had \
    shelled the clinic, an accusation made by the charity Doctors Abroad last week. At least 14 people were \
    killed, among them five children, the charity said. The Coastal Court issued an arrest warrant for \
    Colonel Ravik Soln in May 2025. The court withdrew the warrant in January after his death. Doctors Abroad \
    accused the army of murder. The army denied the accusation.\n";

#[test]
fn every_item_has_a_confidence_and_none_is_surer_than_what_it_rests_on() {
    let record = story::read(STORY);
    let items = items(&record);
    for kind in [Kind::Times, Kind::Actors, Kind::Figures, Kind::Steps, Kind::Links] {
        assert!(items.iter().any(|item| item.kind == kind), "no {kind:?}");
    }
    for item in &items {
        assert!(item.confidence > 0.0 && item.confidence < 1.0, "{item:?}");
    }
    let said = |id| record.statement(id).unwrap().confidence;
    for time in &record.times {
        if let Some(Anchor::Time(from)) = time.from {
            assert!(time.confidence <= record.times[from.index()].confidence, "{time:?}");
        }
    }
    for figure in &record.figures {
        assert!(figure.statement.is_none_or(|id| figure.confidence <= said(id)), "{figure:?}");
    }
    for proceeding in &record.proceedings {
        assert!(proceeding.confidence <= proceeding.steps.last().unwrap().confidence);
    }
    for link in &record.links {
        assert!(link.confidence <= said(link.from).min(said(link.to)), "{link:?}");
    }
    for allegation in &record.allegations {
        let surest = allegation.by.iter().map(|id| said(*id)).reduce(f64::max);
        assert!(surest.is_none_or(|surest| allegation.confidence <= surest), "{allegation:?}");
    }
    for check in &record.checks {
        for item in &check.items {
            if let ItemId::FigureId(id) = item {
                assert!(check.confidence <= record.figures[id.index()].confidence, "{check:?}");
            }
        }
    }
}
