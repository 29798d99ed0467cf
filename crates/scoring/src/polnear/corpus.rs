//! PolNeAR's articles: a text each, and its attributions in the standoff format of brat.

use std::fs;
use std::path::PathBuf;

use onrecord_record::Extent;

use crate::failure::Failure;
use crate::text_of;

/// The roles of words in an attribution, in the order of [`Attribution::roles`].
pub(super) const ROLES: [&str; 3] = ["source", "cue", "content"];

/// An article and its gold attributions.
#[derive(Debug)]
pub(super) struct Article {
    /// Its text's file.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
    /// Its attributions, as its alphabetically first annotator marked them.
    pub(super) gold: Vec<Attribution>,
}

/// The pieces of each role: in text order, apart, no two parted by white space alone, none
/// beginning or ending with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    pub(super) roles: [Vec<Extent>; 3],
}

impl Attribution {
    /// The attribution of some pieces of a text, in any order.
    #[must_use]
    pub(super) fn new(pieces: [Vec<Extent>; 3], text: &str) -> Self {
        Self { roles: pieces.map(|pieces| merged(pieces, text)) }
    }

    /// The pieces of its content.
    #[must_use]
    pub(super) fn content(&self) -> &[Extent] {
        &self.roles[2]
    }
}

/// Why annotations cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("line {0}: no annotation of brat's standoff format")]
    Malformed(usize),
    #[error("line {0}: a place that the article's text does not have")]
    Outside(usize),
}

/// The articles of a folder with `text/` and `attributions/` in it, by name; those that nobody
/// annotated are left out.
pub(super) fn articles(folder: &str) -> Result<Vec<Article>, Failure> {
    let texts = names(&format!("{folder}/text"), ".txt")?;
    let annotations = names(&format!("{folder}/attributions"), ".ann")?;
    let mut articles = Vec::new();
    for name in texts {
        let several = format!("{name}_");
        let mut annotators = annotations.iter().filter(|of| of.starts_with(&several));
        let Some(annotation) =
            annotators.next().or_else(|| annotations.iter().find(|of| **of == name))
        else {
            continue;
        };
        let path = format!("{folder}/text/{name}.txt");
        let text = text_of(&path)?;
        let standoff = format!("{folder}/attributions/{annotation}.ann");
        let gold = attributions(&text_of(&standoff)?, &text)
            .map_err(|cause| Failure::Standoff { path: standoff, cause })?;
        articles.push(Article { path, text, gold });
    }
    if articles.is_empty() {
        return Err(Failure::Nothing { path: folder.to_owned(), what: "text with annotations" });
    }
    Ok(articles)
}

/// The names of the files of a folder that end so, without the ending, in order.
fn names(folder: &str, ending: &str) -> Result<Vec<String>, Failure> {
    let missing = |cause| Failure::Missing { path: folder.to_owned(), cause };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(missing)? {
        let path: PathBuf = entry.map_err(missing)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(ending).map(ToOwned::to_owned));
    }
    names.sort();
    Ok(names)
}

/// The attributions of annotations that count places in characters.
fn attributions(standoff: &str, text: &str) -> Result<Vec<Attribution>, Fault> {
    let places: Vec<usize> =
        text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
    let mut stretches = Vec::new();
    let mut events = Vec::new();
    for (line, number) in standoff.lines().zip(1..) {
        let malformed = Fault::Malformed(number);
        let mut fields = line.split('\t');
        let (Some(id), fields) = (fields.next(), fields.next()) else { continue };
        // The words of a stretch may run on over lines, which begin with no id.
        let is = |kind| {
            let number = id.strip_prefix(kind).unwrap_or_default();
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        };
        if is('T') {
            let (_, pieces) = fields.and_then(|fields| fields.split_once(' ')).ok_or(malformed)?;
            let pieces = pieces.split(';').map(|piece| extent(piece, number, &places));
            stretches.push((id, pieces.collect::<Result<Vec<_>, _>>()?));
        } else if is('E') {
            events.push(fields.ok_or(malformed)?);
        }
    }
    let of = |event: &str| {
        let mut pieces = [const { Vec::new() }; 3];
        for part in event.split_whitespace() {
            let Some((role, id)) = part.split_once(':') else { continue };
            let role = role.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
            if let Some(role) = ROLES.iter().position(|name| *name == role) {
                let found = stretches.iter().filter(|(name, _)| *name == id);
                pieces[role].extend(found.flat_map(|(_, pieces)| pieces.iter().copied()));
            }
        }
        Attribution::new(pieces, text)
    };
    Ok(events.into_iter().map(of).collect())
}

