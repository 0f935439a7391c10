//! What gpg says about the cases: each keyring is imported once, then all that it is for is verified.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{Case, Gpg, GpgVerdict};

/// Words of status lines that say what a signature is.
const WORDS: [&str; 8] =
    ["GOODSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG", "BADSIG", "ERRSIG", "NODATA", "UNEXPECTED"];

pub(crate) fn add(cases: &mut [Case], directory: &Path) -> Result<()> {
    let mut homes: BTreeMap<Vec<String>, Gpg> = BTreeMap::new();
    for case in cases {
        if !homes.contains_key(&case.keyring) {
            homes.insert(case.keyring.clone(), home(&case.keyring, directory)?);
        }
        let gpg = homes.get(&case.keyring).context("a home was made")?;
        case.gpg = verdict(gpg, case, directory)?;
    }
    Ok(())
}

fn home(keyring: &[String], directory: &Path) -> Result<Gpg> {
    let gpg = Gpg::new()?;
    for name in keyring {
        let path = directory.join(name);
        if name.ends_with(".kbx") {
            fs::copy(&path, gpg.home().join("pubring.kbx"))?;
            continue;
        }
        // What cannot be imported is not there, which is a verdict, too.
        gpg.run(Some("20261124T000000"), &["--import", &path.to_string_lossy()], &[])?;
    }
    Ok(gpg)
}

fn verdict(gpg: &Gpg, case: &Case, directory: &Path) -> Result<GpgVerdict> {
    let path = |name: &str| directory.join(name).to_string_lossy().into_owned();
    let arguments = ["--status-fd=2", "--verify", &path(&case.signature), &path(&case.data)];
    // A day and a time as gpg wants it; all cases have one of two presents.
    let said = gpg.run(
        Some(if case.options.now == crate::cases::NOW { "20261124T000000" } else { "20180101T000000" }),
        &arguments,
        &[],
    )?;
    let words = said.stderr.lines().filter_map(|line| line.strip_prefix("[GNUPG:] ")?.split(' ').next());
    let status: Vec<String> = words.filter(|word| WORDS.contains(word)).map(str::to_owned).collect();
    let fits = status.iter().any(|word| word == "GOODSIG" || word == "EXPKEYSIG");
    Ok(GpgVerdict { good: said.success && fits, status })
}
