//! Where times stand in a text, and what each of them means before it is resolved.

use std::cmp::Reverse;

use onrecord_language::{Analysis, Layer, Match, Number, TokenId, Tokens};
use onrecord_record::{Mod, TimeType};

use crate::fields::{Field, Fields, Reader, Year};
use crate::holiday::Holidays;
use crate::length::{Amount, Length};
use crate::lexicon::Lexicon;
use crate::rules::{Means, Rule, RuleSet, Rules};

/// A time found in a text.
#[derive(Debug, Clone)]
pub(crate) struct Found<'r> {
    pub(crate) tokens: Tokens,
    /// The place of its sentence.
    pub(crate) sentence: usize,
    pub(crate) kind: TimeType,
    pub(crate) meaning: Meaning<'r>,
    pub(crate) modifier: Option<Mod>,
    /// The rules that found it, the innermost first.
    pub(crate) rules: Vec<&'r Rule>,
}

/// What a time means before it is resolved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning<'r> {
    Calendar(Fields),
    Shift(Shift),
    Length(Length),
    /// The fields that recur.
    Set(Fields),
    Fixed(Option<&'r str>),
    /// No time, though its words look like one.
    Nothing,
}

impl Found<'_> {
    /// The tokens between it and one behind it in its sentence.
    pub(crate) fn between(&self, next: &Found<'_>) -> Option<Tokens> {
        (self.sentence == next.sentence).then(|| Tokens::new(self.tokens.end, next.tokens.start))
    }
}

/// So many units from another time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shift {
    /// How many, and of what.
    pub(crate) length: Length,
    /// 1 for later, -1 for earlier.
    pub(crate) by: i64,
    /// From the time told last, and not from the published date.
    pub(crate) told: bool,
    /// The time of the day that it comes to.
    pub(crate) fields: Fields,
    /// The words of what it is told from.
    pub(crate) event: Option<Tokens>,
}

/// A text in which times are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Finder<'f> {
    pub(crate) rules: &'f Rules,
    pub(crate) lexicon: &'f Lexicon,
    pub(crate) holidays: &'f Holidays,
    pub(crate) analysis: &'f Analysis<'f>,
    pub(crate) numbers: &'f Layer,
    pub(crate) values: &'f [Number],
}

/// How far before a time what frames it may begin, in tokens.
const BEFORE: u32 = 6;
/// How many frames may stand around one another.
const DEPTH: usize = 4;

