//! Every key of the file, in one table.

use std::collections::BTreeMap;
use std::path::PathBuf;

use dryboot_core::{Location, Severity, nearest, rules};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::choice::{KindChoice, Level, TargetChoice, TemplateChoice, Word};
use crate::problem::Problem;
use crate::settings::Settings;

/// A value with its place.
pub(crate) type Found<'v> = &'v Spanned<DeValue<'v>>;

/// A key.
pub(crate) struct Key<S: 'static> {
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) doc: &'static str,
    /// What it accepts.
    pub(crate) accepts: Accepts,
    /// An example of its value, in TOML.
    pub(crate) example: &'static str,
    /// Takes the value.
    pub(crate) read: fn(&mut S, Found<'_>) -> Result<(), Vec<Problem>>,
}

/// What a key accepts.
#[derive(Clone, Copy)]
pub(crate) enum Accepts {
    /// `true` or `false`.
    Bool,
    /// Text of its own form.
    Text,
    /// One of these words, with what they mean.
    Words(fn() -> Vec<(String, String)>),
    /// Patterns of paths.
    Globs,
    /// A level for each rule.
    Rules,
}

/// What the file says about itself and about which files there are.
#[derive(Debug, Default)]
pub(crate) struct Project {
    pub(crate) required_version: Option<String>,
    pub(crate) exclude: GlobSet,
    pub(crate) baseline: Option<PathBuf>,
}

/// The keys that can only stand at the top.
pub(crate) const PROJECT: &[Key<Project>] = &[
    Key {
        name: "required-version",
        doc: "The version of dryboot that the project is checked with: `0.1` means every 0.1.x. Another version stops with an \
              error.",
        accepts: Accepts::Text,
        example: "\"0.1\"",
        read: |project, value| set(&mut project.required_version, required_version(value)),
    },
    Key {
        name: "exclude",
        doc: "Files not to check when a directory is checked, as patterns relative to the directory of this file: `*` stands for \
              any characters but `/`, `**` for any directories.",
        accepts: Accepts::Globs,
        example: "[\"vendor/**\"]",
        read: |project, value| globs(value).map(|globs| project.exclude = globs),
    },
    Key {
        name: "baseline",
        doc: "A file with findings that are known and not reported, relative to this file. `dryboot lint --update-baseline` \
              writes it.",
        accepts: Accepts::Text,
        example: "\"dryboot-baseline.json\"",
        read: |project, value| set(&mut project.baseline, text(value).map(PathBuf::from)),
    },
];

/// The keys that hold for files, at the top or in `[[overrides]]`.
pub(crate) const SETTINGS: &[Key<Settings>] = &[
    Key {
        name: "target",
        doc: "The program that will read the user-data: `auto`, `cloud-init`, `coreos`, `flatcar`, a version such as \
              `cloud-init@22.4.2`, or a distribution such as `debian-12`.",
        accepts: Accepts::Text,
        example: "\"ubuntu-24.04\"",
        read: |settings, value| {
            set(
                &mut settings.target,
                text(value).and_then(|name| TargetChoice::parse(name).map_err(at(value))),
            )
        },
    },
    Key {
        name: "platform",
        doc: "The platform that machines boot on: also checks its limits and variables.",
        accepts: Accepts::Words(|| {
            Location::names().iter().map(|name| (name.to_string(), String::new())).collect()
        }),
        example: "\"ec2\"",
        read: |settings, value| {
            let location = text(value).and_then(|name| {
                Location::from_name(name).ok_or_else(|| unknown(value, "platform", name, &Location::names()))
            });
            set(&mut settings.platform, location)
        },
    },
    Key {
        name: "kind",
        doc: "The kind of file.",
        accepts: Accepts::Words(listed::<KindChoice>),
        example: "\"network-config\"",
        read: |settings, value| set(&mut settings.kind, word(value, "kind of file")),
    },
    Key {
        name: "template",
        doc: "The template language of the files, if another program renders them before a machine boots.",
        accepts: Accepts::Words(listed::<TemplateChoice>),
        example: "\"terraform\"",
        read: |settings, value| set(&mut settings.template, word(value, "template language")),
    },
    Key {
        name: "embedded",
        doc: "Whether to look for user-data inside other files: Terraform, Kubernetes objects, scripts, Markdown.",
        accepts: Accepts::Bool,
        example: "false",
        read: |settings, value| set(&mut settings.embedded, boolean(value)),
    },
    Key {
        name: "fail-on",
        doc: "The lowest severity that makes the exit code 1.",
        accepts: Accepts::Words(listed::<Severity>),
        example: "\"warning\"",
        read: |settings, value| set(&mut settings.fail_on, word(value, "severity")),
    },
    Key {
        name: "rules",
        doc: "For each rule named, the severity of its findings, or `off`.",
        accepts: Accepts::Rules,
        example: "{ needless-sudo = \"off\" }",
        read: |settings, value| levels(value).map(|levels| settings.rules.extend(levels)),
    },
];

