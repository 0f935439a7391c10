use dryboot_lint::Severity;

use super::first_line;
use crate::header::{Header, header};
use crate::lint::{Context, Rule};
use crate::parts::Kind;
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "misdeclared-part", severity: Severity::Error, docs: docs!("misdeclared_part.md"), check };

fn check(context: &mut Context<'_>) {
    for (index, part) in context.parts().iter().enumerate() {
        let Some(declared) = &part.declared else { continue };
        // Some types are looked behind, and then the first line has decided.
        if *declared != part.media_type {
            continue;
        }
        let Some(found) = header(&part.text) else { continue };
        let written = Kind::of_type(found.media_type());
        let message = match (part.kind, found) {
            (kind, _) if kind == written => continue,
            (Kind::CloudConfig, Header::Jinja) => {
                "this template is declared as `text/cloud-config`, so it is not rendered: `{{ }}` is left \
                 as is"
                    .to_owned()
            }
            (Kind::CloudConfig, _) => format!(
                "this part is declared as `text/cloud-config`, so cloud-init reads it as YAML, not as `{}`",
                found.media_type()
            ),
            (Kind::Unhandled | Kind::Archive | Kind::Empty, _) => continue,
            _ => format!(
                "this part is declared as `{declared}`, but begins like `{}`: cloud-init goes by \
                the declared type",
                found.media_type()
            ),
        };
        let severity = match written {
            Kind::Jinja => Severity::Warning,
            _ => Severity::Error,
        };
        let help = format!("declare it as `{}`", found.media_type());
        context.report_in(index, first_line(&part.text), message).help(help).severity(severity);
    }
}
