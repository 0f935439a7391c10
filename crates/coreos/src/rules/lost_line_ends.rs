use crate::envelope::Format;
use crate::{HEADER, Target};
use dryboot_yaml::Span;

use crate::lint::context::Context;
use crate::lint::rule::{Rule, Scope};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "lost-line-ends",
    severity: Severity::Error,
    targets: &Target::ALL,
    docs: docs!("lost_line_ends.md"),
    scope: Scope::Text,
    check,
};

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let text = context.text();
    let Some(config) = joined(text).filter(|_| document.format == Format::Unknown) else { return };
    let program = document.target.program();
    let (what, help) = if is_escaped(config) {
        (
            "the line breaks are written as `\\n`",
            "the config is still escaped, as in JSON or a shell string: decode it first",
        )
    } else {
        (
            "the whole config is on one line",
            "its line breaks were lost on the way here, and the config cannot be restored without them: \
             copy it again from its source, and find out what joined the lines",
        )
    };
    let message = format!("{what}, so {program} does not recognise it and applies nothing");
    context.report(Span::new(0, text.trim_end().len()), message).help(help);
}

/// What follows the header in a text that has header and config on a single line.
pub(crate) fn joined(text: &str) -> Option<&str> {
    let line = text.trim_start_matches('\u{feff}').trim();
    if line.contains(['\n', '\r']) {
        return None;
    }
    let words = line.strip_prefix('#')?.trim_start();
    let name = HEADER.trim_start_matches('#');
    let (header, config) = words.split_at_checked(name.len())?;
    let is_joined = header.eq_ignore_ascii_case(name) && (looks_like_config(config) || is_escaped(config));
    is_joined.then_some(config)
}

/// Whether words on the header's line are keys that lost their own, and not a remark.
pub(crate) fn looks_like_config(words: &str) -> bool {
    !words.trim_start().starts_with('#') && words.split_whitespace().any(|word| word.ends_with(':'))
}

fn is_escaped(config: &str) -> bool {
    config.starts_with("\\n") || config.starts_with("\\r\\n")
}

#[cfg(test)]
mod tests {
    use super::joined;
    use crate::lint::{LintOptions, lint};

    #[test]
    fn only_a_config_on_the_line_of_its_header_is_joined() {
        for text in [
            "#cloud-config  hostname: web-1 users:   - name: ops     groups: [sudo]",
            "#cloud-confighostname: web-1users:  - name: ops\n",
            "\u{feff}# Cloud-Config hostname: web-1\r\n",
            "#cloud-config\\nhostname: web-1\\n",
        ] {
            assert!(joined(text).is_some(), "{text:?}");
            let report = lint(text.as_bytes(), &LintOptions::default());
            let rules: Vec<&str> = report.diagnostics.iter().map(|found| found.rule).collect();
            assert_eq!(rules, ["lost-line-ends"], "{text:?}");
            assert!(report.diagnostics[0].fixes.is_empty());
        }
        for text in [
            "#cloud-config",
            "#cloud-config for the web servers",
            "#cloud-config # hostname: web-1",
            "#cloud-config hostname: web-1\nusers: []\n",
            "# hostname: web-1",
            "#cloud-config-archive",
        ] {
            assert_eq!(joined(text), None, "{text:?}");
        }
    }
}
