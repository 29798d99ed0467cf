//! Kernels: the arithmetic of the network. Integer matrix products and the gates of an LSTM, each
//! in a plain version and in versions for wider registers. All give the same bits: products are of
//! integers, and floats are only added, multiplied and divided one by one in a fixed order.
//!
//! This is the one room with `unsafe` in it, so that no other needs it.

mod gates;
mod level;
mod matrix;

pub use gates::{Gates, exp, sigmoid, tanh};
pub use level::Level;
pub use matrix::Matrix;
