use dryboot_lint::Severity;
use dryboot_lint::secrets::{assignments, aws_secret, private_key, settings, url_passwords};
use dryboot_yaml::Span;

use crate::lint::{Context, File, Rule, Script, within};
use crate::rules::commands::SCRIPTS;
use crate::rules::docs;
use crate::shell::{Command, Word};

pub(crate) static RULE: Rule = Rule {
    name: "secret-in-plain-sight",
    severity: Severity::Warning,
    docs: docs!("secret_in_plain_sight.md"),
    check,
};

const ELSEWHERE: &str = "on most platforms, every process on the machine can read user-data: let the \
    machine fetch secrets when it boots";

/// So many findings in one file make the point.
const MOST: usize = 5;

fn check(context: &mut Context<'_>) {
    in_files(context);
    in_commands(context);
    in_urls(context);
}

/// Passwords among the words of commands.
fn in_commands(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let script = Script::of(context, key);
        let mut said = 0;
        for step in &script.commands {
            let words = || step.command.assignments.iter().chain(&step.command.words);
            let named = words().find(|word| !settings(&word.text).is_empty());
            let Some(word) = named.or_else(|| of_user(&step.command)).filter(|_| said < MOST) else {
                continue;
            };
            said += 1;
            let span = script.span(context, &word.span);
            let finding = context.report(span, "a password in a command in user-data");
            finding.severity(Severity::Info).path(script.path(&word.span)).help(ELSEWHERE);
        }
    }
}

/// `NAME:PASSWORD` after `-u` of curl.
fn of_user(command: &Command) -> Option<&Word> {
    let words = command.invoked();
    let is_option = |word: &Word| matches!(word.text.as_str(), "-u" | "--user");
    let at = words.iter().position(is_option).filter(|_| command.program() == "curl")?;
    let word = words.get(at + 1)?;
    let (_, password) = word.text.split_once(':')?;
    (!password.is_empty() && !password.contains(['$', '<', '{', '`'])).then_some(word)
}

/// Passwords in addresses, wherever they stand.
fn in_urls(context: &mut Context<'_>) {
    let Some(tree) = context.tree() else { return };
    for node in tree.ids() {
        let Some(text) = tree.node(node).text() else { continue };
        for range in url_passwords(text).into_iter().take(MOST) {
            if let Some(span) = within(tree, context.read, node, range) {
                let finding = context.report(span, "a password in a URL in user-data");
                finding.severity(Severity::Info).help(ELSEWHERE);
            }
        }
    }
}

fn in_files<'c>(context: &mut Context<'c>) {
    for file in File::all(context).iter() {
        let Some(content) = file.content(context) else { continue };
        let path = || format!("{}.content", file.at.path);
        let is_open = file.is_readable_by_all(context);
        let place = |context: &Context<'c>, range: std::ops::Range<usize>| -> Span {
            let at = context.get(&file.at, "content");
            let is_written = matches!(file.encoding(context).as_str(), "" | "text/plain");
            let exact = at
                .as_ref()
                .filter(|_| is_written)
                .and_then(|at| within(context.tree()?, context.read, at.value, range));
            exact.unwrap_or_else(|| at.map_or_else(|| context.span(&file.at), |at| context.key_span(&at)))
        };
        if let Some(range) = private_key(&content) {
            let span = place(context, range);
            let (message, severity) = match is_open {
                true => {
                    ("a private key in a file that every user of the machine can read", Severity::Warning)
                }
                false => ("a private key in user-data", Severity::Info),
            };
            let finding = context.report(span, message).severity(severity).path(path());
            match is_open {
                true => finding.help(format!("write `permissions: '0600'`; and {ELSEWHERE}")),
                false => finding.help(ELSEWHERE),
            };
        }
        if let Some(range) = aws_secret(&content) {
            let span = place(context, range);
            let finding = context.report(span, "an AWS access key in user-data").severity(Severity::Info);
            finding.path(path()).help("give the instance a role instead of a key");
        }
        if !is_open {
            continue;
        }
        for (name, range) in assignments(&content).into_iter().take(MOST) {
            let span = place(context, range);
            let message = format!("the value of `{name}` in a file that every user of the machine can read");
            let finding = context.report(span, message).severity(Severity::Info).path(path());
            finding.help(format!("write `permissions: '0600'`; and {ELSEWHERE}"));
        }
    }
}
