use dryboot_lint::Severity;
use dryboot_text::Span;

use super::first_line;
use crate::lint::{Context, Rule};
use crate::parts::{Kind, Part, Shape};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "unhandled-part", severity: Severity::Warning, docs: docs!("unhandled_part.md"), check };

/// Types whose parts are looked into, since they say nothing.
const PLAIN: [&str; 2] = ["text/plain", "text/x-not-multipart"];

fn check(context: &mut Context<'_>) {
    let Some(message) = context.message else { return };
    // For a text without a header there is `missing-header`.
    if message.user_data.shape == Shape::Text {
        return;
    }
    let mut has_handler = false;
    for (index, part) in context.parts().iter().enumerate() {
        has_handler |= part.kind == Kind::PartHandler;
        let since = Kind::since(&part.media_type).filter(|since| *since > context.release());
        if let Some(since) = since {
            let words = format!(
                "cloud-init only supports parts of type `{}` since {since}: it ignores this one",
                part.media_type
            );
            context.report_in(index, place(part), words);
            continue;
        }
        // A handler may be for any type.
        if part.kind != Kind::Unhandled || has_handler {
            continue;
        }
        let (words, help) = described(part, message.user_data.shape);
        context.report_in(index, place(part), words).help(help);
    }
}

fn described(part: &Part<'_>, shape: Shape) -> (String, String) {
    let known = Kind::of_type(&part.media_type) != Kind::Unhandled;
    if known && shape == Shape::Archive {
        let words = format!(
            "cloud-init does not support parts of type `{}` inside an archive: it ignores this one",
            part.media_type
        );
        return (words, "put the archive and this part into a MIME message".to_owned());
    }
    if PLAIN.contains(&part.media_type.as_str()) {
        let words = "neither the type nor the first line shows what this part is: cloud-init ignores it";
        return (words.to_owned(), "begin it with `#cloud-config` or `#!`, or give it a type".to_owned());
    }
    let words =
        format!("cloud-init does not support parts of type `{}`: it ignores this one", part.media_type);
    let near = dryboot_lint::nearest(&part.media_type, Kind::types());
    let help = near.map_or_else(
        || {
            "use `text/cloud-config` or `text/x-shellscript`, or add a part handler for this type before it"
                .to_owned()
        },
        |near| format!("did you mean `{near}`?"),
    );
    (words, help)
}

/// The first line, where the part has one that can be shown.
fn place(part: &Part<'_>) -> Span {
    first_line(&part.text)
}
