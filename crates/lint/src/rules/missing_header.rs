use dryboot_config::envelope::Format;
use dryboot_config::{HEADER, Target};
use dryboot_yaml::Span;

use crate::context::Context;
use crate::rule::{Rule, Scope};
use crate::suggest::nearest;
use crate::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "missing-header",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("missing_header.md"),
    scope: Scope::Text,
    check,
};

/// First lines that other programs understand.
const FOREIGN: [(&str, &str); 7] = [
    ("## template:", "a template of cloud-init"),
    ("#cloud-config-archive", "an archive of cloud-init"),
    ("#cloud-boothook", "a boot hook of cloud-init"),
    ("#include", "an include list of cloud-init"),
    ("#part-handler", "a part handler of cloud-init"),
    ("#upstart-job", "an upstart job for cloud-init"),
    ("<powershell>", "a PowerShell script for Windows"),
];

const BYTE_ORDER_MARK: char = '\u{feff}';

fn check(context: &mut Context<'_>) {
    if context.document.format == Format::Script {
        script_by_accident(context);
    }
    if context.document.format != Format::Unknown || context.document.envelope.too_long {
        return;
    }
    let bytes = &context.document.envelope.bytes;
    let text = context.text();
    let first_line = context.document.lines.line_span(1, text);
    let program = context.document.target.program();
    let refusal = |why: &str| format!("{why}, so {program} does not know what this is and applies nothing");

    if let Some(why) = not_text(bytes) {
        context.report(Span::default(), refusal(why)).help("user-data is UTF-8 text, or gzip of it");
    } else if !text.contains('\n') && text.trim_end().contains('\r') {
        let end = text.find('\r').unwrap_or(text.len());
        context
            .report(Span::new(0, end), refusal("the lines end with CR alone"))
            .help("save the file with Unix line ends (LF)");
    } else if let Some((header, why)) = damaged_header(text) {
        context
            .report(header, refusal(&why))
            .help(format!("the first line has to be exactly `{HEADER}`"))
            .fix(Safety::Safe, "repair the header", header, HEADER);
    } else if let Some((_, what)) = FOREIGN.iter().find(|(start, _)| text.starts_with(start)) {
        context.report(first_line, refusal(&format!("this is {what}")));
    } else if text.starts_with("MIME-Version:") || text.starts_with("Content-Type:") {
        context
            .report(first_line, refusal("this is MIME multipart, which Flatcar alone reads"))
            .help("give the machine the cloud-config alone");
    } else if text.trim_start().starts_with('{') {
        context
            .report(first_line, refusal("this is neither valid JSON nor has it Ignition's version"))
            .help("an Ignition config needs a string as `ignition.version`");
    } else {
        no_header(context, first_line, &refusal(&format!("the first line is not `{HEADER}`")));
    }
}

/// `#!cloud-config` makes a script of what is meant as a cloud-config.
fn script_by_accident(context: &mut Context<'_>) {
    let first_line = context.document.lines.line_span(1, context.text());
    let line = first_line.slice(context.text());
    let word = line.trim_start_matches(['#', '!', ' ']).trim_end();
    if word.eq_ignore_ascii_case("cloud-config") {
        context
            .report(
                first_line,
                "`#!` makes this a script: bash runs it, and nothing of the config is applied",
            )
            .help(format!("the first line has to be exactly `{HEADER}`"))
            .fix(Safety::Unsafe, format!("write `{HEADER}`"), first_line, HEADER);
    }
}

fn no_header(context: &mut Context<'_>, first_line: Span, message: &str) {
    let line = first_line.slice(context.text());
    let word = line.trim().trim_start_matches('#').trim();
    let near = line.starts_with('#') && nearest(word, ["cloud-config"]).is_some();
    let is_config = context.document.root_mapping().is_some();
    let finding = context.report(first_line, message);
    if near {
        finding.help(format!("did you mean `{HEADER}`?")).fix(
            Safety::Unsafe,
            format!("write `{HEADER}`"),
            first_line,
            HEADER,
        );
    } else if is_config {
        let start = Span::empty(0);
        finding.fix(Safety::Safe, format!("insert `{HEADER}` before it"), start, format!("{HEADER}\n"));
    } else {
        finding.help(format!("a cloud-config begins with `{HEADER}`, a script with `#!`"));
    }
}

fn not_text(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(1024)];
    // Latin text in UTF-16 has a zero beside every character.
    let every_other_is_zero =
        |first: usize| head.len() > 3 && head.iter().skip(first).step_by(2).all(|&byte| byte == 0);
    let halves = every_other_is_zero(0) != every_other_is_zero(1);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || halves {
        Some("the file is UTF-16")
    } else if head.contains(&0) || std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some()) {
        Some("these bytes are not text")
    } else {
        None
    }
}

/// The header as it stands, from the first byte of the text, and what is wrong with it.
fn damaged_header(text: &str) -> Option<(Span, String)> {
    let content = text.trim_start_matches([BYTE_ORDER_MARK, ' ', '\t', '\n', '\r']);
    let before = &text[..text.len() - content.len()];
    let line = content.split(['\n', '\r']).next().unwrap_or_default();
    let words = line.strip_prefix('#')?.trim_start();
    let name = words.get(.."cloud-config".len()).filter(|name| name.eq_ignore_ascii_case("cloud-config"))?;
    let rest = &words[name.len()..];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let why = if before.starts_with(BYTE_ORDER_MARK) {
        "a byte-order mark stands before the header"
    } else if before.contains('\n') {
        "an empty line stands before the header"
    } else if !before.is_empty() {
        "a blank stands before the header"
    } else if name != "cloud-config" {
        "the header is not in lower case"
    } else if !line[1..].starts_with(name) {
        "a blank stands inside the header"
    } else if !rest.trim().is_empty() {
        "more stands on the header's line"
    } else {
        return None;
    };
    Some((Span::new(0, before.len() + line.trim_end().len()), why.to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::{LintOptions, Safety, apply_fixes, lint};

    #[test]
    fn repairing_the_header_keeps_what_follows_it() {
        for text in ["#cloud-config\rhostname: web1\r", "#cloud-config\rhostname: web1\r\nusers: []\n"] {
            let report = lint(text.as_bytes(), &LintOptions::default());
            assert_eq!(report.diagnostics[0].rule, "missing-header", "{text:?}");
            let (fixed, _) = apply_fixes(&report.text, &report.diagnostics, Safety::Unsafe);
            assert!(fixed.contains("hostname: web1"), "{fixed:?}");
        }
    }
}
