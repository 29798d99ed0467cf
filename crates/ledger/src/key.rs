//! Keys: Ed25519, with a name and an id (C2SP signed-note).

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// What a private key's text begins with.
const PRIVATE: &str = "PRIVATE+KEY+";

/// What a key signs; the byte that signed-note gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// 0x01: a note's text. A log signs its checkpoints so.
    Note = 1,
    /// 0x04: a checkpoint and the time of signing. A witness cosigns so (cosignature/v1).
    Cosignature = 4,
}

/// Four bytes that tell keys of one name apart. They prove nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(pub u32);

impl KeyId {
    fn of(name: &str, scheme: Scheme, public: &[u8; 32]) -> KeyId {
        let hash = Sha256::new().chain_update(name).chain_update([b'\n', scheme as u8]);
        let hash: [u8; 32] = hash.chain_update(public).finalize().into();
        KeyId(u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A public key that is trusted. Its `Display` is `NAME+ID+BASE64`, which `FromStr` takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    id: KeyId,
    scheme: Scheme,
    key: VerifyingKey,
}

impl PublicKey {
    /// A key by its name and its 32 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::NoKeyName`], and [`Error::NoKey`] for bytes that are no point of the curve.
    pub fn new(name: &str, scheme: Scheme, public: &[u8; 32]) -> Result<PublicKey, Error> {
        check_name(name)?;
        let key = VerifyingKey::from_bytes(public).map_err(|_| Error::NoKey)?;
        Ok(PublicKey { name: name.into(), id: KeyId::of(name, scheme, public), scheme, key })
    }

    /// Its name: for a log's key, the log's origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// What it signs.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether a message was signed with its private half. Weak keys and signatures of more than
    /// one reading are refused.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = typed(self.scheme, self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, self.id, Base64::encode_string(&key))
    }
}

impl FromStr for PublicKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<PublicKey, Error> {
        let (name, id, scheme, public) = parts(text)?;
        let key = PublicKey::new(name, scheme, &public)?;
        if key.id == id { Ok(key) } else { Err(Error::NoKey) }
    }
}

/// A private key. `Debug` does not show it; [`PrivateKey::to_secret_text`] does.
#[derive(Clone)]
pub struct PrivateKey {
    public: PublicKey,
    key: SigningKey,
}

impl PrivateKey {
    /// The key that 32 secret bytes make (RFC 8032's private key), drawn at random by the caller.
    ///
    /// # Errors
    ///
    /// [`Error::NoKeyName`].
    pub fn from_seed(name: &str, scheme: Scheme, seed: &[u8; 32]) -> Result<PrivateKey, Error> {
        let key = SigningKey::from_bytes(seed);
        let public = PublicKey::new(name, scheme, key.verifying_key().as_bytes())?;
        Ok(PrivateKey { public, key })
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The key in the text form that other programs for signed notes read:
    /// `PRIVATE+KEY+NAME+ID+BASE64`. It is the secret itself.
    #[must_use]
    pub fn to_secret_text(&self) -> String {
        let PublicKey { name, id, scheme, .. } = &self.public;
        let seed = Base64::encode_string(&typed(*scheme, self.key.as_bytes()));
        format!("{PRIVATE}{name}+{id}+{seed}")
    }

    /// Reads what [`PrivateKey::to_secret_text`] writes.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`], [`Error::NoKeyName`].
    pub fn from_secret_text(text: &str) -> Result<PrivateKey, Error> {
        let text = text.strip_prefix(PRIVATE).ok_or(Error::NoKey)?;
        let (name, id, scheme, seed) = parts(text)?;
        let key = PrivateKey::from_seed(name, scheme, &seed)?;
        if key.public.id == id { Ok(key) } else { Err(Error::NoKey) }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.public.name)
    }
}

/// A key's bytes behind the byte of its scheme.
fn typed(scheme: Scheme, key: &[u8; 32]) -> [u8; 33] {
    let mut bytes = [scheme as u8; 33];
    bytes[1..].copy_from_slice(key);
    bytes
}

/// Name, id, scheme and bytes of a key's text.
fn parts(text: &str) -> Result<(&str, KeyId, Scheme, [u8; 32]), Error> {
    let read = || {
        let mut parts = text.splitn(3, '+');
        let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = id.len() == 8 && id.bytes().all(|b| b.is_ascii_hexdigit());
        let id = KeyId(u32::from_str_radix(id, 16).ok().filter(|_| digits)?);
        let mut bytes = [0; 33];
        let (scheme, key) = Base64::decode(key, &mut bytes).ok()?.split_first()?;
        let scheme = match scheme {
            1 => Scheme::Note,
            4 => Scheme::Cosignature,
            _ => return None,
        };
        Some((name, id, scheme, key.try_into().ok()?))
    };
    read().ok_or(Error::NoKey)
}

pub(crate) fn check_name(name: &str) -> Result<(), Error> {
    let strange = |c: char| c.is_whitespace() || c == '+' || c < ' ';
    if name.is_empty() || name.contains(strange) {
        return Err(Error::NoKeyName { found: name.into() });
    }
    Ok(())
}
