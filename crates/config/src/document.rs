//! A cloud-config that has been read: text, tree and typed model of one target.

use dryboot_yaml::values::{Build, build};
use dryboot_yaml::{Dialect, Limits, LineIndex, NodeId, Parsed, Tree, parse};

use crate::content::Contents;
use crate::envelope::{Envelope, Format};
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

impl Target {
    /// The YAML library that this program reads its config with.
    #[must_use]
    pub fn dialect(self) -> Dialect {
        match self {
            Self::CoreOs => Dialect::GoYamlV1,
            Self::Flatcar => Dialect::GoYamlV3,
        }
    }
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
        let is_yaml = match format {
            Format::CloudConfig => true,
            Format::Unknown => looks_like_yaml(&envelope.text),
            _ => false,
        };
        let (bytes, text) = if is_yaml { (&*envelope.bytes, envelope.text.as_str()) } else { (&b""[..], "") };
        let parsed = parse(bytes, text, dialect, limits);
        let build = build(&parsed.tree, dialect);
        let model = decode(&parsed.tree, dialect, limits.alias_expansion);
        Self {
            target,
            envelope,
            format,
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
    let text = text.trim_start_matches('\u{feff}');
    if text.starts_with('{') || text.starts_with("Content-Type:") || text.starts_with("MIME-Version:") {
        return false;
    }
    let has_header = text.lines().take(3).any(|line| line.trim().eq_ignore_ascii_case(HEADER));
    has_header
        || text.lines().take(200).any(|line| {
            let key = line.split_once(':').map(|(key, rest)| (key, rest.is_empty() || rest.starts_with(' ')));
            key.is_some_and(|(key, ends)| {
                ends && !key.is_empty()
                    && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'-')
            })
        })
}
