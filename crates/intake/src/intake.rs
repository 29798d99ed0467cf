//! From a unit to its document: format, language, furniture, structure, dates.

use onrecord_packs::{Pack, PackError};
use onrecord_record::{Basis, Dateline, Notice, NoticeKind, Published, Sha256, SourceFile};

use crate::draft::{Draft, Metadata};
use crate::furniture::{Furniture, Printed};
use crate::{
    BlockKind, Document, Format, Refusal, Unit, date, html, json, language, plain, structure,
};

/// How much of a document is read. What exceeds a limit is refused, never cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of one document, as it comes and decoded. More than `u32::MAX` of text is refused
    /// whatever the limit.
    pub bytes: u64,
    /// How deep the elements of a page may nest.
    pub depth: usize,
}

impl Default for Limits {
    /// 64 MiB, and 512 elements deep.
    fn default() -> Self {
        Self { bytes: 64 << 20, depth: 512 }
    }
}

impl Limits {
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub(crate) fn hold(&self, bytes: usize) -> Result<(), Refusal> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let limit = self.bytes.min(u32::MAX.into());
        if bytes > limit { Err(Refusal::TooLarge { bytes, limit }) } else { Ok(()) }
    }
}

/// What is known of a document from elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// When it was published: an ISO 8601 date or date-time. It counts before all that the
    /// document says.
    pub published: Option<String>,
    /// Its language, BCP 47. It counts before all that the document says.
    pub language: Option<String>,
    /// How much is read.
    pub limits: Limits,
}

/// Everything that intake reads with, compiled once and shared by all threads.
#[derive(Debug)]
pub struct Intake {
    packs: Vec<Pack>,
    furniture: Vec<Furniture>,
}

impl Intake {
    /// Intake with every pack that ships.
    ///
    /// # Errors
    /// Where a pack's furniture cannot be compiled.
    pub fn new() -> Result<Self, PackError> {
        let packs = Pack::all()?;
        let furniture = packs.iter().map(Furniture::new).collect::<Result<_, _>>()?;
        Ok(Self { packs, furniture })
    }

    /// The document of a unit. Its blocks are ordered and apart, begin and end without white space
    /// and hold all other characters of the text; every span lies in the text.
    ///
    /// # Errors
    /// [`Refusal`], where the unit is no document that can be read.
    pub fn read(&self, unit: &Unit<'_>, options: &Options) -> Result<Document, Refusal> {
        let given = Given::of(options)?;
        options.limits.hold(unit.bytes.len())?;
        let mut draft = draft(unit, options)?;
        options.limits.hold(draft.text.len())?;
        match draft.text.find(|c: char| !c.is_whitespace() && c != '\u{FEFF}') {
            None => return Err(Refusal::Empty),
            Some(_) if !draft.text.contains(char::is_alphanumeric) => return Err(Refusal::NoWords),
            Some(_) => {}
        }
        let (tag, furniture) = self.language(&mut draft, given.language);
        let printed = furniture.map(|rules| rules.read(&draft.text, &mut draft.blocks));
        structure::find_title(&draft.text, &mut draft.blocks);
        structure::find_crossheads(&draft.text, &mut draft.blocks);
        let printed = printed.unwrap_or_default();
        Ok(document(unit, draft, printed, tag, given.published, furniture))
    }

    fn language(&self, draft: &mut Draft, given: Option<String>) -> (String, Option<&Furniture>) {
        let Metadata { language, claimed, .. } = &draft.metadata;
        let tag = |words: &Option<String>| words.as_deref().and_then(language::well_formed);
        let tag = given.or_else(|| tag(language)).unwrap_or_else(|| {
            let found = language::detect(&draft.text, &self.packs, tag(claimed).as_deref());
            found.unwrap_or_else(|| "und".to_owned())
        });
        let primary = tag.split('-').next().unwrap_or_default();
        let index = self.packs.iter().position(|pack| pack.manifest.language == primary);
        let furniture = index.and_then(|index| self.furniture.get(index));
        if furniture.is_none() {
            let says = match tag.as_str() {
                "und" => {
                    "The language could not be told (`und`): only document and text are given."
                        .to_owned()
                }
                tag => format!(
                    "No pack reads the language `{tag}`: only document, text and language are given."
                ),
            };
            draft.notices.push(Notice { kind: NoticeKind::NoPack, says });
        }
        (tag, furniture)
    }
}

/// The options, checked.
struct Given {
    published: Option<String>,
    language: Option<String>,
}

