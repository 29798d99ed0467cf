//! Proceedings and their steps.

use onrecord_record::{ActorId, Proceeding, Step};

use super::agreement::Sides;
use super::measures::Kind;
use super::pairs::{Pairs, shared};
use super::story;

impl Sides<'_> {
    pub(super) fn steps(&mut self) {
        let (story, record) = (self.story, self.record);
        let gold: Vec<(&story::Proceeding, &story::Step)> =
            story.proceedings.iter().flat_map(|p| p.steps.iter().map(move |s| (p, s))).collect();
        let ours: Vec<(&Proceeding, &Step)> =
            record.proceedings.iter().flat_map(|p| p.steps.iter().map(move |s| (p, s))).collect();
        let optional: Vec<bool> =
            gold.iter().map(|(p, s)| p.label.optional || s.optional).collect();
        let named = |our: Option<ActorId>, wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| our.is_some_and(|our| self.is(our, wanted)))
        };
        let right = |(p, s): (&story::Proceeding, &story::Step), our: (&Proceeding, &Step)| {
            let instrument = p.instruments.contains(&our.0.instrument);
            [s.steps.contains(&our.1.step), instrument, named(our.0.subject, &p.subject)]
        };
        let pairs = Pairs::of(&optional, ours.len(), |g, o| {
            let words = shared(&[gold[g].1.all], &[ours[o].1.span.extent()]);
            let right = right(gold[g], ours[o]).iter().filter(|right| **right).count();
            if words == 0 { 0 } else { u32::try_from(right).unwrap_or(0) * 10_000 + words }
        });
        let rights: Vec<Option<[bool; 3]>> = gold
            .iter()
            .zip(&pairs.ours)
            .map(|(gold, our)| Some(right(*gold, ours[(*our)?])))
            .collect();
        let forums: Vec<bool> = gold
            .iter()
            .zip(&pairs.ours)
            .map(|((p, _), our)| our.is_some_and(|our| named(ours[our].0.forum, &p.forum)))
            .collect();
        self.agreement.measures.of(Kind::Steps).given = pairs.given();
        for (place, (proceeding, step)) in gold.iter().enumerate().filter(|(at, _)| !optional[*at])
        {
            let id = &proceeding.label.id;
            let is_right = rights[place].is_some_and(|rights| rights.iter().all(|right| *right));
            if !self.wanted(Kind::Steps, is_right) {
                let why = match rights[place] {
                    Some([false, ..]) => "is another step",
                    Some([_, false, _]) => "has another instrument",
                    Some(_) => "has another subject",
                    None => "not found",
                };
                self.miss(&format!("{id} {:?} {why}: {}", step.steps, self.words(step.all)));
                continue;
            }
            let Some(our) = pairs.ours[place].map(|our| ours[our].1) else { continue };
            if let Some(on) = &step.on {
                let is = our.on.as_ref().map_or("none", |on| on.value.as_str());
                if !self.wanted(Kind::StepDates, is.starts_with(on.as_str())) {
                    self.miss(&format!("{id} {:?} on {is}, wanted {on}", our.step));
                }
            }
            if step.reason.is_some() && !self.wanted(Kind::StepReasons, our.reason == step.reason) {
                self.miss(&format!("{id} {:?} has no reason {:?}", our.step, step.reason));
            }
            if proceeding.forum.is_some() && !self.wanted(Kind::Forums, forums[place]) {
                self.miss(&format!("{id} {:?} has another forum", our.step));
            }
        }
        for proceeding in story.proceedings.iter().filter(|p| !p.label.optional) {
            let its = |(place, (p, _)): (usize, &(&story::Proceeding, &story::Step))| {
                (p.label.id == proceeding.label.id).then_some(place)
            };
            let mut found = gold.iter().enumerate().filter_map(its).filter_map(|at| pairs.ours[at]);
            let state = found.next().map(|our| ours[our].0.state);
            let right = state.is_some_and(|state| proceeding.states.contains(&state));
            if !self.wanted(Kind::States, right) {
                let (id, wanted) = (&proceeding.label.id, &proceeding.states);
                self.miss(&format!("{id} state {state:?}, wanted {wanted:?}"));
            }
        }
        self.judge_steps(&gold, &rights, &pairs);
        for our in pairs.too_many() {
            let (proceeding, step) = ours[our];
            let (instrument, words) = (proceeding.instrument, &step.span.text);
            self.miss(&format!("too many: {instrument:?} {:?}: {words}", step.step));
        }
    }
}
