//! What names a program in a version.

use std::fmt;

#[cfg(feature = "coreos")]
use dryboot_coreos::Target as CoreosTarget;
use dryboot_lint::TargetName;

use crate::programs::{PROGRAMS, Program, Reads, present};

/// What will read a text: a program in a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Canonical's cloud-init.
    #[cfg(feature = "cloud-init")]
    CloudInit(dryboot_cloud_init::target::Target),
    /// coreos-cloudinit or its fork.
    #[cfg(feature = "coreos")]
    Coreos(CoreosTarget),
}

/// A target in the list of those that users choose among.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTarget {
    /// Its name.
    pub target: TargetName,
    /// What it is among the targets of its program.
    pub group: TargetGroup,
}

/// What a target is among those of its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetGroup {
    /// The version that is meant when only the program is named, or one that has a name of its own.
    Usual,
    /// What a distribution has.
    Distribution,
    /// A single release.
    Release,
}

impl TargetGroup {
    /// Its name in data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Distribution => "distribution",
            Self::Release => "release",
        }
    }
}

/// A name that is not that of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTarget {
    /// What is wrong with it, and what names there are.
    pub message: String,
}

impl fmt::Display for UnknownTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for UnknownTarget {}

impl Target {
    /// The target that users mean with a name: `coreos`, `flatcar`, `cloud-init`, `cloud-init@22.4.2`, `debian-12`.
    ///
    /// # Errors
    /// When no target of this build has the name.
    pub fn parse(name: &str) -> Result<Self, UnknownTarget> {
        let mut first = None;
        for tools in present() {
            match (tools.parse)(name) {
                Ok(target) => return Ok(target),
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(first.unwrap_or_else(|| UnknownTarget { message: format!("`{name}` is not a known target") }))
    }

    /// The targets to list to users. A program takes names of other versions, too.
    #[must_use]
    pub fn all() -> Vec<ListedTarget> {
        present().flat_map(|tools| (tools.targets)()).collect()
    }

    /// The name that [`Target::parse`] reads, and what people call it.
    #[must_use]
    pub fn named(&self) -> TargetName {
        self.reader().named()
    }

    /// Its row in the table of programs.
    #[must_use]
    pub fn program(&self) -> &'static Program {
        match self {
            #[cfg(feature = "cloud-init")]
            Self::CloudInit(_) => &PROGRAMS[0],
            #[cfg(feature = "coreos")]
            Self::Coreos(_) => &PROGRAMS[1],
        }
    }

    /// The program in this version.
    pub(crate) fn reader(&self) -> &dyn Reads {
        match self {
            #[cfg(feature = "cloud-init")]
            Self::CloudInit(version) => version,
            #[cfg(feature = "coreos")]
            Self::Coreos(version) => version,
        }
    }

    /// The target as one of coreos-cloudinit's family, if it is.
    #[cfg(feature = "coreos")]
    #[must_use]
    pub fn coreos(&self) -> Option<CoreosTarget> {
        match self {
            Self::Coreos(target) => Some(*target),
            #[cfg(feature = "cloud-init")]
            Self::CloudInit(_) => None,
        }
    }
}
