//! The pack's rules of time, compiled, and how they read a text.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_language::{Analysis, Language, Layer, Number, Sentence, Shape, TokenId, Tokens};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{Mod, Time, TimeId};

use crate::calendar::{Moment, Unit};
use crate::fields::Year;
use crate::find::{Finder, Found, Meaning};
use crate::holiday::Holidays;
use crate::lexicon::{DatePart, Lexicon};
use crate::resolve::{Place, Resolver, order_of};
use crate::rules::Rules;
use crate::tense::{Tense, Verbs};
use crate::{Domain, Expression, Reading, Setting};

/// The time expressions that a pack knows.
#[derive(Debug, Clone)]
pub struct Times {
    pub(crate) lexicon: Lexicon,
    pub(crate) holidays: Holidays,
    pub(crate) rules: Rules,
}

/// How many tokens behind a time of the clock its day may begin.
const DAY_BEHIND: u32 = 8;
/// How many tokens before a time that opens its sentence.
const OPENING: u32 = 2;
/// How many times of a list may take the year of the last.
const LIST: usize = 12;
/// How many tokens from a day the words of what happened on it may stand.
const EVENT_NEAR: u32 = 24;
/// The shortest word, in bytes, by which an event is known again.
const EVENT_WORD: usize = 4;

impl Times {
    /// Compiles every file of the pack's `times/` folder.
    ///
    /// # Errors
    /// Where a file or rule cannot be compiled; the error names it.
    pub fn compile(pack: &Pack, language: &mut Language) -> Result<Self, PackError> {
        let vocabulary = language.vocabulary_mut();
        let lexicon = Lexicon::compile(pack, vocabulary)?;
        let holidays = Holidays::compile(pack, vocabulary)?;
        let rules = Rules::compile(pack, vocabulary)?;
        Ok(Self { lexicon, holidays, rules })
    }

    /// The time expressions of a text. `numbers` is the layer of the text's numbers, by their
    /// place in `values`.
    #[must_use]
    pub fn read(
        &self,
        analysis: &Analysis<'_>,
        numbers: &Layer,
        values: &[Number],
        setting: Setting,
    ) -> Reading {
        let mut found = self.find(analysis, numbers, values);
        found.retain(|time| time.meaning != Meaning::Nothing);
        let published = setting.published.map(Moment::on);
        let domain =
            setting.domain.unwrap_or_else(|| Domain::of(&found, setting.published.map(Date::year)));
        let order = self.order(&found);
        let mut text = Text {
            times: self,
            analysis,
            numbers,
            found: &found,
            resolver: Resolver::new(domain, published, order, &self.holidays),
            verbs: (usize::MAX, Verbs::default()),
            events: BTreeMap::new(),
            tells_events: found.iter().any(
                |time| matches!(&time.meaning, Meaning::Shift(shift) if shift.event.is_some()),
            ),
            days: None,
        };
        let expressions = (0..found.len()).filter_map(|place| text.expression(place)).collect();
        Reading { domain, expressions }
    }

    pub(crate) fn find<'f>(
        &'f self,
        analysis: &'f Analysis<'_>,
        numbers: &'f Layer,
        values: &'f [Number],
    ) -> Vec<Found<'f>> {
        let Self { lexicon, holidays, rules } = self;
        Finder { rules, lexicon, holidays, analysis, numbers, values }.find()
    }

    /// The order of dates in figures that those of a text tell, or else the usual one.
    fn order(&self, found: &[Found<'_>]) -> [DatePart; 3] {
        let usual = self.lexicon.order;
        let figures = found.iter().filter_map(|time| match time.meaning {
            Meaning::Calendar(fields) => fields.figures,
            _ => None,
        });
        let mut votes: Vec<[DatePart; 3]> =
            figures.map(|figures| order_of(figures, usual)).collect();
        votes.retain(|order| order[0] != DatePart::Year && *order != usual);
        votes.first().copied().unwrap_or(usual)
    }
}

/// A text whose times are being resolved.
struct Text<'t> {
    times: &'t Times,
    analysis: &'t Analysis<'t>,
    numbers: &'t Layer,
    found: &'t [Found<'t>],
    resolver: Resolver<'t>,
    /// The verbs of the sentence that was looked at last, by its place.
    verbs: (usize, Verbs),
    /// Whether it tells some time from an event.
    tells_events: bool,
    /// The day last told near a word.
    events: BTreeMap<String, (TimeId, Moment)>,
    /// The last day told, with its sentence.
    days: Option<(usize, TimeId, Moment)>,
}

