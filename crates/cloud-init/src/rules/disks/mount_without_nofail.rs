use dryboot_lint::{Edit, Safety, Severity};
use dryboot_yaml::Span;

use super::mounts;
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(crate) static RULE: Rule = Rule {
    name: "mount-without-nofail",
    severity: Severity::Info,
    docs: docs!("mount_without_nofail.md"),
    check,
};

/// Types of file systems that need no device, or need it in another way.
const WITHOUT_DEVICE: [&str; 9] =
    ["tmpfs", "none", "swap", "proc", "sysfs", "overlay", "devpts", "cgroup2", "hugetlbfs"];

fn check(context: &mut Context<'_>) {
    for fields in mounts(context) {
        let (Some(device), Some(point), Some(options)) =
            (context.str(&fields[0]), fields.get(1).and_then(|at| context.str(at)), fields.get(3))
        else {
            continue;
        };
        let kind = fields.get(2).and_then(|at| context.str(at)).unwrap_or("auto");
        let Some(text) = context.str(options) else { continue };
        let words: Vec<&str> = text.split(',').map(str::trim).collect();
        let is_safe = ["nofail", "noauto", "bind", "rbind", "x-systemd.automount"];
        if WITHOUT_DEVICE.contains(&kind)
            || WITHOUT_DEVICE.contains(&device)
            || point == "/"
            || !point.starts_with('/')
            || words.iter().any(|word| is_safe.contains(word))
            || text.contains('$')
        {
            continue;
        }
        let span = context.first_line(options);
        let edit = with_nofail(context, options, text);
        let message =
            format!("if `{device}` is missing at a later boot, the machine stops in emergency mode");
        let finding = context.report(span, message).path(options.path).help("add the option `nofail`");
        if let Some(edit) = edit {
            finding.fix_all(Safety::Unsafe, "add `nofail`", vec![edit]);
        }
    }
}

/// Writes one more option behind the others. In a list in brackets, a comma without quotes would begin another item.
fn with_nofail<'c>(context: &Context<'c>, options: &At<'c>, text: &str) -> Option<Edit> {
    let span = context.verbatim(options).filter(|_| !text.is_empty())?;
    if span != context.span(options) {
        return Some(Edit { span: Span::empty(span.end), text: ",nofail".to_owned() });
    }
    let needs_no_escape = !text.contains(['"', '\\']);
    needs_no_escape.then(|| Edit { span, text: format!("\"{text},nofail\"") })
}
