//! Statements and what links them.

use std::collections::BTreeSet;

use onrecord_record::{Extent, Manner, Party, Polarity, Record, Span, Statement, StatementId};

use onrecord_reading::Kind as Weighed;

use super::agreement::Sides;
use super::measures::Kind;
use super::pairs::{Pairs, shared};
use super::story::{self, Story};

/// Which statement is which: by their cues, and by their content where one has no cue.
pub(super) fn pairs(story: &Story, record: &Record) -> Pairs {
    let optional: Vec<bool> = story.statements.iter().map(|s| s.label.optional).collect();
    Pairs::of(&optional, record.statements.len(), |gold, our| {
        let (gold, our) = (&story.statements[gold], &record.statements[our]);
        let content = shared(&gold.content, &contents(our));
        match (gold.cue, our.cue.as_ref().map(|cue| cue.span.extent())) {
            (Some(cue), Some(our)) if !cue.overlaps(our) => 0,
            (Some(_), Some(_)) => 10_000 + content,
            _ => content,
        }
    })
}

fn contents(statement: &Statement) -> Vec<Extent> {
    statement.content.iter().map(Span::extent).collect()
}

fn bytes(extents: &[Extent]) -> usize {
    extents.iter().map(|extent| extent.bytes() as usize).sum()
}

impl<'a> Sides<'a> {
    pub(super) fn statements(&mut self) {
        let given = self.pairs.given();
        self.agreement.measures.of(Kind::Statements).given = given;
        self.agreement.measures.of(Kind::Found).given = given;
        let quoted = quoted(&self.story.text);
        let (story, record) = (self.story, self.record);
        for (place, gold) in story.statements.iter().enumerate() {
            if gold.label.optional {
                continue;
            }
            let id = &gold.label.id;
            let Some(our) = self.pairs.ours[place].map(|our| &record.statements[our]) else {
                self.wanted(Kind::Found, false);
                self.wanted(Kind::Statements, false);
                self.miss(&format!("{id} not found: {}", self.words(gold.all)));
                continue;
            };
            self.wanted(Kind::Found, true);
            let party = Party { kind: our.source.kind, actor: our.source.actor };
            let source = self.is_one_of(party, &gold.sources);
            let act = gold.acts.contains(&our.act);
            self.wanted(Kind::Statements, source && act);
            if !self.wanted(Kind::Sources, source) {
                let [is, wanted] = [self.name(party), gold.sources.join(" or ")];
                self.miss(&format!("{id} source {is}, wanted {wanted}: {}", self.words(gold.all)));
            }
            if !self.wanted(Kind::Acts, act) {
                self.miss(&format!("{id} act {:?}, wanted {:?}", our.act, gold.acts));
            }
            if !gold.content.is_empty() {
                self.content(gold, our);
                let manner = manner(&gold.content, &quoted);
                if !self.wanted(Kind::Manners, our.manner == manner) {
                    self.miss(&format!("{id} manner {:?}, wanted {manner:?}", our.manner));
                }
            }
            let negated = our.polarity == Polarity::Negated;
            if !self.wanted(Kind::Polarities, negated == gold.negated) {
                self.miss(&format!("{id} is {:?}", our.polarity));
            }
            self.options(gold, our);
        }
        let too_many: Vec<usize> = self.pairs.too_many().collect();
        for our in too_many {
            let our = &record.statements[our];
            let cue = our.cue.as_ref().map_or("", |cue| cue.span.text.as_str());
            let words = self.words(our.span.extent());
            self.miss(&format!("too many: {:?} by {cue:?}: {words}", our.act));
        }
    }

    fn content(&mut self, gold: &story::Statement, our: &Statement) {
        let ours = contents(our);
        let both = shared(&gold.content, &ours) as usize;
        let counts = self.agreement.measures.of(Kind::Content);
        counts.right += both;
        counts.given += bytes(&ours);
        counts.wanted += bytes(&gold.content);
        if 2 * both < bytes(&ours).max(bytes(&gold.content)) {
            let [is, wanted] = [&ours, &gold.content].map(|extents| {
                extents.iter().map(|e| self.words(*e)).collect::<Vec<_>>().join(" / ")
            });
            self.miss(&format!("{} content {is:?}, wanted {wanted:?}", gold.label.id));
        }
    }

