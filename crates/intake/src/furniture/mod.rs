//! Furniture: what is printed around a story and is not story, by the rules of a pack.

mod rule;
mod template;

use onrecord_packs::{Pack, PackError};
use onrecord_record::Extent;
use serde::Deserialize;

use self::rule::{Place, Role, Rule, RuleText, Told, Vocabulary};
use self::template::{Placeholders, Words};
use crate::date::Written;
use crate::draft::trimmed;
use crate::layout::line_ranges;
use crate::{Block, BlockKind};

const FILE: &str = "furniture.toml";

/// The pack's file, as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    labels: Vec<String>,
    words: Words,
    date: Vec<RuleText>,
    header: Vec<RuleText>,
    dateline: Vec<RuleText>,
    signoff: Vec<RuleText>,
    closing: Vec<RuleText>,
    caption: Vec<RuleText>,
}

/// The rules of a pack, compiled.
#[derive(Debug)]
pub(crate) struct Furniture {
    labels: Vec<String>,
    vocabulary: Vocabulary,
    headers: Vec<Rule>,
    leads: Vec<Rule>,
    datelines: Vec<Rule>,
    signoffs: Vec<Rule>,
    closings: Vec<Rule>,
    captions: Vec<Rule>,
}

/// What the furniture of a story tells.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) published: Option<Written>,
    pub(crate) updated: Option<Written>,
    pub(crate) byline: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) filed: Option<Written>,
}

/// How many blocks at the head may hold furniture before the story begins.
const HEAD_BLOCKS: usize = 14;
/// How many bytes of a line or of a block's start or end are read for furniture.
const REACH: usize = 320;
/// A paragraph of more words than this begins the story.
const STORY_WORDS: usize = 24;
/// How many blocks of the story a dateline may come after: a summary, a key point.
const DATELINE_BLOCKS: usize = 6;
/// How many pieces of furniture may follow a story.
const CLOSING_BLOCKS: usize = 8;

impl Furniture {
    pub(crate) fn new(pack: &Pack) -> Result<Self, PackError> {
        let error = |cause: String| PackError::new(pack.path(FILE), cause);
        let file: File = pack.file(FILE)?;
        let calendar = pack.calendar()?;
        let mut placeholders = Placeholders::new(&file.words, &calendar);
        let vocabulary = Vocabulary::new(&file.words, &file.date, &calendar, &mut placeholders);
        let vocabulary = vocabulary.map_err(error)?;
        let compile = |rules: &[RuleText], place: Place| -> Result<Vec<Rule>, PackError> {
            let rule = |text: &RuleText| Rule::new(&text.pattern, place, text.role, &placeholders);
            rules.iter().map(rule).collect::<Result<_, _>>().map_err(error)
        };
        let (leads, headers): (Vec<_>, Vec<_>) = file.header.into_iter().partition(|r| r.leads);
        let (opening, ending): (Vec<_>, Vec<_>) = file.caption.into_iter().partition(|r| r.leads);
        let mut captions = compile(&opening, Place::Start)?;
        captions.extend(compile(&ending, Place::End)?);
        Ok(Self {
            labels: file.labels,
            headers: compile(&headers, Place::Whole)?,
            leads: compile(&leads, Place::Lead)?,
            datelines: compile(&file.dateline, Place::Start)?,
            signoffs: compile(&file.signoff, Place::End)?,
            closings: compile(&file.closing, Place::Whole)?,
            captions,
            vocabulary,
        })
    }

    /// Splits the furniture off the blocks of a text and gives what it tells. The blocks still
    /// hold the same words.
    pub(crate) fn read(&self, text: &str, blocks: &mut Vec<Block>) -> Printed {
        let mut printed = Printed::default();
        self.header(text, blocks, &mut printed);
        self.captions(text, blocks);
        self.dateline(text, blocks, &mut printed);
        self.closing(text, blocks, &mut printed);
        printed
    }

    /// The date that `words` write, with its year.
    pub(crate) fn date(&self, words: &str) -> Option<String> {
        self.vocabulary.date(words)?.value()
    }

    /// The number of a month by its name.
    pub(crate) fn month(&self, name: &str) -> Option<i8> {
        self.vocabulary.month(name)
    }

    /// Whether `words` name a news agency and nothing else.
    pub(crate) fn is_agency(&self, words: &str) -> bool {
        self.vocabulary.is_agency(words.trim())
    }

    /// The names or the agency in a byline, less the words around them; `words` themselves where no
    /// rule knows them.
    pub(crate) fn names(&self, words: &str) -> String {
        let words = words.trim();
        let told = self
            .first(&self.headers, reach(words))
            .and_then(|(_, _, told)| told.names.or(told.agency));
        told.unwrap_or_else(|| words.to_owned())
    }

