//! What older releases do differently. Everything else is that of [`KNOWN`].
//!
//! Source: the effects of the releases as recorded in `tests/conformance/cloud-init/versions/effects-by-version.json`; for SSH
//! and passwords, `config/cc_ssh.py`, `config/cc_set_passwords.py` and `distros/__init__.py` at the tags.

use dryboot_cloud_init::target::Release;

use crate::boot::Boot;
use crate::image::Image;

/// The release that the preview follows in all that is not listed here.
pub(crate) const KNOWN: Release = Release::new(26, 2);

/// Something that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// `null` among commands is left out; before, none of them is run.
    NullCommands,
    /// Packages can be given by package manager; before, none is installed.
    PackagesByManager,
    /// The number of a user may be a number; before, it is lost.
    NumericUid,
    /// Gateways are default routes for netplan; before, they are keys of their own.
    DefaultRoutes,
    /// The SSH server's settings are a file of their own where it reads such files; before, its main file is changed.
    SshFile,
    /// The sources of apt are a file in deb822's form where the distribution has them so; before, a list.
    Deb822,
    /// Settings for ifupdown have hyphens; before, some have underscores.
    InterfaceHyphens,
    /// Routes for ifupdown are set with `ip`; before, with `route`.
    InterfaceIp,
    /// Files can be fetched; before, `source` is not read.
    FileSource,
    /// Whether the SSH server runs is asked before its settings are changed; before, it is not asked.
    SshStatus,
    /// The state of the SSH server is only asked when its settings have changed.
    SshState,
    /// The SSH server is restarted even while systemd waits for it; before, systemd orders that as usual.
    SshJobMode,
    /// No host key of type DSA is made; earlier releases make one.
    NoDsaKeys,
    /// An account that is not to be locked is unlocked; before, it is left as it is.
    Unlocking,
}

impl Change {
    /// The first release that has it.
    pub(crate) const fn since(self) -> Release {
        match self {
            Self::NullCommands => Release::new(21, 4),
            Self::NumericUid | Self::SshStatus => Release::new(22, 2),
            Self::SshFile => Release::new(22, 3),
            Self::DefaultRoutes | Self::SshState => Release::new(23, 1),
            Self::Deb822 | Self::PackagesByManager => Release::new(23, 4),
            Self::NoDsaKeys => Release::new(24, 1),
            Self::FileSource | Self::Unlocking => Release::new(24, 3),
            Self::SshJobMode => Release::new(25, 1),
            Self::InterfaceHyphens => Release::new(25, 2),
            Self::InterfaceIp => Release::new(25, 3),
        }
    }
}

impl Boot {
    /// Whether the release has a change.
    #[must_use]
    pub(crate) fn has(&self, change: Change) -> bool {
        self.release >= change.since()
    }
}

/// Since when images list a module, by name.
///
/// Source: cloud-init, `config/cloud.cfg.tmpl` at the tags.
const MODULES: [(&str, Release); 6] = [
    ("install_hotplug", Release::new(21, 3)),
    ("write_files_deferred", Release::new(21, 4)),
    ("keyboard", Release::new(22, 2)),
    ("ansible", Release::new(22, 3)),
    ("wireguard", Release::new(22, 3)),
    ("ubuntu_autoinstall", Release::new(22, 3)),
];

/// Whether the image of a release lists a module at all.
#[must_use]
pub(crate) fn has_module(release: Release, image: &Image, name: &str) -> bool {
    // `cloud.cfg` in Debian's package of 22.4.2 has no row for it.
    let is_left_out = name == "ansible" && image.name == "debian" && release < Release::new(23, 1);
    !is_left_out
        && MODULES.iter().find(|(module, _)| *module == name).is_none_or(|(_, since)| *since <= release)
}

/// The first release that sets passwords in the network stage. Earlier ones do so in the config stage, behind the locale.
const EARLY_PASSWORDS: Release = Release::new(24, 2);

/// The modules that the image of a release lists for the network, config and final stages.
///
/// Source: cloud-init, `config/cloud.cfg.tmpl` at the tags.
#[must_use]
pub(crate) fn listed(release: Release, image: &Image) -> [Vec<&'static str>; 3] {
    let [mut network, mut config, last] =
        image.modules.map(|names| names.split_whitespace().collect::<Vec<_>>());
    if release < EARLY_PASSWORDS {
        network.retain(|name| *name != "set_passwords");
        let behind = config.iter().position(|name| *name == "locale").map_or(0, |at| at + 1);
        config.insert(behind, "set_passwords");
    }
    [network, config, last]
}
