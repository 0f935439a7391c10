//! The verdict on a text that is a cloud-config or a network configuration.

use dryboot_schema::{Problem, ProblemKind, Release, View, walk};
use dryboot_yaml::python::Loaded;
use dryboot_yaml::{self as yaml, Content, LimitExceeded, Limits, NodeId, Parsed, Span, Stage, SyntaxError};

use super::era::Era;
use super::lines::PythonLines;
use super::{Cause, Complaint, Kind, Outcome, Verdict, network};
use crate::keys;

/// A cloud-config or a network configuration that is being judged.
pub(super) struct Config<'t> {
    pub(super) lines: PythonLines<'t>,
    pub(super) parsed: &'t Parsed,
    pub(super) loaded: &'t Loaded,
    pub(super) kind: Kind,
    pub(super) release: Release,
    pub(super) limits: &'t Limits,
}

impl Config<'_> {
    pub(super) fn verdict(&self) -> Verdict {
        let tree = &self.parsed.tree;
        if let Some(verdict) = self.unread(&self.parsed.error, &self.parsed.crash, &self.parsed.limit) {
            return verdict;
        }
        let loaded = self.loaded;
        if let Some(verdict) = self.unread(&loaded.error, &loaded.crash, &loaded.limit) {
            return verdict;
        }
        let Some(root) = tree.root() else {
            return self.ends(Outcome::Refused, Span::empty(0), Cause::NotAMapping);
        };
        if !matches!(tree.node(root).content, Content::Mapping(_)) {
            return self.ends(Outcome::Refused, Span::empty(0), Cause::NotAMapping);
        }
        self.schema(root, loaded)
    }

    /// The verdict on a text that cannot be read, or whose values cannot be built.
    fn unread(
        &self,
        error: &Option<SyntaxError>,
        crash: &Option<yaml::Crash>,
        limit: &Option<LimitExceeded>,
    ) -> Option<Verdict> {
        if let Some(error) = error {
            return Some(self.syntax(error));
        }
        if let Some(crash) = crash {
            let cause = Cause::Value(crash.message.clone());
            return Some(self.ends(Outcome::Crashed, Span::empty(crash.place), cause));
        }
        let limit = limit.as_ref()?;
        Some(self.ends(Outcome::Crashed, limit.span, Cause::Limit(limit.message.clone())))
    }

    fn schema(&self, root: NodeId, loaded: &Loaded) -> Verdict {
        let view = View::new(&self.parsed.tree, loaded, self.limits.nodes);
        let table = match self.kind {
            Kind::UserData | Kind::CloudConfig | Kind::Template => &keys::ROOT,
            Kind::NetworkConfig => match network::table(&view, root, self.release) {
                network::Table::Schema(table) => table,
                network::Table::Skipped => return Verdict::not_evaluated(),
                network::Table::Crash(crash) => {
                    return self.ends(Outcome::Crashed, Span::empty(0), Cause::Crash(crash));
                }
            },
        };
        let found = walk(&view, root, table, self.release, Era::of(self.release).schema);
        if let Some(crash) = found.crash {
            return self.ends(Outcome::Crashed, Span::empty(0), Cause::Crash(crash));
        }
        let mut errors: Vec<Complaint> =
            found.errors.into_iter().map(|problem| self.complaint(problem, &view)).collect();
        let mut deprecations: Vec<Complaint> =
            found.deprecations.into_iter().map(|problem| self.complaint(problem, &view)).collect();
        for complaints in [&mut errors, &mut deprecations] {
            complaints.sort_by_key(|complaint| complaint.place.start);
        }
        let outcome = if errors.is_empty() { Outcome::Accepted } else { Outcome::Refused };
        Verdict { outcome, errors, deprecations }
    }

    fn complaint(&self, problem: Problem, view: &View<'_>) -> Complaint {
        let (reported, mut shown) = problem.reported();
        let steps: Vec<String> = reported.iter().map(ToString::to_string).collect();
        let mut path = steps.join(".");
        let mut place = problem.place;
        // The validator has one error for all unknown keys of the top level; each has its own here.
        if let ProblemKind::UnknownKey(key) = problem.kind
            && path.is_empty()
        {
            path = view.key_name(key);
            place = view.tree().node(key).span;
            shown = place;
        }
        Complaint { place, ..self.at(path, shown, Cause::Schema(Box::new(problem))) }
    }

    /// PyYAML's refusal: the path says where the validator points, the place where the fault is.
    fn syntax(&self, error: &SyntaxError) -> Verdict {
        let pointed = error.context.as_ref().map_or(error.noticed, |(_, at)| *at);
        // A fault of the reader has no place there.
        let (line, column) = if error.stage == Stage::Reader { (1, 1) } else { self.lines.position(pointed) };
        let path = format!("format-l{line}.c{column}");
        let complaint = self.at(path, Span::empty(error.place), Cause::Syntax(error.clone()));
        Verdict::because(Outcome::Refused, complaint)
    }

    /// A complaint at a place of the text.
    fn at(&self, path: String, place: Span, cause: Cause) -> Complaint {
        let (line, column) = self.lines.position(place.start);
        Complaint { path, place, line, column, cause }
    }

    fn ends(&self, outcome: Outcome, place: Span, cause: Cause) -> Verdict {
        Verdict::because(outcome, Complaint::whole(cause, place))
    }
}
