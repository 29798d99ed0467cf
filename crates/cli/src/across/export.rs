//! `onrecord case export`: a case or a part of it for other programs. The export is an act.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use onrecord_casebook::export::{
    Cell, Column, ESF_TABLES, Entities, FINDINGS, SHEETS, csv_line, esf_head, esf_rows,
    finding_rows, json_line,
};
use onrecord_casebook::joins::ItemAt;
use onrecord_casebook::{Case, Error, Hashing, Kind, System};

use super::Ended;
use super::arguments::{CaseExportArguments, ExportFormat};
use super::sheet::NO_PARQUET;
use crate::console::Console;
use crate::failure::Failure;
use crate::output::{Output, Stop};
use crate::view::words::counted;
use crate::{End, print};

/// Exports what the arguments ask for.
pub(crate) fn run(arguments: &CaseExportArguments, console: &Console) -> End {
    let exported = || -> Result<End, Ended> {
        if arguments.format == ExportFormat::Parquet && !cfg!(feature = "parquet") {
            return Err(Ended::Misused(NO_PARQUET.to_owned()));
        }
        let mut case = Case::open(&arguments.case, &arguments.acting.by, &System::real())?;
        let filter = arguments.filter.filter(&case)?;
        let mut files = Files::open(arguments)?;
        let mut items = 0;
        gather(&case, &filter, arguments.format, &mut files, &mut items)?;
        let written = files.hashed();
        let format = clap::ValueEnum::to_possible_value(&arguments.format);
        let format = format.as_ref().map_or("", |value| value.get_name());
        case.tell_export(format, &arguments.filter.told(), items, &written)?;
        files.finish()?;
        case.close()?;
        let items = usize::try_from(items).unwrap_or(usize::MAX);
        let text = format!(
            "{} exported to {}; the ledger tells of it\n",
            counted(items, "item", "items"),
            arguments.output.display()
        );
        Ok(print(console, text.as_bytes()))
    };
    exported().unwrap_or_else(|ended| ended.said(console))
}

fn gather(
    case: &Case,
    filter: &onrecord_casebook::Filter,
    format: ExportFormat,
    files: &mut Files,
    items: &mut u64,
) -> Result<(), Ended> {
    let put = |files: &mut Files, sheet: &str, columns: &[Column], row: &[Cell]| match format {
        ExportFormat::Csv => {
            let line = csv_line(row.iter().map(ToString::to_string));
            files.put(&format!("{sheet}.csv"), &line)
        }
        _ => files.put("", &json_line(&[("sheet", sheet)], columns, row)),
    };
    match format {
        ExportFormat::Ftm => {
            let mut entities = Entities::of(&case.manifest().name);
            let kinds = [Kind::Statement, Kind::Allegation, Kind::Proceeding, Kind::Actor];
            case.select(filter, &kinds, |selected| {
                *items += selected.items.len() as u64;
                entities.add(&selected);
                Ok::<(), Error>(())
            })?;
            entities.lines().try_for_each(|line| files.put("", &line))
        }
        ExportFormat::Esf => {
            for (at, (name, _)) in ESF_TABLES.iter().enumerate() {
                files.put(&format!("{name}.csv"), &csv_line(esf_head(at)))?;
            }
            case.select(filter, &[Kind::Allegation], |selected| {
                *items += selected.items.len() as u64;
                esf_rows(&selected).into_iter().try_for_each(|(table, row)| {
                    let name = ESF_TABLES.get(table).map_or("", |(name, _)| name);
                    files.put(&format!("{name}.csv"), &csv_line(row))
                })
            })
        }
        ExportFormat::Csv | ExportFormat::Jsonl => {
            let mut meant = BTreeSet::new();
            for sheet in &SHEETS {
                let columns = sheet.columns();
                let file = format!("{}.csv", sheet.name);
                if format == ExportFormat::Csv {
                    let names = columns.iter().map(|column| column.name.to_owned());
                    files.put(&file, &csv_line(names))?;
                }
                case.select(filter, sheet.kinds, |selected| {
                    if sheet.name != "timeline" {
                        *items += selected.items.len() as u64;
                    }
                    let own = selected.items.iter();
                    meant.extend(own.map(|item| ItemAt::new(selected.row.id, *item)));
                    let rows = sheet.rows(&selected);
                    rows.iter().try_for_each(|row| put(files, sheet.name, &columns, row))
                })?;
            }
            if format == ExportFormat::Csv {
                let names = FINDINGS.iter().map(|column| column.name.to_owned());
                files.put("findings.csv", &csv_line(names))?;
            }
            let rows = finding_rows(&case.store().findings()?, &meant);
            rows.iter().try_for_each(|row| put(files, "findings", &FINDINGS, row))
        }
        ExportFormat::Parquet => parquet(case, filter, files, items),
    }
}

