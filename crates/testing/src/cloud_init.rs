//! Where Debian 12's cloud-init is, with which tests compare dryboot.

use std::path::PathBuf;

/// A Python and the packages of cloud-init.
#[derive(Debug)]
pub struct CloudInit {
    /// The Python that runs it.
    pub python: PathBuf,
    /// The folder of its Python packages.
    pub packages: PathBuf,
}

impl CloudInit {
    /// Why a comparison is skipped where none is named.
    pub const MISSING: &str = "DRYBOOT_PYTHON and DRYBOOT_CLOUD_INIT do not name Debian 12's cloud-init, as `cargo xtask test` makes them do";

    /// The one that the environment names.
    #[must_use]
    pub fn named() -> Option<Self> {
        let path = |name| std::env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
        Some(Self { python: path("DRYBOOT_PYTHON")?, packages: path("DRYBOOT_CLOUD_INIT")? })
    }
}
