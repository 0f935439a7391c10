//! From a text in a language to the user-data in it, and in the texts that it has inside.

use dryboot_text::SourceMap;

use crate::body::Body;
use crate::{Edits, Embedded, Host, Placeholders, hcl, heredoc, mark, markdown, quoted, script, yaml};

/// A file within a file within a file: nobody goes deeper.
const DEEPEST: usize = 4;

/// Finds the user-data in a text.
pub(crate) fn scan(host: Host, text: &str, depth: usize, found: &mut Vec<Embedded>) {
    if depth > DEEPEST {
        return;
    }
    match host {
        Host::Hcl => hcl::scan(text, depth, found),
        Host::Yaml => yaml::scan(text, depth, found),
        Host::Shell | Host::Make => script::scan(host, text, depth, found),
        Host::Ruby => heredoc::scan_ruby(text, depth, found),
        Host::Bicep => quoted::scan_bicep(text, found),
        Host::Markdown => markdown::scan(text, depth, found),
    }
}

/// A text inside another one: user-data, or another text that has some inside.
pub(crate) fn inside(
    body: Body,
    name: &str,
    placeholders: Placeholders,
    depth: usize,
    found: &mut Vec<Embedded>,
) {
    if mark::begins(&body.text) {
        found.push(embedded(body, name, placeholders));
        return;
    }
    let mut deeper = Vec::new();
    for host in [Host::Yaml, Host::Shell] {
        scan(host, &body.text, depth + 1, &mut deeper);
    }
    found.extend(deeper.into_iter().map(|inner| outward(inner, &body)));
}

/// User-data that has been found.
pub(crate) fn embedded(body: Body, name: &str, placeholders: Placeholders) -> Embedded {
    Embedded {
        text: body.text,
        map: body.map,
        span: body.span,
        name: name.to_owned(),
        placeholders,
        edits: Edits::Lines(body.indentation),
        folded: None,
    }
}

/// What was found in a body, with its place in the text around that.
pub(crate) fn outward(inner: Embedded, body: &Body) -> Embedded {
    let edits = match inner.edits {
        Edits::Lines(indentation) => Edits::Lines(format!("{}{indentation}", body.indentation)),
        Edits::Never => Edits::Never,
    };
    let map: SourceMap = body.map.then(&inner.map);
    Embedded { span: body.map.span(inner.span), map, edits, ..inner }
}
