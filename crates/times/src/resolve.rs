//! What was found, resolved against the published date and the times told before.

mod dates;

use std::collections::BTreeMap;

use onrecord_record::{Anchor, TimeId, TimeType};

use crate::Domain;
use crate::calendar::{Moment, Unit};
use crate::clock::TimeOfDay;
use crate::fields::Fields;
use crate::find::{Found, Meaning, Shift};
use crate::holiday::Holidays;
use crate::length::{Amount, Length};
use crate::lexicon::DatePart;
use crate::tense::Tense;
pub(crate) use dates::order_of;

/// How many years a narrative leaps at once; one told beyond is told in passing.
const LEAP_YEARS: i16 = 15;

/// What stands around a time that is being resolved.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    /// The tense of its clause.
    pub(crate) tense: Option<Tense>,
    /// Whether it tells which thing is meant, and not when: the May 8 vote.
    pub(crate) describes: bool,
    /// The year that the time beside it tells for both.
    pub(crate) year: Option<i16>,
    /// A day told in the same sentence.
    pub(crate) day: Option<(TimeId, Moment)>,
    /// The first day of a range of which it is the last.
    pub(crate) first: Option<(TimeId, Moment)>,
    /// What it is told from, where that has a time.
    pub(crate) event: Option<(TimeId, Moment)>,
}

/// A date with what it was resolved against.
pub(crate) type Dated = (Moment, Option<Anchor>);

/// A time, resolved.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resolved {
    pub(crate) kind: Option<TimeType>,
    pub(crate) value: Option<String>,
    pub(crate) edtf: Option<String>,
    pub(crate) from: Option<Anchor>,
    pub(crate) moment: Option<Moment>,
}

/// Resolves the times of one text, in text order.
#[derive(Debug)]
pub(crate) struct Resolver<'r> {
    pub(crate) domain: Domain,
    published: Option<Moment>,
    /// The order of dates in figures.
    order: [DatePart; 3],
    holidays: &'r Holidays,
    /// The last time told of a month, and of a day of it.
    told: BTreeMap<(i8, Option<i8>), (TimeId, Moment)>,
    /// The last time told that is as precise as a unit. A date told again, such as one that is
    /// part of a name, does not become the time that the story is about.
    last: BTreeMap<Unit, (TimeId, Moment)>,
    /// Where a narrative stands, and whether a time far from there was told last.
    thread: Option<(TimeId, Moment)>,
    leapt: bool,
    /// The year told last, if it was told in passing.
    aside: Option<i16>,
}

impl<'r> Resolver<'r> {
    pub(crate) fn new(
        domain: Domain,
        published: Option<Moment>,
        order: [DatePart; 3],
        holidays: &'r Holidays,
    ) -> Self {
        Self {
            domain,
            published,
            order,
            holidays,
            told: BTreeMap::new(),
            last: BTreeMap::new(),
            thread: None,
            leapt: false,
            aside: None,
        }
    }

    /// The time of what was found.
    pub(crate) fn resolve(&self, found: &Found<'_>, place: &Place) -> Resolved {
        match &found.meaning {
            Meaning::Calendar(fields) => {
                self.calendar(fields, place).map(dated).unwrap_or_default()
            }
            Meaning::Shift(shift) => self.shift(shift, place),
            Meaning::Length(length) => told_as(length.to_string()),
            Meaning::Set(fields) => Resolved { value: recurring(fields), ..Resolved::default() },
            Meaning::Fixed(value) => {
                Resolved { value: value.map(str::to_owned), ..Resolved::default() }
            }
            Meaning::Nothing => Resolved::default(),
        }
    }

    /// Takes note of a time, for those told from it.
    pub(crate) fn tell(&mut self, id: TimeId, moment: Moment, from: Option<Anchor>, aside: bool) {
        let year = moment.day.year();
        if !aside || self.aside == Some(year) && moment.unit == Unit::Year {
            self.go_on(id, moment);
        }
        self.aside = aside.then_some(year);
        let (month, day) = (moment.day.month(), moment.day.day());
        let days = moment.unit == Unit::Day;
        let again = days
            && matches!(from, Some(Anchor::Time(_)))
            && self.told.get(&(month, Some(day))).is_some_and(|(_, told)| told.day == moment.day);
        if moment.unit <= Unit::Month && moment.unit >= Unit::Day {
            self.told.insert((month, None), (id, moment));
        }
        if days {
            self.told.insert((month, Some(day)), (id, moment));
        }
        if self.domain == Domain::News && again {
            return;
        }
        for unit in [
            Unit::Day,
            Unit::Weekend,
            Unit::Week,
            Unit::Month,
            Unit::Season,
            Unit::Quarter,
            Unit::Half,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
        ] {
            if moment.unit <= unit {
                self.last.insert(unit, (id, moment));
            }
        }
    }

