//! The network: features to the numbers that words are told by.

use std::collections::BTreeMap;

use onrecord_kernels::{Gates, Level, Matrix};

use super::features::{AFFIX_BUCKETS, Features, PLACES, SHAPES};
use super::forms::Forms;
use super::tags::{Chain, TAGS, Tagged};
use super::tree;
use super::weights::{Weights, WeightsError, misfit};

/// The columns of the tables that make up an input: form, affixes, shape.
const WORD: usize = 112;
const AFFIX: [usize; 4] = [16, 32, 24, 24];
const SHAPE: usize = 8;
const INPUT: usize = WORD + AFFIX[0] + AFFIX[1] + AFFIX[2] + AFFIX[3] + SHAPE;
/// Cells of one direction of a layer, and numbers of its gates.
const HIDDEN: usize = 160;
const GATES: usize = 4 * HIDDEN;
const STATE: usize = 2 * HIDDEN;
/// Width of the parser's views of a word.
const ARC: usize = 96;
const LABEL: usize = 64;
/// The state that stands for nothing read yet.
const EMPTY: u8 = 128;

/// A direction of a layer.
#[derive(Debug, Clone)]
struct Cell {
    input: Matrix,
    input_scale: Vec<f32>,
    state: Matrix,
    state_scale: Vec<f32>,
    backward: bool,
}

impl Cell {
    /// What the products of an input are worth at the gates, with what is added to each.
    fn weigh(&self, products: &[i32], added: &[f32], gates: &mut [f32]) {
        let parts = products.iter().zip(&self.input_scale).zip(added);
        for (gate, ((product, scale), added)) in gates.iter_mut().zip(parts) {
            *gate = *product as f32 * scale + added;
        }
    }
}

/// A matrix whose outputs are numbers of several kinds, one after the other.
#[derive(Debug, Clone)]
struct Heads {
    matrix: Matrix,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// Where each kind begins, and the end.
    starts: Vec<usize>,
}

/// The network of a language.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    level: Level,
    pub(crate) forms: Forms,
    words: &'static [i8],
    affixes: [&'static [i8]; 4],
    shapes: &'static [i8],
    first: [Cell; 2],
    /// What each place adds to the gates of the first layer, for each direction.
    places: [Vec<f32>; 2],
    second: [Cell; 2],
    bias: [Vec<f32>; 2],
    /// Universal tags, treebank tags, lemmas.
    early: Heads,
    /// Roles, mentions, and the four views of the parser.
    late: Heads,
    arc: Vec<f32>,
    arc_root: Vec<f32>,
    label: Vec<f32>,
    label_bias: Vec<f32>,
    chain: Chain,
}

/// What the network tells of a word: places in its lists of labels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Told {
    pub(crate) upos: usize,
    pub(crate) xpos: usize,
    pub(crate) lemma: usize,
    pub(crate) mention: usize,
    /// The place in the unit of its head; its own for a root.
    pub(crate) head: usize,
    pub(crate) deprel: usize,
    pub(crate) role: usize,
    /// How likely the role is.
    pub(crate) likely: f32,
}

/// How many labels there are of a kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) upos: usize,
    pub(crate) xpos: usize,
    pub(crate) lemma: usize,
    pub(crate) mention: usize,
    pub(crate) deprel: usize,
}

/// What a unit of words is to the network: a row a word.
pub(crate) struct Words {
    pub(crate) forms: Vec<u32>,
    pub(crate) features: Vec<Features>,
    /// How many words each of its sentences has.
    pub(crate) sentences: Vec<usize>,
}

