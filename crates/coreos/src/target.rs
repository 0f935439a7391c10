//! The programs that read user-data.

use std::fmt;

use dryboot_lint::TargetName;

/// A real program and version whose verdict is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// coreos-cloudinit v1.14.0 (2018-04), the last CoreOS release.
    CoreOs,
    /// The Flatcar fork of coreos-cloudinit, main of 2026-05.
    Flatcar,
}

impl Target {
    /// Every target, in the order in which they are listed to users.
    pub const ALL: [Self; 2] = [Self::CoreOs, Self::Flatcar];

    /// The name that users type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CoreOs => "coreos",
            Self::Flatcar => "flatcar",
        }
    }

    /// The program and its version, for people.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self {
            Self::CoreOs => "coreos-cloudinit 1.14.0",
            Self::Flatcar => "Flatcar's coreos-cloudinit (2026-05)",
        }
    }

    /// The version of the program.
    #[must_use]
    pub fn version(self) -> &'static str {
        match self {
            Self::CoreOs => "1.14.0",
            Self::Flatcar => "2026-05",
        }
    }

    /// What a report says of it.
    #[must_use]
    pub fn named(self) -> TargetName {
        TargetName {
            name: self.name().to_owned(),
            title: self.program().to_owned(),
            version: self.version().to_owned(),
        }
    }

    /// The target with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