    /// Moves the thread of a narrative to a time. A year that holds it says nothing new, and one
    /// far away is told in passing, unless the next is far away too.
    fn go_on(&mut self, id: TimeId, moment: Moment) {
        if moment.unit > Unit::Year {
            return;
        }
        if let Some((_, thread)) = self.thread {
            if moment.unit > thread.unit && moment.holds(thread.day) {
                return;
            }
            let far = moment.day.year().abs_diff(thread.day.year()) > LEAP_YEARS.unsigned_abs();
            let passing = far && !self.leapt;
            self.leapt = far;
            if passing {
                return;
            }
        }
        self.thread = Some((id, moment));
    }

    /// What a time is counted from: the time told last where it says so or the story is a
    /// narrative, else the published date.
    fn reference(&self, told: bool, unit: Unit) -> Option<(Moment, Anchor)> {
        let last = self.last.get(&unit).map(|(id, moment)| (*moment, Anchor::Time(*id)));
        let published = self.published.map(|moment| (moment, Anchor::Published));
        match (told, self.domain) {
            (false, Domain::News) => published,
            _ => last.or(published),
        }
    }

    fn shift(&self, shift: &Shift, place: &Place) -> Resolved {
        let length = shift.length;
        let as_length = Resolved { kind: Some(TimeType::Duration), ..told_as(length.to_string()) };
        let untold = shift.event.is_some() && place.event.is_none() && !shift.told;
        if untold || length.unit < Unit::Day {
            return as_length;
        }
        let Amount::Counted(_) = length.amount else {
            return if shift.event.is_some() { as_length } else { vague(shift.by) };
        };
        self.shifted(shift, place).map(dated).unwrap_or_default()
    }

    fn shifted(&self, shift: &Shift, place: &Place) -> Option<Dated> {
        let Length { amount, unit, .. } = shift.length;
        let whole = amount.whole()?.checked_mul(shift.by)?;
        let event = place.event.map(|(id, moment)| (moment, Anchor::Time(id)));
        let reference = event.or_else(|| self.reference(shift.told, unit));
        let (reference, from) = reference.or_else(|| {
            // A length of years leads on from a year, of days from a month not.
            self.reference(shift.told, Unit::Year).filter(|(m, _)| m.unit <= unit)
        })?;
        // Nothing is that day, or a year after the nineties, by the published date.
        let longer =
            self.last.get(&Unit::Century).is_some_and(|(_, told)| told.unit > unit.max(Unit::Year));
        if shift.told && from == Anchor::Published && (whole == 0 || longer) {
            return None;
        }
        let moment = reference.moved(whole, unit)?;
        let fields = &shift.fields;
        let time = match (fields.clock, fields.part) {
            (Some(clock), _) => Some(TimeOfDay::Clock(clock)),
            (None, part) => part.map(TimeOfDay::Part),
        };
        Some((Moment { time: time.filter(|_| unit == Unit::Day), ..moment }, Some(from)))
    }
}

fn dated((moment, from): Dated) -> Resolved {
    Resolved {
        kind: None,
        value: Some(moment.to_string()),
        edtf: moment.edtf(),
        from,
        moment: Some(moment),
    }
}

fn told_as(value: String) -> Resolved {
    Resolved { value: Some(value), ..Resolved::default() }
}

/// What nobody counted lies somewhere behind or ahead.
fn vague(by: i64) -> Resolved {
    told_as(if by < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned())
}

/// The TIMEX3 value of what recurs.
fn recurring(fields: &Fields) -> Option<String> {
    if let Some(weekday) = fields.weekday {
        let part = fields.part.map(|part| TimeOfDay::Part(part).to_string());
        return Some(format!("XXXX-WXX-{weekday}{}", part.unwrap_or_default()));
    }
    match (fields.month, fields.day, fields.season, fields.part) {
        (Some(month), Some(day), ..) => Some(format!("XXXX-{month:02}-{day:02}")),
        (Some(month), None, ..) => Some(format!("XXXX-{month:02}")),
        (.., Some(season), _) => {
            let moment = Moment::of(jiff::civil::Date::new(2000, season, 1).ok()?, Unit::Season)?;
            Some(format!("XXXX{}", moment.to_string().trim_start_matches("2000")))
        }
        (.., Some(part)) => Some(format!("XXXX-XX-XX{}", TimeOfDay::Part(part))),
        _ if fields.unit == Some(Unit::Weekend) && fields.amount.is_none() => {
            Some("XXXX-WXX-WE".to_owned())
        }
        _ => {
            let amount = fields.amount.unwrap_or(Amount::Counted(1.0));
            Some(Length { amount, unit: fields.unit?, rest: None }.to_string())
        }
    }
}
