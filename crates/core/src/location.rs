//! Where machines boot, whichever program reads the user-data there.

#[cfg(feature = "cloud-init")]
use dryboot_cloud_init::platform as cloud_init;
#[cfg(feature = "coreos")]
use dryboot_coreos::platform as coreos;

/// A platform by name, as each program knows it; nowhere in particular by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// The platform of coreos-cloudinit and its fork, if they know one of this name.
    #[cfg(feature = "coreos")]
    pub coreos: Option<&'static coreos::Platform>,
    /// The platform of cloud-init, if it knows one of this name.
    #[cfg(feature = "cloud-init")]
    pub cloud_init: Option<&'static cloud_init::Platform>,
}

impl Location {
    /// The platform of this name; none if no program knows it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self {
            #[cfg(feature = "coreos")]
            coreos: coreos::Platform::from_name(name),
            #[cfg(feature = "cloud-init")]
            cloud_init: cloud_init::Platform::from_name(name),
        };
        found.name().is_some().then_some(found)
    }

    /// The names of all platforms, each once: those of coreos-cloudinit first.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<&str> = Vec::new();
        #[cfg(feature = "coreos")]
        names.extend(coreos::PLATFORMS.iter().map(|platform| platform.name));
        #[cfg(feature = "cloud-init")]
        for platform in cloud_init::PLATFORMS {
            if !names.contains(&platform.name) {
                names.push(platform.name);
            }
        }
        names
    }

    fn known(&self) -> [Option<&'static str>; 2] {
        [
            #[cfg(feature = "coreos")]
            self.coreos.map(|platform| platform.name),
            #[cfg(not(feature = "coreos"))]
            None,
            #[cfg(feature = "cloud-init")]
            self.cloud_init.map(|platform| platform.name),
            #[cfg(not(feature = "cloud-init"))]
            None,
        ]
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.known().into_iter().flatten().next()
    }

    /// Whether one program alone knows it.
    #[must_use]
    pub fn is_of_one_program(&self) -> bool {
        self.known().into_iter().flatten().count() == 1
    }
}

#[cfg(feature = "coreos")]
impl From<&'static coreos::Platform> for Location {
    fn from(platform: &'static coreos::Platform) -> Self {
        Self { coreos: Some(platform), ..Self::default() }
    }
}

#[cfg(all(test, feature = "cloud-init", feature = "coreos"))]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_platform_of_every_program_that_knows_it() {
        let known = |name: &str| {
            Location::from_name(name).map(|found| (found.coreos.is_some(), found.cloud_init.is_some()))
        };
        assert_eq!(known("openstack"), Some((true, true)));
        assert_eq!(known("ec2-compat"), Some((true, false)));
        assert_eq!(known("hetzner"), Some((false, true)));
        assert_eq!(known("nowhere"), None);
        let names = Location::names();
        assert!(names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1));
    }
}
