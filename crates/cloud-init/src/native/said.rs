//! The validator's errors and deprecations, as it counts and puts them.
//!
//! Since 23.2, each stands there once, in the order of paths and messages; before, the order within a path was that of
//! the schema, and nothing was left out. That is not kept.

use std::borrow::Cow;
use std::collections::BTreeMap;

use dryboot_schema::{Object, Problem, ProblemKind, Release, Rest};
use dryboot_yaml::NodeId;
use dryboot_yaml::python::report;

use super::File;
use super::deprecated;
use super::fatal;
use super::form::{Form, filled};
use super::hidden::Hidden;
use super::jsonschema::Words;
use super::repr::Repr;
use crate::header::{HEADERS, Header};
use crate::jinja;
use crate::verdict::{Cause, Complaint, Judged, Kind, Reading, Subject};

/// How many bytes of values all messages about a text show together.
const ROOM: usize = 1 << 20;

/// One thing that the validator says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// Where, as it writes it.
    pub path: String,
    /// What.
    pub message: String,
}

/// All that it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// The errors.
    pub errors: Vec<Said>,
    /// What it accepts and reports.
    pub deprecations: Vec<Said>,
}

/// What the validator says about a file that it has judged.
#[must_use]
pub fn messages(judged: &Judged, file: &File<'_>, subject: &Subject<'_>) -> Messages {
    let verdict = &judged.verdict;
    let form = Form::of(subject.release);
    let mut speaker = judged.reading.as_ref().map(|reading| Speaker::new(reading, file, subject));
    let mut told = Messages::default();
    let mut unknown: BTreeMap<Mapping, UnknownKeys<'_>> = BTreeMap::new();
    for error in &verdict.errors {
        match (&error.cause, &mut speaker) {
            (Cause::Schema(problem), Some(speaker)) => match problem.kind {
                ProblemKind::UnknownKey(key) if !problem.is_part_of_a_choice() => {
                    let keys = || UnknownKeys { problem, keys: Vec::new() };
                    unknown.entry(mapping(problem)).or_insert_with(keys).keys.push(key);
                }
                _ => told.errors.extend(speaker.error(problem)),
            },
            _ => told.errors.extend(about_the_text(error, judged, file, subject)),
        }
    }
    if let Some(speaker) = &mut speaker {
        told.errors.extend(unknown.values().map(|keys| speaker.unknown(keys, form)));
        told.deprecations
            .extend(verdict.deprecations.iter().filter_map(|complaint| speaker.deprecation(complaint)));
    }
    for all in [&mut told.errors, &mut told.deprecations] {
        all.sort();
        all.dedup();
    }
    told
}

/// A complaint about a text in which nothing could be looked up.
fn about_the_text(
    complaint: &Complaint,
    judged: &Judged,
    file: &File<'_>,
    subject: &Subject<'_>,
) -> Option<Said> {
    let form = Form::of(subject.release);
    let filled_text = judged.reading.as_ref().and_then(|reading| reading.filled.as_ref());
    let message = match &complaint.cause {
        Cause::Syntax(error) => {
            let text = filled_text.map_or(file.text, |filled| &filled.text);
            // The places of secrets are those of the template.
            let secrets = file.secrets.map(|spans| if filled_text.is_some() { &[] } else { spans });
            filled(
                form.not_yaml,
                &[
                    ("name", file.name),
                    ("message", &report(error, &Hidden::in_text(text, secrets), form.given)),
                ],
            )
        }
        Cause::Encoding if file.bytes.starts_with(b"#cloud-config") => {
            filled(form.not_yaml, &[("name", file.name), ("message", &fatal::undecoded_by_yaml(file.bytes))])
        }
        Cause::NotAMapping => {
            filled(form.not_a_mapping, &[("name", file.name), ("schema", schema_of(subject))])
        }
        Cause::Encoding | Cause::Header | Cause::Empty => {
            let mut headers = HEADERS.map(|(header, ..)| header);
            headers.sort_unstable();
            let text = read(judged, file, subject);
            let line = text.split('\n').next().unwrap_or_default();
            let values = [("name", file.name), ("line", line), ("headers", &headers.join(", "))];
            filled(form.no_header, &values)
        }
        _ => return None,
    };
    Some(Said { path: complaint.path.clone(), message })
}

