//! What others say of a case's checkpoints: time stamps of authorities, cosignatures of witnesses.
//!
//! A checkpoint that somebody spoke of is kept among the earlier ones for good. Durable steps: the
//! checkpoint, then the stamp, then the act that tells of them.

use std::fs;

use onrecord_ledger::{Cosignature, PublicKey, SignedNote, Stamp};
use onrecord_record::Sha256;

use crate::act::Act;
use crate::book::LedgerFolder;
use crate::case::Case;
use crate::error::Error;
use crate::files;

const OTHER: &str = "it has to be over the text of ledger/checkpoint, or of one in ledger/earlier";

impl Case {
    /// Takes in a time stamp, a token of RFC 3161, over the newest checkpoint or an earlier one. It
    /// has to lead to one of these certificates, DER.
    ///
    /// # Errors
    /// [`Error::Unproven`] where it does not hold or is over something else.
    pub fn stamp(&mut self, token: &[u8], roots: &[Vec<u8>]) -> Result<Stamp, Error> {
        let (mut refused, mut found) = (None, None);
        for (size, note) in self.checkpoints()? {
            match Stamp::verify(token, note.text().as_bytes(), roots) {
                Ok(stamp) => found = Some((size, note, stamp)),
                // Of what is over another checkpoint only the last cause is told.
                Err(cause) => refused = Some(cause),
            }
        }
        let Some((size, note, stamp)) = found else {
            let cause = refused.unwrap_or(onrecord_ledger::Error::NoCheckpoint);
            return Err(Error::Unproven { what: "the time stamp", cause, way_out: OTHER });
        };
        let hash = Sha256::of(token);
        let name = format!("{}-{}.tsr", LedgerFolder::earlier_name(size), &hash.hex()[..16]);
        let folder = self.ledger().stamps();
        self.keep_earlier(size, &note)?;
        files::folder(&folder)?;
        files::put(&self.system, &folder.join(name), token)?;
        let Stamp { time, authority } = &stamp;
        let act = Act::Stamp { size, authority, time: *time, token: hash };
        self.write(|case| case.act(&act).map(drop))?;
        Ok(stamp)
    }

    /// Takes in a witness's answer, the line or lines of its cosignature or the whole note, for the
    /// newest checkpoint or an earlier one.
    ///
    /// # Errors
    /// [`Error::Unproven`] where the witness did not sign any of them.
    pub fn cosign(&mut self, answer: &str, witness: &PublicKey) -> Result<Cosignature, Error> {
        let (mut refused, mut found) = (None, None);
        for (size, mut note) in self.checkpoints()? {
            match Cosignature::accept(&mut note, answer, witness) {
                Ok(cosignature) => found = Some((size, note, cosignature)),
                Err(cause) => refused = Some(cause),
            }
        }
        let Some((size, note, cosignature)) = found else {
            let cause = refused.unwrap_or(onrecord_ledger::Error::NoCheckpoint);
            return Err(Error::Unproven { what: "the cosignature", cause, way_out: OTHER });
        };
        self.keep_earlier(size, &note)?;
        let key = witness.to_string();
        let act = Act::Cosign { size, witness: &key, time: cosignature.time };
        self.write(|case| case.act(&act).map(drop))?;
        Ok(cosignature)
    }

    /// The checkpoints that the case has, the newest last, each with its size.
    fn checkpoints(&self) -> Result<Vec<(u64, SignedNote)>, Error> {
        let folder = self.ledger();
        let mut paths = files::all_in(&folder.earlier())?;
        paths.push(folder.checkpoint());
        let trust = self.trust()?;
        let mut found = Vec::new();
        for path in paths {
            let bytes = fs::read(&path).map_err(Error::file(&path, "cannot be read"))?;
            let read = onrecord_ledger::Seen::verify(&bytes, &trust)
                .map_err(|fault| Error::damaged(&path, fault.to_string()));
            let size = read?.checkpoint.size;
            let note = SignedNote::parse(&bytes)
                .map_err(|cause| Error::damaged(&path, cause.to_string()))?;
            found.push((size, note));
        }
        Ok(found)
    }
}
