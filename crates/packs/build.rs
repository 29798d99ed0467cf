//! Embeds every `.toml` file of `packs/` and `law/` and the weights of `models/`, so that a new
//! language or instrument needs folders and files and no code.
#![allow(clippy::disallowed_methods, missing_docs, reason = "a build script reads files")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

/// The file of a language's weights in its folder of `models/`.
const WEIGHTS: &str = "engine.safetensors";

fn toml_files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            toml_files(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
    Ok(())
}

/// Writes a list of the `.toml` files of a folder: paths from it, and texts.
fn embed(code: &mut String, list: &str, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    toml_files(folder, &mut files)?;
    files.sort();
    writeln!(code, "const {list}: &[(&str, &str)] = &[")?;
    for file in files {
        let name = file.strip_prefix(folder)?.to_str().ok_or("a file's path is not UTF-8")?;
        let name = name.replace('\\', "/");
        writeln!(code, "    ({name:?}, include_str!({file:?})),")?;
    }
    code.push_str("];\n");
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let packs = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../packs").canonicalize()?;
    let mut code = String::new();
    embed(&mut code, "FILES", &packs)?;
    embed(&mut code, "LAW", &packs.with_file_name("law"))?;
    code.push_str("const MODELS: &[(&str, Model)] = &[\n");
    let models = packs.with_file_name("models");
    println!("cargo::rerun-if-changed={}", models.display());
    let mut folders: Vec<PathBuf> =
        fs::read_dir(models)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join(WEIGHTS).is_file()) {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let file = folder.join(WEIGHTS);
        println!("cargo::rerun-if-changed={}", file.display());
        let sha256: String =
            Sha256::digest(fs::read(&file)?).iter().map(|byte| format!("{byte:02x}")).collect();
        let weights = format!("include_bytes!({file:?})");
        writeln!(code, "    ({name:?}, Model {{ weights: {weights}, sha256: {sha256:?} }}),")?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), code)?;
    Ok(())
}