impl Text<'_> {
    fn expression(&mut self, place: usize) -> Option<Expression> {
        let found = &self.found[place];
        let id = TimeId::nth(place);
        let around = self.place(place);
        let resolved = self.resolver.resolve(found, &around);
        if let Some(moment) = resolved.moment {
            let aside = self.is_aside(found, moment);
            self.resolver.tell(id, moment, resolved.from, aside);
            if moment.unit == Unit::Day {
                self.days = Some((found.sentence, id, moment));
                self.note_events(found, id, moment);
            }
        }
        let time = Time {
            id,
            span: self.analysis.extent(found.tokens).span(self.analysis.text)?,
            kind: resolved.kind.unwrap_or(found.kind),
            value: resolved.value,
            edtf: resolved.edtf,
            modifier: found.modifier.or_else(|| self.roughly(found)),
            from: resolved.from,
            confidence: 0.0,
        };
        Some(Expression { tokens: found.tokens, time })
    }

    /// What says that a holiday's day is only known roughly.
    fn roughly(&self, found: &Found<'_>) -> Option<Mod> {
        let Meaning::Calendar(fields) = &found.meaning else { return None };
        fields.holiday.is_some_and(|day| self.times.holidays.roughly(day)).then_some(Mod::Approx)
    }

    /// Whether a narrative tells a time in passing and does not go on from it: in somebody's
    /// words, of what lay back, or a year that does not open a sentence.
    fn is_aside(&mut self, found: &Found<'_>, moment: Moment) -> bool {
        let back = match &found.meaning {
            Meaning::Shift(shift) => shift.by < 0,
            Meaning::Calendar(fields) => fields.which.is_some_and(|which| which.by < 0),
            _ => false,
        };
        back || self.analysis.quoted(found.tokens.start)
            || self.describes(found)
            || moment.unit == Unit::Year && !self.opens(found)
    }

    /// Whether a time tells which thing is meant, and not when: the May 1940 uprising.
    fn describes(&self, found: &Found<'_>) -> bool {
        let before = found.tokens.start.0.checked_sub(1).map(|at| self.analysis.token(TokenId(at)));
        let next = self.analysis.tokens.get(found.tokens.end.index());
        before.is_some_and(|token| self.times.rules.determiner.holds(token.word))
            && next.is_some_and(|token| {
                matches!(token.shape, Shape::Lower | Shape::Capital | Shape::Upper)
            })
    }

    /// Whether a time opens its sentence or a clause of it, or stands in the first sentence of its
    /// paragraph.
    fn opens(&self, found: &Found<'_>) -> bool {
        let Sentence { tokens: sentence, paragraph, .. } = self.analysis.sentences[found.sentence];
        let leads = found
            .sentence
            .checked_sub(1)
            .is_none_or(|before| self.analysis.sentences[before].paragraph != paragraph);
        let first = found.tokens.start.0.saturating_sub(OPENING);
        let mut before = (first..found.tokens.start.0).map(TokenId);
        leads
            || first <= sentence.start.0
            || before.any(|at| {
                let token = self.analysis.token(at);
                token.shape.is_mark() || self.times.rules.join.holds(token.word)
            })
    }

    fn place(&mut self, place: usize) -> Place {
        let found = &self.found[place];
        let mut around = Place::default();
        match &found.meaning {
            Meaning::Calendar(fields) if fields.year.is_none() => {
                around.tense = self.tense(found);
                around.describes = self.describes(found);
                if fields.of_year() {
                    around.year = self.year_of_list(place);
                } else if !fields.tells_day() {
                    around.day = self.day_beside(place);
                } else if fields.weekday.is_some() {
                    around.first = self.first_of_range(place);
                }
            }
            Meaning::Shift(shift) => {
                around.event = shift.event.and_then(|event| self.event(place, event));
            }
            _ => {}
        }
        around
    }

    fn tense(&mut self, found: &Found<'_>) -> Option<Tense> {
        let next = self.analysis.tokens.get(found.tokens.end.index());
        if next.is_some_and(|token| self.times.rules.possessive.holds(token.word)) {
            return None;
        }
        if self.verbs.0 != found.sentence {
            let sentence = self.analysis.sentences[found.sentence].tokens;
            let verbs = Verbs::of(&self.times.rules, self.analysis, self.numbers, sentence);
            self.verbs = (found.sentence, verbs);
        }
        self.verbs.1.at(found.tokens)
    }

    /// The year of the last time of a list, which stands for all: in May, June and July 2024.
    fn year_of_list(&self, place: usize) -> Option<i16> {
        let joins = |at| {
            let token = self.analysis.token(at);
            self.times.rules.join.holds(token.word) || token.shape == Shape::Dash
        };
        for beside in self.found[place..].windows(2).take(LIST) {
            let [found, next] = beside else { return None };
            let between = found.between(next)?;
            let Meaning::Calendar(fields) = &next.meaning else { return None };
            let joined = (1..=2).contains(&between.len()) && between.into_iter().all(joins);
            match fields.year {
                _ if !joined || !fields.of_year() => return None,
                Some(Year::Whole(year)) => return Some(year),
                _ => {}
            }
        }
        None
    }

    /// The day before, where this one ends a range that begins with it: from Monday to Friday.
    fn first_of_range(&self, place: usize) -> Option<(TimeId, Moment)> {
        let before = place.checked_sub(1)?;
        let between = self.found[before].between(&self.found[place])?;
        let leads = |at| {
            let token = self.analysis.token(at);
            self.times.rules.range.holds(token.word) || token.shape == Shape::Dash
        };
        let (_, id, day) = self.days.filter(|(_, id, _)| *id == TimeId::nth(before))?;
        (between.len() == 1 && between.into_iter().all(leads)).then_some((id, day))
    }

    /// The day that a time of the clock belongs to in its sentence: one not far behind it, or
    /// else the last one told.
    fn day_beside(&self, place: usize) -> Option<(TimeId, Moment)> {
        let found = &self.found[place];
        let near = TokenId(found.tokens.end.0.saturating_add(DAY_BEHIND));
        // The same time by another clock may stand between: 3 p.m. (1200 GMT) on Friday.
        let next = self.found.iter().enumerate().skip(place + 1).take(2).find(|(_, next)| {
            !matches!(&next.meaning, Meaning::Calendar(fields) if fields.tells_clock_alone())
        });
        let behind = next.and_then(|(place, next)| {
            let Meaning::Calendar(fields) = &next.meaning else { return None };
            let beside = next.sentence == found.sentence && next.tokens.start < near;
            if !beside || !fields.tells_day() {
                return None;
            }
            let (day, _) = self.resolver.calendar(fields, &Place::default())?;
            Some((TimeId::nth(place), day))
        });
        behind.or_else(|| {
            let (sentence, id, day) = self.days?;
            (sentence == found.sentence).then_some((id, day))
        })
    }

    /// When what a time is told from was: a time itself, or a thing that was told with its day.
    fn event(&self, place: usize, event: Tokens) -> Option<(TimeId, Moment)> {
        let within = |next: &&Found<'_>| event.overlaps(next.tokens);
        if let Some(next) = self.found.get(place + 1).filter(within) {
            let resolved = self.resolver.resolve(next, &Place::default());
            return Some((TimeId::nth(place + 1), resolved.moment?));
        }
        event
            .into_iter()
            .find_map(|at| self.events.get(&self.analysis.word(at).to_lowercase()).copied())
    }

    /// Notes the words around a day, where the text tells times from events.
    fn note_events(&mut self, found: &Found<'_>, id: TimeId, day: Moment) {
        if !self.tells_events {
            return;
        }
        let sentence = self.analysis.sentences[found.sentence].tokens;
        let first = found.tokens.start.0.saturating_sub(EVENT_NEAR).max(sentence.start.0);
        let end = found.tokens.end.0.saturating_add(EVENT_NEAR).min(sentence.end.0);
        for at in (first..end).map(TokenId) {
            let word = self.analysis.word(at);
            if word.len() >= EVENT_WORD && self.analysis.token(at).shape == Shape::Lower {
                self.events.insert(word.to_owned(), (id, day));
            }
        }
    }
}
