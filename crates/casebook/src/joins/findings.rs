//! What does not agree across documents.

use onrecord_record::{Instrument, StepKind};

use super::types::{Discrepancy, DiscrepancyKind, ItemAt, Matter, Point, Series};

/// Counts that grow as more is known, and do not fall.
const GROWING: [&str; 3] = ["killed", "injured", "executed"];

/// What does not agree in series and matters, in their order: what `Joins::findings` gives for all,
/// for a part of them.
#[must_use]
pub fn findings(series: &[Series], matters: &[Matter]) -> Vec<Discrepancy> {
    let mut found: Vec<Discrepancy> = series.iter().flat_map(of_series).collect();
    found.extend(matters.iter().flat_map(of_matter));
    found
}

fn of_series(series: &Series) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    let grows = GROWING.contains(&series.counted.as_str());
    let points: Vec<&Point> = series.points.iter().filter(|point| point.source.is_some()).collect();
    for (place, later) in points.iter().enumerate() {
        // The point of the same source just before, and those of the same day.
        let before = points[..place]
            .iter()
            .rev()
            .filter(|earlier| earlier.source == later.source && earlier.report != later.report);
        for earlier in before {
            let (Some(day), Some(on)) = (&earlier.as_of, &later.as_of) else { continue };
            let kind = if day == on {
                (!overlap(earlier, later)).then_some(DiscrepancyKind::TwoValues)
            } else {
                (grows && is_below(later, earlier)).then_some(DiscrepancyKind::Falls)
            };
            if let Some(kind) = kind {
                found.push(Discrepancy { kind, items: vec![earlier.figure, later.figure] });
            }
            if day != on {
                break;
            }
        }
    }
    found
}

fn is_below(one: &Point, other: &Point) -> bool {
    matches!((one.high, other.low), (Some(high), Some(low)) if high < low)
}

fn overlap(one: &Point, other: &Point) -> bool {
    !is_below(one, other) && !is_below(other, one)
}

fn of_matter(matter: &Matter) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    let by_order = matter.instrument == Instrument::Sanctions;
    if !by_order && matter.steps.iter().all(|step| step.step == StepKind::Withdrawn) {
        let items: Vec<ItemAt> = matter.steps.iter().flat_map(|s| s.told.clone()).collect();
        if !items.is_empty() {
            found.push(Discrepancy { kind: DiscrepancyKind::NothingToWithdraw, items });
        }
    }
    for later in &matter.steps {
        for earlier in matter.steps.iter().filter(|step| later.step.follows(step.step)) {
            let (Some((_, end)), Some((begin, _))) = (&later.on, &earlier.on) else { continue };
            let of_one = later.told.iter().any(|item| earlier.told.contains(item));
            if end < begin && !of_one {
                let items = vec![earlier.told[0], later.told[0]];
                found.push(Discrepancy { kind: DiscrepancyKind::StepOrder, items });
            }
        }
    }
    found
}
