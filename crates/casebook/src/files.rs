//! Files that last: written beside their place, synced, renamed into it, the folder synced.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::system::{Step, System};

/// Puts `bytes` at `path`, which holds all of the old or all of the new at any moment, and after
/// this returns the new whatever happens to the machine.
pub(crate) fn put(system: &System, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = beside(path);
    write(system, &beside, bytes)?;
    rename(system, &beside, path)?;
    sync_folder(system, folder_of(path))
}

/// Writes and syncs a file beside the place that it will have.
pub(crate) fn write(system: &System, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    unsynced(system, path, bytes)?;
    sync(system, path)
}

/// Writes a file that is not yet synced.
pub(crate) fn unsynced(system: &System, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let refuse = || Error::file(path, "cannot be written");
    system.before(Step::Write, path).map_err(refuse())?;
    let mut file = File::create(path).map_err(refuse())?;
    file.write_all(bytes).map_err(refuse())
}

/// Syncs a file.
pub(crate) fn sync(system: &System, path: &Path) -> Result<(), Error> {
    let refuse = || Error::file(path, "cannot be synced");
    system.before(Step::Sync, path).map_err(refuse())?;
    File::options().write(true).open(path).and_then(|file| file.sync_all()).map_err(refuse())
}

/// Renames a file into its place. It lasts once the folder is synced.
pub(crate) fn rename(system: &System, from: &Path, to: &Path) -> Result<(), Error> {
    let refuse = || Error::file(to, "cannot be put into its place");
    system.before(Step::Rename, to).map_err(refuse())?;
    fs::rename(from, to).map_err(refuse())
}

/// The folder that holds a file.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Syncs a folder, which makes the renames in it last. Only Unix lets a program do that.
pub(crate) fn sync_folder(system: &System, folder: &Path) -> Result<(), Error> {
    let refuse = || Error::file(folder, "cannot be synced");
    system.before(Step::SyncFolder, folder).map_err(refuse())?;
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(refuse())
    } else {
        Ok(())
    }
}

/// Makes a folder and those above it.
pub(crate) fn folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(Error::file(path, "cannot be made"))
}

/// Makes a folder that, where the system knows such, only this user looks into.
pub(crate) fn hidden_folder(path: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path).map_err(Error::file(path, "cannot be made"))
}

/// Removes a file; one that is gone already is no error.
pub(crate) fn remove(system: &System, path: &Path) -> Result<(), Error> {
    let refuse = || Error::file(path, "cannot be removed");
    system.before(Step::Remove, path).map_err(refuse())?;
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(refuse()(cause)),
        _ => Ok(()),
    }
}

/// Reads a file; `None` where there is none.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Error::file(path, "cannot be read")(cause)),
    }
}

/// All files in a folder and those inside it, sorted; none where there is no folder.
pub(crate) fn all_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let refuse = || Error::file(&folder, "cannot be read");
        let entries = match fs::read_dir(&folder) {
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries.map_err(refuse())?,
        };
        for entry in entries {
            let entry = entry.map_err(refuse())?;
            let is_folder = entry.file_type().map_err(refuse())?.is_dir();
            if is_folder { &mut folders } else { &mut found }.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The place beside a file where its next bytes are written.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}
