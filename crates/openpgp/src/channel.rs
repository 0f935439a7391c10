//! Release channels: where images are, and what they are called. Addresses only; nothing is fetched here.

use std::fmt;

use crate::version_txt::check_version;

/// Who makes the images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// CoreOS Container Linux, until 2020. Its servers are gone; there are mirrors.
    CoreOs,
    /// Flatcar Container Linux.
    Flatcar,
}

impl Distribution {
    /// Both.
    pub const ALL: [Self; 2] = [Self::CoreOs, Self::Flatcar];

    /// What its files begin with, which is its name, too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CoreOs => "coreos",
            Self::Flatcar => "flatcar",
        }
    }

    /// Its release channels.
    #[must_use]
    pub fn channels(self) -> &'static [&'static str] {
        match self {
            Self::CoreOs => &["alpha", "beta", "stable"],
            Self::Flatcar => &["alpha", "beta", "stable", "lts"],
        }
    }

    fn host(self) -> &'static str {
        match self {
            Self::CoreOs => "release.core-os.net",
            Self::Flatcar => "release.flatcar-linux.net",
        }
    }
}

/// The kinds of machines that there are images for.
pub const BOARDS: [&str; 2] = ["amd64-usr", "arm64-usr"];

/// An image of a release.
#[derive(Debug, PartialEq, Eq)]
pub struct ImageKind {
    /// Where it boots, or what it is.
    pub name: &'static str,
    /// The name of its file after `coreos_production_`.
    suffix: &'static str,
}

const fn image(name: &'static str, suffix: &'static str) -> ImageKind {
    ImageKind { name, suffix }
}

/// All images.
pub const IMAGES: &[ImageKind] = &[
    image("bare-metal", "image.bin.bz2"),
    image("ami", "ami_image.bin.bz2"),
    image("azure", "azure_image.bin.bz2"),
    image("cloudstack", "cloudstack_image-kvm.qcow2.bz2"),
    image("digitalocean", "digitalocean_image.bin.bz2"),
    image("gce", "gce_image.bin.bz2"),
    image("iso", "iso_image.iso"),
    image("openstack", "openstack_image.img.bz2"),
    image("pxe-initrd", "pxe_image.cpio.gz"),
    image("pxe-kernel", "pxe.vmlinuz"),
    image("qemu", "qemu_image.img.bz2"),
    image("rackspace", "rackspace_image.bin.bz2"),
    image("vmware", "vmware_ova.ova"),
];

/// The word for the newest release, whatever its version.
pub const CURRENT: &str = "current";

/// The directory of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    distribution: Distribution,
    /// With the board, without the version, without a slash at the end.
    base: String,
    version: String,
}

/// Why there is no such release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReleaseError {
    /// The distribution has no such channel.
    NoChannel(String, Distribution),
    /// There is no such board.
    NoBoard(String),
    /// It is neither a version nor `current`.
    NoVersion(String),
    /// The mirror's address does not begin with `http://` or `https://`.
    NoAddress(String),
    /// A file's name has a slash or is no name at all.
    NoFile(String),
}

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoChannel(channel, of) => {
                write!(
                    f,
                    "{} does not have the channel `{channel}`; valid channels: {}",
                    of.name(),
                    of.channels().join(", ")
                )
            }
            Self::NoBoard(board) => {
                write!(f, "`{board}` is not a board; valid boards: {}", BOARDS.join(", "))
            }
            Self::NoVersion(version) => {
                write!(f, "`{version}` is not a valid version: write one like 2023.4.0, or {CURRENT}")
            }
            Self::NoAddress(base) => {
                write!(
                    f,
                    "`{base}` is not a valid mirror URL: it must begin with https:// or http://, without \
                     `?` or `#`"
                )
            }
            Self::NoFile(name) => write!(f, "`{name}` is not a valid name for a file in a release"),
        }
    }
}

impl std::error::Error for ReleaseError {}

