//! Markup: the tags of a page and the text between them, as they come.

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'p> {
    /// Text, its entities as they are.
    Text(&'p str),
    /// A tag.
    Tag(Tag<'p>),
}

/// A tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'p> {
    /// The name of its element.
    pub(super) name: &'p str,
    /// Whether it closes the element.
    pub(super) closes: bool,
    /// Whether it is all of the element.
    pub(super) empty: bool,
    attributes: &'p str,
}

impl<'p> Tag<'p> {
    /// The value of an attribute, its entities as they are.
    pub(super) fn attribute(&self, name: &str) -> Option<&'p str> {
        let mut rest = self.attributes;
        while let Some((before, behind)) = rest.split_once("=\"") {
            let (value, behind) = behind.split_once('"')?;
            if before.trim_start() == name {
                return Some(value);
            }
            rest = behind;
        }
        None
    }

    /// The tag that a text begins with, and how long it is.
    fn read(text: &'p str) -> Option<(Self, usize)> {
        let inside = text.strip_prefix('<')?;
        let end = inside.find('>')?;
        let (closes, inside) = match inside[..end].strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, &inside[..end]),
        };
        let (empty, inside) = match inside.strip_suffix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, attributes) =
            inside.split_at(inside.find(|c| !of_name(c)).unwrap_or(inside.len()));
        let tag = Self { name, closes, empty, attributes };
        (!name.is_empty()).then_some((tag, end + "<>".len()))
    }
}

/// The pieces of a page. Together they hold all of it; what opens like a tag and is none is text.
pub(super) fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut told, mut at) = (0, 0);
    while let Some(found) = page[at..].find('<') {
        at += found;
        match Tag::read(&page[at..]) {
            Some((tag, length)) => {
                if told < at {
                    pieces.push(Piece::Text(&page[told..at]));
                }
                pieces.push(Piece::Tag(tag));
                at += length;
                told = at;
            }
            None => at += 1,
        }
    }
    if told < page.len() {
        pieces.push(Piece::Text(&page[told..]));
    }
    pieces
}

/// The tags of a page.
pub(super) fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    pieces(page).into_iter().filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    })
}

/// What stands between the first opening and the last closing tag of an element that has no
/// attributes.
pub(super) fn inside<'p>(page: &'p str, element: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("<{element}>"))?;
    Some(rest.rsplit_once(&format!("</{element}>"))?.0)
}

/// A text with XML's five entities read.
pub(super) fn unescape(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_all_of_a_page() {
        let page = "a < b <T x=\"1\" yx=\"2\">c</T><T/> d";
        let [Piece::Text("a < b "), Piece::Tag(open), Piece::Text("c"), Piece::Tag(close), ..] =
            pieces(page)[..]
        else {
            panic!("{:?}", pieces(page));
        };
        assert_eq!((open.name, open.closes, open.empty), ("T", false, false));
        assert_eq!((open.attribute("x"), open.attribute("yx")), (Some("1"), Some("2")));
        assert_eq!(open.attribute("y"), None);
        assert!(close.closes);
        assert_eq!(tags(page).filter(|tag| tag.empty).count(), 1);
        assert_eq!(pieces(page).last(), Some(&Piece::Text(" d")));
    }

    #[test]
    fn entities_are_read_once() {
        assert_eq!(unescape("A&amp;B &amp;lt; &quot;c&quot;"), "A&B &lt; \"c\"");
    }

    #[test]
    fn the_inside_of_an_element_is_all_of_it() {
        assert_eq!(inside("<a>b</a>c</a>", "a"), Some("b</a>c"));
        assert_eq!(inside("<a>b", "a"), None);
    }
}
