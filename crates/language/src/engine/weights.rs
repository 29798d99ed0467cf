//! The file of weights: safetensors, its layout told in `docs/engine.md`.

use onrecord_kernels::Matrix;
use safetensors::{Dtype, SafeTensors};

/// The layout that this program reads.
const FORMAT: &str = "1";

/// Why weights cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// The file is no safetensors file, or one that is cut off.
    #[error("the weights cannot be read ({cause}): take the file that ships with this version")]
    Corrupt {
        /// What is wrong with it.
        cause: String,
    },
    /// The file has another layout.
    #[error(
        "the weights have layout {found}, this program reads {FORMAT}: take the file that ships with this version"
    )]
    Unsupported {
        /// The layout that it names, or `none`.
        found: String,
    },
    /// A table is missing or has another size or type than the rest of the file asks for.
    #[error("the weights lack {name} as {wanted}: make them anew with training/run.sh")]
    Misfit {
        /// The table.
        name: String,
        /// What was asked for.
        wanted: String,
    },
}

/// A file of weights.
pub(crate) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    metadata: std::collections::BTreeMap<String, String>,
}

impl<'a> Weights<'a> {
    /// The weights in a file's bytes.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, WeightsError> {
        let corrupt =
            |e: safetensors::SafeTensorError| WeightsError::Corrupt { cause: e.to_string() };
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(corrupt)?;
        let metadata: std::collections::BTreeMap<String, String> =
            header.metadata().iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect();
        match metadata.get("format").map(String::as_str) {
            Some(FORMAT) => {}
            found => {
                return Err(WeightsError::Unsupported {
                    found: found.unwrap_or("none").to_owned(),
                });
            }
        }
        Ok(Self { tensors: SafeTensors::deserialize(bytes).map_err(corrupt)?, metadata })
    }

    /// The names of a kind of label, in the order of their numbers.
    pub(crate) fn labels(&self, kind: &str) -> Result<Vec<String>, WeightsError> {
        let json = self.metadata.get(kind);
        json.and_then(|json| serde_json::from_str(json).ok())
            .ok_or_else(|| misfit(kind, "a list of labels"))
    }

    /// A number of the metadata.
    pub(crate) fn number(&self, name: &str) -> Result<usize, WeightsError> {
        let text = self.metadata.get(name);
        text.and_then(|text| text.parse().ok()).ok_or_else(|| misfit(name, "a number"))
    }

    /// A table's bytes, and how many rows of `width` it has.
    pub(crate) fn bytes(&self, name: &str, width: usize) -> Result<&'a [i8], WeightsError> {
        let wanted = || misfit(name, &format!("8-bit integers, {width} a row"));
        let tensor = self.tensors.tensor(name).map_err(|_| wanted())?;
        let fits = tensor.dtype() == Dtype::I8 && tensor.shape().last() == Some(&width);
        if fits { Ok(signed(tensor.data())) } else { Err(wanted()) }
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, WeightsError> {
        let tensor = self.tensors.tensor(name).ok();
        tensor
            .and_then(|tensor| std::str::from_utf8(tensor.data()).ok())
            .ok_or_else(|| misfit(name, "a text in UTF-8"))
    }

    /// The numbers of a table of so many.
    pub(crate) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, WeightsError> {
        let wanted = || misfit(name, &format!("{count} 32-bit floats"));
        let tensor = self.tensors.tensor(name).map_err(|_| wanted())?;
        let (bytes, rest) = tensor.data().as_chunks::<4>();
        if tensor.dtype() != Dtype::F32 || bytes.len() != count || !rest.is_empty() {
            return Err(wanted());
        }
        let floats: Vec<f32> = bytes.iter().map(|four| f32::from_le_bytes(*four)).collect();
        if floats.iter().all(|value| value.is_finite()) { Ok(floats) } else { Err(wanted()) }
    }

    /// A matrix of so many outputs, with what a unit of each output is worth.
    pub(crate) fn matrix(
        &self,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<(Matrix, Vec<f32>), WeightsError> {
        let matrix = Matrix::new(self.bytes(name, inputs)?, outputs, inputs);
        let matrix = matrix.ok_or_else(|| misfit(name, &format!("{outputs} by {inputs}")))?;
        Ok((matrix, self.floats(&format!("{name}_scale"), outputs)?))
    }
}

pub(crate) fn misfit(name: &str, wanted: &str) -> WeightsError {
    WeightsError::Misfit { name: name.to_owned(), wanted: wanted.to_owned() }
}

/// Bytes as signed ones, in place.
fn signed(bytes: &[u8]) -> &[i8] {
    bytemuck::cast_slice(bytes)
}