/// The name of the list of exceptions, and of the key that says what they are about.
pub(crate) const OVERRIDES: &str = "overrides";
/// The patterns of the paths that an exception is about.
pub(crate) const PATHS: &str = "paths";

/// The value of the key with this name in a table of TOML, which may be of an inline table.
pub(crate) fn table<'v>(value: Found<'v>) -> Result<&'v DeTable<'v>, Problem> {
    value.get_ref().as_table().ok_or_else(|| mistyped(value, "a table"))
}

fn set<T>(place: &mut Option<T>, value: Result<T, Problem>) -> Result<(), Vec<Problem>> {
    *place = Some(value.map_err(|problem| vec![problem])?);
    Ok(())
}

fn at(value: Found<'_>) -> impl Fn(String) -> Problem {
    let span = crate::config::span(value);
    move |message| Problem::new(span, message)
}

fn mistyped(value: Found<'_>, expected: &str) -> Problem {
    at(value)(format!("must be {expected}, not {}", article(value.get_ref().type_str())))
}

fn article(kind: &str) -> String {
    match kind.starts_with(['a', 'i']) {
        true => format!("an {kind}"),
        false => format!("a {kind}"),
    }
}

fn text<'v>(value: Found<'v>) -> Result<&'v str, Problem> {
    value.get_ref().as_str().ok_or_else(|| mistyped(value, "a string"))
}

fn boolean(value: Found<'_>) -> Result<bool, Problem> {
    value.get_ref().as_bool().ok_or_else(|| mistyped(value, "`true` or `false`"))
}

/// A problem with a name that is not known; with the one that may be meant.
pub(crate) fn unknown(value: Found<'_>, what: &str, name: &str, known: &[&str]) -> Problem {
    at(value)(unknown_name(what, name, known))
}

/// The message about a name that is not known.
pub(crate) fn unknown_name(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("unknown {what} `{name}`: did you mean `{near}`?"),
        None if known.len() > 16 => format!("unknown {what} `{name}`"),
        None => format!("unknown {what} `{name}`; valid: {}", known.join(", ")),
    }
}

fn word<W: Word>(value: Found<'_>, what: &str) -> Result<W, Problem> {
    let name = text(value)?;
    let known: Vec<&str> = W::WORDS.iter().map(|(name, ..)| *name).collect();
    W::from_word(name).ok_or_else(|| unknown(value, what, name, &known))
}

fn listed<W: Word>() -> Vec<(String, String)> {
    W::WORDS.iter().map(|(name, doc, _)| ((*name).to_owned(), (*doc).to_owned())).collect()
}

fn required_version(value: Found<'_>) -> Result<String, Problem> {
    let version = text(value)?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if version.split('.').count() > 3 || !version.split('.').all(is_number) {
        return Err(at(value)("must be a version, such as `0.1` or `0.1.2`".to_owned()));
    }
    Ok(version.to_owned())
}

/// Patterns of paths.
pub(crate) fn globs(value: Found<'_>) -> Result<GlobSet, Vec<Problem>> {
    let list = value.get_ref().as_array().ok_or_else(|| vec![mistyped(value, "a list of patterns")])?;
    let mut problems = Vec::new();
    let mut globs = GlobSetBuilder::new();
    for item in list {
        let glob = text(item).and_then(|pattern| {
            let built = GlobBuilder::new(pattern).literal_separator(true).build();
            built.map_err(|error| at(item)(error.kind().to_string()))
        });
        match glob {
            Ok(glob) => _ = globs.add(glob),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    globs.build().map_err(|error| vec![at(value)(error.kind().to_string())])
}

fn levels(value: Found<'_>) -> Result<BTreeMap<&'static str, Level>, Vec<Problem>> {
    let known = rules();
    let names: Vec<&'static str> = known.iter().map(|rule| rule.name).collect();
    let mut problems = Vec::new();
    let mut levels = BTreeMap::new();
    for (key, value) in table(value).map_err(|problem| vec![problem])? {
        let name = key.get_ref().as_ref();
        let Some(rule) = names.iter().find(|known| **known == name) else {
            problems.push(Problem::new(crate::config::span(key), unknown_name("rule", name, &names)));
            continue;
        };
        match word(value, "level") {
            Ok(level) => _ = levels.insert(*rule, level),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(levels) } else { Err(problems) }
}