impl<'f> Finder<'f> {
    /// The times of the text and what only looks like one, in text order; none overlaps another.
    pub(crate) fn find(&self) -> Vec<Found<'f>> {
        let mut found = Vec::new();
        for (place, sentence) in self.analysis.sentences.iter().enumerate() {
            self.bare(place, sentence.tokens, &mut found);
        }
        let items = found.iter().map(|time| time.tokens).zip(0u32..);
        let mut times = Layer::new(self.analysis, items);
        for place in 0..found.len() {
            for _ in 0..DEPTH {
                if !self.frame(place, &mut found, &mut times) {
                    break;
                }
            }
        }
        self.join(&found, &mut times)
    }

    /// The times of a sentence by themselves: of those that overlap, the one that begins first,
    /// then the longest, then the earlier rule's.
    fn bare(&self, place: usize, sentence: Tokens, all: &mut Vec<Found<'f>>) {
        let rules = &self.rules.base;
        let mut found: Vec<_> = Vec::new();
        for m in rules.patterns.scan(self.analysis, &[self.numbers], sentence) {
            if let Some(fields) = self.fields(rules, &m) {
                // A pattern may take words beside the time that it captures.
                let tokens = captured(rules, &m, Field::Time).unwrap_or(m.tokens);
                found.push((tokens, m.pattern, fields, captured(rules, &m, Field::Event)));
            }
        }
        found.sort_by_key(|(tokens, rule, ..)| (tokens.start, Reverse(tokens.end), *rule));
        let mut free = TokenId(0);
        for (tokens, rule, fields, event) in found {
            let rule = &rules.rules[rule];
            if tokens.start < free {
                continue;
            }
            let Some(meaning) = meaning(rule, fields, event) else { continue };
            free = tokens.end;
            let kind = rule.kind.unwrap_or_else(|| match &meaning {
                Meaning::Calendar(fields) if fields.part.is_some() || fields.clock.is_some() => {
                    TimeType::Time
                }
                _ => TimeType::Date,
            });
            let modifier = rule.modifier;
            let rules = vec![rule];
            all.push(Found { tokens, sentence: place, kind, meaning, modifier, rules });
        }
    }

    /// Puts a time into the longest frame that stands around it; whether there was one.
    fn frame(&self, place: usize, found: &mut [Found<'f>], times: &mut Layer) -> bool {
        let rules = &self.rules.frames;
        let tokens = found[place].tokens;
        let sentence = self.analysis.sentences[found[place].sentence].tokens;
        let behind = place.checked_sub(1).map_or(TokenId(0), |before| found[before].tokens.end);
        let ahead = found.get(place + 1).map_or(TokenId(u32::MAX), |next| next.tokens.start);
        let begin = TokenId(tokens.start.0.saturating_sub(BEFORE)).max(behind).max(sentence.start);
        let begins = Tokens::new(begin, TokenId(tokens.start.0 + 1));
        let mut best: Option<(Tokens, &Rule, Meaning<'_>)> = None;
        for m in rules.patterns.scan_from(self.analysis, &[self.numbers, times], sentence, begins) {
            let rule = &rules.rules[m.pattern];
            let whole = framed(rules, &m);
            let around = captured(rules, &m, Field::Time) == Some(tokens);
            let fits = around && rule.stands_around(found[place].kind) && whole.end <= ahead;
            let wider = best.as_ref().is_none_or(|(other, ..)| other.len() < whole.len());
            let new = !found[place].rules.iter().any(|other| other.name == rule.name);
            if !(fits && wider && new) {
                continue;
            }
            let event = captured(rules, &m, Field::Event);
            let Some(fields) = self.fields(rules, &m) else { continue };
            if let Some(meaning) = reframed(rule, &found[place].meaning, fields, event) {
                best = Some((whole, rule, meaning));
            }
        }
        let Some((whole, rule, meaning)) = best else { return false };
        let time = &mut found[place];
        time.meaning = meaning;
        time.kind = rule.kind.unwrap_or(time.kind);
        time.modifier = rule.modifier.or(time.modifier);
        time.tokens = whole;
        time.rules.push(rule);
        times.set(tokens.start, None);
        times.set(whole.start, Some((whole.end, TokenId::at(place).0)));
        true
    }

    /// The times with those that stand beside them in ranges and lists.
    fn join(&self, found: &[Found<'f>], times: &mut Layer) -> Vec<Found<'f>> {
        let mut all: Vec<Found<'f>> = Vec::with_capacity(found.len());
        for (place, time) in found.iter().enumerate() {
            let behind = all.last().map_or(TokenId(0), |before| before.tokens.end);
            let ahead = found.get(place + 1).map_or(TokenId(u32::MAX), |next| next.tokens.start);
            let sentence = self.analysis.sentences[time.sentence].tokens;
            let first = TokenId(time.tokens.start.0.saturating_sub(BEFORE));
            let begins = Tokens::new(first.max(behind).max(sentence.start), time.tokens.start);
            let before = self.joined(time, begins, times).filter(|new| new.tokens.start >= behind);
            all.extend(before);
            all.push(time.clone());
            // A list goes on from each of its members to the next.
            while let Some(last) = all.last() {
                let end = last.tokens.end;
                if !sentence.holds(end) {
                    break;
                }
                let begins = Tokens::new(end, TokenId(end.0 + 1));
                let next = self.joined(last, begins, times);
                let Some(next) = next.filter(|new| new.tokens.end <= ahead) else { break };
                all.push(next);
            }
        }
        all
    }

    /// The time that stands beside another one, told with its help.
    fn joined(&self, beside: &Found<'f>, begins: Tokens, times: &Layer) -> Option<Found<'f>> {
        let rules = &self.rules.joins;
        let (Meaning::Calendar(_) | Meaning::Length(_)) = &beside.meaning else { return None };
        let sentence = self.analysis.sentences[beside.sentence].tokens;
        let layers = [self.numbers, times];
        let all = rules.patterns.scan_from(self.analysis, &layers, sentence, begins);
        all.iter().find_map(|m| {
            let tokens = captured(rules, m, Field::Time)?;
            // One before the other reaches up to its end; one behind it begins there.
            let touches = m.tokens.end == beside.tokens.end && tokens.end <= beside.tokens.start
                || m.tokens.start == beside.tokens.end;
            let fields = touches.then(|| self.fields(rules, m))??;
            let meaning = beside_of(&beside.meaning, &fields)?;
            let rules = vec![&rules.rules[m.pattern]];
            Some(Found { tokens, meaning, modifier: None, rules, ..beside.clone() })
        })
    }

    fn fields(&self, rules: &RuleSet, m: &Match) -> Option<Fields> {
        let reader = Reader {
            lexicon: self.lexicon,
            holidays: self.holidays,
            analysis: self.analysis,
            numbers: self.numbers,
            values: self.values,
        };
        let captures = m.captures().filter_map(|(slot, tokens)| Some((rules.field(slot)?, tokens)));
        reader.fields(captures)
    }
}

/// The tokens that a frame takes with what it frames: all up to what the time is told from.
fn framed(rules: &RuleSet, m: &Match) -> Tokens {
    let event = captured(rules, m, Field::Event).and(captured(rules, m, Field::Time));
    event.map_or(m.tokens, |time| Tokens::new(m.tokens.start, time.end))
}

fn captured(rules: &RuleSet, m: &Match, field: Field) -> Option<Tokens> {
    m.captures().find(|(slot, _)| rules.field(*slot) == Some(field)).map(|(_, tokens)| tokens)
}

/// What a match of a rule means; `None` where it lacks what the rule needs.
fn meaning(rule: &Rule, fields: Fields, event: Option<Tokens>) -> Option<Meaning<'_>> {
    let unit = fields.unit.or(rule.unit);
    let amount = fields.amount.unwrap_or(Amount::Counted(1.0));
    Some(match rule.means.unwrap_or(Means::Calendar) {
        Means::Calendar if !rule.takes(fields.year) => None?,
        Means::Calendar if fields.era.is_none() && fields.year.is_some_and(Year::needs_era) => {
            None?
        }
        Means::Calendar => Meaning::Calendar(Fields { part: fields.part.or(rule.part), ..fields }),
        Means::Shift => {
            let by = fields.which.map_or(rule.by, |which| Some(which.by))?;
            let (amount, by) = (amount.times(by.abs()), by.signum());
            Meaning::Shift(Shift {
                length: Length { amount, unit: unit?, rest: None },
                by,
                told: rule.told || fields.which.is_some_and(|which| which.told),
                fields: Fields { part: fields.part.or(rule.part), ..fields },
                event,
            })
        }
        Means::Length => Meaning::Length(Length { amount, unit: unit?, rest: fields.rest() }),
        Means::Set => {
            #[expect(clippy::cast_precision_loss, reason = "a few at most")]
            let by = rule.by.map(|by| Amount::Counted(by as f64));
            Meaning::Set(Fields { unit, amount: fields.amount.or(by), ..fields })
        }
        Means::Fixed => Meaning::Fixed(rule.value.as_deref()),
        Means::Nothing => Meaning::Nothing,
    })
}

/// What a time means in a frame; `None` where the frame cannot stand around it.
fn reframed<'r>(
    rule: &'r Rule,
    inner: &Meaning<'r>,
    around: Fields,
    event: Option<Tokens>,
) -> Option<Meaning<'r>> {
    match (rule.means, inner) {
        (_, Meaning::Nothing) => None,
        (None, _) => Some(inner.clone()),
        (Some(Means::Calendar), Meaning::Calendar(fields)) => {
            // A longer unit stands around a day alone.
            let piece = around.piece.or(fields.piece);
            let (part, fits) = (around.part.or(rule.part), piece.is_none() || fields.tells_day());
            fits.then_some(Meaning::Calendar(Fields { part, piece, ..*fields }))
        }
        (Some(Means::Fixed), _) => Some(Meaning::Fixed(rule.value.as_deref())),
        (Some(Means::Shift), Meaning::Length(length)) => Some(Meaning::Shift(Shift {
            length: length.in_one_unit()?,
            by: rule.by?,
            told: rule.told,
            fields: Fields::default(),
            event,
        })),
        (Some(Means::Set), Meaning::Length(length)) => {
            let fields = Fields { amount: Some(length.amount), ..Fields::default() };
            Some(Meaning::Set(Fields { unit: Some(length.unit), ..fields }))
        }
        (Some(Means::Set), Meaning::Calendar(fields)) => Some(Meaning::Set(*fields)),
        _ => None,
    }
}

/// What a time means that stands beside another: it takes over what it leaves out.
fn beside_of<'r>(beside: &Meaning<'r>, fields: &Fields) -> Option<Meaning<'r>> {
    match beside {
        Meaning::Length(length) => {
            let amount = fields.amount?;
            Some(Meaning::Length(Length { amount, ..*length }))
        }
        Meaning::Calendar(other) => {
            let fields = match (fields.day, fields.year, other.year) {
                (Some(day), ..) if other.day.is_some() && other.month.is_some() => {
                    Fields { day: Some(day), weekday: None, clock: None, part: None, ..*other }
                }
                (None, Some(Year::Short(short)), Some(Year::Whole(year)))
                    if year >= 1000 && year.rem_euclid(100) < short =>
                {
                    let year = year.div_euclid(100) * 100 + short;
                    Fields { year: Some(Year::Whole(year)), ..Fields::default() }
                }
                // Years before the first run down to it.
                (None, Some(Year::Whole(year)), Some(Year::Whole(other))) if other <= 0 => {
                    let before = if year > 0 { 1 - year } else { year };
                    Fields { year: Some(Year::Whole(before)), ..Fields::default() }
                }
                (None, Some(Year::Whole(year)), Some(_)) if year >= 1000 => *fields,
                _ if fields.decade.is_some() && other.decade.is_some() => *fields,
                _ if fields.clock.is_some() && other.clock.is_some() => {
                    Fields { clock: fields.clock, ..*other }
                }
                _ => return None,
            };
            Some(Meaning::Calendar(fields))
        }
        _ => None,
    }
}
