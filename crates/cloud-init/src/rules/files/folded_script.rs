use dryboot_lint::{Safety, Severity};
use dryboot_yaml::{Content, Span, Style};

use crate::lint::{At, Context, File, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule =
    Rule { name: "folded-script", severity: Severity::Warning, docs: docs!("folded_script.md"), check };

fn check(context: &mut Context<'_>) {
    for file in File::all(context).iter() {
        let Some(at) = context.get(&file.at, "content") else { continue };
        let Some(text) = context.str(&at) else { continue };
        let Some(sign) = folding_sign(context, &at) else { continue };
        let written = context.span(&at).slice(context.read).trim_start();
        let first = written.lines().next().unwrap_or_default();
        if text.lines().next().unwrap_or_default().trim_end() == first.trim_end() {
            continue;
        }
        let message = match (text.starts_with("#!"), is_settings(written)) {
            (true, _) => "`>` joins lines: the whole script becomes a single line",
            (false, true) => "`>` joins lines: all settings end up on one line",
            (false, false) => continue,
        };
        let is_shared = context.tree().is_some_and(|tree| tree.node(at.value).anchor.is_some());
        let finding = context.report(sign, message).path(at.path).help("write `|`, which keeps line breaks");
        if !is_shared {
            // Once it can read the lines of a unit, systemd may find faults in them.
            let safety = if file.target.contains("/systemd/") { Safety::Unsafe } else { Safety::Safe };
            finding.fix(safety, "write `|`", sign, "|");
        }
    }
}

/// The `>` before a folded block.
fn folding_sign<'c>(context: &Context<'c>, at: &At<'c>) -> Option<Span> {
    let node = context.tree()?.node(at.value);
    let is_folded = matches!(node.content, Content::Scalar { style: Style::Folded, .. });
    let header = context.read.get(node.start..).filter(|_| is_folded)?.find('>')? + node.start;
    (header <= node.span.start).then(|| Span::new(header, header + 1))
}

/// Whether the lines are those of a configuration file: sections, comments and `name = value`, one a line.
fn is_settings(written: &str) -> bool {
    let is_name = |name: &str| {
        let name = name.trim();
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
    };
    let is_setting = |line: &str| line.split_once(['=', ':']).is_some_and(|(name, _)| is_name(name));
    let is_section = |line: &str| line.starts_with('[') && line.ends_with(']');
    let mut settings = 0;
    for line in written.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (is_setting(line), is_section(line), line.starts_with('#')) {
            (false, false, false) => return false,
            (is_setting, ..) => settings += usize::from(is_setting),
        }
    }
    settings > 1
}
