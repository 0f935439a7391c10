//! Linting with whichever program reads the text.

#[cfg(feature = "coreos")]
use dryboot_coreos::platform::Field;
use dryboot_lint::Report;
#[cfg(feature = "templates")]
use dryboot_lint::template::{self, Syntax};
use dryboot_yaml::Limits;

use crate::{Location, Target, auto};

/// What to check, and for whom.
#[derive(Clone, Debug, Default)]
pub struct LintOptions {
    /// The program that will read the text; none to decide from the text.
    pub target: Option<Target>,
    /// The kind of file.
    pub kind: Kind,
    /// Rules to run; all when empty.
    pub select: Vec<String>,
    /// Rules not to run.
    pub ignore: Vec<String>,
    /// Where a machine is going to boot with it; rules about platforms run only with this.
    pub platform: Location,
    /// The language of the template that the text is, if another program fills it before a machine gets it.
    #[cfg(feature = "templates")]
    pub template: Option<Syntax>,
    /// What the metadata there has, if that is known.
    #[cfg(feature = "coreos")]
    pub metadata: Option<Vec<Field>>,
    /// Tells how long bytes are after `gzip -9`, for the figures in a finding. A host that must be small leaves it out.
    pub gzipped_length: Option<fn(&[u8]) -> usize>,
    /// What goes wrong during the boot of a machine of CoreOS or Flatcar: [`boot_problems`](crate::boot_problems) finds it out.
    /// A host that must be small leaves it out.
    #[cfg(feature = "coreos")]
    pub boot_problems: Option<dryboot_coreos::lint::BootProblems>,
    /// What cloud-init fills templates with.
    #[cfg(feature = "cloud-init")]
    pub instance_data: Option<dryboot_cloud_init::jinja::InstanceData>,
    /// The name of the file, where the report is to have what the program's own validator prints about it
    /// ([`Verdict::native`](crate::Verdict::native)). It takes the feature `native`.
    pub printed_for: Option<String>,
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
#[cfg(not(feature = "templates"))]
#[must_use]
pub fn lint(bytes: &[u8], options: &LintOptions) -> Report {
    lint_text(bytes, options)
}

/// Checks a text; a template of another program with stand-ins for its placeholders.
#[cfg(feature = "templates")]
#[must_use]
pub fn lint(bytes: &[u8], options: &LintOptions) -> Report {
    let filled = options.template.and_then(|syntax| {
        let text = std::str::from_utf8(bytes).ok().filter(|text| !is_own_template(text))?;
        Some((text, template::fill(text, syntax)?, syntax))
    });
    match filled {
        None => lint_text(bytes, options),
        Some((text, filled, syntax)) => {
            lint_text(filled.text.as_bytes(), options).of_template(text, &filled, syntax)
        }
    }
}

/// Whether cloud-init fills the template itself.
#[cfg(feature = "templates")]
fn is_own_template(text: &str) -> bool {
    let head = text.trim_start().as_bytes();
    head.get(..12).is_some_and(|head| head.eq_ignore_ascii_case(b"## template:"))
}

fn lint_text(bytes: &[u8], options: &LintOptions) -> Report {
    let chosen = auto::choose(bytes, options);
    let mut report = chosen.target.reader().lint(bytes, options);
    report.target_reason = chosen.reason.map(|reason| match chosen.target.reader().sister(&report) {
        Some(sister) => format!("{reason}; {sister}"),
        None => reason,
    });
    report
}
