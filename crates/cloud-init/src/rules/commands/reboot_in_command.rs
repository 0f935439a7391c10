use dryboot_lint::{Edit, Safety, Severity};
use dryboot_yaml::Span;

use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::Command;

pub(crate) static RULE: Rule =
    Rule { name: "reboot-in-command", severity: Severity::Error, docs: docs!("reboot_in_command.md"), check };

fn check(context: &mut Context<'_>) {
    at_every_boot(context);
    before_the_end(context);
}

fn at_every_boot(context: &mut Context<'_>) {
    let script = Script::of(context, "bootcmd");
    for step in &script.commands {
        let is_guarded = step.is_run_by("cloud-init-per");
        if mode(&step.command).is_none() || step.command.is_conditional() || is_guarded {
            continue;
        }
        let range = step.command.span();
        let span = script.span(context, &range);
        let message = "`bootcmd` runs at every boot: the machine never gets past this command";
        let finding = context.report(span, message).path(script.path(&range));
        finding.help("use `power_state`, or put `cloud-init-per once NAME` before it");
    }
}

fn before_the_end(context: &mut Context<'_>) {
    let script = Script::of(context, "runcmd");
    let has_power_state = context.top("power_state").is_some();
    for (index, step) in script.commands.iter().enumerate() {
        let Some(mode) = mode(&step.command) else { continue };
        let range = step.command.span();
        let span = script.span(context, &range);
        let follows = script.commands[index + 1..].iter().any(|next| next.command.span().start > range.start);
        let is_certain = follows && !step.command.is_conditional();
        let message = match is_certain {
            true => "the machine goes down before cloud-init is done: the commands after this one do not run",
            false => {
                "the machine goes down before cloud-init is done: the steps after `runcmd` are cut short"
            }
        };
        let severity = if is_certain { Severity::Warning } else { Severity::Info };
        let edits =
            (!follows && !has_power_state).then(|| moved(context, &script, step.item, mode)).flatten();
        let finding = context.report(span, message).severity(severity).path(script.path(&range));
        let finding = finding
            .help(format!("use `power_state: {{mode: {mode}}}`, which waits until cloud-init is done"));
        if let Some(edits) = edits {
            finding.fix_all(Safety::Unsafe, "use `power_state`", edits);
        }
    }
}

/// What the machine does at once, as `power_state` calls it.
fn mode(command: &Command) -> Option<&'static str> {
    let waits = command.arguments().any(|word| {
        word.trim_start_matches('+').parse::<u32>().is_ok_and(|minutes| minutes > 0)
            || word.contains(':')
            || word.starts_with("--when")
    });
    let is_off = command.has(&["-P", "-h", "--poweroff", "-c", "-k", "--halt", "-H"]);
    match (command.program(), command.verb()) {
        ("reboot", _) | ("systemctl", "reboot" | "kexec") => Some("reboot"),
        ("poweroff" | "halt", _) | ("systemctl", "poweroff" | "halt") => Some("poweroff"),
        ("init" | "telinit", "6") => Some("reboot"),
        ("init" | "telinit", "0") => Some("poweroff"),
        ("shutdown", _) if waits || command.has(&["-c", "-k"]) => None,
        // Without a time, it waits for a minute.
        ("shutdown", "") => None,
        ("shutdown", _) if command.has(&["-r", "--reboot"]) => Some("reboot"),
        ("shutdown", _) if is_off || command.has(&["now", "+0"]) => Some("poweroff"),
        _ => None,
    }
}

/// Takes away the last item, which is nothing but this command, and adds `power_state`.
fn moved(context: &Context<'_>, script: &Script, item: usize, mode: &str) -> Option<Vec<Edit>> {
    let list = context.top("runcmd")?;
    let items = context.items(&list);
    let at = items.get(item).filter(|_| items.len() > 1 && item + 1 == items.len())?;
    let is_alone = script.commands.iter().filter(|step| step.item == item).count() == 1;
    let span = context.span(at);
    let text = context.read;
    let line_start = text.get(..span.start)?.rfind('\n')? + 1;
    let line = text.get(line_start..)?.split_inclusive('\n').next()?;
    let content = line.trim().strip_prefix('-')?.trim_start();
    let is_whole = content == span.slice(text) && line.ends_with('\n');
    if !is_alone || !is_whole || context.tree()?.node(list.value).flow {
        return None;
    }
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    Some(vec![
        Edit { span: Span::new(line_start, line_start + line.len()), text: String::new() },
        Edit { span: Span::empty(text.len()), text: format!("{newline}power_state:\n  mode: {mode}\n") },
    ])
}
