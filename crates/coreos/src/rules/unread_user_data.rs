use crate::Target;
use crate::envelope::{Compression, Format};
use crate::platform::Platform;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "unread-user-data",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("unread_user_data.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(platform) = context.options.platform else { return };
    let document = context.document;
    if document.format == Format::Empty && document.envelope.compression == Compression::None {
        return;
    }
    if !platform.targets.contains(&document.target) {
        let message = format!(
            "nothing reads this user-data: {} does not support the platform `{}`",
            document.target.program(),
            platform.name
        );
        context.report(Span::default(), message).help(others(platform));
        return;
    }
    let is_bytes =
        document.envelope.compression != Compression::None || std::str::from_utf8(context.bytes).is_err();
    if is_bytes && platform.datasources.iter().all(|source| source.text_only) {
        let message = format!("user-data on `{}` must be text: these bytes arrive damaged", platform.name);
        context.report(Span::default(), message).help("pass the text uncompressed");
    }
}

fn others(platform: &Platform) -> String {
    let names: Vec<&str> = platform.targets.iter().map(|target| target.name()).collect();
    format!("use `--target {}`, which supports the platform", names.join("` and `--target "))
}
