//! Allegations: unlawful conduct with which somebody charges somebody, by the pack's `conduct.toml`.

mod cases;
mod charges;
mod conduct;
mod examples;
mod roles;

use std::collections::BTreeMap;

use onrecord_language::{Phrase, Phrases, Vocabulary, WordSet};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

pub(crate) use cases::{Case, Telling, allegations, cases, conduct_of};
pub(crate) use charges::Charged;
use conduct::ConductRules;
pub(crate) use examples::Read;
use roles::Roles;

use crate::phrases;

const FILE: &str = "reading/conduct.toml";
/// The instrument of codes that name none.
const SHORT: &str = "rome-statute";

/// What a pack knows of conduct and of charges.
#[derive(Debug, Clone)]
pub(crate) struct AllegationRules {
    conduct: ConductRules,
    roles: Roles,
    /// What joins the parts of a list.
    joins: WordSet,
    pronoun: WordSet,
    /// Pronouns that are the object of a verb.
    object: WordSet,
    /// What joins a noun to whose it is.
    of: WordSet,
    /// Words for whoever a court tries.
    tried: WordSet,
    /// Words by which somebody owns to what is theirs.
    own: WordSet,
    /// Words for bodies that have a mandate to find.
    mandated: WordSet,
    /// Words without which a sentence tells no degree.
    degree_words: WordSet,
    /// Words without which a sentence tells nothing that could not be established.
    limit_words: WordSet,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    conflict: Vec<String>,
    classes: BTreeMap<String, Vec<String>>,
    #[serde(rename = "phrase")]
    phrases: Vec<Phrase>,
    conduct: Vec<conduct::Rule>,
    #[serde(rename = "aside")]
    asides: Vec<roles::Aside>,
    #[serde(rename = "role")]
    roles: Vec<roles::Rule>,
    #[serde(rename = "limit")]
    limits: Vec<roles::Limit>,
}

impl AllegationRules {
    pub(crate) fn compile(
        pack: &Pack,
        phrases: &Phrases,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let mut file: File = pack.file(FILE)?;
        let path = pack.path(FILE);
        vocabulary.define_all(&file.classes);
        let phrases = phrases.with(&path, std::mem::take(&mut file.phrases))?;
        let conduct = ConductRules::compile(&path, &mut file, &phrases, vocabulary)?;
        let roles = Roles::compile(&path, &mut file, &phrases, vocabulary)?;
        let class = |name| -> WordSet {
            vocabulary.words_of(name).unwrap_or_default().iter().copied().collect()
        };
        let (joins, own, mandated) = (class("party-join"), class("own"), class("mandated"));
        let (object, tried) = (class("object-pronoun"), class("tried"));
        let (degree_words, limit_words) = roles.words();
        let pronoun = phrases::class(pack, vocabulary, "pronoun")?;
        let of = phrases::class(pack, vocabulary, "of")?;
        Ok(Self {
            conduct,
            roles,
            joins,
            pronoun,
            object,
            of,
            tried,
            own,
            mandated,
            degree_words,
            limit_words,
        })
    }

    /// The words in which the rules show what they read that tells a taxon.
    pub(crate) fn words_for(&self, code: &str) -> Vec<&str> {
        let read = self.conduct.rules().iter().flat_map(|rule| &rule.fires);
        let told = read.filter(|fires| fires.taxon == code);
        told.map(|fires| fires.words.as_str()).collect()
    }
}
