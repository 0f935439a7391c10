use std::collections::HashMap;

use dryboot_lint::{Safety, Severity};

use super::{apt_sources, has_key};
use crate::lint::{Context, Rule, within};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "unwritten-signed-by",
    severity: Severity::Error,
    docs: docs!("unwritten_signed_by.md"),
    check,
};

const OPTION: &str = "signed-by=";

fn check(context: &mut Context<'_>) {
    if !context.text.contains(OPTION) {
        return;
    }
    let mut named: HashMap<&str, usize> = HashMap::new();
    for word in context.text.split(|char: char| char.is_whitespace() || "\"'=[](){},;:|<>".contains(char)) {
        *named.entry(word).or_default() += usize::from(word.starts_with('/'));
    }
    for (_, source) in apt_sources(context) {
        let Some(at) = context.get(&source, "source") else { continue };
        let Some(text) = context.str(&at) else { continue };
        let Some(start) = text.find(OPTION).map(|at| at + OPTION.len()) else { continue };
        let path = text[start..].split([']', ' ', ',']).next().unwrap_or_default();
        // A keyring that something else writes is named somewhere else, too.
        let is_written = named.get(path).is_some_and(|count| *count > 1);
        if !path.starts_with('/') || is_written || !has_key(context, &source) {
            continue;
        }
        let span =
            context.tree().and_then(|tree| within(tree, context.read, at.value, start..start + path.len()));
        let message =
            "nothing writes this file, because cloud-init stores the key elsewhere: APT refuses the source";
        let finding = context.report(span.unwrap_or_else(|| context.first_line(&at)), message).path(at.path);
        let finding = finding.help("write `$KEY_FILE`, which cloud-init replaces with the path of the key");
        if let Some(span) = span {
            finding.fix(Safety::Safe, "write `$KEY_FILE`", span, "$KEY_FILE");
        }
    }
}
