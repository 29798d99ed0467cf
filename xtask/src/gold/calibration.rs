//! Whether each item of our stories' records is right, and what that makes of confidences.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use onrecord_reading::{Calibration, Kind, items};
use onrecord_record::{Allegation, ItemId, Record};

use super::agreement::Sides;
use super::pairs::Pairs;
use super::story;

/// Whether items are right, by kind and place. Those that may be left out, and actors that the story
/// does not tell of, have none.
pub(super) type Verdicts = BTreeMap<(Kind, usize), bool>;

/// A story's record with what is right in it.
pub(super) struct Judged {
    pub(super) record: Record,
    pub(super) verdicts: Verdicts,
}

/// The least confidence of each bin that is told, and the end of the last.
const BINS: [f64; 6] = [0.0, 0.5, 0.7, 0.8, 0.9, 1.01];

/// What is measured of all stories but one, of times what the pack has.
fn without(calibration: &Calibration, judged: &[Judged], left: Option<usize>) -> Calibration {
    let mut others = calibration.of_times();
    for (_, story) in judged.iter().enumerate().filter(|(at, _)| Some(*at) != left) {
        for item in items(&story.record) {
            if let Some(right) = story.verdicts.get(&(item.kind, item.place)) {
                others.count(item.kind, &item.basis, *right);
            }
        }
    }
    others.gathered()
}

/// How many items of each kind and bin of confidence there are, and how many of these are right. Each
/// story is weighed by what the others measure.
pub(super) fn table(calibration: &Calibration, judged: &mut [Judged]) -> String {
    let mut bins: BTreeMap<(Kind, usize), [u32; 2]> = BTreeMap::new();
    for at in 0..judged.len() {
        let others = without(calibration, judged, Some(at));
        let Judged { record, verdicts } = &mut judged[at];
        others.weigh(record);
        for item in items(record) {
            let Some(right) = verdicts.get(&(item.kind, item.place)) else { continue };
            let bin = BINS.iter().rposition(|least| *least <= item.confidence).unwrap_or(0);
            let row = bins.entry((item.kind, bin)).or_default();
            *row = [row[0] + u32::from(*right), row[1] + 1];
        }
    }
    let mut table =
        String::from("kind              0–.5      .5–.7      .7–.8      .8–.9      .9–1\n");
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Times) {
        let _ = write!(table, "{:<12}", name(kind));
        for bin in 0..BINS.len() - 1 {
            let told = bins.get(&(kind, bin));
            let told =
                told.map_or_else(|| "–".to_owned(), |[right, of]| format!("{right} of {of}"));
            let _ = write!(table, " {told:>10}");
        }
        table.push('\n');
    }
    table
}

/// The pack's file of confidences with what all stories measure.
pub(super) fn file(old: &str, calibration: &Calibration, judged: &[Judged]) -> String {
    let measured = without(calibration, judged, None);
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Times);
    kinds.fold(old.to_owned(), |file, kind| with_section(&file, kind, &measured))
}

/// A file of confidences with the rows of a kind as they were measured.
pub(crate) fn with_section(old: &str, kind: Kind, measured: &Calibration) -> String {
    let head = format!("[measured.{}]", name(kind));
    let mut rows = format!("{head}\n");
    for (basis, right, of) in measured.measured(kind) {
        let _ = writeln!(rows, "{basis} = [{right}, {of}]");
    }
    let (before, behind) = match old.split_once(&head) {
        Some((before, behind)) => {
            let next = behind.find("\n[").map_or(behind.len(), |at| at + 1);
            (before.to_owned(), behind[next..].to_owned())
        }
        None => (format!("{old}\n"), String::new()),
    };
    let gap = if behind.is_empty() { "" } else { "\n" };
    before + &rows + gap + &behind
}

/// A kind as the pack's file has it.
fn name(kind: Kind) -> String {
    format!("{kind:?}").to_lowercase()
}

