//! What a rule captured, resolved against the published date and the times told before.

use jiff::civil::{Date, Weekday};
use onrecord_record::{Anchor, Mod, Span, Time, TimeId};

use crate::calendar::{Moment, Unit};
use crate::pack::{Resolve, Rule};

/// How many days after its story's publication a bare date may lie and still be of that year.
const AHEAD_DAYS: i32 = 7;

/// What a match captured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) year: Option<i16>,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    pub(crate) weekday: Option<i8>,
    pub(crate) count: Option<i64>,
    pub(crate) unit: Option<Unit>,
    pub(crate) modifier: Option<Mod>,
}

/// A time that was resolved.
#[derive(Debug, Clone, Copy)]
struct Told {
    id: TimeId,
    moment: Moment,
    /// Whether it was told by another one, as a bare date is by the full one.
    again: bool,
}

/// Resolves the times of one text, in text order.
#[derive(Debug)]
pub(crate) struct Resolver {
    published: Option<Moment>,
    told: Vec<Told>,
    /// How many times were resolved, with a value or without.
    count: usize,
}

impl Resolver {
    pub(crate) fn new(published: Option<Date>) -> Self {
        let published = published.map(|day| Moment { day, unit: Unit::Day });
        Self { published, told: Vec::new(), count: 0 }
    }

    pub(crate) fn time(&mut self, rule: &Rule, fields: &Fields, span: Span) -> Time {
        let id = TimeId::nth(self.count);
        self.count += 1;
        let unit = fields.unit.or(rule.unit);
        let resolved = match rule.resolve {
            Resolve::Calendar => self.calendar(fields),
            Resolve::Weekday => self.weekday(fields, rule.by),
            Resolve::Offset => self.offset(fields, rule.by, unit),
            Resolve::Same => self.same(unit),
        };
        if let Some((moment, anchor)) = resolved {
            let again = matches!(anchor, Some(Anchor::Time(_)));
            self.told.push(Told { id, moment, again });
        }
        let moment = resolved.map(|(moment, _)| moment);
        Time {
            id,
            span,
            kind: rule.kind,
            value: moment.map(|moment| moment.to_string()),
            edtf: moment.and_then(Moment::edtf),
            modifier: fields.modifier,
            from: resolved.and_then(|(_, anchor)| anchor),
        }
    }

    fn calendar(&self, fields: &Fields) -> Option<(Moment, Option<Anchor>)> {
        let unit = match (fields.month, fields.day) {
            (None, None) => Unit::Year,
            (_, None) => Unit::Month,
            _ => Unit::Day,
        };
        let (month, day) = (fields.month.unwrap_or(1), fields.day.unwrap_or(1));
        let of_year = |year| Some(Moment { day: Date::new(year, month, day).ok()?, unit });
        if let Some(year) = fields.year {
            return Some((of_year(year)?, None));
        }
        // The story has told this very day or month with its year.
        let told = self.told.iter().rev().find(|Told { moment, .. }| {
            moment.unit <= unit
                && moment.day.month() == month
                && (unit == Unit::Month || moment.day.day() == day)
        });
        if let Some(told) = told {
            return Some((of_year(told.moment.day.year())?, Some(Anchor::Time(told.id))));
        }
        // Else the last one up to the published date, or a few days after it.
        let latest = self.published?.moved(i64::from(AHEAD_DAYS), Unit::Day)?.day;
        let year = latest.year();
        let recent = (0..=8).find_map(|back| of_year(year - back).filter(|m| m.day <= latest))?;
        Some((recent, Some(Anchor::Published)))
    }

    fn weekday(&self, fields: &Fields, by: Option<i64>) -> Option<(Moment, Option<Anchor>)> {
        let published = self.published?;
        let wanted = Weekday::from_monday_one_offset(fields.weekday?).ok()?;
        let today = published.day.weekday();
        let days = match by {
            None => -i64::from(wanted.until(today)),
            Some(weeks) => {
                let within = wanted.to_monday_zero_offset() - today.to_monday_zero_offset();
                i64::from(within) + 7 * weeks
            }
        };
        Some((published.moved(days, Unit::Day)?, Some(Anchor::Published)))
    }

    fn offset(
        &self,
        fields: &Fields,
        by: Option<i64>,
        unit: Option<Unit>,
    ) -> Option<(Moment, Option<Anchor>)> {
        let count = by?.checked_mul(fields.count.unwrap_or(1))?;
        Some((self.published?.moved(count, unit?)?, Some(Anchor::Published)))
    }

    /// The unit that holds the last time told with as much precision. A date told again, such as
    /// one that is part of a name, does not become the time that the story is about.
    fn same(&self, unit: Option<Unit>) -> Option<(Moment, Option<Anchor>)> {
        let unit = unit?;
        let anew = self.told.iter().rev().filter(|told| !told.again);
        let mut within = anew.filter_map(|told| Some((told.moment.within(unit)?, told.id)));
        within.next().map(|(moment, id)| (moment, Some(Anchor::Time(id))))
    }
}
