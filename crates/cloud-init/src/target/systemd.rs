//! The systemd of distributions.
//!
//! Source: the version of the package `systemd` that each distribution was released with.

use dryboot_systemd::Release;

use super::Distribution;

/// The systemd of the images of a distribution and of its point releases. A distribution whose service packs change it is
/// not listed.
const SYSTEMD: [(&str, u16); 41] = [
    ("ubuntu-18.04", 237),
    ("ubuntu-20.04", 245),
    ("ubuntu-22.04", 249),
    ("ubuntu-24.04", 255),
    ("ubuntu-24.10", 256),
    ("ubuntu-25.04", 257),
    ("ubuntu-25.10", 257),
    ("debian-10", 241),
    ("debian-11", 247),
    ("debian-12", 252),
    ("debian-13", 257),
    ("rhel-7", 219),
    ("rhel-8", 239),
    ("rhel-9", 252),
    ("rhel-10", 257),
    ("almalinux-8", 239),
    ("almalinux-9", 252),
    ("almalinux-10", 257),
    ("rocky-8", 239),
    ("rocky-9", 252),
    ("rocky-10", 257),
    ("oracle-7", 219),
    ("oracle-8", 239),
    ("oracle-9", 252),
    ("oracle-10", 257),
    ("centos-7", 219),
    ("centos-stream-10", 257),
    ("amazon-2", 219),
    ("amazon-2023", 252),
    ("fedora-39", 254),
    ("fedora-40", 255),
    ("fedora-41", 256),
    ("fedora-42", 257),
    ("fedora-43", 258),
    ("opensuse-leap-15.6", 254),
    ("opensuse-leap-16.0", 257),
    ("sles-16", 257),
    ("azurelinux-2", 250),
    ("azurelinux-3", 255),
    ("photon-4", 247),
    ("photon-5", 253),
];

/// Families that boot with another init.
const WITHOUT: [&str; 2] = ["alpine", "freebsd"];

/// Families that bring directives of later releases to their own.
const PATCHED: [&str; 7] = ["rhel", "almalinux", "rocky", "oracle", "centos", "centos-stream", "amazon"];

impl Distribution {
    /// Whether systemd starts its machines.
    #[must_use]
    pub fn has_systemd(&self) -> bool {
        !self.is_of(&WITHOUT)
    }

    /// Its systemd, where all of its images have the same one.
    #[must_use]
    pub fn systemd(&self) -> Option<Release> {
        // A point release has the systemd of the release that it belongs to.
        let base = self.name.split_once('.').map_or(self.name, |(base, _)| base);
        let row = |name: &str| SYSTEMD.iter().find(|(known, _)| *known == name);
        row(self.name).or_else(|| row(base)).map(|(_, number)| Release(*number))
    }

    /// Whether its systemd knows what the release by its number does, and nothing else.
    #[must_use]
    pub fn has_plain_systemd(&self) -> bool {
        !self.is_of(&PATCHED)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DISTRIBUTIONS, distribution};
    use super::{PATCHED, Release, SYSTEMD, WITHOUT};

    #[test]
    fn every_row_is_about_a_distribution_that_there_is() {
        assert!(SYSTEMD.iter().all(|(name, _)| distribution(name).is_some_and(|row| row.has_systemd())));
        let is_family = |family: &&str| DISTRIBUTIONS.iter().any(|row| row.family() == *family);
        assert!(PATCHED.iter().chain(&WITHOUT).all(is_family));
    }

    #[test]
    fn a_point_release_has_the_systemd_of_its_release() {
        let of = |name| distribution(name).and_then(|row| row.systemd());
        assert_eq!(of("rhel-9.4"), Some(Release(252)));
        assert_eq!(of("ubuntu-22.04"), Some(Release(249)));
        assert_eq!(of("arch"), None);
        assert_eq!(of("alpine-3.22"), None);
    }
}
