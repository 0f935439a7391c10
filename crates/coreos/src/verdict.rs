//! The verdict of the target's own validator, entry by entry, in its words: what `-validate`
//! prints, with the right line where the original guesses wrong and without the meaningless
//! companion of syntax errors.

use std::collections::HashSet;

use dryboot_schema::{Key, Names};
use dryboot_yaml::order::sort_by;
use dryboot_yaml::values::Budget;
use dryboot_yaml::{Content, Dialect, Span};

use crate::content::fits;
use crate::document::Document;
use crate::envelope::Format;
use crate::go_url::is_request_uri;
use crate::schema::{CLOUD_CONFIG, COREOS};
use crate::weak::{Cursor, Segment, View, WeakKind};
use crate::{Kind, Target, go_path};

/// The validator's own grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// `error`
    Error,
    /// `warning`
    Warning,
    /// `info`
    Info,
}

impl EntryKind {
    /// The word in the validator's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// The check that made an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The text is nothing that the target knows.
    Format,
    /// The YAML library refuses the text.
    Yaml,
    /// The discovery URL is none.
    Discovery,
    /// A file's content cannot be decoded.
    Encoding,
    /// A value is of the wrong kind.
    Type,
    /// The target has no such key.
    UnknownKey,
    /// The target calls the key deprecated.
    Deprecated,
    /// A value does not match its pattern.
    Value,
    /// A file lies below `/usr`.
    ReadOnly,
    /// `write_files` stands under `coreos`.
    Misplaced,
}

/// One line of the validator's output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The grade.
    pub kind: EntryKind,
    /// The words.
    pub message: String,
    /// The place that the words are about.
    pub span: Span,
    /// The line that is printed, from 1.
    pub line: usize,
    /// Path of the value, keys as written.
    pub path: String,
    /// The check after it.
    pub check: Check,
}

/// What the validator says.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The entries by line, kind and message, as they are printed.
    pub entries: Vec<Entry>,
    /// The validator gives up with these words, and prints none of its entries.
    pub failure: Option<String>,
    /// Aliases and merge keys went past the limit, and the rest was left out.
    pub exhausted: bool,
}

pub(crate) fn of(document: &Document<'_>) -> Verdict {
    let mut validator = Validator {
        document,
        view: View {
            tree: document.tree(),
            dialect: document.target.dialect(),
            budget: Budget::new(document.limits().alias_expansion),
        },
        path: Vec::new(),
        verdict: Verdict::default(),
    };
    match document.format {
        Format::CloudConfig => validator.cloud_config(),
        Format::Unknown => {
            let words = match document.target {
                Target::CoreOs => "must be \"#cloud-config\" or begin with \"#!\"",
                Target::Flatcar => "must be \"#cloud-config\", multipart mime or begin with \"#!\"",
            };
            validator.add(EntryKind::Error, Check::Format, Span::default(), words.to_owned());
        }
        Format::Empty | Format::Script | Format::Ignition | Format::MimeMultipart => {}
    }
    let mut verdict = validator.verdict;
    sort_by(&mut verdict.entries, |a, b| (a.line, a.kind, &a.message).cmp(&(b.line, b.kind, &b.message)));
    verdict
}

/// What coreos-cloudinit's YAML library says of an alias that is used as a key: its typed pass
/// rewrites hyphens in keys, and with them the name of the alias.
#[must_use]
pub fn unknown_key_alias(document: &Document<'_>) -> Option<String> {
    let tree = document.tree();
    let keys = tree.ids().filter_map(|id| match &tree.node(id).content {
        Content::Mapping(entries) => Some(entries.iter().map(|entry| entry.key)),
        _ => None,
    });
    let rewritten = keys.flatten().filter_map(|key| match &tree.node(key).content {
        Content::Alias { name, .. } if name.contains('-') => Some(name.replace('-', "_")),
        _ => None,
    });
    let anchors: HashSet<&str> = tree.ids().filter_map(|id| tree.node(id).anchor.as_deref()).collect();
    let mut unknown = rewritten.filter(|name| !anchors.contains(name.as_str()));
    unknown.next().map(|name| format!("YAML error: Unknown anchor '{name}' referenced"))
}

struct Validator<'d> {
    document: &'d Document<'d>,
    view: View<'d>,
    path: Vec<Segment<'d>>,
    verdict: Verdict,
}

