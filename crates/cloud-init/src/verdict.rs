//! What cloud-init's own validator, `cloud-init schema`, says to a text.
//!
//! Source: cloud-init 26.2, `config/schema.py`; how older releases differ is in [`Era`].

mod era;
mod lines;
mod network;

use dryboot_schema::{Crash, Problem, ProblemKind, Release, View, walk};
use dryboot_yaml::python::{self, Loaded};
use dryboot_yaml::{
    self as yaml, Content, Dialect, LimitExceeded, Limits, NodeId, Parsed, Span, Stage, SyntaxError, parse,
};

use crate::header::{Header, header};
use crate::keys;
use era::Era;
use lines::PythonLines;

/// What the validator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to object to; deprecations may be reported.
    Accepted,
    /// At least one error.
    Refused,
    /// It knows what the text is and does not look into it.
    NotEvaluated,
    /// It fails with an error of its own, without a verdict.
    Crashed,
}

/// The validator's decision with its reasons.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The decision.
    pub outcome: Outcome,
    /// The errors, in the order of the text.
    pub errors: Vec<Complaint>,
    /// What is accepted and reported, in the order of the text.
    pub deprecations: Vec<Complaint>,
}

/// One error or deprecation.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// Where in the config, as the validator writes it: `users.0.sudo`; `format-l2.c5` for a text that is no YAML;
    /// empty for the whole.
    pub path: String,
    /// The key or item that it is about, in bytes of the text.
    pub place: Span,
    /// The line, from 1, as Python counts lines.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What it is about.
    pub cause: Cause,
}

/// What a complaint is about.
#[derive(Clone, Debug)]
pub enum Cause {
    /// The text is empty.
    Empty,
    /// The text begins with nothing that cloud-init knows.
    Header,
    /// The bytes are not UTF-8.
    Encoding,
    /// PyYAML refuses the text.
    Syntax(SyntaxError),
    /// The text is not a mapping.
    NotAMapping,
    /// The text goes past a limit of ours.
    Limit(String),
    /// Building the values fails with an error that is not PyYAML's own.
    Value(String),
    /// The schema's walk fails.
    Crash(Crash),
    /// The schema objects, or reports a deprecation.
    Schema(Box<Problem>),
}

/// A text with what the validator makes of it.
#[derive(Debug)]
pub struct Judged {
    /// What the text is.
    pub header: Option<Header>,
    /// The tree, where the text is a cloud-config.
    pub parsed: Option<Parsed>,
    /// The decision.
    pub verdict: Verdict,
}

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// User-data or vendor-data: the header says what it is.
    UserData,
    /// The network configuration, which has no header.
    NetworkConfig,
}

/// Judges `bytes` as a release of cloud-init does.
#[must_use]
pub fn judge(bytes: &[u8], kind: Kind, release: Release, limits: &Limits) -> Judged {
    let era = Era::of(release);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let complaint = Complaint::whole(Cause::Encoding, Span::empty(error.valid_up_to()));
            return Judged::without_tree(None, Outcome::Crashed, vec![complaint]);
        }
    };
    let header = match kind {
        Kind::UserData => {
            header(text).filter(|_| !era.wants_header_first || text.starts_with("#cloud-config"))
        }
        Kind::NetworkConfig => None,
    };
    if text.is_empty() {
        return match era.accepts_empty {
            true => Judged::without_tree(header, Outcome::NotEvaluated, Vec::new()),
            false => Judged::without_tree(
                header,
                Outcome::Refused,
                vec![Complaint::whole(Cause::Empty, Span::empty(0))],
            ),
        };
    }
    match (kind, header) {
        (Kind::UserData, None) => {
            let mut complaint = Complaint::whole(Cause::Header, Span::empty(0));
            complaint.path = "format-l1.c1".to_owned();
            Judged::without_tree(None, Outcome::Refused, vec![complaint])
        }
        (Kind::UserData, Some(other)) if other != Header::CloudConfig && !era.wants_header_first => {
            Judged::without_tree(Some(other), Outcome::NotEvaluated, Vec::new())
        }
        _ => {
            let parsed = parse(bytes, text, Dialect::PyYaml, limits);
            let verdict =
                Config { lines: PythonLines::new(text), parsed: &parsed, kind, release, limits }.verdict();
            Judged { header, parsed: Some(parsed), verdict }
        }
    }
}

