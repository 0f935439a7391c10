//! Canonical's cloud-init.

use std::iter;

use dryboot_cloud_init::lint::{RULES, Rule as OwnRule};
use dryboot_cloud_init::platform::Platform;
use dryboot_cloud_init::target::{DISTRIBUTIONS, Distribution, RELEASES, Release, Target as Version};
use dryboot_cloud_init::{assist, keys, report, verdict};
use dryboot_lint::assist::{Completion, Hover, KeyDoc};
use dryboot_lint::{Report, TargetName};

use super::{Choice, Reads, Tools};
use crate::auto::{readable, top_level_keys};
use crate::{Kind, LintOptions, ListedTarget, Rule, Target, TargetGroup, UnknownTarget};
#[cfg(feature = "coreos")]
use crate::{MachineDescription, Preview};

pub(super) static TOOLS: Tools = Tools { usual, targets, parse, choose, runs_on, rules };

fn usual() -> Target {
    Target::CloudInit(Version::NEWEST)
}

/// More than any release has had of what follows it.
const POINT_RELEASES: u8 = 10;

/// The newest release, what each distribution has, and the other releases, newest first, with the point releases that
/// distributions have.
fn targets() -> Vec<ListedTarget> {
    let shipped = |row: &'static Distribution| Version { release: row.newest, distribution: Some(row) };
    let released = |release| Version { release, distribution: None };
    let is_listed = |release: &Release| {
        let has = |row: &Distribution| row.oldest == *release || row.newest == *release;
        let is_known = RELEASES.contains(release) || DISTRIBUTIONS.iter().any(has);
        is_known && *release != Version::NEWEST.release
    };
    let points = |release: Release| (0..POINT_RELEASES).rev().map(move |patch| release.patch(patch));
    let older = RELEASES.into_iter().flat_map(points).filter(is_listed).map(released);
    let listed = |group| move |target: Version| ListedTarget { target: named(&target), group };
    iter::once(Version::NEWEST)
        .map(listed(TargetGroup::Usual))
        .chain(DISTRIBUTIONS.iter().map(shipped).map(listed(TargetGroup::Distribution)))
        .chain(older.map(listed(TargetGroup::Release)))
        .collect()
}

fn named(target: &Version) -> TargetName {
    TargetName { name: target.name(), title: target.title(), version: target.release.to_string() }
}

fn parse(name: &str) -> Result<Target, UnknownTarget> {
    let unknown =
        |error: dryboot_cloud_init::target::UnknownTarget| UnknownTarget { message: error.to_string() };
    Version::parse(name).map(Target::CloudInit).map_err(unknown)
}

/// The keys of the top level that other programs have, too.
const SHARED: [&str; 5] = ["hostname", "manage_etc_hosts", "ssh_authorized_keys", "users", "write_files"];

fn choose(bytes: &[u8], options: &LintOptions) -> Choice {
    if let Some(platform) = options.platform.cloud_init.filter(|_| options.platform.is_of_one_program()) {
        let reason = format!("only cloud-init supports the platform `{}`", platform.name);
        return Choice { target: Target::CloudInit(Version::NEWEST), reason: Some(reason) };
    }
    let text = readable(bytes, options);
    let is_own = |key: &&str| keys::KEYS.iter().any(|known| known.name == *key) && !SHARED.contains(key);
    let reason = match top_level_keys(&text).find(is_own) {
        Some(key) => format!("only cloud-init has the key `{key}`"),
        None => "no key in the file is specific to one program, and cloud-init is the most common".to_owned(),
    };
    Choice { target: Target::CloudInit(Version::NEWEST), reason: Some(reason) }
}

fn runs_on(platform: &str) -> bool {
    Platform::from_name(platform).is_some()
}

fn rules() -> Vec<Rule> {
    let rule = |rule: &&OwnRule| Rule {
        name: rule.name,
        severity: rule.severity,
        targets: vec!["cloud-init"],
        docs: vec![rule.docs],
    };
    RULES.iter().map(rule).collect()
}

impl Reads for Version {
    fn named(&self) -> TargetName {
        named(self)
    }

    fn lint(&self, bytes: &[u8], options: &LintOptions) -> Report {
        let subject = verdict::Subject {
            kind: own_kind(options.kind),
            release: self.release,
            distribution: self.distribution,
            platform: options.platform.cloud_init,
            gzipped_length: options.gzipped_length,
            instance_data: options.instance_data.as_ref(),
            printed_for: options.printed_for.as_deref(),
            limits: options.limits,
        };
        report::report_on(bytes, self, &subject, options.platform.name(), &|rule| options.runs(rule.name))
    }

    fn hover(&self, text: &str, kind: Kind, offset: usize) -> Option<Hover> {
        assist::hover(text, self, own_kind(kind), offset)
    }

    fn complete(&self, text: &str, kind: Kind, offset: usize) -> Option<Completion> {
        assist::complete(text, self, own_kind(kind), offset)
    }

    fn keys(&self) -> Vec<KeyDoc> {
        assist::keys(self)
    }

    #[cfg(feature = "json-schema")]
    fn json_schema(&self, kind: Kind) -> Option<serde_json::Value> {
        Some(dryboot_cloud_init::json_schema::json_schema(self, own_kind(kind)))
    }

    #[cfg(feature = "coreos")]
    fn preview(&self, _: &[u8], _: &MachineDescription) -> Option<Preview> {
        None
    }
}

fn own_kind(kind: Kind) -> verdict::Kind {
    match kind {
        Kind::UserData => verdict::Kind::UserData,
        Kind::NetworkConfig => verdict::Kind::NetworkConfig,
    }
}
