//! The trained engine: what it tells of words, the same at every level and in any company.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use onrecord_intake::{Block, BlockKind};
use onrecord_kernels::Level;
use onrecord_language::engine::{Engine, LONGEST_UNIT, Role, Word, units};
use onrecord_language::{Analysis, Language, TokenId, Tokens};
use onrecord_packs::Pack;
use onrecord_record::Extent;

fn language() -> Language {
    Language::compile(&Pack::find("en").unwrap().unwrap()).unwrap()
}

fn engine() -> Engine {
    Engine::new(Pack::find("en").unwrap().unwrap().model().unwrap().weights).unwrap()
}

/// The analysis of a text, a paragraph a line.
fn analyse<'t>(language: &Language, text: &'t str) -> Analysis<'t> {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            let extent = Extent::at(start..start + line.len());
            blocks.push(Block { extent, kind: BlockKind::Paragraph });
        }
        start += line.len() + 1;
    }
    language.analyse(text, &blocks)
}

/// Each token as word, universal tag, relation, head, role: one a line.
fn told(engine: &Engine, analysis: &Analysis<'_>, words: &[Word]) -> Vec<String> {
    let tokens = analysis.tokens.iter().zip(words);
    tokens
        .map(|(token, told)| {
            let word = token.extent.of(analysis.text).unwrap();
            let (upos, deprel) = (&engine.upos[told.upos], &engine.deprel[told.deprel]);
            let role = match told.role {
                Role::None => "-",
                Role::Source => "source",
                Role::Cue => "cue",
                Role::Content => "content",
            };
            let lemma = engine.lemma(word, *told);
            format!("{word} {lemma} {upos} {deprel} {} {role}", analysis.word(told.head))
        })
        .collect()
}

#[test]
fn a_sentence_has_its_grammar_and_its_roles() {
    let (language, engine) = (language(), engine());
    let analysis =
        analyse(&language, "The harbour ministry said that its boats had left the ferry.");
    let words = engine.read(&analysis, &[]);
    let wanted = [
        "The the DET det ministry source",
        "harbour harbour NOUN compound ministry source",
        "ministry ministry NOUN nsubj said source",
        "said say VERB root said cue",
        "that that SCONJ mark left content",
        "its its PRON nmod:poss boats content",
        "boats boat NOUN nsubj left content",
        "had have AUX aux left content",
        "left leave VERB ccomp said content",
        "the the DET det ferry content",
        "ferry ferry NOUN obj left content",
        ". . PUNCT punct said -",
    ];
    assert_eq!(told(&engine, &analysis, &words), wanted);
}

const STORY: &str = "The mayor said the bridge was safe. Engineers in Kesh disagreed.\n\
    “We saw cracks,” said Ana Roe, who led the survey. “Nobody listened.”\n\
    According to the port authority, 12 boats sank.";

#[test]
fn every_level_and_company_gives_the_same() {
    let language = language();
    let weights = Pack::find("en").unwrap().unwrap().model().unwrap().weights;
    let analysis = analyse(&language, STORY);
    let plain = Engine::with_level(weights, Level::PLAIN).unwrap().read(&analysis, &[]);
    assert!(plain.iter().any(|word| word.role == Role::Content));
    for level in Level::all() {
        assert_eq!(
            Engine::with_level(weights, level).unwrap().read(&analysis, &[]),
            plain,
            "{level:?}"
        );
    }
    // Each paragraph alone, told as part of the whole.
    let engine = engine();
    let mut alone = Vec::new();
    for line in STORY.split('\n') {
        let first = alone.len();
        let analysis = analyse(&language, line);
        let moved = |word: Word| Word { head: TokenId::at(word.head.index() + first), ..word };
        alone.extend(engine.read(&analysis, &[]).into_iter().map(moved));
    }
    assert_eq!(alone, plain);
}

#[test]
fn heads_make_one_tree_a_sentence() {
    let (language, engine) = (language(), engine());
    let analysis = analyse(&language, STORY);
    let words = engine.read(&analysis, &[]);
    for sentence in &analysis.sentences {
        let roots = sentence.tokens.into_iter().filter(|id| words[id.index()].head == *id).count();
        assert_eq!(roots, 1);
        for token in sentence.tokens {
            let mut at = token;
            for _ in 0..sentence.tokens.len() {
                at = words[at.index()].head;
                assert!(sentence.tokens.holds(at));
            }
            assert_eq!(words[at.index()].head, at, "{} hangs on no root", analysis.word(token));
        }
    }
}

