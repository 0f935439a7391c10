use dryboot_lint::Severity;
use dryboot_unit_lint::{is_never_started, shown};

use crate::lint::{Context, Rule, UnitFiles};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "unit-never-started",
    severity: Severity::Info,
    docs: docs!("unit_never_started.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let Some(units) = UnitFiles::all(context) else { return };
    for file in units.files.iter().filter(|file| is_never_started(file, context.read)) {
        let unit = shown(&file.unit);
        let message = format!("nothing starts `{unit}`: the config only writes its file");
        context
            .report(file.head, message)
            .path(file.at.path)
            .help(format!("add `systemctl enable --now {unit}` to `runcmd`"));
    }
}
