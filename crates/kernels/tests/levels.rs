//! Every level gives the bits of the plain one.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use onrecord_kernels::{Gates, Level, Matrix, exp, sigmoid, tanh};
use proptest::prelude::*;

proptest! {
    #[test]
    fn products_agree(
        (outputs, groups, count) in (1_usize..40, 1_usize..12, 0_usize..10),
        seed in prop::collection::vec(any::<i8>(), 64),
    ) {
        let inputs = groups * 4;
        let some = |at: usize| seed[at * 31 % 61 % 64].wrapping_add(seed[at % 64]);
        let weights: Vec<i8> = (0..outputs * inputs).map(some).collect();
        let rows: Vec<u8> = (0..count * inputs).map(|at| some(at + 7).cast_unsigned()).collect();
        let matrix = Matrix::new(&weights, outputs, inputs).unwrap();
        let mut wanted = vec![0_i32; count * matrix.outputs()];
        for (row, wanted) in rows.chunks(inputs).zip(wanted.chunks_mut(matrix.outputs())) {
            for (weights, wanted) in weights.chunks(inputs).zip(wanted) {
                let products = weights.iter().zip(row).map(|(w, x)| i32::from(*w) * (i32::from(*x) - 128));
                *wanted = products.sum();
            }
        }
        for level in Level::all() {
            let mut out = vec![1_i32; wanted.len()];
            matrix.multiply(level, &rows, &mut out);
            prop_assert_eq!(&out, &wanted, "{:?}", level);
        }
    }

    #[test]
    fn gates_agree(
        hidden in 1_usize..40,
        inputs in prop::collection::vec(-9.0_f32..9.0, 160),
        products in prop::collection::vec(-200_000_i32..200_000, 160),
    ) {
        let scales = vec![3e-5_f32; 4 * hidden];
        let rows: Vec<&[f32]> = vec![&inputs[..4 * hidden]];
        let mut wanted = None;
        for level in Level::all() {
            let (mut cells, mut states) = (vec![0.25; hidden], vec![0; hidden]);
            Gates { input: &rows, products: &products[..4 * hidden], scales: &scales, cells: &mut cells, states: &mut states, hidden }
                .step(level);
            let bits: Vec<u32> = cells.iter().map(|cell| cell.to_bits()).collect();
            let wanted = wanted.get_or_insert_with(|| (bits.clone(), states.clone()));
            prop_assert_eq!(&(bits, states), &*wanted, "{:?}", level);
        }
    }
}

#[test]
fn functions_are_near() {
    for step in -2000..=2000 {
        let x = f64::from(step) * 0.01;
        let near = |ours: f32, wanted: f64, within: f64| {
            assert!((f64::from(ours) - wanted).abs() <= within, "{x}: {ours} for {wanted}");
        };
        let narrow = x as f32;
        near(tanh(narrow), x.tanh(), 1e-6);
        near(sigmoid(narrow), 1.0 / (1.0 + (-x).exp()), 1e-6);
        near(exp(narrow), x.exp(), x.exp() * 2e-6);
    }
    assert!(tanh(f32::NAN).is_nan() || tanh(f32::NAN).abs() <= 1.0);
    assert_eq!(exp(-1000.0).to_bits(), 0);
}

#[test]
fn a_matrix_of_another_size_is_refused() {
    assert!(Matrix::new(&[0; 12], 2, 4).is_none());
    assert!(Matrix::new(&[0; 6], 2, 3).is_none());
    assert_eq!(Matrix::new(&[0; 8], 2, 4).unwrap().outputs(), 16);
}
