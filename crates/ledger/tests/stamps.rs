//! Time stamps that OpenSSL makes, of every kind that we know, are verified; changed ones are not.
//! Skipped, saying so, where there is no openssl.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the authority is another program and reads files"
)]
#![allow(clippy::print_stderr, reason = "says what was skipped")]

mod small;

use std::fs;
use std::path::Path;
use std::process::Command;

use onrecord_ledger::{Error, Stamp, StampCause};
use proptest::prelude::*;
use small::Small;

const CONFIGURATION: &str = "
[ca]
basicConstraints = critical, CA:TRUE, pathlen:1
keyUsage = critical, keyCertSign
[middle]
basicConstraints = critical, CA:TRUE
[stamps]
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = here
[here]
serial = serial
default_policy = 1.2.3.4
digests = sha256, sha384, sha512
accuracy = secs:2, millisecs:500
ess_cert_id_alg = HASH
[req]
distinguished_name = none
[none]
";

fn openssl(folder: &Path, arguments: &str) {
    let mut command = Command::new("openssl");
    let output = command.args(arguments.split_whitespace()).current_dir(folder).output().unwrap();
    assert!(
        output.status.success(),
        "openssl {arguments}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn has_openssl() -> bool {
    let there = Command::new("openssl").arg("version").output().is_ok_and(|o| o.status.success());
    if !there {
        eprintln!("skipped: no openssl to make time stamps with");
    }
    there
}

/// An authority with keys of one kind, and a token of it over a message.
struct Made {
    token: Vec<u8>,
    root: Vec<u8>,
    folder: tempfile::TempDir,
}

/// Makes an authority: a root, one below it, and the certificate that stamps.
fn stamped(message: &[u8], key: &str, digest: &str, names_itself_by: &str) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("c"), CONFIGURATION.replace("HASH", names_itself_by)).unwrap();
    fs::write(at.join("serial"), "01\n").unwrap();
    fs::write(at.join("message"), message).unwrap();
    for name in ["root", "middle", "own"] {
        openssl(at, &format!("genpkey {key} -out {name}.key"));
        let subject = format!("-subj /CN={name}-of-a-test -out {name}.csr");
        openssl(at, &format!("req -new -config c -key {name}.key {subject}"));
    }
    for (name, by, extensions) in [
        ("root", "-signkey root.key", "ca"),
        ("middle", "-CA root.pem -CAkey root.key -CAcreateserial", "middle"),
        ("own", "-CA middle.pem -CAkey middle.key -CAcreateserial", "stamps"),
    ] {
        let extensions = format!("-days 30 -extfile c -extensions {extensions}");
        openssl(
            at,
            &format!("x509 -req -in {name}.csr {by} {digest} {extensions} -out {name}.pem"),
        );
    }
    openssl(at, "x509 -in root.pem -outform DER -out root.der");
    openssl(at, "ts -query -data message -sha256 -cert -out query");
    let signer = format!("-inkey own.key -signer own.pem -chain middle.pem {digest}");
    openssl(at, &format!("ts -reply -config c -queryfile query {signer} -out reply"));
    let [token, root] = ["reply", "root.der"].map(|name| fs::read(at.join(name)).unwrap());
    Made { token, root, folder }
}

fn refused(cause: StampCause) -> Result<Stamp, Error> {
    Err(Error::NoStamp { cause })
}

#[test]
fn stamps_of_every_kind_are_verified_and_no_byte_of_one_changes_what_it_says() {
    if !has_openssl() {
        return;
    }
    let note = Small::of(3).note;
    let message = note.text().as_bytes();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    for (key, digest, names_itself_by) in [
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "-sha256", "sha256"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "-sha384", "sha512"),
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "-sha512", "sha1"),
    ] {
        let made = stamped(message, key, digest, names_itself_by);
        let trusted = [made.root.clone()];
        let stamp = Stamp::verify(&made.token, message, &trusted).unwrap();
        assert_eq!(stamp.authority, "own-of-a-test");
        assert!((now..now + 60).contains(&stamp.time), "{stamp:?} {now}");

        assert_eq!(
            Stamp::verify(&made.token, b"another", &trusted),
            refused(StampCause::OtherBytes)
        );
        assert_eq!(Stamp::verify(&made.token, message, &[]), refused(StampCause::NotTrusted));
        openssl(made.folder.path(), "ts -reply -config c -in reply -token_out -out token");
        let token = fs::read(made.folder.path().join("token")).unwrap();
        assert_eq!(Stamp::verify(&token, message, &trusted).unwrap(), stamp);

        // What is not signed may change without a sign: the status, a certificate nobody needs.
        let mut changed = made.token.clone();
        let mut refused = 0;
        for at in 0..changed.len() {
            changed[at] ^= 1 << (at % 8);
            match Stamp::verify(&changed, message, &trusted) {
                Ok(same) => assert_eq!(same, stamp, "{at}"),
                Err(_) => refused += 1,
            }
            changed[at] ^= 1 << (at % 8);
            assert!(Stamp::verify(&changed[..at], message, &trusted).is_err());
        }
        assert!(refused > changed.len() * 9 / 10, "{refused} of {}", changed.len());
    }
}

#[test]
fn a_certificate_that_is_trusted_itself_needs_no_chain() {
    if !has_openssl() {
        return;
    }
    let key = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
    let made = stamped(b"a text", key, "-sha256", "sha256");
    let at = made.folder.path();
    openssl(at, "x509 -in own.pem -outform DER -out own.der");
    openssl(at, "x509 -in middle.pem -outform DER -out middle.der");
    let [own, middle] = ["own.der", "middle.der"].map(|name| fs::read(at.join(name)).unwrap());
    for trusted in [[own], [middle]] {
        Stamp::verify(&made.token, b"a text", &trusted).unwrap();
    }
    let other = stamped(b"a text", key, "-sha256", "sha256");
    assert_eq!(
        Stamp::verify(&made.token, b"a text", &[other.root]),
        refused(StampCause::NotTrusted)
    );
}

proptest! {
    #[test]
    fn any_bytes_are_no_stamp(token in prop::collection::vec(any::<u8>(), 0..200), root in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(Stamp::verify(&token, b"a text", &[root]).is_err());
    }
}
