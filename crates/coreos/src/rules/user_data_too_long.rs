use crate::Target;
use crate::envelope::Compression;
use crate::platform::{Limit, Platform};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "user-data-too-long",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("user_data_too_long.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(platform) = context.options.platform else { return };
    let Some(limit) = platform.user_data_limit else { return };
    let length = context.bytes.len();
    let counted = limit.counted(length);
    if counted <= limit.bytes {
        return;
    }
    let form = if limit.of_base64 { " as base64" } else { "" };
    let message = format!(
        "the user-data is {} bytes long{form}: `{}` takes at most {}",
        grouped(counted),
        platform.name,
        grouped(limit.bytes)
    );
    let help = help(context, platform, limit);
    context.report(Span::default(), message).help(help);
}

/// What it would be in other forms.
fn help(context: &Context<'_>, platform: &Platform, limit: Limit) -> String {
    let source = limit.source;
    let is_compressed = context.document.envelope.compression != Compression::None;
    if is_compressed || platform.datasources.iter().all(|datasource| datasource.text_only) {
        return format!("fetch what is big from elsewhere when the machine boots ({source})");
    }
    let Some(gzipped_length) = context.options.gzipped_length else {
        return format!("compress it with `gzip -9`, which the machine undoes ({source})");
    };
    let compressed = gzipped_length(context.bytes);
    let (raw, base64) = (grouped(compressed), grouped(compressed.div_ceil(3) * 4));
    let fits = limit.counted(compressed) <= limit.bytes;
    match fits {
        true => format!("after `gzip -9` it is {raw} bytes ({base64} as base64), which fits: {source}"),
        false => format!(
            "after `gzip -9` it still is {raw} bytes ({base64} as base64): fetch what is big from elsewhere ({source})"
        ),
    }
}

/// A number with commas between groups of three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::platform::Platform;

    use crate::lint::{LintOptions, lint};

    fn found(bytes: &[u8], platform: &str) -> Option<(String, String)> {
        let options = LintOptions {
            platform: Platform::from_name(platform),
            select: vec!["user-data-too-long".to_owned()],
            gzipped_length: Some(crate::envelope::gzipped_length),
            ..LintOptions::default()
        };
        let report = lint(bytes, &options);
        let diagnostic = report.diagnostics.into_iter().next()?;
        Some((diagnostic.message, diagnostic.help.unwrap_or_default()))
    }

    fn text(length: usize) -> Vec<u8> {
        let mut text = b"#cloud-config\n".to_vec();
        text.resize(length, b'#');
        text
    }

    #[test]
    fn the_limit_itself_is_not_too_long() {
        assert_eq!(found(&text(16_384), "ec2-compat"), None);
        let (message, help) = found(&text(16_385), "ec2-compat").expect("a finding");
        assert_eq!(message, "the user-data is 16,385 bytes long: `ec2-compat` takes at most 16,384");
        assert!(help.contains("which fits"), "{help}");
    }

    #[test]
    fn base64_counts_where_the_platform_counts_it() {
        assert_eq!(found(&text(49_149), "rackspace"), None);
        let (message, _) = found(&text(49_152), "rackspace").expect("a finding");
        assert_eq!(message, "the user-data is 65,536 bytes long as base64: `rackspace` takes at most 65,535");
    }

    #[test]
    fn gzip_is_no_way_out_where_user_data_is_text() {
        let (_, help) = found(&text(70_000), "digitalocean").expect("a finding");
        assert!(help.starts_with("fetch what is big from elsewhere"), "{help}");
        assert_eq!(found(&text(1 << 20), "file"), None);
    }
}