impl Release {
    /// A release: `mirror` takes the place of the channel's server, and has boards below it.
    ///
    /// # Errors
    /// When there is no such release.
    pub fn new(
        distribution: Distribution,
        channel: &str,
        board: &str,
        version: &str,
        mirror: Option<&str>,
    ) -> Result<Self, ReleaseError> {
        if !distribution.channels().contains(&channel) {
            return Err(ReleaseError::NoChannel(channel.to_owned(), distribution));
        }
        if !BOARDS.contains(&board) {
            return Err(ReleaseError::NoBoard(board.to_owned()));
        }
        let server = match mirror {
            Some(mirror) => {
                let bare = mirror.strip_prefix("https://").or_else(|| mirror.strip_prefix("http://"));
                let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '\\');
                if bare.is_none_or(|bare| {
                    bare.starts_with('/') || bare.is_empty() || !bare.chars().all(is_plain)
                }) {
                    return Err(ReleaseError::NoAddress(mirror.to_owned()));
                }
                mirror.trim_end_matches('/').to_owned()
            }
            None => format!("https://{channel}.{}", distribution.host()),
        };
        Self { distribution, base: format!("{server}/{board}"), version: String::new() }.of_version(version)
    }

    /// The same with another version.
    ///
    /// # Errors
    /// When it is none.
    pub fn of_version(&self, version: &str) -> Result<Self, ReleaseError> {
        if version != CURRENT && check_version(version).is_err() {
            return Err(ReleaseError::NoVersion(version.to_owned()));
        }
        Ok(Self { version: version.to_owned(), ..self.clone() })
    }

    /// Who makes it.
    #[must_use]
    pub fn distribution(&self) -> Distribution {
        self.distribution
    }

    /// The version, or `current`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The name of an image's file.
    #[must_use]
    pub fn file_of(&self, image: &ImageKind) -> String {
        format!("{}_production_{}", self.distribution.name(), image.suffix)
    }

    /// The address of a file of the release.
    ///
    /// # Errors
    /// When it is no name of a file.
    pub fn address(&self, file: &str) -> Result<String, ReleaseError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'_');
        if file.is_empty() || file.starts_with('.') || !file.bytes().all(is_plain) {
            return Err(ReleaseError::NoFile(file.to_owned()));
        }
        Ok(format!("{}/{}/{file}", self.base, self.version))
    }
}

/// The name of a file with the version in it, before its endings: `coreos_production_qemu_image-2023.4.0.img.bz2`.
#[must_use]
pub fn labelled(file: &str, version: &str) -> String {
    match file.split_once('.') {
        Some((stem, endings)) => format!("{stem}-{version}.{endings}"),
        None => format!("{file}-{version}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(
        distribution: Distribution,
        channel: &str,
        version: &str,
        mirror: Option<&str>,
    ) -> Result<Release, ReleaseError> {
        Release::new(distribution, channel, "amd64-usr", version, mirror)
    }

    #[test]
    fn addresses_are_those_of_the_channels() {
        let qemu = IMAGES.iter().find(|image| image.name == "qemu").expect("an image");
        for (distribution, channel, version, mirror, address) in [
            (
                Distribution::CoreOs,
                "stable",
                "2023.4.0",
                None,
                "https://stable.release.core-os.net/amd64-usr/2023.4.0/coreos_production_qemu_image.img.bz2",
            ),
            (
                Distribution::Flatcar,
                "lts",
                "current",
                None,
                "https://lts.release.flatcar-linux.net/amd64-usr/current/flatcar_production_qemu_image.img.bz2",
            ),
            (
                Distribution::CoreOs,
                "beta",
                "current",
                Some("http://127.0.0.1:8080/x/"),
                "http://127.0.0.1:8080/x/amd64-usr/current/coreos_production_qemu_image.img.bz2",
            ),
        ] {
            let release = release(distribution, channel, version, mirror).expect("a release");
            assert_eq!(release.address(&release.file_of(qemu)), Ok(address.to_owned()));
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        let words = |result: Result<Release, ReleaseError>| {
            result.map_err(|error| error.to_string()).expect_err("an error")
        };
        assert!(
            words(release(Distribution::CoreOs, "lts", "current", None))
                .contains("not have the channel `lts`")
        );
        assert!(
            words(release(Distribution::Flatcar, "stable", "../x", None)).contains("not a valid version")
        );
        for mirror in ["ftp://x", "https://", "x", "https://x?y", "https:///x", "http://a b"] {
            assert!(
                words(release(Distribution::Flatcar, "stable", "current", Some(mirror)))
                    .contains("not a valid mirror URL"),
                "{mirror}"
            );
        }
        let release = release(Distribution::Flatcar, "stable", "current", None).expect("a release");
        for file in ["", "..", "a/b", "a b", ".hidden", "a?b"] {
            assert!(release.address(file).is_err(), "{file}");
        }
    }

    #[test]
    fn labels_stand_before_the_endings() {
        assert_eq!(
            labelled("coreos_production_qemu_image.img.bz2", "2023.4.0"),
            "coreos_production_qemu_image-2023.4.0.img.bz2"
        );
        assert_eq!(labelled("vmlinuz", "1.2.3"), "vmlinuz-1.2.3");
    }
}