impl<'d> Validator<'d> {
    fn add(&mut self, kind: EntryKind, check: Check, span: Span, message: String) {
        let line = self.document.lines.line(span.start);
        let path = path_text(&self.path);
        self.verdict.entries.push(Entry { kind, message, span, line, path, check });
    }

    fn fail(&mut self, words: impl Into<String>) {
        self.verdict.failure.get_or_insert_with(|| words.into());
    }

    fn cloud_config(&mut self) {
        let document = self.document;
        if document.target.habits().crashes_on_redefined_tags && document.parsed.redefined_tag.is_some() {
            self.fail("runtime error: index out of range [1] with length 1");
            return;
        }
        if let Some(error) = document.parsed.error.as_ref().or(document.build.error.as_ref()) {
            let at = Span::empty(error.place);
            self.add(EntryKind::Error, Check::Yaml, at, error.message.clone());
            // The recordings keep line 1 for tags that yaml.v3 alone refuses.
            if self.view.dialect == Dialect::GoYamlV3
                && error.message.starts_with("cannot decode")
                && dryboot_yaml::values::build(document.tree(), Dialect::GoYamlV1).error.is_none()
                && let Some(entry) = self.verdict.entries.last_mut()
            {
                entry.line = 1;
            }
            return;
        }
        match document.target {
            Target::CoreOs => {
                if let Some(words) = unknown_key_alias(document) {
                    self.fail(words);
                }
            }
            Target::Flatcar => self.check_build(),
        }
        let root = Cursor::root(&self.view, &document.model.config);
        self.discovery(&root);
        self.begin_walk();
        self.encodings(&root);
        self.begin_walk();
        self.structure_of_section(&root, Kind::Section(&CLOUD_CONFIG));
        self.begin_walk();
        self.validity(&root, Some(Kind::Section(&CLOUD_CONFIG)), None);
        self.begin_walk();
        self.write_files(&root);
        self.begin_walk();
    }

    /// Each walk may go as far through aliases as the decoding does.
    fn begin_walk(&mut self) {
        self.verdict.exhausted |= self.view.budget.is_exhausted();
        self.view.budget = Budget::new(self.document.limits().alias_expansion);
    }

    /// What makes the fork's validator give up before any rule runs.
    fn check_build(&mut self) {
        let document = self.document;
        let root_is_mapping = document.root_mapping().is_some();
        let root_is_null = document.tree().root().is_none() || is_null(document);
        if !document.build.duplicates.is_empty() || (!root_is_mapping && !root_is_null) {
            self.fail("couldn't parse yaml error");
        } else if document.build.unsigned.is_some() {
            self.fail("toNode(): unhandled kind uint64");
        } else if let Some(error) = document.model.unmarshal_error(document.tree(), &document.lines) {
            self.fail(error);
        }
    }

    fn discovery(&mut self, root: &Cursor<'d>) {
        let found = ["coreos", "etcd", "discovery"].iter().try_fold(root, |cursor, name| {
            let child = cursor.child(name, &mut self.view)?;
            self.path.push(child.written);
            Some(child)
        });
        if let Some(url) = found
            && url.kind != WeakKind::Null
            && !is_request_uri(&url.string(&self.view))
        {
            self.add(
                EntryKind::Warning,
                Check::Discovery,
                url.place,
                "discovery URL is not valid".to_owned(),
            );
        }
        self.path.clear();
    }

    fn encodings(&mut self, root: &Cursor<'d>) {
        let Some(files) = root.child("write_files", &mut self.view) else { return };
        for file in files.children(&mut self.view) {
            let Some(encoding) = file.child("encoding", &mut self.view) else { continue };
            if encoding.kind == WeakKind::Null {
                continue;
            }
            let content = file.child("content", &mut self.view);
            let name = encoding.string(&self.view);
            let text = match content {
                Some(content) => content.bytes(&self.view),
                None => b"<invalid Value>"[..].into(),
            };
            if fits(&text, &name).is_err() {
                let key = content.map_or(Segment::Key("content"), |content| content.written);
                self.path = vec![files.written, file.written, key];
                let place = content.map_or(file.place, |content| content.place);
                let message =
                    format!("content cannot be decoded as {}", dryboot_yaml::go_syntax::quote(&name));
                self.add(EntryKind::Error, Check::Encoding, place, message);
                self.path.clear();
            }
        }
    }

