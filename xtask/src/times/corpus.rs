//! Corpora with time expressions marked: their stories, and which of them may be looked at.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Timex, cat, timeml};
use crate::Outcome;
use crate::repository::Repository;

/// Where the corpora lie, in the folder beside the checkout.
const PLACE: &str = "corpora/time";
/// Why there is nothing to do where they do not.
pub(super) const ABSENT: &str =
    "skipped: there is no ../shared/corpora/time beside the checkout; name a folder with --corpus";

/// A text with the time expressions marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The text.
    pub(super) text: String,
    /// The day of publication, ISO 8601, as the corpus tells it.
    pub(super) published: Option<String>,
    /// Its time expressions. In a [`Story`], by their place.
    pub(super) gold: Vec<Timex>,
}

/// A document of a corpus.
#[derive(Debug)]
pub(super) struct Story {
    /// The corpus: the name of its folder.
    pub(super) corpus: String,
    /// The name of its file, without the ending.
    pub(super) name: String,
    /// What the file holds.
    pub(super) marked: Marked,
}

/// A part of the corpora. A quarter of the stories is never looked at one by one, so that the rules
/// cannot be written after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Those that rules may be written after.
    Seen,
    /// Those that are only ever counted.
    Unseen,
    /// Both.
    All,
}

impl Part {
    /// The part of a name.
    ///
    /// # Errors
    /// Where there is none of that name.
    pub(super) fn named(name: &str) -> Outcome<Self> {
        match name {
            "seen" => Ok(Self::Seen),
            "unseen" => Ok(Self::Unseen),
            "all" => Ok(Self::All),
            _ => Err(format!("no part {name:?}: there are seen, unseen and all")),
        }
    }

    /// Whether a story belongs to it, by its name.
    pub(super) fn holds(self, story: &str) -> bool {
        let unseen = crc32(story.as_bytes()).is_multiple_of(4);
        match self {
            Self::Seen => !unseen,
            Self::Unseen => unseen,
            Self::All => true,
        }
    }
}

/// The folder of the corpora: the one named, or the one beside the checkout where it is there.
pub(super) fn folder(named: Option<PathBuf>, repository: &Repository) -> Option<PathBuf> {
    named.or_else(|| repository.shared(PLACE))
}

/// The stories of a part: of each folder in a folder, or of the folder itself where those hold
/// none. Files ending in `.tml` are TimeML, those in `.xml` CAT XML. By corpus and name.
///
/// # Errors
/// Where a file cannot be read, is of another shape, or there is none.
pub(super) fn stories(folder: &Path, part: Part) -> Outcome<Vec<Story>> {
    let mut stories = Vec::new();
    for inside in entries(folder)?.iter().filter(|path| path.is_dir()) {
        add(inside, &name(inside), part, &mut stories)?;
    }
    if stories.is_empty() {
        add(folder, &name(folder), part, &mut stories)?;
    }
    stories.sort_by(|a, b| (&a.corpus, &a.name).cmp(&(&b.corpus, &b.name)));
    if stories.is_empty() {
        return Err(format!("{}: no .tml or .xml of that part in it", folder.display()));
    }
    Ok(stories)
}

fn add(folder: &Path, corpus: &str, part: Part, stories: &mut Vec<Story>) -> Outcome<()> {
    for path in entries(folder)? {
        let parse = match path.extension().and_then(|ending| ending.to_str()) {
            Some("tml") => timeml::parse,
            Some("xml") => cat::parse,
            _ if path.is_dir() => {
                add(&path, corpus, part, stories)?;
                continue;
            }
            _ => continue,
        };
        let name = name(&path);
        if part.holds(&name) {
            let blame = |why| format!("{}: {why}", path.display());
            let page = fs::read_to_string(&path).map_err(|e| blame(e.to_string()))?;
            let mut marked = parse(&page).map_err(blame)?;
            let order = |t: &Timex| (t.place.start, t.place.end, t.kind.clone(), t.value.clone());
            marked.gold.sort_by_key(order);
            stories.push(Story { corpus: corpus.to_owned(), name, marked });
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let blame = |e| format!("{}: {e}; name a folder of corpora with --corpus", folder.display());
    let paths = fs::read_dir(folder).map_err(blame)?;
    paths.map(|entry| entry.map(|entry| entry.path()).map_err(blame)).collect()
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The cyclic redundancy check of IEEE 802.3.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (crc >> 1) ^ (if crc & 1 == 1 { 0xEDB8_8320 } else { 0 });
    let add = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc));
    !bytes.iter().fold(u32::MAX, add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn a_story_is_seen_or_unseen() {
        // Python: `zlib.crc32(b"d") % 4 == 0`; of the others it is not.
        let unseen: Vec<&str> =
            ["a", "b", "c", "d"].into_iter().filter(|name| Part::Unseen.holds(name)).collect();
        assert_eq!(unseen, ["d"]);
        assert!(["a", "d"].iter().all(|name| Part::All.holds(name)));
        assert!(Part::Seen.holds("a") && !Part::Seen.holds("d"));
        assert!(Part::named("some").is_err());
    }

    #[test]
    fn the_folder_named_comes_before_the_one_beside_the_checkout() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().join("checkout");
        let repository = Repository { target: root.join("target"), root, packages: Vec::new() };
        assert_eq!(folder(None, &repository), None);
        assert_eq!(folder(Some("a".into()), &repository), Some("a".into()));
        let beside = place.path().join("shared").join(PLACE);
        fs::create_dir_all(&beside).unwrap();
        assert_eq!(folder(None, &repository), Some(beside));
    }

    #[test]
    fn corpora_are_the_folders_of_a_folder() {
        let place = tempfile::tempdir().unwrap();
        let page = "<TEXT>in <TIMEX3 type=\"DATE\" value=\"2031\">2031</TIMEX3></TEXT>";
        for file in ["north/in/b.tml", "north/a.tml", "north/a.txt", "south/d.tml"] {
            let path = place.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, page).unwrap();
        }
        let told = |folder: &Path, part| {
            let stories = stories(folder, part).unwrap();
            stories.into_iter().map(|story| (story.corpus, story.name)).collect::<Vec<_>>()
        };
        let of = |corpus: &str, name: &str| (corpus.to_owned(), name.to_owned());
        let (a, b, d) = (of("north", "a"), of("north", "b"), of("south", "d"));
        assert_eq!(told(place.path(), Part::All), [a, b, d.clone()]);
        assert_eq!(told(&place.path().join("south"), Part::Unseen), [d]);
        assert!(stories(&place.path().join("south"), Part::Seen).is_err());
        assert!(stories(&place.path().join("east"), Part::All).unwrap_err().contains("--corpus"));
        fs::write(place.path().join("south/a.xml"), "<Document/>").unwrap();
        assert!(stories(place.path(), Part::All).unwrap_err().contains("a.xml"));
    }
}
