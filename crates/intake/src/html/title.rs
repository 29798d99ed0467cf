//! The title of a page: the heading that prints what its metadata names.

use super::blocks::Found;
use super::metadata::Named;

/// A title, and where it stands in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) words: String,
    pub(super) path: String,
}

/// The title of a page. Of the headings that print one of the names in its metadata, the first of
/// the first rank, else the first; else the only heading of the first rank; else, where no name is
/// meant for readers, the heading shortly before the story; else the first name, less the outlet's
/// behind it.
pub(super) fn choose(found: &[Found], names: &[Named], outlet: Option<&str>) -> Option<Title> {
    let headings =
        || found.iter().filter(|block| block.kind == crate::BlockKind::Heading && !block.aside);
    let names_it = |block: &&Found| names.iter().any(|name| prints(&block.words, &name.words));
    let first_rank = || headings().filter(|block| block.first_rank);
    let printed = first_rank()
        .find(names_it)
        .or_else(|| headings().find(names_it))
        .or_else(|| first_rank().next().filter(|_| first_rank().count() == 1))
        .or_else(|| before_story(found).filter(|_| !names.iter().any(|name| name.meant)));
    if let Some(block) = printed {
        return Some(Title { words: block.words.clone(), path: block.path.clone() });
    }
    let name = names.first()?;
    let words = outlet.map_or(name.words.as_str(), |outlet| without(&name.words, outlet));
    Some(Title { words: words.to_owned(), path: name.path.clone() })
}

/// How many blocks may stand between a title and its story: a byline, a date, buttons.
const BETWEEN: usize = 6;

/// The last heading before the story's first words.
fn before_story(found: &[Found]) -> Option<&Found> {
    let story = found.iter().position(|block| block.kept)?;
    let before = &found[story.saturating_sub(BETWEEN)..story];
    before.iter().rev().find(|block| block.kind == crate::BlockKind::Heading && !block.aside)
}

/// Whether a heading prints a name: it is the name or its beginning before the outlet's, or nine in
/// ten of its words stand in the other.
fn prints(heading: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        parts.take(100).map(str::to_lowercase).collect()
    };
    let (heading, name) = (words(heading), words(name));
    let shared = heading.iter().filter(|word| name.contains(word)).count();
    !heading.is_empty()
        && (heading == name
            || (heading.len() > 2 && shared * 10 >= heading.len() * 9 && shared * 2 >= name.len()))
}

/// A name less the outlet's behind a dash or bar.
fn without<'n>(name: &'n str, outlet: &str) -> &'n str {
    let cut = name
        .strip_suffix(outlet)
        .map(str::trim_end)
        .and_then(|rest| rest.strip_suffix(['|', '-', '–', '—', '·', '»', ':']).map(str::trim_end));
    cut.filter(|rest| !rest.is_empty()).unwrap_or(name)
}
