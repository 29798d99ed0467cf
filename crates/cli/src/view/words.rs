//! The words for the values of a record.

use onrecord_reading::Domain;
use onrecord_record::{
    Act, ActorKind, Check, CheckKind, Degree, Figure, Link, LinkKind, Manner, MediumKind, Mod,
    Polarity, Role, RoleStatus, Statement, StatementId, Taxon, Time, When,
};
use serde::Serialize;

use super::date;

/// For a statement whose source the words do not name.
pub(crate) const NO_SOURCE: &str = "no source named";
/// For what the document itself tells.
pub(crate) const NARRATOR: &str = "the story itself";
/// For a document in which nobody speaks.
pub(crate) const NO_STATEMENT: &str =
    "No statement was found in this document: nobody is quoted, cited or reported in it.";
/// For a document without time expressions.
pub(crate) const NO_TIME: &str = "No time expression was found in this document.";
/// For a time expression that has no value.
pub(crate) const NO_VALUE: &str = "no value";
/// For a document that is not known to have been published at any date.
pub(crate) const NO_DATE: &str = "No date of publication is known: times that count from it have no value. Give the date with \
     --published.";

/// What a statement does, as its verb: `denies`, `did not deny`.
pub(crate) fn act(statement: &Statement) -> String {
    let (now, base) = match statement.act {
        Act::Say => ("says", "say"),
        Act::Accuse => ("accuses", "accuse"),
        Act::Deny => ("denies", "deny"),
        Act::Admit => ("admits", "admit"),
        Act::Find => ("finds", "find"),
        Act::Estimate => ("estimates", "estimate"),
        Act::Warn => ("warns", "warn"),
        Act::Demand => ("demands", "demand"),
        Act::Promise => ("promises", "promise"),
        Act::Believe => ("believes", "believe"),
        Act::Order => ("orders", "order"),
        Act::Ask => ("asks", "ask"),
    };
    match statement.polarity {
        Polarity::Affirmed => now.to_owned(),
        Polarity::Negated => format!("did not {base}"),
    }
}

/// What one statement does to another, `None` for one that the other holds.
pub(crate) fn link(kind: Option<LinkKind>) -> &'static str {
    match kind {
        None => "within",
        Some(LinkKind::Denies) => "denies",
        Some(LinkKind::Responds) => "answers",
        Some(LinkKind::Repeats) => "repeats",
        Some(LinkKind::Supports) => "supports",
        Some(LinkKind::Corrects) => "corrects",
        Some(LinkKind::Contradicts) => "contradicts",
    }
}

/// What one statement does to another, by the other's id, and how sure the link is.
pub(crate) fn linked(to: StatementId, link: Option<Link>) -> String {
    let does = self::link(link.map(|link| link.kind));
    let sure = link.map(|link| format!(" ({})", sure(link.confidence))).unwrap_or_default();
    format!("{does} {to}{sure}")
}

/// How sure an item is, in hundredths.
pub(crate) fn sure(confidence: f64) -> String {
    format!("{confidence:.2}")
}

/// What is said, its parts joined; in quotation marks where all of it is somebody's own words.
pub(crate) fn content(statement: &Statement) -> String {
    let parts: Vec<&str> = statement.content.iter().map(|part| part.text.as_str()).collect();
    let words = parts.join(" … ");
    let quoted = |c: char| "“”„«»\"‘’'".contains(c);
    let marked = words.starts_with(quoted) || words.ends_with(quoted);
    if statement.manner == Manner::Direct && !words.is_empty() && !marked {
        format!("“{words}”")
    } else {
        words
    }
}

/// What a figure counts, as a number with its bounds: `14 or more killed`.
pub(crate) fn count(figure: &Figure) -> String {
    let about = if figure.approximate { "about " } else { "" };
    let number = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low.total_cmp(&high).is_eq() => number(low),
        (Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
        (Some(low), None) => format!("{} or more", number(low)),
        (None, Some(high)) => format!("up to {}", number(high)),
        (None, None) => "some".to_owned(),
    };
    match figure.counted.as_str() {
        // The words beside it name the currency.
        "money" => format!("{about}{number} (money)"),
        counted => format!("{about}{number} {counted}"),
    }
}

