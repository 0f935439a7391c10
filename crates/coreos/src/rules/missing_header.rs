use crate::envelope::Format;
use crate::{HEADER, Target};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use crate::rules::lost_line_ends::{joined, looks_like_config};
use dryboot_lint::nearest;
use dryboot_lint::{Safety, Severity};

pub(crate) static RULE: Rule = Rule {
    name: "missing-header",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("missing_header.md"),
    scope: Scope::Text,
    check,
};

const BYTE_ORDER_MARK: char = '\u{feff}';

fn check(context: &mut Context<'_>) {
    if context.document.format == Format::Script {
        script_by_accident(context);
    }
    let document = context.document;
    let text = context.text();
    let of_another_rule = document.envelope.too_long || document.foreign.is_some() || joined(text).is_some();
    if document.format != Format::Unknown || of_another_rule {
        return;
    }
    let first_line = document.lines.line_span(1, text);
    let program = document.target.program();
    let refusal = |why: &str| format!("{why}, so {program} does not recognise the file and applies nothing");

    if let Some(why) = not_text(&document.envelope.bytes) {
        context
            .report(Span::default(), refusal(why))
            .help("user-data must be UTF-8 text, or compressed with gzip");
    } else if !text.contains('\n') && text.trim_end().contains('\r') {
        let end = text.find('\r').unwrap_or(text.len());
        context
            .report(Span::new(0, end), refusal("the line endings are CR only"))
            .help("save the file with Unix line endings (LF)");
    } else if let Some(damaged) = DamagedHeader::find(text) {
        damaged.report(context, &refusal(damaged.why));
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
            .report(first_line, "`#!` makes this a script: bash runs it, and none of the config is applied")
            .help(format!("the first line must be exactly `{HEADER}`"))
            .fix(Safety::Unsafe, format!("write `{HEADER}`"), first_line, HEADER);
    }
}

fn no_header(context: &mut Context<'_>, first_line: Span, message: &str) {
    let text = context.text();
    let line = first_line.slice(text);
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
        // A byte-order mark is one at the beginning alone.
        let mark = Span::new(0, text.len() - text.trim_start_matches(BYTE_ORDER_MARK).len());
        let line_end = if text[first_line.end..].starts_with("\r\n") { "\r\n" } else { "\n" };
        finding.fix(
            Safety::Safe,
            format!("insert `{HEADER}` before it"),
            mark,
            format!("{HEADER}{line_end}"),
        );
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

/// The header as it stands, and what is wrong with it.
struct DamagedHeader<'t> {
    why: &'static str,
    /// From the first byte of the text to the end of the header's own word.
    header: Span,
    /// What follows on its line, without the spaces around it.
    rest: &'t str,
    /// Where that begins and ends.
    rest_span: Span,
    /// How the line ends.
    line_end: &'static str,
}

impl<'t> DamagedHeader<'t> {
    fn find(text: &'t str) -> Option<Self> {
        let content = text.trim_start_matches([BYTE_ORDER_MARK, ' ', '\t', '\n', '\r']);
        let before = &text[..text.len() - content.len()];
        let line = content.split(['\n', '\r']).next().unwrap_or_default();
        let words = line.strip_prefix('#')?.trim_start();
        let name = words.get(.."cloud-config".len())?;
        let behind = &words[name.len()..];
        let is_header = name.eq_ignore_ascii_case("cloud-config")
            && (behind.is_empty() || behind.starts_with(char::is_whitespace));
        if !is_header {
            return None;
        }
        let rest = behind.trim();
        let why = if before.starts_with(BYTE_ORDER_MARK) {
            "there is a byte-order mark before the header"
        } else if before.contains('\n') {
            "there is an empty line before the header"
        } else if !before.is_empty() {
            "there is a space before the header"
        } else if name != "cloud-config" {
            "the header is not in lower case"
        } else if !line[1..].starts_with(name) {
            "there is a space inside the header"
        } else if !rest.is_empty() {
            "there is more text on the header's line"
        } else {
            return None;
        };
        let end_of_line = before.len() + line.len();
        let line_break = &text[end_of_line..];
        if line_break.starts_with('\r') && !line_break.starts_with("\r\n") {
            // The header's line goes on after it for the target.
            return None;
        }
        let header_end = end_of_line - behind.len();
        let rest_start = end_of_line - behind.trim_start().len();
        let line_end = if line_break.starts_with("\r\n") { "\r\n" } else { "\n" };
        let rest_span = Span::new(rest_start, rest_start + rest.len());
        Some(Self { why, header: Span::new(0, header_end), rest, rest_span, line_end })
    }

    fn report(&self, context: &mut Context<'_>, message: &str) {
        let whole = if self.rest.is_empty() { self.header } else { self.header.to(self.rest_span) };
        let help = format!("the first line must be exactly `{HEADER}`");
        // Behind a space, a byte order mark makes the header a value: without it, there is a config.
        let begins =
            context.text().get(..self.header.end).is_none_or(|header| header.starts_with(['#', '\u{feff}']));
        let finding = context.report(whole, message).help(help);
        if self.rest.is_empty() {
            finding.fix(Safety::Safe, "fix the header", self.header, HEADER);
            return;
        }
        let (safety, title, mark) = if self.rest.starts_with('#') {
            (if begins { Safety::Safe } else { Safety::Unsafe }, "move the comment to a line of its own", "")
        } else if looks_like_config(self.rest) {
            (Safety::Unsafe, "move the rest to a line of its own", "")
        } else {
            (Safety::Safe, "move the rest to a line of its own, as a comment", "# ")
        };
        let header = Span::new(0, self.rest_span.start);
        finding.fix(safety, title, header, format!("{HEADER}{}{mark}", self.line_end));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{LintOptions, lint};
    use dryboot_lint::{Safety, apply_fixes};

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
