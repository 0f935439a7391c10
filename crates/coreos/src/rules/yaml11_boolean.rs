use crate::{Kind, Target};
use dryboot_yaml::scalar::yaml11_bool;
use dryboot_yaml::{Content, Node, Style};

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "yaml11-boolean",
    severity: Severity::Info,
    // CoreOS reads these words as they are meant, and its validator has nothing to say.
    targets: &[Target::Flatcar],
    docs: docs!("yaml11_boolean.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let target = context.document.target;
    let places = context.places;
    for (id, place) in places.iter() {
        if place.kind != Some(Kind::Bool) || !places.is_applied(id, target) {
            continue;
        }
        let node = context.tree().node(place.resolved);
        let (Some(truth), Some(text)) = (truth(node, target), node.text()) else { continue };
        let message =
            format!("`{text}` is read as a boolean, but the program's own validator warns about its type");
        let span = node.span;
        let text_around = context.document.text();
        let finding = context.report(span, message).at(id).help(format!("write `{truth}`"));
        // What has an anchor may be a string somewhere else.
        if node.anchor.is_none() {
            let safety = if ends_at(text_around, span.end) { Safety::Safe } else { Safety::Unsafe };
            finding.fix(safety, format!("write `{truth}`"), span, truth.to_string());
        }
    }
}

/// Whether a word without quotes ends here: a comment right behind quotes would become a part of it.
fn ends_at(text: &str, end: usize) -> bool {
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    next.is_none_or(|next| next.is_whitespace() || matches!(next, ',' | ']' | '}'))
}

/// What a word of YAML 1.1 means to the target where a boolean is wanted; none for any other text
/// and for a word that the target does not take.
pub(crate) fn truth(node: &Node, target: Target) -> Option<bool> {
    match &node.content {
        Content::Scalar { text, style } if node.tag.is_none() => {
            let taken = *style == Style::Plain || target.habits().takes_quoted_yaml11_booleans;
            yaml11_bool(text).filter(|_| taken)
        }
        _ => None,
    }
}
