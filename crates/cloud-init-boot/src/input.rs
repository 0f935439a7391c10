//! The circumstances of a boot, as users describe them in JSON.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

/// The machine, its data source, and what differs from an image as it is. Everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Machine {
    /// The distribution, by cloud-init's name of it: `ubuntu`, `debian`, `rhel`, `suse`.
    pub distro: Option<String>,
    /// The data source, by cloud-init's name of it: `NoCloud`, `Ec2`, `Azure`.
    pub datasource: Option<String>,
    /// Whether the data source gives no answer.
    pub unreachable: bool,
    /// Where NoCloud or a config drive is read from, if it is not the usual directory: `/dev/sr0`.
    pub seed: Option<String>,
    /// What `ds-identify` recognises the data source by; none if it does not matter here.
    pub hardware: Option<Hardware>,
    /// The data sources that the image allows, in this order.
    pub datasource_list: Option<Vec<String>>,
    /// The metadata: a map, in the form of the data source.
    pub metadata: Option<Json>,
    /// The metadata as text in YAML.
    pub metadata_raw: Option<String>,
    /// The identity document of Ec2.
    pub identity: Option<Json>,
    /// The data source has no user-data at all.
    pub no_userdata: bool,
    /// The vendor-data, where a platform hands it over as text.
    pub vendordata: Option<String>,
    /// The value of `vendor_data.json`.
    pub vendordata_json: Option<Json>,
    /// The value of `vendor_data2.json`.
    pub vendordata2_json: Option<Json>,
    /// The network configuration of NoCloud or LXD, as text.
    pub network_config: Option<String>,
    /// What the platform says of the network: `network_data.json` of OpenStack, the VNICs of Oracle.
    pub network_data: Option<Json>,
    /// The files of a config drive below `content/`.
    pub content: BTreeMap<String, String>,
    /// What web servers answer; all other addresses answer 404.
    pub urls: BTreeMap<String, Answer>,
    /// The results of commands: the first one that matches decides.
    pub commands: Vec<CommandResult>,
    /// More programs.
    pub programs: Vec<String>,
    /// Programs of the image that are not there.
    pub missing_programs: Vec<String>,
    /// More packages that the package manager knows.
    pub apt_packages: Vec<String>,
    /// More files of the image.
    pub image_files: BTreeMap<String, ImageFile>,
    /// The block devices.
    pub disks: Option<Vec<String>>,
    /// How much memory there is, in MiB.
    pub memory_mb: Option<u32>,
    /// The host names that resolve, with all below them.
    pub dns: Option<Vec<String>>,
    /// How many times the machine boots.
    pub boots: Option<u32>,
    /// Whether the last boot is that of another instance, as after the disk was copied.
    pub new_instance: bool,
}

/// What a platform is recognised by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hardware {
    /// The texts in the firmware, by their names below `/sys/class/dmi/id`: `sys_vendor`, `product_name`.
    pub dmi: BTreeMap<String, String>,
    /// What `systemd-detect-virt` prints: `kvm`, `vmware`, `lxc`.
    pub virtualization: String,
    /// The labels of file systems.
    pub labels: Vec<String>,
    /// Files and sockets that are there.
    pub paths: Vec<String>,
    /// The kernel's command line.
    pub command_line: String,
    /// Whether VMware's guestinfo has metadata, user-data or vendor-data.
    pub guestinfo: bool,
}

/// What `systemd-detect-virt` prints in containers.
const CONTAINERS: [&str; 6] = ["container-other", "docker", "lxc", "lxc-libvirt", "rkt", "systemd-nspawn"];

impl Hardware {
    /// Whether it is that of a container.
    #[must_use]
    pub fn is_container(&self) -> bool {
        CONTAINERS.contains(&self.virtualization.as_str())
    }
}

/// The answer of a web server.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// A page.
    Page(String),
    /// A page with a status.
    Status {
        /// The status.
        status: u16,
        /// The page.
        #[serde(default)]
        body: String,
    },
}

impl Answer {
    /// The status and the page.
    #[must_use]
    pub fn parts(&self) -> (u16, &str) {
        match self {
            Self::Page(body) => (200, body),
            Self::Status { status, body } => (*status, body),
        }
    }
}

/// The result of commands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommandResult {
    /// Words that the command has in it.
    #[serde(rename = "match")]
    pub words: String,
    /// The exit status.
    pub exit: i32,
    /// What it prints.
    pub stdout: String,
    /// What it complains about.
    pub stderr: String,
}

/// A file of an image.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum ImageFile {
    /// Its content.
    Content(String),
    /// Its content and its mode in octal.
    WithMode {
        /// The content.
        #[serde(default)]
        content: String,
        /// The mode.
        mode: String,
    },
}

impl Machine {
    /// Reads a description.
    ///
    /// # Errors
    /// The text is not JSON of this form; the message names line and column.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(json).map_err(|error| error.to_string())
    }

    /// The same machine without what its platform says of it: neither metadata nor vendor-data nor a network.
    #[must_use]
    pub fn without_data(self) -> Self {
        Self {
            metadata: None,
            metadata_raw: None,
            identity: None,
            vendordata: None,
            vendordata_json: None,
            vendordata2_json: None,
            network_config: None,
            network_data: None,
            content: BTreeMap::new(),
            ..self
        }
    }
}
