use crate::Target;
use dryboot_systemd::file::{LineKind, lines};
use dryboot_systemd::name::{Fault, SUFFIXES, fault};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::{Part, first_line, has_variable, shown, text_end, units};
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::release;
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "unknown-unit-suffix",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("unknown_unit_suffix.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    for unit in units(document) {
        let (name, Some(node)) = (unit.name(), unit.node("name")) else { continue };
        if name.is_empty() || unit.is_network() || has_variable(name) {
            continue;
        }
        let (wrong, suffix) = match fault(name) {
            Some(Fault::NoSuffix) => ("no unit suffix".to_owned(), ""),
            Some(Fault::UnknownSuffix(suffix)) => {
                (format!("the unknown suffix `.{}`", shown(suffix)), suffix)
            }
            _ => continue,
        };
        let outcome = if unit.flag("enable") || !unit.text("command").is_empty() {
            "systemd refuses it, and coreos-cloudinit stops there"
        } else {
            "systemd does not read it"
        };
        let span = first_line(document, node);
        let message = format!("`{}` has {wrong}: {outcome}", shown(name));
        let end = text_end(document, node);
        let finding = context.report(span, message).path_of(node);
        // The networks' suffixes are as good to mistype.
        let near = nearest(suffix, SUFFIXES.into_iter().chain(["network", "netdev"]));
        let written = |end: usize| Span::new(end.saturating_sub(suffix.len()), end);
        match (near, end) {
            (Some(near), Some(end)) if written(end).slice(document.text()) == suffix => {
                finding.help(format!("did you mean `.{near}`?")).fix(
                    Safety::Unsafe,
                    format!("change the suffix to `.{near}`"),
                    written(end),
                    near,
                );
            }
            (None, Some(end)) => {
                let suffix = suffix_by_content(unit, document.target);
                finding.help(format!("did you mean `{}.{suffix}`?", shown(name))).fix(
                    Safety::Unsafe,
                    format!("append `.{suffix}`"),
                    Span::empty(end),
                    format!(".{suffix}"),
                );
            }
            _ => {
                finding.help("give the full name, such as `app.service`");
            }
        }
    }
}

/// The suffix for a unit with these sections.
fn suffix_by_content(unit: Part<'_>, target: Target) -> &'static str {
    let telling = |line| match line {
        LineKind::Section("Match" | "Network") => Some("network"),
        LineKind::Section("NetDev") => Some("netdev"),
        LineKind::Section(name) => SUFFIXES.into_iter().find(|suffix| suffix.eq_ignore_ascii_case(name)),
        _ => None,
    };
    lines(unit.text("content"), release(target)).find_map(|line| telling(line.kind)).unwrap_or("service")
}
