//! Figures.

use onrecord_record::Figure;

use super::agreement::Sides;
use super::measures::Kind;
use super::pairs::{Pairs, shared};
use super::story::Range;

impl Sides<'_> {
    pub(super) fn figures(&mut self) {
        let (story, record) = (self.story, self.record);
        let value = |f: &Figure| Range { low: f.low, high: f.high, approximate: f.approximate };
        let optional: Vec<bool> = story.figures.iter().map(|f| f.label.optional).collect();
        let pairs = Pairs::of(&optional, record.figures.len(), |gold, our| {
            let (gold, our) = (&story.figures[gold], &record.figures[our]);
            let words = shared(&[gold.all], &[our.span.extent()]);
            let right = u32::from(gold.value == value(our)) * 2_000
                + u32::from(gold.counted.contains(&our.counted)) * 1_000;
            if words == 0 { 0 } else { right + words }
        });
        self.agreement.measures.of(Kind::Figures).given = pairs.given();
        for (place, gold) in story.figures.iter().enumerate().filter(|(_, f)| !f.label.optional) {
            let id = &gold.label.id;
            let Some(our) = pairs.ours[place].map(|our| &record.figures[our]) else {
                self.wanted(Kind::Figures, false);
                self.miss(&format!("{id} not found: {}", self.words(gold.all)));
                continue;
            };
            let right = gold.value == value(our) && gold.counted.contains(&our.counted);
            if !self.wanted(Kind::Figures, right) {
                let (is, counted) = (value(our), &our.counted);
                let line = format!("{id} is {counted} {is:?}: {}", self.words(gold.all));
                self.miss(&line);
                continue;
            }
            let source = self.is_one_of(our.source, &gold.sources);
            if !self.wanted(Kind::FigureSources, source) {
                let [is, wanted] = [self.name(our.source), gold.sources.join(" or ")];
                self.miss(&format!("{id} by {is}, wanted {wanted}: {}", self.words(gold.all)));
            }
        }
        for our in pairs.too_many() {
            let our = &record.figures[our];
            self.miss(&format!("too many: {} {:?}: {}", our.counted, value(our), our.span.text));
        }
        self.parts(&pairs);
        self.judge_figures(&pairs);
    }

    /// What is a part of what, whether or not its value is right.
    fn parts(&mut self, pairs: &Pairs) {
        let (story, record) = (self.story, self.record);
        for (place, gold) in story.figures.iter().enumerate().filter(|(_, f)| !f.label.optional) {
            let whole = pairs.ours[place].and_then(|our| record.figures[our].part_of);
            let is = whole.and_then(|whole| pairs.gold.get(whole.index()).copied().flatten());
            let is = is.map(|whole| &story.figures[whole].label.id);
            self.agreement.measures.of(Kind::PartOf).given += usize::from(whole.is_some());
            let right = is == gold.part_of.as_ref();
            if gold.part_of.is_some() {
                self.wanted(Kind::PartOf, right);
            }
            if !right || gold.part_of.is_none() && whole.is_some() {
                let (id, wanted) = (&gold.label.id, &gold.part_of);
                self.miss(&format!("{id} is part of {is:?}, wanted {wanted:?}"));
            }
        }
    }
}
