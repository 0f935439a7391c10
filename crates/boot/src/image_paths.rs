//! Where an image keeps what a boot needs.

/// Paths and units of an image.
pub(crate) struct Paths {
    pub(crate) oem: &'static str,
    pub(crate) oem_mount: &'static str,
    pub(crate) oem_config: &'static str,
    pub(crate) oem_unit: &'static str,
    /// The service that applies the user's text where the config of the image brings none.
    pub(crate) oem_cloudinit: Option<&'static str>,
    pub(crate) setup_unit: &'static str,
    pub(crate) setup_script: &'static str,
    pub(crate) installed: &'static str,
    pub(crate) installed_path_unit: &'static str,
    pub(crate) installed_unit: &'static str,
}

impl Paths {
    pub(crate) const COREOS: Self = Self {
        oem: "/usr/share/oem",
        oem_mount: "usr-share-oem.mount",
        oem_config: "/usr/share/oem/cloud-config.yml",
        oem_unit: r"system-cloudinit@usr-share-oem-cloud\x2dconfig.yml.service",
        oem_cloudinit: None,
        setup_unit: "coreos-setup-environment.service",
        setup_script: "/usr/share/oem/bin/coreos-setup-environment",
        installed: "/var/lib/coreos-install/user_data",
        installed_path_unit: r"user-cloudinit@var-lib-coreos\x2dinstall-user_data.path",
        installed_unit: r"user-cloudinit@var-lib-coreos\x2dinstall-user_data.service",
    };

    pub(crate) const FLATCAR: Self = Self {
        oem: "/oem",
        oem_mount: "oem.mount",
        oem_config: "/usr/share/coreos/cloud-config.yml",
        oem_unit: r"system-cloudinit@usr-share-coreos-cloud\x2dconfig.yml.service",
        oem_cloudinit: Some("oem-cloudinit.service"),
        setup_unit: "flatcar-setup-environment.service",
        setup_script: "/oem/bin/flatcar-setup-environment",
        installed: "/var/lib/flatcar-install/user_data",
        installed_path_unit: r"user-cloudinit@var-lib-flatcar\x2dinstall-user_data.path",
        installed_unit: r"user-cloudinit@var-lib-flatcar\x2dinstall-user_data.service",
    };
}
