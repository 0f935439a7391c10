use dryboot_lint::{Safety, Severity};
use dryboot_yaml::Span;

use crate::header::HEADERS;
use crate::keys::KEYS;
use crate::lint::{Context, Rule, line_span};
use crate::rules::docs;
use crate::verdict::Cause;

pub(super) static RULE: Rule =
    Rule { name: "missing-header", severity: Severity::Error, docs: docs!("missing_header.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(complaint) = context.complaints().find(|complaint| matches!(complaint.cause, Cause::Header))
    else {
        return;
    };
    let text = context.text;
    let line = line_span(text, complaint.line);
    let first = line.slice(text);
    let finding = context.report_at(
        line,
        "cloud-init does not know this first line: at boot, it ignores the whole user-data and goes on without it",
    );
    match damaged(first) {
        Some(header) => {
            finding.help(format!("did you mean `{header}`?")).fix(
                Safety::Safe,
                format!("write `{header}`"),
                line,
                header,
            );
        }
        None if is_config(text) => {
            finding.help("the first line of a cloud-config must be `#cloud-config`").fix(
                Safety::Unsafe,
                "put `#cloud-config` above it",
                Span::empty(0),
                "#cloud-config\n",
            );
        }
        None => {
            finding.help("begin a cloud-config with `#cloud-config`, and a script with `#!`");
        }
    }
}

/// The header that a comment is meant to be: the same letters, and nothing else.
fn damaged(line: &str) -> Option<&'static str> {
    let letters = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
    };
    let is_comment = line.trim_start_matches(['\u{FEFF}', ' ', '\t']).starts_with('#');
    let written = letters(line);
    let meant = |header: &str| !letters(header).is_empty() && written == letters(header);
    HEADERS.iter().map(|(header, ..)| *header).find(|header| is_comment && meant(header))
}

/// Whether most keys of the first column are cloud-init's.
fn is_config(text: &str) -> bool {
    let keys = text.lines().filter_map(|line| {
        let (key, _) = line.split_once(':')?;
        let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        (is_key && !key.is_empty() && !line.starts_with('-')).then_some(key)
    });
    let (mut known, mut all) = (0, 0);
    for key in keys {
        all += 1;
        known += usize::from(KEYS.iter().any(|known| known.name == key));
    }
    known > 0 && known * 2 > all
}
