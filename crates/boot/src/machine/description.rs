//! A machine before its boot, as users describe it in JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// What is known of a machine: its metadata, what it has on its disk, and what shall go wrong.
///
/// Everything is optional; the default is a stock image without metadata.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct MachineDescription {
    /// Public IPv4 address in the metadata.
    pub public_ipv4: Option<String>,
    /// Private IPv4 address in the metadata.
    pub private_ipv4: Option<String>,
    /// Public IPv6 address in the metadata.
    pub public_ipv6: Option<String>,
    /// Private IPv6 address in the metadata.
    pub private_ipv6: Option<String>,
    /// Host name in the metadata.
    pub hostname: Option<String>,
    /// SSH keys in the metadata, by their names there.
    pub ssh_keys: BTreeMap<String, String>,
    /// Environment of the program.
    pub env: BTreeMap<String, String>,
    /// Accounts that exist; without this, root and core.
    pub users: Option<Vec<String>>,
    /// Files on the disk by path: their content, or `symlink:TARGET`.
    pub files: BTreeMap<String, String>,
    /// Directories on the disk beyond those of a stock image.
    pub dirs: Vec<String>,
    /// The kernel's host name before the boot; `localhost` without this.
    pub boot_hostname: Option<String>,
    /// What web servers answer, by URL; all others answer 404.
    pub http: BTreeMap<String, HttpResponse>,
    /// Name of the key set that SSH keys are stored under.
    pub ssh_key_name: Option<String>,
    /// Command-line flags of the program, such as `-ignore-failure`.
    #[serde(deserialize_with = "words")]
    pub flags: Vec<String>,
    /// Format of the network configuration in the metadata that shall be converted.
    pub convert_netconf: Option<String>,
    /// Network configuration in the metadata as text (debian).
    pub network_config: Option<String>,
    /// Network configuration in the metadata as properties (vmware).
    pub network_map: Option<BTreeMap<String, String>>,
    /// Network interfaces that the machine has.
    pub system_interfaces: Vec<String>,
    /// The user-data cannot be fetched, with these words.
    pub userdata_error: Option<String>,
    /// The metadata cannot be fetched, with these words.
    pub metadata_error: Option<String>,
    /// What shall go wrong: a command's name, `cmd:PART OF A COMMAND LINE`, `enable:UNIT=WORDS`,
    /// `unit_command:VERB:UNIT=WORDS`, `daemon_reload=WORDS`, `start_transient_unit=WORDS`,
    /// `dbus=WORDS` for all that systemd is asked, or, on a platform, `datasource:NAME` for one that
    /// does not answer.
    pub fail: Vec<String>,
    /// Fields that mean nothing here; a misspelling, perhaps.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, serde_json::Value>,
}

/// The answer of a web server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct HttpResponse {
    /// The status, such as 200.
    #[serde(default = "ok")]
    pub status: u16,
    /// The body.
    #[serde(default)]
    pub body: String,
}

fn ok() -> u16 {
    200
}

/// The formats of network configuration that can be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetconfFormat {
    /// Debian's `/etc/network/interfaces`.
    Debian,
    /// VMware's guestinfo properties.
    Vmware,
}

impl NetconfFormat {
    /// The format that the program knows by this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "debian" => Some(Self::Debian),
            "vmware" => Some(Self::Vmware),
            _ => None,
        }
    }
}

/// Reads a description.
///
/// # Errors
/// The text is not JSON of this form; the words name line and column.
pub fn parse_description(json: &[u8]) -> Result<MachineDescription, String> {
    serde_json::from_slice(json).map_err(|error| error.to_string())
}

impl MachineDescription {
    /// The value of a flag: `-name=value` or `-name value`, with one hyphen or two. A flag that
    /// stands alone has an empty value.
    pub(crate) fn flag(&self, name: &str) -> Option<&str> {
        let mut flags = self.flags.iter();
        let mut found = None;
        while let Some(flag) = flags.next() {
            let Some(flag) = flag.strip_prefix("--").or_else(|| flag.strip_prefix('-')) else { continue };
            match flag.split_once('=') {
                Some((flag, value)) if flag == name => found = Some(value),
                None if flag == name => {
                    let next = flags.clone().next().map_or("", String::as_str);
                    found = Some(if next.starts_with('-') { "" } else { next });
                }
                _ => {}
            }
        }
        found
    }

    /// Whether a flag without a value is on.
    pub(crate) fn switch(&self, name: &str) -> bool {
        self.flag(name).is_some_and(|value| !matches!(value, "false" | "FALSE" | "False" | "f" | "F" | "0"))
    }
}

/// A list of words, or one text with blanks between them.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Words {
        List(Vec<String>),
        Line(String),
    }
    Ok(match Words::deserialize(deserializer)? {
        Words::List(words) => words,
        Words::Line(line) => line.split_whitespace().map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_in_every_form() {
        let machine = parse_description(
            br#"{"flags": ["--ignore-failure", "-workspace=/w", "-ssh-key-name", "k"], "hostnme": "x"}"#,
        )
        .expect("a description");
        assert!(machine.switch("ignore-failure"));
        assert!(!machine.switch("validate"));
        assert_eq!(machine.flag("workspace"), Some("/w"));
        assert_eq!(machine.flag("ssh-key-name"), Some("k"));
        assert!(machine.unknown.contains_key("hostnme"));
    }

    #[test]
    fn a_broken_description_is_refused_with_its_place() {
        let error = parse_description(b"{\n\"users\": 3}").expect_err("refused");
        assert!(error.contains("line 2"), "{error}");
    }
}
