//! The image on its way through the verifier, with a progress bar.

use std::io::{self, IsTerminal, Read};

use anyhow::{Context, Result};
use dryboot_core::openpgp::{Verdict, Verifier};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::input::Input;
use super::tee::Tee;

/// A progress bar with speed, on standard error, if that is a terminal.
pub(crate) struct Meter(Option<ProgressBar>);

impl Meter {
    /// Begins; `length` in bytes, if it is known.
    pub(crate) fn new(length: Option<u64>, at: u64) -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        let template = match length {
            Some(_) => "{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left",
            None => "{spinner} {bytes}  {bytes_per_sec}",
        };
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
        // The template is ours; a bar in the default style is no reason to fail.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_position(at);
        bar.reset_eta();
        Self(Some(bar))
    }

    pub(crate) fn advance(&self, bytes: usize) {
        if let Some(bar) = &self.0 {
            bar.inc(bytes as u64);
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

pub(super) fn verify(input: &mut Input, mut tee: Option<&mut Tee>) -> Result<Verdict> {
    let mut verifier = Verifier::new(input.signatures.clone(), input.keyring.clone(), input.options.clone());
    let meter = Meter::new(input.length, 0);
    let mut buffer = vec![0; 1 << 17];
    loop {
        let count = match input.data.read(&mut buffer) {
            Ok(0) => return Ok(verifier.finish()),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", input.name)),
        };
        verifier.update(&buffer[..count]);
        if let Some(tee) = &mut tee {
            tee.write(&buffer[..count])?;
        }
        meter.advance(count);
    }
}
