//! Signed notes: a text and who signed it (C2SP signed-note).

use std::fmt;
use std::ops::Range;

use base64ct::{Base64, Encoding};

use crate::error::{Error, NoteCause};
use crate::key::{KeyId, PrivateKey, PublicKey, Scheme, check_name};

/// A note larger than this is refused.
pub const NOTE_BYTES_AT_MOST: usize = 1 << 20;
/// A note with more signatures than this is refused.
pub const SIGNATURES_AT_MOST: usize = 64;

/// A note that was read and whose signatures nobody has looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// A line below a note's text: a key's name and id, and what it is said to have signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub id: KeyId,
    /// The signature, in whatever form the key's scheme gives it; never empty.
    pub bytes: Vec<u8>,
}

impl SignedNote {
    /// A note without signatures yet.
    ///
    /// # Errors
    ///
    /// [`Error::NoNote`] where a note cannot hold the text.
    pub fn new(text: &str) -> Result<SignedNote, Error> {
        check(text.as_bytes())?;
        Ok(SignedNote { text: text.into(), signatures: Vec::new() })
    }

    /// Reads a note.
    ///
    /// # Errors
    ///
    /// [`Error::NoNote`], with the place.
    pub fn parse(bytes: &[u8]) -> Result<SignedNote, Error> {
        let whole = check(bytes)?;
        let parted = whole.rfind("\n\n");
        let end =
            parted.ok_or(Error::NoNote { cause: NoteCause::NoEmptyLine, at: whole.len() })? + 1;
        let mut note = SignedNote { text: whole[..end].into(), signatures: Vec::new() };
        let mut at = end + 1;
        for line in whole[at..].split_inclusive('\n') {
            let signature: Option<NoteSignature> = NoteSignature::parse(line);
            let wrong = |cause| Error::NoNote { cause, at };
            note.signatures.push(signature.ok_or(wrong(NoteCause::NoSignature))?);
            if note.signatures.len() > SIGNATURES_AT_MOST {
                return Err(wrong(NoteCause::TooManySignatures));
            }
            at += line.len();
        }
        if note.signatures.is_empty() {
            return Err(Error::NoNote { cause: NoteCause::NoSignature, at });
        }
        Ok(note)
    }

    /// The text that is signed, with the line feed at its end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, in the note's order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Signs the text and adds the signature, in the place of an earlier one by the same key.
    ///
    /// # Errors
    ///
    /// [`Error::WrongKind`] for a witness's key.
    pub fn sign(&mut self, key: &PrivateKey) -> Result<(), Error> {
        let public = key.public();
        if public.scheme() != Scheme::Note {
            return Err(Error::WrongKind { name: public.name().into() });
        }
        self.signatures.retain(|signature| !signature.is_by(public));
        self.add(public, key.sign(self.text.as_bytes()).to_vec());
        Ok(())
    }

    pub(crate) fn add(&mut self, key: &PublicKey, bytes: Vec<u8>) {
        self.signatures.push(NoteSignature { name: key.name().into(), id: key.id(), bytes });
    }

    /// Puts a line in the place of all by the same key.
    pub(crate) fn replace(&mut self, key: &PublicKey, line: NoteSignature) {
        self.signatures.retain(|signature| !signature.is_by(key));
        self.signatures.push(line);
    }

    /// Whether a key signed the text. As signed-note has it, a signature by the key that does not
    /// fit refuses the note, whatever else is there.
    ///
    /// # Errors
    ///
    /// [`Error::Unsigned`], [`Error::BadSignature`], [`Error::WrongKind`] for a witness's key.
    pub fn verify(&self, key: &PublicKey) -> Result<(), Error> {
        let name = || key.name().to_owned();
        if key.scheme() != Scheme::Note {
            return Err(Error::WrongKind { name: name() });
        }
        let mut found = false;
        for signature in self.signatures.iter().filter(|signature| signature.is_by(key)) {
            let bytes = signature.bytes.as_slice().try_into();
            if !bytes.is_ok_and(|bytes| key.signed(self.text.as_bytes(), bytes)) {
                return Err(Error::BadSignature { name: name() });
            }
            found = true;
        }
        if found { Ok(()) } else { Err(Error::Unsigned { name: name() }) }
    }

    /// Where the line of a signature stands in the note's bytes, by its place among the signatures.
    pub(crate) fn line(&self, place: usize) -> Range<usize> {
        let length = |signature: &NoteSignature| signature.to_string().len();
        let before: usize = self.signatures.iter().take(place).map(length).sum();
        let start = self.text.len() + 1 + before;
        start..start + self.signatures.get(place).map_or(0, length)
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| write!(f, "{signature}"))
    }
}

impl NoteSignature {
    /// Reads a line with its line feed, as a note or a witness's answer has it.
    pub(crate) fn parse(line: &str) -> Option<NoteSignature> {
        let (name, signature) = line.strip_prefix("— ")?.strip_suffix('\n')?.split_once(' ')?;
        check_name(name).ok()?;
        let bytes = Base64::decode_vec(signature).ok()?;
        let (id, bytes) = bytes.split_first_chunk().filter(|(_, rest)| !rest.is_empty())?;
        Some(NoteSignature {
            name: name.into(),
            id: KeyId(u32::from_be_bytes(*id)),
            bytes: bytes.to_vec(),
        })
    }

    /// Whether the line names a key. Whether it was made with it is another question.
    #[must_use]
    pub fn is_by(&self, key: &PublicKey) -> bool {
        self.name == key.name() && self.id == key.id()
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id.0.to_be_bytes()[..], &self.bytes].concat();
        writeln!(f, "— {} {}", self.name, Base64::encode_string(&bytes))
    }
}

/// Text that a note can consist of.
fn check(bytes: &[u8]) -> Result<&str, Error> {
    let wrong = |cause, at| Err(Error::NoNote { cause, at });
    if bytes.len() > NOTE_BYTES_AT_MOST {
        return wrong(NoteCause::TooLarge, NOTE_BYTES_AT_MOST);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => return wrong(NoteCause::NotUtf8, e.valid_up_to()),
    };
    if let Some(at) = bytes.iter().position(|&byte| byte < 0x20 && byte != b'\n') {
        return wrong(NoteCause::Control, at);
    }
    if text.ends_with('\n') { Ok(text) } else { wrong(NoteCause::NoLineFeed, bytes.len()) }
}
