use crate::{Kind, Target};
use dryboot_yaml::scalar::{Scalar, resolve};
use dryboot_yaml::{Content, NodeId, Style};

use crate::lint::context::Context;
use crate::lint::places::PlaceId;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "octal-number",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("octal_number.md"),
    scope: Scope::Written,
    check,
};

fn check(context: &mut Context<'_>) {
    let places = context.places;
    for (id, place) in places.iter() {
        if matches!(place.kind, Some(Kind::Int | Kind::Float))
            && places.is_applied(id, context.document.target)
        {
            judge(context, id, place.resolved);
        }
    }
}

fn judge(context: &mut Context<'_>, id: PlaceId, value: NodeId) {
    let target = context.document.target;
    let node = context.tree().node(value);
    // What has an anchor may be a string somewhere else.
    let certain = if node.anchor.is_none() { Safety::Safe } else { Safety::Unsafe };
    let Content::Scalar { text, style: Style::Plain } = &node.content else { return };
    let Ok(scalar) = resolve(text, Style::Plain, node.tag.as_deref(), target.dialect()) else { return };
    let span = node.span;
    let unsigned = text.trim_start_matches(['-', '+']);
    let digits = unsigned.replace('_', "");
    let sign = if text.starts_with('-') { "-" } else { "" };
    match scalar {
        Scalar::Int(value) if digits.starts_with("0o") && target.habits().may_not_know_0o => {
            let message =
                format!("`{text}` is {value}, but not a number at all if the program was built before 2019");
            let finding = context.report(span, message).at(id);
            finding.fix(certain, format!("write `{value}`"), span, value.to_string());
        }
        Scalar::Int(value) if digits.len() > 1 && digits.starts_with('0') && is_decimal(&digits) => {
            let decimal = format!("{sign}{}", without_zeros(&digits));
            if value.to_string() == decimal {
                return;
            }
            let message = format!("`{text}` begins with a zero, so it is octal: {value}");
            let finding = context.report(span, message).at(id);
            finding.fix(Safety::Unsafe, format!("write `{decimal}`"), span, decimal).fix(
                certain,
                format!("write `{value}` to keep the current value"),
                span,
                value.to_string(),
            );
        }
        Scalar::Float(_) if digits.len() > 1 && digits.starts_with('0') && is_decimal(&digits) => {
            let decimal = format!("{sign}{}", without_zeros(&digits));
            let message = format!(
                "`{text}` begins with a zero but is not octal, so it is read as the floating-point number \
                 {decimal}"
            );
            let finding = context.report(span, message).severity(Severity::Info).at(id);
            finding.fix(certain, format!("write `{decimal}`"), span, decimal);
        }
        _ => {}
    }
}

fn is_decimal(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn without_zeros(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        significant => significant,
    }
}
