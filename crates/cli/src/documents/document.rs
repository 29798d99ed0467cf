//! One document, from its bytes to what is made of it.

use std::panic::{self, AssertUnwindSafe};

use onrecord_intake::{Document, Intake, Limits, Options};
use onrecord_reading::Engine;

use super::original::{Bytes, refused};
use crate::arguments::Documents;
use crate::failure::Failure;

/// Everything that reads documents. All threads share it.
pub(crate) struct Reader {
    intake: Intake,
    engine: Engine,
    options: Options,
}

impl Reader {
    /// The reader that the arguments ask for.
    ///
    /// # Errors
    /// Where a language pack is broken.
    pub(crate) fn new(arguments: &Documents) -> Result<Self, Failure> {
        Self::with(Options {
            published: arguments.published.clone(),
            language: arguments.language.clone(),
            limits: Limits { bytes: arguments.max_size, ..Limits::default() },
        })
    }

    /// A reader of originals of at most so many bytes.
    ///
    /// # Errors
    /// Where a language pack is broken.
    pub(crate) fn up_to(bytes: u64) -> Result<Self, Failure> {
        Self::with(Options { limits: Limits { bytes, ..Limits::default() }, ..Options::default() })
    }

    fn with(options: Options) -> Result<Self, Failure> {
        let broken = |error: &dyn std::fmt::Display| {
            let cause: String = error.to_string().chars().take(300).collect();
            let says = format!("is broken ({cause}): install onrecord again");
            Failure::new("language pack", "fault", says)
        };
        quiet_readers();
        Ok(Self {
            intake: Intake::new().map_err(|error| broken(&error))?,
            engine: Engine::new().map_err(|error| broken(&error))?,
            options,
        })
    }

    /// The reader with other things told of a document, as they were told of it once.
    pub(crate) fn options(&self, published: Option<String>, language: Option<String>) -> Options {
        Options { published, language, ..self.options.clone() }
    }

    /// What `make` makes of a document. A document that panics the reader fails by its name; no
    /// other is touched.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn read<R>(
        &self,
        bytes: &Bytes,
        make: impl FnOnce(&Engine, &Document) -> R,
    ) -> Result<R, Failure> {
        self.read_with(bytes, &self.options, make)
    }

    /// As [`Reader::read`], with other options.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn read_with<R>(
        &self,
        bytes: &Bytes,
        options: &Options,
        make: impl FnOnce(&Engine, &Document) -> R,
    ) -> Result<R, Failure> {
        guarded(bytes.name(), || {
            let read = self.intake.read(&bytes.unit(), options);
            let document = read.map_err(|refusal| refused(bytes.name(), &refusal))?;
            Ok(make(&self.engine, &document))
        })?
    }
}

/// Leaves what a reading thread panics with to [`guarded`], which says it in one line with the
/// document's name; the main thread, which reads no document, speaks as before.
fn quiet_readers() {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() == Some("main") {
            loud(info);
        }
    }));
}

/// What `work` gives, or the failure of the document that it panicked on.
fn guarded<R>(name: &str, work: impl FnOnce() -> R) -> Result<R, Failure> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|cause| {
        let cause = cause
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| cause.downcast_ref::<&str>().copied())
            .unwrap_or("no cause given");
        let says = format!("cannot be read by a fault of onrecord ({cause}): please report it");
        Failure::new(name, "fault", says)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_the_failure_of_one_document() {
        assert_eq!(guarded("a.txt", || 1), Ok(1));
        let failure = guarded("a.txt", || panic!("at word {}", 7)).unwrap_err();
        assert_eq!(failure.name, "a.txt");
        assert!(failure.says.contains("at word 7"), "{failure}");
    }
}
