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

use crate::{Analysis, TokenId};
pub use features::{AFFIX_BUCKETS, Features, PLACES, SHAPES, features, form_into};
use network::{Counts, Network, Words};
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
    #[must_use]
    pub fn read(&self, analysis: &Analysis<'_>) -> Vec<Word> {
        let mut features = features(analysis);
        let mut form = String::new();
        let forms: Vec<u32> = analysis
            .tokens
            .iter()
            .zip(&mut features)
            .map(|(token, features)| {
                let word = token.extent.of(analysis.text).unwrap_or_default();
                form_into(word, token.shape, &mut form);
                let number = self.network.forms.known(word, &form);
                if number == self.network.forms.name() {
                    // A name is told by its shape alone, so that no name counts for or against.
                    features.affixes = [0; 4];
                }
                number
            })
            .collect();
        let units = units(analysis);
        let mut words = Vec::with_capacity(analysis.tokens.len());
        let mut rest = units.as_slice();
        while !rest.is_empty() {
            let mut total = 0;
            let fits = |unit: &&Unit| {
                total += unit.tokens.len();
                total <= AT_ONCE
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (now, later) = rest.split_at(count);
            rest = later;
            let rows: Vec<Words<'_>> = now
                .iter()
                .map(|unit| Words {
                    forms: &forms[unit.tokens.range()],
                    features: &features[unit.tokens.range()],
                    sentences: unit.sentences.iter().map(|s| s.len()).collect(),
                })
                .collect();
            let starts = now
                .iter()
                .flat_map(|unit| std::iter::repeat_n(unit.tokens.start.index(), unit.tokens.len()));
            let told = self.network.read(&rows);
            words.extend(told.iter().zip(starts).map(|(told, start)| Word {
                upos: told.upos,
                xpos: told.xpos,
                lemma: told.lemma,
                mention: told.mention,
                head: TokenId::at(start + told.head),
                deprel: told.deprel,
                role: [Role::None, Role::Source, Role::Cue, Role::Content][told.role.div_ceil(2)],
                begins: told.role % 2 == 1,
                likely: told.likely,
            }));
        }
        words
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
