//! Views, exports, dossiers and `onrecord verify`, as people run them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{Folder, Run, done, example, run};

/// A case with the stories of the examples in it, and its public key.
fn case() -> (Folder, String, String) {
    let folder = Folder::with(&[]);
    let case = folder.name("case");
    let made = done(&["case", "new", &case]);
    let key = made.text().lines().last().unwrap().to_owned();
    done(&["case", "add", &case, &example("clinic.txt"), &example("briefs.jsonl")]);
    (folder, case, key)
}

fn refused(arguments: &[&str], code: i32, words: &[&str]) {
    let run = run(arguments);
    assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.says);
    for words in words {
        assert!(run.says.contains(words), "no {words:?} in {}", run.says);
    }
}

fn rows(run: &Run) -> Vec<Value> {
    run.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_view_shows_items_with_their_words_in_every_format() {
    let (folder, case, _) = case();
    for view in ["timeline", "figures", "proceedings", "actors", "allegations"] {
        let jsonl = done(&[view, &case, "-f", "jsonl"]);
        let rows = rows(&jsonl);
        assert!(!rows.is_empty(), "{view}");
        for row in &rows {
            let item = row["item"].as_str().unwrap();
            assert!(item.starts_with('d') && item.contains(':'), "{row}");
            assert!(row["text"].is_string() || row["start"].is_null(), "{row}");
        }
        let csv = done(&[view, &case, "-f", "csv"]);
        let mut reader = csv::ReaderBuilder::new().from_reader(csv.out.as_slice());
        assert_eq!(reader.records().map(Result::unwrap).count(), rows.len(), "{view}");
        let text = done(&[view, &case, "--width", "80", "--color", "never"]);
        assert!(text.text().lines().all(|line| line.chars().count() <= 80), "{}", text.text());
        assert!(text.text().contains("d1:"), "{view}: {}", text.text());
        let page = folder.name("page.html");
        done(&[view, &case, "-f", "html", "-o", &page]);
        let page = fs::read_to_string(page).unwrap();
        assert!(page.contains("script-src &#39;none&#39;"));
        assert!(!page.contains("<script") && page.ends_with("</html>\n"));
        let ids: Vec<&str> = page.split(" id=\"").skip(1).collect();
        let ids: Vec<&str> = ids.iter().filter_map(|rest| rest.split('"').next()).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{view}");
        assert_eq!(done(&[view, &case, "-f", "jsonl"]).out, jsonl.out, "the same bytes again");
    }
}

#[test]
fn filters_choose_and_say_when_nothing_fits() {
    let (_folder, case, _) = case();
    let filtered = |options: &[&str]| {
        let mut arguments = vec!["figures", case.as_str(), "-f", "jsonl"];
        arguments.extend(options);
        rows(&done(&arguments))
    };
    let all = filtered(&[]).len();
    let killed = filtered(&["--counted", "killed"]);
    assert!(killed.len() < all && killed.iter().all(|row| row["counted"] == "killed"));
    assert!(filtered(&["--document", "d1"]).iter().all(|row| row["document"] == "d1"));
    let abroad = filtered(&["--speaker", "doctors abroad"]);
    assert_eq!(filtered(&["--query", "speaker:\"doctors abroad\""]), abroad);
    assert!(!abroad.is_empty() && abroad.iter().all(|row| row["source"] == "Doctors Abroad"));
    assert_eq!(filtered(&["--limit", "1"]).len(), 1);
    assert_eq!(filtered(&["--from", "2031-01-01"]).len(), 0);
    let none = done(&["figures", &case, "--counted", "unicorn"]);
    assert_eq!((none.text(), none.says.as_str()), ("", "onrecord: nothing in the case fits\n"));
    refused(&["figures", &case, "--from", "March"], 2, &["2026-03-03"]);
    refused(&["figures", &case, "--document", "d99"], 2, &["d99"]);
    refused(&["timeline", "nowhere"], 2, &["is no case"]);
}

#[test]
fn proceedings_stand_as_of_a_day() {
    let (_folder, case, _) = case();
    let states = |day: &str| {
        let shown =
            done(&["proceedings", &case, "--document", "d1", "--as-of", day, "--width", "200"]);
        shown.text().lines().find(|line| line.starts_with("arrest warrant")).map(str::to_owned)
    };
    assert_eq!(states("2025-01-01"), None);
    let before = states("2025-12-31").unwrap();
    let after = states("2026-03-31").unwrap();
    assert!(before.contains("· active on"), "{before}");
    assert!(after.contains("· withdrawn on"), "{after}");
    let rows = rows(&done(&["proceedings", &case, "--as-of", "2025-12-31", "-f", "jsonl"]));
    assert!(!rows.is_empty() && rows.iter().all(|row| row["step"] != "withdrawn"));
}

#[test]
fn an_export_is_written_and_told() {
    let (folder, case, _) = case();
    let entities = folder.name("entities.jsonl");
    done(&["case", "export", &case, "-f", "ftm", "-o", &entities]);
    let entities = fs::read_to_string(entities).unwrap();
    assert!(entities.contains("\"schema\":\"Article\"") && !entities.contains("topics"));
    for (format, file) in [("esf", "event.csv"), ("csv", "statements.csv")] {
        let out = folder.name(format);
        done(&["case", "export", &case, "-f", format, "-o", &out, "--document", "d1"]);
        let table = fs::read_to_string(Path::new(&out).join(file)).unwrap();
        assert!(table.lines().count() > 1 && table.contains("d1:"), "{table}");
        assert!(!table.contains("d2:"), "{table}");
    }
    let lines = folder.name("rows.jsonl");
    done(&["case", "export", &case, "-f", "jsonl", "-o", &lines, "--by", "the desk"]);
    let lines = fs::read_to_string(lines).unwrap();
    for sheet in ["timeline", "statements", "allegations", "figures", "proceedings", "actors"] {
        assert!(lines.contains(&format!("{{\"sheet\":\"{sheet}\"")), "{sheet}");
    }
    let status = done(&["case", "status", &case, "-f", "json"]).json();
    assert_eq!(status["acts"], 13, "opened, two for each of four documents, four exports");
    let inside = Path::new(&case).join("out").to_str().unwrap().to_owned();
    refused(&["case", "export", &case, "-f", "csv", "-o", &inside], 2, &["lies in the case"]);
    #[cfg(not(feature = "parquet"))]
    refused(
        &["case", "export", &case, "-f", "parquet", "-o", &folder.name("p")],
        2,
        &["built without it", "--features parquet"],
    );
}

#[test]
fn nothing_of_the_keys_is_in_an_export() {
    let (folder, case, _) = case();
    let secret = fs::read_to_string(Path::new(&case).join("keys/ledger")).unwrap();
    // Its base64 may hold the sign that stands between the parts.
    let secret = secret.trim_end().splitn(5, '+').nth(4).unwrap().to_owned();
    assert_eq!(secret.len(), 44);
    let [page, archive, ftm] = ["d.html", "d.zip", "ftm"].map(|name| folder.name(name));
    done(&["dossier", &case, "-o", &page]);
    done(&["dossier", &case, "-o", &archive]);
    done(&["case", "export", &case, "-f", "ftm", "-o", &ftm]);
    done(&["case", "export", &case, "-f", "csv", "-o", &folder.name("tables")]);
    let mut archive = zip::ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
    let mut texts = vec![fs::read_to_string(page).unwrap(), fs::read_to_string(ftm).unwrap()];
    for at in 0..archive.len() {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_index(at).unwrap(), &mut text).unwrap();
        texts.push(text);
    }
    for file in fs::read_dir(folder.path("tables")).unwrap() {
        texts.push(fs::read_to_string(file.unwrap().path()).unwrap());
    }
    assert!(texts.iter().all(|text| !text.contains(&secret)));
}