    fn options(&mut self, gold: &story::Statement, our: &Statement) {
        let id = &gold.label.id;
        if let Some(said) = &gold.said {
            let is = our.said.as_ref().map_or("none", |said| said.value.as_str());
            if !self.wanted(Kind::Said, is.starts_with(said.as_str())) {
                self.miss(&format!("{id} said {is}, wanted {said}"));
            }
        }
        if let Some(medium) = gold.medium {
            let is = our.medium.as_ref().map(|medium| medium.kind);
            if !self.wanted(Kind::Media, is == Some(medium)) {
                self.miss(&format!("{id} medium {is:?}, wanted {medium:?}"));
            }
        }
        if let Some(within) = &gold.within {
            let is = our.within.and_then(|holder| self.gold_of(holder));
            if !self.wanted(Kind::Within, is.is_some_and(|is| is.label.id == *within)) {
                self.miss(&format!("{id} is not within {within}"));
            }
        }
        if let Some(to) = &gold.to {
            let right = our.to.iter().any(|actor| self.is(*actor, to));
            if !self.wanted(Kind::To, right) {
                self.miss(&format!("{id} is not to {to}"));
            }
        }
    }

    /// The expected statement that one of ours is.
    pub(super) fn gold_of(&self, our: StatementId) -> Option<&'a story::Statement> {
        let place = self.pairs.gold.get(our.index()).copied().flatten()?;
        self.story.statements.get(place)
    }

    /// Whether an id is a statement's, or that of the one which holds it.
    pub(super) fn holds(&self, id: &str, gold: &story::Statement) -> bool {
        let held = self.story.statements.iter().find(|s| s.label.id == id);
        gold.label.id == id || held.is_some_and(|s| s.within.as_ref() == Some(&gold.label.id))
    }

    pub(super) fn links(&mut self) {
        let mut right: BTreeSet<(&str, &str)> = BTreeSet::new();
        let story = self.story;
        for (place, link) in self.record.links.iter().enumerate() {
            let ends = (self.gold_of(link.from), self.gold_of(link.to));
            let may = |end: Option<&story::Statement>| end.is_some_and(|s| s.label.optional);
            let wanted = ends.0.zip(ends.1).and_then(|(from, to)| {
                let same =
                    from.links.iter().find(|(kind, id)| *kind == link.kind && self.holds(id, to));
                same.map(|(_, id)| (from.label.id.as_str(), id.as_str()))
            });
            if wanted.is_none() && (may(ends.0) || may(ends.1)) {
                continue;
            }
            self.agreement.measures.of(Kind::Links).given += 1;
            self.judge(Weighed::Links, place, wanted.is_some());
            match wanted {
                Some(wanted) => {
                    right.insert(wanted);
                }
                None => {
                    let named =
                        [ends.0, ends.1].map(|end| end.map_or("?", |s| s.label.id.as_str()));
                    let line = format!("too many: {} {:?} {}", named[0], link.kind, named[1]);
                    self.miss(&line);
                }
            }
        }
        for gold in story.statements.iter().filter(|s| !s.label.optional) {
            for (kind, to) in &gold.links {
                let found = right.contains(&(gold.label.id.as_str(), to.as_str()));
                if !self.wanted(Kind::Links, found) {
                    self.miss(&format!("no link: {} {kind:?} {to}", gold.label.id));
                }
            }
        }
    }
}

/// For each byte of a text, whether it stands in quotation marks.
fn quoted(text: &str) -> Vec<bool> {
    let mut inside = false;
    let mut quoted = Vec::with_capacity(text.len());
    for c in text.chars() {
        let closes = c == '”' || c == '"' && inside;
        inside = !closes && (inside || c == '“' || c == '"');
        quoted.extend(std::iter::repeat_n(inside || closes, c.len_utf8()));
    }
    quoted
}

fn manner(content: &[Extent], quoted: &[bool]) -> Manner {
    let bytes = || content.iter().flat_map(|extent| &quoted[extent.range()]);
    match (bytes().any(|quoted| *quoted), bytes().all(|quoted| *quoted)) {
        (_, true) => Manner::Direct,
        (true, false) => Manner::Mixed,
        (false, false) => Manner::Indirect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manners_are_told_from_quotation_marks() {
        let text = "“Yes,” and \"no\" it said";
        let quoted = quoted(text);
        let of = |range| manner(&[Extent::at(range)], &quoted);
        assert_eq!(of(0..10), Manner::Direct);
        assert_eq!(of(0..14), Manner::Mixed);
        assert_eq!(of(20..26), Manner::Indirect);
    }
}