impl Network {
    pub(crate) fn new(
        weights: &Weights<'static>,
        counts: Counts,
        level: Level,
    ) -> Result<Self, WeightsError> {
        let forms = Forms::new(weights.text("forms")?, weights.number("common")?);
        let table = |name: &str, rows: usize, width: usize| {
            let bytes = weights.bytes(name, width)?;
            let fits = bytes.len() == rows * width;
            fits.then_some(bytes).ok_or_else(|| misfit(name, &format!("{rows} by {width}")))
        };
        let mut affixes: [&'static [i8]; 4] = [&[]; 4];
        for (kind, affix) in affixes.iter_mut().enumerate() {
            *affix = table(&format!("affix{kind}"), AFFIX_BUCKETS[kind] as usize, AFFIX[kind])?;
        }
        let cell = |layer: &str, direction: &str, inputs: usize| {
            let at = format!("{layer}.{direction}");
            let (input, input_scale) = weights.matrix(&format!("{at}.input"), GATES, inputs)?;
            let (state, state_scale) = weights.matrix(&format!("{at}.state"), GATES, HIDDEN)?;
            Ok(Cell { input, input_scale, state, state_scale, backward: direction == "backward" })
        };
        let places =
            |direction: &str| weights.floats(&format!("first.{direction}.places"), PLACES * GATES);
        let bias = |direction: &str| weights.floats(&format!("second.{direction}.bias"), GATES);
        let early = [("upos", counts.upos), ("xpos", counts.xpos), ("lemma", counts.lemma)];
        let late = [
            ("emit", TAGS),
            ("mention", counts.mention),
            ("arc_dep", ARC),
            ("arc_head", ARC),
            ("label_dep", LABEL),
            ("label_head", LABEL),
        ];
        let step = weights.floats("step", TAGS * TAGS)?;
        let chain = Chain::new(&step, &weights.floats("begin", TAGS)?);
        Ok(Self {
            level,
            words: table("words", forms.len() + 2, WORD)?,
            forms,
            affixes,
            shapes: table("shape", SHAPES, SHAPE)?,
            first: [cell("first", "forward", INPUT)?, cell("first", "backward", INPUT)?],
            places: [places("forward")?, places("backward")?],
            second: [cell("second", "forward", STATE)?, cell("second", "backward", STATE)?],
            bias: [bias("forward")?, bias("backward")?],
            early: Heads::new(weights, &early)?,
            late: Heads::new(weights, &late)?,
            arc: weights.floats("arc", ARC * ARC)?,
            arc_root: weights.floats("arc_root", ARC)?,
            label: weights.floats("label", LABEL * counts.deprel)?,
            label_bias: weights.floats("label_bias", counts.deprel)?,
            chain: chain.ok_or_else(|| misfit("step", "a square of tags"))?,
        })
    }

    /// What it tells of each word of some units, one after the other.
    pub(crate) fn read(&self, units: &[Words]) -> Vec<Told> {
        let mut starts = vec![0];
        for unit in units {
            starts.push(starts[starts.len() - 1] + unit.forms.len());
        }
        let words = starts[units.len()];
        let mut told = vec![Told::default(); words];
        let one = self.first_layer(units, &starts);
        let mut products = vec![0; words * self.early.matrix.outputs()];
        self.early.matrix.multiply(self.level, &one, &mut products);
        for (told, row) in told.iter_mut().zip(products.chunks_exact(self.early.matrix.outputs())) {
            told.upos = self.early.most(row, 0);
            told.xpos = self.early.most(row, 1);
            told.lemma = self.early.most(row, 2);
        }
        let two = self.second_layer(&one, &starts);
        let width = self.late.matrix.outputs();
        let mut products = vec![0; words * width];
        self.late.matrix.multiply(self.level, &two, &mut products);
        for (told, row) in told.iter_mut().zip(products.chunks_exact(width)) {
            told.mention = self.late.most(row, 1);
        }
        for (unit, start) in units.iter().zip(&starts) {
            let range = *start..start + unit.forms.len();
            let rows = &products[range.start * width..range.end * width];
            let emissions: Vec<[f32; TAGS]> = rows
                .chunks_exact(width)
                .map(|row| std::array::from_fn(|tag| self.late.value(row, tag)))
                .collect();
            let told = &mut told[range];
            for (told, Tagged { tag, likely }) in told.iter_mut().zip(self.chain.tags(&emissions)) {
                (told.role, told.likely) = (tag, likely);
            }
            let mut first = 0;
            for count in &unit.sentences {
                let rows = &rows[first * width..(first + count) * width];
                self.parse(rows, first, &mut told[first..first + count]);
                first += count;
            }
        }
        told
    }

    /// The states of the first layer, a row a word.
    fn first_layer(&self, units: &[Words], starts: &[usize]) -> Vec<u8> {
        // Words of the same form and features are multiplied once.
        let mut kinds: BTreeMap<(u32, [u16; 4], u8), usize> = BTreeMap::new();
        let mut rows: Vec<u8> = Vec::new();
        let mut kind_of = Vec::with_capacity(starts[units.len()]);
        let mut places = Vec::with_capacity(starts[units.len()]);
        for unit in units {
            for (form, features) in unit.forms.iter().zip(&unit.features) {
                let fresh = kinds.len();
                let key = (*form, features.affixes, features.shape);
                let kind = *kinds.entry(key).or_insert_with(|| {
                    self.input(*form, features, &mut rows);
                    fresh
                });
                kind_of.push(kind);
                places.push(usize::from(features.place));
            }
        }
        let mut out = vec![EMPTY; kind_of.len() * STATE];
        let mut products = vec![0; kinds.len() * GATES];
        let mut gates = vec![0.0; kind_of.len() * GATES];
        for (side, cell) in self.first.iter().enumerate() {
            cell.input.multiply(self.level, &rows, &mut products);
            let words = kind_of.iter().zip(&places).zip(gates.chunks_exact_mut(GATES));
            for ((kind, place), gates) in words {
                let products = &products[kind * GATES..][..GATES];
                let place = &self.places[side][place * GATES..][..GATES];
                cell.weigh(products, place, gates);
            }
            self.run(cell, &gates, starts, side, &mut out);
        }
        out
    }

    fn input(&self, form: u32, features: &Features, rows: &mut Vec<u8>) {
        let mut add = |table: &[i8], row: usize, width: usize| {
            let row = &table[row * width..][..width];
            rows.extend(row.iter().map(|value| value.cast_unsigned() ^ 0x80));
        };
        add(self.words, form as usize, WORD);
        for (kind, affix) in features.affixes.iter().enumerate() {
            add(self.affixes[kind], usize::from(*affix), AFFIX[kind]);
        }
        add(self.shapes, usize::from(features.shape), SHAPE);
    }

    fn second_layer(&self, one: &[u8], starts: &[usize]) -> Vec<u8> {
        let words = one.len() / STATE;
        let mut out = vec![EMPTY; one.len()];
        let mut products = vec![0; words * GATES];
        let mut gates = vec![0.0; words * GATES];
        for (side, cell) in self.second.iter().enumerate() {
            cell.input.multiply(self.level, one, &mut products);
            let rows = products.chunks_exact(GATES).zip(gates.chunks_exact_mut(GATES));
            for (products, gates) in rows {
                cell.weigh(products, &self.bias[side], gates);
            }
            self.run(cell, &gates, starts, side, &mut out);
        }
        out
    }

    /// Runs a direction of a layer over every unit, all of them a word at a time.
    fn run(&self, cell: &Cell, gates: &[f32], starts: &[usize], side: usize, out: &mut [u8]) {
        let mut units: Vec<(usize, usize)> = starts.windows(2).map(|w| (w[0], w[1])).collect();
        units.sort_by_key(|(start, end)| std::cmp::Reverse(end - start));
        let longest = units.first().map_or(0, |(start, end)| end - start);
        let mut states = vec![EMPTY; units.len() * HIDDEN];
        let mut cells = vec![0.0; units.len() * HIDDEN];
        let mut products = vec![0; units.len() * GATES];
        let mut rows: Vec<&[f32]> = Vec::with_capacity(units.len());
        for step in 0..longest {
            let active = units.partition_point(|(start, end)| end - start > step);
            let word = |(start, end): &(usize, usize)| {
                if cell.backward { end - 1 - step } else { start + step }
            };
            let units = &units[..active];
            rows.clear();
            rows.extend(units.iter().map(|unit| &gates[word(unit) * GATES..][..GATES]));
            let products = &mut products[..active * GATES];
            cell.state.multiply(self.level, &states[..active * HIDDEN], products);
            let mut step = Gates {
                input: &rows,
                products,
                scales: &cell.state_scale,
                cells: &mut cells[..active * HIDDEN],
                states: &mut states[..active * HIDDEN],
                hidden: HIDDEN,
            };
            step.step(self.level);
            for (unit, state) in units.iter().zip(states.chunks_exact(HIDDEN)) {
                out[word(unit) * STATE + side * HIDDEN..][..HIDDEN].copy_from_slice(state);
            }
        }
    }

    /// Finds the heads of a sentence's words, whose first is the unit's `first`.
    fn parse(&self, rows: &[i32], first: usize, told: &mut [Told]) {
        let words = told.len();
        let heads = self.view(rows, 3, 0.0);
        // Heads a column each, so that all of them are scored at once.
        let mut columns = vec![0.0; ARC * words];
        for (word, head) in heads.chunks_exact(ARC).enumerate() {
            for (at, value) in head.iter().enumerate() {
                columns[at * words + word] = *value;
            }
        }
        let mut root = vec![0.0; words];
        for (column, weight) in columns.chunks_exact(words).zip(&self.arc_root) {
            add_scaled(&mut root, column, *weight);
        }
        let mut scores = Vec::with_capacity(words * words);
        let mut turned = vec![0.0; ARC];
        for dependent in self.view(rows, 2, 0.0).chunks_exact(ARC) {
            turned.fill(0.0);
            for (value, weights) in dependent.iter().zip(self.arc.chunks_exact(ARC)) {
                add_scaled(&mut turned, weights, *value);
            }
            let start = scores.len();
            scores.extend_from_slice(&root);
            for (value, column) in turned.iter().zip(columns.chunks_exact(words)) {
                add_scaled(&mut scores[start..], column, *value);
            }
        }
        let labels = self.label_bias.len();
        let (dependents, heads) = (self.view(rows, 4, f32::MIN), self.view(rows, 5, f32::MIN));
        let mut values = vec![0.0; labels];
        for (word, head) in tree::best(&scores, words).into_iter().enumerate() {
            values.copy_from_slice(&self.label_bias);
            let own = &dependents[word * LABEL..][..LABEL];
            let other = &heads[head * LABEL..][..LABEL];
            for ((own, other), weights) in
                own.iter().zip(other).zip(self.label.chunks_exact(labels))
            {
                add_scaled(&mut values, weights, (own + other).max(0.0));
            }
            let told = &mut told[word];
            told.head = first + head;
            told.deprel =
                (0..labels).fold(0, |best, at| if values[at] > values[best] { at } else { best });
        }
    }

    /// A kind of the late numbers, a row a word, none below `least`.
    fn view(&self, rows: &[i32], kind: usize, least: f32) -> Vec<f32> {
        let range = self.late.starts[kind]..self.late.starts[kind + 1];
        let rows = rows.chunks_exact(self.late.matrix.outputs());
        rows.flat_map(|row| range.clone().map(|at| self.late.value(row, at).max(least))).collect()
    }
}

fn add_scaled(sums: &mut [f32], values: &[f32], scale: f32) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value * scale;
    }
}

