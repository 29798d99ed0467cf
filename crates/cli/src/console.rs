//! Standard error: messages of one line each, and the progress bar they must not break.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// Where messages and progress go. All of both goes through one of these, from one thread.
pub(crate) struct Console {
    bar: ProgressBar,
}

impl Console {
    /// A console without progress.
    pub(crate) fn new() -> Self {
        Self { bar: ProgressBar::hidden() }
    }

    /// A console that shows progress over `files` files where standard error is a terminal.
    pub(crate) fn with_progress(files: usize) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::new();
        }
        let bar = ProgressBar::with_draw_target(
            Some(files as u64),
            ProgressDrawTarget::stderr_with_hz(8),
        );
        let shape = "{bar:24} {pos} of {len} files, {rate} a second, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(shape) {
            bar.set_style(style.progress_chars("━╸─").with_key("rate", rate));
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar }
    }

    /// Counts one file as read.
    pub(crate) fn file_read(&self) {
        self.bar.inc(1);
    }

    /// Says one line: `onrecord: ` and the message, its control characters shown, not sent.
    pub(crate) fn say(&self, message: &str) {
        let line = format!("onrecord: {}\n", crate::view::plain(message));
        self.bar.suspend(|| {
            // Nobody is left to tell when standard error itself is closed.
            let _ = std::io::stderr().write_all(line.as_bytes());
        });
    }
}

fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    // The bar is drawn again in a moment: a part that could not be written is no loss.
    let _ = write!(out, "{:.0}", state.per_sec());
}

impl Drop for Console {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
