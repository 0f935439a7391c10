//! A good image gets its name, decompressed if that is wanted.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use bzip2::read::MultiBzDecoder;

use super::part::Part;
use crate::verify::Tee;

/// Puts it at `path`.
pub(super) fn keep(part: Part, path: &Path, decompress: bool) -> Result<()> {
    if !decompress {
        return part.rename(path);
    }
    let mut tee = Tee::create(path)?;
    let outcome = decompress_into(part.file()?, &mut tee);
    // The image is good; what went wrong has to do with this machine or with the publisher.
    outcome.with_context(|| format!("cannot decompress the image into {}", path.display()))?;
    tee.keep()?;
    part.discard();
    Ok(())
}

fn decompress_into(compressed: File, tee: &mut Tee) -> io::Result<u64> {
    io::copy(&mut MultiBzDecoder::new(BufReader::with_capacity(1 << 17, compressed)), tee)
}
