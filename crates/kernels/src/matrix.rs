//! Products of a matrix of small integers with rows of small integers.

use crate::level::{Kind, Level};

/// Outputs that are computed together.
const LANES: usize = 16;
/// Inputs that are multiplied together.
const GROUP: usize = 4;
/// Rows of input that share one reading of the weights.
const TILE: usize = 4;

/// A matrix of `i8`, laid out for the kernels: blocks of 16 outputs, in each the inputs by fours.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// `[block][group of inputs][lane][input of the group]`.
    packed: Vec<i8>,
    /// 128 times the sum of each output's weights.
    offset: Vec<i32>,
    outputs: usize,
    inputs: usize,
}

impl Matrix {
    /// The matrix of `outputs` rows of `inputs` weights, one row after the other. `None` where
    /// `weights` is not that long or `inputs` is no multiple of four.
    #[must_use]
    pub fn new(weights: &[i8], outputs: usize, inputs: usize) -> Option<Self> {
        if weights.len() != outputs.checked_mul(inputs)?
            || !inputs.is_multiple_of(GROUP)
            || inputs == 0
        {
            return None;
        }
        let blocks = outputs.div_ceil(LANES);
        let mut packed = vec![0; blocks * LANES * inputs];
        let mut offset = vec![0; blocks * LANES];
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            let (block, lane) = (output / LANES, output % LANES);
            for (input, weight) in row.iter().enumerate() {
                let (group, place) = (input / GROUP, input % GROUP);
                let at = (block * inputs / GROUP + group) * LANES * GROUP + lane * GROUP + place;
                packed[at] = *weight;
                offset[output] += 128 * i32::from(*weight);
            }
        }
        Some(Self { packed, offset, outputs: blocks * LANES, inputs })
    }

    /// How many outputs a row has: those that it was made with, rounded up to a multiple of 16.
    /// The added ones are 0.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// How many inputs a row has.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Sets `out` to the products of each row of `rows` with every output's weights. `rows` holds
    /// the inputs plus 128, `inputs` a row; `out` gets `outputs` a row. Rows that either lacks are
    /// left out.
    pub fn multiply(&self, level: Level, rows: &[u8], out: &mut [i32]) {
        match level.0 {
            Kind::Plain => self.plain(rows, out),
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code, reason = "the level says that the processor has the instructions")]
            Kind::Avx2 => unsafe { x86::avx2(self, rows, out) },
            #[cfg(target_arch = "x86_64")]
            #[allow(unsafe_code, reason = "the level says that the processor has the instructions")]
            Kind::Avx512Vnni => unsafe { x86::avx512(self, rows, out) },
        }
    }

    fn plain(&self, rows: &[u8], out: &mut [i32]) {
        let rows = rows.chunks_exact(self.inputs);
        for (row, out) in rows.zip(out.chunks_exact_mut(self.outputs)) {
            for (block, out) in out.chunks_exact_mut(LANES).enumerate() {
                let weights = &self.packed[block * LANES * self.inputs..][..LANES * self.inputs];
                let mut sums = [0_i32; LANES];
                for (group, inputs) in
                    weights.chunks_exact(LANES * GROUP).zip(row.chunks_exact(GROUP))
                {
                    for (sum, weights) in sums.iter_mut().zip(group.chunks_exact(GROUP)) {
                        for (weight, input) in weights.iter().zip(inputs) {
                            *sum += i32::from(*weight) * i32::from(*input);
                        }
                    }
                }
                let offset = &self.offset[block * LANES..];
                for ((out, sum), offset) in out.iter_mut().zip(sums).zip(offset) {
                    *out = sum - offset;
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(
    unsafe_code,
    reason = "registers are loaded from slices whose lengths are held beside them"
)]
mod x86 {
    use std::arch::x86_64::{
        __m128i, __m256i, __m512i, _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16,
        _mm256_madd_epi16, _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_storeu_si256,
        _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
        _mm512_storeu_si512, _mm512_sub_epi32,
    };

    use super::{GROUP, LANES, Matrix, TILE};

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    pub(super) fn avx512(matrix: &Matrix, rows: &[u8], out: &mut [i32]) {
        let (inputs, outputs) = (matrix.inputs, matrix.outputs);
        let tiles = rows.chunks(TILE * inputs).zip(out.chunks_mut(TILE * outputs));
        for (rows, out) in tiles {
            let count = (rows.len() / inputs).min(out.len() / outputs);
            match count {
                4 => tile512::<4>(matrix, rows, out),
                3 => tile512::<3>(matrix, rows, out),
                2 => tile512::<2>(matrix, rows, out),
                1 => tile512::<1>(matrix, rows, out),
                _ => {}
            }
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
    fn tile512<const ROWS: usize>(matrix: &Matrix, rows: &[u8], out: &mut [i32]) {
        let (inputs, outputs) = (matrix.inputs, matrix.outputs);
        let rows: [&[u8]; ROWS] = std::array::from_fn(|row| &rows[row * inputs..][..inputs]);
        for block in 0..outputs / LANES {
            let weights = &matrix.packed[block * LANES * inputs..][..LANES * inputs];
            let mut sums: [__m512i; ROWS] = [_mm512_setzero_si512(); ROWS];
            for (group, weights) in weights.chunks_exact(LANES * GROUP).enumerate() {
                // SAFETY: a chunk is 64 bytes.
                let weights = unsafe { _mm512_loadu_si512(weights.as_ptr().cast()) };
                for (sum, row) in sums.iter_mut().zip(&rows) {
                    let four = four(row, group);
                    *sum = _mm512_dpbusd_epi32(*sum, _mm512_set1_epi32(four), weights);
                }
            }
            let offset = &matrix.offset[block * LANES..][..LANES];
            // SAFETY: the slice is 16 numbers of 4 bytes.
            let offset = unsafe { _mm512_loadu_si512(offset.as_ptr().cast()) };
            for (row, sum) in sums.iter().enumerate() {
                let out = &mut out[row * outputs + block * LANES..][..LANES];
                // SAFETY: the slice is 16 numbers of 4 bytes.
                unsafe {
                    _mm512_storeu_si512(out.as_mut_ptr().cast(), _mm512_sub_epi32(*sum, offset))
                };
            }
        }
    }

    #[inline(always)]
    fn four(row: &[u8], group: usize) -> i32 {
        let bytes = &row[group * GROUP..][..GROUP];
        i32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn avx2(matrix: &Matrix, rows: &[u8], out: &mut [i32]) {
        let (inputs, outputs) = (matrix.inputs, matrix.outputs);
        for (row, out) in rows.chunks_exact(inputs).zip(out.chunks_exact_mut(outputs)) {
            for block in 0..outputs / LANES {
                let weights = &matrix.packed[block * LANES * inputs..][..LANES * inputs];
                // Each register holds four outputs, two partial sums of each.
                let mut sums: [__m256i; 4] = [_mm256_setzero_si256(); 4];
                for (group, weights) in weights.chunks_exact(LANES * GROUP).enumerate() {
                    let four = four(row, group).to_le_bytes().map(u64::from);
                    let four = four[0] | four[1] << 16 | four[2] << 32 | four[3] << 48;
                    let four = _mm256_set1_epi64x(four.cast_signed());
                    for (sum, weights) in sums.iter_mut().zip(weights.chunks_exact(16)) {
                        // SAFETY: a chunk is 16 bytes.
                        let weights =
                            unsafe { _mm_loadu_si128(weights.as_ptr().cast::<__m128i>()) };
                        let product = _mm256_madd_epi16(_mm256_cvtepi8_epi16(weights), four);
                        *sum = _mm256_add_epi32(*sum, product);
                    }
                }
                let mut parts = [0_i32; 2 * LANES];
                for (sum, parts) in sums.iter().zip(parts.chunks_exact_mut(8)) {
                    // SAFETY: a chunk is 8 numbers of 4 bytes.
                    unsafe { _mm256_storeu_si256(parts.as_mut_ptr().cast(), *sum) };
                }
                let offset = &matrix.offset[block * LANES..][..LANES];
                let out = &mut out[block * LANES..][..LANES];
                for ((out, parts), offset) in out.iter_mut().zip(parts.chunks_exact(2)).zip(offset)
                {
                    *out = parts[0] + parts[1] - offset;
                }
            }
        }
    }
}
