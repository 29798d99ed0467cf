//! What pages for the terminal need to know of it.

use std::io;

use crate::arguments::{Color, Showing};

/// How wide pages for the terminal are, and whether they have colours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    pub(crate) width: usize,
    pub(crate) colours: bool,
}

impl Terminal {
    /// What the arguments ask for; where they leave it open, what standard output is.
    pub(crate) fn asked(show: &Showing) -> Self {
        let is_stdout = show.file().is_none();
        let colours = match show.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let choice = anstream::AutoStream::choice(&io::stdout());
                is_stdout && choice != anstream::ColorChoice::Never
            }
        };
        let columns = || {
            let (width, _) = terminal_size::terminal_size_of(io::stdout()).filter(|_| is_stdout)?;
            Some(usize::from(width.0).clamp(40, 100))
        };
        let width = show.width.map(usize::from).or_else(columns).unwrap_or(80);
        Self { width, colours }
    }
}
