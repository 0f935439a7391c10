//! Commands of `bootcmd` and `runcmd`, and what they are made of.

mod apt_lock_not_awaited;
mod bashism;
mod bootcmd_too_early;
mod command_not_split;
mod endless_command;
mod firewall_without_ssh;
mod foreign_package_manager;
mod home_not_set;
mod insecure_script;
mod interactive_command;
mod misread_argument;
mod needless_sudo;
mod reboot_in_command;
mod removed_apt_key;
mod repeated_at_every_boot;
mod shell_in_command;
mod string_instead_of_list;
mod yaml_colon_in_command;

use crate::lint::Rule;

pub(crate) const RULES: &[&Rule] = &[
    &bashism::RULE,
    &bootcmd_too_early::RULE,
    &command_not_split::RULE,
    &endless_command::RULE,
    &firewall_without_ssh::RULE,
    &foreign_package_manager::RULE,
    &home_not_set::RULE,
    &insecure_script::RULE,
    &interactive_command::RULE,
    &misread_argument::RULE,
    &needless_sudo::RULE,
    &reboot_in_command::RULE,
    &removed_apt_key::RULE,
    &repeated_at_every_boot::RULE,
    &shell_in_command::RULE,
    &string_instead_of_list::RULE,
    &yaml_colon_in_command::RULE,
    &apt_lock_not_awaited::RULE,
];

/// The keys whose items become a script.
pub(crate) const SCRIPTS: [&str; 2] = ["bootcmd", "runcmd"];
