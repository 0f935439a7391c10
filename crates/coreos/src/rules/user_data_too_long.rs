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
    let Some(message) = limit.exceeded(context.bytes.len(), platform.name) else { return };
    let help = help(context, platform, limit);
    context.report(Span::default(), message).help(help);
}

/// What it would be in other forms.
fn help(context: &Context<'_>, platform: &Platform, limit: Limit) -> String {
    let is_compressed = context.document.envelope.compression != Compression::None;
    if is_compressed || platform.datasources.iter().all(|datasource| datasource.text_only) {
        return limit.remedy_for_text();
    }
    limit.remedy(context.options.gzipped_length.map(|length| length(context.bytes)))
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
        assert_eq!(message, "the user-data is 16,385 bytes long: `ec2-compat` accepts at most 16,384");
        assert!(help.contains("which fits"), "{help}");
    }

    #[test]
    fn base64_counts_where_the_platform_counts_it() {
        assert_eq!(found(&text(49_149), "rackspace"), None);
        let (message, _) = found(&text(49_152), "rackspace").expect("a finding");
        assert_eq!(
            message,
            "the user-data is 65,536 bytes long as base64: `rackspace` accepts at most 65,535"
        );
    }

    #[test]
    fn gzip_is_no_way_out_where_user_data_is_text() {
        let (_, help) = found(&text(70_000), "digitalocean").expect("a finding");
        assert!(help.starts_with("download large contents"), "{help}");
        assert_eq!(found(&text(1 << 20), "file"), None);
    }
}