#[cfg(feature = "parquet")]
fn parquet(
    case: &Case,
    filter: &onrecord_casebook::Filter,
    files: &mut Files,
    items: &mut u64,
) -> Result<(), Ended> {
    let write = |files: &mut Files, name: &str, columns: &[Column], rows: &[Vec<Cell>]| {
        let mut bytes = Vec::new();
        onrecord_casebook::export::parquet(columns, rows, &mut bytes)
            .map_err(|error| Ended::Misused(format!("--format parquet: {error}")))?;
        files.put(&format!("{name}.parquet"), &bytes)
    };
    let mut meant = BTreeSet::new();
    for sheet in &SHEETS {
        let mut rows = Vec::new();
        case.select(filter, sheet.kinds, |selected| {
            if sheet.name != "timeline" {
                *items += selected.items.len() as u64;
            }
            let own = selected.items.iter();
            meant.extend(own.map(|item| ItemAt::new(selected.row.id, *item)));
            rows.extend(sheet.rows(&selected));
            Ok::<(), Error>(())
        })?;
        write(files, sheet.name, &sheet.columns(), &rows)?;
    }
    let rows = finding_rows(&case.store().findings()?, &meant);
    write(files, "findings", &FINDINGS, &rows)
}

#[cfg(not(feature = "parquet"))]
fn parquet(
    _: &Case,
    _: &onrecord_casebook::Filter,
    _: &mut Files,
    _: &mut u64,
) -> Result<(), Ended> {
    Ok(())
}

/// The files of an export, each with the hash of what was written to it.
struct Files {
    /// The folder of several, or the one file.
    place: PathBuf,
    several: bool,
    open: BTreeMap<String, Hashing<Output>>,
}

impl Files {
    fn open(arguments: &CaseExportArguments) -> Result<Self, Ended> {
        let several = !matches!(arguments.format, ExportFormat::Ftm | ExportFormat::Jsonl);
        let place = arguments.output.clone();
        let name = || place.display().to_string();
        let usage =
            |says: &str| Ended::Stopped(Stop::Usage(Failure::new(name(), "not-written", says)));
        if is_inside(&place, &arguments.case) {
            return Err(usage("lies in the case: an export goes elsewhere"));
        }
        if several {
            if place.exists() && !place.is_dir() {
                return Err(usage("is a file, and this form is several: name a folder"));
            }
            fs::create_dir_all(&place)
                .map_err(|error| Stop::Failed(Failure::not_written(&name(), &error)))?;
        }
        Ok(Self { place, several, open: BTreeMap::new() })
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Ended> {
        if !self.open.contains_key(name) {
            let path = if self.several { self.place.join(name) } else { self.place.clone() };
            let output = Output::open(Some(&path)).map_err(Stop::Failed)?;
            self.open.insert(name.to_owned(), Hashing::of(output));
        }
        let Some(file) = self.open.get_mut(name) else { return Ok(()) };
        file.write_all(bytes).map_err(|error| file.inner().stop(&error).into())
    }

    /// What was written, by name, with its hash. One file has no name.
    fn hashed(&self) -> Vec<(String, onrecord_record::Sha256)> {
        self.open.iter().map(|(name, file)| (name.clone(), file.hash())).collect()
    }

    fn finish(self) -> Result<(), Ended> {
        if self.open.is_empty() {
            // Nothing fits: the file says so by being empty.
            Output::open(Some(&self.place)).map_err(Stop::Failed)?.finish()?;
            return Ok(());
        }
        Ok(self.open.into_values().try_for_each(|file| file.into_inner().finish())?)
    }
}

/// Whether a path lies in a folder.
fn is_inside(path: &Path, folder: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    let Some(folder) = whole(folder) else { return false };
    path.ancestors()
        .filter(|above| !above.as_os_str().is_empty())
        .find_map(whole)
        .is_some_and(|above| above.starts_with(&folder))
}