#[test]
fn a_dossier_is_made_and_verified() {
    let (folder, case, key) = case();
    let archive = folder.name("dossier.zip");
    let made = done(&["dossier", &case, "--accused", "army of Kesh", "-o", &archive]);
    assert!(made.text().contains("of 1 document"), "{}", made.text());
    let verified = done(&["verify", &archive, "--key", &key]);
    assert!(verified.text().ends_with("dossier.zip holds\n"), "{}", verified.text());
    assert!(!verified.text().contains("came from what is verified"));
    let without = done(&["verify", &archive]);
    assert!(without.text().contains("came from what is verified itself"), "{}", without.text());
    let json = done(&["verify", &archive, "-f", "json"]).json();
    assert_eq!((&json["flaws"], &json["key_given"]), (&serde_json::json!([]), &false.into()));
    let mut bytes = fs::read(&archive).unwrap();
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    fs::write(&archive, bytes).unwrap();
    assert_ne!(run(&["verify", &archive]).code, Some(0));
    let page = folder.name("dossier.html");
    done(&["dossier", &case, "--document", "d1", "-o", &page]);
    let text = fs::read_to_string(&page).unwrap();
    assert!(text.contains("<q data-words=\"d1 ") && !text.contains("<script"), "{text}");
    refused(&["verify", &page], 2, &["is no dossier", "onrecord dossier"]);
    refused(&["dossier", &case, "-o", "x.pdf"], 2, &[".html or .zip"]);
    refused(
        &["dossier", &case, "--speaker", "Nobody", "-o", &page],
        1,
        &["nothing in the case fits"],
    );
    assert_eq!(fs::read_to_string(&page).unwrap(), text, "what was there is left");
}