impl Heads {
    fn new(weights: &Weights<'_>, kinds: &[(&str, usize)]) -> Result<Self, WeightsError> {
        let (mut joined, mut scale, mut bias, mut starts) =
            (Vec::new(), Vec::new(), Vec::new(), vec![0]);
        for (name, count) in kinds {
            let rows = weights.bytes(name, STATE)?;
            if rows.len() != count * STATE {
                return Err(misfit(name, &format!("{count} by {STATE}")));
            }
            joined.extend_from_slice(rows);
            scale.extend(weights.floats(&format!("{name}_scale"), *count)?);
            bias.extend(weights.floats(&format!("{name}_bias"), *count)?);
            starts.push(bias.len());
        }
        let matrix = Matrix::new(&joined, bias.len(), STATE);
        let matrix = matrix.ok_or_else(|| misfit("heads", "rows of states"))?;
        Ok(Self { matrix, scale, bias, starts })
    }

    fn value(&self, row: &[i32], at: usize) -> f32 {
        row[at] as f32 * self.scale[at] + self.bias[at]
    }

    /// The label of a kind with the greatest value; the first of several.
    fn most(&self, row: &[i32], kind: usize) -> usize {
        let range = self.starts[kind]..self.starts[kind + 1];
        let (mut best, mut top) = (0, f32::NEG_INFINITY);
        for at in range.clone() {
            let value = self.value(row, at);
            if value > top {
                (best, top) = (at - range.start, value);
            }
        }
        best
    }
}
