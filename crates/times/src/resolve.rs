//! What a rule captured, resolved against the published date and the times told before.

use std::collections::BTreeMap;

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

/// Resolves the times of one text, in text order.
#[derive(Debug)]
pub(crate) struct Resolver {
    published: Option<Moment>,
    /// The last time told of a month, and of a day of it.
    told: BTreeMap<(i8, Option<i8>), (TimeId, Moment)>,
    /// The last time told that is as precise as a unit. A date told again, such as one that is
    /// part of a name, does not become the time that the story is about.
    last: BTreeMap<Unit, (TimeId, Moment)>,
    /// How many times were resolved, with a value or without.
    count: usize,
}

impl Resolver {
    pub(crate) fn new(published: Option<Date>) -> Self {
        let published = published.map(|day| Moment { day, unit: Unit::Day });
        Self { published, told: BTreeMap::new(), last: BTreeMap::new(), count: 0 }
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
            self.tell(id, moment, matches!(anchor, Some(Anchor::Time(_))));
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

    fn tell(&mut self, id: TimeId, moment: Moment, again: bool) {
        let (month, day) = (moment.day.month(), moment.day.day());
        if moment.unit <= Unit::Month {
            self.told.insert((month, None), (id, moment));
        }
        if moment.unit == Unit::Day {
            self.told.insert((month, Some(day)), (id, moment));
        }
        if !again {
            for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year] {
                if moment.unit <= unit {
                    self.last.insert(unit, (id, moment));
                }
            }
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
        if let Some((id, told)) = self.told.get(&(month, fields.day)) {
            return Some((of_year(told.day.year())?, Some(Anchor::Time(*id))));
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

    /// The unit that holds the last time told with as much precision.
    fn same(&self, unit: Option<Unit>) -> Option<(Moment, Option<Anchor>)> {
        let (id, told) = self.last.get(&unit?)?;
        Some((told.within(unit?)?, Some(Anchor::Time(*id))))
    }
}
