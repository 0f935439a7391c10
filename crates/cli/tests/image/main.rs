//! `dryboot image` against a server of the test's own, with images and signatures that gpg made.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

mod network;
mod server;
mod verdict;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

use dryboot_openpgp_cases::{Gpg, MISSING, is_installed};
use dryboot_testing::skip;
use tempfile::TempDir;

/// What a release has, and the keys.
pub(crate) struct Release {
    pub(crate) image: Vec<u8>,
    pub(crate) other: Vec<u8>,
    pub(crate) compressed: Vec<u8>,
    /// By the path below the mirror's address.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) key: Vec<u8>,
    pub(crate) other_key: Vec<u8>,
}

pub(crate) const IMAGE: &str = "/amd64-usr/2023.4.0/flatcar_production_iso_image.iso";
pub(crate) const COMPRESSED: &str = "/amd64-usr/2023.4.0/flatcar_production_qemu_image.img.bz2";
const BROKEN: &str = "/amd64-usr/2023.4.0/flatcar_production_openstack_image.img.bz2";
pub(crate) const VERSION: &str = "/amd64-usr/current/version.txt";

/// The same for all tests; without gpg, the calling test is skipped.
#[track_caller]
pub(crate) fn release() -> Option<&'static Release> {
    static RELEASE: OnceLock<Option<Release>> = OnceLock::new();
    let made = RELEASE.get_or_init(|| is_installed().then(make));
    if made.is_none() {
        skip(MISSING);
    }
    made.as_ref()
}

fn make() -> Release {
    let gpg = Gpg::new().expect("gpg");
    let key = gpg
        .key("Images <images@example.org>", "ed25519", "cert,sign", "20180226T100000", "never", &[])
        .expect("a key");
    let other = gpg
        .key("Other <other@example.org>", "ed25519", "cert,sign", "20180226T100000", "never", &[])
        .expect("a key");
    let image: Vec<u8> =
        (0_u32..300_000).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(&image).expect("compressed");
    let compressed = encoder.finish().expect("compressed");
    let version = b"FLATCAR_VERSION=2023.4.0\nFLATCAR_VERSION_ID=2023.4.0\n".to_vec();
    let mut files = BTreeMap::new();
    for (path, bytes) in [(IMAGE, &image), (COMPRESSED, &compressed), (BROKEN, &image), (VERSION, &version)] {
        let signature = gpg.sign(&key, bytes, "20190401T100000", &[]).expect("a signature");
        files.insert(path.to_owned(), bytes.clone());
        files.insert(format!("{path}.sig"), signature);
    }
    let mut changed = image.clone();
    changed[200_000] ^= 1;
    let export = |key: &str| gpg.export(key, &["--armor"]).expect("a key");
    Release { other: changed, compressed, files, key: export(&key), other_key: export(&other), image }
}

/// A directory with the keys.
pub(crate) fn folder(release: &Release) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("out")).expect("a folder");
    fs::write(folder.path().join("key.asc"), &release.key).expect("a file");
    fs::write(folder.path().join("other.asc"), &release.other_key).expect("a file");
    folder
}

pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// What is in the directory afterwards.
    pub(crate) files: Vec<String>,
}

impl Run {
    pub(crate) fn assert(&self, code: i32, words: &str, files: &[&str]) {
        let all = format!("{}{}", self.stdout, self.stderr);
        assert_eq!(self.code, Some(code), "{all}");
        assert!(all.contains(words), "{all}");
        assert_eq!(self.files, files, "{all}");
    }
}

pub(crate) fn command(folder: &Path, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
    command
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1");
    command.args(["image", "fetch", "--base-url", address, "--directory", "out"]);
    command
}

pub(crate) fn fetch(folder: &Path, address: &str, more: &[&str]) -> Run {
    let keys = if more.contains(&"--keyring") { &[][..] } else { &["--keyring", "key.asc"] };
    let retries = if more.contains(&"--retries") { &[][..] } else { &["--retries", "2"] };
    outcome(
        folder,
        command(folder, address).args(more).args(keys).args(retries).output().expect("the command runs"),
    )
}

pub(crate) fn outcome(folder: &Path, output: Output) -> Run {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let entries = fs::read_dir(folder.join("out")).expect("a folder");
    let mut files: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    files.sort();
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr), files }
}