#[test]
fn odd_texts_are_read_to_their_end() {
    let (language, engine) = (language(), engine());
    let long = "they said that ".repeat(7000);
    let texts = [
        "THE MINISTRY SAID THE DAM WAS SAFE. THE UNION DENIED IT.",
        "the ministry said the dam was safe the union denied it",
        "“We “never “said “that",
        "\"\"\"\" '' ”””",
        "l0ok at th1s — sca nned te xt , sa1d t he m ayor",
        "| a | 12 | said |\n- one\n- two\n• three",
        "El alcalde dijo que no. 市長は否定した。 Он сказал 🙂🙂👩‍👩‍👧",
        long.as_str(),
    ];
    for text in texts {
        let analysis = analyse(&language, text);
        let words = engine.read(&analysis, &[]);
        assert_eq!(words.len(), analysis.tokens.len(), "{text:.40}");
        let total: usize = units(&analysis).iter().map(|unit| unit.tokens.len()).sum();
        assert_eq!(total, words.len());
        assert!(units(&analysis).iter().all(|unit| unit.tokens.len() <= LONGEST_UNIT));
        assert!(words.iter().all(|word| (0.0..=1.0001).contains(&word.likely)));
        // A hidden stretch may lie where a unit ends.
        let last = words.len().min(LONGEST_UNIT + 3);
        let hidden = [Tokens::at(last.saturating_sub(6)..last)];
        assert_eq!(engine.read(&analysis, &hidden).len(), words.len(), "{text:.40}");
    }
    assert!(engine.read(&analyse(&language, ""), &[]).is_empty());
}

#[test]
fn letters_of_one_case_keep_their_roles() {
    let (language, engine) = (language(), engine());
    for text in ["THE MINISTRY SAID THE DAM WAS SAFE.", "the ministry said the dam was safe."] {
        let analysis = analyse(&language, text);
        let roles: Vec<Role> = engine.read(&analysis, &[]).iter().map(|word| word.role).collect();
        let (source, content) = (Role::Source, Role::Content);
        assert_eq!(
            roles[..7],
            [source, source, Role::Cue, content, content, content, content],
            "{text}"
        );
    }
}

#[test]
fn foreign_weights_are_refused_with_a_cause() {
    let whole = Pack::find("en").unwrap().unwrap().model().unwrap().weights;
    let refused = |bytes: &'static [u8]| Engine::new(bytes).unwrap_err().to_string();
    assert!(refused(b"not weights at all").starts_with("the weights cannot be read"));
    assert!(refused(&whole[..whole.len() / 2]).starts_with("the weights cannot be read"));
    let layout = b"\"format\":\"1\"";
    let at = whole.windows(layout.len()).position(|bytes| bytes == layout).unwrap();
    let mut other = whole.to_vec();
    other[at + layout.len() - 2] = b'7';
    assert_eq!(
        refused(other.leak()),
        "the weights have layout 7, this program reads 1: take the file that ships with this version"
    );
}

/// What the training code tells of `pinned/story.txt`, a line a unit, as `training/pin.py` prints it:
/// labels and numbers a row, where each party is one row.
#[test]
fn words_are_told_as_the_training_code_tells_them() {
    let (language, engine) = (language(), engine());
    let analysis = analyse(&language, include_str!("pinned/story.txt"));
    let told: Vec<serde_json::Value> = include_str!("pinned/told.jsonl")
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let units = units(&analysis);
    assert_eq!(units.len(), told.len());
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let mut hidden: Vec<Tokens> = Vec::new();
    for (unit, told) in units.iter().zip(&told) {
        let first = unit.tokens.start.index();
        let parties = told["parties"].as_array().unwrap().iter();
        hidden.extend(parties.map(|p| Tokens::at(first + number(&p[0])..first + number(&p[1]))));
    }
    let words = engine.read(&analysis, &hidden);
    let (mut rows, mut other, mut apart, mut furthest) = (0_u32, 0_u32, 0.0, 0.0_f64);
    for (unit, told) in units.iter().zip(&told) {
        // The last token of each row: what the others of a party depend on.
        let inner =
            |token: &TokenId| hidden.iter().any(|p| p.holds(*token) && p.end.0 - 1 > token.0);
        let lasts: Vec<TokenId> = unit.tokens.into_iter().filter(|token| !inner(token)).collect();
        assert_eq!(lasts.len(), told["roles"].as_array().unwrap().len());
        for (row, last) in lasts.iter().enumerate() {
            let word = words[last.index()];
            let role = number(&told["roles"][row]);
            let roles = [Role::None, Role::Source, Role::Cue, Role::Content];
            assert_eq!(word.role, roles[role.div_ceil(2)], "{}", analysis.word(*last));
            let gap = (f64::from(word.likely) - told["likely"][row].as_f64().unwrap()).abs();
            (apart, furthest) = (apart + gap, furthest.max(gap));
            let head = lasts[number(&told["head"][row])];
            let labels = [
                (&engine.upos[word.upos], "upos"),
                (&engine.xpos[word.xpos], "xpos"),
                (&engine.mention[word.mention], "mention"),
            ];
            other +=
                labels.iter().map(|(ours, kind)| u32::from(**ours != told[kind][row])).sum::<u32>();
            other += u32::from(word.head != head);
            rows += 1;
        }
    }
    // Eight bits for a weight and one tree for a sentence may move a label here and there.
    assert!(rows > 100 && 50 * other < 4 * rows, "{other} labels of {rows} words are others");
    assert!(
        furthest < 0.1 && apart < 0.01 * f64::from(rows),
        "{furthest}, {apart} over {rows} words"
    );
}
