//! Writing a dossier.

use std::collections::BTreeSet;
use std::io::{Seek, Write};
use std::path::Path;

use onrecord_ledger::{Consistency, Inclusion, Nodes, ProofFile, Seen, SignedNote, TileNodes};
use onrecord_record::Sha256;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{
    ACTS, CHECKPOINT, CONTINUED, EARLIER, FORMAT, GUIDE, JSON, KEY, LIST, ORIGINALS, PAGE, PROOF,
    RECORDS, STAMPS,
};
use crate::act::Act;
use crate::case::Case;
use crate::error::Error;
use crate::files;
use crate::key::DocumentId;

/// What a dossier is made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'p> {
    /// The page.
    pub page: &'p str,
    /// The guide for whoever opens the archive.
    pub guide: &'p str,
    /// The documents behind the page, each with a record.
    pub documents: &'p [DocumentId],
    /// What was asked for, in words.
    pub asked: &'p str,
    /// How many items the page shows.
    pub items: u64,
}

/// A document in the archive.
struct Inside {
    id: DocumentId,
    original: Sha256,
    /// The reading that is shown.
    reading: u32,
    record: Sha256,
    /// The acts that took it in and read it.
    acts: Vec<u64>,
}

impl Case {
    /// Writes a dossier. The export is an act that commits to the hashes of all files in it.
    ///
    /// Durable steps: the act, then the archive. An archive that could not be written leaves the
    /// act, which tells of an export that did not come to be.
    ///
    /// # Errors
    /// [`Error::Removed`] or [`Error::Unknown`] where a document has no record,
    /// [`Error::Damaged`] where an original or record is not what was taken in, [`Error::File`]
    /// with this name where the archive cannot be written.
    pub fn dossier(
        &mut self,
        plan: &Plan<'_>,
        out: impl Write + Seek,
        name: &Path,
    ) -> Result<(), Error> {
        let mut inside = Vec::new();
        for id in plan.documents.iter().collect::<BTreeSet<_>>() {
            inside.push(self.inside(*id)?);
        }
        let mut listed: Vec<(String, Sha256)> = vec![
            (PAGE.to_owned(), Sha256::of(plan.page.as_bytes())),
            (GUIDE.to_owned(), Sha256::of(plan.guide.as_bytes())),
        ];
        for document in &inside {
            listed.push((format!("{ORIGINALS}{}", document.original.hex()), document.original));
            listed.push((format!("{RECORDS}{}{JSON}", document.id), document.record));
        }
        listed.sort();
        listed.dedup();
        let list: String =
            listed.iter().map(|(name, hash)| format!("{}  {name}\n", hash.hex())).collect();
        let act = Act::Export {
            format: FORMAT,
            asked: plan.asked,
            items: plan.items,
            sha256: Sha256::of(list.as_bytes()),
        };
        let exported = self.write(|case| case.act(&act))?;
        let mut archive = Archive { zip: ZipWriter::new(out), name };
        archive.put(PAGE, plan.page.as_bytes())?;
        archive.put(GUIDE, plan.guide.as_bytes())?;
        archive.put(LIST, list.as_bytes())?;
        let key = format!("{}\n", self.manifest().key);
        archive.put(KEY, key.as_bytes())?;
        let mut acts: BTreeSet<u64> = inside.iter().flat_map(|one| one.acts.clone()).collect();
        acts.insert(exported);
        self.proofs(&acts, &mut archive)?;
        let mut originals = BTreeSet::new();
        for document in &inside {
            if originals.insert(document.original) {
                let bytes = self.originals().read(document.original)?;
                archive.put(&format!("{ORIGINALS}{}", document.original.hex()), &bytes)?;
            }
            let json = self.record_json(document)?;
            archive.put(&format!("{RECORDS}{}{JSON}", document.id), &json)?;
        }
        let refuse = Error::file(name, "cannot be written");
        archive.zip.finish().map(drop).map_err(|error| refuse(error.into()))
    }

    fn inside(&self, id: DocumentId) -> Result<Inside, Error> {
        let unknown = || Error::Unknown { name: id.to_string(), what: "document with a record" };
        let row = self.store.document(id)?.ok_or_else(unknown)?;
        if let Some(reason) = row.removed {
            return Err(Error::Removed { name: id.to_string(), reason });
        }
        let readings = self.store.readings(id)?;
        let current = readings.into_iter().find(|reading| reading.is_current);
        let (reading, record) =
            current.and_then(|r| Some((r.clone(), r.record?))).ok_or_else(unknown)?;
        let sightings = self.store.sightings(id)?;
        let mut acts: Vec<u64> = sightings.into_iter().map(|sighting| sighting.entry).collect();
        acts.push(reading.entry);
        let inside =
            Inside { id, original: row.document.original, reading: reading.id, record, acts };
        // Before the export is told: what is damaged is in no dossier.
        self.record_json(&inside)?;
        self.originals().read(inside.original)?;
        Ok(inside)
    }

