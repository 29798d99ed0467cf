//! How a text tells its times.

use crate::Domain;
use crate::fields::Year;
use crate::find::{Found, Meaning};

/// How many dates of earlier years a narrative tells at least.
const YEARS: usize = 4;
/// How many such dates stand against one that is told from the day of publication.
const AGAINST: usize = 2;
/// The same where the text opens with one of those, as news does.
const AGAINST_A_LEAD: usize = 10;
/// How many times at its start are a text's lead.
const LEAD: usize = 2;

impl Domain {
    /// The domain of a text, by its times: a narrative tells dates with years of their own; news
    /// opens with a weekday or today, and tells more of them.
    pub(crate) fn of(found: &[Found<'_>], published: Option<i16>) -> Self {
        let before = |year| published.is_none_or(|published| year < published);
        let years = found.iter().filter(|time| match &time.meaning {
            Meaning::Calendar(fields) => {
                matches!(fields.year, Some(Year::Whole(year)) if before(year))
            }
            _ => false,
        });
        let from_today = found.iter().filter(|time| time.is_told_from_today()).count();
        let lead = found.iter().take(LEAD).any(Found::is_told_from_today);
        let against = if lead { AGAINST_A_LEAD } else { AGAINST };
        let years = years.count();
        if years >= YEARS && years >= against * from_today { Self::Narrative } else { Self::News }
    }
}

impl Found<'_> {
    /// Whether it is told from the day of publication: Thursday, last month.
    fn is_told_from_today(&self) -> bool {
        match &self.meaning {
            Meaning::Calendar(fields) => fields.year.is_none() && fields.weekday.is_some(),
            Meaning::Shift(shift) => !shift.told,
            _ => false,
        }
    }
}
