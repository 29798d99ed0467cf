//! The JSON Schema of the contract, made from the types.

use crate::Record;

/// The JSON Schema (draft 2020-12) of a record: every record that serialises keeps it.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Record).to_value()
}
