//! Certificates of time stamp authorities (RFC 5280), as far as a token needs them.

use super::der::{
    BIT_STRING, BOOLEAN, Elements, INTEGER, OBJECT, OCTET_STRING, SEQUENCE, SET, number, tagged,
    time,
};
use super::signature::{Algorithm, Key};

const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
const KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x0f];
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x25];
const CERTIFICATE_POLICIES: &[u8] = &[0x55, 0x1d, 0x20];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// The bit of key usage that lets a key sign certificates.
const SIGNS_CERTIFICATES: u8 = 0x04;
/// `id-kp-timeStamping`, as DER writes it.
const TIME_STAMPING: &[u8] = &[0x06, 0x08, 0x2b, 6, 1, 5, 5, 7, 3, 8];
/// A chain is no longer than this.
const CHAIN_AT_MOST: usize = 8;

/// What a certificate says, none of it verified.
#[derive(Debug, Clone)]
pub(super) struct Certificate<'a> {
    pub(super) whole: &'a [u8],
    signed: &'a [u8],
    /// How it was signed; `None` for kinds not known here, as roots may have that sign themselves.
    algorithm: Option<Algorithm>,
    signature: &'a [u8],
    pub(super) serial: &'a [u8],
    pub(super) issuer: &'a [u8],
    subject: &'a [u8],
    valid: (u64, u64),
    pub(super) key: Key<'a>,
    /// Whether it may sign certificates, and how many of those that do so may follow below it.
    signs: Option<u64>,
    /// Whether its key usage, where it has one, lets it sign certificates.
    may_sign: bool,
    /// Whether it may sign time stamps and nothing else.
    pub(super) stamps: bool,
    /// Whether it has an extension that has to be understood and is not.
    strange: bool,
}

