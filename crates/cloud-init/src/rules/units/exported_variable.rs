use dryboot_lint::{Safety, Severity};
use dryboot_unit_lint::{environment_files, exports};

use crate::lint::{Context, File, Rule, UnitFiles, Written};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "exported-variable",
    severity: Severity::Warning,
    docs: docs!("exported_variable.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    let named = environment_files(&units.contents(), units.systemd.release);
    let files = File::all(context);
    for file in files.iter().filter(|file| named.contains(&file.target)) {
        let (Some(at), Some(text)) = (context.get(&file.at, "content"), file.content(context)) else {
            continue;
        };
        let written = Written::of(context, file, &at, units.source());
        for word in exports(&text) {
            let place = written.place(units.source(), &text, word);
            let finding = context
                .report(
                    place,
                    "systemd does not support `export` in an environment file: it ignores the line",
                )
                .path(at.path)
                .help("write `NAME=value` alone");
            if let Some(span) = written.exact(units.source(), &text, word) {
                finding.fix(Safety::Unsafe, "remove `export`", span, "");
            }
        }
    }
}
