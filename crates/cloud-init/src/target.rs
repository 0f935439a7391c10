//! Which cloud-init reads the user-data: a release of its own, or the one that a distribution ships.

mod distributions;
mod systemd;

use std::error::Error;
use std::fmt;

use dryboot_lint::nearest;
pub use dryboot_schema::Release;

pub use distributions::{DISTRIBUTIONS, Distribution, distribution, runs_since};

/// The name of the program, which is its newest release as a target.
pub const PROGRAM: &str = "cloud-init";

/// Its releases, newest first. Point releases such as 22.4.2 read a config as the release that they belong to.
pub const RELEASES: [Release; 36] = {
    const fn v(major: u8, minor: u8) -> Release {
        Release::new(major, minor)
    }
    [
        v(26, 2),
        v(26, 1),
        v(25, 3),
        v(25, 2),
        v(25, 1),
        v(24, 4),
        v(24, 3),
        v(24, 2),
        v(24, 1),
        v(23, 4),
        v(23, 3),
        v(23, 2),
        v(23, 1),
        v(22, 4),
        v(22, 3),
        v(22, 2),
        v(22, 1),
        v(21, 4),
        v(21, 3),
        v(21, 2),
        v(21, 1),
        v(20, 4),
        v(20, 3),
        v(20, 2),
        v(20, 1),
        v(19, 4),
        v(19, 3),
        v(19, 2),
        v(19, 1),
        v(18, 5),
        v(18, 4),
        v(18, 3),
        v(18, 2),
        v(18, 1),
        v(17, 2),
        v(17, 1),
    ]
};

/// The newest release.
pub const NEWEST: Release = RELEASES[0];

/// The oldest release that the tables cover.
pub const OLDEST: Release = RELEASES[RELEASES.len() - 1];

/// The cloud-init that reads the user-data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its release.
    pub release: Release,
    /// The distribution whose image it runs on, if that is known.
    pub distribution: Option<&'static Distribution>,
}

impl Target {
    /// The newest release, on any distribution.
    pub const NEWEST: Self = Self { release: NEWEST, distribution: None };

    /// Reads `cloud-init`, `cloud-init@22.4.2`, `debian-12` or `ubuntu-24.04@24.1.3`.
    ///
    /// # Errors
    /// When there is no such program, distribution or release, with what may be meant.
    pub fn parse(text: &str) -> Result<Self, UnknownTarget> {
        let (program, version) = match text.split_once('@') {
            Some((program, version)) => (program, Some(version)),
            None => (text, None),
        };
        let unknown = |reason| UnknownTarget { written: text.to_owned(), reason };
        let distribution = match distribution(program) {
            None if !program.eq_ignore_ascii_case(PROGRAM) => return Err(unknown(Reason::program(program))),
            known => known,
        };
        let release = match version {
            None => distribution.map_or(NEWEST, |distribution| distribution.newest),
            Some(version) => released(version).ok_or_else(|| unknown(Reason::release(program, version)))?,
        };
        Ok(Self { release, distribution })
    }

    /// The name that [`Target::parse`] reads back.
    #[must_use]
    pub fn name(&self) -> String {
        let (name, usual) = match self.distribution {
            Some(distribution) => (distribution.name, distribution.newest),
            None => (PROGRAM, NEWEST),
        };
        if self.release == usual { name.to_owned() } else { format!("{name}@{}", self.release) }
    }

    /// The program, its release and the distribution, for people: `cloud-init 22.4.2 (Debian 12)`.
    #[must_use]
    pub fn title(&self) -> String {
        match self.distribution {
            Some(distribution) => format!("{PROGRAM} {} ({})", self.release, distribution.title),
            None => format!("{PROGRAM} {}", self.release),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

/// The release that `version` is, or belongs to as a point release.
fn released(version: &str) -> Option<Release> {
    let release = Release::parse(version)?;
    RELEASES.contains(&Release { patch: 0, ..release }).then_some(release)
}

/// A target that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTarget {
    /// As it was written.
    pub written: String,
    reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// No program or distribution has this name; these have names like it.
    Program(Vec<String>),
    /// There is no such release; these may be meant.
    Release(Vec<String>),
    /// The release is newer than all that are known.
    TooNew,
    /// The release is older than all that are known.
    TooOld,
}

impl Reason {
    fn program(written: &str) -> Self {
        let written = written.to_ascii_lowercase();
        let (family, release) = match written.rsplit_once('-') {
            Some((family, release)) => (family, Some(release)),
            None => (written.as_str(), None),
        };
        let families = || DISTRIBUTIONS.iter().map(Distribution::family);
        let meant = |family: &str| families().find(|known| *known == family);
        let Some(family) = meant(family).or_else(|| meant(&written)).or_else(|| nearest(family, families()))
        else {
            return Self::Program(nearest(&written, [PROGRAM]).map(str::to_owned).into_iter().collect());
        };
        let of_family = DISTRIBUTIONS.iter().filter(|known| known.family() == family);
        let exact: Vec<String> = of_family
            .clone()
            .filter(|known| release.is_some_and(|release| known.name == format!("{family}-{release}")))
            .map(|known| known.name.to_owned())
            .collect();
        match exact.is_empty() {
            true => Self::Program(of_family.map(|known| known.name.to_owned()).collect()),
            false => Self::Program(exact),
        }
    }

    fn release(program: &str, version: &str) -> Self {
        match Release::parse(version) {
            Some(release) if release > NEWEST => return Self::TooNew,
            Some(release) if release < OLDEST => return Self::TooOld,
            _ => {}
        }
        let year = version.split('.').next().unwrap_or_default();
        let of_year = RELEASES.iter().filter(|release| release.major.to_string() == year);
        Self::Release(of_year.map(|release| format!("{program}@{release}")).collect())
    }
}

impl UnknownTarget {
    /// Targets that may be meant, as users type them.
    #[must_use]
    pub fn suggestions(&self) -> &[String] {
        match &self.reason {
            Reason::Program(near) | Reason::Release(near) => near,
            Reason::TooNew | Reason::TooOld => &[],
        }
    }
}

impl fmt::Display for UnknownTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = &self.written;
        match &self.reason {
            Reason::Program(_) => write!(f, "`{written}` is not a known target")?,
            Reason::Release(_) => write!(f, "`{written}` is not a release of cloud-init")?,
            Reason::TooNew => {
                write!(
                    f,
                    "`{written}` is newer than cloud-init {NEWEST}, the newest release that dryboot knows"
                )?;
            }
            Reason::TooOld => {
                write!(
                    f,
                    "`{written}` is older than cloud-init {OLDEST}, the oldest release that dryboot knows"
                )?;
            }
        }
        match self.suggestions() {
            [] => Ok(()),
            [one] => write!(f, "; did you mean `{one}`?"),
            several => {
                let listed: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
                write!(f, "; known targets: {}", crate::lint::joined(&listed, "and"))
            }
        }
    }
}

