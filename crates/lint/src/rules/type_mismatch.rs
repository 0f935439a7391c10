use dryboot_config::Target;
use dryboot_config::schema::Kind;
use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::{Content, NodeId, Tree};

use crate::context::Context;
use crate::places::{Place, PlaceId, Step};
use crate::rule::{Rule, Scope};
use crate::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "type-mismatch",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: include_str!("type_mismatch.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    for (id, place) in places.iter() {
        let Some(wanted) = place.kind else { continue };
        let tree = context.tree();
        if let Some(found) = Found::of(tree, place.resolved, context.document.target)
            && !found.is_taken_for(wanted, context.document.target)
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

    fn is_taken_for(&self, wanted: Kind, target: Target) -> bool {
        match (wanted, self) {
            (Kind::Text, Self::Scalar(_))
            | (Kind::Texts | Kind::Sections(_), Self::Sequence)
            | (Kind::Section(_), Self::Mapping)
            | (Kind::Float, Self::Scalar(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)))
            | (Kind::Int, Self::Scalar(Scalar::Int(_)))
            | (Kind::Bool, Self::Scalar(Scalar::Bool(_))) => true,
            // yaml.v3 takes the words of YAML 1.1 and whole floats; another rule has more on that.
            (Kind::Bool, Self::Scalar(Scalar::Text)) if target == Target::Flatcar => true,
            _ => false,
        }
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
    let span = tree.node(place.value).span;
    let what = match &place.step {
        Step::Key { written, .. } => format!("`{written}`"),
        Step::Item { .. } => "this element".to_owned(),
    };
    let outcome = match context.document.target {
        Target::CoreOs => "it is dropped",
        Target::Flatcar => "the whole config is discarded",
    };
    let message = format!("{what} has to be {}, not {}: {outcome}", wanted.plain(), found.describe());
    let text = tree.node(place.resolved).text().unwrap_or_default().to_owned();
    let source = context.text();
    let finding = context.report(span, message).at(id);
    match (wanted, found) {
        (Kind::Texts, Found::Scalar(_)) => {
            let source = span.slice(source);
            let one_line = !source.contains('\n') && !source.is_empty();
            let finding = finding.help("write one element after each dash");
            if one_line && !source.contains([',', '[', ']', '{', '}', ':', '#']) {
                finding.fix(Safety::Unsafe, "make it a list", span, format!("[{source}]"));
            }
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
            finding.help("each element of the list begins with a dash");
        }
        (Kind::Int | Kind::Float, Found::Scalar(Scalar::Text)) if text.parse::<f64>().is_ok() => {
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
