//! Commands of `bootcmd` and `runcmd`, and what they are made of.

pub(crate) mod bashism;
pub(crate) mod bootcmd_too_early;
pub(crate) mod command_not_split;
pub(crate) mod endless_command;
pub(crate) mod firewall_without_ssh;
pub(crate) mod home_not_set;
pub(crate) mod insecure_script;
pub(crate) mod interactive_command;
pub(crate) mod misread_argument;
pub(crate) mod needless_sudo;
pub(crate) mod reboot_in_command;
pub(crate) mod removed_apt_key;
pub(crate) mod repeated_at_every_boot;
pub(crate) mod shell_in_command;
pub(crate) mod string_instead_of_list;
pub(crate) mod yaml_colon_in_command;

/// The keys whose items become a script.
pub(crate) const SCRIPTS: [&str; 2] = ["bootcmd", "runcmd"];