/// The extent of two places in characters, parted by a space.
fn extent(piece: &str, line: usize, places: &[usize]) -> Result<Extent, Fault> {
    let (start, end) = piece.split_once(' ').ok_or(Fault::Malformed(line))?;
    let place = |number: &str| {
        let number: usize = number.parse().map_err(|_| Fault::Malformed(line))?;
        places.get(number).copied().ok_or(Fault::Outside(line))
    };
    Ok(Extent::at(place(start)?..place(end)?))
}

/// Pieces without white space around them, those joined that white space alone parts.
fn merged(mut pieces: Vec<Extent>, text: &str) -> Vec<Extent> {
    pieces.sort();
    let mut out: Vec<Extent> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let words = piece.of(text).unwrap_or_default();
        let start = piece.start.index() + words.len() - words.trim_start().len();
        let piece = Extent::at(start..start + words.trim().len());
        if piece.is_empty() {
            continue;
        }
        let parted = |last: &Extent| {
            let between = text.get(last.end.index()..piece.start.index()).unwrap_or_default();
            !between.trim().is_empty()
        };
        match out.last_mut() {
            Some(last) if !parted(last) => *last = last.cover(piece),
            _ => out.push(piece),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“Ferries wait,” the pilot of Lumen said.  “They wait.”";

    fn words(pieces: &[Extent]) -> Vec<&'static str> {
        pieces.iter().map(|piece| piece.of(TEXT).unwrap()).collect()
    }

    #[test]
    fn attributions_are_events_of_stretches_counted_in_characters() {
        let standoff = "T1\tSource 16 34\tthe pilot of Lumen\nT2\tCue 35 39\tsaid\n\
                        T3\tContent 0 15;42 54\t“Ferries wait,”\nThey wait\nT4\tAttribution 35 39\tsaid\n\
                        #1\tAnnotatorNotes T1\tplain\nE1\tAttribution:T4 Source:T1 Cue:T2 Content2:T3\n\
                        E2\tAttribution:T4 Cue:T2 Source:T9\n";
        let gold = attributions(standoff, TEXT).unwrap();
        assert_eq!(gold.len(), 2);
        assert_eq!(words(&gold[0].roles[0]), ["the pilot of Lumen"]);
        assert_eq!(words(&gold[0].roles[1]), ["said"]);
        assert_eq!(words(gold[0].content()), ["“Ferries wait,”", "“They wait.”"]);
        assert!(gold[1].roles[0].is_empty() && gold[1].content().is_empty());
    }

    #[test]
    fn pieces_are_merged_over_white_space_and_trimmed() {
        let text = "a bc  d, e";
        let at = |ranges: &[(usize, usize)]| -> Vec<Extent> {
            ranges.iter().map(|(start, end)| Extent::at(*start..*end)).collect()
        };
        assert_eq!(merged(at(&[(6, 7), (1, 4)]), text), at(&[(2, 7)]));
        assert_eq!(merged(at(&[(0, 1), (6, 7), (9, 10)]), text), at(&[(0, 1), (6, 7), (9, 10)]));
        assert_eq!(merged(at(&[(0, 4), (2, 3)]), text), at(&[(0, 4)]));
        assert_eq!(merged(at(&[(4, 6), (1, 2)]), text), at(&[]));
    }

    #[test]
    fn annotations_of_another_shape_are_refused_by_line() {
        let fault = |standoff: &str| attributions(standoff, TEXT).unwrap_err();
        assert_eq!(fault("T1\tSource 0 7\tw\nT2\tCue\n"), Fault::Malformed(2));
        assert_eq!(fault("T1\tCue 0 x\tw\n"), Fault::Malformed(1));
        assert_eq!(fault("E1\n"), Fault::Malformed(1));
        assert_eq!(fault("T1\tCue 50 99\tw\n"), Fault::Outside(1));
    }
}
