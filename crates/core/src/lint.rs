//! Linting with whichever program reads the text.

#[cfg(feature = "coreos")]
use dryboot_coreos::platform::Field;
use dryboot_lint::Report;
use dryboot_yaml::Limits;

use crate::{Location, Target, auto};

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
    pub platform: Location,
    /// What the metadata there has, if that is known.
    #[cfg(feature = "coreos")]
    pub metadata: Option<Vec<Field>>,
    /// Tells how long bytes are after `gzip -9`, for the figures in a finding. A host that must be small leaves it out.
    pub gzipped_length: Option<fn(&[u8]) -> usize>,
    /// What cloud-init fills templates with.
    #[cfg(feature = "cloud-init")]
    pub instance_data: Option<dryboot_cloud_init::jinja::InstanceData>,
    /// What a text may cost.
    pub limits: Limits,
}

impl LintOptions {
    /// Whether the rule of this name is to run.
    #[cfg(feature = "cloud-init")]
    pub(crate) fn runs(&self, rule: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule);
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }
}

/// What a text is given for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// User-data or vendor-data: it says itself what it is.
    #[default]
    UserData,
    /// A network configuration.
    NetworkConfig,
}

impl Kind {
    /// What it is, for people.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Self::UserData => "user-data",
            Self::NetworkConfig => "a network configuration",
        }
    }
}

/// Checks a text.
#[must_use]
pub fn lint(bytes: &[u8], options: &LintOptions) -> Report {
    let chosen = auto::choose(bytes, options);
    let mut report = chosen.target.reader().lint(bytes, options);
    report.target_reason = chosen.reason;
    report
}
