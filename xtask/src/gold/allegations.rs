//! Allegations, a code of conduct at a time.

use onrecord_record::{ActorId, Allegation};

use super::agreement::Sides;
use super::measures::Kind;
use super::pairs::Pairs;
use super::story::{self, UNNAMED};

impl Sides<'_> {
    pub(super) fn allegations(&mut self) {
        let (story, record) = (self.story, self.record);
        let ours: Vec<(&Allegation, Option<&str>)> = record
            .allegations
            .iter()
            .flat_map(|allegation| {
                let conduct = allegation.conduct.iter();
                let codes = conduct.map(|conduct| Some(conduct.taxon.0.as_str()));
                let none = allegation.conduct.is_empty().then_some(None);
                codes.chain(none).map(move |code| (allegation, code))
            })
            .collect();
        let accused = |gold: &story::Allegation, our: &Allegation| {
            let named = our.accused.iter().filter_map(|accused| accused.actor);
            let named: Vec<ActorId> = named.collect();
            gold.accused.iter().any(|wanted| match wanted.as_str() {
                UNNAMED => named.is_empty(),
                wanted => named.iter().any(|actor| self.is(*actor, wanted)),
            })
        };
        let like = |gold: &story::Allegation, (our, code): (&Allegation, Option<&str>)| {
            let taxon = code.is_some_and(|code| gold.taxa.iter().any(|taxon| taxon == code));
            taxon && accused(gold, our)
        };
        let optional: Vec<bool> = story.allegations.iter().map(|g| g.label.optional).collect();
        let pairs = Pairs::of(&optional, ours.len(), |gold, our| {
            let gold = &story.allegations[gold];
            let standing = u32::from(gold.standings.contains(&ours[our].0.standing));
            if like(gold, ours[our]) { 1 + standing } else { 0 }
        });
        // Another code for the same words, where the story allows it, is not one too many.
        let again: Vec<bool> = (0..ours.len())
            .map(|our| {
                let twin = |gold: &story::Allegation| like(gold, ours[our]);
                pairs.gold[our].is_none() && story.allegations.iter().any(twin)
            })
            .collect();
        let twins = again.iter().filter(|again| **again).count();
        self.agreement.measures.of(Kind::Allegations).given = pairs.given() - twins;
        for (place, gold) in story.allegations.iter().enumerate().filter(|(_, g)| !g.label.optional)
        {
            let id = &gold.label.id;
            let our = pairs.ours[place].map(|our| ours[our].0);
            if !self.wanted(Kind::Allegations, our.is_some()) {
                let (taxon, accused) = (&gold.taxa[0], gold.accused.join("; "));
                self.miss(&format!("{id} not found: {taxon} by {accused}"));
            }
            if let Some(our) = our
                && !self.wanted(Kind::Standings, gold.standings.contains(&our.standing))
            {
                self.miss(&format!("{id} is {:?}, wanted {:?}", our.standing, gold.standings));
            }
            if let Some(our) = our.filter(|_| !gold.by.is_empty()) {
                let mut accusers = our.by.iter().filter_map(|id| self.gold_of(*id));
                let is = accusers.any(|s| gold.by.iter().any(|by| self.holds(by, s)));
                if !self.wanted(Kind::Accusers, is) {
                    self.miss(&format!("{id} is not by {:?}", gold.by));
                }
            }
            for (kind, by) in &gold.answers {
                let answers = our.iter().flat_map(|our| &our.responses);
                let mut answers = answers.filter(|answer| answer.kind == *kind);
                let is = answers.any(|answer| {
                    self.gold_of(answer.statement).is_some_and(|s| s.label.id == *by)
                });
                if !self.wanted(Kind::Answers, is) {
                    self.miss(&format!("{id} is not answered by {by}"));
                }
            }
            if let Some(limits) = gold.limits {
                let mut spans = our.iter().flat_map(|our| &our.limits);
                let is = spans.any(|span| span.extent().overlaps(limits));
                if !self.wanted(Kind::Limits, is) {
                    self.miss(&format!("{id} has no limit: {}", self.words(limits)));
                }
            }
        }
        self.judge_allegations(&ours, &pairs, &again);
        for our in pairs.too_many().filter(|our| !again[*our]) {
            let (allegation, code) = ours[our];
            let named = allegation.accused.iter().map(|accused| accused.span.text.as_str());
            let named = named.collect::<Vec<_>>().join("; ");
            self.miss(&format!("too many: {} by {named}", code.unwrap_or("no conduct")));
        }
    }
}
