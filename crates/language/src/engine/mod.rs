//! The engine: a trained network that tells the grammar of a text and the roles of its words in
//! attributions. `docs/engine.md` tells what it is made of and how it is trained.

mod features;
mod forms;
mod network;
mod tags;
mod tree;
mod units;
mod weights;

use onrecord_kernels::Level;

use crate::{Analysis, TokenId, Tokens};
pub use features::{AFFIX_BUCKETS, Features, PLACES, SHAPES, features, form_into};
use network::{Counts, Network, Told, Words};
pub use units::{LONGEST_UNIT, Unit, units};
use weights::Weights;
pub use weights::WeightsError;

/// How many words are read at once, unless one unit alone has more: it bounds the memory.
const AT_ONCE: usize = 1024;

/// A trained network with the names of its labels.
#[derive(Debug, Clone)]
pub struct Engine {
    network: Network,
    /// Universal part-of-speech tags.
    pub upos: Vec<String>,
    /// Tags of the Penn treebank.
    pub xpos: Vec<String>,
    /// Relations of Universal Dependencies, with their subtypes.
    pub deprel: Vec<String>,
    /// Types of mentions; the first is none.
    pub mention: Vec<String>,
    /// How forms become lemmas: `N|ending` for the last N characters replaced, `=|lemma` for all.
    lemma: Vec<String>,
}

/// What the engine tells of a word; labels are places in the engine's lists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Its tag in [`Engine::upos`].
    pub upos: usize,
    /// Its tag in [`Engine::xpos`].
    pub xpos: usize,
    /// How its lemma is made.
    pub lemma: usize,
    /// The type in [`Engine::mention`] of the mention that it heads.
    pub mention: usize,
    /// The word that it depends on, in the same sentence; itself for the root. The heads of a
    /// sentence make one tree.
    pub head: TokenId,
    /// Its relation in [`Engine::deprel`].
    pub deprel: usize,
    /// Its role in an attribution.
    pub role: Role,
    /// Whether it is the first word of the stretch that has that role.
    pub begins: bool,
    /// How likely role and beginning are together, 0 to 1.
    pub likely: f32,
}

/// What a word is to an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Nothing.
    None,
    /// Part of the source.
    Source,
    /// Part of the cue.
    Cue,
    /// Part of the content.
    Content,
}

impl Engine {
    /// The engine of a file of weights.
    ///
    /// # Errors
    /// Where the file is none, has another layout, or lacks a table.
    pub fn new(weights: &'static [u8]) -> Result<Self, WeightsError> {
        Self::with_level(weights, Level::best())
    }

    /// The same, using no more of the processor than `level`.
    ///
    /// # Errors
    /// As for [`Engine::new`].
    pub fn with_level(weights: &'static [u8], level: Level) -> Result<Self, WeightsError> {
        let weights = Weights::read(weights)?;
        let labels = |kind: &str| weights.labels(kind);
        let (upos, xpos, lemma) = (labels("upos")?, labels("xpos")?, labels("lemma")?);
        let (mention, deprel) = (labels("mention")?, labels("deprel")?);
        let counts = Counts {
            upos: upos.len(),
            xpos: xpos.len(),
            lemma: lemma.len(),
            mention: mention.len(),
            deprel: deprel.len(),
        };
        let network = Network::new(&weights, counts, level)?;
        Ok(Self { network, upos, xpos, deprel, mention, lemma })
    }

