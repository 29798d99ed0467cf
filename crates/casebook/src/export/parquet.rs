//! Sheets as Parquet files.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Cell, Column, ColumnKind};

/// Rows in one group.
const GROUP: usize = 65_536;

/// Writes a sheet as a Parquet file: every column may be empty, words are UTF-8.
///
/// # Errors
/// Where it cannot be written.
pub fn parquet(columns: &[Column], rows: &[Vec<Cell>], out: impl Write + Send) -> Result<()> {
    let field = |column: &Column| {
        let physical = match column.kind {
            ColumnKind::Text => Physical::BYTE_ARRAY,
            ColumnKind::Whole => Physical::INT64,
            ColumnKind::Number => Physical::DOUBLE,
            ColumnKind::Truth => Physical::BOOLEAN,
        };
        let words = (column.kind == ColumnKind::Text).then_some(LogicalType::String);
        Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(words)
            .build()
            .map(Arc::new)
    };
    let fields = columns.iter().map(field).collect::<Result<_>>()?;
    let schema = Type::group_type_builder("rows").with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_created_by("onrecord".to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    for rows in rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for (at, column) in columns.iter().enumerate() {
            let Some(mut out) = group.next_column()? else { continue };
            let there: Vec<i16> = rows
                .iter()
                .map(|row| i16::from(!matches!(row.get(at), None | Some(Cell::Nothing))))
                .collect();
            let cells = rows.iter().filter_map(|row| row.get(at));
            match column.kind {
                ColumnKind::Text => {
                    let text = |cell: &Cell| match cell {
                        Cell::Text(text) => Some(text.as_str().into()),
                        _ => None,
                    };
                    let values: Vec<_> = cells.filter_map(text).collect();
                    out.typed::<ByteArrayType>().write_batch(&values, Some(&there), None)?;
                }
                ColumnKind::Whole => {
                    let values: Vec<i64> = cells
                        .filter_map(|cell| match cell {
                            Cell::Whole(whole) => Some(*whole),
                            _ => None,
                        })
                        .collect();
                    out.typed::<Int64Type>().write_batch(&values, Some(&there), None)?;
                }
                ColumnKind::Number => {
                    let values: Vec<f64> = cells
                        .filter_map(|cell| match cell {
                            Cell::Number(number) => Some(*number),
                            _ => None,
                        })
                        .collect();
                    out.typed::<DoubleType>().write_batch(&values, Some(&there), None)?;
                }
                ColumnKind::Truth => {
                    let values: Vec<bool> = cells
                        .filter_map(|cell| match cell {
                            Cell::Truth(truth) => Some(*truth),
                            _ => None,
                        })
                        .collect();
                    out.typed::<BoolType>().write_batch(&values, Some(&there), None)?;
                }
            }
            out.close()?;
        }
        group.close()?;
    }
    writer.close().map(drop)
}
