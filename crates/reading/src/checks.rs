//! Checks: what the items of a record say beside one another, worded by the pack's `checks.toml`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use onrecord_packs::{Pack, PackError};
use onrecord_record::{
    Check, CheckKind, Figure, FigureId, ItemId, Proceeding, Record, SourceKind, Step,
};
use serde::Deserialize;

/// The wording of checks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checks {
    list: List,
    sum: Wording,
    bound: Wording,
    conflict: Fault,
    order: Fault,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    between: String,
    last: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    holds: String,
    fails: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    fails: String,
}

/// How many figures back another value for the same thing is looked for.
const REACH: usize = 16;

impl Checks {
    /// The wording of a pack.
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        pack.file("reading/checks.toml")
    }

    /// The checks of a record's figures and proceedings.
    pub(crate) fn of(&self, record: &Record) -> Vec<Check> {
        let mut checks = self.parts(&record.figures);
        checks.extend(self.conflicts(&record.figures));
        checks.extend(record.proceedings.iter().flat_map(|proceeding| self.order(proceeding)));
        checks
    }

    /// Parts against their wholes: together where that says something, else one by one.
    fn parts(&self, figures: &[Figure]) -> Vec<Check> {
        let mut by_whole: BTreeMap<FigureId, Vec<&Figure>> = BTreeMap::new();
        for figure in figures {
            if let Some(whole) = figure.part_of {
                by_whole.entry(whole).or_default().push(figure);
            }
        }
        let mut checks = Vec::new();
        for (whole, parts) in by_whole {
            let Some(whole) = figures.get(whole.index()) else { continue };
            match self.sum(whole, &parts) {
                Some(check) => checks.push(check),
                None => checks.extend(parts.iter().filter_map(|part| self.bound(whole, part))),
            }
        }
        checks
    }

    fn sum(&self, whole: &Figure, parts: &[&Figure]) -> Option<Check> {
        let total = exact(whole)?;
        let values: Vec<f64> = parts.iter().map(|part| exact(part)).collect::<Option<_>>()?;
        let sum: f64 = values.iter().sum();
        // Parts that are fewer than the whole need not be all of it; those of different kinds may
        // overlap.
        let alike = parts.iter().all(|part| part.counted == whole.counted);
        let says = match sum.total_cmp(&total) {
            Ordering::Equal if parts.len() > 1 => &self.sum.holds,
            Ordering::Greater if parts.len() > 1 && alike => &self.sum.fails,
            _ => return None,
        };
        let said: Vec<String> = values.iter().map(f64::to_string).collect();
        let says = worded(
            says,
            &[
                ("parts", &self.list.of(&said)),
                ("whole", &total.to_string()),
                ("sum", &sum.to_string()),
            ],
        );
        let items = std::iter::once(whole).chain(parts.iter().copied());
        let items = items.map(|figure| figure.id.into()).collect();
        Some(Check { kind: CheckKind::Sum, items, holds: sum.total_cmp(&total).is_eq(), says })
    }

    fn bound(&self, whole: &Figure, part: &Figure) -> Option<Check> {
        let (least, most) = (part.low.or(part.high)?, whole.high?);
        let holds = least <= most;
        let says = if holds { &self.bound.holds } else { &self.bound.fails };
        let says = worded(says, &[("part", &least.to_string()), ("whole", &most.to_string())]);
        let items = vec![whole.id.into(), part.id.into()];
        Some(Check { kind: CheckKind::Bound, items, holds, says })
    }

    /// Values that cannot both be right: of one source, for one thing counted of the same people
    /// at one time.
    fn conflicts(&self, figures: &[Figure]) -> Vec<Check> {
        let mut checks = Vec::new();
        for (place, one) in figures.iter().enumerate() {
            let near = &figures[place + 1..figures.len().min(place + 1 + REACH)];
            checks.extend(near.iter().filter_map(|other| self.conflict(one, other)));
        }
        checks
    }

    fn conflict(&self, one: &Figure, other: &Figure) -> Option<Check> {
        let of = |figure: &Figure| figure.of.as_ref().map(|who| who.span.text.to_lowercase());
        let when = one.when.as_ref()?;
        let same = one.counted == other.counted
            && one.source == other.source
            && one.source.kind != SourceKind::Unnamed
            && of(one) == of(other)
            && other.when.as_ref().is_some_and(|other| other.value == when.value)
            && one.as_of == other.as_of;
        let parted = [one, other].iter().any(|figure| figure.part_of.is_some());
        let (first, second) = (exact(one)?, exact(other)?);
        let clear = first.total_cmp(&second).is_ne() && !one.approximate && !other.approximate;
        (same && !parted && clear).then(|| Check {
            kind: CheckKind::Conflict,
            items: vec![one.id.into(), other.id.into()],
            holds: false,
            says: worded(
                &self.conflict.fails,
                &[
                    ("one", &first.to_string()),
                    ("other", &second.to_string()),
                    ("when", &when.value),
                ],
            ),
        })
    }

    /// Steps that cannot come before those that they follow.
    fn order(&self, proceeding: &Proceeding) -> Vec<Check> {
        let steps = proceeding.steps.iter();
        let pairs =
            steps.flat_map(|later| proceeding.steps.iter().map(move |first| (first, later)));
        let wrong = pairs.filter(|(first, later)| later.step.follows(first.step));
        wrong
            .filter_map(|(first, later)| {
                let (first_on, later_on) = (date(first)?, date(later)?);
                let shorter = first_on.len().min(later_on.len());
                let before = later_on.get(..shorter)? < first_on.get(..shorter)?;
                before.then(|| Check {
                    kind: CheckKind::Order,
                    items: vec![ItemId::from(proceeding.id)],
                    holds: false,
                    says: worded(
                        &self.order.fails,
                        &[
                            ("later", &later.span.text),
                            ("later_date", later_on),
                            ("earlier", &first.span.text),
                            ("earlier_date", first_on),
                        ],
                    ),
                })
            })
            .collect()
    }
}

