//! Assembly: what the steps found, as the lists of a record with their ids and spans.

use onrecord_intake::{BlockKind, Document};
use onrecord_language::{Analysis, Shape, TokenId, Tokens, WINDOW};
use onrecord_record::{
    Act, ActorId, ActorKind, Cue, Extent, Figure, FigureId, Link, Medium, Party, Place, Polarity,
    Proceeding, ProceedingId, Record, Source, SourceKind, Span, State, Statement, StatementId,
    Step, StepKind, TimeType, When, Who,
};
use onrecord_times::Expression;

use crate::actors::{ActorKey, Cast, Ids, Speaker};
use crate::allegations::{self, Case, Telling};
use crate::attribution::{Attribution, holder};
use crate::confidence::OPEN;
use crate::figures::Quantity;
use crate::links::{self, Look, Said};
use crate::proceedings::{self, Found, Matter};
use crate::reader::{Findings, Reader};

/// The parts of a record while they are brought together.
pub(crate) struct Assembly<'a, 't> {
    reader: &'a Reader,
    document: &'a Document,
    analysis: &'a Analysis<'t>,
    findings: Findings,
}

/// A statement's source and addressees, before actors have ids.
struct Voice {
    speaker: Speaker,
    to: Vec<ActorKey>,
    /// Through whom it reached the document's agency, nearest last.
    via: Vec<ActorKey>,
}

impl<'a, 't> Assembly<'a, 't> {
    pub(crate) fn new(
        reader: &'a Reader,
        document: &'a Document,
        analysis: &'a Analysis<'t>,
        findings: Findings,
    ) -> Self {
        Self { reader, document, analysis, findings }
    }

    /// Fills the lists of a record.
    pub(crate) fn fill(self, record: &mut Record) {
        let mut cast = self.reader.cast(self.analysis, &self.findings.names);
        let voices = self.voices(&mut cast);
        let via: Vec<ActorKey> = self.agency(&mut cast).into_iter().collect();
        let speakers: Vec<Speaker> = voices.iter().map(|voice| voice.speaker).collect();
        let said = Look::new(self.reader, self.analysis, &self.findings).said(&cast, &speakers);
        let about = self.figure_actors(&mut cast);
        let matters = self.matters(&mut cast);
        let linked = links::links(&said, &self.reader.links);
        let links: Vec<Link> = linked.iter().map(|linked| linked.link).collect();
        let cases = self.cases(&mut cast, &said, &links);
        let (actors, ids) = cast.record();
        record.times = self.findings.times.iter().map(|found| found.time.clone()).collect();
        record.actors = actors;
        record.links = links;
        let via: Vec<_> = via.into_iter().filter_map(|key| ids.of(key)).collect();
        let acts = said.iter().map(|said| said.act);
        let statements = self.findings.attributions.iter().zip(&voices).zip(acts).enumerate();
        record.statements = statements
            .filter_map(|(place, ((attribution, voice), act))| {
                self.statement(place, attribution, voice, act, &via, &ids)
            })
            .collect();
        let quantities = self.findings.quantities.iter().zip(&about).enumerate();
        let figures = quantities.filter_map(|(place, (quantity, about))| {
            self.figure(place, quantity, *about, &ids, record)
        });
        record.figures = figures.collect();
        record.proceedings = self.proceedings(&matters, &ids);
        let span = |tokens| self.span(tokens);
        for proceeding in &mut record.proceedings {
            let charged = &self.findings.charged;
            proceeding.conduct = allegations::conduct_of(charged, self.analysis, proceeding, span);
        }
        let when = |tokens| self.when(tokens, WINDOW);
        record.allegations =
            allegations::allegations(cases, &record.links, &said, &ids, span, when);
        record.checks = self.reader.checks.of(record);
        self.reader.calibration.weigh(record);
    }

    /// The allegations, before actors have ids.
    fn cases(&self, cast: &mut Cast<'_, '_>, said: &[Said], links: &[Link]) -> Vec<Case> {
        let Reader { allegations: rules, speakers, cues, .. } = self.reader;
        let (analysis, attributions) = (self.analysis, &self.findings.attributions[..]);
        let telling = Telling::new(rules, analysis, attributions, said, links);
        allegations::cases(&self.findings.charged, &telling, cast, |cast, tokens| {
            speakers.speaker(analysis, cues, cast, tokens, None).actor
        })
    }

    /// The proceedings that the legal steps belong to.
    fn matters(&self, cast: &mut Cast<'_, 't>) -> Vec<Matter> {
        let Reader { proceedings, speakers, cues, .. } = self.reader;
        proceedings.matters(self.analysis, &self.findings.steps, cast, &mut |cast, tokens| {
            speakers.speaker(self.analysis, cues, cast, tokens, None).actor
        })
    }

