//! CAT XML: a text as tokens, and marks that name them (the Content Annotation Tool, as the
//! MEANTIME corpus uses it: Minard et al. 2016).
//!
//! MEANTIME's articles are marked up to their sixth sentence or so. What lies behind the last
//! sentence that carries a mark of any kind was not looked at, and is left out. Sentence 0 is the
//! title. Sentence 1 is the date line: it gives the day of publication, by its words, for the value
//! of its mark is once written day-month-year and once mistyped; it is left out of the text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::corpus::Marked;
use super::markup::{Piece, Tag, inside, pieces, tags, unescape};
use super::{Timex, detokenise};
use crate::Outcome;

const DATE_LINE: usize = 1;

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
];

struct Token<'p> {
    id: &'p str,
    sentence: usize,
    word: String,
}

/// The text of a page as far as it was marked, a sentence a paragraph, and its time expressions.
/// An expression without words, which only says when something ends, is not among them.
///
/// # Errors
/// Where the page is no CAT XML, a mark names no token, or the date line is no date.
pub(super) fn parse(page: &str) -> Outcome<Marked> {
    let mut tokens = tokens(page)?;
    let sentences: BTreeMap<&str, usize> = tokens.iter().map(|t| (t.id, t.sentence)).collect();
    let marks = inside(page, "Markables").ok_or("no <Markables> in it")?;
    let mut last = 0;
    for id in tags(marks).filter_map(|tag| anchored(&tag)) {
        let sentence = sentences.get(id).ok_or_else(|| format!("a mark on {id}, no token"))?;
        last = last.max(*sentence);
    }
    let date_line = tokens.iter().filter(|token| token.sentence == DATE_LINE);
    let date_line: Vec<&str> = date_line.map(|token| token.word.as_str()).collect();
    let published = date(&date_line).ok_or_else(|| format!("{date_line:?} is no date"))?;
    tokens.retain(|token| token.sentence != DATE_LINE && token.sentence <= last);
    let words: Vec<(usize, &str)> = tokens.iter().map(|t| (t.sentence, t.word.as_str())).collect();
    let (text, places) = detokenise::text(&words);
    let places: BTreeMap<&str, Range<usize>> =
        tokens.iter().map(|token| token.id).zip(places).collect();
    Ok(Marked { text, published: Some(published), gold: expressions(marks, &places) })
}

fn tokens(page: &str) -> Outcome<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut pieces = pieces(page).into_iter();
    while let Some(piece) = pieces.next() {
        let Piece::Tag(tag) = piece else { continue };
        if tag.name != "token" || tag.closes {
            continue;
        }
        let sentence = tag.attribute("sentence").and_then(|sentence| sentence.parse().ok());
        let (Some(id), Some(sentence), Some(Piece::Text(word))) =
            (tag.attribute("t_id"), sentence, pieces.next())
        else {
            return Err("a token without its number, its sentence or a word".into());
        };
        tokens.push(Token { id, sentence, word: unescape(word) });
    }
    Ok(tokens)
}

/// The token that a tag of a mark names.
fn anchored<'p>(tag: &Tag<'p>) -> Option<&'p str> {
    tag.attribute("t_id").filter(|_| tag.name == "token_anchor")
}

/// The time expressions among the marks whose tokens have a place.
fn expressions(marks: &str, places: &BTreeMap<&str, Range<usize>>) -> Vec<Timex> {
    let mut gold = Vec::new();
    let mut open: Option<Timex> = None;
    for tag in tags(marks) {
        if tag.name == "TIMEX3" {
            gold.extend(open.take().filter(|timex| !timex.place.is_empty()));
            let attribute = |name| tag.attribute(name).map(ToOwned::to_owned);
            let (kind, value) = (attribute("type"), attribute("value"));
            open = (!tag.closes && !tag.empty).then_some(Timex { place: 0..0, kind, value });
        } else if let (Some(timex), Some(id)) = (&mut open, anchored(&tag))
            && let Some(place) = places.get(id)
        {
            let start = if timex.place.is_empty() { place.start } else { timex.place.start };
            timex.place = start..place.end;
        }
    }
    gold
}

/// The day of `["May", "6", ",", "2031"]`.
fn date(words: &[&str]) -> Option<String> {
    let [month, day, ",", year] = words else { return None };
    let month = MONTHS.iter().position(|name| name == month)? + 1;
    let (day, year) = (day.parse::<u8>().ok()?, year.parse::<u16>().ok()?);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of sentences with marks on tokens: the name of the mark, its attributes, and the
    /// first and the last token.
    fn page(sentences: &[&str], marks: &[(&str, &str, Range<usize>)]) -> String {
        let words = sentences.iter().zip(0..).flat_map(|(s, n)| s.split(' ').map(move |w| (n, w)));
        let token = |(id, (n, w)): (usize, (i32, &str))| {
            format!("<token number=\"{id}\" sentence=\"{n}\" t_id=\"{id}\">{w}</token>\n")
        };
        let tokens: String = words.enumerate().map(token).collect();
        let mark = |(name, attributes, on): &(&str, &str, Range<usize>)| {
            let anchors: String =
                on.clone().map(|id| format!("<token_anchor t_id=\"{id}\"/>\n")).collect();
            format!("<{name} {attributes}>\n{anchors}</{name}>\n")
        };
        let marks: String = marks.iter().map(mark).collect();
        format!("<Document>\n{tokens}<Markables>\n{marks}</Markables>\n<Relations/></Document>")
    }

    #[test]
    fn a_page_is_read_as_far_as_it_is_marked() {
        let sentences =
            ["Port shut", "May 06 , 2031", "It shut on May 5 .", "No ship came .", "On May 9 ?"];
        let made = r#"type="DATE" value="06-05-2031" functionInDocument="CREATION_TIME""#;
        let on = r#"functionInDocument="NONE" type="DATE" value="2031-05-05""#;
        let marks = [("TIMEX3", made, 2..6), ("TIMEX3", on, 9..11), ("EVENT_MENTION", "", 14..15)];
        let page = page(&sentences, &marks);
        let wordless = "<Markables>\n<TIMEX3 type=\"DATE\" value=\"2032\"/>\n<EVENT_MENTION>\n\
                        <token_anchor t_id=\"6\"/>\n</EVENT_MENTION>";
        let marked = parse(&page.replace("<Markables>", wordless)).unwrap();
        assert_eq!(marked.text, "Port shut\n\nIt shut on May 5.\n\nNo ship came.");
        assert_eq!(marked.published.as_deref(), Some("2031-05-06"));
        let [timex] = marked.gold.as_slice() else { panic!("{:?}", marked.gold) };
        assert_eq!(&marked.text[timex.place.clone()], "May 5");
        assert_eq!(timex.kind.as_deref(), Some("DATE"));
        assert_eq!(timex.value.as_deref(), Some("2031-05-05"));
    }

    #[test]
    fn a_page_of_another_shape_is_refused() {
        assert!(parse("<Document></Document>").is_err());
        let undated = page(&["Port shut", "In May", "It shut ."], &[]);
        assert!(parse(&undated).unwrap_err().contains("is no date"));
        let off = page(&["Port shut", "May 6 , 2031"], &[("TIMEX3", "", 7..8)]);
        assert_eq!(parse(&off).unwrap_err(), "a mark on 7, no token");
        assert!(parse("<token t_id=\"1\">a</token>").is_err());
    }
}
