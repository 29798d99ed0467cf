//! TimeML: a text with its time expressions marked in it (TimeML 1.2.1, as TempEval-3 used it).

use super::Timex;
use super::corpus::Marked;
use super::markup::{Piece, Tag, inside, pieces, tags, unescape};
use crate::Outcome;

/// The text of a page's `TEXT` and the expressions marked in it. The one that says when the page
/// was made is not among them: it gives the day of publication.
///
/// # Errors
/// Where there is no `TEXT`, or a `TIMEX3` closes that was not opened.
pub(super) fn parse(page: &str) -> Outcome<Marked> {
    let body = inside(page, "TEXT").ok_or("no <TEXT> in it")?;
    let made = tags(page).find(|tag| tag.name == "TIMEX3" && tells_making(tag));
    let published = made.and_then(|tag| tag.attribute("value")).map(day);
    let mut text = String::new();
    let mut open = Vec::new();
    let mut gold = Vec::new();
    for piece in pieces(body) {
        match piece {
            Piece::Text(words) => text.push_str(&unescape(words)),
            Piece::Tag(tag) if tag.name != "TIMEX3" || tag.empty => {}
            Piece::Tag(tag) if !tag.closes => open.push((text.len(), tag)),
            Piece::Tag(_) => {
                let (start, tag) = open.pop().ok_or("a TIMEX3 closes that was not opened")?;
                if start < text.len() && !tells_making(&tag) {
                    gold.push(Timex {
                        place: start..text.len(),
                        kind: tag.attribute("type").map(ToOwned::to_owned),
                        value: tag.attribute("value").map(ToOwned::to_owned),
                    });
                }
            }
        }
    }
    Ok(Marked { text, published, gold })
}

/// Whether a `TIMEX3` says when the document was made.
fn tells_making(tag: &Tag<'_>) -> bool {
    matches!(tag.attribute("functionInDocument"), Some("CREATION_TIME" | "PUBLICATION_TIME"))
}

/// The day of a date or date-time.
fn day(value: &str) -> String {
    value.chars().take("2026-03-03".len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str = r#"<TIMEX3 tid="t0" type="TIME" value="2031-05-06T08:00" functionInDocument="CREATION_TIME">"#;

    #[test]
    fn a_page_gives_text_day_and_expressions() {
        let page = format!(
            "<TimeML><DCT>{MADE}6 May</TIMEX3></DCT><TEXT>\n{MADE}6 May</TIMEX3> – Kesh &amp; Co \
             <EVENT eid=\"e1\">closed</EVENT> <TIMEX3 type=\"DATE\" value=\"2031-04-01\">on \
             <TIMEX3 type=\"SET\">April</TIMEX3> 1</TIMEX3><TIMEX3 type=\"DATE\"></TIMEX3>.\n\
             </TEXT></TimeML>"
        );
        let marked = parse(&page).unwrap();
        assert_eq!(marked.text, "\n6 May – Kesh & Co closed on April 1.\n");
        assert_eq!(marked.published.as_deref(), Some("2031-05-06"));
        let told = |t: &Timex| (marked.text[t.place.clone()].to_owned(), t.value.clone());
        let told: Vec<_> = marked.gold.iter().map(told).collect();
        let whole = ("on April 1".to_owned(), Some("2031-04-01".to_owned()));
        assert_eq!(told, [("April".to_owned(), None), whole]);
    }

    #[test]
    fn a_page_of_another_shape_is_refused() {
        assert!(parse("<TimeML></TimeML>").is_err());
        assert!(parse("<TEXT>a</TIMEX3></TEXT>").is_err());
    }
}