/// A number with its thousands set apart.
fn number(value: f64) -> String {
    let whole = format!("{value}");
    let (digits, rest) = whole.split_at(whole.find('.').unwrap_or(whole.len()));
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 3 && !out.ends_with('-')
        {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// A role with its status: `former commander (Third Brigade)`, `governor-elect`.
pub(crate) fn role(role: &Role, of: Option<&str>) -> String {
    let title = &role.title;
    // A title as printed often holds its status: "former commander".
    let unsaid = |status: &str| !title.to_lowercase().contains(status);
    let said = match role.status {
        RoleStatus::Former if unsaid("former") => format!("former {title}"),
        RoleStatus::Acting if unsaid("acting") => format!("acting {title}"),
        RoleStatus::Elect if unsaid("elect") => format!("{title}-elect"),
        _ => title.clone(),
    };
    match of {
        Some(of) => format!("{said} ({of})"),
        None => said,
    }
}

/// What a statement was made in.
pub(crate) fn medium(kind: MediumKind) -> String {
    match kind {
        MediumKind::Other => "medium".to_owned(),
        _ => self::kind(kind),
    }
}

/// When something was: a date.
pub(crate) fn when(when: &When) -> String {
    date(&when.value)
}

/// The modifier of a time: `on or before`.
fn modifier(modifier: Mod) -> String {
    kind(modifier).replace('_', " ").to_lowercase()
}

/// What a time means: its value with its modifier, `2026-03 (start)`.
pub(crate) fn value(time: &Time) -> String {
    match (&time.value, time.modifier) {
        (None, _) => NO_VALUE.to_owned(),
        (Some(value), None) => value.clone(),
        (Some(value), Some(modifier)) => format!("{value} ({})", self::modifier(modifier)),
    }
}

/// How a document was read to tell its times.
pub(crate) fn domain(domain: Domain) -> &'static str {
    match domain {
        Domain::News => "Read as news: times count from the date of publication.",
        Domain::Narrative => {
            "Read as a narrative: times count along its own thread, each from the one before."
        }
    }
}

/// A degree of responsibility.
pub(crate) fn degree(degree: Degree) -> &'static str {
    match degree {
        Degree::Chief => "chiefly",
        Degree::Lesser => "to a lesser extent",
    }
}

/// How a check came out: `adds up`, `values conflict`.
pub(crate) fn outcome(check: &Check) -> &'static str {
    match (check.kind, check.holds) {
        (CheckKind::Sum, true) => "adds up",
        (CheckKind::Sum, false) => "does not add up",
        (CheckKind::Bound, true) => "bound kept",
        (CheckKind::Bound, false) => "bound broken",
        (CheckKind::Conflict, true) => "values agree",
        (CheckKind::Conflict, false) => "values conflict",
        (CheckKind::Order, true) => "order kept",
        (CheckKind::Order, false) => "order broken",
    }
}

/// An article of law by its code, as lawyers write it: `Rome Statute 8(2)(b)(ix)`.
pub(crate) fn article(taxon: &Taxon) -> String {
    let (instrument, article) = taxon.0.split_once(':').unwrap_or(("", &taxon.0));
    let mut words: Vec<String> = instrument.split('-').map(capital).collect();
    let mut parts = article.split('.');
    let mut last = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| last.push_str(&format!("({part})")));
    words.push(last);
    words.join(" ").trim().to_owned()
}

/// A word with a capital.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The contract's own word for a kind, its hyphens as spaces: `armed group`.
pub(crate) fn kind(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('-', " "),
        _ => String::new(),
    }
}

/// The kind of an actor.
pub(crate) fn actor(kind: ActorKind) -> String {
    match kind {
        ActorKind::Igo => "international body".to_owned(),
        ActorKind::Ngo => "NGO".to_owned(),
        _ => self::kind(kind),
    }
}

/// A number of things: `1 statement`, `3 statements`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The English name of a language tag that is met often, else the tag.
pub(crate) fn language(tag: &str) -> &str {
    match tag.split('-').next().unwrap_or_default() {
        "en" => "English",
        "fr" => "French",
        "de" => "German",
        "es" => "Spanish",
        "pt" => "Portuguese",
        "it" => "Italian",
        "nl" => "Dutch",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "ar" => "Arabic",
        "he" => "Hebrew",
        "fa" => "Persian",
        "tr" => "Turkish",
        "zh" => "Chinese",
        "ja" => "Japanese",
        "und" => "language not known",
        _ => tag,
    }
}

#[cfg(test)]
mod tests {
    use super::{Taxon, article, number};

    #[test]
    fn articles_are_written_as_lawyers_write_them() {
        for (code, said) in [
            ("rome-statute:8.2.b.ix", "Rome Statute 8(2)(b)(ix)"),
            ("rome-statute:7", "Rome Statute 7"),
            ("assault", "assault"),
            ("", ""),
        ] {
            assert_eq!(article(&Taxon(code.to_owned())), said);
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        for (value, said) in [
            (7.0, "7"),
            (1200.0, "1,200"),
            (-1200.5, "-1,200.5"),
            (70373.0, "70,373"),
            (1e6, "1,000,000"),
            (-100.0, "-100"),
        ] {
            assert_eq!(number(value), said);
        }
    }
}
