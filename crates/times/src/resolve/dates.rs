//! Dates of the calendar, with what they leave out told by the text.

use jiff::civil::{Date, Weekday};
use onrecord_record::Anchor;

use super::{Dated, Place, Resolver};
use crate::Domain;
use crate::calendar::{Moment, Unit};
use crate::clock::TimeOfDay;
use crate::fields::{Fields, Year};
use crate::lexicon::{DatePart, Which};
use crate::tense::Tense;

/// How much nearer a date must lie than the one that its clause looks to, to be meant all the same.
const NEARER: i32 = 3;
/// The same where it looks back: what is told is over.
const MUCH_NEARER: i32 = 4;
/// The same of one that describes a thing: raised doubts about the May 8 vote.
const DESCRIBED_NEARER: i32 = 2;
/// How many months back a narrative goes without leaving the year.
const BACK_MONTHS: i8 = 8;
/// How far ahead a year of two digits may lie.
const AHEAD_YEARS: i16 = 10;
/// How many years are tried for a day that not all of them have.
const YEARS: i16 = 8;
/// How many are tried from the published date for one that falls on a day of the week.
const NEAR_YEARS: i16 = 2;

impl Resolver<'_> {
    /// The date of fields, with what they leave out told by the text.
    pub(crate) fn calendar(&self, fields: &Fields, place: &Place) -> Option<Dated> {
        let mut fields = *fields;
        if let Some(figures) = fields.figures {
            fields.set_figures(figures, order_of(figures, self.order));
        }
        let (moment, from) = self.date(&fields, place)?;
        let time = match (fields.clock, fields.part) {
            (Some(clock), _) => Some(TimeOfDay::Clock(clock)),
            (None, Some(part)) => Some(TimeOfDay::Part(part)),
            (None, None) => None,
        };
        let time = time.filter(|_| moment.unit == Unit::Day);
        Some((Moment { time, ..moment }, from))
    }

    fn date(&self, fields: &Fields, place: &Place) -> Option<Dated> {
        if let Some(nth) = fields.nth {
            let rest = Fields { nth: None, piece: None, weekday: None, ..*fields };
            let (whole, from) = self.date(&rest, place)?;
            let piece = match (fields.piece, fields.weekday) {
                (Some(unit), _) => whole.nth(nth, unit)?,
                (None, weekday) => whole.nth_weekday(nth, named(weekday?))?,
            };
            return Some((piece, from));
        }
        if let (Some(unit), None) = (fields.piece, fields.weekday) {
            let rest = Fields { piece: None, ..*fields };
            let (day, from) = self.date(&rest, place)?;
            return Some((Moment::of(day.day, unit)?, from));
        }
        if let Some(century) = fields.century {
            let year = if century > 0 { (century - 1) * 100 } else { 1 + century * 100 };
            return Some((Moment::of(first_of(year)?, Unit::Century)?, None));
        }
        if let Some(decade) = fields.decade {
            let (year, from) = self.year(decade, 0)?;
            return Some((Moment::of(first_of(year)?, Unit::Decade)?, from));
        }
        let year = match (fields.year, fields.unit, fields.which) {
            (Some(year), ..) => Some(self.year(year, AHEAD_YEARS)?),
            (None, Some(Unit::Year), Some(which)) => {
                let (year, from) = self.which(which, Unit::Year)?;
                Some((year.day.year(), Some(from)))
            }
            _ => place.year.map(|year| (year, None)),
        };
        match year {
            Some((year, from)) if fields.of_year() => Some((self.of_year(fields, year)?, from)),
            Some((year, from)) => Some((Moment::of(first_of(year)?, Unit::Year)?, from)),
            None if fields.of_year() => self.of_some_year(fields, place),
            None if fields.day.is_some() => self.of_some_month(fields, place),
            None => match fields.weekday {
                Some(weekday) if fields.unit == Some(Unit::Week) => {
                    let (week, from) = self.which(fields.which?, Unit::Week)?;
                    Some((week.nth_weekday(1, named(weekday))?, Some(from)))
                }
                Some(weekday) => self.of_some_week(weekday, fields.which, place),
                None => self.of_some_day(fields.which, place),
            },
        }
    }

    /// A whole year; one of two digits is the last that lies at most `ahead` years on.
    fn year(&self, year: Year, ahead: i16) -> Option<(i16, Option<Anchor>)> {
        let short = match year {
            Year::Whole(year) => return Some((year, None)),
            Year::Short(short) => short,
        };
        let (reference, from) = self.reference(false, Unit::Year)?;
        let latest = reference.day.year().checked_add(ahead)?;
        Some((latest - (latest - short).rem_euclid(100), Some(from)))
    }

    /// The unit that lies so many from the time that it is counted from.
    fn which(&self, which: Which, unit: Unit) -> Option<(Moment, Anchor)> {
        let (reference, from) = self.reference(which.told, unit)?;
        if which.told && which.by == 0 && from == Anchor::Published {
            return None;
        }
        Some((reference.moved(which.by, unit)?, from))
    }

    /// The part of a year that fields tell.
    fn of_year(&self, fields: &Fields, year: i16) -> Option<Moment> {
        let month = |month| Date::new(year, month, 1).ok();
        if let Some(holiday) = fields.holiday {
            return self.holidays.date(holiday, year).map(Moment::on);
        }
        if let Some(season) = fields.season {
            return Moment::of(month(season)?, Unit::Season);
        }
        if let Some(quarter) = fields.quarter {
            return Moment::of(month(quarter * 3 - 2)?, Unit::Quarter);
        }
        if let Some(half) = fields.half {
            return Moment::of(month(half * 6 - 5)?, Unit::Half);
        }
        match fields.day {
            Some(_) => fields.date(year).map(Moment::on),
            None => Moment::of(month(fields.month?)?, Unit::Month),
        }
    }

    /// The part of a year that is not told.
    fn of_some_year(&self, fields: &Fields, place: &Place) -> Option<Dated> {
        let of = |year| self.of_year(fields, year);
        if let Some(which) = fields.which.filter(|_| fields.unit.is_none()) {
            let (reference, from) = self.reference(which.told, Unit::Year)?;
            let (year, day) = (reference.day.year(), reference.day);
            let moment = match which.by {
                ..0 => (0..YEARS).find_map(|back| {
                    of(year.checked_sub(back)?).filter(|m| m.end().is_some_and(|end| end <= day))
                }),
                0 if which.told => self.nearest(fields, reference),
                0 => of(year),
                _ => (0..YEARS).find_map(|on| of(year.checked_add(on)?).filter(|m| m.day > day)),
            };
            return Some((moment?, Some(from)));
        }
        // The story has told this very day or month with its year.
        let key = fields.month.map(|month| (month, fields.day));
        if let Some((id, told)) =
            key.and_then(|key| self.told.get(&key)).filter(|_| self.domain == Domain::News)
        {
            return Some((of(told.day.year())?, Some(Anchor::Time(*id))));
        }
        let thread = self.thread.filter(|_| self.domain == Domain::Narrative);
        let (reference, from) = match thread {
            Some((id, moment)) => (moment, Anchor::Time(id)),
            None => self.reference(false, Unit::Year)?,
        };
        if let Some(weekday) = fields.weekday {
            // News tells days that are near.
            let years = if from == Anchor::Published { NEAR_YEARS } else { YEARS };
            let around = (0..years).flat_map(|years| [-years, years]);
            let fits = |m: &Moment| m.weekday().is_some_and(|day| day == named(weekday));
            let found =
                around.filter_map(|years| of(reference.day.year().checked_add(years)?)).find(fits);
            return Some((found.or_else(|| of(reference.day.year()))?, Some(from)));
        }
        let moment = match from {
            Anchor::Time(_) => self.along(fields, reference),
            Anchor::Published => self.around_today(fields, reference, place),
        };
        Some((moment?, Some(from)))
    }

    /// The one of the year that lies nearest.
    fn nearest(&self, fields: &Fields, reference: Moment) -> Option<Moment> {
        let year = reference.day.year();
        let all =
            [0, -1, 1].into_iter().filter_map(|by| self.of_year(fields, year.checked_add(by)?));
        all.min_by_key(|m| m.day.duration_since(reference.day).abs())
    }

    /// The one that a narrative means: it goes on, and back only a little.
    fn along(&self, fields: &Fields, reference: Moment) -> Option<Moment> {
        let same = self.of_year(fields, reference.day.year())?;
        let back =
            reference.unit < Unit::Year && same.day.month() + BACK_MONTHS < reference.day.month();
        if back { self.of_year(fields, reference.day.year().checked_add(1)?) } else { Some(same) }
    }

    /// The one that news means: the last where its clause looks back; where it looks ahead, the
    /// next, unless the last lies much nearer; the nearer one where it tells nothing. Of a thing that
    /// the date describes, the clause tells less.
    fn around_today(&self, fields: &Fields, today: Moment, place: &Place) -> Option<Moment> {
        let (year, day) = (today.day.year(), today.day);
        let of = |year: Option<i16>| self.of_year(fields, year?);
        let last = (0..=YEARS).find_map(|back| of(year.checked_sub(back)).filter(|m| m.day <= day));
        let next = (0..=YEARS).find_map(|on| of(year.checked_add(on)).filter(|m| m.day > day));
        let (Some(last), Some(next)) = (last, next) else { return last.or(next) };
        let back = last.end().map_or(0, |end| day_number(day) - day_number(end) + 1).max(0);
        let ahead = day_number(next.day) - day_number(day);
        let nearer = if place.describes { DESCRIBED_NEARER } else { MUCH_NEARER };
        let looks_ahead = match place.tense {
            Some(Tense::Future) => back == 0 || back * NEARER >= ahead,
            Some(Tense::Past) => ahead * nearer < back,
            _ => ahead < back,
        };
        // The unit that holds the day is neither behind nor ahead.
        Some(if looks_ahead && !last.holds(day) { next } else { last })
    }

    /// A day of a month that is not told.
    fn of_some_month(&self, fields: &Fields, place: &Place) -> Option<Dated> {
        let (reference, from) = self.reference(true, Unit::Month)?;
        let first = Moment::of(reference.day, Unit::Month)?;
        let of = |by| {
            let month = first.moved(by, Unit::Month)?;
            let day = Fields { month: Some(month.day.month()), ..*fields };
            day.date(month.day.year()).map(Moment::on)
        };
        let this = of(0);
        let moment = match (from, place.tense) {
            (Anchor::Time(_), _) => this,
            (_, Some(Tense::Future)) => this.filter(|m| m.day >= reference.day).or_else(|| of(1)),
            _ => this.filter(|m| m.day <= reference.day).or_else(|| of(-1)),
        };
        Some((moment?, Some(from)))
    }

    fn of_some_week(&self, weekday: i8, which: Option<Which>, place: &Place) -> Option<Dated> {
        let told = which.is_some_and(|which| which.told);
        let wanted = named(weekday);
        if let (None, Some((id, first))) = (which, place.first) {
            let on = i64::from(first.day.weekday().until(wanted));
            return Some((first.moved(on, Unit::Day)?, Some(Anchor::Time(id))));
        }
        let (reference, from) = self.reference(told, Unit::Day)?;
        let today = reference.day.weekday();
        let back = i64::from(wanted.until(today));
        let on = i64::from(today.until(wanted));
        let whole = |days: i64| if days == 0 { 7 } else { days };
        let days = match which.map(|which| (which.by, which.told)) {
            Some((..0, _)) => -whole(back),
            Some((1.., _)) => whole(on),
            Some((0, false)) => {
                i64::from(wanted.to_monday_zero_offset() - today.to_monday_zero_offset())
            }
            _ if matches!(from, Anchor::Time(_)) && back != 0 => on,
            _ if place.tense == Some(Tense::Future) => on,
            _ => -back,
        };
        Some((reference.moved(days, Unit::Day)?, Some(from)))
    }

    /// A time of a day that is not told.
    fn of_some_day(&self, which: Option<Which>, place: &Place) -> Option<Dated> {
        if let Some(which) = which {
            return self.which(which, Unit::Day).map(|(day, from)| (day, Some(from)));
        }
        if let Some((id, day)) = place.day {
            return Some((Moment::on(day.day), Some(Anchor::Time(id))));
        }
        let (day, from) = self.reference(true, Unit::Day)?;
        Some((Moment::on(day.day), Some(from)))
    }
}

/// The order of a date in figures: a year of four digits leads or ends it, and what is no month
/// is a day.
pub(crate) fn order_of([first, second, _]: [i16; 3], usual: [DatePart; 3]) -> [DatePart; 3] {
    use DatePart::{Day, Month, Year};
    match (first, second) {
        (32.., _) => [Year, Month, Day],
        (13.., 1..=12) => [Day, Month, Year],
        (1..=12, 13..) => [Month, Day, Year],
        _ => usual,
    }
}

/// The days from some day on.
fn day_number(day: Date) -> i32 {
    day.duration_since(Date::ZERO).as_hours().div_euclid(24).try_into().unwrap_or(0)
}

fn first_of(year: i16) -> Option<Date> {
    Date::new(year, 1, 1).ok()
}

/// The day of the week by its number, 1 for Monday; Sunday beyond.
fn named(weekday: i8) -> Weekday {
    Weekday::from_monday_one_offset(weekday).unwrap_or(Weekday::Sunday)
}
