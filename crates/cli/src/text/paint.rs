//! The colours of the page. They are few, and none says what a word beside it does not say.

use anstyle::{AnsiColor, Color, Style};
use onrecord_record::Act;

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Running words.
    Plain,
    /// Names and titles.
    Strong,
    /// What stands back: ids, places, labels.
    Faint,
    /// The words that are spoken of, among those around them.
    Marked,
    /// Somebody's own words.
    Quoted,
    /// The head of a section.
    Head,
    /// What charges or fails.
    Red,
    /// What denies.
    Blue,
    /// What holds, admits or promises.
    Green,
    /// What warns or demands.
    Yellow,
    /// What finds or estimates.
    Cyan,
}

impl Tone {
    /// The tone of what a statement does.
    pub(crate) fn of(act: Act) -> Self {
        match act {
            Act::Accuse => Self::Red,
            Act::Deny => Self::Blue,
            Act::Admit | Act::Promise => Self::Green,
            Act::Warn | Act::Demand | Act::Order => Self::Yellow,
            Act::Find | Act::Estimate => Self::Cyan,
            Act::Say | Act::Believe | Act::Ask => Self::Plain,
        }
    }

    fn style(self) -> Style {
        let colour = |colour| Style::new().fg_color(Some(Color::Ansi(colour)));
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Marked => colour(AnsiColor::Cyan).bold(),
            Self::Quoted => Style::new().italic(),
            Self::Head => Style::new().bold().underline(),
            Self::Red => colour(AnsiColor::Red),
            Self::Blue => colour(AnsiColor::Blue),
            Self::Green => colour(AnsiColor::Green),
            Self::Yellow => colour(AnsiColor::Yellow),
            Self::Cyan => colour(AnsiColor::Cyan),
        }
    }
}

/// Adds words in a tone, without their style where the page has no colours.
pub(super) fn paint(out: &mut String, tone: Tone, words: &str, colours: bool) {
    if colours && tone != Tone::Plain && !words.is_empty() {
        let style = tone.style();
        out.push_str(&format!("{style}{words}{style:#}"));
    } else {
        out.push_str(words);
    }
}
