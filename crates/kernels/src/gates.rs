//! The gates of an LSTM, and the functions that they are made of.

use crate::level::{Kind, Level};

/// One step of an LSTM for some rows: what goes in and what comes out.
#[derive(Debug)]
pub struct Gates<'a> {
    /// What the input adds to each gate: the gates of input, forget, cell and output, `hidden`
    /// numbers each, a row after the other.
    pub input: &'a [&'a [f32]],
    /// The products of the last states with the weights, `4 * hidden` a row.
    pub products: &'a [i32],
    /// What a unit of a product is worth, for each of the `4 * hidden`.
    pub scales: &'a [f32],
    /// The cells, `hidden` a row.
    pub cells: &'a mut [f32],
    /// Gets the new states: 127 times the state, rounded, plus 128; `hidden` a row.
    pub states: &'a mut [u8],
    /// How many cells a row has.
    pub hidden: usize,
}

impl Gates<'_> {
    /// Takes the step.
    pub fn step(&mut self, level: Level) {
        match level.0 {
            Kind::Plain => self.plain(),
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code, reason = "the level says that the processor has the instructions")]
            Kind::Avx2 => unsafe { self.avx2() },
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code, reason = "the level says that the processor has the instructions")]
            Kind::Avx512Vnni => unsafe { self.avx512() },
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    fn avx512(&mut self) {
        self.plain();
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn avx2(&mut self) {
        self.plain();
    }

    #[inline(always)]
    fn plain(&mut self) {
        let hidden = self.hidden;
        let rows = self.input.iter().zip(self.products.chunks_exact(4 * hidden));
        let states = self.cells.chunks_exact_mut(hidden).zip(self.states.chunks_exact_mut(hidden));
        for ((input, products), (cells, states)) in rows.zip(states) {
            let part = |gate: usize| {
                let range = gate * hidden..(gate + 1) * hidden;
                (&input[range.clone()], &products[range.clone()], &self.scales[range])
            };
            let (i, f, g, o) = (part(0), part(1), part(2), part(3));
            let sum = |(input, products, scales): (&[f32], &[i32], &[f32]), at: usize| {
                input[at] + products[at] as f32 * scales[at]
            };
            let (cells, states) = (&mut cells[..hidden], &mut states[..hidden]);
            for at in 0..hidden {
                let kept = sigmoid(sum(f, at)) * cells[at];
                let cell = kept + sigmoid(sum(i, at)) * tanh(sum(g, at));
                cells[at] = cell;
                states[at] = level_of(sigmoid(sum(o, at)) * tanh(cell));
            }
        }
    }
}

/// A state between -1 and 1 as 127 times itself, rounded, plus 128.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 255")]
fn level_of(state: f32) -> u8 {
    // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number, ties to even.
    let rounded = (state * 127.0 + 12_582_912.0) - 12_582_912.0;
    (rounded as i32 + 128) as u8
}

/// The hyperbolic tangent, within 1e-6 of it: a rational function (that of the Eigen library), by
/// additions, multiplications and one division alone, so that it has the same bits everywhere.
/// Between -1 and 1; a NaN gives a value there too.
#[must_use]
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.998_812, 7.998_812);
    let s = x * x;
    let mut p = -2.760_768_5e-16_f32;
    p = p * s + 2.000_188e-13;
    p = p * s - 8.604_672e-11;
    p = p * s + 5.122_297e-8;
    p = p * s + 1.485_722_4e-5;
    p = p * s + 6.372_619_3e-4;
    p = p * s + 4.893_525e-3;
    let mut q = 1.198_258_4e-6_f32;
    q = q * s + 1.185_347_1e-4;
    q = q * s + 2.268_434_6e-3;
    q = q * s + 4.893_525e-3;
    x * p / q
}

/// The logistic function, within 1e-6 of it; between 0 and 1.
#[must_use]
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 * tanh(0.5 * x) + 0.5
}

/// The exponential function, within a relative 1e-6 of it for results that are normal numbers; 0
/// below them, and the greatest such number above. The same bits everywhere.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within -126..=127")]
pub fn exp(x: f32) -> f32 {
    if x < -87.0 {
        return 0.0;
    }
    let x = x.min(88.0);
    let halves = (x * std::f32::consts::LOG2_E + 12_582_912.0) - 12_582_912.0;
    let r = (x - halves * 0.693_359_4) + halves * 2.121_944_4e-4;
    let mut p = 1.987_569_1e-4_f32;
    p = p * r + 1.398_199_9e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let power = f32::from_bits(((halves as i32 + 127) as u32) << 23);
    (p * r * r + r + 1.0) * power
}
