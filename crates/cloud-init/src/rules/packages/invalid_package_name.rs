use dryboot_lint::{Safety, Severity};
use dryboot_yaml::{Content, Span, Style};

use super::names;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "invalid-package-name",
    severity: Severity::Error,
    docs: docs!("invalid_package_name.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    for (name, at) in names(context) {
        let parts: Vec<&str> = name.split([' ', ',']).filter(|part| !part.is_empty()).collect();
        let are_names = parts.len() > 1 && parts.iter().all(|part| is_name(part));
        if are_names {
            let split = split(context, &at, &parts);
            let span = context.first_line(&at);
            let message = format!(
                "cloud-init reads this as a single name, including the spaces: `{}` is not installed",
                parts[0]
            );
            let finding = context.report(span, message).path(at.path);
            let finding = finding.help("make each package an item of its own");
            if let Some((span, text)) = split {
                finding.fix(Safety::Unsafe, "make each package an item", span, text);
            }
        }
    }
}

/// What all package managers accept. Groups (`@…`) and comparisons of versions are left alone.
fn is_name(part: &str) -> bool {
    part.starts_with(|char: char| char.is_ascii_alphanumeric())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._:=~*/".contains(&byte))
}

/// A line of its own for each package, in a block list.
fn split<'c>(context: &Context<'c>, at: &At<'c>, parts: &[&str]) -> Option<(Span, String)> {
    let node = context.tree()?.node(at.value);
    let is_plain =
        matches!(node.content, Content::Scalar { style: Style::Plain, .. }) && node.anchor.is_none();
    let line_start = context.read.get(..node.span.start)?.rfind('\n')? + 1;
    let before = context.read.get(line_start..node.span.start)?;
    let is_item = before.trim() == "-" && !node.span.slice(context.read).contains('\n');
    (is_plain && is_item).then(|| (node.span, parts.join(&format!("\n{before}"))))
}