impl Given {
    fn of(options: &Options) -> Result<Self, Refusal> {
        let bad = |option, found: &String, expected| Refusal::BadOption {
            option,
            found: found.clone(),
            expected,
        };
        let published = options.published.as_ref().map(|given| {
            let dashed = given.get(4..5) == Some("-");
            let value = date::iso(given).filter(|_| dashed);
            value.ok_or_else(|| {
                bad("--published", given, "an ISO date or date-time, such as 2025-12-31")
            })
        });
        let language = options.language.as_ref().map(|given| {
            let tag = language::well_formed(given);
            tag.ok_or_else(|| bad("--language", given, "a BCP 47 tag, such as en or pt-BR"))
        });
        Ok(Self { published: published.transpose()?, language: language.transpose()? })
    }
}

fn draft(unit: &Unit<'_>, options: &Options) -> Result<Draft, Refusal> {
    match unit.format {
        Format::Text => plain::read(unit.bytes),
        Format::Html => html::read_bytes(unit.bytes, &options.limits),
        Format::Json => json::read(&unit.name, unit.bytes, &options.limits),
        Format::Pdf => Err(Refusal::Pdf),
        Format::Binary(what) => Err(Refusal::Binary { what, at: 0 }),
    }
}

fn document(
    unit: &Unit<'_>,
    draft: Draft,
    printed: Printed,
    language: String,
    given: Option<String>,
    furniture: Option<&Furniture>,
) -> Document {
    let Draft { text, blocks, origins, metadata, mut notices } = draft;
    let published = published(given, &printed, &metadata, furniture, &mut notices);
    let of_kind = |kinds: &'static [BlockKind]| {
        let blocks = blocks.iter().filter(move |block| kinds.contains(&block.kind));
        blocks.filter_map(|block| block.extent.span(&text))
    };
    let title = of_kind(&[BlockKind::Title]).next().map(|span| span.text);
    let headings = of_kind(&[BlockKind::Title, BlockKind::Heading]).collect();
    let is_agency = |name: &String| furniture.is_some_and(|rules| rules.is_agency(name));
    let byline = metadata.byline.map(|byline| match furniture {
        Some(rules) => rules.names(&byline),
        None => byline,
    });
    let agency = metadata.agency.or(printed.agency).or(byline.clone().filter(is_agency));
    let by = published.as_ref().and_then(|published| date::day_of(&published.value));
    let filed = printed.filed.as_ref().and_then(|filed| filed.by(by));
    let dateline = (printed.place.is_some() || printed.filed.is_some()).then(|| Dateline {
        place: printed.place.clone(),
        date: filed.map(|date| date.to_string()),
    });
    let record = onrecord_record::Document {
        id: Sha256::of(text.as_bytes()),
        source: SourceFile {
            name: unit.name.clone(),
            media_type: unit.format.media_type().to_owned(),
            bytes: unit.bytes.len() as u64,
            sha256: Sha256::of(unit.bytes),
        },
        title: title.or(metadata.title),
        byline: byline.or(printed.byline),
        agency,
        outlet: metadata.outlet,
        url: metadata.url,
        published,
        dateline,
        language,
        headings,
        origins,
        notices,
        text,
    };
    Document { record, blocks }
}

/// When a document was published, from the most trusted that says it: what is given, the date line
/// at its head, metadata, the address, the dateline with its year, the line of its last change.
/// Where metadata has the header's day with the time, it says more.
fn published(
    given: Option<String>,
    printed: &Printed,
    metadata: &Metadata,
    furniture: Option<&Furniture>,
    notices: &mut Vec<Notice>,
) -> Option<Published> {
    let written = metadata.published.as_deref();
    let by_metadata =
        written.and_then(|written| date::iso(written).or_else(|| furniture?.date(written)));
    if let (Some(written), None) = (written, &by_metadata) {
        let written: String = written.chars().take(60).collect();
        let says = format!("The date {written:?} in the metadata could not be read.");
        notices.push(Notice { kind: NoticeKind::Date, says });
    }
    let month = |name: &str| furniture?.month(name);
    let by_address = || date::in_address(metadata.url.as_deref()?, month);
    let of = |basis: Basis| move |value: String| Published { value, basis };
    let value = |written: &Option<date::Written>| written.as_ref()?.value();
    let header = value(&printed.published);
    let timed = |header: &String| by_metadata.as_ref().is_some_and(|more| more.starts_with(header));
    given
        .map(of(Basis::Given))
        .or_else(|| header.filter(|header| !timed(header)).map(of(Basis::Header)))
        .or_else(|| by_metadata.map(of(Basis::Metadata)))
        .or_else(|| by_address().map(of(Basis::Url)))
        .or_else(|| value(&printed.filed).map(of(Basis::Dateline)))
        .or_else(|| value(&printed.updated).map(of(Basis::Header)))
}

#[cfg(test)]
mod tests;
