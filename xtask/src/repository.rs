//! The checkout: its files, its crates, its build folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

use crate::Outcome;

/// The checkout that xtask was started in.
#[derive(Debug)]
pub(crate) struct Repository {
    /// Its root.
    pub(crate) root: PathBuf,
    /// Where cargo builds.
    pub(crate) target: PathBuf,
    /// The packages of the workspace.
    pub(crate) packages: Vec<Package>,
}

/// A package of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its folder, from the root.
    pub(crate) folder: String,
    /// Names of the workspace's packages that it needs to run or to build.
    pub(crate) uses: Vec<String>,
    /// Names of outside packages that it needs to run.
    pub(crate) outside: Vec<String>,
}

/// A text file of the checkout.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path from the root, with `/`.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
}

impl File {
    /// Whether it is Rust.
    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|e| e == "rs")
    }
}

impl Repository {
    /// The checkout that holds the running xtask's sources.
    pub(crate) fn here() -> Outcome<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = match package.as_deref().and_then(Path::parent) {
            Some(root) => root.to_owned(),
            None => return Err("start it as `cargo xtask` in the checkout".into()),
        };
        let metadata = Command::new(cargo())
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(&root)
            .output()
            .map_err(|e| format!("cargo metadata does not start: {e}"))?;
        if !metadata.status.success() {
            return Err(String::from_utf8_lossy(&metadata.stderr).trim().to_owned());
        }
        let metadata: Value = serde_json::from_slice(&metadata.stdout)
            .map_err(|e| format!("cargo metadata gives no JSON: {e}"))?;
        let target = PathBuf::from(metadata["target_directory"].as_str().unwrap_or("target"));
        Ok(Self { packages: packages(&metadata, &root), root, target })
    }

    /// Every text file that git tracks or would add, by path.
    pub(crate) fn files(&self) -> Outcome<Vec<File>> {
        let listed = self.git(&["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
        let mut paths: Vec<&str> = listed.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        let read = |path: &str| fs::read_to_string(self.root.join(path)).ok();
        let file = |path: &str| Some(File { text: read(path)?, path: path.to_owned() });
        Ok(paths.into_iter().filter_map(file).collect())
    }

    /// What a git command prints.
    pub(crate) fn git(&self, arguments: &[&str]) -> Outcome {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .map_err(|e| format!("git does not start ({e}): install it"))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(format!("git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
        }
    }

    /// A file's text, by its path from the root.
    pub(crate) fn text(&self, path: &str) -> Outcome {
        fs::read_to_string(self.root.join(path)).map_err(|e| format!("{path}: {e}"))
    }

    /// The folder beside the checkout that may hold corpora and the seed; its path from the root.
    pub(crate) fn shared(&self, path: &str) -> Option<PathBuf> {
        let beside = self.root.parent()?.join("shared").join(path);
        beside.exists().then_some(beside)
    }

    /// The `onrecord` program, built for release where it was not.
    pub(crate) fn program(&self) -> Outcome<PathBuf> {
        let mut build = Command::new(cargo());
        build.args(["build", "--release", "--quiet", "--bin", "onrecord"]).current_dir(&self.root);
        match build.status() {
            Ok(status) if status.success() => Ok(self.target.join("release/onrecord")),
            Ok(_) => Err("the release build failed".into()),
            Err(e) => Err(format!("cargo does not start: {e}")),
        }
    }

    /// Runs this program with other arguments, built for release.
    pub(crate) fn xtask_for_release(&self, arguments: &[&str]) -> Outcome<()> {
        let mut run = Command::new(cargo());
        run.args(["run", "--release", "--quiet", "--package", "xtask", "--"]).args(arguments);
        match run.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err("xtask for release failed as told above".into()),
            Err(e) => Err(format!("cargo does not start: {e}")),
        }
    }
}

/// The cargo that started this program.
pub(crate) fn cargo() -> String {
    env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

fn packages(metadata: &Value, root: &Path) -> Vec<Package> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let package = |package: &Value| {
        let manifest = text(&package["manifest_path"]);
        let folder = Path::new(&manifest).parent().unwrap_or(root);
        let folder = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().into_owned();
        let (mut uses, mut outside) = (Vec::new(), Vec::new());
        for dependency in list(&package["dependencies"]) {
            let inside = dependency["path"].is_string();
            match dependency["kind"].as_str() {
                None | Some("build") if inside => uses.push(text(&dependency["name"])),
                None => outside.push(text(&dependency["name"])),
                Some(_) => {}
            }
        }
        uses.sort();
        uses.dedup();
        outside.sort();
        outside.dedup();
        Package { name: text(&package["name"]), folder, uses, outside }
    };
    list(&metadata["packages"]).iter().map(package).collect()
}
