//! Tags: what kind of word the trained engine takes each word for, as layers that patterns ask for.

use std::collections::BTreeMap;

use onrecord_language::engine::{Engine, Word};
use onrecord_language::{Analysis, Layer, Tokens};
use onrecord_packs::{Pack, PackError};
use serde::Deserialize;

/// The kinds of word that a pack's `tags.toml` names, each with the tags that are of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    kinds: BTreeMap<String, Vec<String>>,
}

/// What the trained engine tells of the words of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trained<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) words: &'a [Word],
}

impl Tags {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        pack.file("reading/tags.toml")
    }

    /// The names of the kinds, in the order of [`Tags::layers`].
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    /// A layer for each kind, its items the words of it; empty ones where no engine tells.
    pub(crate) fn layers(
        &self,
        analysis: &Analysis<'_>,
        trained: Option<Trained<'_>>,
    ) -> Vec<Layer> {
        let layer = |tags: &Vec<String>| {
            let Some(Trained { engine, words }) = trained else { return Layer::new(analysis, []) };
            let of_kind: Vec<bool> = engine.xpos.iter().map(|tag| tags.contains(tag)).collect();
            let found = words.iter().enumerate().filter(|(_, word)| of_kind[word.xpos]);
            Layer::new(analysis, found.map(|(place, _)| (Tokens::at(place..place + 1), 0)))
        };
        self.kinds.values().map(layer).collect()
    }
}
