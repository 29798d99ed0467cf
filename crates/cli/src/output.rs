//! Where results go: standard output, a file that is written whole or not at all, or a device.

use std::fs::{self, File};
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::End;
use crate::console::Console;
use crate::failure::Failure;

/// Where results go. Nothing is kept of a file until [`Output::finish`].
pub(crate) struct Output {
    name: String,
    sink: Sink,
}

enum Sink {
    Stdout(BufWriter<Stdout>),
    Whole { file: BufWriter<NamedTempFile>, target: PathBuf },
    Device(BufWriter<File>),
}

/// Why nothing more can be written.
pub(crate) enum Stop {
    /// The reader of the output has closed it: it has read enough.
    Closed,
    /// Writing failed.
    Failed(Failure),
    /// The arguments ask for what cannot be written.
    Usage(Failure),
}

impl Stop {
    /// Says it, where there is something to say, and gives how the run ends.
    pub(crate) fn said(&self, console: &Console) -> End {
        let (failure, end) = match self {
            Self::Closed => return End::Done,
            Self::Failed(failure) => (failure, End::Short),
            Self::Usage(failure) => (failure, End::Usage),
        };
        console.say(&failure.to_string());
        end
    }

    fn of(name: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Failed(Failure::not_written(name, error)),
        }
    }
}

/// The threads that read could not be started or have ended.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        let says = format!("cannot be used ({error}): try --jobs 1");
        Self::Failed(Failure::new("threads", "fault", says))
    }
}

impl Output {
    /// Standard output.
    pub(crate) fn stdout() -> Self {
        let sink = Sink::Stdout(BufWriter::new(io::stdout()));
        Self { name: "standard output".to_owned(), sink }
    }

    /// The file at `path`, or standard output for `None`. What is no regular file
    /// (`/dev/null`, a pipe) is written directly; a link is followed.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::stdout());
        };
        let name = path.display().to_string();
        let refuse = |error: &io::Error| Failure::not_written(&name, error);
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let standing = fs::metadata(&target).ok();
        let sink = match &standing {
            Some(standing) if standing.is_dir() => {
                let says = "is a folder: name a file to write";
                return Err(Failure::new(name, "not-written", says));
            }
            Some(standing) if !standing.is_file() => {
                let device = File::options().write(true).open(&target).map_err(|e| refuse(&e))?;
                Sink::Device(BufWriter::new(device))
            }
            _ => {
                let file = beside(&target, standing.as_ref()).map_err(|e| refuse(&e))?;
                Sink::Whole { file: BufWriter::new(file), target }
            }
        };
        Ok(Self { name, sink })
    }

    /// Makes what was written stand. Before this returns, a file holds what it held before; after,
    /// all of the new. The steps: the bytes are written to a hidden file beside it and synced, the
    /// rename puts them in its place, the sync of the folder makes the rename last.
    ///
    /// # Errors
    /// Where one of the steps fails.
    pub(crate) fn finish(self) -> Result<(), Stop> {
        let refuse = |error: &io::Error| Stop::of(&self.name, error);
        match self.sink {
            Sink::Stdout(mut sink) => sink.flush().map_err(|e| refuse(&e)),
            Sink::Device(mut sink) => sink.flush().map_err(|e| refuse(&e)),
            Sink::Whole { file, target } => {
                let file = file.into_inner().map_err(|e| refuse(e.error()))?;
                file.as_file().sync_all().map_err(|e| refuse(&e))?;
                file.persist(&target).map_err(|e| refuse(&e.error))?;
                sync_folder(&target).map_err(|e| refuse(&e))
            }
        }
    }

    /// Whether it is standard output.
    pub(crate) fn is_stdout(&self) -> bool {
        matches!(self.sink, Sink::Stdout(_))
    }

    /// Why writing failed.
    pub(crate) fn refusal(&self, error: &io::Error) -> Failure {
        Failure::not_written(&self.name, error)
    }

    /// Why nothing more can be written.
    pub(crate) fn stop(&self, error: &io::Error) -> Stop {
        Stop::of(&self.name, error)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Stdout(sink) => sink.write(bytes),
            Sink::Whole { file, .. } => file.write(bytes),
            Sink::Device(sink) => sink.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Stdout(sink) => sink.flush(),
            Sink::Whole { file, .. } => file.flush(),
            Sink::Device(sink) => sink.flush(),
        }
    }
}

/// A hidden file in the target's folder, with the permissions that the target has or would get.
fn beside(target: &Path, standing: Option<&fs::Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".onrecord-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder(target))?;
    if let Some(standing) = standing {
        file.as_file().set_permissions(standing.permissions())?;
    }
    Ok(file)
}

fn folder(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn sync_folder(target: &Path) -> io::Result<()> {
    File::open(folder(target))?.sync_all()
}

/// Only Unix lets a program sync a folder.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
