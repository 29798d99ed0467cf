//! The signatures that time stamp authorities make: RSA with PKCS #1 padding, ECDSA over P-256 and
//! P-384; over SHA-256, SHA-384 and SHA-512.

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BoxedUint, Pkcs1v15Sign, PublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::der::{BIT_STRING, Element, Elements, INTEGER, OBJECT, SEQUENCE};

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1];
const EC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const ECDSA_SHA2: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const P384: &[u8] = &[0x2b, 0x81, 4, 0, 0x22];
const SHA2: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2];

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hashing {
    Sha256,
    Sha384,
    Sha512,
}

impl Hashing {
    /// Reads an `AlgorithmIdentifier`.
    pub(super) fn read(identifier: Element<'_>) -> Option<Hashing> {
        match Elements(identifier.content).next(OBJECT)?.content.strip_prefix(SHA2)? {
            [1] => Some(Hashing::Sha256),
            [2] => Some(Hashing::Sha384),
            [3] => Some(Hashing::Sha512),
            _ => None,
        }
    }

    pub(super) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Hashing::Sha256 => Sha256::digest(bytes).to_vec(),
            Hashing::Sha384 => Sha384::digest(bytes).to_vec(),
            Hashing::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// How a signature is made; `None` where the hash function stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rsa(Option<Hashing>),
    Ecdsa(Hashing),
}

impl Algorithm {
    /// Reads an `AlgorithmIdentifier`.
    pub(super) fn read(identifier: Element<'_>) -> Option<Algorithm> {
        let name = Elements(identifier.content).next(OBJECT)?.content;
        if let Some(rsa) = name.strip_prefix(RSA) {
            return match rsa {
                [1] => Some(Algorithm::Rsa(None)),
                [11] => Some(Algorithm::Rsa(Some(Hashing::Sha256))),
                [12] => Some(Algorithm::Rsa(Some(Hashing::Sha384))),
                [13] => Some(Algorithm::Rsa(Some(Hashing::Sha512))),
                _ => None,
            };
        }
        match name.strip_prefix(ECDSA_SHA2)? {
            [2] => Some(Algorithm::Ecdsa(Hashing::Sha256)),
            [3] => Some(Algorithm::Ecdsa(Hashing::Sha384)),
            [4] => Some(Algorithm::Ecdsa(Hashing::Sha512)),
            _ => None,
        }
    }

    /// The same, with a hash function where it names none.
    pub(super) fn over(self, hashing: Hashing) -> Algorithm {
        if self == Algorithm::Rsa(None) { Algorithm::Rsa(Some(hashing)) } else { self }
    }
}

/// A public key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<'a> {
    Rsa { modulus: &'a [u8], exponent: &'a [u8] },
    P256(&'a [u8]),
    P384(&'a [u8]),
}

impl<'a> Key<'a> {
    /// Reads a `SubjectPublicKeyInfo`.
    pub(super) fn read(info: Element<'a>) -> Option<Key<'a>> {
        let mut info = Elements(info.content);
        let mut algorithm = info.inside(SEQUENCE)?;
        let bits = info.next(BIT_STRING)?.content.strip_prefix(&[0])?;
        match algorithm.next(OBJECT)?.content {
            EC_KEY => match algorithm.next(OBJECT)?.content {
                P256 => Some(Key::P256(bits)),
                P384 => Some(Key::P384(bits)),
                _ => None,
            },
            name if name.strip_prefix(RSA) == Some(&[1]) => {
                let mut numbers = Elements(bits).inside(SEQUENCE)?;
                let modulus = numbers.next(INTEGER)?.content;
                Some(Key::Rsa { modulus, exponent: numbers.next(INTEGER)?.content })
            }
            _ => None,
        }
    }

    /// Whether a message was signed with its private half.
    pub(super) fn fits(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let fits = || match (self, algorithm) {
            (Key::Rsa { modulus, exponent }, Algorithm::Rsa(Some(hashing))) => {
                let [modulus, exponent] =
                    [modulus, exponent].map(|n| BoxedUint::from_be_slice_vartime(n));
                let key = PublicKey::new(modulus, exponent).ok()?;
                let scheme = match hashing {
                    Hashing::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hashing::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hashing::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                key.verify(scheme, &hashing.of(message), signature).ok()
            }
            (Key::P256(point), Algorithm::Ecdsa(hashing)) => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
                let signature =
                    p256::ecdsa::Signature::from_slice(&numbers::<64>(signature)?).ok()?;
                key.verify_prehash(&hashing.of(message), &signature).ok()
            }
            (Key::P384(point), Algorithm::Ecdsa(hashing)) => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
                let signature =
                    p384::ecdsa::Signature::from_slice(&numbers::<96>(signature)?).ok()?;
                key.verify_prehash(&hashing.of(message), &signature).ok()
            }
            _ => None,
        };
        fits().is_some()
    }
}

/// The two numbers of an ECDSA signature, each in half of the bytes.
fn numbers<const BYTES: usize>(signature: &[u8]) -> Option<[u8; BYTES]> {
    let mut numbers = Elements(signature).inside(SEQUENCE)?;
    let mut bytes = [0; BYTES];
    for half in bytes.chunks_mut(BYTES / 2) {
        let number = numbers.next(INTEGER)?.content;
        let number = number.strip_prefix(&[0]).unwrap_or(number);
        let start = half.len().checked_sub(number.len())?;
        half[start..].copy_from_slice(number);
    }
    Some(bytes)
}