impl List {
    fn of(&self, items: &[String]) -> String {
        match items {
            [before @ .., last] if !before.is_empty() => {
                format!("{}{}{last}", before.join(&self.between), self.last)
            }
            _ => items.concat(),
        }
    }
}

/// A wording with what its places stand for, each put in once.
fn worded(wording: &str, values: &[(&str, &str)]) -> String {
    let mut says = String::new();
    let mut rest = wording;
    while let Some((before, behind)) = rest.split_once('{') {
        says.push_str(before);
        let Some((name, behind)) = behind.split_once('}') else { break };
        says.extend(values.iter().find(|(place, _)| *place == name).map(|(_, value)| *value));
        rest = behind;
    }
    says + rest
}

/// The value of a figure that says exactly how many.
fn exact(figure: &Figure) -> Option<f64> {
    figure.low.filter(|low| figure.high.is_some_and(|high| high.total_cmp(low).is_eq()))
}

fn date(step: &Step) -> Option<&str> {
    step.on.as_ref().map(|when| when.value.as_str())
}

#[cfg(test)]
mod tests {
    use onrecord_record::{Instrument, Offset, Party, ProceedingId, Span, State, StepKind, When};

    use super::*;

    fn checks() -> Checks {
        Checks::compile(&Pack::find("en").unwrap().unwrap()).unwrap()
    }

    fn figure(place: usize, value: f64, part_of: Option<usize>, when: Option<&str>) -> Figure {
        let span = Span { start: Offset(0), end: Offset(1), text: "1".to_owned() };
        let when = when.map(|value| When { value: value.to_owned(), time: None });
        Figure {
            id: FigureId::nth(place),
            span,
            counted: "killed".to_owned(),
            low: Some(value),
            high: Some(value),
            approximate: false,
            as_said: None,
            of: None,
            part_of: part_of.map(FigureId::nth),
            when,
            as_of: None,
            place: None,
            statement: None,
            source: Party { kind: SourceKind::Narrator, actor: None },
        }
    }

    fn says(figures: &[Figure]) -> Vec<(bool, String)> {
        let checks = checks();
        let found = checks.parts(figures).into_iter().chain(checks.conflicts(figures));
        found.map(|check| (check.holds, check.says)).collect()
    }

    #[test]
    fn parts_are_held_against_their_whole() {
        let whole = figure(0, 30.0, None, None);
        let part = |place, value| figure(place, value, Some(0), None);
        let of = |parts: &[f64]| {
            let parts = parts.iter().enumerate().map(|(at, value)| part(at + 1, *value));
            says(&std::iter::once(whole.clone()).chain(parts).collect::<Vec<_>>())
        };
        let wanted = |holds, says: &str| vec![(holds, says.to_owned())];
        assert_eq!(
            of(&[12.0, 18.0]),
            wanted(true, "12 and 18 add up to 30, of which they are parts.")
        );
        let more = "12 and 20 add up to 32, more than the 30 of which they are parts.";
        assert_eq!(of(&[12.0, 20.0]), wanted(false, more));
        assert_eq!(of(&[31.0]), wanted(false, "31 is more than the 30 of which it is a part."));
        assert_eq!(of(&[12.0, 4.0]).len(), 2, "fewer parts than the whole are held one by one");
    }

    #[test]
    fn two_values_of_one_source_for_one_day_are_a_conflict() {
        let day = Some("2025-03-03");
        let (one, other) = (figure(0, 12.0, None, day), figure(1, 14.0, None, day));
        let wanted = (false, "One source gives both 12 and 14 for 2025-03-03.".to_owned());
        assert_eq!(says(&[one.clone(), other.clone()]), [wanted]);
        let later = figure(1, 14.0, None, Some("2025-03-04"));
        assert_eq!(says(&[one.clone(), later]), []);
        let about = Figure { approximate: true, ..other };
        assert_eq!(says(&[one, about]), []);
    }

    #[test]
    fn a_withdrawal_before_its_application_is_out_of_order() {
        let step = |step, words: &str, on: &str| Step {
            step,
            on: Some(When { value: on.to_owned(), time: None }),
            reason: None,
            span: Span { start: Offset(0), end: Offset(1), text: words.to_owned() },
        };
        let with = |steps| Proceeding {
            id: ProceedingId::nth(0),
            forum: None,
            instrument: Instrument::ArrestWarrant,
            subject: None,
            conduct: Vec::new(),
            steps,
            state: State::Withdrawn,
            as_of: None,
        };
        let applied = step(StepKind::Applied, "applied for", "2024-05");
        let withdrawn = |on| step(StepKind::Withdrawn, "withdrew", on);
        let found = checks().order(&with(vec![withdrawn("2024-03-02"), applied.clone()]));
        let said = "“withdrew” is dated 2024-03-02, before “applied for”, dated 2024-05.";
        assert_eq!(found.iter().map(|c| c.says.as_str()).collect::<Vec<_>>(), [said]);
        assert_eq!(checks().order(&with(vec![applied.clone(), withdrawn("2024-07")])), []);
        // Of a month and a day in it neither is known to come first.
        assert_eq!(checks().order(&with(vec![applied, withdrawn("2024-05-02")])), []);
    }
}
