use dryboot_lint::Severity;

use super::apt_sources;
use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "invalid-apt-key", severity: Severity::Error, docs: docs!("invalid_apt_key.md"), check };

fn check(context: &mut Context<'_>) {
    for (_, source) in apt_sources(context) {
        if let Some(at) = context.get(&source, "key")
            && let Some(text) = context.str(&at)
            && !text.trim().is_empty()
            && !text.contains("-----BEGIN PGP")
            && !text.contains(['$', '{', '<'])
        {
            let what = match text.trim_start() {
                url if url.starts_with("http://") || url.starts_with("https://") => "a URL, not a key",
                path if path.starts_with('/') && !path.contains('\n') => "a path, not a key",
                _ => "not a key in ASCII armour",
            };
            let span = context.first_line(&at);
            let message = format!("this is {what}: APT does not trust the source, and refuses its packages");
            let finding = context.report(span, message).path(at.path);
            finding.help("paste the key, from `-----BEGIN PGP PUBLIC KEY BLOCK-----` on, or use `keyid`");
        }
        if let Some(at) = context.get(&source, "keyid")
            && let Some(text) = context.str(&at)
            && !is_fingerprint(text)
            && !text.contains(['$', '{', '<'])
        {
            let span = context.first_line(&at);
            let message = "this is not a key fingerprint: no key is fetched, and APT refuses the packages";
            let finding = context.report(span, message).path(at.path);
            finding.help("write the 40 digits of the fingerprint");
        }
    }
}

/// Hexadecimal digits, as many as key identifiers have; spaces may stand between.
fn is_fingerprint(text: &str) -> bool {
    let digits: String = text.split_whitespace().collect();
    let digits = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")).unwrap_or(&digits);
    matches!(digits.len(), 8 | 16 | 32 | 40 | 64) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
