//! Vectors that others published: of RFC 6962's reference code, of C2SP's documents, of logs and
//! witnesses that run.
#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use onrecord_ledger::{
    Checkpoint, Consistency, Cosignature, Hash, Inclusion, Kind, PrivateKey, PublicKey, Scheme,
    SignedNote, Tile, root,
};

/// The entries of the tests of certificate transparency, in hexadecimal.
const ENTRIES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
/// The roots of the trees of their first 0 to 8.
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn unhex(text: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digits).collect()
}

fn hash(text: &str) -> Hash {
    Hash(unhex(text).try_into().unwrap())
}

#[test]
fn roots_of_certificate_transparency() {
    let hashes: Vec<Hash> = ENTRIES.iter().map(|entry| Hash::of_entry(&unhex(entry))).collect();
    for (size, published) in (0..).zip(ROOTS) {
        assert_eq!(root(size, hashes.as_slice()).unwrap(), hash(published), "{size}");
    }
}

#[test]
fn proofs_of_certificate_transparency() {
    let hashes: Vec<Hash> = ENTRIES.iter().map(|entry| Hash::of_entry(&unhex(entry))).collect();
    let proof = Inclusion::make(5, 8, hashes.as_slice()).unwrap();
    let published = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(proof.path, published.map(hash));
    let proof = Consistency::make(6, 8, hashes.as_slice()).unwrap();
    let published = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(proof.path, published.map(hash));
}

/// c2sp.org/signed-note, its example.
#[test]
fn the_note_of_signed_note() {
    let text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    let key: PublicKey = text.parse().unwrap();
    assert_eq!(
        (key.name(), key.id().0, key.to_string()),
        ("example.com/foo", 0x530d_903a, text.into())
    );
    let note = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6Tf\
                Xppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let read = SignedNote::parse(note.as_bytes()).unwrap();
    read.verify(&key).unwrap();
    assert_eq!(read.to_string(), note);
}

/// pkg.go.dev/golang.org/x/mod/sumdb/note, its example: the same key signs to the same bytes.
#[test]
fn the_note_of_go() {
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let key = PrivateKey::from_secret_text(secret).unwrap();
    assert_eq!(key.to_secret_text(), secret);
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(key.public().to_string(), public);
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your \
                problem is.\n";
    let mut note = SignedNote::new(text).unwrap();
    note.sign(&key).unwrap();
    let line = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng\
                otpRZb6KE6RyyBwJnAM=\n";
    assert_eq!(note.to_string(), format!("{text}\n{line}"));
}

/// Two checkpoints of Go's checksum database.
#[test]
fn checkpoints_of_a_log_that_runs() {
    let key: PublicKey =
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8".parse().unwrap();
    let notes = [
        "go.sum database tree\n6476701\nmb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=\n\n— sum.golang.org \
         Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=\n",
        "go.sum database tree\n65209736\n5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=\n\n— sum.golang.org \
         Az3grnbssgK7ubgFX36gVETtNv0U23qxyAhAMai2QUfeGa3nB/akvkMdlUErfcZz7l/R3cVtYspg3dxXABkGZZKdsQ8=\n",
    ];
    for (note, size) in notes.iter().zip([6_476_701, 65_209_736]) {
        let note = SignedNote::parse(note.as_bytes()).unwrap();
        let checkpoint = Checkpoint::open(&note, "go.sum database tree", &key).unwrap();
        assert_eq!(checkpoint.size, size);
        assert!(Checkpoint::open(&note, "sum.golang.org", &key).is_err());
    }
}

/// A checkpoint of a certificate log that runs, cosigned by witnesses that run. Its first signature
/// is of a kind that we do not know.
#[test]
fn cosignatures_of_witnesses_that_run() {
    let note = "arche2025h1.staging.ct.transparency.dev\n1432088532\n\
        U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n\n\
        — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPM\
        HbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=\n\
        — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3N\
        ygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=\n\
        — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rh\
        IgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==\n\
        — witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ7\
        5W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==\n\
        — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXT\
        ynk5XeU/zZ0WBxtqB0DrAWfBw==\n\
        — witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY\
        /2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==\n";
    let read = SignedNote::parse(note.as_bytes()).unwrap();
    assert_eq!(read.to_string(), note);
    let origin = "arche2025h1.staging.ct.transparency.dev";
    let key = format!("{origin}+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f");
    let checkpoint = Checkpoint::open(&read, origin, &key.parse().unwrap()).unwrap();
    assert_eq!(checkpoint.size, 1_432_088_532);
    for witness in [
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
        "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
        "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
    ] {
        let key: PublicKey = witness.parse().unwrap();
        assert_eq!((key.scheme(), key.to_string()), (Scheme::Cosignature, witness.into()));
        let cosignature = Cosignature::verify(&read, &key).unwrap();
        assert_eq!(cosignature.time, 0x6a12_2120);
        let other = note.replace("1432088532", "1432088533");
        let other = SignedNote::parse(other.as_bytes()).unwrap();
        assert!(Cosignature::verify(&other, &key).is_err());
    }
}

/// c2sp.org/tlog-tiles, its examples; the sizes of 70,000 entries are in the oracles.
#[test]
fn paths_of_tlog_tiles() {
    let tile = Tile::new(Kind::Hashes { level: 0 }, 1_234_067, 256).unwrap();
    assert_eq!(tile.to_string(), "tile/0/x001/x234/067");
    let all: Vec<String> = Tile::all(256).map(|tile| tile.to_string()).collect();
    assert_eq!(all, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
}
