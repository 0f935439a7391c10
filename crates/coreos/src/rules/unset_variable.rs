use crate::Target;
use dryboot_lint::{Edit, Safety, Severity};
use dryboot_unit_lint::{Unset, unset_variables};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::has_variable;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{read_files, release};

pub(crate) static RULE: Rule = Rule {
    name: "unset-variable",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unset_variable.md"),
    scope: Scope::Absent,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let files = context.unit_files();
    let is_replaced = |name: &str| has_variable(&format!("${name}"));
    for unset in unset_variables(&read_files(&files), release(document.target), is_replaced) {
        let file = &files[unset.file];
        let is_of_image = unset.name.starts_with("COREOS_");
        let help = match is_of_image {
            true => "to get the machine's addresses, add `EnvironmentFile=/etc/environment`",
            false => Unset::HELP,
        };
        let finding = context
            .report(file.place(document, unset.span), unset.message(&file.unit))
            .path_of(file.node)
            .help(help);
        let Some(key) = file.exact(document, unset.key_span).filter(|_| is_of_image) else { continue };
        let line = document.text()[..key.start].rfind('\n').map_or(0, |at| at + 1);
        let indentation = &document.text()[line..key.start];
        let text = format!("EnvironmentFile=/etc/environment\n{indentation}");
        let edit = Edit { span: Span::empty(key.start), text };
        finding.fix_all(Safety::Unsafe, "add `EnvironmentFile=/etc/environment`", vec![edit]);
    }
}
