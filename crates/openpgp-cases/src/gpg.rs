//! GnuPG in a home of its own, at any time of the past.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

/// A GnuPG with a fresh home, which goes with it.
pub struct Gpg {
    home: TempDir,
}

/// What a run of gpg has said.
pub struct Said {
    /// Its exit code was 0.
    pub success: bool,
    /// Its output.
    pub stdout: Vec<u8>,
    /// Its messages and status lines.
    pub stderr: String,
}

/// Why a test that needs gpg is skipped.
pub const MISSING: &str = "gpg is not installed";

/// Whether gpg is installed; the tests that need it are skipped when it is not.
#[must_use]
pub fn is_installed() -> bool {
    Command::new("gpg")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|it| it.success())
}

impl Gpg {
    /// Makes an empty home.
    ///
    /// # Errors
    /// When no directory can be made.
    pub fn new() -> Result<Self> {
        // Not below the target directory: the path of the agent's socket must be short.
        let home = tempfile::Builder::new().prefix("gpg").tempdir()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self { home })
    }

    /// Where it keeps its keys.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs gpg as if it were `at`, such as `20190204T120000`; without, now.
    ///
    /// # Errors
    /// When it cannot be run. That it fails is in the answer.
    pub fn run(&self, at: Option<&str>, arguments: &[&str], input: &[u8]) -> Result<Said> {
        let mut command = Command::new("gpg");
        command.arg("--homedir").arg(self.home());
        command.args([
            "--batch",
            "--no-tty",
            "--quiet",
            "--yes",
            "--expert",
            "--trust-model=always",
            "--pinentry-mode=loopback",
            "--passphrase=",
        ]);
        if let Some(at) = at {
            command.arg(format!("--faked-system-time={at}!"));
        }
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.env("LC_ALL", "C").spawn().context("gpg does not run")?;
        let mut stdin = child.stdin.take().context("gpg has no standard input")?;
        let input = input.to_vec();
        // Beside reading: it may answer before it has read all.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output()?;
        drop(writer.join());
        Ok(Said {
            success: output.status.success(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs gpg, which must succeed; returns what it prints.
    ///
    /// # Errors
    /// When it fails, with its words.
    pub fn must(&self, at: Option<&str>, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>> {
        let said = self.run(at, arguments, input)?;
        ensure!(said.success, "gpg {}: {}", arguments.join(" "), said.stderr);
        Ok(said.stdout)
    }

    /// Makes a primary key; returns its fingerprint. `usage` is as in `cert,sign`, `expire` as in `never` or `1y`.
    ///
    /// # Errors
    /// When gpg fails.
    pub fn key(
        &self,
        user_id: &str,
        kind: &str,
        usage: &str,
        at: &str,
        expire: &str,
        more: &[&str],
    ) -> Result<String> {
        let arguments = [more, &["--quick-gen-key", user_id, kind, usage, expire]].concat();
        self.must(Some(at), &arguments, &[])?;
        self.fingerprints("")?.into_iter().next_back().context("gpg has made no key")
    }

    /// Adds a subkey; returns its fingerprint.
    ///
    /// # Errors
    /// When gpg fails.
    pub fn subkey(
        &self,
        key: &str,
        kind: &str,
        usage: &str,
        at: &str,
        expire: &str,
        more: &[&str],
    ) -> Result<String> {
        self.must(Some(at), &[more, &["--quick-add-key", key, kind, usage, expire]].concat(), &[])?;
        self.fingerprints(key)?.pop().context("gpg has made no subkey")
    }

    /// The fingerprints of a key and its subkeys; without a name, those of all primary keys.
    fn fingerprints(&self, key: &str) -> Result<Vec<String>> {
        let mut arguments = vec!["--with-colons", "--list-keys"];
        if !key.is_empty() {
            arguments.extend(["--with-subkey-fingerprint", key]);
        }
        let list = String::from_utf8(self.must(None, &arguments, &[])?)?;
        let lines: Vec<Vec<&str>> = list.lines().map(|line| line.split(':').collect()).collect();
        let owners = lines.iter().zip(lines.iter().skip(1));
        let wanted = |of: &str| of == "pub" || (of == "sub" && !key.is_empty());
        let found = owners.filter(|(owner, line)| wanted(owner[0]) && line[0] == "fpr");
        Ok(found.filter_map(|(_, line)| line.get(9).map(|digits| (*digits).to_owned())).collect())
    }

    /// A detached signature by exactly this key.
    ///
    /// # Errors
    /// When gpg fails.
    pub fn sign(&self, key: &str, data: &[u8], at: &str, more: &[&str]) -> Result<Vec<u8>> {
        let user = format!("{key}!");
        self.must(Some(at), &[more, &["--local-user", &user, "--detach-sign"]].concat(), data)
    }

    /// The public key.
    ///
    /// # Errors
    /// When gpg fails.
    pub fn export(&self, key: &str, more: &[&str]) -> Result<Vec<u8>> {
        self.must(None, &[more, &["--export", key]].concat(), &[])
    }

    /// Edits a key with the commands that a person would type.
    ///
    /// # Errors
    /// When gpg fails.
    pub fn edit(&self, key: &str, at: &str, commands: &str, more: &[&str]) -> Result<()> {
        self.must(Some(at), &[more, &["--command-fd=0", "--edit-key", key]].concat(), commands.as_bytes())
            .map(drop)
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        // Verifying needs no agent.
        if !self.home().join("private-keys-v1.d").is_dir() {
            return;
        }
        let kill = Command::new("gpgconf").arg("--homedir").arg(self.home()).args(["--kill", "all"]).output();
        // An agent without a home ends by itself.
        drop(kill);
    }
}