    fn proceedings(&self, matters: &[Matter], ids: &Ids) -> Vec<Proceeding> {
        let published = self.document.record.published.as_ref();
        let as_of = published.map(|p| When { value: p.value.clone(), time: None });
        let mut proceedings: Vec<Proceeding> = Vec::new();
        for matter in matters {
            let mut steps: Vec<Step> = matter.steps.iter().filter_map(|s| self.step(*s)).collect();
            proceedings::without_tellings(&mut steps, matter.instrument);
            proceedings::in_time_order(&mut steps);
            let Some(last) = steps.last() else { continue };
            proceedings.push(Proceeding {
                id: ProceedingId::nth(proceedings.len()),
                forum: matter.forum.and_then(|key| ids.of(key)),
                instrument: matter.instrument,
                subject: matter.subject.and_then(|key| ids.of(key)),
                conduct: Vec::new(),
                state: State::after(last.step, matter.instrument),
                steps,
                as_of: as_of.clone(),
                confidence: OPEN,
            });
        }
        proceedings
    }

    fn step(&self, (step, place): (StepKind, usize)) -> Option<Step> {
        let found = self.findings.steps.get(place)?;
        let ends = matches!(step, StepKind::Withdrawn | StepKind::Closed);
        Some(Step {
            step,
            on: self.when_done(found),
            reason: found.reason.clone().filter(|_| ends),
            span: self.span(found.tokens)?,
            confidence: OPEN,
        })
    }

    /// The date in a step's sentence that stands nearest to it; right behind a step that goes on from
    /// another, the one there. Not how long it lasts.
    fn when_done(&self, found: &Found) -> Option<When> {
        let holder = self.holder(found.tokens).map(|place| &self.findings.attributions[place]);
        let near = Tokens::at(
            found.sentence.start.index().max(found.tokens.start.index().saturating_sub(WINDOW))
                ..found.sentence.end.index().min(found.tokens.end.index() + WINDOW),
        );
        let dates = self
            .times_in(near)
            .filter(|time| is_dated(time) && holder.is_none_or(|holder| holder.says(time.tokens)));
        let dates: Vec<&Expression> = dates.collect();
        let gap = |time: &&&Expression, tokens: Tokens| match time.tokens.start >= tokens.end {
            true => time.tokens.start.0 - tokens.end.0,
            false => tokens.start.0.saturating_sub(time.tokens.end.0),
        };
        let behind = dates.iter().find(|time| {
            let follows = found.joined && time.tokens.start >= found.tokens.end;
            follows && gap(time, found.tokens) <= BEHIND
        });
        // One among its words is measured from the verb.
        let told = dates.iter().any(|time| found.tokens.contains(time.tokens));
        let from = if told { found.verb } else { found.tokens };
        let date = behind.or_else(|| dates.iter().min_by_key(|time| gap(time, from)))?;
        Some(When { value: date.time.value.clone()?, time: Some(date.time.id) })
    }

    /// Who speaks in each statement. A shared or floating source is the one before it.
    fn voices(&self, cast: &mut Cast<'_, '_>) -> Vec<Voice> {
        let mut last: Option<Speaker> = None;
        let mut voices = Vec::new();
        for attribution in &self.findings.attributions {
            let outer = attribution.within.and_then(|place| voices.get(place));
            let outer: Option<Speaker> = outer.map(|voice: &Voice| voice.speaker);
            let speaker = match attribution.source {
                // "We urge" is said by whoever is quoted.
                Some(phrase) if outer.is_some() && self.is_first_person(phrase) => {
                    outer.unwrap_or(Speaker::UNNAMED)
                }
                // "I" is whose name opens the paragraph, as interviews are printed; in its own voice
                // a document says "we" of whoever speaks first in it.
                Some(phrase)
                    if self.is_first_person(phrase) && !self.analysis.quoted(phrase.start) =>
                {
                    let word = self.analysis.token(phrase.start).word;
                    let issues = self.reader.attribution.issuer.holds(word);
                    let mut actors = voices.iter().filter_map(|voice| voice.speaker.actor);
                    let body = actors.find(|key| issues && cast.may_be_body(*key));
                    Speaker { actor: self.labelled(cast, phrase).or(body), medium: None }
                }
                Some(phrase) => {
                    let Reader { speakers, cues, .. } = self.reader;
                    speakers.speaker(self.analysis, cues, cast, phrase, last)
                }
                None if attribution.cue.is_none() => {
                    Speaker { actor: last.and_then(|speaker| speaker.actor), medium: None }
                }
                None => Speaker::UNNAMED,
            };
            // Where the words name nobody, whoever spoke before goes on to be meant; and behind
            // somebody's words, they rather than those of whom they told.
            let named = speaker.actor.is_some() || attribution.source.is_some();
            if named && attribution.within.is_none() {
                last = Some(speaker);
            }
            let to = match attribution.act {
                Act::Demand | Act::Order | Act::Ask => self.addressees(cast, attribution),
                _ => attribution.to.into_iter().filter_map(|to| cast.named_from(to)).collect(),
            };
            to.iter().for_each(|key| {
                cast.used(*key);
            });
            let via = self.via(cast, attribution, &voices);
            voices.push(Voice { speaker, to, via });
        }
        voices
    }

