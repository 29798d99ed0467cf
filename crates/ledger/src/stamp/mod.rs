//! Time stamps: tokens of RFC 3161 over a checkpoint, verified offline.
//!
//! The authority's certificates have to lead to one that is trusted, and all of them to be valid at
//! the time that is stamped. Whether one was revoked cannot be known offline.

mod certificate;
mod der;
mod signature;

use certificate::Certificate;
use der::{
    Element, Elements, GENERALIZED_TIME, INTEGER, OBJECT, OCTET_STRING, SEQUENCE, SET, all, number,
    tagged, time,
};
use signature::{Algorithm, Hashing};

use crate::error::{Error, StampCause};

const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const STAMP_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_CERTIFICATE_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 47];

/// That an authority saw some bytes by a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The latest time at which it can have seen them, in whole seconds since 1970-01-01T00:00:00Z:
    /// the time it told and the error that it allows itself, rounded up.
    pub time: u64,
    /// The name in the authority's certificate.
    pub authority: String,
}

impl Stamp {
    /// Verifies a token, or a whole response of an authority, over a message: for a checkpoint, its
    /// note's text. The authority's certificate is in the token or among the trusted ones, each of
    /// them DER.
    ///
    /// # Errors
    ///
    /// [`Error::NoStamp`] with the cause.
    pub fn verify(token: &[u8], message: &[u8], trusted: &[Vec<u8>]) -> Result<Stamp, Error> {
        verify(token, message, trusted).map_err(|cause| Error::NoStamp { cause })
    }
}

/// What a token holds, none of it verified.
struct Token<'a> {
    /// What was stamped, as it was signed.
    info: &'a [u8],
    certificates: Vec<Certificate<'a>>,
    issuer: &'a [u8],
    serial: &'a [u8],
    hashing: Hashing,
    attributes: Element<'a>,
    algorithm: Algorithm,
    signature: &'a [u8],
}

fn verify(bytes: &[u8], message: &[u8], trusted: &[Vec<u8>]) -> Result<Stamp, StampCause> {
    let token = Token::read(bytes).ok_or(StampCause::NoToken)?;
    let info = Info::read(token.info).ok_or(StampCause::NoToken)?;
    if info.hashing.of(message) != info.imprint {
        return Err(StampCause::OtherBytes);
    }
    let known: Vec<Certificate<'_>> =
        trusted.iter().filter_map(|der| Certificate::read(der)).collect();
    let own = |one: &&Certificate<'_>| (one.issuer, one.serial) == (token.issuer, token.serial);
    let signer =
        token.certificates.iter().chain(&known).find(own).ok_or(StampCause::NoCertificate)?;
    let attributes = token.attributes().ok_or(StampCause::NoToken)?;
    let names_signer =
        attributes.certificate.is_none_or(|(hashing, hash)| hashing.of(signer.whole) == hash);
    let algorithm = token.algorithm.over(token.hashing);
    // The attributes are signed as the set that they are, not under the tag that they stand under.
    let mut signed = token.attributes.whole.to_vec();
    signed[0] = SET;
    if !names_signer
        || attributes.digest != token.hashing.of(token.info)
        || !signer.key.fits(algorithm, &signed, token.signature)
    {
        return Err(StampCause::Changed);
    }
    if !signer.stamps {
        return Err(StampCause::NotForStamping);
    }
    if !signer.is_trusted(&known, &token.certificates, info.time) {
        return Err(StampCause::NotTrusted);
    }
    Ok(Stamp { time: info.latest, authority: signer.name() })
}

