use crate::Target;
use crate::envelope::Compression;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "broken-gzip",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("broken_gzip.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let message = match context.document.envelope.compression {
        Compression::None | Compression::Gzip => return,
        Compression::BadHeader => {
            "this begins like gzip, but the header is damaged: the machine continues with empty user-data"
        }
        Compression::Broken => match context.document.target {
            Target::CoreOs => {
                "the gzip stream is truncated or its checksum is wrong: the part before that is applied, \
                 and the program exits with code 1"
            }
            Target::Flatcar => "the gzip stream is truncated or its checksum is wrong: none of it is applied",
        },
    };
    context.report(Span::default(), message).help("compress the file again with `gzip -9`");
}