    fn first<'r>(&self, rules: &'r [Rule], words: &str) -> Option<(&'r Rule, Extent, Told)> {
        rules.iter().find_map(|rule| {
            let (extent, told) = rule.fire(words, &self.vocabulary)?;
            Some((rule, extent, told))
        })
    }

    fn header(&self, text: &str, blocks: &mut Vec<Block>, printed: &mut Printed) {
        let mut read = Vec::with_capacity(blocks.len() + 4);
        let mut open = true;
        for (index, block) in blocks.iter().enumerate() {
            let heads = matches!(block.kind, BlockKind::Paragraph | BlockKind::Title);
            if !open || !heads || index >= HEAD_BLOCKS {
                read.push(*block);
                continue;
            }
            let left = self.header_block(text, *block, printed, &mut read);
            open = left.is_none_or(|extent| {
                let words = extent.of(text).unwrap_or_default();
                words.split_whitespace().nth(STORY_WORDS).is_none()
            });
        }
        *blocks = read;
    }

    /// Reads the lines of a block at the head; gives the last stretch that is no furniture.
    fn header_block(
        &self,
        text: &str,
        block: Block,
        printed: &mut Printed,
        read: &mut Vec<Block>,
    ) -> Option<Extent> {
        let mut rest = block.extent;
        while let Some((rule, taken, told)) =
            self.first(&self.leads, reach(rest.of(text).unwrap_or_default()))
        {
            let start = rest.start.index();
            let taken = Extent::at(start + taken.start.index()..start + taken.end.index());
            printed.take(rule.role, told);
            read.push(Block { extent: taken, kind: BlockKind::Furniture });
            rest = trimmed(text, taken.end.index()..block.extent.end.index())?;
        }
        let lines: Vec<Extent> = line_ranges(text, rest.range()).into_iter().flatten().collect();
        if lines.len() > HEAD_BLOCKS {
            read.push(Block { extent: rest, kind: block.kind });
            return Some(rest);
        }
        let mut left: Option<Extent> = None;
        for line in lines {
            let words = line.of(text).unwrap_or_default();
            let found = (words.len() <= REACH).then(|| self.first(&self.headers, words)).flatten();
            match found {
                Some((rule, _, told)) => {
                    read.extend(left.take().map(|extent| Block { extent, kind: block.kind }));
                    printed.take(rule.role, told);
                    read.push(Block { extent: line, kind: BlockKind::Furniture });
                }
                None => left = Some(left.map_or(line, |before| before.cover(line))),
            }
        }
        read.extend(left.map(|extent| Block { extent, kind: block.kind }));
        left
    }

    fn captions(&self, text: &str, blocks: &mut [Block]) {
        for block in blocks.iter_mut().filter(|block| block.kind == BlockKind::Paragraph) {
            let words = block.extent.of(text).unwrap_or_default();
            if words.len() <= REACH && self.first(&self.captions, words).is_some() {
                block.kind = BlockKind::Caption;
            }
        }
    }

    fn dateline(&self, text: &str, blocks: &mut Vec<Block>, printed: &mut Printed) {
        let story = blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Paragraph);
        for (index, block) in story.take(DATELINE_BLOCKS) {
            let words = reach(block.extent.of(text).unwrap_or_default());
            let Some((_, taken, told)) = self.first(&self.datelines, words) else { continue };
            let labelled = |place: &String| self.labels.contains(place);
            if told.place.as_ref().is_some_and(labelled) {
                continue;
            }
            let start = block.extent.start.index();
            let taken = Extent::at(start + taken.start.index()..start + taken.end.index());
            printed.agency = told.agency.or(printed.agency.take());
            printed.place = told.place;
            printed.filed = told.date;
            let rest = trimmed(text, taken.end.index()..block.extent.end.index());
            let kind = block.kind;
            blocks[index] = Block { extent: taken, kind: BlockKind::Furniture };
            if let Some(extent) = rest {
                blocks.insert(index + 1, Block { extent, kind });
            }
            return;
        }
    }

    fn closing(&self, text: &str, blocks: &mut Vec<Block>, printed: &mut Printed) {
        let mut at = blocks.len();
        for _ in 0..CLOSING_BLOCKS {
            // The first block is the story or its title, whatever it looks like.
            let Some(index) = blocks[..at].iter().rposition(|b| b.kind != BlockKind::Furniture)
            else {
                return;
            };
            let block = blocks[index];
            let words = block.extent.of(text).unwrap_or_default();
            let alone = index > 0 && words.len() <= REACH;
            let dated = |rule: &Rule| matches!(rule.role, Some(Role::Published | Role::Updated));
            let whole = alone
                .then(|| {
                    self.first(&self.closings, words)
                        .or_else(|| self.first(&self.headers, words).filter(|(r, ..)| dated(r)))
                })
                .flatten();
            if let Some((rule, _, told)) = whole {
                printed.take(rule.role, told);
                blocks[index].kind = BlockKind::Furniture;
                at = index;
                continue;
            }
            let tail = tail(words);
            let Some((_, taken, told)) = self.first(&self.signoffs, tail) else { return };
            let start = block.extent.end.index() - tail.len() + taken.start.index();
            let Some(before) = trimmed(text, block.extent.start.index()..start) else {
                if index == 0 {
                    return;
                }
                printed.take(None, told);
                blocks[index].kind = BlockKind::Furniture;
                at = index;
                continue;
            };
            printed.take(None, told);
            let taken = Extent::at(start..block.extent.end.index());
            blocks[index].extent = before;
            blocks.insert(index + 1, Block { extent: taken, kind: BlockKind::Furniture });
            at = index + 1;
        }
    }
}

impl Printed {
    /// What is told first counts.
    fn take(&mut self, role: Option<Role>, told: Told) {
        let Told { date, place, agency, names } = told;
        match role {
            Some(Role::Published) => self.published = self.published.take().or(date),
            Some(Role::Updated) => self.updated = self.updated.take().or(date),
            Some(Role::Byline) | None => self.byline = self.byline.take().or(names),
        }
        self.agency = self.agency.take().or(agency);
        self.place = self.place.take().or(place);
    }
}

fn reach(words: &str) -> &str {
    &words[..words.floor_char_boundary(REACH)]
}

fn tail(words: &str) -> &str {
    &words[words.ceil_char_boundary(words.len().saturating_sub(REACH))..]
}

#[cfg(test)]
mod tests;