/// What the validator takes a text for that is not a network configuration.
pub(super) fn schema_of(subject: &Subject<'_>) -> &'static str {
    if subject.kind == Kind::NetworkConfig { "network-config" } else { "cloud-config" }
}

/// The text that the validator looked at, which of a template is what it was filled to.
pub(super) fn read<'f>(judged: &Judged, file: &File<'f>, subject: &Subject<'_>) -> Cow<'f, str> {
    let filled = judged.header.filter(|header| *header == Header::Jinja).and(subject.instance_data);
    match filled.and_then(|data| jinja::render(file.text, data).ok()) {
        Some(rendered) => {
            Cow::Owned(Hidden::in_text(&rendered.text, file.secrets.map(|_| &[][..])).into_owned())
        }
        None => Hidden::in_text(file.text, file.secrets),
    }
}

/// The keys of one mapping that the schema does not list: one error for all.
struct UnknownKeys<'v> {
    problem: &'v Problem,
    keys: Vec<NodeId>,
}

/// A mapping of the text as one of the tables sees it: aliases lead to it on several paths.
type Mapping = (String, NodeId, Option<*const Object>);

fn mapping(problem: &Problem) -> Mapping {
    (dotted(&problem.path), problem.value, problem.object().map(std::ptr::from_ref))
}

/// Puts problems of one text into words.
struct Speaker<'a> {
    repr: Repr<'a>,
    words: Words,
    release: Release,
}

impl<'a> Speaker<'a> {
    fn new(reading: &'a Reading, file: &File<'a>, subject: &Subject<'_>) -> Self {
        let secrets = file.secrets.map(|spans| if reading.filled.is_some() { &[] } else { spans });
        let repr = Repr {
            tree: &reading.parsed.tree,
            loaded: &reading.loaded,
            hidden: Hidden::new(secrets),
            room: ROOM,
        };
        Self { repr, words: Words::of(subject.release), release: subject.release }
    }

    fn error(&mut self, problem: &Problem) -> Vec<Said> {
        let (path, _) = problem.reported();
        let path = dotted(path);
        match problem.blamed_value() {
            Some(value) => {
                let value = self.repr.of(value, &path);
                vec![Said { path, message: self.words.no_alternative(&value) }]
            }
            None => {
                let value = self.repr.of(problem.value, &path);
                let messages = self.words.about(problem, &value, self.repr.loaded, self.release);
                messages.into_iter().map(|message| Said { path: path.clone(), message }).collect()
            }
        }
    }

    fn unknown(&mut self, keys: &UnknownKeys<'_>, form: &Form) -> Said {
        let mut shown: Vec<(String, String)> =
            keys.keys.iter().map(|key| (self.text(*key), self.repr.of(*key, ""))).collect();
        shown.sort();
        let shown: Vec<String> = shown.into_iter().map(|(_, shown)| shown).collect();
        let object = keys.problem.object();
        let mut patterns: Vec<String> = object
            .filter(|object| matches!(object.rest, Rest::Closed))
            .into_iter()
            .flat_map(|object| object.patterns)
            .filter(|(_, node)| node.life.includes(self.release))
            .map(|(pattern, _)| dryboot_yaml::python::repr(pattern.text))
            .collect();
        patterns.sort();
        let mut path = dotted(&keys.problem.path);
        if let ([only], true) =
            (shown.as_slice(), path.is_empty() && form.names_unknown_key && patterns.is_empty())
        {
            // The validator finds the key in its own message, if the key is in such quotes.
            let name = only.strip_prefix('\'').and_then(|name| name.strip_suffix('\''));
            path.push_str(name.unwrap_or_default());
        }
        Said { path, message: self.words.unknown_keys(&shown, &patterns) }
    }

    fn text(&self, key: NodeId) -> String {
        self.repr.tree.node(key).text().unwrap_or_default().to_owned()
    }

    fn deprecation(&self, complaint: &Complaint) -> Option<Said> {
        let Cause::Schema(problem) = &complaint.cause else { return None };
        let ProblemKind::Deprecated(deprecated) = problem.kind else { return None };
        let message = deprecated::message(deprecated, &problem.path, self.release);
        Some(Said { path: complaint.path.clone(), message })
    }
}

fn dotted(path: &[dryboot_schema::Step]) -> String {
    let steps: Vec<String> = path.iter().map(ToString::to_string).collect();
    steps.join(".")
}
