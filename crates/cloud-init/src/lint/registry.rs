//! Every rule.

use dryboot_lint::Severity;

use super::Context;
use crate::rules::{commands, disks, files, keys, packages, text, values};

/// A check with its documentation.
#[derive(Debug)]
pub struct Rule {
    /// The permanent name, which reads as the defect: `unknown-key`.
    pub name: &'static str,
    /// How bad its worst finding is at boot.
    pub severity: Severity,
    /// Markdown: a title, a summary in one sentence, then the headings `What it does`, `Why it is bad`, `What to do`
    /// and `Examples`, whose blocks are run as tests.
    pub docs: &'static str,
    pub(crate) check: fn(&mut Context<'_>),
}

impl Rule {
    /// The summary in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.docs.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// The rules, by subject.
pub static RULES: [&Rule; 54] = [
    &text::missing_header::RULE,
    &text::not_utf8::RULE,
    &text::yaml_syntax::RULE,
    &text::not_a_mapping::RULE,
    &keys::unknown_key::RULE,
    &keys::missing_key::RULE,
    &keys::deprecated_key::RULE,
    &values::type_mismatch::RULE,
    &values::invalid_value::RULE,
    &commands::bashism::RULE,
    &commands::bootcmd_too_early::RULE,
    &commands::command_not_split::RULE,
    &commands::endless_command::RULE,
    &commands::firewall_without_ssh::RULE,
    &commands::home_not_set::RULE,
    &commands::insecure_script::RULE,
    &commands::interactive_command::RULE,
    &commands::misread_argument::RULE,
    &commands::needless_sudo::RULE,
    &commands::reboot_in_command::RULE,
    &commands::removed_apt_key::RULE,
    &commands::repeated_at_every_boot::RULE,
    &commands::shell_in_command::RULE,
    &commands::string_instead_of_list::RULE,
    &commands::yaml_colon_in_command::RULE,
    &files::content_not_text::RULE,
    &files::duplicate_path::RULE,
    &files::escaped_line_break::RULE,
    &files::folded_script::RULE,
    &files::hidden_by_mount::RULE,
    &files::home_before_user::RULE,
    &files::invalid_permissions::RULE,
    &files::octal_number::RULE,
    &files::owner_before_user::RULE,
    &files::relative_path::RULE,
    &files::script_not_executable::RULE,
    &files::secret_in_plain_sight::RULE,
    &files::unapplied_netplan::RULE,
    &files::undecodable_content::RULE,
    &files::volatile_path::RULE,
    &files::world_writable_file::RULE,
    &packages::invalid_apt_key::RULE,
    &packages::invalid_package_name::RULE,
    &packages::old_apt_key::RULE,
    &packages::package_without_source::RULE,
    &packages::reboot_twice::RULE,
    &packages::unsigned_apt_source::RULE,
    &packages::unwritten_signed_by::RULE,
    &disks::bare_partition_name::RULE,
    &disks::disk_erased_again::RULE,
    &disks::filesystem_mismatch::RULE,
    &disks::misspelt_size::RULE,
    &disks::mount_without_nofail::RULE,
    &disks::wrong_partition_name::RULE,
];
