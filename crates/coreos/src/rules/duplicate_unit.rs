use std::collections::HashMap;

use crate::Target;
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::parts::{Part, shown, units};
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Paths, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "duplicate-unit",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("duplicate_unit.md"),
    scope: Scope::Written,
    check,
};

/// What the elements of one name have asked for so far.
#[derive(Default)]
struct Earlier<'d> {
    content: Option<Part<'d>>,
    mask: Option<Part<'d>>,
    start: Option<Part<'d>>,
    stop: Option<Part<'d>>,
    drop_ins: HashMap<(&'d str, bool), Span>,
}

fn check(context: &mut Context<'_>) {
    let mut seen: HashMap<&str, Earlier<'_>> = HashMap::new();
    let document = context.document;
    for unit in units(document).filter(|unit| !unit.name().is_empty()) {
        let earlier = seen.entry(unit.name()).or_default();
        drop_ins(context, unit, earlier);
        // A name that is written twice is no fault in itself: one element may write the unit and
        // another start it.
        conflict(context, unit, earlier);
        let command = unit.text("command");
        let remember =
            |slot: &mut Option<_>, asked: bool| *slot = if asked { Some(unit) } else { slot.take() };
        remember(&mut earlier.content, unit.has_content());
        remember(&mut earlier.mask, unit.flag("mask"));
        remember(&mut earlier.stop, command == "stop");
        remember(&mut earlier.start, matches!(command, "start" | "restart" | "reload-or-restart"));
    }
}

fn conflict(context: &mut Context<'_>, unit: Part<'_>, earlier: &Earlier<'_>) {
    let command = unit.text("command");
    let starts = !unit.is_network() && matches!(command, "start" | "restart" | "reload-or-restart");
    let stops = !unit.is_network() && command == "stop";
    let name = shown(unit.name());
    let found = if let (true, Some(other)) = (unit.has_content(), earlier.content) {
        let message = match (other.flag("runtime"), unit.flag("runtime")) {
            (false, true) => {
                format!("this content of `{name}` has no effect: the earlier one in `/etc` wins")
            }
            (true, false) => {
                format!("this content of `{name}` hides the earlier one: `/etc` wins over `/run`")
            }
            _ => format!("this content of `{name}` overwrites that of an earlier item"),
        };
        Some(("content", message, other, "content"))
    } else if let (true, Some(other)) = (unit.has_content(), earlier.mask) {
        Some(("content", format!("`{name}` is masked by an earlier item and written here"), other, "mask"))
    } else if let (true, Some(other)) = (unit.flag("mask"), earlier.content) {
        Some(("mask", format!("this masks `{name}`, which an earlier item writes"), other, "content"))
    } else if let (true, Some(other)) = (unit.flag("mask"), earlier.start) {
        Some(("mask", format!("this masks `{name}`, which an earlier item starts"), other, "command"))
    } else if let (true, Some(other)) = (starts, earlier.mask) {
        Some(("command", format!("`{name}` is masked by an earlier item and started here"), other, "mask"))
    } else if let (true, Some(other)) = (stops, earlier.start) {
        Some(("command", format!("this stops `{name}`, which an earlier item starts"), other, "command"))
    } else if let (true, Some(other)) = (starts, earlier.stop) {
        Some(("command", format!("this starts `{name}`, which an earlier item stops"), other, "command"))
    } else {
        None
    };
    let Some((key, message, other, other_key)) = found else { return };
    let document = context.document;
    let (Some(span), Some(node)) = (unit.entry(document, key), unit.node(key)) else { return };
    let finding = context.report(span, message).path_of(node).help("merge the two items");
    if let Some(span) = other.entry(document, other_key) {
        finding.label(span, "the earlier item");
    }
}

fn drop_ins<'d>(context: &mut Context<'_>, unit: Part<'d>, earlier: &mut Earlier<'d>) {
    let document = context.document;
    for drop_in in unit.drop_ins().filter(|drop_in| !drop_in.name().is_empty() && drop_in.has_content()) {
        let span = drop_in.head(document, context.places);
        let key = (drop_in.name(), unit.flag("runtime"));
        if let Some(first) = earlier.drop_ins.insert(key, span) {
            let message = format!("this drop-in overwrites an earlier one named `{}`", shown(drop_in.name()));
            let path = drop_in.node("name").map(|node| context.places.path_of(node)).unwrap_or_default();
            context
                .report(span, message)
                .path(path)
                .help("give each drop-in a different name")
                .label(first, "the earlier drop-in");
        }
    }
}