impl Sides<'_> {
    /// Says whether an item is right.
    pub(super) fn judge(&mut self, kind: Kind, place: usize, right: bool) {
        self.agreement.verdicts.insert((kind, place), right);
    }

    /// Figures with the right value, counted thing and source.
    pub(super) fn judge_figures(&mut self, pairs: &Pairs) {
        let (story, record) = (self.story, self.record);
        for (place, our) in record.figures.iter().enumerate() {
            let gold = pairs.gold[place].map(|gold| &story.figures[gold]);
            if gold.is_some_and(|gold| gold.label.optional) {
                continue;
            }
            let right = gold.is_some_and(|gold| {
                let range =
                    story::Range { low: our.low, high: our.high, approximate: our.approximate };
                gold.value == range
                    && gold.counted.contains(&our.counted)
                    && self.is_one_of(our.source, &gold.sources)
            });
            self.judge(Kind::Figures, place, right);
        }
    }

    /// Steps with the right step, instrument, subject and day; proceedings with such a step and the
    /// right state.
    pub(super) fn judge_steps(
        &mut self,
        gold: &[(&story::Proceeding, &story::Step)],
        rights: &[Option<[bool; 3]>],
        pairs: &Pairs,
    ) {
        let record = self.record;
        let mut place = 0;
        for (at, proceeding) in record.proceedings.iter().enumerate() {
            let mut whole = Some(false);
            for step in &proceeding.steps {
                let own = pairs.gold[place].map(|own| (gold[own], rights[own]));
                match own {
                    Some(((of, own), _)) if of.label.optional || own.optional => {
                        whole = whole.filter(|right| *right);
                    }
                    Some(((of, own), rights)) => {
                        let named = rights.is_some_and(|rights| rights.iter().all(|right| *right));
                        let on = step.on.as_ref().map_or("", |on| on.value.as_str());
                        let dated = own.on.as_ref().is_none_or(|wanted| on.starts_with(wanted));
                        self.judge(Kind::Steps, place, named && dated);
                        let stands = named && of.states.contains(&proceeding.state);
                        whole = if stands { Some(true) } else { whole };
                    }
                    None => self.judge(Kind::Steps, place, false),
                }
                place += 1;
            }
            if let Some(right) = whole {
                self.judge(Kind::Proceedings, at, right);
            }
        }
    }

    /// Allegations of which each code with its accused is right, with the right standing and accuser.
    pub(super) fn judge_allegations(
        &mut self,
        ours: &[(&Allegation, Option<&str>)],
        pairs: &Pairs,
        again: &[bool],
    ) {
        let story = self.story;
        for (place, allegation) in self.record.allegations.iter().enumerate() {
            let own = ours.iter().enumerate().filter(|(_, (of, _))| of.id == allegation.id);
            let own: Vec<usize> = own.map(|(at, _)| at).collect();
            let gold: Vec<_> = own.iter().filter_map(|at| pairs.gold[*at]).collect();
            let gold: Vec<_> = gold.into_iter().map(|gold| &story.allegations[gold]).collect();
            if gold.iter().any(|gold| gold.label.optional) {
                continue;
            }
            let mut by = allegation.by.iter().filter_map(|id| self.gold_of(*id));
            let told = gold.iter().any(|gold| {
                let by = gold.by.is_empty()
                    || by.any(|said| gold.by.iter().any(|by| self.holds(by, said)));
                by && gold.standings.contains(&allegation.standing)
            });
            let right = told && own.iter().all(|at| again[*at] || pairs.gold[*at].is_some());
            self.judge(Kind::Allegations, place, right);
        }
    }

    /// Actors that the story tells of: the first of each with the right kind. One that stands twice is
    /// wrong the second time.
    pub(super) fn judge_actors(&mut self) {
        let (story, record) = (self.story, self.record);
        for gold in story.actors.iter().filter(|actor| !actor.optional) {
            let is = |at: &usize| self.is(record.actors[*at].id, &gold.names[0]);
            let own: Vec<usize> = (0..record.actors.len()).filter(is).collect();
            for (turn, at) in own.into_iter().enumerate() {
                let right = turn == 0 && gold.kinds.contains(&record.actors[at].kind);
                self.judge(Kind::Actors, at, right);
            }
        }
    }

    /// Checks of which all items are right.
    pub(super) fn judge_checks(&mut self) {
        for (place, check) in self.record.checks.iter().enumerate() {
            let verdict = |item: &ItemId| match item {
                ItemId::FigureId(id) => Some((Kind::Figures, id.index())),
                ItemId::ProceedingId(id) => Some((Kind::Proceedings, id.index())),
                _ => None,
            };
            let items = check
                .items
                .iter()
                .map(|item| self.agreement.verdicts.get(&verdict(item)?).copied());
            let items: Option<Vec<bool>> = items.collect();
            if let Some(items) = items {
                self.judge(Kind::Checks, place, items.iter().all(|right| *right));
            }
        }
    }
}
