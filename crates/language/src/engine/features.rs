//! What the network is told of each token. Training reads the same numbers, so that both agree.

use crate::{Analysis, Shape, Tokens};

/// Buckets of each kind of affix: the last two, three and four characters, and the first three.
pub const AFFIX_BUCKETS: [u32; 4] = [1024, 4096, 8192, 4096];
/// How many places [`Features::place`] tells apart.
pub const PLACES: usize = 8;
/// How many shapes [`Features::shape`] tells apart.
pub const SHAPES: usize = 15;

/// What the network is told of a token beside its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Features {
    /// Buckets of its affixes, each below the bound of its place in [`AFFIX_BUCKETS`].
    pub affixes: [u16; 4],
    /// The place of its [`Shape`] in that type, below [`SHAPES`].
    pub shape: u8,
    /// Where it stands, below [`PLACES`]: 0 outside quotations, 1 inside one, 2 inside one that
    /// nothing closes, 3 inside two or more; and 4 more where it begins a sentence.
    pub place: u8,
}

impl Features {
    /// The same, but for what tells a name from others that are written alike.
    pub(crate) fn without_affixes(self) -> Self {
        Self { affixes: [0; 4], ..self }
    }

    /// Those of a name, where the token stands.
    pub(crate) fn of_name(self) -> Self {
        Self { affixes: [0; 4], shape: shape(Shape::Capital), place: self.place }
    }
}

/// The features of the tokens of a text, one for each.
#[must_use]
pub fn features(analysis: &Analysis<'_>) -> Vec<Features> {
    let mut places = quotation_places(analysis);
    for sentence in &analysis.sentences {
        if let Some(place) = places.get_mut(sentence.tokens.start.index()) {
            *place += 4;
        }
    }
    let mut form = String::new();
    let tokens = analysis.tokens.iter().zip(places);
    tokens
        .map(|(token, place)| {
            form_into(token.extent.of(analysis.text).unwrap_or_default(), token.shape, &mut form);
            Features { affixes: affixes(&form), shape: shape(token.shape), place }
        })
        .collect()
}

fn quotation_places(analysis: &Analysis<'_>) -> Vec<u8> {
    let mut places = vec![0_u8; analysis.tokens.len()];
    let mut mark = |tokens: Tokens, closed: bool| {
        for place in places.get_mut(tokens.range()).into_iter().flatten() {
            *place = match *place {
                0 if closed => 1,
                0 => 2,
                _ => 3,
            };
        }
    };
    for quotation in &analysis.quotations {
        mark(quotation.tokens, quotation.closed);
    }
    places
}

/// Puts the form by which the network knows a word into `form`: in lower case, every digit a zero,
/// apostrophes straight, quotation marks and dashes of one kind.
pub fn form_into(word: &str, shape: Shape, form: &mut String) {
    form.clear();
    match shape {
        Shape::QuoteOpen | Shape::QuoteClose => form.push('"'),
        Shape::Dash => form.push_str("--"),
        _ => {
            for c in word.chars() {
                match c {
                    '\u{2019}' | '\u{2018}' | '\u{02bc}' => form.push('\''),
                    _ if c.is_numeric() => form.push('0'),
                    _ => form.extend(c.to_lowercase()),
                }
            }
        }
    }
}

fn affixes(form: &str) -> [u16; 4] {
    let last = |count: usize| {
        form.char_indices().rev().nth(count - 1).map_or(form, |(start, _)| &form[start..])
    };
    let first = |count: usize| form.char_indices().nth(count).map_or(form, |(end, _)| &form[..end]);
    let affixes = [last(2), last(3), last(4), first(3)];
    std::array::from_fn(|kind| bucket(affixes[kind], kind))
}

/// The hash of an affix, folded into the buckets of its kind.
fn bucket(affix: &str, kind: usize) -> u16 {
    u16::try_from(hash(affix) % AFFIX_BUCKETS[kind]).unwrap_or_default()
}

/// The 32-bit FNV-1a hash of a text's bytes, its upper half mixed into the lower.
pub(super) fn hash(text: &str) -> u32 {
    let start = 0x811c_9dc5_u32;
    let hash =
        text.bytes().fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}

fn shape(shape: Shape) -> u8 {
    match shape {
        Shape::Lower => 0,
        Shape::Capital => 1,
        Shape::Upper => 2,
        Shape::Initial => 3,
        Shape::Other => 4,
        Shape::Digits => 5,
        Shape::Mixed => 6,
        Shape::Address => 7,
        Shape::QuoteOpen => 8,
        Shape::QuoteClose => 9,
        Shape::Stop => 10,
        Shape::Comma => 11,
        Shape::Dash => 12,
        Shape::Bracket => 13,
        Shape::Mark => 14,
    }
}
