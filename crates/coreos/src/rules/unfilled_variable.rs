use crate::Target;
use crate::envelope::Format;
use crate::platform::{Field, Platform};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::lint::variables::{is_comment, references};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "unfilled-variable",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("unfilled_variable.md"),
    scope: Scope::Text,
    check,
};

/// Places of a variable that are shown beside the first.
const SHOWN: usize = 8;

fn check(context: &mut Context<'_>) {
    let Some(platform) = context.options.platform else { return };
    if context.document.format == Format::Ignition {
        return;
    }
    for field in Field::ALL {
        let Some(variable) = field.variable() else { continue };
        let Some((severity, message, help)) = lack(context, platform, field, variable) else { continue };
        let places = places(context, variable);
        let Some((&first, others)) = places.split_first() else { continue };
        let finding = context.report(first, message).severity(severity).help(help);
        others.iter().take(SHOWN).fold(finding, |finding, &place| finding.label(place, "and here"));
    }
}

/// Why a variable has no value on a platform.
fn lack(
    context: &Context<'_>,
    platform: &Platform,
    field: Field,
    variable: &str,
) -> Option<(Severity, String, String)> {
    let (name, title) = (platform.name, field.title());
    let known = context.options.metadata.as_ref();
    let is_known_to_lack = known.is_some_and(|fields| !fields.contains(&field));
    let environment = format!("COREOS_{}", variable.trim_start_matches('$').to_ascii_uppercase());
    let fill = |default: &str| match platform.reads_environment {
        true => {
            format!("it only has a value if the image has written `{environment}=` to `/etc/environment`")
        }
        false => default.to_owned(),
    };
    if !platform.gives(field) {
        let effect =
            if platform.reads_environment { "is empty unless the image fills it" } else { "becomes empty" };
        let message = format!("the metadata of `{name}` has no {title}: `{variable}` {effect}");
        return Some((
            Severity::Warning,
            message,
            fill("write the address itself, or determine it when the unit starts"),
        ));
    }
    if is_known_to_lack {
        let message = format!("the metadata has no {title}: `{variable}` is removed");
        return Some((
            Severity::Warning,
            message,
            fill("give the machine such an address, or write the address here"),
        ));
    }
    let lacks = |source: &&crate::platform::Datasource| !source.yields.contains(&field);
    let silent = platform.datasources.iter().find(lacks)?;
    if known.is_some() || platform.is_given_by_program(field) {
        return None;
    }
    let message =
        format!("`{variable}` is removed if the {} answers first, which has no {title}", silent.name);
    let help = "the datasources of this platform race; make sure that only one of them exists";
    Some((Severity::Info, message, help.to_owned()))
}

/// Where a variable is going to be replaced.
fn places(context: &Context<'_>, variable: &str) -> Vec<Span> {
    let name = variable.trim_start_matches('$');
    references(context.text())
        .filter(|found| !found.braced && found.name.starts_with(name))
        .map(|found| Span::new(found.span.start, found.span.start + variable.len()))
        .filter(|place| !is_comment(context, place.start))
        .collect()
}
