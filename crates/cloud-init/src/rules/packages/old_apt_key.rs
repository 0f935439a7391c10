use dryboot_lint::Severity;
use dryboot_schema::Release;

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "old-apt-key", severity: Severity::Warning, docs: docs!("old_apt_key.md"), check };

/// Keys of old, and where their values belong now.
const RENAMED: [(&str, &str); 11] = [
    ("apt_proxy", "apt: {proxy: …}"),
    ("apt_http_proxy", "apt: {http_proxy: …}"),
    ("apt_https_proxy", "apt: {https_proxy: …}"),
    ("apt_ftp_proxy", "apt: {ftp_proxy: …}"),
    ("apt_mirror", "apt: {primary: [{arches: [default], uri: …}]}"),
    ("apt_mirror_search", "apt: {primary: [{arches: [default], search: …}]}"),
    ("apt_mirror_search_dns", "apt: {primary: [{arches: [default], search_dns: …}]}"),
    (
        "apt_sources",
        "apt: {sources: …}` with a name for each source, as in `apt: {sources: {NAME: {source: …}}}",
    ),
    ("apt_preserve_sources_list", "apt: {preserve_sources_list: …}"),
    ("apt_custom_sources_list", "apt: {sources_list: …}"),
    ("add_apt_repo_match", "apt: {add_apt_repo_match: …}"),
];

/// The first release that calls them deprecated. All releases up to now act on them.
const DEPRECATED: Release = Release::new(22, 1);

/// Whether every release reads a key of the top level, although no schema has it.
pub(crate) fn is_read(name: &str) -> bool {
    RENAMED.iter().any(|(old, _)| *old == name)
}

fn check(context: &mut Context<'_>) {
    if context.release() < DEPRECATED {
        return;
    }
    let is_ignored = context.top("apt").is_some();
    for (name, instead) in RENAMED {
        let Some(at) = context.top(name) else { continue };
        let span = context.key_span(&at);
        let message = match is_ignored {
            true => format!("`{name}` is a key from old releases, and is ignored next to `apt`"),
            false => format!(
                "`{name}` is a key from old releases: it still works at boot, but the schema does not know it"
            ),
        };
        let finding = context.report(span, message).path(name);
        finding.help(format!("write `{instead}`"));
    }
}
