//! The words that attribute, `cues.toml`: verbs, nouns and prepositions with what they do.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_language::{Analysis, Tokens, Vocabulary, WordId, WordSet};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{Act, MediumKind};
use serde::Deserialize;

/// The cues and media that a pack knows, by their words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cues {
    cues: BTreeMap<Vec<WordId>, CueWord>,
    media: BTreeMap<WordId, MediumKind>,
    nouns: BTreeSet<WordId>,
    /// The first words of the prepositions that attribute.
    prepositions: BTreeSet<WordId>,
    /// Nouns and media.
    words: WordSet,
    examples: Vec<Example>,
}

/// A word that attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CueWord {
    /// Its dictionary form, its particle behind it.
    pub(crate) lemma: String,
    /// What saying so does.
    pub(crate) act: Act,
}

/// The sentences that a verb carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// The verb's dictionary form, its particle behind it.
    pub(crate) lemma: String,
    /// Sentences in which it attributes.
    pub(crate) fires: Vec<String>,
    /// Sentences in which a form of it does not.
    pub(crate) silent: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "verb")]
    verbs: Vec<Verb>,
    #[serde(rename = "noun")]
    nouns: Vec<Noun>,
    #[serde(rename = "preposition")]
    prepositions: Vec<Preposition>,
    #[serde(rename = "medium")]
    media: Vec<Medium>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verb {
    lemma: String,
    act: Act,
    forms: VerbForms,
    particle: Option<Particle>,
    frames: Vec<Frame>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    fires: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbForms {
    base: String,
    s: String,
    past: String,
    participle: String,
    ing: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Particle {
    One(String),
    Several(Vec<String>),
}

/// How content follows a verb.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Frame {
    Quote,
    That,
    Object,
    Of,
    For,
    As,
    To,
    Tell,
    Whether,
}

impl Frame {
    /// Its name in patterns: that of the pack.
    fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::That => "that",
            Self::Object => "object",
            Self::Of => "of",
            Self::For => "for",
            Self::As => "as",
            Self::To => "to",
            Self::Tell => "tell",
            Self::Whether => "whether",
        }
    }

    const ALL: [Self; 9] = [
        Self::Quote,
        Self::That,
        Self::Object,
        Self::Of,
        Self::For,
        Self::As,
        Self::To,
        Self::Tell,
        Self::Whether,
    ];
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NounForms {
    singular: String,
    plural: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun {
    lemma: String,
    act: Act,
    forms: NounForms,
    #[expect(dead_code, reason = "read by the rules of nominal attribution to come")]
    links: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Preposition {
    lemma: String,
    words: Vec<String>,
    act: Act,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Medium {
    #[expect(dead_code, reason = "names the entry for its readers")]
    lemma: String,
    kind: MediumKind,
    forms: NounForms,
}

impl Cues {
    /// Learns the cues and defines the classes by which rules name them: the form (`tense`,
    /// `base`, `participle`, `ing`), a hyphen and the frame, with `weak-` before weak verbs;
    /// `past`, `noun` and `preposition`.
    pub(crate) fn compile(pack: &Pack, vocabulary: &mut Vocabulary) -> Result<Self, PackError> {
        let file: File = pack.file("reading/cues.toml")?;
        let mut cues = Self::default();
        for class in ["past", "noun", "preposition"] {
            vocabulary.define(class, []);
        }
        for form in ["tense", "base", "participle", "ing"] {
            for frame in Frame::ALL.map(Frame::name) {
                vocabulary.define(&format!("{form}-{frame}"), []);
                vocabulary.define(&format!("weak-{form}-{frame}"), []);
            }
        }
        for verb in file.verbs {
            cues.verb(verb, vocabulary);
        }
        for noun in file.nouns {
            for form in [&noun.forms.singular, &noun.forms.plural] {
                cues.learn(vocabulary, form, &noun.lemma, noun.act);
                vocabulary.define("noun", [form.as_str()]);
                cues.nouns.insert(vocabulary.learn(form));
            }
        }
        for preposition in file.prepositions {
            let words = preposition.words.join(" ");
            cues.learn(vocabulary, &words, &preposition.lemma, preposition.act);
            vocabulary.define("preposition", [words.as_str()]);
            let first = preposition.words.first().map(|word| vocabulary.learn(word));
            cues.prepositions.extend(first);
        }
        for medium in file.media {
            for form in [&medium.forms.singular, &medium.forms.plural] {
                // Of a phrase the last word tells.
                let word = form.split_whitespace().next_back().unwrap_or_default();
                cues.media.entry(vocabulary.learn(word)).or_insert(medium.kind);
            }
        }
        cues.words = cues.nouns.iter().chain(cues.media.keys()).copied().collect();
        Ok(cues)
    }

    fn verb(&mut self, verb: Verb, vocabulary: &mut Vocabulary) {
        let particle = match verb.particle {
            None => String::new(),
            Some(Particle::One(word)) => format!(" {word}"),
            Some(Particle::Several(words)) => format!(" {}", words.join(" ")),
        };
        let with_particle = |form: &String| format!("{form}{particle}");
        let lemma = with_particle(&verb.lemma);
        let forms = verb.forms;
        if forms.past != forms.base {
            vocabulary.define("past", [forms.past.as_str()]);
        }
        let [base, s, past, participle, ing] =
            [&forms.base, &forms.s, &forms.past, &forms.participle, &forms.ing].map(with_particle);
        for form in [&base, &s, &past, &participle, &ing] {
            self.learn(vocabulary, form, &lemma, verb.act);
        }
        let weak = if verb.weak { "weak-" } else { "" };
        for frame in verb.frames.into_iter().map(Frame::name) {
            let mut define = |form: &str, words: &[&String]| {
                let class = format!("{weak}{form}-{frame}");
                vocabulary.define(&class, words.iter().map(|word| word.as_str()));
            };
            define("tense", &[&s, &past]);
            define("base", &[&base]);
            define("participle", &[&participle]);
            define("ing", &[&ing]);
        }
        self.examples.push(Example { lemma, fires: verb.fires, silent: verb.silent });
    }

    /// The first entry of a form counts.
    fn learn(&mut self, vocabulary: &mut Vocabulary, form: &str, lemma: &str, act: Act) {
        let words = vocabulary.learn_phrase(form);
        self.cues.entry(words).or_insert_with(|| CueWord { lemma: lemma.to_owned(), act });
    }

    /// The cue that some tokens are; `None` where they are none, such as a colon.
    pub(crate) fn of(&self, analysis: &Analysis<'_>, tokens: Tokens) -> Option<&CueWord> {
        let words: Vec<WordId> = tokens.into_iter().map(|id| analysis.token(id).word).collect();
        self.cues.get(&words)
    }

    /// The common nouns that attribute or carry what is said.
    pub(crate) fn words(&self) -> &WordSet {
        &self.words
    }

    /// Whether a word is a noun that attributes, such as an accusation or figures.
    pub(crate) fn is_noun(&self, word: WordId) -> bool {
        self.nouns.contains(&word)
    }

    /// Whether a preposition that attributes begins with a word.
    pub(crate) fn is_preposition(&self, word: WordId) -> bool {
        self.prepositions.contains(&word)
    }

    /// The kind of medium that a token names.
    pub(crate) fn medium(&self, word: WordId) -> Option<MediumKind> {
        self.media.get(&word).copied()
    }

    /// The sentences that the verbs carry.
    pub(crate) fn examples(&self) -> &[Example] {
        &self.examples
    }
}