#[test]
fn verify_tells_what_holds_and_exactly_what_does_not() {
    let (_folder, case, key) = case();
    let holds = done(&["verify", &case, "--key", &key, "--deep"]);
    for words in ["9 entries", "9 proven, 9 of them opened", "4 documents", "case holds\n"] {
        assert!(holds.text().contains(words), "no {words:?} in {}", holds.text());
    }
    let tile = Path::new(&case).join("ledger/tile/entries/000.p/9");
    let mut bytes = fs::read(&tile).unwrap();
    bytes[80] ^= 4;
    fs::write(&tile, bytes).unwrap();
    let found = run(&["verify", &case]);
    assert_eq!(found.code, Some(1));
    let line = "onrecord: ledger/tile/entries/000.p/9, bytes 72 to 104, entry 2: not what the signed root commits to";
    assert!(found.says.lines().any(|found| found == line), "{}", found.says);
    assert!(found.says.ends_with("1 place does not hold\n"), "{}", found.says);
    refused(&["verify", "nowhere"], 1, &["nowhere"]);
    refused(&["verify", &case, "--key", "not a key"], 2, &["--key", "no key"]);
}

#[test]
fn what_was_exported_is_held_against_the_act_that_wrote_it() {
    let (folder, case, _) = case();
    let (page, tables) = (folder.name("dossier.html"), folder.name("tables"));
    done(&["dossier", &case, "--document", "d1", "-o", &page, "--by", "Desk"]);
    done(&["case", "export", &case, "-f", "csv", "-o", &tables]);
    let asked = ["verify", &case, "--ledger", "--exported", &page, "--exported", &tables];
    let holds = done(&asked);
    for words in ["dossier.html: --document d1, by Desk at 20", "tables: all of the case, by "] {
        assert!(holds.text().contains(words), "no {words:?} in {}", holds.text());
    }
    for path in [Path::new(&page).to_owned(), Path::new(&tables).join("figures.csv")] {
        let mut bytes = fs::read(&path).unwrap();
        bytes[9] ^= 1;
        fs::write(&path, bytes).unwrap();
    }
    let found = run(&asked);
    assert_eq!(found.code, Some(1));
    for file in [&page, &tables] {
        let line = format!("onrecord: {file}: no export of the case wrote these bytes");
        assert!(found.says.contains(&line), "{}", found.says);
    }
    refused(&["verify", &page, "--exported", &page], 2, &["--exported", "for a case"]);
    refused(&["verify", &page], 2, &["is no dossier", "verify CASE --exported"]);
}

#[test]
fn a_cosignature_that_is_none_is_refused_in_one_line() {
    let (folder, case, key) = case();
    let file = folder.name("answer");
    fs::write(&file, "— witness.example.org/w1 bm90aGluZw==\n").unwrap();
    let witness = "witness.example.org/w1+6d7ef907+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";
    let cosign = ["case", "cosign", &case, &file, "--witness", witness];
    refused(&cosign, 1, &["the cosignature", "ledger/checkpoint"]);
    refused(&["case", "cosign", &case, &file, "--witness", "x"], 2, &["--witness"]);
    refused(&["case", "stamp", &case, &file, "--root", "nowhere"], 2, &["nowhere"]);
    done(&["verify", &case, "--key", &key]);
}