impl<'a> Token<'a> {
    fn read(bytes: &'a [u8]) -> Option<Token<'a>> {
        let mut outer = Elements(bytes);
        let mut content = outer.inside(SEQUENCE).filter(|_| outer.is_empty())?;
        // A response has its status before the token.
        if let Some(status) = content.optional(SEQUENCE) {
            let granted = number(Elements(status.content).next(INTEGER)?)? <= 1;
            content = content.inside(SEQUENCE).filter(|_| granted)?;
        }
        content.next(OBJECT).filter(|kind| kind.content == SIGNED_DATA)?;
        let mut data = content.inside(tagged(0))?.inside(SEQUENCE)?;
        data.next(INTEGER)?;
        data.next(SET)?;
        let mut encapsulated = data.inside(SEQUENCE)?;
        encapsulated.next(OBJECT).filter(|kind| kind.content == STAMP_INFO)?;
        let info = encapsulated.inside(tagged(0))?.next(OCTET_STRING)?.content;
        let certificates = match data.optional(tagged(0)) {
            Some(set) => all(Elements(set.content))?,
            None => Vec::new(),
        };
        let certificates =
            certificates.iter().filter_map(|one| Certificate::read(one.whole)).collect();
        data.optional(tagged(1));
        let mut signers = data.inside(SET)?;
        let mut signer = signers.inside(SEQUENCE).filter(|_| signers.is_empty())?;
        signer.next(INTEGER)?;
        let mut identifier = signer.inside(SEQUENCE)?;
        Some(Token {
            info,
            certificates,
            issuer: identifier.next(SEQUENCE)?.whole,
            serial: identifier.next(INTEGER)?.content,
            hashing: Hashing::read(signer.next(SEQUENCE)?)?,
            attributes: signer.next(tagged(0))?,
            algorithm: Algorithm::read(signer.next(SEQUENCE)?)?,
            signature: signer.next(OCTET_STRING)?.content,
        })
    }

    /// What the signed attributes say; `None` where one that has to be there is not.
    fn attributes(&self) -> Option<Attributes<'a>> {
        let (mut digest, mut certificate, mut is_stamp) = (None, None, false);
        for attribute in all(Elements(self.attributes.content))? {
            let mut attribute = Elements(attribute.content);
            let kind = attribute.next(OBJECT)?.content;
            let mut values = attribute.inside(SET)?;
            match kind {
                CONTENT_TYPE => is_stamp = values.next(OBJECT)?.content == STAMP_INFO,
                MESSAGE_DIGEST => digest = Some(values.next(OCTET_STRING)?.content),
                SIGNING_CERTIFICATE_V2 => {
                    let mut first = values.inside(SEQUENCE)?.inside(SEQUENCE)?.inside(SEQUENCE)?;
                    let hashing =
                        first.optional(SEQUENCE).map_or(Some(Hashing::Sha256), Hashing::read);
                    certificate = Some((hashing?, first.next(OCTET_STRING)?.content));
                }
                _ => {}
            }
        }
        digest.filter(|_| is_stamp).map(|digest| Attributes { digest, certificate })
    }
}

struct Attributes<'a> {
    digest: &'a [u8],
    /// The hash of the signer's certificate. Tokens that name it by SHA-1 alone have none.
    certificate: Option<(Hashing, &'a [u8])>,
}

/// `TSTInfo`.
struct Info<'a> {
    hashing: Hashing,
    imprint: &'a [u8],
    time: u64,
    latest: u64,
}

impl<'a> Info<'a> {
    fn read(bytes: &'a [u8]) -> Option<Info<'a>> {
        let mut info = Elements(bytes).inside(SEQUENCE)?;
        (number(info.next(INTEGER)?)? == 1).then_some(())?;
        info.next(OBJECT)?;
        let mut imprint = info.inside(SEQUENCE)?;
        let hashing = Hashing::read(imprint.next(SEQUENCE)?)?;
        let imprint = imprint.next(OCTET_STRING)?.content;
        info.next(INTEGER)?;
        let (time, mut inexact) = time(info.next(GENERALIZED_TIME)?)?;
        let mut latest = time;
        if let Some(accuracy) = info.optional(SEQUENCE) {
            let mut accuracy = Elements(accuracy.content);
            if let Some(seconds) = accuracy.optional(INTEGER) {
                latest = latest.checked_add(number(seconds)?)?;
            }
            // Fractions of two seconds at most: of the time and of the accuracy.
            if !accuracy.is_empty() {
                latest = latest.checked_add(u64::from(inexact))?;
                inexact = true;
            }
        }
        Some(Info { hashing, imprint, time, latest: latest.checked_add(u64::from(inexact))? })
    }
}