    /// Whether the value may stand for the kind; complains if not.
    fn fits(&mut self, cursor: &Cursor<'d>, kind: Kind) -> bool {
        if cursor.kind.fits(kind) {
            return true;
        }
        let message = format!(
            "incorrect type for {} (want {})",
            dryboot_yaml::go_syntax::quote(&cursor.name),
            kind.human()
        );
        self.add(EntryKind::Warning, Check::Type, cursor.place, message);
        false
    }

    fn structure(&mut self, cursor: &Cursor<'d>, kind: Kind) {
        if !self.fits(cursor, kind) {
            return;
        }
        if let Some(element) = kind.element() {
            for child in cursor.children(&mut self.view) {
                self.path.push(child.written);
                self.structure(child, element);
                self.path.pop();
            }
        }
        self.structure_of_section(cursor, kind);
    }

    fn structure_of_section(&mut self, cursor: &Cursor<'d>, kind: Kind) {
        let Kind::Section(object) = kind else { return };
        for child in cursor.children(&mut self.view) {
            self.path.push(child.written);
            let name = || dryboot_yaml::go_syntax::quote(&child.name);
            match object.position(&child.name, Names::Exact) {
                None => {
                    let message = format!("unrecognized key {}", name());
                    self.add(EntryKind::Warning, Check::UnknownKey, child.place, message);
                    let misplaced = object == &COREOS && child.name == "write_files";
                    if misplaced && child.kind != WeakKind::Null {
                        let message = "write_files doesn't belong under coreos".to_owned();
                        self.add(EntryKind::Info, Check::Misplaced, child.place, message);
                    }
                }
                Some((_, key)) => {
                    if let Some(deprecated) = key.node.deprecated {
                        let message = format!("deprecated key {} ({})", name(), deprecated.because);
                        self.add(EntryKind::Warning, Check::Deprecated, child.place, message);
                    }
                    self.structure(child, Kind::of(&key.node));
                }
            }
            self.path.pop();
        }
    }

    /// Values against their patterns. This rule walks by kind alone, whatever the value is; an
    /// element below a list has a kind but no pattern.
    fn validity(&mut self, cursor: &Cursor<'d>, kind: Option<Kind>, key: Option<&Key>) {
        if let Some(key) = key.filter(|key| key.node.is_restricted()) {
            match cursor.kind {
                WeakKind::Null => self.fail("reflect: call of reflect.Value.Interface on zero Value"),
                WeakKind::List => self.fail("runtime error: comparing uncomparable type []interface {}"),
                WeakKind::Map => {
                    self.fail("runtime error: comparing uncomparable type map[interface {}]interface {}");
                }
                _ => {
                    if let Some(value) = cursor.display(&self.view)
                        && !key.node.allows(&value)
                    {
                        let message = format!("invalid value {value}");
                        self.add(EntryKind::Error, Check::Value, cursor.place, message);
                    }
                }
            }
        }
        let element = kind.and_then(Kind::element);
        let object = match kind {
            Some(Kind::Section(object)) => Some(object),
            _ => None,
        };
        if element.is_none() && object.is_none() {
            return;
        }
        for child in cursor.children(&mut self.view) {
            let known =
                object.and_then(|object| object.position(&child.name, Names::Exact)).map(|(_, key)| key);
            let child_kind = element.or(known.map(|key| Kind::of(&key.node)));
            if child_kind.is_some() {
                self.path.push(child.written);
                self.validity(child, child_kind, known);
                self.path.pop();
            }
        }
    }

    fn write_files(&mut self, root: &Cursor<'d>) {
        let Some(files) = root.child("write_files", &mut self.view) else { return };
        for file in files.children(&mut self.view) {
            let Some(path) = file.child("path", &mut self.view) else { continue };
            if path.kind == WeakKind::Null {
                continue;
            }
            if go_path::dir(&path.string(&self.view)).starts_with("/usr") {
                self.path = vec![files.written, file.written, path.written];
                let message = "file cannot be written to a read-only filesystem".to_owned();
                self.add(EntryKind::Error, Check::ReadOnly, path.place, message);
                self.path.clear();
            }
        }
    }
}

/// Whether the whole document is a null, which is a mapping without entries to the library.
fn is_null(document: &Document<'_>) -> bool {
    let root = document.tree().root().map(|root| document.tree().node(root));
    root.and_then(|root| root.text()).is_some_and(|text| matches!(text, "" | "~" | "null" | "Null" | "NULL"))
}

fn path_text(path: &[Segment<'_>]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Segment::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}
