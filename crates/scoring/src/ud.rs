//! The measures of Universal Dependencies, on a treebank's own words.

use std::error::Error;

use onrecord_language::Language;
use onrecord_language::engine::Engine;

use crate::conllu::Treebank;

/// How many words are told as the treebank has them.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Score {
    words: usize,
    upos: usize,
    xpos: usize,
    lemma: usize,
    head: usize,
    labelled: usize,
}

impl Score {
    /// The score of a treebank in CoNLL-U. Relations count without their subtypes, as in the shared
    /// tasks.
    pub(crate) fn of(
        conllu: &str,
        language: &Language,
        engine: &Engine,
    ) -> Result<Self, Box<dyn Error>> {
        let bank = Treebank::read(conllu);
        let analysis = bank.analyse(language);
        let told = engine.read(&analysis, &[]);
        let rows: Vec<Vec<&str>> = conllu
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|row| row.len() == 10 && row[0].bytes().all(|b| b.is_ascii_digit()))
            .collect();
        if rows.len() != told.len() {
            return Err("the treebank's words are not those that were read".into());
        }
        let mut score = Self { words: rows.len(), ..Self::default() };
        let bare = |relation: &str| relation.split(':').next().unwrap_or_default().to_owned();
        for (place, (row, word)) in rows.iter().zip(&told).enumerate() {
            let number: usize = row[0].parse()?;
            let head: usize = row[6].parse()?;
            let wanted = if head == 0 { place } else { place + head - number };
            score.upos += usize::from(engine.upos[word.upos] == row[3]);
            score.xpos += usize::from(engine.xpos[word.xpos] == row[4]);
            score.lemma += usize::from(engine.lemma(row[1], *word) == row[2].to_lowercase());
            let right = word.head.index() == wanted;
            score.head += usize::from(right);
            score.labelled +=
                usize::from(right && bare(&engine.deprel[word.deprel]) == bare(row[7]));
        }
        Ok(score)
    }

    /// Both together.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            upos: self.upos + other.upos,
            xpos: self.xpos + other.xpos,
            lemma: self.lemma + other.lemma,
            head: self.head + other.head,
            labelled: self.labelled + other.labelled,
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |count: usize| 100.0 * count as f64 / self.words.max(1) as f64;
        let Self { words, upos, xpos, lemma, head, labelled } = *self;
        let shares = [upos, xpos, lemma, head, labelled].map(share);
        let [upos, xpos, lemma, uas, las] = shares;
        write!(
            f,
            "{words:7} words  UPOS {upos:.2}  XPOS {xpos:.2}  lemmas {lemma:.2}  UAS {uas:.2}  LAS {las:.2}"
        )
    }
}
