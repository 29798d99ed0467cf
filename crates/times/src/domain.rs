//! How a text tells its times.

use crate::Domain;
use crate::fields::Year;
use crate::find::{Found, Meaning};

/// How many dates of other years a narrative tells at least.
const YEARS: usize = 4;
/// How many such dates stand against one that is told from the day of publication.
const AGAINST: usize = 2;

impl Domain {
    /// The domain of a text, by its times: a narrative tells dates with years of their own; news
    /// tells weekdays, today, last month.
    pub(crate) fn of(found: &[Found<'_>], published: Option<i16>) -> Self {
        let before = |year| published.is_none_or(|published| year < published);
        let (mut years, mut from_today) = (0, 0);
        for time in found {
            match &time.meaning {
                Meaning::Calendar(fields) => match fields.year {
                    Some(Year::Whole(year)) => years += usize::from(before(year)),
                    Some(Year::Short(_)) => {}
                    None => from_today += usize::from(fields.weekday.is_some()),
                },
                Meaning::Shift(shift) => from_today += usize::from(!shift.told),
                _ => {}
            }
        }
        if years >= YEARS && years >= AGAINST * from_today { Self::Narrative } else { Self::News }
    }
}
