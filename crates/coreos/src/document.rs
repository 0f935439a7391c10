//! A cloud-config that has been read: text, tree and typed model of one target.

use dryboot_yaml::values::{Build, build};
use dryboot_yaml::{Limits, LineIndex, NodeId, Parsed, Tree, parse};

use crate::content::Contents;
use crate::envelope::{Envelope, Format};
use crate::foreign::{self, Foreign};
use crate::typed::{Model, decode};
use crate::verdict::{self, Verdict};
use crate::{HEADER, Target};

/// What a target makes of user-data.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The program that reads it.
    pub target: Target,
    /// The bytes and the text.
    pub envelope: &'a Envelope<'a>,
    /// What the target takes it for.
    pub format: Format,
    /// What it looks like when it is nothing that the target knows.
    pub foreign: Option<&'static Foreign>,
    /// Line starts of the text.
    pub lines: LineIndex,
    /// The tree, and the verdict on the syntax.
    pub parsed: Parsed,
    /// What the library refuses while it builds values.
    pub build: Build,
    /// The typed model, empty unless this is a cloud-config.
    pub model: Model,
    /// The contents of its files, decoded as far as somebody has asked for them.
    pub contents: Contents,
    limits: Limits,
}

impl<'a> Document<'a> {
    /// Reads user-data as `target` does. A text that lacks the header but looks like YAML is
    /// read, too, so that there is something to say about it.
    #[must_use]
    pub fn read(envelope: &'a Envelope<'a>, target: Target, limits: &Limits) -> Self {
        Self::read_as(envelope.format(target), envelope, target, limits)
    }

    /// Reads user-data whose format is known from elsewhere: a part of a message is a cloud-config
    /// by its type, with or without the header.
    #[must_use]
    pub fn read_as(format: Format, envelope: &'a Envelope<'a>, target: Target, limits: &Limits) -> Self {
        let dialect = target.dialect();
        let unknown = format == Format::Unknown;
        let mut foreign = unknown.then(|| foreign::of_beginning(&envelope.text)).flatten();
        let is_yaml = format == Format::CloudConfig
            || (unknown && foreign.is_none() && looks_like_yaml(&envelope.text));
        let (bytes, text) = if is_yaml { (&*envelope.bytes, envelope.text.as_str()) } else { (&b""[..], "") };
        let mut parsed = parse(bytes, text, dialect, limits);
        if unknown && is_yaml && !has_header(text) {
            foreign = foreign::of_tree(&parsed.tree).or_else(|| foreign::json(text));
        }
        if is_yaml && foreign.is_some() {
            // What is said about it as a cloud-config would only mislead.
            parsed = parse(b"", "", dialect, limits);
        }
        let build = build(&parsed.tree, dialect);
        let model = decode(&parsed.tree, dialect, limits.alias_expansion);
        Self {
            target,
            envelope,
            format,
            foreign,
            lines: LineIndex::new(&envelope.text),
            parsed,
            build,
            model,
            contents: Contents::new(limits.decoded),
            limits: *limits,
        }
    }

    /// The text that spans point into.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.envelope.text
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.parsed.tree
    }

    /// The mapping at the top, if there is one.
    #[must_use]
    pub fn root_mapping(&self) -> Option<NodeId> {
        let root = self.tree().resolve(self.tree().root()?)?;
        matches!(self.tree().node(root).content, dryboot_yaml::Content::Mapping(_)).then_some(root)
    }

    /// The limits under which the text was read.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What the target's own validator says.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        verdict::of(self)
    }
}

/// Whether it is worth reading a text without the header as YAML: some line begins with a key,
/// or the header is there in a damaged form.
fn looks_like_yaml(text: &str) -> bool {
    let is_object = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    is_object || has_header(text) || text.lines().take(200).any(begins_with_key)
}

fn begins_with_key(line: &str) -> bool {
    let line = line.strip_prefix("- ").unwrap_or(line);
    line.split_once(':').is_some_and(|(key, rest)| {
        key.starts_with(|char: char| char.is_ascii_lowercase() || char == '_')
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
            && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// Whether the header is there, perhaps in a damaged form.
fn has_header(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    text.lines().take(3).any(|line| line.trim().eq_ignore_ascii_case(HEADER))
}