impl<'a> Certificate<'a> {
    /// Reads a certificate; `None` for anything else, and for keys of other kinds.
    pub(super) fn read(whole: &'a [u8]) -> Option<Certificate<'a>> {
        let mut outer = Elements(whole);
        let mut parts = outer.inside(SEQUENCE).filter(|_| outer.is_empty())?;
        let signed = parts.next(SEQUENCE)?;
        let algorithm = Algorithm::read(parts.next(SEQUENCE)?);
        let signature = parts.next(BIT_STRING)?.content.strip_prefix(&[0])?;
        let mut inner = Elements(signed.content);
        inner.optional(tagged(0));
        let serial = inner.next(INTEGER)?.content;
        inner.next(SEQUENCE)?;
        let issuer = inner.next(SEQUENCE)?.whole;
        let mut validity = inner.inside(SEQUENCE)?;
        let valid = (time(validity.any()?)?.0, time(validity.any()?)?.0);
        let subject = inner.next(SEQUENCE)?.whole;
        let key = Key::read(inner.next(SEQUENCE)?)?;
        let mut certificate = Certificate {
            whole,
            signed: signed.whole,
            algorithm,
            signature,
            serial,
            issuer,
            subject,
            valid,
            key,
            signs: None,
            may_sign: true,
            stamps: false,
            strange: false,
        };
        if let Some(extensions) = inner.optional(tagged(3)) {
            let mut extensions = Elements(extensions.content).inside(SEQUENCE)?;
            while !extensions.is_empty() {
                certificate.extension(extensions.inside(SEQUENCE)?)?;
            }
        }
        Some(certificate)
    }

    fn extension(&mut self, mut extension: Elements<'a>) -> Option<()> {
        let name = extension.next(OBJECT)?.content;
        let critical = extension.optional(BOOLEAN).is_some_and(|is| is.content == [0xff]);
        let mut value = Elements(extension.next(OCTET_STRING)?.content);
        match name {
            BASIC_CONSTRAINTS => {
                let mut value = value.inside(SEQUENCE)?;
                if value.optional(BOOLEAN).is_some_and(|is| is.content == [0xff]) {
                    self.signs = Some(value.optional(INTEGER).map_or(Some(u64::MAX), number)?);
                }
            }
            KEY_USAGE => {
                let bits = value.next(BIT_STRING)?.content;
                self.may_sign = bits.get(1).is_some_and(|bits| bits & SIGNS_CERTIFICATES != 0);
            }
            EXTENDED_KEY_USAGE => {
                self.stamps = critical && value.next(SEQUENCE)?.content == TIME_STAMPING;
            }
            CERTIFICATE_POLICIES => {}
            _ => self.strange |= critical,
        }
        Some(())
    }

    /// The common name of whom it is for; its whole name in hexadecimal where it has none.
    pub(super) fn name(&self) -> String {
        let read = || {
            let mut names = Elements(self.subject).inside(SEQUENCE)?;
            while let Some(mut set) = names.inside(SET) {
                let mut pair = set.inside(SEQUENCE)?;
                if pair.next(OBJECT)?.content == COMMON_NAME {
                    return std::str::from_utf8(pair.any()?.content).ok().map(ToOwned::to_owned);
                }
            }
            None
        };
        read().unwrap_or_else(|| self.subject.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn was_valid(&self, at: u64) -> bool {
        (self.valid.0..=self.valid.1).contains(&at)
    }

    /// Whether another one signed it, and may sign certificates with so many below it.
    fn was_signed_by(&self, issuer: &Certificate<'_>, below: u64) -> bool {
        let fits = |algorithm| issuer.key.fits(algorithm, self.signed, self.signature);
        issuer.subject == self.issuer
            && issuer.may_sign
            && issuer.signs.is_some_and(|most| below <= most)
            && self.algorithm.is_some_and(fits)
    }

    /// Whether a chain of certificates that were valid at a time leads from this one to a trusted
    /// one. A trusted one is trusted as it is. Revocation is not asked for.
    pub(super) fn is_trusted(
        &self,
        trusted: &[Certificate<'_>],
        others: &[Certificate<'_>],
        at: u64,
    ) -> bool {
        let mut link = self;
        for below in 0..CHAIN_AT_MOST as u64 {
            if link.strange || !link.was_valid(at) {
                return false;
            }
            if trusted.iter().any(|known| known.whole == link.whole) {
                return true;
            }
            let mut issuers = trusted.iter().chain(others);
            match issuers.find(|issuer| link.was_signed_by(issuer, below)) {
                Some(issuer) => link = issuer,
                None => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A root that OpenSSL made and signed itself, and when it is valid.
    const ROOT: &str = "\
        3082017a3082011fa003020102021479b210318a007fef28107aa4e606344c805c31f2300a06082a\
        8648ce3d04030230193117301506035504030c0e726f6f742d6f662d612d74657374301e170d3236\
        313132353135313733385a170d3237313132353135313733385a30193117301506035504030c0e72\
        6f6f742d6f662d612d746573743059301306072a8648ce3d020106082a8648ce3d03010703420004\
        acdedc8af24e2cf129711a4122a326b97bbbddbd38144308649fe96f708da71addeacb076ada1d23\
        1288c90073858a327a072ae02392834812fbb804d2d7621fa345304330120603551d130101ff0408\
        30060101ff020100300e0603551d0f0101ff040403020204301d0603551d0e0416041489c7a564d7\
        6ce4f614a18bff2cff3a9f7b20f845300a06082a8648ce3d0403020349003046022100d2672728ac\
        cc37a3417b802ec6727f11aa1e7cd9ccaba69363e65a91fddb49ee0221009224f8b264672e0c4a37\
        4504ce66c74a4c41fda7828598bcf22bdaee8bdb63b5";
    const VALID: (u64, u64) = (1_795_619_858, 1_827_155_858);

    fn root() -> Vec<u8> {
        let digits = |at| u8::from_str_radix(&ROOT[at..at + 2], 16).unwrap();
        (0..ROOT.len()).step_by(2).map(digits).collect()
    }

    #[test]
    fn a_certificate_is_trusted_while_it_is_valid() {
        let der = root();
        let root = Certificate::read(&der).unwrap();
        assert_eq!((root.name().as_str(), root.valid), ("root-of-a-test", VALID));
        assert!(!root.stamps && !root.strange && root.may_sign && root.signs == Some(0));
        assert!(root.was_signed_by(&root, 0) && !root.was_signed_by(&root, 1));
        let known = [root.clone()];
        for (at, trusted) in
            [(VALID.0 - 1, false), (VALID.0, true), (VALID.1, true), (VALID.1 + 1, false)]
        {
            assert_eq!(root.is_trusted(&known, &[], at), trusted, "{at}");
        }
        assert!(!root.is_trusted(&[], &known, VALID.0));
    }

    #[test]
    fn no_flipped_bit_makes_another_certificate_that_fits() {
        let mut der = root();
        for bit in 0..der.len() * 8 {
            der[bit / 8] ^= 1 << (bit % 8);
            let read = Certificate::read(&der);
            let fits = read.is_some_and(|one| one.was_signed_by(&one, 0));
            assert!(!fits, "{bit}");
            der[bit / 8] ^= 1 << (bit % 8);
        }
    }
}
