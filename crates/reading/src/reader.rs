//! A reader of one language: its pack, compiled, and the steps from a document to its record.

use onrecord_intake::{Block, BlockKind, Document, Intake, Options, units};
use onrecord_language::engine::Engine;
use onrecord_language::{Analysis, Language, Layer, Number, Tokens};
use onrecord_packs::{Pack, PackError};
use onrecord_record::{Extent, LinkKind, MadeBy, Record, StatementId};
use onrecord_times::{Domain, Expression, Reading, Setting, Times};

use crate::actors::{Cast, Lexicon, Look, Name, NameRules, SpeakerRules, whole};
use crate::allegations::{AllegationRules, Charged, Read};
use crate::assemble::Assembly;
use crate::attribution::{self, Attribution, Joining, Rules, Turn, dated, places};
use crate::checks::Checks;
use crate::confidence::Calibration;
use crate::cues::Cues;
use crate::engine::made_by;
use crate::examples;
use crate::figures::{Figures, Quantity};
use crate::links::{Answer, LinkRules};
use crate::parts::Parts;
use crate::phrases;
use crate::proceedings::{self, Found, Proceedings};
use crate::tags::Trained;

/// What a pack says of reading, compiled.
#[derive(Debug)]
pub(crate) struct Reader {
    language_tag: String,
    pack_tag: String,
    model_tag: Option<String>,
    language: Language,
    /// The trained engine of the language, where one ships.
    engine: Option<Engine>,
    times: Times,
    pub(crate) cues: Cues,
    pub(crate) attribution: Rules,
    pub(crate) names: NameRules,
    pub(crate) speakers: SpeakerRules,
    pub(crate) lexicon: Lexicon,
    figures: Figures,
    parts: Parts,
    pub(crate) proceedings: Proceedings,
    pub(crate) checks: Checks,
    pub(crate) calibration: Calibration,
    pub(crate) allegations: AllegationRules,
    pub(crate) links: LinkRules,
}

/// What the steps before the record found in a text.
#[derive(Debug)]
pub(crate) struct Findings {
    pub(crate) times: Vec<Expression>,
    pub(crate) names: Vec<Name>,
    /// In text order, their `within` as places in this list.
    pub(crate) attributions: Vec<Attribution>,
    /// The turns of an interview that is printed turn by turn.
    pub(crate) turns: Vec<Turn>,
    /// For each attribution what its words say that it does to another one.
    pub(crate) answers: Vec<Option<Answer>>,
    pub(crate) quantities: Vec<Quantity>,
    /// For each quantity the place of the one that it is a part of.
    pub(crate) wholes: Vec<Option<usize>>,
    pub(crate) steps: Vec<Found>,
    pub(crate) charged: Charged,
}

/// What has been read so far, as patterns ask for it.
struct Layers {
    values: Vec<Number>,
    numbers: Layer,
    times: Layer,
}