impl Judged {
    fn without_tree(header: Option<Header>, outcome: Outcome, errors: Vec<Complaint>) -> Self {
        Self { header, parsed: None, verdict: Verdict { outcome, errors, deprecations: Vec::new() } }
    }
}

impl Complaint {
    /// A complaint about the whole text, which stands at its start.
    fn whole(cause: Cause, place: Span) -> Self {
        Self { path: String::new(), place, line: 1, column: 1, cause }
    }

    fn at(path: String, place: Span, cause: Cause, lines: &PythonLines<'_>) -> Self {
        let (line, column) = lines.position(place.start);
        Self { path, place, line, column, cause }
    }
}

impl Verdict {
    fn skipped() -> Self {
        Self { outcome: Outcome::NotEvaluated, errors: Vec::new(), deprecations: Vec::new() }
    }
}

/// A cloud-config or a network configuration that is being judged.
struct Config<'t> {
    lines: PythonLines<'t>,
    parsed: &'t Parsed,
    kind: Kind,
    release: Release,
    limits: &'t Limits,
}

impl Config<'_> {
    fn verdict(&self) -> Verdict {
        let tree = &self.parsed.tree;
        if let Some(verdict) = self.unread(&self.parsed.error, &self.parsed.crash, &self.parsed.limit) {
            return verdict;
        }
        let loaded = python::load(tree, self.limits);
        if let Some(verdict) = self.unread(&loaded.error, &loaded.crash, &loaded.limit) {
            return verdict;
        }
        let Some(root) = tree.root() else {
            return self.ends(Outcome::Refused, Span::empty(0), Cause::NotAMapping);
        };
        if !matches!(tree.node(root).content, Content::Mapping(_)) {
            return self.ends(Outcome::Refused, Span::empty(0), Cause::NotAMapping);
        }
        self.schema(root, &loaded)
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
            Kind::UserData => &keys::ROOT,
            Kind::NetworkConfig => match network::table(&view, root, self.release) {
                network::Table::Schema(table) => table,
                network::Table::Skipped => return Verdict::skipped(),
                network::Table::Crash => {
                    return self.ends(
                        Outcome::Crashed,
                        Span::empty(0),
                        Cause::Crash(Crash::NotAMapping(root)),
                    );
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
        let steps: Vec<String> = problem.path.iter().map(ToString::to_string).collect();
        let mut path = steps.join(".");
        let mut place = problem.place;
        // The validator has one error for all unknown keys of the top level; each has its own here.
        if let ProblemKind::UnknownKey(key) = problem.kind
            && path.is_empty()
        {
            path = view.key_name(key);
            place = view.tree().node(key).span;
        }
        Complaint::at(path, place, Cause::Schema(Box::new(problem)), &self.lines)
    }

    /// PyYAML's refusal: the path says where the validator points, the place where the fault is.
    fn syntax(&self, error: &SyntaxError) -> Verdict {
        let pointed = error.context.as_ref().map_or(error.noticed, |(_, at)| *at);
        // A fault of the reader has no place there.
        let (line, column) = if error.stage == Stage::Reader { (1, 1) } else { self.lines.position(pointed) };
        let path = format!("format-l{line}.c{column}");
        let complaint =
            Complaint::at(path, Span::empty(error.place), Cause::Syntax(error.clone()), &self.lines);
        Verdict { outcome: Outcome::Refused, errors: vec![complaint], deprecations: Vec::new() }
    }

    fn ends(&self, outcome: Outcome, place: Span, cause: Cause) -> Verdict {
        Verdict { outcome, errors: vec![Complaint::whole(cause, place)], deprecations: Vec::new() }
    }
}
