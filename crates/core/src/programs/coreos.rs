//! coreos-cloudinit and its fork for Flatcar.

use dryboot_coreos::lint::{self, RULES};
use dryboot_coreos::platform::Platform;
use dryboot_coreos::{Target as Version, assist};
use dryboot_lint::assist::{Completion, Hover, KeyDoc};
use dryboot_lint::{Report, TargetName};

use super::{Choice, Reads, Tools};
use crate::{
    Kind, LintOptions, ListedTarget, MachineDescription, Preview, Rule, Target, TargetGroup, UnknownTarget,
};

pub(super) static TOOLS: Tools = Tools { usual, targets, parse, choose, runs_on, rules };

/// The one that still boots machines.
fn usual() -> Target {
    Target::Coreos(Version::Flatcar)
}

fn targets() -> Vec<ListedTarget> {
    Version::ALL.map(|version| ListedTarget { target: version.named(), group: TargetGroup::Usual }).to_vec()
}

fn parse(name: &str) -> Result<Target, UnknownTarget> {
    let unknown = || UnknownTarget { message: format!("`{name}` is not a known target") };
    Version::from_name(name).map(Target::Coreos).ok_or_else(unknown)
}

fn choose(bytes: &[u8], options: &LintOptions) -> Choice {
    let (target, reason) = lint::choose_with_reason(bytes, options.platform.coreos);
    Choice { target: Target::Coreos(target), reason: Some(reason) }
}

fn runs_on(platform: &str) -> bool {
    Platform::from_name(platform).is_some()
}

fn rules() -> Vec<Rule> {
    let rule = |rule: &&lint::Rule| Rule {
        name: rule.name,
        severity: rule.severity,
        targets: rule.targets.iter().map(|target| target.name()).collect(),
        docs: vec![rule.docs],
    };
    RULES.iter().map(rule).collect()
}

impl Reads for Version {
    fn named(&self) -> TargetName {
        Version::named(*self)
    }

    fn lint(&self, bytes: &[u8], options: &LintOptions) -> Report {
        let options = lint::LintOptions {
            target: Some(*self),
            select: options.select.clone(),
            ignore: options.ignore.clone(),
            platform: options.platform.coreos,
            metadata: options.metadata.clone(),
            gzipped_length: options.gzipped_length,
            boot_problems: options.boot_problems.clone(),
            limits: options.limits,
        };
        lint::lint(bytes, &options)
    }

    fn sister(&self, report: &Report) -> Option<String> {
        match self {
            Version::CoreOs => None,
            Version::Flatcar => {
                let ignored = report.diagnostics.iter().find(|found| found.rule == "hyphenated-key")?;
                let key = ignored.span.slice(&report.text);
                let sister = Version::CoreOs.named();
                Some(format!("{} would apply `{key}`: `--target {}`", sister.title, sister.name))
            }
        }
    }

    fn hover(&self, text: &str, _: Kind, offset: usize) -> Option<Hover> {
        assist::hover(text, *self, offset)
    }

    fn complete(&self, text: &str, _: Kind, offset: usize) -> Option<Completion> {
        assist::complete(text, *self, offset)
    }

    fn keys(&self) -> Vec<KeyDoc> {
        assist::keys(*self)
    }

    fn preview(&self, bytes: &[u8], machine: &MachineDescription) -> Option<Preview> {
        Some(dryboot_boot::preview(bytes, *self, machine))
    }
}
