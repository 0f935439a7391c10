//! From bytes to a verdict.

use dryboot_schema::{Release, View, walk};
use dryboot_yaml::python::{Loaded, load_with};
use dryboot_yaml::{Content, Dialect, Limits, NodeId, Parsed, Span, parse};

use super::config::Config;
use super::era::Era;
use super::lines::PythonLines;
use super::{Cause, Complaint, Outcome, Verdict};
use crate::header::{Header, header};
use crate::jinja::{self, InstanceData, SourceLines, Stage};
use crate::keys;
use crate::platform::Platform;
use crate::target::Distribution;

/// What is judged, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What the text is.
    pub kind: Kind,
    /// The release that judges it.
    pub release: Release,
    /// The distribution whose image the machine boots, if that is known. The verdict does not depend on it.
    pub distribution: Option<&'static Distribution>,
    /// Where the machine boots, if that is known. The verdict does not depend on it.
    pub platform: Option<&'static Platform>,
    /// Tells how long bytes are after `gzip -9`, for the figures in a finding. A host that must be small leaves it out.
    pub gzipped_length: Option<fn(&[u8]) -> usize>,
    /// What templates are filled with; without it, they are not looked into.
    pub instance_data: Option<&'a InstanceData>,
    /// The name of the file, where the report is to have what the validator prints about it.
    pub printed_for: Option<&'a str>,
    /// What a text may cost.
    pub limits: Limits,
}

impl Subject<'_> {
    /// A text of a kind for a release, about which nothing else is known.
    #[must_use]
    pub fn new(kind: Kind, release: Release) -> Self {
        Self {
            kind,
            release,
            distribution: None,
            platform: None,
            gzipped_length: None,
            instance_data: None,
            printed_for: None,
            limits: Limits::default(),
        }
    }
}

/// What a text is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// User-data or vendor-data: the header says what it is.
    UserData,
    /// A part of user-data that is a cloud-config by its type, with or without the header.
    CloudConfig,
    /// A part of user-data that is a template by its type.
    Template,
    /// The network configuration, which has no header.
    NetworkConfig,
}

/// A text with what the validator makes of it.
#[derive(Debug)]
pub struct Judged {
    /// What the text is.
    pub header: Option<Header>,
    /// What is read as YAML, where anything is.
    pub reading: Option<Reading>,
    /// The decision. Its places are those of the text that was given, also where that is a template.
    pub verdict: Verdict,
}

/// A text that was read as YAML.
#[derive(Debug)]
pub struct Reading {
    /// The text of a filled template, with the lines that it comes from; none where the text itself was read.
    pub filled: Option<jinja::Rendered>,
    /// The tree.
    pub parsed: Parsed,
    /// The values that the release builds from it; none where it is not whole.
    pub loaded: Loaded,
}

impl Reading {
    /// Whether a release has nothing to say about it as a cloud-config: it is valid, and nothing in it is deprecated.
    #[must_use]
    pub fn is_faultless(&self, release: Release, limits: &Limits) -> bool {
        let Self { parsed, loaded, .. } = self;
        let is_mapping = |root: &NodeId| matches!(parsed.tree.node(*root).content, Content::Mapping(_));
        let Some(root) = parsed.tree.root().filter(is_mapping) else { return false };
        let view = View::new(&parsed.tree, loaded, limits.nodes);
        let found = walk(&view, root, &keys::ROOT, release, Era::of(release).schema);
        found.crash.is_none() && found.errors.is_empty() && found.deprecations.is_empty()
    }
}

/// Judges `bytes` as a release of cloud-init does.
#[must_use]
pub fn judge(bytes: &[u8], subject: &Subject<'_>) -> Judged {
    let limit = subject.limits.bytes;
    if bytes.len() > limit {
        let cause = Cause::Limit(format!("the file is larger than {} MiB", limit >> 20));
        let complaint = Complaint::whole(cause, Span::empty(0));
        return Judged::unread(None, Verdict::because(Outcome::Crashed, complaint));
    }
    let era = Era::of(subject.release);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let place = Span::empty(error.valid_up_to());
            let verdict = match era.leaves_encoding_to_yaml {
                true => Verdict::because(Outcome::Refused, Complaint { place, ..at_start(Cause::Encoding) }),
                false => Verdict::because(Outcome::Crashed, Complaint::whole(Cause::Encoding, place)),
            };
            return Judged::unread(None, verdict);
        }
    };
    if text.is_empty() {
        let verdict = match era.accepts_empty {
            true => Verdict::not_evaluated(),
            false => Verdict::because(Outcome::Refused, at_start(Cause::Empty)),
        };
        return Judged::unread(None, verdict);
    }
    let is_config = match subject.kind {
        Kind::NetworkConfig => return Judged::read(None, text, subject),
        Kind::CloudConfig => Some(Header::CloudConfig),
        Kind::Template => Some(Header::Jinja),
        Kind::UserData if era.wants_header_first => {
            text.starts_with("#cloud-config").then_some(Header::CloudConfig)
        }
        Kind::UserData => header(text),
    };
    match (is_config, subject.instance_data) {
        (None, _) => Judged::unread(None, Verdict::because(Outcome::Refused, at_start(Cause::Header))),
        (Some(Header::CloudConfig), _) => Judged::read(Some(Header::CloudConfig), text, subject),
        (Some(Header::Jinja), Some(data)) => Judged::template(text, data, subject),
        (Some(other), _) => Judged::unread(Some(other), Verdict::not_evaluated()),
    }
}

