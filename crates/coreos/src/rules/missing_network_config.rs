use crate::Target;
use crate::platform::Field;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "missing-network-config",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("missing_network_config.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let (Some(platform), Some(metadata)) = (context.options.platform, &context.options.metadata) else {
        return;
    };
    if platform.gives(Field::Network) && !metadata.contains(&Field::Network) {
        let message =
            "the metadata has no network configuration: the program crashes before it applies anything";
        context
            .report(Span::default(), message)
            .help("add a `network_config` to the drive, with a `content_path` that names a file");
    }
}
