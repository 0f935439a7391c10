use dryboot_lint::{Safety, Severity};
use dryboot_yaml::{Content, Span, Style};

use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "string-instead-of-list",
    severity: Severity::Error,
    docs: docs!("string_instead_of_list.md"),
    check,
};

/// What must be a list, and what happens otherwise.
const LISTS: [(&str, &str); 4] = [
    ("runcmd", "no command runs"),
    ("bootcmd", "no command runs"),
    ("write_files", "no file is written"),
    ("packages", "no package is installed"),
];

fn check(context: &mut Context<'_>) {
    for (key, effect) in LISTS {
        let Some(at) = context.top(key) else { continue };
        let Some(text) = context.str(&at) else { continue };
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let is_list = lines.clone().next().is_some_and(|line| line.starts_with("- "))
            && lines
                .clone()
                .all(|line| line.starts_with("- ") || line.starts_with(' ') || line.starts_with('#'));
        if is_list {
            let span = context.key_span(&at);
            let sign = sign(context, &at);
            let message = format!("`{key}` is one string that looks like a list: {effect}");
            let finding =
                context.report(span, message).path(key).help("remove the `|`, so that it is a list");
            if let Some(sign) = sign {
                finding.fix(Safety::Unsafe, "make it a list", sign, "");
            }
        }
    }
}

/// The header of a block scalar with the spaces before it.
fn sign<'c>(context: &Context<'c>, at: &At<'c>) -> Option<Span> {
    let node = context.tree()?.node(at.value);
    let is_block = matches!(node.content, Content::Scalar { style: Style::Literal | Style::Folded, .. });
    let header = context.read.get(node.start..)?.lines().next()?.trim_end();
    let is_bare = node.anchor.is_none() && node.tag.is_none() && header.len() <= 2;
    let before = context.read.get(..node.start)?;
    let start = before.trim_end_matches(' ').len();
    (is_block && is_bare && header.starts_with(['|', '>']))
        .then(|| Span::new(start, node.start + header.len()))
}