/// A complaint about the whole text, for which the validator names its first character.
fn at_start(cause: Cause) -> Complaint {
    at_line(1, cause)
}

fn at_line(line: usize, cause: Cause) -> Complaint {
    Complaint { path: format!("format-l{line}.c1"), line, ..Complaint::whole(cause, Span::empty(0)) }
}

impl Judged {
    /// The values of what was read; none where nothing was.
    pub(crate) fn view(&self, subject: &Subject<'_>) -> Option<View<'_>> {
        let reading = self.reading.as_ref()?;
        Some(View::new(&reading.parsed.tree, &reading.loaded, subject.limits.nodes))
    }

    fn unread(header: Option<Header>, verdict: Verdict) -> Self {
        Self { header, reading: None, verdict }
    }

    fn read(header: Option<Header>, text: &str, subject: &Subject<'_>) -> Self {
        let parsed = parse(text.as_bytes(), text, Dialect::PyYaml, &subject.limits);
        let loaded = match parsed.is_whole() {
            true => load_with(&parsed.tree, &subject.limits, Era::of(subject.release).tags),
            false => Loaded::default(),
        };
        let verdict = Config {
            lines: PythonLines::new(text),
            parsed: &parsed,
            loaded: &loaded,
            kind: subject.kind,
            release: subject.release,
            limits: &subject.limits,
        }
        .verdict();
        Self { header, reading: Some(Reading { filled: None, parsed, loaded }), verdict }
    }

    /// Fills a template, and judges what comes of it, at the places of the template.
    fn template(text: &str, data: &InstanceData, subject: &Subject<'_>) -> Self {
        let jinja = Some(Header::Jinja);
        let filled = match jinja::render(text, data) {
            Ok(filled) => filled,
            Err(error) => {
                let outcome = match error.stage {
                    Stage::FirstLine | Stage::Reading => Outcome::Refused,
                    Stage::Filling => Outcome::Crashed,
                };
                let complaint = match (error.stage, error.line) {
                    (Stage::FirstLine, line) => at_line(line, Cause::Template(error)),
                    (_, line) => {
                        Complaint { line, ..Complaint::whole(Cause::Template(error), Span::empty(0)) }
                    }
                };
                return Self::unread(jinja, Verdict::because(outcome, complaint));
            }
        };
        if filled.text.is_empty() {
            let complaint = Complaint::whole(Cause::Nothing, Span::empty(0));
            return Self::unread(jinja, Verdict::because(Outcome::Crashed, complaint));
        }
        match header(&filled.text) {
            Some(Header::CloudConfig) => {}
            Some(_) => return Self::unread(jinja, Verdict::not_evaluated()),
            None => {
                return Self::unread(jinja, Verdict::because(Outcome::Refused, at_line(2, Cause::Header)));
            }
        }
        let mut judged = Self::read(jinja, &filled.text, subject);
        let verdict = &mut judged.verdict;
        let (read, given) = (PythonLines::new(&filled.text), PythonLines::new(text));
        for complaint in verdict.errors.iter_mut().chain(&mut verdict.deprecations) {
            to_source(complaint, &filled, (&read, text, &given));
        }
        if let Some(reading) = &mut judged.reading {
            reading.filled = Some(filled);
        }
        judged
    }
}

/// Moves a complaint from the text of a filled template to the template.
fn to_source(
    complaint: &mut Complaint,
    filled: &jinja::Rendered,
    (read, template, given): (&PythonLines<'_>, &str, &PythonLines<'_>),
) {
    if complaint.path.is_empty() {
        return;
    }
    let lines: &SourceLines = &filled.lines;
    let words = complaint.place.slice(&filled.text);
    complaint.place = lines.source_span(read.position(complaint.place.start).0, words, template);
    complaint.line = lines.source_line(complaint.line);
    complaint.column = given.position(complaint.place.start).1;
}