    /// What it tells of each token of a text.
    ///
    /// Each stretch of `hidden` is read as one word of which no more is told than that it is a
    /// name; they are in text order and do not overlap. All tokens of one get what is told of that
    /// word, and the others of them depend on the last.
    #[must_use]
    pub fn read(&self, analysis: &Analysis<'_>, hidden: &[Tokens]) -> Vec<Word> {
        let inputs = self.inputs(analysis);
        let units: Vec<Rows> = units(analysis).iter().map(|unit| rows(unit, hidden)).collect();
        let mut words = Vec::with_capacity(analysis.tokens.len());
        let mut rest = units.as_slice();
        while !rest.is_empty() {
            let mut total = 0;
            let fits = |unit: &&Rows| {
                total += unit.rows.len();
                total <= AT_ONCE
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (now, later) = rest.split_at(count);
            rest = later;
            let read: Vec<Words> = now.iter().map(|unit| self.words(unit, &inputs)).collect();
            let told = self.network.read(&read);
            let mut first = 0;
            for unit in now {
                let told = &told[first..first + unit.rows.len()];
                first += unit.rows.len();
                expand(unit, told, &mut words);
            }
        }
        words
    }

    /// The form and the features of each token.
    fn inputs(&self, analysis: &Analysis<'_>) -> Vec<(u32, Features)> {
        let mut form = String::new();
        let tokens = analysis.tokens.iter().zip(features(analysis));
        tokens
            .map(|(token, features)| {
                let word = token.extent.of(analysis.text).unwrap_or_default();
                form_into(word, token.shape, &mut form);
                let number = self.network.forms.known(word, &form);
                // A name is told by its shape alone, so that no name counts for or against.
                let name = number == self.network.forms.name();
                (number, if name { features.without_affixes() } else { features })
            })
            .collect()
    }

    fn words(&self, unit: &Rows, inputs: &[(u32, Features)]) -> Words {
        let of = |(tokens, hidden): &(Tokens, bool)| {
            let (form, features) = inputs[tokens.start.index()];
            match hidden {
                true => (self.network.forms.name(), features.of_name()),
                false => (form, features),
            }
        };
        let (forms, features) = unit.rows.iter().map(of).unzip();
        Words { forms, features, sentences: unit.sentences.clone() }
    }

    /// The lemma of a word, in lower case.
    #[must_use]
    pub fn lemma(&self, word: &str, told: Word) -> String {
        let low = word.to_lowercase();
        let script = self.lemma.get(told.lemma).and_then(|script| script.split_once('|'));
        match script {
            Some(("=", lemma)) => lemma.to_owned(),
            Some((cut, ending)) => {
                let cut: usize = cut.parse().unwrap_or_default();
                let kept = low.chars().count().saturating_sub(cut);
                low.chars().take(kept).chain(ending.chars()).collect()
            }
            None => low,
        }
    }
}

/// What the network reads of a unit.
struct Rows {
    /// The tokens of each row: one, or those of a hidden stretch.
    rows: Vec<(Tokens, bool)>,
    /// How many rows each sentence has.
    sentences: Vec<usize>,
}

fn rows(unit: &Unit, hidden: &[Tokens]) -> Rows {
    let mut rows = Vec::with_capacity(unit.tokens.len());
    let mut sentences = Vec::with_capacity(unit.sentences.len());
    let first = hidden.partition_point(|stretch| stretch.end <= unit.tokens.start);
    let mut rest = hidden[first..].iter().peekable();
    for sentence in &unit.sentences {
        let before = rows.len();
        let mut at = sentence.start;
        while at < sentence.end {
            let next = rest.next_if(|stretch| stretch.start <= at);
            // Where a unit cuts a stretch, each side is hidden alone.
            let end = next.map_or(TokenId(at.0 + 1), |stretch| stretch.end.min(sentence.end));
            rows.push((Tokens::new(at, end), next.is_some()));
            at = end;
        }
        sentences.push(rows.len() - before);
    }
    Rows { rows, sentences }
}

/// Adds the words of a unit, as told of its rows.
fn expand(unit: &Rows, told: &[Told], words: &mut Vec<Word>) {
    for ((tokens, _), told) in unit.rows.iter().zip(told) {
        let last = TokenId(tokens.end.0 - 1);
        let head = unit.rows[told.head].0;
        words.extend(tokens.into_iter().map(|token| Word {
            upos: told.upos,
            xpos: told.xpos,
            lemma: told.lemma,
            mention: told.mention,
            head: if token == last { TokenId(head.end.0 - 1) } else { last },
            deprel: told.deprel,
            role: [Role::None, Role::Source, Role::Cue, Role::Content][told.role.div_ceil(2)],
            begins: told.role % 2 == 1 && token == tokens.start,
            likely: told.likely,
        }));
    }
}