    /// Through whom a statement came: who is named as quoting it, and the media whose own words tell
    /// of it.
    fn via(
        &self,
        cast: &mut Cast<'_, '_>,
        attribution: &Attribution,
        voices: &[Voice],
    ) -> Vec<ActorKey> {
        let Reader { speakers, cues, .. } = self.reader;
        let quoting = attribution
            .via
            .and_then(|phrase| speakers.speaker(self.analysis, cues, cast, phrase, None).actor);
        let outer = attribution.within.and_then(|place| voices.get(place));
        let teller = outer.and_then(|voice| voice.speaker.actor);
        let teller = teller.filter(|key| cast.kind(*key) == ActorKind::Media);
        let further = outer.into_iter().flat_map(|voice| voice.via.iter().copied());
        quoting.into_iter().chain(teller).chain(further).collect()
    }

    /// Whose name opens the paragraph of some words, with a colon behind it.
    fn labelled(&self, cast: &Cast<'_, '_>, phrase: Tokens) -> Option<ActorKey> {
        let paragraph = self.analysis.sentence_of(phrase.start)?.paragraph;
        let start = self.analysis.paragraphs.get(paragraph as usize)?.tokens.start;
        let (name, key) = cast.named_at(start)?;
        let colon =
            self.analysis.tokens.get(name.end.index()).is_some_and(|token| {
                token.shape == Shape::Mark && self.analysis.word(name.end) == ":"
            });
        colon.then_some(key)
    }

    fn is_first_person(&self, phrase: Tokens) -> bool {
        phrase.len() == 1
            && self.reader.attribution.inner.holds(self.analysis.token(phrase.start).word)
    }

    /// Whom a demand calls upon: the first actor that it names.
    fn addressees(&self, cast: &Cast<'_, '_>, attribution: &Attribution) -> Vec<ActorKey> {
        let told = attribution.to.into_iter().chain(attribution.content.iter().copied());
        told.filter_map(|part| cast.named_in(part).next()).map(|(_, key)| key).take(1).collect()
    }

    /// The agency as an actor, its mentions those of the furniture.
    fn agency(&self, cast: &mut Cast<'_, '_>) -> Option<ActorKey> {
        let name = self.document.record.agency.as_deref()?;
        let text = &self.document.record.text;
        let furniture = self.document.blocks.iter().filter(|b| b.kind == BlockKind::Furniture);
        let mentions: Vec<Extent> = furniture
            .filter_map(|block| {
                let at = block.extent.of(text)?.find(name)? + block.extent.start.index();
                Some(Extent::at(at..at + name.len()))
            })
            .collect();
        Some(cast.outside(name, ActorKind::Media, &mentions))
    }

    /// The actors, if any, of whom each figure counts and who gives it.
    fn figure_actors(&self, cast: &mut Cast<'_, '_>) -> Vec<(Option<ActorKey>, Option<ActorKey>)> {
        let quantities = self.findings.quantities.iter();
        let actors = quantities.map(|quantity| {
            let named = |tokens: Option<Tokens>| Some(cast.named_in(tokens?).next()?.1);
            let (of, source) = (named(quantity.of), named(quantity.source));
            (of, source.map(|key| cast.used(key)))
        });
        actors.collect()
    }

    fn span(&self, tokens: Tokens) -> Option<Span> {
        self.analysis.extent(tokens).span(self.analysis.text)
    }

