use std::collections::HashMap;

use crate::typed::{Decoded, Field, Value};
use crate::{Document, Target, go_path};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::files::{File, files};
use crate::lint::parts::{unit_path, units};
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "duplicate-path",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("duplicate_path.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let generated = generated(context.document);
    let mut seen: HashMap<String, Span> = HashMap::new();
    for file in files(context) {
        let target = file.target();
        if file.text("path").is_empty() || target == "/" {
            continue;
        }
        let span = file.span_of("path");
        if let Some(&first) = seen.get(&target) {
            again(context, &file, &target, first);
        }
        seen.insert(target.clone(), span);
        if let Some(other) = generated.get(&target) {
            replaced(context, &file, &target, other);
        }
        // A relative spelling does not count here.
        let has_addresses = ["COREOS_PUBLIC_IPV4=", "COREOS_PRIVATE_IPV4="]
            .iter()
            .any(|set| file.text("content").contains(set));
        if go_path::clean(file.text("path")) == "/etc/environment" && !has_addresses {
            let message = "this replaces the file that the target creates: the variables with the \
                machine's addresses (`COREOS_PRIVATE_IPV4`, …) will be missing from it";
            let finding = context.report(span, message).severity(Severity::Info);
            finding
                .path_of(file.value("path").unwrap_or(file.node))
                .help("write your variables to another file, and name it in `EnvironmentFile=`");
        }
    }
}

fn again(context: &mut Context<'_>, file: &File<'_>, target: &str, first: Span) {
    let span = file.span_of("path");
    let message = format!("`{target}` is written a second time: its earlier content is lost");
    let finding = context.report(span, message).path_of(file.value("path").unwrap_or(file.node));
    if first != span {
        finding.label(first, "this file is lost");
    }
}

fn replaced(context: &mut Context<'_>, file: &File<'_>, target: &str, other: &Generated) {
    let message = format!("this file is lost: `{target}` is written afterwards {}", other.from);
    let finding = context.report(file.span_of("path"), message);
    let finding = finding.path_of(file.value("path").unwrap_or(file.node)).help("keep one of the two");
    if let Some(source) = other.source {
        finding.label(source, "this creates the other file");
    }
}

/// A file that the target writes on its own account, after all files of the user.
struct Generated {
    from: &'static str,
    source: Option<Span>,
}

fn generated(document: &Document<'_>) -> HashMap<String, Generated> {
    let config = &document.model.config;
    let mut all = HashMap::new();
    let mut add = |path: &str, from: &'static str, field: Option<&Field>| {
        let source = field.and_then(|field| written::span_of(document, field));
        all.insert(path.to_owned(), Generated { from, source });
    };
    if config.text("manage_etc_hosts") == "localhost" {
        add("/etc/hosts", "because of `manage_etc_hosts`", config.get("manage_etc_hosts"));
    }
    let Some(coreos) = config.section("coreos") else { return all };
    let section = |name: &str| coreos.section(name);
    if let Some(field) = section("oem").and_then(|oem| oem.get("id")).filter(|field| is_set(field)) {
        add("/etc/oem-release", "from `coreos.oem`", Some(field));
    }
    if let Some(field) = section("update").and_then(first_set) {
        add("/etc/coreos/update.conf", "from `coreos.update`", Some(field));
    }
    if let Some(field) = section("flannel").and_then(first_set) {
        add("/run/flannel/options.env", "from `coreos.flannel`", Some(field));
    }
    for unit in units(document) {
        if !unit.name().is_empty() && unit.has_content() {
            add(&unit_path(unit), "as a unit of this name", unit.decoded.get("name"));
        }
    }
    all
}

fn is_set(field: &Field) -> bool {
    matches!(&field.value, Value::Text(text) if !text.is_empty())
}

fn first_set(section: &Decoded) -> Option<&Field> {
    section.fields.iter().find(|field| is_set(field))
}
