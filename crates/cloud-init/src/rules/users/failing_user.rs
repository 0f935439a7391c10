use dryboot_lint::{Safety, Severity};
use dryboot_schema::{Release, Value};
use dryboot_yaml::Span;

use super::accounts::{Account, accounts, is_true, is_unfilled};
use super::groups::groups;
use crate::lint::{At, Context, Rule, joined};
use crate::rules::docs;
use crate::rules::files::IN_IMAGES;

pub(super) static RULE: Rule =
    Rule { name: "failing-user", severity: Severity::Error, docs: docs!("failing_user.md"), check };

/// What leaves a user without a home directory, and what needs one.
const WITHOUT_HOME: [&str; 2] = ["system", "no_create_home"];
const WITH_HOME: [&str; 3] = ["ssh_authorized_keys", "ssh_import_id", "ssh_redirect_user"];

/// The release that began to refuse both together.
const HOME_CHECKED_SINCE: Release = Release::new(22, 2);

const OUTCOME: &str = "neither the users below nor the default user is created";

fn check(context: &mut Context<'_>) {
    for account in accounts(context).iter() {
        for fault in faults(context, account) {
            let message = format!("{}: cloud-init fails here, and {OUTCOME}", fault.what);
            let finding = context.report(fault.span, message).path(fault.at.path).help(fault.help);
            if let Some((title, span, text)) = fault.fix {
                finding.fix(Safety::Unsafe, title, span, text);
            }
        }
    }
}

struct Fault<'c> {
    at: At<'c>,
    span: Span,
    what: String,
    help: &'static str,
    fix: Option<(&'static str, Span, &'static str)>,
}

fn faults<'c>(context: &Context<'c>, account: &Account<'c>) -> Vec<Fault<'c>> {
    let mut all = Vec::new();
    let is_given = |name: &&&str| account.has(context, name);
    // Before, cloud-init made the directories for the keys itself.
    let checks_home = context.release() >= HOME_CHECKED_SINCE;
    let without = WITHOUT_HOME.iter().find(is_given);
    if let Some(first) = without
        && checks_home
        && WITH_HOME.iter().any(|name| is_given(&name))
        && let Some(at) = account.get(context, first)
    {
        let with = WITH_HOME.iter().filter(is_given);
        let keys: Vec<String> = with.map(|name| format!("`{name}`")).collect();
        let what = format!("a user with `{first}: true` has no home directory for {}", joined(&keys, "and"));
        let help = "remove one of the two; a regular user can also have a `uid` below 1000";
        all.push(Fault { span: context.key_span(&at), at, what, help, fix: None });
    }
    let redirects =
        account.get(context, "ssh_redirect_user").filter(|_| account.has(context, "ssh_redirect_user"));
    let own_keys = ["ssh_authorized_keys", "ssh_import_id"];
    if let Some(at) = redirects
        && (without.is_none() || !checks_home)
        && let Some(keys) = own_keys.iter().find(|name| account.get(context, name).is_some())
    {
        let what = format!("`ssh_redirect_user` and `{keys}` exclude each other");
        let help = "remove one of the two";
        all.push(Fault { span: context.key_span(&at), at, what, help, fix: None });
    }
    if let Some(at) =
        account.get(context, "sudo").filter(|at| matches!(context.value(at.value), Value::Bool(true)))
    {
        let what = "`sudo: true` is not a rule for sudo".to_owned();
        let help = "write a rule, such as `ALL=(ALL) NOPASSWD:ALL`";
        let fix = ("let the user do everything", context.span(&at), "ALL=(ALL) NOPASSWD:ALL");
        all.push(Fault { span: context.span(&at), at, what, help, fix: Some(fix) });
    }
    all.extend(missing_group(context, account));
    all
}

/// A group that nobody makes.
fn missing_group<'c>(context: &Context<'c>, account: &Account<'c>) -> Option<Fault<'c>> {
    let creates = account.get(context, "create_groups")?;
    if is_true(context, &creates) {
        return None;
    }
    let at = account.get(context, "groups")?;
    let names: Vec<&str> = match context.str(&at) {
        Some(names) => names.split(',').map(str::trim).collect(),
        None => context.items(&at).iter().filter_map(|item| context.str(item)).map(str::trim).collect(),
    };
    let made = groups(context);
    let is_there = |name: &str| IN_IMAGES.contains(&name) || made.iter().any(|group| group.name == name);
    let missing = names.into_iter().find(|name| !is_unfilled(name) && !is_there(name))?;
    let what = format!("nobody creates the group `{missing}`, since `create_groups` is off");
    let help = "add the group to `groups` at the top level, or remove `create_groups`";
    Some(Fault { span: context.span(&at), at, what, help, fix: None })
}