    fn statement(
        &self,
        place: usize,
        attribution: &Attribution,
        voice: &Voice,
        act: Act,
        via: &[ActorId],
        ids: &Ids,
    ) -> Option<Statement> {
        let actor = voice.speaker.actor.and_then(|key| ids.of(key));
        let kind = if actor.is_some() { SourceKind::Actor } else { SourceKind::Unnamed };
        let span = attribution.source.and_then(|tokens| self.span(tokens));
        let cue = attribution
            .cue
            .and_then(|cue| Some(Cue { span: self.span(cue)?, lemma: attribution.lemma.clone() }));
        let own = attribution.tokens();
        let (said, all) = match self.when_said(attribution) {
            Some((said, all)) => (Some(said), all),
            None => (None, own),
        };
        // Statements stand in the order in which they begin.
        let before = place.checked_sub(1).and_then(|before| self.findings.attributions.get(before));
        let in_order = before.is_none_or(|before| before.tokens().start < all.start);
        let all = if in_order { all } else { Tokens::new(own.start, all.end) };
        Some(Statement {
            id: StatementId::nth(place),
            span: self.span(all)?,
            source: Source { kind, actor, span },
            cue,
            content: attribution.content.iter().filter_map(|part| self.span(*part)).collect(),
            act,
            manner: attribution.manner(self.analysis),
            polarity: if attribution.negated { Polarity::Negated } else { Polarity::Affirmed },
            said,
            medium: self.medium(attribution, voice),
            to: voice.to.iter().filter_map(|key| ids.of(*key)).collect(),
            via: voice
                .via
                .iter()
                .filter_map(|key| ids.of(*key))
                .chain(via.iter().copied())
                .collect(),
            within: attribution.within.map(StatementId::nth),
            confidence: f64::from(attribution.confidence) / 100.0,
        })
    }

    /// The time that stands among the words that attribute, or opens their sentence, with all words
    /// of the attribution, those of the time among them.
    fn when_said(&self, attribution: &Attribution) -> Option<(When, Tokens)> {
        let cue = attribution.cue?;
        let sentence = self.analysis.sentence_of(cue.start)?.tokens;
        let content = &attribution.content;
        let own = attribution.tokens();
        // A time further off stands in somebody else's words.
        let reach = Tokens::at(
            sentence.start.index().max(own.start.index().saturating_sub(WINDOW))
                ..sentence
                    .end
                    .index()
                    .min(attribution.matched.end.index().max(cue.end.index()) + WINDOW),
        );
        let described = attribution.source.iter().chain(content);
        let told = |time: &&Expression| {
            let date = matches!(time.time.kind, TimeType::Date | TimeType::Time);
            let is_apart = || !described.clone().any(|part| part.overlaps(time.tokens));
            date && (attribution.dated == Some(time.tokens) || is_apart())
        };
        let mut times = self.times_in(reach).filter(told);
        let beside = |time: &Tokens| {
            let opens = time.start.0 <= sentence.start.0 + 2 && time.end <= own.start;
            let gap = own.start.0.saturating_sub(time.end.0);
            // Said in its report on Wednesday: behind the cue, with nothing said between.
            let behind = time.start >= cue.end
                && time.start.0 - cue.end.0 <= SAID_REACH
                && !content.iter().any(|part| part.start >= cue.end && part.start < time.start);
            own.contains(*time)
                || attribution.dated == Some(*time)
                || (opens && gap <= 2)
                || behind
                || attribution.matched.contains(*time)
        };
        let found = times.find(|time| beside(&time.tokens))?;
        let start = if found.tokens.start < own.start { sentence.start } else { own.start };
        let all = Tokens::new(start, own.end.max(found.tokens.end));
        Some((When { value: found.time.value.clone()?, time: Some(found.time.id) }, all))
    }

    /// What it was said in: the thing that speaks, or one named among the words that attribute.
    fn medium(&self, attribution: &Attribution, voice: &Voice) -> Option<Medium> {
        if let Some((kind, tokens)) = voice.speaker.medium {
            return Some(Medium { kind, span: self.span(tokens)? });
        }
        let cue = attribution.cue?;
        let sentence = self.analysis.sentence_of(cue.start)?.tokens;
        let behind = Tokens::new(TokenId(cue.start.0 + 1), sentence.end);
        let mut reach = behind
            .into_iter()
            .take(cue.len() + MEDIUM_REACH)
            .take_while(|token| !attribution.content.iter().any(|part| part.holds(*token)));
        let medium = |token: TokenId| {
            let found = self.analysis.token(token);
            let kind = self.reader.cues.medium(found.word).filter(|_| found.spaced)?;
            Some((kind, token))
        };
        // In a report on Thursday, the union said: what opens the sentence.
        let before = Tokens::new(sentence.start, attribution.tokens().start);
        let opens = before.len() <= MEDIUM_BEFORE
            && self.reader.names.locative.holds(self.analysis.token(sentence.start).word);
        let mut ahead = before.into_iter().filter(|_| opens);
        let (kind, token) = reach.find_map(medium).or_else(|| ahead.find_map(medium))?;
        let tokens = Tokens::at(token.index()..token.index() + 1);
        Some(Medium { kind, span: self.span(tokens)? })
    }

