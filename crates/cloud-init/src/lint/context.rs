//! What a rule sees, and how it speaks.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;

use dryboot_lint::{Diagnostic, Finding, InPart, Severity};
use dryboot_schema::{ProblemKind, Release, Value, View};
use dryboot_yaml::python::Loaded;
use dryboot_yaml::{NodeId, NodeMap, Span, Tree};

use super::path::{Path, Steps};
use super::places::{Place, Places};
use super::{File, Message, Rule, Script, UnitFiles, written};
use crate::parts::{Fault, Part};
use crate::platform::Platform;
use crate::rules::users::{Account, Secret};
use crate::target::Distribution;
use crate::verdict::{Cause, Complaint, Judged, Subject};

/// A value of the config with the key or item that it stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At<'c> {
    /// The way to it.
    pub(crate) path: Path<'c>,
    /// The key, if it has one.
    pub(crate) key: Option<NodeId>,
    /// The value.
    pub(crate) value: NodeId,
}

/// The rules about values in general.
const GENERAL: [&str; 3] = ["type-mismatch", "invalid-value", "null-value"];

/// One text under one rule.
pub(crate) struct Context<'c> {
    /// The text that was given.
    pub(crate) text: &'c str,
    /// The text that was read as YAML: another one when the first is a template.
    pub(crate) read: &'c str,
    /// The verdict of cloud-init's own validator.
    pub(crate) judged: &'c Judged,
    /// What is judged, and for whom.
    pub(crate) subject: &'c Subject<'c>,
    /// Every value with what the tables know about it; none for a text that cannot be read.
    pub(crate) places: &'c Places<'c>,
    /// The user-data with its parts, for rules about these.
    pub(crate) message: Option<&'c Message<'c>>,
    /// What rules ask for again and again, made when the first one does.
    by_key: OnceCell<NodeMap<&'c Place<'c>>>,
    pub(super) files: OnceCell<Rc<[File<'c>]>>,
    pub(super) runcmd: OnceCell<Rc<Script<'c>>>,
    pub(super) bootcmd: OnceCell<Rc<Script<'c>>>,
    pub(crate) accounts: OnceCell<Rc<[Account<'c>]>>,
    pub(crate) secrets: OnceCell<Rc<[Secret<'c>]>>,
    pub(super) unit_files: OnceCell<Option<Rc<UnitFiles<'c>>>>,
    view: OnceCell<Option<View<'c>>>,
    steps: &'c Steps,
    rule: Option<&'static Rule>,
    found: Vec<Diagnostic>,
}

impl<'c> Context<'c> {
    pub(super) fn new(
        text: &'c str,
        read: &'c str,
        judged: &'c Judged,
        subject: &'c Subject<'c>,
        places: &'c Places<'c>,
        view: OnceCell<Option<View<'c>>>,
        steps: &'c Steps,
    ) -> Self {
        Self {
            text,
            read,
            judged,
            subject,
            places,
            message: None,
            by_key: OnceCell::new(),
            files: OnceCell::new(),
            runcmd: OnceCell::new(),
            bootcmd: OnceCell::new(),
            accounts: OnceCell::new(),
            secrets: OnceCell::new(),
            unit_files: OnceCell::new(),
            view,
            steps,
            rule: None,
            found: Vec::new(),
        }
    }

    pub(super) fn run(&mut self, rule: &'static Rule) {
        self.rule = Some(rule);
        (rule.check)(self);
    }

    /// The findings. What is said of a value in general is left out where a rule about this very value
    /// reports an error.
    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        let is_general = |found: &Diagnostic| GENERAL.contains(&found.rule);
        if !self.found.iter().any(is_general) {
            return self.found;
        }
        let special: HashSet<String> = self
            .found
            .iter()
            .filter(|found| found.severity == Severity::Error && !found.path.is_empty() && !is_general(found))
            .map(|found| found.path.clone())
            .collect();
        self.found.into_iter().filter(|found| !is_general(found) || !special.contains(&found.path)).collect()
    }

    /// The release that reads the text.
    pub(crate) fn release(&self) -> Release {
        self.subject.release
    }

    /// The distribution whose image the machine boots, if that is known.
    pub(crate) fn distribution(&self) -> Option<&'static Distribution> {
        self.subject.distribution
    }

    /// Where the machine boots, if that is known.
    pub(crate) fn platform(&self) -> Option<&'static Platform> {
        self.subject.platform
    }

    /// The default user of the image, where distribution and platform are known well enough.
    pub(crate) fn default_user(&self) -> Option<&'static str> {
        let distribution = self.distribution()?;
        let of_platform = self.platform().and_then(|platform| platform.default_user(distribution.family()));
        of_platform.or(distribution.default_user())
    }

    /// The tree; none for a text that is not read as YAML.
    pub(crate) fn tree(&self) -> Option<&'c Tree> {
        self.judged.reading.as_ref().map(|reading| &reading.parsed.tree)
    }

    /// What PyYAML makes of the tree; none for a text that is not read as YAML.
    pub(crate) fn loaded(&self) -> Option<&'c Loaded> {
        self.judged.reading.as_ref().map(|reading| &reading.loaded)
    }

    /// The values; none for a text that is not read as YAML.
    fn view(&self) -> Option<&View<'c>> {
        self.view.get_or_init(|| self.judged.view(self.subject)).as_ref()
    }

    /// The value at `id`.
    pub(crate) fn value(&self, id: NodeId) -> Value<'c> {
        self.view().map_or(Value::Other, |view| view.value(id))
    }

    /// The place that has this key.
    pub(crate) fn place(&self, key: NodeId) -> Option<&'c Place<'c>> {
        let by_key = || self.places.all().iter().filter_map(|place| Some((place.at.key?, place))).collect();
        self.by_key.get_or_init(by_key).get(key).copied()
    }

    /// The whole config.
    pub(crate) fn root(&self) -> Option<At<'c>> {
        let value = self.tree()?.root()?;
        Some(At { path: Path::default(), key: None, value })
    }

    /// The value of a key of a mapping, as it takes effect.
    pub(crate) fn get(&self, mapping: &At<'c>, name: &str) -> Option<At<'c>> {
        let view = self.view()?;
        let entry = view.entry(mapping.value, name)?;
        let path = mapping.path.key(view.key_str(entry.key)?, self.steps);
        Some(At { path, key: Some(entry.last_key), value: entry.value })
    }

    /// The value of the first key of a mapping that is such a string.
    pub(crate) fn get_by(&self, mapping: &At<'c>, is_wanted: impl Fn(&str) -> bool) -> Option<At<'c>> {
        let (view, Value::Map(entries)) = (self.view()?, self.value(mapping.value)) else {
            return None;
        };
        entries.iter().find_map(|entry| {
            let name = view.key_str(entry.key).filter(|name| is_wanted(name))?;
            let path = mapping.path.key(name, self.steps);
            Some(At { path, key: Some(entry.last_key), value: entry.value })
        })
    }

    /// The value of a key of the top level.
    pub(crate) fn top(&self, name: &str) -> Option<At<'c>> {
        self.get(&self.root()?, name)
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self, list: &At<'c>) -> Vec<At<'c>> {
        match self.value(list.value) {
            Value::List(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| At { path: list.path.item(index, self.steps), key: None, value: *item })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The entries of a mapping whose keys are strings; none for anything else.
    pub(crate) fn entries(&self, mapping: &At<'c>) -> Vec<(&'c str, At<'c>)> {
        let (Some(view), Value::Map(entries)) = (self.view(), self.value(mapping.value)) else {
            return Vec::new();
        };
        entries
            .iter()
            .filter_map(|entry| {
                let name = view.key_str(entry.key)?;
                let path = mapping.path.key(name, self.steps);
                Some((name, At { path, key: Some(entry.last_key), value: entry.value }))
            })
            .collect()
    }

    /// A string.
    pub(crate) fn str(&self, at: &At<'c>) -> Option<&'c str> {
        match self.value(at.value) {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The string that a key of a mapping has.
    pub(crate) fn get_str(&self, mapping: &At<'c>, name: &str) -> Option<&'c str> {
        let view = self.view()?;
        match view.value(view.entry(mapping.value, name)?.value) {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Where a value is written.
    pub(crate) fn span(&self, at: &At<'_>) -> Span {
        self.tree().map_or(Span::empty(0), |tree| tree.node(at.value).span)
    }

    /// Where the key is written; the value for what has none.
    pub(crate) fn key_span(&self, at: &At<'_>) -> Span {
        match (self.tree(), at.key) {
            (Some(tree), Some(key)) => tree.node(key).span,
            _ => self.span(at),
        }
    }

    /// The first line of a value: where to point for one that may be long.
    pub(crate) fn first_line(&self, at: &At<'_>) -> Span {
        let span = self.span(at);
        let first = span.slice(self.read).lines().next().unwrap_or_default();
        Span::new(span.start, span.start + first.trim_end().len())
    }

    /// Where a scalar's text can be replaced: where it is written literally, without its quotes.
    pub(crate) fn verbatim(&self, at: &At<'_>) -> Option<Span> {
        written::verbatim(self.tree()?, self.read, at.value)
    }

    /// What the validator objects to.
    pub(crate) fn complaints(&self) -> impl Iterator<Item = &'c Complaint> + use<'c> {
        self.judged.verdict.errors.iter()
    }

    /// What the schema objects to, as far as it is of these kinds.
    pub(crate) fn problems(
        &self,
        wanted: fn(&ProblemKind) -> bool,
    ) -> impl Iterator<Item = (&'c Complaint, &'c dryboot_schema::Problem)> + use<'c> {
        let verdict = &self.judged.verdict;
        verdict.errors.iter().chain(&verdict.deprecations).filter_map(move |complaint| {
            match &complaint.cause {
                Cause::Schema(problem) if wanted(&problem.kind) => Some((complaint, &**problem)),
                _ => None,
            }
        })
    }

    /// Adds a finding at a place of the text that was read.
    pub(crate) fn report(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        let span = self.source(span);
        self.report_at(span, message)
    }

    /// The parts of the user-data.
    pub(crate) fn parts(&self) -> &'c [Part<'c>] {
        self.message.map_or(&[], |message| &message.user_data.parts)
    }

    /// What is wrong with what carries the parts.
    pub(crate) fn faults(&self) -> &'c [Fault] {
        self.message.map_or(&[], |message| &message.user_data.faults)
    }

    /// Adds a finding at a place of the text of a part.
    pub(crate) fn report_in(&mut self, index: usize, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.report_at(span, message).part(InPart { index, span, labels: Vec::new() })
    }

    /// Adds a finding at a place of the text that was given.
    pub(crate) fn report_at(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        let (name, severity) = self.rule.map_or(("", Severity::Error), |rule| (rule.name, rule.severity));
        self.found.push(Diagnostic::new(name, severity, span, message));
        // Edits of a filled template would be edits of another text.
        let takes_fixes = !self.is_template();
        let last = self.found.len() - 1;
        Finding::new(&mut self.found[last]).fixed_if(takes_fixes)
    }

    fn is_template(&self) -> bool {
        self.judged.reading.as_ref().is_some_and(|reading| reading.filled.is_some())
    }

    /// A place of the text that was read as one of the text that was given.
    pub(crate) fn source(&self, span: Span) -> Span {
        let filled = self.judged.reading.as_ref().and_then(|reading| reading.filled.as_ref());
        match filled {
            None => span,
            Some(filled) => {
                let line = filled.text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1);
                let words = span.slice(&filled.text).lines().next().unwrap_or_default();
                filled.lines.source_span(line, words, self.text)
            }
        }
    }
}
