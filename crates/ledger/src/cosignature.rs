//! Cosignatures: witnesses that saw a checkpoint, and when (C2SP tlog-cosignature, cosignature/v1).

use crate::checkpoint::Checkpoint;
use crate::error::Error;
use crate::key::{PrivateKey, PublicKey, Scheme};
use crate::note::{NoteSignature, SignedNote};
use crate::proof::Consistency;

/// That a witness, at a time, had seen no larger tree of a log than the checkpoint's, and that it
/// was consistent with all that it had seen before. The checkpoint existed at that time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// The name of the witness's key.
    pub witness: String,
    /// When, in seconds since 1970-01-01T00:00:00Z without leap seconds, below 2^63.
    pub time: u64,
}

impl Cosignature {
    /// Cosigns a checkpoint as a witness and adds the line to its note. A witness first checks the
    /// log's signature and that the tree continues the last one it cosigned.
    ///
    /// # Errors
    ///
    /// [`Error::NoCheckpoint`] for another text, [`Error::WrongKind`] for a log's key.
    pub fn make(note: &mut SignedNote, key: &PrivateKey, time: u64) -> Result<Cosignature, Error> {
        let witness = key.public();
        if witness.scheme() != Scheme::Cosignature {
            return Err(Error::WrongKind { name: witness.name().into() });
        }
        note.text().parse::<Checkpoint>()?;
        let signature = key.sign(&message(note.text(), time));
        note.add(witness, [&time.to_be_bytes()[..], &signature].concat());
        Ok(Cosignature { witness: witness.name().into(), time })
    }

    /// Takes over a witness's answer, the line or lines it gave for a checkpoint, into the
    /// checkpoint's note. Lines of other keys are left out; of two by this witness the earlier
    /// stays.
    ///
    /// # Errors
    ///
    /// [`Error::Unsigned`] where no line is the witness's, [`Error::BadSignature`] where one does
    /// not fit this checkpoint; the note is then as it was.
    pub fn accept(
        note: &mut SignedNote,
        answer: &str,
        witness: &PublicKey,
    ) -> Result<Cosignature, Error> {
        let answered = answer.split_inclusive('\n').filter_map(NoteSignature::parse);
        let mut lines: Vec<NoteSignature> = answered.filter(|line| line.is_by(witness)).collect();
        if lines.is_empty() {
            return Err(Error::Unsigned { name: witness.name().into() });
        }
        lines.extend(note.signatures().iter().filter(|line| line.is_by(witness)).cloned());
        let read = |line| Ok((read(note.text(), &line, witness)?, line));
        let read: Vec<_> = lines.into_iter().map(read).collect::<Result<_, Error>>()?;
        let earliest = read.into_iter().min_by_key(|(cosignature, _)| cosignature.time);
        let (cosignature, line) =
            earliest.ok_or_else(|| Error::Unsigned { name: witness.name().into() })?;
        note.replace(witness, line);
        Ok(cosignature)
    }

    /// The cosignature of a witness; the earliest where it has several.
    ///
    /// # Errors
    ///
    /// [`Error::Unsigned`] where there is none, [`Error::BadSignature`] where one of them does not
    /// fit, [`Error::NoCheckpoint`] for another text, [`Error::WrongKind`] for a log's key.
    pub fn verify(note: &SignedNote, witness: &PublicKey) -> Result<Cosignature, Error> {
        if witness.scheme() != Scheme::Cosignature {
            return Err(Error::WrongKind { name: witness.name().into() });
        }
        note.text().parse::<Checkpoint>()?;
        let lines = note.signatures().iter().filter(|line| line.is_by(witness));
        let read = lines.map(|line| read(note.text(), line, witness));
        let all: Vec<Cosignature> = read.collect::<Result<_, _>>()?;
        let earliest = all.into_iter().min_by_key(|cosignature| cosignature.time);
        earliest.ok_or_else(|| Error::Unsigned { name: witness.name().into() })
    }
}

/// What a witness is asked with: the size it cosigned last, the proof from there, and the
/// checkpoint (C2SP tlog-witness, the body of `add-checkpoint`).
#[must_use]
pub fn witness_request(proof: &Consistency, note: &SignedNote) -> String {
    let hashes: String = proof.path.iter().map(|hash| format!("{hash}\n")).collect();
    format!("old {}\n{hashes}\n{note}", proof.old)
}

fn message(text: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// Reads a line by a witness: eight bytes of time, then the signature.
fn read(text: &str, line: &NoteSignature, witness: &PublicKey) -> Result<Cosignature, Error> {
    let fits = || {
        let (time, signature) = line.bytes.split_first_chunk()?;
        let time = u64::from_be_bytes(*time);
        let signed = witness.signed(&message(text, time), signature.try_into().ok()?);
        (signed && time < 1 << 63).then_some(time)
    };
    match fits() {
        Some(time) => Ok(Cosignature { witness: witness.name().into(), time }),
        None => Err(Error::BadSignature { name: witness.name().into() }),
    }
}
