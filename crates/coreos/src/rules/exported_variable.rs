use crate::Target;
use dryboot_lint::{Safety, Severity};
use dryboot_unit_lint::{BlockMap, environment_files, exports};

use crate::lint::context::Context;
use crate::lint::files::files;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{read_files, release, source};

pub(crate) static RULE: Rule = Rule {
    name: "exported-variable",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("exported_variable.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let source = source(document);
    let named = environment_files(&read_files(&context.unit_files()), release(document.target));
    for file in files(context) {
        let target = file.target();
        let text = file.text("content");
        let Some(node) = file.value("content").filter(|_| file.text("encoding").is_empty()) else { continue };
        if target != "/etc/environment" && !named.contains(&target) {
            continue;
        }
        let map = BlockMap::new(source, node);
        for word in exports(text) {
            let finding = context
                .report(
                    map.place(source, text, word),
                    "systemd does not support `export` in an environment file: it ignores the line",
                )
                .path_of(node)
                .help("write `NAME=value` alone");
            if let Some(span) = map.exact(source, text, word) {
                finding.fix(Safety::Unsafe, "remove `export`", span, "");
            }
        }
    }
}
