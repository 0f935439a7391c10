use crate::Target;
use crate::typed::Field;
use crate::verdict::Check;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::written;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "invalid-discovery-url",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("invalid_discovery_url.md"),
    scope: Scope::Written,
    check,
};

const NEW: &str = "get a new one for each cluster from `https://discovery.etcd.io/new?size=3`";

fn check(context: &mut Context<'_>) {
    invalid(context);
    placeholders(context);
}

fn field<'d>(context: &Context<'d>, section: &str) -> Option<&'d Field> {
    let coreos = context.document.model.config.section("coreos");
    coreos.and_then(|coreos| coreos.section(section)).and_then(|section| section.get("discovery"))
}

fn invalid(context: &mut Context<'_>) {
    let Some(entry) = context.entries(Check::Discovery).next() else { return };
    let document = context.document;
    // A value that is not a scalar is dropped, of which another rule tells.
    let Some(field) = field(context, "etcd") else { return };
    let Some(node) = field.node else { return };
    let text = document.tree().node(node).text().unwrap_or_default();
    let span = written::span_of(document, field).unwrap_or(entry.span);
    if text.is_empty() {
        let message = "the discovery URL is empty and has no effect, but the validator complains";
        let finding = context.report(span, message).severity(Severity::Info).path(entry.path.clone());
        finding.label(entry.span, "this setting").help("remove the line");
        return;
    }
    let message =
        "the discovery URL is not valid: it is passed to etcd unchanged, and etcd does not find its peers";
    let finding = context.report(span, message).path(entry.path.clone()).label(entry.span, "this setting");
    match written::verbatim(document, node) {
        Some(place) if text.starts_with("discovery.etcd.io/") => {
            let url = format!("https://{text}");
            finding.help("the scheme is missing").fix(Safety::Unsafe, "add the scheme", place, url);
        }
        _ => {
            finding.help(NEW);
        }
    }
}

/// The text that stands in the documentation for a token.
fn placeholders(context: &mut Context<'_>) {
    for section in ["etcd", "etcd2"] {
        let Some(field) = field(context, section) else { continue };
        let Some(node) = field.node else { continue };
        let text = context.tree().node(node).text().unwrap_or_default();
        let Some(span) = written::span_of(context.document, field) else { continue };
        let is_url = text.starts_with("http");
        if is_url && text.contains(['<', '>']) {
            let message = "the discovery URL contains a placeholder instead of the cluster's token";
            context.report(span, message).path_of(node).help(NEW);
        }
    }
}
