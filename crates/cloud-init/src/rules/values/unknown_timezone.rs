use dryboot_lint::{Safety, Severity};

use super::zones::{is_zone, meant};
use crate::lint::{At, Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "unknown-timezone", severity: Severity::Error, docs: docs!("unknown_timezone.md"), check };

fn check(context: &mut Context<'_>) {
    let Some(at) = context.top("timezone") else { return };
    let Some(name) = context.str(&at) else { return };
    let is_unfilled = name.contains(['$', '{', '%', '<']);
    if name.is_empty() || is_unfilled {
        return;
    }
    if is_zone(name) {
        return legacy(context, &at, name);
    }
    let (span, verbatim) = (context.span(&at), context.verbatim(&at));
    let message =
        "this time zone does not exist: cloud-init fails on it, and the machine keeps its current one";
    let finding = context.report(span, message).path(at.path);
    match meant(name) {
        Some(zone) => {
            let finding = finding.help(format!("did you mean `{zone}`?"));
            if let Some(span) = verbatim {
                finding.fix(Safety::Unsafe, format!("write `{zone}`"), span, zone);
            }
        }
        None => {
            finding.help("use a name from the IANA database, such as `Europe/Berlin` or `Etc/UTC`");
        }
    }
}

/// Regions whose names are those from before, and the names of today.
const LEGACY: [(&str, &str); 9] = [
    ("US/Eastern", "America/New_York"),
    ("US/Central", "America/Chicago"),
    ("US/Mountain", "America/Denver"),
    ("US/Pacific", "America/Los_Angeles"),
    ("US/Arizona", "America/Phoenix"),
    ("US/Alaska", "America/Anchorage"),
    ("US/Hawaii", "Pacific/Honolulu"),
    ("Canada/Eastern", "America/Toronto"),
    ("Canada/Pacific", "America/Vancouver"),
];

/// Distributions that have moved such names into a package of their own, which images lack.
const WITHOUT_LEGACY: [&str; 6] =
    ["ubuntu-24.04", "ubuntu-24.10", "ubuntu-25.04", "ubuntu-25.10", "ubuntu-26.04", "debian-13"];

fn legacy<'c>(context: &mut Context<'c>, at: &At<'c>, name: &str) {
    let lacks = context.distribution().filter(|found| WITHOUT_LEGACY.contains(&found.name));
    let today = LEGACY.iter().find(|(before, _)| *before == name).map(|(_, today)| *today);
    let (Some(distribution), Some(today)) = (lacks, today) else { return };
    let (span, verbatim) = (context.span(at), context.verbatim(at));
    let title = distribution.title;
    let message =
        format!("on {title}, this name is in the package `tzdata-legacy`, which images do not include");
    let finding = context.report(span, message).path(at.path).help(format!("write `{today}`"));
    if let Some(span) = verbatim {
        finding.fix(Safety::Unsafe, format!("write `{today}`"), span, today);
    }
}
