use crate::{Kind, Target};
use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::{Content, NodeId, Style, Tree};

use crate::lint::context::Context;
use crate::lint::parts::first_line;
use crate::lint::places::{Place, PlaceId, Step};
use crate::lint::rule::{Rule, Scope};
use crate::rules::yaml11_boolean::truth;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "type-mismatch",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("type_mismatch.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    for (id, place) in places.iter() {
        let Some(wanted) = place.kind else { continue };
        let (tree, target) = (context.tree(), context.document.target);
        if let Some(found) = Found::of(tree, place.resolved, target)
            && !found.is_taken_for(wanted)
            && !(wanted == Kind::Bool && truth(tree.node(place.resolved), target).is_some())
        {
            report(context, id, place, wanted, &found);
        }
    }
}

/// A value as the target's typed decoder meets it.
enum Found {
    Scalar(Scalar),
    Sequence,
    Mapping,
}

impl Found {
    /// None for what other rules are about: nulls, dangling aliases and tags that do not fit.
    fn of(tree: &Tree, id: NodeId, target: Target) -> Option<Self> {
        let node = tree.node(id);
        match &node.content {
            Content::Sequence(_) => Some(Self::Sequence),
            Content::Mapping(_) => Some(Self::Mapping),
            Content::Alias { .. } => None,
            Content::Scalar { text, style } => {
                match resolve(text, *style, node.tag.as_deref(), target.dialect()).ok()? {
                    Scalar::Null => None,
                    scalar => Some(Self::Scalar(scalar)),
                }
            }
        }
    }

    fn is_taken_for(&self, wanted: Kind) -> bool {
        matches!(
            (wanted, self),
            (Kind::Text, Self::Scalar(_))
                | (Kind::Texts | Kind::Sections(_), Self::Sequence)
                | (Kind::Section(_), Self::Mapping)
                | (Kind::Float, Self::Scalar(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)))
                | (Kind::Int, Self::Scalar(Scalar::Int(_)))
                | (Kind::Bool, Self::Scalar(Scalar::Bool(_)))
        )
    }

    fn describe(&self) -> &'static str {
        match self {
            Self::Sequence => "a list",
            Self::Mapping => "a mapping",
            Self::Scalar(Scalar::Bool(_)) => "a boolean",
            Self::Scalar(Scalar::Int(_) | Scalar::Uint(_)) => "a whole number",
            Self::Scalar(Scalar::Float(_)) => "a number with a fraction",
            Self::Scalar(Scalar::Timestamp) => "a date",
            Self::Scalar(_) => "a string",
        }
    }
}

fn report(context: &mut Context<'_>, id: PlaceId, place: &Place, wanted: Kind, found: &Found) {
    let tree = context.tree();
    let span = match found {
        Found::Scalar(_) => tree.node(place.value).span,
        _ => first_line(context.document, place.value),
    };
    let (what, key) = match &place.step {
        Step::Key { node, written, .. } => (format!("`{written}`"), Some(tree.node(*node).span)),
        Step::Item { .. } => ("this element".to_owned(), None),
    };
    let (severity, outcome) = outcome(context, id, wanted, found);
    let message = format!("{what} must be {}, not {}: {outcome}", wanted.plain(), found.describe());
    let text = tree.node(place.resolved).text().unwrap_or_default().to_owned();
    let source = context.text();
    let target = context.document.target;
    let lines = &context.document.lines;
    let far = key.filter(|key| lines.line(key.start) != lines.line(span.start));
    let mut finding = context.report(span, message).severity(severity).at(id);
    if let Some(key) = far {
        finding = finding.label(key, "the value of this key");
    }
    match (wanted, found) {
        (Kind::Texts, Found::Scalar(_)) => {
            let source = span.slice(source);
            let one_line = !source.contains('\n') && !source.is_empty();
            let finding = finding.help("write one item after each dash");
            if one_line && !source.contains([',', '[', ']', '{', '}', ':', '#']) {
                finding.fix(Safety::Unsafe, "make it a list", span, format!("[{source}]"));
            }
        }
        (Kind::Text, Found::Sequence | Found::Mapping) if what == "`content`" => {
            finding.help("after `content: |`, the lines are text, whatever they look like");
        }
        (Kind::Bool, Found::Scalar(Scalar::Text)) if matches!(text.as_str(), "true" | "false") => {
            finding.help("without quotes it is a boolean").fix(
                Safety::Unsafe,
                "remove the quotes",
                span,
                text,
            );
        }
        (Kind::Sections(_), Found::Mapping) => {
            finding.help("each list item begins with a dash");
        }
        (Kind::Int | Kind::Float, Found::Scalar(Scalar::Text)) if is_number(&text, target) => {
            finding.help("without quotes it is a number").fix(
                Safety::Unsafe,
                "remove the quotes",
                span,
                text,
            );
        }
        _ => {}
    }
}

/// Whether a text would be a number without its quotes.
fn is_number(text: &str, target: Target) -> bool {
    let plain = resolve(text, Style::Plain, None, target.dialect());
    matches!(plain, Ok(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)))
}

/// How bad it is, and what the target does with the value.
fn outcome(context: &Context<'_>, id: PlaceId, wanted: Kind, found: &Found) -> (Severity, String) {
    let target = context.document.target;
    if !context.places.is_applied(id, target) {
        return (Severity::Warning, "but the key is ignored anyway".to_owned());
    }
    match (wanted, found, target) {
        #[expect(clippy::cast_possible_truncation, reason = "as both targets cut it")]
        #[expect(clippy::cast_precision_loss, reason = "the bound is Go's, as a float")]
        (Kind::Int, Found::Scalar(Scalar::Float(float)), _) if *float <= i64::MAX as f64 => {
            (Severity::Warning, format!("it is read as {}", *float as i64))
        }
        (_, _, Target::CoreOs) => (Severity::Error, "it is dropped".to_owned()),
        (_, _, Target::Flatcar) => (Severity::Error, "the whole config is discarded".to_owned()),
    }
}
