//! What is to be fetched from where.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use dryboot_core::openpgp::channel::{CURRENT, IMAGES, Release};
use dryboot_core::openpgp::{
    Keyring, SIGNATURE_LIMIT, SignatureFile, Verdict, VerifyOptions, VersionTxt, verify,
};
use dryboot_report::output::Output;
use serde::Serialize;

use super::http::Http;
use crate::args::{DataFormat, WhichArgs};
use crate::remark;

/// The file that says which version a release is.
pub(super) const VERSION: &str = "version.txt";

/// It has a few lines.
const VERSION_LIMIT: usize = 1 << 16;

#[derive(Serialize)]
pub(super) struct Plan {
    #[serde(skip)]
    pub(super) release: Release,
    /// The image's name in the release.
    pub(super) file: String,
    pub(super) image: String,
    pub(super) signature: String,
    pub(super) version: String,
    #[serde(skip)]
    pub(super) version_by: VersionBy,
}

/// Who says which version it is. The image's own signature does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VersionBy {
    /// The user has asked for it.
    User,
    /// A `version.txt` with a good signature.
    Signed,
    /// A `version.txt` of which nobody knows who wrote it.
    Unsigned,
}

/// What has become of `current`.
pub(super) enum Resolved {
    /// A version.
    To(Plan),
    /// What names the version is signed, and not well.
    Refused(Verdict),
}

impl Plan {
    pub(super) fn new(which: &WhichArgs) -> Result<Self> {
        let release = Release::new(
            which.distribution.distribution(),
            &which.channel,
            &which.board,
            &which.release,
            which.base_url.as_deref(),
        )?;
        let image = which.image.as_deref().and_then(|name| IMAGES.iter().find(|image| image.name == name));
        let file = match (&which.file, image) {
            (Some(file), _) => file.clone(),
            (None, Some(image)) => release.file_of(image),
            (None, None) => return Err(anyhow!("name an image, or a file with --file")),
        };
        Self::of(release, file, VersionBy::User)
    }

    fn of(release: Release, file: String, version_by: VersionBy) -> Result<Self> {
        Ok(Self {
            image: release.address(&file)?,
            signature: release.address(&format!("{file}.sig"))?,
            version: release.address(VERSION)?,
            release,
            file,
            version_by,
        })
    }

    /// Replaces `current` by the version that it is now; it may be another in a minute.
    pub(super) fn resolve(self, http: &Http, keyring: &Keyring, options: &VerifyOptions) -> Result<Resolved> {
        if self.release.version() != CURRENT {
            return Ok(Resolved::To(self));
        }
        let bytes = http.small(&self.version, VERSION_LIMIT)?;
        let bytes = bytes
            .ok_or_else(|| anyhow!("{} does not exist (404): is the mirror's URL correct?", self.version))?;
        let text = String::from_utf8_lossy(&bytes);
        let version = VersionTxt::parse(&text).with_context(|| self.version.clone())?;
        // Signed apart from the image, so that nobody can pass an old release off as the current one.
        let version_by = match http.small(&format!("{}.sig", self.version), SIGNATURE_LIMIT)? {
            Some(signature) => {
                let signatures =
                    SignatureFile::parse(&signature).with_context(|| format!("{}.sig", self.version))?;
                let verdict = verify(&bytes[..], signatures, keyring, options)?;
                if !verdict.good {
                    return Ok(Resolved::Refused(verdict));
                }
                VersionBy::Signed
            }
            None => {
                remark(&format!(
                    "{} is not signed: the image's own signature shows that the image is good, but not \
                     that it is the newest",
                    self.version
                ));
                VersionBy::Unsigned
            }
        };
        let release = self.release.of_version(version.version())?;
        Ok(Resolved::To(Self::of(release, self.file, version_by)?))
    }

    /// Where the image is, and what is known of its version.
    pub(super) fn kept_as(&self, path: &Path) -> String {
        let by = match self.version_by {
            VersionBy::User => "as requested",
            VersionBy::Signed => "the current one according to a signed version.txt",
            VersionBy::Unsigned => {
                "according to an unsigned version.txt: nothing proves that it is that version"
            }
        };
        format!("{} was downloaded as version {}, {by}", path.display(), self.release.version())
    }

    pub(super) fn write(&self, format: DataFormat, out: &mut Output<'_>) -> Result<()> {
        match format {
            DataFormat::Human => {
                writeln!(out, "image      {}", self.image)?;
                writeln!(out, "signature  {}", self.signature)?;
                writeln!(out, "version    {}", self.version)?;
            }
            DataFormat::Json => {
                #[derive(Serialize)]
                struct Document<'p> {
                    version: u32,
                    release: &'p str,
                    urls: &'p Plan,
                }
                let document = Document { version: 1, release: self.release.version(), urls: self };
                out.json(&document)?;
            }
        }
        Ok(())
    }
}
