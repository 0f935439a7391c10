//! A good image gets its name, decompressed if that is wanted.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use bzip2::read::MultiBzDecoder;
use dryboot_core::openpgp::Verifier;

use super::limits::Limits;
use super::part::Verified;
use crate::replace::Replacement;

/// Puts it at `path`.
pub(super) fn keep(image: Verified, path: &Path) -> Result<()> {
    image.rename(path)
}

/// Puts what is compressed in it at `path`, and removes it.
pub(super) fn unpack(mut image: Verified, path: &Path, verifier: Verifier, limits: &Limits) -> Result<()> {
    let trouble = || format!("cannot decompress the image into {}", path.display());
    let mut unpacked = Replacement::begin(path)?;
    let mut compressed = Checked { file: image.reader()?, verifier };
    // The image is good; what went wrong has to do with this machine or with the publisher.
    let decoder = MultiBzDecoder::new(BufReader::with_capacity(1 << 17, &mut compressed));
    let length = io::copy(&mut limits.cut_off(decoder), &mut unpacked).with_context(trouble)?;
    limits.check_size(length).with_context(trouble)?;
    io::copy(&mut compressed, &mut io::sink()).with_context(trouble)?;
    ensure!(
        compressed.verifier.finish().good,
        "the image was changed while it was decompressed: another program is using this directory; use one \
         that only you can write to"
    );
    unpacked.commit()?;
    image.discard();
    Ok(())
}

/// Verifies what is read once more: the file may not be what it was.
struct Checked<'a> {
    file: &'a File,
    verifier: Verifier,
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.verifier.update(&buffer[..count]);
        Ok(count)
    }
}
