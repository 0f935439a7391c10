use std::collections::HashSet;

use dryboot_lint::Severity;
use dryboot_schema::Value;
use dryboot_yaml::Span;

use super::dialects::{DIALECTS, Dialect, MISPLACED, Misplaced};
use crate::keys::KEYS;
use crate::lint::{Context, Rule};
use crate::rules::docs;
use crate::verdict::{Cause, Kind};

pub(crate) static RULE: Rule =
    Rule { name: "wrong-dialect", severity: Severity::Error, docs: docs!("wrong_dialect.md"), check };

/// How many keys are shown beside the first.
const SHOWN: usize = 8;

/// The format that the config is in instead, by the keys of its top level.
fn dialect(context: &Context<'_>) -> Option<&'static Dialect> {
    let names: HashSet<&str> = top_names(context).collect();
    DIALECTS.iter().find(|dialect| dialect.fits(|name| names.contains(name)))
}

fn top_names<'c>(context: &Context<'c>) -> impl Iterator<Item = &'c str> + use<'c> {
    context.places.all().iter().filter(|place| place.depth == 0).filter_map(|place| place.name)
}

fn is_known(name: &str) -> bool {
    KEYS.iter().any(|key| key.name == name)
}

fn misplaced(name: &str) -> Option<&'static Misplaced> {
    MISPLACED.iter().find(|row| row.keys.contains(&name))
}

/// The keys of the top level that this rule speaks about.
pub(crate) struct Claims {
    dialect: Option<&'static Dialect>,
}

impl Claims {
    /// Those of the config at hand.
    pub(crate) fn of(context: &Context<'_>) -> Self {
        Self { dialect: dialect(context) }
    }

    /// Whether a key is one of them.
    pub(crate) fn has(&self, name: &str) -> bool {
        let is_of_dialect = self.dialect.is_some_and(|dialect| dialect.has(name));
        !is_known(name) && (is_of_dialect || misplaced(name).is_some())
    }
}

/// The format of a text without a header that cloud-init knows.
pub(crate) fn headless(text: &str) -> Option<&'static Dialect> {
    let first =
        text.lines().map(|line| line.trim_start_matches('\u{FEFF}')).find(|line| !line.trim().is_empty())?;
    let by_start = |dialect: &&Dialect| dialect.starts.iter().any(|start| first.starts_with(start));
    let lines = || text.lines().filter_map(|line| line.split_once(':').map(|(key, _)| key));
    let is_json = first.trim_start().starts_with('{');
    let has = |name: &str| {
        lines().any(|key| match is_json {
            true => key.trim_matches(['"', '{', ' ', '\t']) == name,
            false => key == name,
        })
    };
    let has_item = |name: &str| lines().any(|key| key.strip_prefix("- ") == Some(name));
    DIALECTS.iter().find(by_start).or_else(|| {
        DIALECTS.iter().find(|dialect| dialect.fits(has) || dialect.item_keys.iter().any(|key| has_item(key)))
    })
}

fn check(context: &mut Context<'_>) {
    if context.subject.kind == Kind::NetworkConfig {
        return;
    }
    if context.complaints().any(|complaint| matches!(complaint.cause, Cause::Header)) {
        return without_header(context);
    }
    let has_autoinstall = top_names(context).any(|name| name == "autoinstall");
    if let Some(dialect) = dialect(context) {
        keys(context, dialect);
    } else if let Some(dialect) = list(context) {
        let span = first_line(context);
        report(context, span, dialect);
    }
    for place in context.places.all().iter().filter(|place| place.depth == 0) {
        let Some(name) = place.name.filter(|name| !is_known(name)) else { continue };
        let Some(row) = misplaced(name) else { continue };
        let span = context.key_span(&place.at);
        let message = format!("`{name}` is {}: {}", row.what, row.outcome);
        let wrap = row.what.contains("installer") && !has_autoinstall;
        let remedy = if wrap { "put such keys below `autoinstall`" } else { row.remedy };
        context.report(span, message).path(name).help(remedy);
    }
}

fn without_header(context: &mut Context<'_>) {
    if crate::header::header(context.text).is_some() {
        return;
    }
    let Some(dialect) = headless(context.text) else { return };
    let end = context.text.lines().next().map_or(0, str::len);
    let message = format!("this looks like {}: cloud-init ignores it", dialect.what);
    context.report_at(Span::new(0, end), message).help(dialect.remedy);
}

fn keys(context: &mut Context<'_>, dialect: &'static Dialect) {
    let places: Vec<_> = context
        .places
        .all()
        .iter()
        .filter(|place| place.depth == 0)
        .filter(|place| place.name.is_some_and(|name| dialect.has(name) && !is_known(name)))
        .collect();
    let Some((first, others)) = places.split_first() else { return };
    let spans: Vec<Span> = others.iter().map(|place| context.source(context.key_span(&place.at))).collect();
    let span = context.key_span(&first.at);
    let name = first.name.unwrap_or_default();
    let message = format!("this looks like {}: cloud-init ignores `{name}`", dialect.what);
    let finding = context.report(span, message).path(name).help(dialect.remedy);
    spans.into_iter().take(SHOWN).fold(finding, |finding, span| finding.label(span, "also ignored"));
}

/// The format of a list at the top, by the keys of its items.
fn list(context: &Context<'_>) -> Option<&'static Dialect> {
    let root = context.root()?;
    let items = context.items(&root);
    let has = |name: &str| items.iter().any(|item| context.get(item, name).is_some());
    DIALECTS.iter().find(|dialect| dialect.item_keys.iter().any(|key| has(key)))
}

/// Whether a list at the top is another format's.
pub(crate) fn explains_list(context: &Context<'_>) -> bool {
    list(context).is_some()
}

fn first_line(context: &Context<'_>) -> Span {
    let Some(root) = context.root() else { return Span::empty(0) };
    let span = context.span(&root);
    debug_assert!(matches!(context.value(root.value), Value::List(_)));
    Span::new(span.start, span.start + span.slice(context.read).lines().next().map_or(0, str::len))
}

fn report(context: &mut Context<'_>, span: Span, dialect: &Dialect) {
    let message = format!("this looks like {}: cloud-init ignores it", dialect.what);
    context.report(span, message).help(dialect.remedy);
}
