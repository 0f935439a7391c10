//! The programs that read user-data, and what names them.

use std::fmt;

use dryboot_coreos::Target as CoreosTarget;

/// What will read a text: a program in a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Canonical's cloud-init.
    #[cfg(feature = "cloud-init")]
    CloudInit(dryboot_cloud_init::target::Target),
    /// coreos-cloudinit or its fork.
    Coreos(CoreosTarget),
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
    /// When no target has the name.
    pub fn parse(name: &str) -> Result<Self, UnknownTarget> {
        if let Some(target) = CoreosTarget::from_name(name) {
            return Ok(Self::Coreos(target));
        }
        #[cfg(feature = "cloud-init")]
        return match dryboot_cloud_init::target::Target::parse(name) {
            Ok(target) => Ok(Self::CloudInit(target)),
            Err(error) => Err(UnknownTarget { message: error.to_string() }),
        };
        #[cfg(not(feature = "cloud-init"))]
        Err(UnknownTarget { message: format!("there is no target `{name}`") })
    }

    /// The target as one of coreos-cloudinit's family, if it is.
    #[must_use]
    pub fn coreos(&self) -> Option<CoreosTarget> {
        match self {
            Self::Coreos(target) => Some(*target),
            #[cfg(feature = "cloud-init")]
            Self::CloudInit(_) => None,
        }
    }
}