impl Reader {
    /// Compiles a pack and takes the language's engine along, where one ships.
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let mut language = Language::compile(pack)?;
        let times = Times::compile(pack, &mut language)?;
        let vocabulary = language.vocabulary_mut();
        let cues = Cues::compile(pack, vocabulary)?;
        let phrases = phrases::compile(pack, vocabulary)?;
        let lexicon = Lexicon::compile(pack, vocabulary)?;
        let attribution = Rules::compile(pack, &phrases, vocabulary)?;
        let figures = Figures::compile(pack, &phrases, vocabulary)?;
        let parts = Parts::compile(pack, &figures, vocabulary)?;
        let proceedings = Proceedings::compile(pack, &phrases, vocabulary)?;
        let allegations = AllegationRules::compile(pack, &phrases, vocabulary)?;
        let links = LinkRules::compile(pack, &phrases, vocabulary)?;
        let names = NameRules::compile(pack, vocabulary)?;
        let speakers = SpeakerRules::compile(pack, vocabulary)?;
        let model = pack.model();
        let engine = model.map(|model| Engine::new(model.weights)).transpose();
        let folder = || format!("../models/{}", pack.manifest.language);
        let engine = engine.map_err(|e| PackError::new(folder(), e))?;
        Ok(Self {
            language_tag: pack.manifest.language.clone(),
            pack_tag: pack.tag(),
            model_tag: model.map(|model| format!("sha256:{}", model.sha256)),
            language,
            engine,
            times,
            cues,
            attribution,
            names,
            speakers,
            lexicon,
            figures,
            parts,
            proceedings,
            checks: Checks::compile(pack)?,
            calibration: Calibration::compile(pack)?,
            allegations,
            links,
        })
    }

    /// What makes its records: its pack's name and version, and the hash of its weights.
    pub(crate) fn made_by(&self) -> MadeBy {
        made_by(Some(self.pack_tag.clone()), self.model_tag.clone())
    }

    /// The language that it reads.
    pub(crate) fn language(&self) -> &str {
        &self.language_tag
    }

    /// The record of a document in the reader's language.
    pub(crate) fn read(&self, document: &Document, domain: Option<Domain>) -> Record {
        let mut record = Record::of_document(self.made_by(), document.record.clone());
        let analysis = self.language.analyse(&document.record.text, &document.blocks);
        let setting = Setting { published: published(document), domain };
        let findings = self.find(&analysis, setting, self.engine.as_ref());
        Assembly::new(self, document, &analysis, findings).fill(&mut record);
        record
    }

    /// The times of a document in the reader's language.
    pub(crate) fn times(&self, document: &Document, domain: Option<Domain>) -> Reading {
        let analysis = self.language.analyse(&document.record.text, &document.blocks);
        let values = self.language.numbers(&analysis);
        let numbers = self.language.number_layer(&analysis, &values);
        let setting = Setting { published: published(document), domain };
        let mut reading = self.times.read(&analysis, &numbers, &values, setting);
        self.calibration.weigh_times(reading.expressions.iter_mut().map(|found| &mut found.time));
        reading
    }

    /// What a text holds; without an engine, by the pack's rules alone.
    fn find(&self, analysis: &Analysis<'_>, setting: Setting, engine: Option<&Engine>) -> Findings {
        let (layers, times) = self.layers(analysis, setting);
        let patterns = [&layers.numbers, &layers.times];
        let spans: Vec<Tokens> = times.iter().map(|time| time.tokens).collect();
        let text = self.names.text(analysis, &layers.times, &self.lexicon);
        let (names, parties) = (text.all_names(), text.parties());
        let trained = engine
            .map(|engine| (engine, engine.read(analysis, &parties), places(analysis, &parties)));
        let mut steps = self.proceedings.find(analysis, &patterns);
        for step in &mut steps {
            step.tokens = whole(step.tokens, &parties);
        }
        let taken = self.taken(analysis, &steps, &names);
        let turns = self.attribution.turns.find(analysis, &patterns);
        let mut attributions = Vec::new();
        for paragraph in analysis.paragraphs.iter().filter(|p| p.kind.tells()) {
            let before = attributions.len();
            let mut found = self.attribution.find(analysis, &patterns, &self.cues, paragraph);
            if let Some((engine, words, places)) = &trained {
                let joining = Joining {
                    words,
                    places,
                    cues: &self.cues,
                    negation: &self.attribution.negation,
                    by: &self.attribution.by,
                    times: &spans,
                    time_preposition: &self.attribution.time_preposition,
                    subject: &|source, cue| {
                        source.into_iter().any(|token| {
                            let word = words[token.index()];
                            let subject = engine.deprel[word.deprel] == "nsubj";
                            subject && cue.holds(word.head)
                        })
                    },
                    object: &|source, cue| {
                        cue.into_iter().any(|token| {
                            let word = words[token.index()];
                            let participle = engine.xpos[word.xpos] == "VBN";
                            participle
                                && engine.deprel[word.deprel] == "acl"
                                && source.holds(word.head)
                        })
                    },
                    parties: &parties,
                    steps: &taken,
                    naming: &self.attribution.naming,
                    that: &self.attribution.that,
                    judged: &self.attribution.judged,
                    before_verb: &self.attribution.before_verb,
                    attribute: &|token| engine.deprel[words[token.index()].deprel] == "amod",
                    lemma: &|token| engine.lemma(analysis.word(token), words[token.index()]),
                };
                found = joining.find(analysis, paragraph, &found);
                for attribution in &mut found {
                    attribution.dated = dated(words, &spans, attribution);
                }
            }
            if let Some(turn) = turns.get(&paragraph.tokens.start) {
                found = self.attribution.turns.join(analysis, *turn, found);
            }
            for attribution in &mut found {
                attribution.within = attribution.within.map(|place| place + before);
            }
            attributions.append(&mut found);
        }
        let trained = trained.as_ref().map(|(engine, words, _)| Trained { engine, words });
        let (quantities, counting) = self.quantities(analysis, &layers, trained);
        let (mut quantities, wholes) = self.parts.settle(analysis, &counting, quantities);
        for quantity in &mut quantities {
            let words = self.names.with_party(analysis, quantity.tokens, &parties);
            let grown =
                quantity.of.filter(|of| of.end == quantity.tokens.end && words != quantity.tokens);
            quantity.of = grown.map(|of| Tokens::new(of.start, words.end)).or(quantity.of);
            quantity.tokens = words;
        }
        let is_party = |tokens: Tokens| {
            let first = names.partition_point(|name| name.tokens.end <= tokens.start);
            let named = names.get(first).is_some_and(|name| name.tokens.overlaps(tokens));
            let heads = &self.lexicon.heads;
            let parts = (tokens.start.index() + 1..=tokens.end.index())
                .map(|end| Tokens::at(tokens.start.index()..end));
            named || parts.into_iter().any(|part| heads.at_end(analysis, part).is_some())
        };
        Findings {
            charged: self.allegations.find(analysis, patterns, &attributions, &is_party),
            answers: attributions
                .iter()
                .map(|a| self.links.answer(analysis, &patterns, a))
                .collect(),
            turns: turns.into_values().collect(),
            times,
            names,
            attributions,
            quantities,
            wholes,
            steps,
        }
    }

    /// The verbs of the legal steps that belong to a proceeding, in text order.
    fn taken(&self, analysis: &Analysis<'_>, steps: &[Found], names: &[Name]) -> Vec<Tokens> {
        if steps.is_empty() {
            return Vec::new();
        }
        let mut cast = self.cast(analysis, names);
        let mut speaker = |cast: &mut Cast<'_, '_>, tokens| {
            self.speakers.speaker(analysis, &self.cues, cast, tokens, None).actor
        };
        let matters = self.proceedings.matters(analysis, steps, &mut cast, &mut speaker);
        let of_matters = matters.iter().flat_map(|matter| &matter.steps);
        let mut verbs: Vec<Tokens> = of_matters.map(|(_, found)| steps[*found].verb).collect();
        verbs.sort_unstable();
        verbs.dedup();
        verbs
    }

    /// The quantities of an example, with the layers that they were read with.
    fn counted(&self, analysis: &Analysis<'_>) -> (Vec<Quantity>, Vec<Layer>) {
        let (layers, _) = self.layers(analysis, Setting::default());
        let words = self.engine.as_ref().map(|engine| {
            let parties = self.names.text(analysis, &layers.times, &self.lexicon).parties();
            (engine, engine.read(analysis, &parties))
        });
        let trained = words.as_ref().map(|(engine, words)| Trained { engine, words });
        self.quantities(analysis, &layers, trained)
    }

    /// The quantities of a text, with the layers that they were read with.
    fn quantities(
        &self,
        analysis: &Analysis<'_>,
        layers: &Layers,
        trained: Option<Trained<'_>>,
    ) -> (Vec<Quantity>, Vec<Layer>) {
        let counting = self.figures.layers(analysis, &layers.numbers, &layers.times, trained);
        (self.figures.find(analysis, &counting, &layers.values), counting)
    }

    /// What splits its texts.
    pub(crate) fn splits(&self) -> &Language {
        &self.language
    }

    /// The parties of a text, which its engine does not see.
    pub(crate) fn parties(&self, analysis: &Analysis<'_>) -> Vec<Tokens> {
        let (layers, _) = self.layers(analysis, Setting::default());
        self.names.text(analysis, &layers.times, &self.lexicon).parties()
    }

    /// The cast of the names of a text.
    pub(crate) fn cast<'a, 't>(
        &'a self,
        analysis: &'a Analysis<'t>,
        names: &[Name],
    ) -> Cast<'a, 't> {
        let look = Look { common: self.cues.words(), rules: &self.names };
        Cast::of_names(analysis, &self.lexicon, look, names)
    }

    fn layers(&self, analysis: &Analysis<'_>, setting: Setting) -> (Layers, Vec<Expression>) {
        let values = self.language.numbers(analysis);
        let numbers = self.language.number_layer(analysis, &values);
        let found = self.times.read(analysis, &numbers, &values, setting).expressions;
        let times = Layer::new(analysis, found.iter().map(|time| time.tokens).zip(0u32..));
        (Layers { values, numbers, times }, found)
    }

    /// Runs the examples of the pack's rules of reading. Those of numbers and times run where they
    /// are compiled.
    pub(crate) fn examples(&self) -> Vec<String> {
        let mut faults = self.attribution_examples();
        faults.extend(self.attribution.turns.examples(|text| {
            let analysis = self.language.analyse_paragraph(text);
            let (layers, _) = self.layers(&analysis, Setting::default());
            self.attribution.turns.begins(&analysis, &[&layers.numbers, &layers.times])
        }));
        faults.extend(self.figures.examples(|text| {
            let analysis = self.language.analyse_paragraph(text);
            let setting = Setting::default();
            let found = self.find(&analysis, setting, self.engine.as_ref()).quantities;
            found.into_iter().map(|q| (analysis.words(q.tokens).to_owned(), q)).collect()
        }));
        faults.extend(self.parts.examples(|text| {
            let analysis = self.language.analyse_paragraph(text);
            let (quantities, counting) = self.counted(&analysis);
            self.parts.pairs(&analysis, &counting, &quantities)
        }));
        faults.extend(self.figures.asides().examples(|text| {
            let analysis = self.language.analyse_paragraph(text);
            let (_, counting) = self.counted(&analysis);
            self.figures.asides().words(&analysis, &counting)
        }));
        faults.extend(self.proceeding_examples());
        match Intake::new() {
            Ok(intake) => faults.extend(self.links.examples(|text| self.links_of(&intake, text))),
            Err(fault) => faults.push(fault.to_string()),
        }
        faults.extend(self.allegations.examples(|text, look| {
            let analysis = self.language.analyse_paragraph(text);
            let charged = self.find(&analysis, Setting::default(), None).charged;
            look(Read { charged: &charged, words: &|tokens| analysis.words(tokens).to_owned() });
        }));
        faults.iter().map(|fault| format!("{}: {fault}", self.pack_tag)).collect()
    }

    fn attribution_examples(&self) -> Vec<String> {
        let rules = self.attribution.examples();
        let faults = rules.flat_map(|(name, fires, silent)| {
            let wrong = |fires: &attribution::Fires| {
                let analysis = self.language.analyse_paragraph(&fires.text);
                let words = |tokens: Option<Tokens>| tokens.map(|t| analysis.words(t).to_owned());
                let found = self.find(&analysis, Setting::default(), None).attributions;
                let said = found.iter().map(|a| {
                    let content: Vec<_> =
                        a.content.iter().map(|part| analysis.words(*part)).collect();
                    (words(a.source), words(a.cue), content.join(" … "))
                });
                let said: Vec<_> = said.collect();
                let wanted = (fires.source.clone(), Some(fires.cue.clone()), fires.content.clone());
                (!said.contains(&wanted)).then(|| format!("{:?} gives {said:?}", fires.text))
            };
            let fired = |text: &str| {
                let analysis = self.language.analyse_paragraph(text);
                let (layers, _) = self.layers(&analysis, Setting::default());
                let fired = self.attribution.fired(&analysis, &[&layers.numbers, &layers.times]);
                fired.contains(&name)
            };
            examples::faults(name, (fires, silent), wrong, fired)
        });
        faults.collect()
    }

    /// The links of an example as one paragraph, from cue to cue.
    fn links_of(&self, intake: &Intake, text: &str) -> Vec<(String, LinkKind, String)> {
        let unit = units("", text.as_bytes()).next();
        let document = unit.and_then(|unit| intake.read(&unit, &Options::default()).ok());
        let Some(mut document) = document else { return Vec::new() };
        let extent = Extent::at(0..document.record.text.len());
        document.blocks = vec![Block { extent, kind: BlockKind::Paragraph }];
        let record = self.read(&document, None);
        let cue = |at: StatementId| {
            let cue = record.statements.get(at.index()).and_then(|s| s.cue.as_ref());
            cue.map(|cue| cue.span.text.clone()).unwrap_or_default()
        };
        record.links.iter().map(|link| (cue(link.from), link.kind, cue(link.to))).collect()
    }

    fn proceeding_examples(&self) -> Vec<String> {
        let rules = self.proceedings.examples();
        let faults = rules.flat_map(|(of, name, fires, silent)| {
            let read = |text: &str| {
                let analysis = self.language.analyse_paragraph(text);
                let Findings { names, steps, .. } = self.find(&analysis, Setting::default(), None);
                let mut cast = self.cast(&analysis, &names);
                let matters =
                    self.proceedings.matters(&analysis, &steps, &mut cast, &mut |cast, tokens| {
                        self.speakers.speaker(&analysis, &self.cues, cast, tokens, None).actor
                    });
                let taken = matters.iter().flat_map(|matter| {
                    let subject =
                        matter.subject.map_or(String::new(), |key| cast.name(key).to_owned());
                    matter.taken(of, &steps).map(move |place| (place, subject.clone()))
                });
                let taken: Vec<(usize, String)> = taken.collect();
                let forum = taken.iter().find_map(|(place, _)| steps[*place].forum);
                let forum = forum.map(|tokens| analysis.words(tokens).to_owned());
                (forum, taken.into_iter().map(|(_, subject)| subject).collect::<Vec<_>>())
            };
            let wrong = |fires: &proceedings::Fires| {
                let found = read(&fires.text);
                let forum = fires.forum.is_none() || found.0 == fires.forum;
                let right = forum && found.1 == fires.subjects;
                (!right).then(|| format!("{:?} gives {found:?}", fires.text))
            };
            let fired = |text: &str| !read(text).1.is_empty();
            examples::faults(&name, (fires, silent), wrong, fired)
        });
        faults.collect()
    }

    /// How many of the sentences that the cues carry are read as they say, and those that are not.
    pub(crate) fn cue_examples(&self) -> (usize, Vec<String>) {
        let mut right = 0;
        let mut faults = Vec::new();
        for example in self.cues.examples() {
            let texts = example.fires.iter().map(|text| (text, true));
            for (text, wanted) in texts.chain(example.silent.iter().map(|text| (text, false))) {
                let analysis = self.language.analyse_paragraph(text);
                let found = self.find(&analysis, Setting::default(), None).attributions;
                match found.iter().any(|a| a.lemma == example.lemma) == wanted {
                    true => right += 1,
                    false => faults.push(format!("{}: {text:?}", example.lemma)),
                }
            }
        }
        (right, faults)
    }
}

/// The day on which a document was published.
fn published(document: &Document) -> Option<jiff::civil::Date> {
    document.record.published.as_ref()?.value.get(..10)?.parse().ok()
}