    fn record_json(&self, document: &Inside) -> Result<Vec<u8>, Error> {
        let json = self.store.json(document.reading)?;
        json.filter(|json| Sha256::of(json) == document.record).ok_or_else(|| {
            let what = format!("the record of {} is not what its act committed to", document.id);
            Error::damaged(self.store.path(), what)
        })
    }

    /// Acts with their proofs, and the checkpoint that these lead to.
    fn proofs<W: Write + Seek>(
        &self,
        acts: &BTreeSet<u64>,
        archive: &mut Archive<'_, W>,
    ) -> Result<(), Error> {
        let ledger = self.ledger();
        let path = ledger.checkpoint();
        let refuse = |cause| Error::Ledger { path: ledger.path().to_owned(), cause };
        let note = files::read(&path)?.ok_or_else(|| Error::damaged(&path, "it is missing"))?;
        let checkpoint = SignedNote::parse(&note).map_err(refuse)?;
        let seen = ledger.seen(&self.trust()?)?;
        let size = seen.map_or(0, |seen| seen.checkpoint.size);
        archive.put(CHECKPOINT, &note)?;
        let nodes = TileNodes::new(&ledger, size);
        for index in acts {
            let entry = self.store.entry(*index)?;
            let entry =
                entry.ok_or_else(|| Error::damaged(self.store.path(), "an act is missing"))?;
            let proof = Inclusion::make(*index, size, &nodes).map_err(refuse)?;
            let proof = ProofFile {
                extra: entry.salt.0.to_vec(),
                index: *index,
                path: proof.path,
                checkpoint: checkpoint.clone(),
            };
            archive.put(&format!("{ACTS}{index:012}{JSON}"), &entry.bytes)?;
            archive.put(&format!("{ACTS}{index:012}{PROOF}"), proof.to_string().as_bytes())?;
        }
        self.seen_earlier(size, &nodes, archive)
    }

    /// Earlier checkpoints that somebody else cosigned or stamped, each with the proof that the one
    /// of this size continues it.
    fn seen_earlier<W: Write + Seek>(
        &self,
        size: u64,
        nodes: &impl Nodes,
        archive: &mut Archive<'_, W>,
    ) -> Result<(), Error> {
        let ledger = self.ledger();
        let refuse = |cause| Error::Ledger { path: ledger.path().to_owned(), cause };
        let named =
            |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stamps = files::all_in(&ledger.stamps())?;
        let trust = self.trust()?;
        for path in files::all_in(&ledger.earlier())? {
            let name = named(&path);
            let over: Vec<_> =
                stamps.iter().filter(|stamp| named(stamp).starts_with(&name)).collect();
            let bytes = files::read(&path)?.unwrap_or_default();
            let note = SignedNote::parse(&bytes).map_err(refuse)?;
            if over.is_empty() && note.signatures().len() < 2 {
                continue;
            }
            let seen = Seen::verify(&bytes, &trust)
                .map_err(|fault| Error::damaged(&path, fault.to_string()))?;
            let proof = Consistency::make(seen.checkpoint.size, size, nodes).map_err(refuse)?;
            let lines: String = proof.path.iter().map(|hash| format!("{hash}\n")).collect();
            archive.put(&format!("{EARLIER}{name}"), &bytes)?;
            archive.put(&format!("{EARLIER}{name}{CONTINUED}"), lines.as_bytes())?;
            for stamp in over {
                let token = files::read(stamp)?.unwrap_or_default();
                archive.put(&format!("{STAMPS}{}", named(stamp)), &token)?;
            }
        }
        Ok(())
    }
}

/// An archive that is being written: the same files give the same bytes.
struct Archive<'n, W: Write + Seek> {
    zip: ZipWriter<W>,
    name: &'n Path,
}

impl<W: Write + Seek> Archive<'_, W> {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let refuse = || Error::file(self.name, "cannot be written");
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(bytes.len() > u32::MAX as usize);
        self.zip.start_file(name, options).map_err(|error| refuse()(error.into()))?;
        self.zip.write_all(bytes).map_err(refuse())
    }
}
