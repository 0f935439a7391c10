use dryboot_lint::{Edit, Safety, Severity};
use dryboot_yaml::Span;

use super::wrong_dialect;
use crate::header::{HEADERS, Header, header};
use crate::keys::KEYS;
use crate::lint::{Context, Rule, line_span};
use crate::rules::docs;
use crate::verdict::Cause;

pub(super) static RULE: Rule =
    Rule { name: "missing-header", severity: Severity::Error, docs: docs!("missing_header.md"), check };

/// The header of a cloud-config.
const HEADER: &str = "#cloud-config";

fn check(context: &mut Context<'_>) {
    let text = context.text;
    if context.judged.header == Some(Header::Script) {
        return script(context);
    }
    let Some(complaint) = context.complaints().find(|complaint| matches!(complaint.cause, Cause::Header))
    else {
        return;
    };
    let line = line_span(text, complaint.line);
    if complaint.line == 1
        && let Some(known) = header(text)
    {
        return validator_alone(context, known);
    }
    let damaged = damaged(line.slice(text));
    if damaged.is_none() && complaint.line == 1 && wrong_dialect::headless(text).is_some() {
        return;
    }
    let message = "cloud-init does not recognise this first line: at boot, it ignores all of the user-data";
    let finding = context.report_at(line, message);
    match (damaged, later_header(text)) {
        (Some(header), _) => {
            let help = match line.slice(text).starts_with('\u{FEFF}') {
                true => "the file begins with a byte order mark: save it as UTF-8 without one".to_owned(),
                false => format!("did you mean `{header}`?"),
            };
            finding.help(help).fix(Safety::Safe, format!("write `{header}`"), line, header);
        }
        (None, Some(later)) if complaint.line == 1 => {
            let header = later.slice(text).trim_end();
            // Carriage returns alone end lines for YAML, too: then more than the header is moved.
            let safety = if header.contains('\r') { Safety::Unsafe } else { Safety::Safe };
            finding
                .help(format!("only blank lines are allowed above `{header}`"))
                .label(later, "the header")
                .fix_all(
                    safety,
                    format!("move `{header}` to the first line"),
                    vec![
                        // A byte order mark is one at the very start alone.
                        Edit { span: byte_order_mark(text), text: format!("{header}\n") },
                        Edit { span: later, text: String::new() },
                    ],
                );
        }
        _ if is_config(text) => {
            let place =
                if complaint.line == 1 { "the first line of a cloud-config" } else { "the next line" };
            finding.help(format!("{place} must be `#cloud-config`")).fix(
                Safety::Unsafe,
                "put `#cloud-config` above it",
                Span::empty(line.start),
                "#cloud-config\n",
            );
        }
        _ if ENCODED.iter().any(|start| text.starts_with(start)) => {
            finding.help("this is base64, and only some platforms decode it: use the plain text");
        }
        _ if text.starts_with("Content-Type: multipart/") => {
            finding.help("a MIME message also needs the line `MIME-Version: 1.0`");
        }
        _ => {
            finding.help("begin a cloud-config with `#cloud-config`, and a script with `#!`");
        }
    }
}

/// `#cloud-config` and `#!/` in base64, as far as they do not depend on what follows.
const ENCODED: [&str; 2] = ["I2Nsb3VkLWNvbmZpZ", "IyEv"];

/// `#!cloud-config` is the beginning of a script, whose interpreter does not exist.
fn script(context: &mut Context<'_>) {
    let text = context.text;
    let line = line_span(text, 1);
    // A carriage return in it would be lost.
    if letters(line.slice(text)) == letters(HEADER) && !line.slice(text).contains('\r') {
        context
            .report_at(
                line,
                "`#!` makes this a script for a program called `cloud-config`, which does not exist",
            )
            .help(format!("did you mean `{HEADER}`?"))
            .fix(Safety::Safe, format!("write `{HEADER}`"), line, HEADER);
    }
}

/// Boot knows headers in any case and behind spaces; the validator before 23.2 knows one, at the very start.
fn validator_alone(context: &mut Context<'_>, known: Header) {
    if known != Header::CloudConfig {
        return;
    }
    let release = context.release();
    let message =
        format!("this header works, but the validator of {release} requires `{HEADER}` at the very start");
    context.report_at(line_span(context.text, 1), message).severity(Severity::Info);
}

fn byte_order_mark(text: &str) -> Span {
    Span::new(0, if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 })
}

fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).map(|char| char.to_ascii_lowercase()).collect()
}

/// The header that a comment is meant to be: the same letters, and nothing else.
fn damaged(line: &str) -> Option<&'static str> {
    // To YAML, a carriage return ends a line: what follows it is no part of the header.
    if line.contains('\r') {
        return None;
    }
    let is_comment = line.trim_start_matches(['\u{FEFF}', ' ', '\t']).starts_with('#');
    let written = letters(line);
    let meant = |header: &str| !letters(header).is_empty() && written == letters(header);
    let known = HEADERS.iter().map(|(header, ..)| *header).find(|header| meant(header));
    known.or_else(|| MISNOMERS.contains(&written.as_str()).then_some(HEADER)).filter(|_| is_comment)
}

/// What people take for the name of the format.
const MISNOMERS: [&str; 5] = ["cloudinit", "cloudinitconfig", "clouconfig", "cloudconfg", "cloudconfigyaml"];

/// The line of a header below lines that are nothing but comments, markers and spaces.
fn later_header(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len());
        start += line.len();
        if header(line).is_some_and(|found| found == Header::CloudConfig) {
            return Some(span);
        }
        let content = line.trim_start_matches('\u{FEFF}').trim();
        if !content.is_empty() && !content.starts_with('#') && content != "---" {
            return None;
        }
    }
    None
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
