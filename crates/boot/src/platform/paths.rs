//! Where a target keeps what a boot needs.

use dryboot_coreos::Target;

/// Paths and units of a target.
pub(super) struct Paths {
    pub(super) oem: &'static str,
    pub(super) oem_mount: &'static str,
    pub(super) oem_config: &'static str,
    pub(super) oem_unit: &'static str,
    pub(super) oem_cloudinit: &'static str,
    pub(super) setup_unit: &'static str,
    pub(super) setup_script: &'static str,
    pub(super) installed: &'static str,
    pub(super) installed_path_unit: &'static str,
    pub(super) installed_unit: &'static str,
}

const COREOS: Paths = Paths {
    oem: "/usr/share/oem",
    oem_mount: "usr-share-oem.mount",
    oem_config: "/usr/share/oem/cloud-config.yml",
    oem_unit: r"system-cloudinit@usr-share-oem-cloud\x2dconfig.yml.service",
    oem_cloudinit: "oem-cloudinit.service",
    setup_unit: "coreos-setup-environment.service",
    setup_script: "/usr/share/oem/bin/coreos-setup-environment",
    installed: "/var/lib/coreos-install/user_data",
    installed_path_unit: r"user-cloudinit@var-lib-coreos\x2dinstall-user_data.path",
    installed_unit: r"user-cloudinit@var-lib-coreos\x2dinstall-user_data.service",
};

const FLATCAR: Paths = Paths {
    oem: "/oem",
    oem_mount: "oem.mount",
    oem_config: "/usr/share/coreos/cloud-config.yml",
    oem_unit: r"system-cloudinit@usr-share-coreos-cloud\x2dconfig.yml.service",
    oem_cloudinit: "oem-cloudinit.service",
    setup_unit: "flatcar-setup-environment.service",
    setup_script: "/oem/bin/flatcar-setup-environment",
    installed: "/var/lib/flatcar-install/user_data",
    installed_path_unit: r"user-cloudinit@var-lib-flatcar\x2dinstall-user_data.path",
    installed_unit: r"user-cloudinit@var-lib-flatcar\x2dinstall-user_data.service",
};

impl Paths {
    pub(super) fn of(target: Target) -> &'static Self {
        match target {
            Target::CoreOs => &COREOS,
            Target::Flatcar => &FLATCAR,
        }
    }
}
