//! Text to HTML. Whatever a document holds stays text.

pub(super) use onrecord_casebook::escaped as text;

/// A value of an attribute with its quotation marks.
pub(super) fn attribute(words: &str) -> String {
    format!("\"{}\"", text(words))
}

/// HTML that is being written.
#[derive(Debug)]
pub(super) struct Html {
    out: String,
}

impl Html {
    pub(super) fn new() -> Self {
        Self { out: String::new() }
    }

    /// Adds HTML as it is: our own, or what [`text`] and [`attribute`] made.
    pub(super) fn raw(&mut self, html: &str) -> &mut Self {
        self.out.push_str(html);
        self
    }

    /// Adds text.
    pub(super) fn text(&mut self, words: &str) -> &mut Self {
        self.out.push_str(&text(words));
        self
    }

    /// Adds an element of a class that holds text in whatever direction it runs.
    pub(super) fn said(&mut self, element: &str, class: &str, words: &str) -> &mut Self {
        self.raw("<").raw(element).raw(" class=").raw(&attribute(class)).raw(" dir=auto>");
        self.text(words).raw("</").raw(element).raw(">")
    }

    /// Adds a link within the page.
    pub(super) fn link(&mut self, class: &str, to: &str, words: &str) -> &mut Self {
        self.raw("<a class=").raw(&attribute(class)).raw(" href=");
        self.raw(&attribute(&format!("#{to}"))).raw(">").text(words).raw("</a>")
    }

    pub(super) fn done(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_an_element_or_leaves_its_attribute() {
        assert_eq!(text("<b>&\"'\0\r\n"), "&lt;b&gt;&amp;&quot;&#39;\u{fffd}\n");
        assert_eq!(attribute("\" onclick=x"), "\"&quot; onclick=x\"");
    }
}
