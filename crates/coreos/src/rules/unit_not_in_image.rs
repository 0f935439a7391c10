use dryboot_systemd::check::Role;
use dryboot_systemd::file::{LineKind, lines};
use dryboot_systemd::name;
use std::collections::BTreeSet;

use crate::schema::UNIT_COMMANDS;
use crate::{Target, image};

use crate::lint::context::Context;
use crate::lint::parts::{shown, units};
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::release;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "unit-not-in-image",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("unit_not_in_image.md"),
    scope: Scope::Absent,
    check,
};

/// Directives without whose units systemd does not start a unit.
const NEEDS: [&str; 3] = ["Requires", "BindsTo", "Requisite"];

fn check(context: &mut Context<'_>) {
    commands(context);
    requirements(context);
}

fn commands(context: &mut Context<'_>) {
    let document = context.document;
    let own = own_units(context);
    for unit in units(document) {
        let command = unit.text("command");
        let asks = UNIT_COMMANDS.contains(&command) && !unit.is_network() && !unit.flag("mask");
        let (Some(span), Some(node)) = (unit.entry(document, "command"), unit.node("command")) else {
            continue;
        };
        let Some(lack) = Lack::of(unit.name(), document.target, &own).filter(|_| asks) else { continue };
        let message = format!(
            "{}: {}systemd refuses to {command} it, and coreos-cloudinit stops there",
            lack.sentence,
            lack.condition()
        );
        let name = unit.node("name").map(|name| document.tree().node(name).span);
        let finding = context.report(span, message).severity(lack.severity()).path_of(node).help(lack.help());
        if let (Some(near), Some(name)) = (&lack.near, name)
            && name.slice(document.text()) == unit.name()
        {
            finding.fix(Safety::Unsafe, format!("change it to `{near}`"), name, near.clone());
        }
    }
}

fn requirements(context: &mut Context<'_>) {
    let document = context.document;
    let release = release(document.target);
    let own = own_units(context);
    for file in context.unit_files().iter().filter(|file| !file.is_network()) {
        for line in lines(&file.text, release) {
            let LineKind::Assignment(assignment) = line.kind else { continue };
            if !NEEDS.contains(&assignment.key) {
                continue;
            }
            for word in assignment.value.split_ascii_whitespace() {
                let Some(lack) = Lack::of(word, document.target, &own) else { continue };
                let message = format!(
                    "{}: {}systemd does not start `{}` without it",
                    lack.sentence,
                    lack.condition(),
                    shown(&file.unit)
                );
                let finding = context
                    .report(file.place(document, assignment.value_span), message)
                    .severity(lack.severity())
                    .path_of(file.node)
                    .help(lack.help());
                if let (Some(near), Some(span)) = (&lack.near, file.exact(document, assignment.value_span)) {
                    let text = assignment.value.replace(word, near);
                    finding.fix(Safety::Unsafe, format!("change it to `{near}`"), span, text);
                }
            }
        }
    }
}

/// The units that the config has a file for.
fn own_units(context: &Context<'_>) -> BTreeSet<String> {
    let files = context.unit_files();
    files.iter().filter(|file| file.role == Role::Unit).map(|file| file.unit.to_string()).collect()
}

/// A unit that an image lacks.
struct Lack {
    sentence: String,
    near: Option<String>,
}

impl Lack {
    /// What there is to say of a unit of this name: that the image had it once, or that its name is nearly that of
    /// another unit. The list of what images have is not complete, so for all other names, nothing.
    fn of(unit: &str, target: Target, own: &BTreeSet<String>) -> Option<Self> {
        let stock = &image::of(target).units;
        let is_there = |name: &str| own.contains(name) || stock.names().any(|known| known == name);
        let template = name::template(unit);
        if name::suffix(unit).is_empty() || is_there(unit) || template.as_deref().is_some_and(is_there) {
            return None;
        }
        if stock.gone.contains(&unit) {
            let sentence = format!("`{unit}` was removed from the images in 2018");
            return Some(Self { sentence, near: None });
        }
        let near = stock.meant_by(unit, own.iter().map(String::as_str))?;
        let sentence = format!("`{}` is not a known unit of the image", shown(unit));
        Some(Self { sentence, near: Some(near) })
    }

    /// What the outcome depends on.
    fn condition(&self) -> &'static str {
        if self.near.is_some() { "unless the image has it, " } else { "" }
    }

    /// Whether it is certain that the image lacks the unit.
    fn severity(&self) -> Severity {
        if self.near.is_some() { Severity::Warning } else { Severity::Error }
    }

    fn help(&self) -> String {
        match &self.near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it, or give the unit a `content` of your own".to_owned(),
        }
    }
}
