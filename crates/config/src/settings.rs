//! What holds for a file.

use std::collections::BTreeMap;

use dryboot_core::{LintOptions, Location, Report, Severity, lint, lint_file};

use crate::choice::{KindChoice, Level, TargetChoice, TemplateChoice, Word};

/// What holds for a file; what is none is up to somebody else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The program that reads it.
    pub target: Option<TargetChoice>,
    /// The platform that machines boot on.
    pub platform: Option<Location>,
    /// The kind of file.
    pub kind: Option<KindChoice>,
    /// Its template language.
    pub template: Option<TemplateChoice>,
    /// Whether user-data inside of it is looked for.
    pub embedded: Option<bool>,
    /// The severity at which it fails.
    pub fail_on: Option<Severity>,
    /// What becomes of the findings of rules.
    pub rules: BTreeMap<&'static str, Level>,
}

impl Settings {
    /// Adds settings that outdo these.
    pub fn add(&mut self, other: &Self) {
        fn outdo<T: Clone>(place: &mut Option<T>, other: &Option<T>) {
            if other.is_some() {
                place.clone_from(other);
            }
        }
        outdo(&mut self.target, &other.target);
        outdo(&mut self.platform, &other.platform);
        outdo(&mut self.kind, &other.kind);
        outdo(&mut self.template, &other.template);
        outdo(&mut self.embedded, &other.embedded);
        outdo(&mut self.fail_on, &other.fail_on);
        self.rules.extend(other.rules.iter().map(|(rule, level)| (*rule, *level)));
    }

    /// Whether user-data inside the file is looked for.
    #[must_use]
    pub fn looks_inside(&self) -> bool {
        self.embedded.unwrap_or(true) && self.kind.unwrap_or_default() == KindChoice::Auto
    }

    /// The options for a file. `base` has what these settings do not say.
    #[must_use]
    pub fn options(&self, name: &str, bytes: &[u8], base: &LintOptions) -> LintOptions {
        let mut options = base.clone();
        if let Some(TargetChoice(target)) = &self.target {
            options.target.clone_from(target);
        }
        if let Some(platform) = self.platform {
            options.platform = platform;
        }
        options.kind = self.kind.unwrap_or_default().kind();
        options.template = self.template.unwrap_or_default().syntax(name, bytes);
        let off = self.rules.iter().filter(|(_, level)| **level == Level::Off);
        options.ignore.extend(off.map(|(rule, _)| (*rule).to_owned()));
        options
    }

    /// Checks a file. `base` has what these settings do not say.
    #[must_use]
    pub fn lint(&self, name: &str, bytes: &[u8], base: &LintOptions) -> Report {
        let options = self.options(name, bytes, base);
        let mut report =
            if self.looks_inside() { lint_file(name, bytes, &options) } else { lint(bytes, &options) };
        for found in &mut report.diagnostics {
            if let Some(Level::At(severity)) = self.rules.get(found.rule) {
                found.severity = *severity;
            }
        }
        report
    }

    /// The settings as they stand in a file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut lines = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            lines.extend(value.map(|value| format!("{name} = {value}")));
        };
        let quoted = |text: &str| format!("\"{text}\"");
        add("target", self.target.as_ref().map(|target| quoted(&target.to_string())));
        add("platform", self.platform.and_then(|platform| platform.name()).map(quoted));
        add("kind", self.kind.map(|kind| quoted(kind.word())));
        add("template", self.template.map(|template| quoted(template.word())));
        add("embedded", self.embedded.map(|embedded| embedded.to_string()));
        add("fail-on", self.fail_on.map(|severity| quoted(severity.word())));
        if !self.rules.is_empty() {
            lines.push("\n[rules]".to_owned());
            lines.extend(self.rules.iter().map(|(rule, level)| format!("{rule} = \"{}\"", level.word())));
        }
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// What holds where nobody says anything.
    #[must_use]
    pub fn defaults() -> Self {
        Self {
            target: Some(TargetChoice(None)),
            platform: None,
            kind: Some(KindChoice::Auto),
            template: Some(TemplateChoice::Auto),
            embedded: Some(true),
            fail_on: Some(Severity::Error),
            rules: BTreeMap::new(),
        }
    }
}
