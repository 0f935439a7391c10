//! Linting with whichever program reads the text.

use dryboot_coreos::lint as coreos;
use dryboot_coreos::platform::{Field, Platform};
use dryboot_lint::{Report, Severity};
use dryboot_yaml::Limits;

use crate::Target;
#[cfg(feature = "cloud-init")]
use crate::auto;
#[cfg(feature = "cloud-init")]
use dryboot_cloud_init as cloud_init;

/// What to check, and for whom.
#[derive(Clone, Debug, Default)]
pub struct LintOptions {
    /// The program that will read the text; none to decide from the text.
    pub target: Option<Target>,
    /// What the text is.
    pub kind: Kind,
    /// Rules to run; all when empty.
    pub select: Vec<String>,
    /// Rules not to run.
    pub ignore: Vec<String>,
    /// Where a machine is going to boot with it; rules about platforms run only with this.
    pub platform: Option<&'static Platform>,
    /// What the metadata there has, if that is known.
    pub metadata: Option<Vec<Field>>,
    /// Tells how long bytes are after `gzip -9`, for the figures in a finding. A host that must be small leaves it out.
    pub gzipped_length: Option<fn(&[u8]) -> usize>,
    /// What cloud-init fills templates with.
    #[cfg(feature = "cloud-init")]
    pub instance_data: Option<cloud_init::jinja::InstanceData>,
    /// What a text may cost.
    pub limits: Limits,
}

/// What a text is given for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// User-data or vendor-data: it says itself what it is.
    #[default]
    UserData,
    /// A network configuration for cloud-init.
    NetworkConfig,
}

/// Checks a text.
#[must_use]
pub fn lint(bytes: &[u8], options: &LintOptions) -> Report {
    #[cfg(feature = "cloud-init")]
    {
        let chosen = auto::choose(bytes, options);
        if let Target::CloudInit(target) = &chosen.target {
            let mut report = lint_for_cloud_init(bytes, target, options);
            report.target_reason = chosen.reason;
            return report;
        }
    }
    lint_for_coreos(bytes, options)
}

fn lint_for_coreos(bytes: &[u8], options: &LintOptions) -> Report {
    let options = coreos::LintOptions {
        target: options.target.as_ref().and_then(Target::coreos),
        select: options.select.clone(),
        ignore: options.ignore.clone(),
        platform: options.platform,
        metadata: options.metadata.clone(),
        gzipped_length: options.gzipped_length,
        limits: options.limits,
    };
    coreos::lint(bytes, &options).into()
}

#[cfg(feature = "cloud-init")]
fn lint_for_cloud_init(bytes: &[u8], target: &cloud_init::target::Target, options: &LintOptions) -> Report {
    use cloud_init::verdict;
    let subject = verdict::Subject {
        kind: match options.kind {
            Kind::UserData => verdict::Kind::UserData,
            Kind::NetworkConfig => verdict::Kind::NetworkConfig,
        },
        release: target.release,
        instance_data: options.instance_data.as_ref(),
        limits: options.limits,
    };
    let named = |names: &[String], rule: &str| names.iter().any(|name| name == rule);
    let runs = |rule: &cloud_init::lint::Rule| {
        (options.select.is_empty() || named(&options.select, rule.name)) && !named(&options.ignore, rule.name)
    };
    cloud_init::report::report(bytes, target, &subject, &runs)
}

/// A rule of one program or several.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The permanent name, which reads as the defect.
    pub name: &'static str,
    /// How bad its worst finding is at boot.
    pub severity: Severity,
    /// The names of the targets that it holds for.
    pub targets: Vec<&'static str>,
    /// Its documentation in Markdown: one text for each program that has the rule.
    pub docs: Vec<&'static str>,
}

impl Rule {
    /// The summary in one sentence.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        let docs = self.docs.first().copied().unwrap_or_default();
        docs.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// Every rule of every program.
#[must_use]
pub fn rules() -> Vec<Rule> {
    let coreos = coreos::RULES.iter().map(|rule| Rule {
        name: rule.name,
        severity: rule.severity,
        targets: rule.targets.iter().map(|target| target.name()).collect(),
        docs: vec![rule.docs],
    });
    #[cfg_attr(not(feature = "cloud-init"), expect(unused_mut, reason = "there is nothing to add"))]
    let mut all: Vec<Rule> = coreos.collect();
    #[cfg(feature = "cloud-init")]
    for rule in &cloud_init::lint::RULES {
        match all.iter_mut().find(|known| known.name == rule.name) {
            Some(known) => {
                known.severity = known.severity.max(rule.severity);
                known.targets.insert(0, "cloud-init");
                known.docs.push(rule.docs);
            }
            None => all.push(Rule {
                name: rule.name,
                severity: rule.severity,
                targets: vec!["cloud-init"],
                docs: vec![rule.docs],
            }),
        }
    }
    all
}

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<Rule> {
    rules().into_iter().find(|rule| rule.name == name)
}
