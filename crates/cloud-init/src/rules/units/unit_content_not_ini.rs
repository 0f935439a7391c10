use dryboot_lint::{Safety, Severity};
use dryboot_unit_lint::{Lines, unit_content_not_ini};

use crate::lint::{Context, Rule, UnitFile, UnitFiles, said};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "unit-content-not-ini",
    severity: Severity::Error,
    docs: docs!("unit_content_not_ini.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    let is_unit = |file: &&UnitFile<'_>| !file.is_network();
    for file in units.files.iter().filter(is_unit) {
        let written = Lines::of(units.source(), file.at.value);
        for remark in unit_content_not_ini(&file.text, file.what(), written, units.systemd.release) {
            let line = units.line(file, remark.span.start);
            let finding = said(context, file, line, remark);
            if let Some(keep) = written.keep() {
                finding.fix(Safety::Unsafe, keep.title, keep.span, keep.text);
            }
        }
    }
}