impl Error for UnknownTarget {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn release(text: &str) -> String {
        Target::parse(text).map_or_else(|error| error.to_string(), |target| target.release.to_string())
    }

    #[test]
    fn a_target_is_a_release_or_a_distribution() {
        for (text, title) in [
            ("cloud-init", "cloud-init 26.2"),
            ("cloud-init@22.4.2", "cloud-init 22.4.2"),
            ("debian-12", "cloud-init 22.4.2 (Debian 12)"),
            ("Bookworm", "cloud-init 22.4.2 (Debian 12)"),
            ("ubuntu-24.04", "cloud-init 26.1 (Ubuntu 24.04)"),
            ("ubuntu-24.04@24.1.3", "cloud-init 24.1.3 (Ubuntu 24.04)"),
            ("rhel-9", "cloud-init 24.4 (RHEL 9)"),
            ("al2023", "cloud-init 22.2.2 (Amazon Linux 2023)"),
            ("arch", "cloud-init 25.3 (Arch Linux)"),
        ] {
            assert_eq!(Target::parse(text).expect(text).title(), title);
        }
    }

    #[test]
    fn a_name_is_read_back() {
        let all = DISTRIBUTIONS.iter().flat_map(|distribution| {
            [distribution.oldest, distribution.newest]
                .map(|release| Target { release, distribution: Some(distribution) })
        });
        for target in all.chain([Target::NEWEST, Target { release: OLDEST, distribution: None }]) {
            assert_eq!(Target::parse(&target.name()), Ok(target));
        }
        assert_eq!(Target::parse("ubuntu-24.04@26.1").expect("a target").name(), "ubuntu-24.04");
        assert_eq!(Target::parse("noble@24.1.3").expect("a target").to_string(), "ubuntu-24.04@24.1.3");
    }

    #[test]
    fn what_is_not_known_is_refused_with_what_may_be_meant() {
        for (text, message) in [
            ("debain-12", "`debain-12` is not a known target; did you mean `debian-12`?"),
            (
                "debian-9",
                "`debian-9` is not a known target; known targets: `debian-10`, `debian-11`, `debian-12` \
                 and `debian-13`",
            ),
            ("sles", "`sles` is not a known target; known targets: `sles-15` and `sles-16`"),
            ("cloudinit", "`cloudinit` is not a known target; did you mean `cloud-init`?"),
            ("windows", "`windows` is not a known target"),
            (
                "cloud-init@23.5",
                "`cloud-init@23.5` is not a release of cloud-init; known targets: `cloud-init@23.4`, \
                 `cloud-init@23.3`, `cloud-init@23.2` and `cloud-init@23.1`",
            ),
            (
                "cloud-init@99.1",
                "`cloud-init@99.1` is newer than cloud-init 26.2, the newest release that dryboot knows",
            ),
            (
                "debian-12@0.7.9",
                "`debian-12@0.7.9` is older than cloud-init 17.1, the oldest release that dryboot knows",
            ),
            ("debian-12@", "`debian-12@` is not a release of cloud-init"),
            ("", "`` is not a known target"),
        ] {
            assert_eq!(release(text), message);
        }
    }

    #[test]
    fn every_distribution_installs_packages_somehow() {
        for distribution in DISTRIBUTIONS {
            assert!(!distribution.package_managers().is_empty(), "{}", distribution.name);
        }
        let managers = |name: &str| distribution(name).expect(name).package_managers()[0];
        assert_eq!(
            [managers("rhel-7"), managers("rhel-9"), managers("debian-12")],
            ["yum", "dnf", "apt-get"]
        );
    }

    #[test]
    fn the_tables_are_in_order() {
        assert!(RELEASES.is_sorted_by(|newer, older| newer > older));
        let mut names = BTreeSet::new();
        for distribution in DISTRIBUTIONS {
            let name = distribution.name;
            assert!(distribution.oldest <= distribution.newest, "{name}");
            for release in [distribution.oldest, distribution.newest] {
                assert_eq!(released(&release.to_string()), Some(release), "{name}");
            }
            for name in distribution.aliases.iter().chain([&name]) {
                assert!(names.insert(*name), "{name} appears twice");
                let is_plain =
                    |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
                assert!(name.bytes().all(is_plain), "{name}");
            }
        }
    }
}