    fn figure(
        &self,
        place: usize,
        quantity: &Quantity,
        (about, giver): (Option<ActorKey>, Option<ActorKey>),
        ids: &Ids,
        record: &Record,
    ) -> Option<Figure> {
        let holder = self.holder(quantity.tokens);
        let holds = holder.and_then(|place| self.findings.attributions.get(place));
        let holder = holder.and_then(|place| record.statements.get(place));
        let given = quantity.source.filter(|_| holder.is_none()).map(|_| Party {
            kind: if giver.is_some() { SourceKind::Actor } else { SourceKind::Unnamed },
            actor: giver.and_then(|key| ids.of(key)),
        });
        let said = holder.map(|s| Party { kind: s.source.kind, actor: s.source.actor });
        let source = given.or(said).unwrap_or(Party { kind: SourceKind::Narrator, actor: None });
        let of = quantity.of.and_then(|tokens| {
            Some(Who { actor: about.and_then(|key| ids.of(key)), span: self.span(tokens)? })
        });
        // The time of counting is not that of what was counted, and one far off is of something else.
        let dated = quantity.dated && quantity.as_of.is_none();
        let reach = if quantity.happened { WINDOW } else { NEARBY };
        Some(Figure {
            id: FigureId::nth(place),
            span: self.span(quantity.tokens)?,
            counted: quantity.counted.clone(),
            low: quantity.low,
            high: quantity.high,
            approximate: quantity.approximate,
            as_said: quantity.said.and_then(|tokens| self.span(tokens)),
            of,
            part_of: self.findings.wholes.get(place).copied().flatten().map(FigureId::nth),
            when: dated.then(|| self.when(quantity.tokens, reach)).flatten(),
            as_of: quantity.as_of.and_then(|time| self.when(time, 0)),
            place: quantity
                .place
                .filter(|place| holds.is_none_or(|holder| holder.says(*place)))
                .and_then(|place| Some(Place { span: self.span(place)? })),
            statement: holder.map(|s| s.id),
            source,
            confidence: OPEN,
        })
    }

    /// The place of the innermost statement whose content holds some tokens.
    fn holder(&self, tokens: Tokens) -> Option<usize> {
        holder(&self.findings.attributions, tokens)
    }

    /// The times of a sentence, in text order.
    fn times_in(&self, sentence: Tokens) -> impl Iterator<Item = &Expression> {
        let times = &self.findings.times;
        let first = times.partition_point(|time| time.tokens.start < sentence.start);
        times[first..].iter().take_while(move |time| time.tokens.end <= sentence.end)
    }

    /// The time in the sentence of some tokens that stands closest to them, where it is no
    /// statement's own and no length.
    fn when(&self, tokens: Tokens, reach: usize) -> Option<When> {
        let sentence = self.analysis.sentence_of(tokens.start)?.tokens;
        let holder = self.holder(tokens).map(|place| &self.findings.attributions[place]);
        let near = Tokens::at(
            sentence.start.index().max(tokens.start.index().saturating_sub(reach))
                ..sentence.end.index().min(tokens.end.index() + reach),
        );
        let dates = |time: &&Expression| matches!(time.time.kind, TimeType::Date | TimeType::Time);
        let times = self.times_in(near).filter(dates).filter(is_dated);
        let times = times.filter(|time| holder.is_none_or(|h| h.says(time.tokens)));
        let distance = |time: Tokens| match time.start >= tokens.end {
            true => time.start.0 - tokens.end.0,
            false => tokens.start.0.saturating_sub(time.end.0),
        };
        let found = times.min_by_key(|time| distance(time.tokens))?;
        Some(When { value: found.time.value.clone()?, time: Some(found.time.id) })
    }
}

/// Whether a time tells a year at least, rather than the present or some past.
fn is_dated(time: &&Expression) -> bool {
    let value = time.time.value.as_deref().unwrap_or_default();
    value.starts_with(|first: char| first.is_ascii_digit())
}

/// How many tokens behind a cue the time of saying may stand.
const SAID_REACH: u32 = 8;
/// How many tokens before an attribution its medium may stand, at the start of the sentence.
const MEDIUM_BEFORE: usize = 14;
/// How many tokens behind a step that goes on from another its date may stand.
const BEHIND: u32 = 6;
/// How many tokens off a time may stand of what is counted without saying that it happened.
const NEARBY: usize = 12;
/// How many tokens behind a cue its medium may stand.
const MEDIUM_REACH: usize = 12;
