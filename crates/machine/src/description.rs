//! A machine before its boot, as users describe it in JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// What is known of a machine: its metadata, what it has on its disk, and what should fail.
///
/// Everything is optional; the default is an image as it is, without metadata.
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
    /// Accounts that exist; without this, those of the image.
    pub users: Option<Vec<String>>,
    /// Files on the disk by path: their content, or `symlink:TARGET`.
    pub files: BTreeMap<String, String>,
    /// Directories on the disk beyond those of the image.
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
    /// Format of the network configuration in the metadata, which shall be converted.
    pub convert_netconf: Option<String>,
    /// Network configuration in the metadata, in a format that is text.
    pub network_config: Option<String>,
    /// Network configuration in the metadata, in a format that is properties.
    pub network_map: Option<BTreeMap<String, String>>,
    /// Network interfaces that the machine has.
    pub system_interfaces: Vec<String>,
    /// The user-data cannot be fetched; this is the error message.
    pub userdata_error: Option<String>,
    /// The metadata cannot be fetched; this is the error message.
    pub metadata_error: Option<String>,
    /// What should fail: a command's name, `cmd:PART OF A COMMAND LINE`, `enable:UNIT=MESSAGE`,
    /// `unit_command:VERB:UNIT=MESSAGE`, `daemon_reload=MESSAGE`, `start_transient_unit=MESSAGE`,
    /// `dbus=MESSAGE` for everything that systemd is asked, or, on a platform, `datasource:NAME` for one that
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

/// Reads a description.
///
/// # Errors
/// The text is not JSON of this form; the message names line and column.
pub fn parse_description(json: &[u8]) -> Result<MachineDescription, String> {
    serde_json::from_slice(json).map_err(|error| error.to_string())
}

/// A list of strings, or one string that is split at white space.
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
    fn flags_are_a_list_or_a_line_and_a_misspelling_is_noticed() {
        let read = |json: &[u8]| parse_description(json).expect("a description");
        let list = read(br#"{"flags": ["-a", "-b=c"], "hostnme": "x"}"#);
        assert_eq!(list.flags, read(br#"{"flags": "-a  -b=c"}"#).flags);
        assert!(list.unknown.contains_key("hostnme"));
    }

    #[test]
    fn a_broken_description_is_refused_with_its_place() {
        let error = parse_description(b"{\n\"users\": 3}").expect_err("refused");
        assert!(error.contains("line 2"), "{error}");
    }
}
