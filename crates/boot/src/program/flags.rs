//! The command line of the program, as Go's `flag` reads it.

use dryboot_machine::MachineDescription;

/// The value of a flag: `-name=value` or `-name value`, with one hyphen or two. A flag that stands
/// alone has an empty value.
pub(crate) fn value<'f>(flags: &'f [String], name: &str) -> Option<&'f str> {
    let mut flags = flags.iter();
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
pub(crate) fn is_on(flags: &[String], name: &str) -> bool {
    value(flags, name).is_some_and(|value| !matches!(value, "false" | "FALSE" | "False" | "f" | "F" | "0"))
}

/// The presets of `-oem` that ask for a conversion.
const NETCONF_OF_OEM: [(&str, &str); 2] = [("rackspace-onmetal", "debian"), ("vmware", "vmware")];

/// Which network configuration shall be converted.
pub(crate) fn netconf(machine: &MachineDescription) -> Option<&str> {
    let oem = value(&machine.flags, "oem");
    let preset = NETCONF_OF_OEM.iter().find(|(name, _)| oem == Some(name)).map(|&(_, netconf)| netconf);
    let named = preset.or(machine.convert_netconf.as_deref());
    named.or_else(|| value(&machine.flags, "convert-netconf")).filter(|name| !name.is_empty())
}

/// The name under which the keys of config and metadata are stored.
pub(crate) fn key_set(machine: &MachineDescription) -> &str {
    let named = machine.ssh_key_name.as_deref();
    named.or_else(|| value(&machine.flags, "ssh-key-name")).unwrap_or("coreos-cloudinit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_in_every_form() {
        let flags = ["--ignore-failure", "-workspace=/w", "-ssh-key-name", "k"].map(str::to_owned);
        assert!(is_on(&flags, "ignore-failure"));
        assert!(!is_on(&flags, "validate"));
        assert_eq!(value(&flags, "workspace"), Some("/w"));
        assert_eq!(value(&flags, "ssh-key-name"), Some("k"));
    }
}
