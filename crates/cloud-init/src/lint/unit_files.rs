//! The unit files of `write_files` as systemd reads them, with the faults that it finds.

use std::collections::HashSet;
use std::ops::Deref;
use std::rc::Rc;

use dryboot_lint::{Finding, Safety};
use dryboot_systemd::Release;
use dryboot_text::LineIndex;
use dryboot_unit_lint::{self as unit_lint, BlockMap, Remark, Source, Systemd, judge_together};
use dryboot_yaml::{Span, Tree};

use super::{At, Context, File, has_placeholders};
use crate::target::Distribution;

/// What systemd, systemd-networkd and systemd-udevd read.
const DIRECTORIES: [&str; 8] = [
    "/etc/systemd/system/",
    "/run/systemd/system/",
    "/usr/lib/systemd/system/",
    "/lib/systemd/system/",
    "/etc/systemd/network/",
    "/run/systemd/network/",
    "/usr/lib/systemd/network/",
    "/lib/systemd/network/",
];

/// A unit file with where it is written.
pub(crate) struct UnitFile<'c> {
    /// Its content.
    pub(crate) at: At<'c>,
    /// Where to point for what it lacks.
    pub(crate) head: Span,
    read: unit_lint::UnitFile<'c>,
    written: Written,
}

impl<'c> Deref for UnitFile<'c> {
    type Target = unit_lint::UnitFile<'c>;

    fn deref(&self) -> &Self::Target {
        &self.read
    }
}

/// How a content is written in the config.
pub(crate) struct Written {
    head: Span,
    /// The lines of it; none when it is encoded.
    map: Option<BlockMap>,
}

impl Written {
    /// How a file's content is written.
    pub(crate) fn of<'c>(
        context: &Context<'c>,
        file: &File<'c>,
        content: &At<'c>,
        source: Source<'_>,
    ) -> Self {
        let is_text = matches!(file.encoding(context).as_str(), "" | "text/plain");
        let map = is_text.then(|| BlockMap::new(source, content.value));
        Self { head: context.first_line(content), map }
    }

    /// A part of the text, or else the line that it begins in.
    pub(crate) fn place(&self, source: Source<'_>, text: &str, span: Span) -> Span {
        self.map.as_ref().map_or(self.head, |map| map.place(source, text, span))
    }

    /// The line that an offset of the text is in.
    pub(crate) fn line(&self, source: Source<'_>, offset: usize) -> Span {
        self.map.as_ref().map_or(self.head, |map| map.whole_line(source, offset))
    }

    /// A part of the text, where that can be told to the byte.
    pub(crate) fn exact(&self, source: Source<'_>, text: &str, span: Span) -> Option<Span> {
        self.map.as_ref()?.exact(source, text, span)
    }
}

/// The unit files of a config.
pub(crate) struct UnitFiles<'c> {
    /// The files.
    pub(crate) files: Vec<UnitFile<'c>>,
    /// What reads them.
    pub(crate) systemd: Systemd,
    /// Whether another program fills placeholders such as `${name}` in the config first.
    pub(crate) is_template: bool,
    text: &'c str,
    lines: LineIndex,
    tree: &'c Tree,
}

impl<'c> UnitFiles<'c> {
    /// The unit files that the config has whole, if there are any, and systemd to read them.
    pub(crate) fn all(context: &Context<'c>) -> Option<Rc<Self>> {
        context.unit_files.get_or_init(|| Self::read(context).map(Rc::new)).clone()
    }

    fn read(context: &Context<'c>) -> Option<Self> {
        if !context.distribution().is_none_or(Distribution::has_systemd) {
            return None;
        }
        let written = File::all(context);
        let located: Vec<_> = written
            .iter()
            .filter_map(|file| Some((file, unit_lint::UnitFile::at(&file.target, &DIRECTORIES)?)))
            .collect();
        if located.is_empty() {
            return None;
        }
        let (text, lines, tree) = (context.read, LineIndex::new(context.read), context.tree()?);
        let source = Source { text, lines: &lines, tree };
        let systemd = systemd(context.distribution());
        let is_template = has_placeholders(context);
        // What entries or another program put together is not known whole.
        let is_partial = |file: &File<'c>| {
            file.appends || file.content(context).is_some_and(|content| has_filled_lines(&content))
        };
        let partial: HashSet<&str> =
            located.iter().filter(|(file, _)| is_partial(file)).map(|(_, (unit, _))| unit.as_str()).collect();
        let mut files = Vec::new();
        for (file, (unit, role)) in located.iter().filter(|(_, (unit, _))| !partial.contains(unit.as_str())) {
            let at = context.get(&file.at, "content");
            let content = file.content(context).filter(|content| !content.is_empty());
            let (Some(at), Some(content)) = (at, content) else { continue };
            // cloud-init prefers what it downloads.
            if context.get(&file.at, "source").is_some() {
                continue;
            }
            let name = file.target.rsplit('/').next().unwrap_or_default().to_owned();
            let read =
                unit_lint::UnitFile::read(unit.clone().into(), name.into(), *role, content, systemd.release);
            if let Some(mut read) = read {
                read.faults.retain(|fault| !is_filled_first(fault.span.slice(&read.text), is_template));
                let written = Written::of(context, file, &at, source);
                files.push(UnitFile { at, head: file.path_span(context), read, written });
            }
        }
        judge_together(&mut files.iter_mut().map(|file| &mut file.read).collect::<Vec<_>>(), systemd.release);
        Some(Self { files, systemd, is_template, text, lines, tree })
    }

    /// The config that they stand in.
    pub(crate) fn source(&self) -> Source<'_> {
        Source { text: self.text, lines: &self.lines, tree: self.tree }
    }

    /// What is read of the files, wherever they are written.
    pub(crate) fn contents(&self) -> Vec<&unit_lint::UnitFile<'c>> {
        self.files.iter().map(|file| &file.read).collect()
    }

    /// A part of a file, or else the line that it begins in.
    pub(crate) fn place(&self, file: &UnitFile<'_>, span: Span) -> Span {
        file.written.place(self.source(), &file.text, span)
    }

    /// A part of a file, where that can be told to the byte.
    pub(crate) fn exact(&self, file: &UnitFile<'_>, span: Span) -> Option<Span> {
        file.written.exact(self.source(), &file.text, span)
    }

    /// The line of a file that an offset is in.
    pub(crate) fn line(&self, file: &UnitFile<'_>, offset: usize) -> Span {
        file.written.line(self.source(), offset)
    }

    /// Says something about a place of a file.
    pub(crate) fn report<'f>(
        &self,
        context: &'f mut Context<'_>,
        file: &UnitFile<'_>,
        remark: Remark,
    ) -> Finding<'f> {
        let place = self.place(file, remark.span);
        let change = remark.change.clone();
        let finding = said(context, file, place, remark);
        match change.and_then(|change| Some((self.exact(file, change.span)?, change))) {
            Some((span, change)) => finding.fix(Safety::Unsafe, change.title, span, change.text),
            None => finding,
        }
    }
}

/// Whether a line begins with what another program fills. No line of a unit does, unless it continues a command.
fn has_filled_lines(text: &str) -> bool {
    let mut is_continued = false;
    text.lines().map(str::trim).any(|line| {
        let is_new = !std::mem::replace(&mut is_continued, line.ends_with('\\'));
        is_new && ["{{", "{%", "<%", "%{", "${", "@@"].iter().any(|open| line.starts_with(open))
    })
}

/// Whether another program fills a placeholder in what is at fault. `${…}` is one of systemd's own, unless the whole config
/// is a template.
fn is_filled_first(text: &str, is_template: bool) -> bool {
    ["{{", "<%", "%{"].iter().any(|open| text.contains(open)) || (is_template && text.contains("${"))
}

/// Says something at a place of the config.
pub(crate) fn said<'f>(
    context: &'f mut Context<'_>,
    file: &UnitFile<'_>,
    place: Span,
    remark: Remark,
) -> Finding<'f> {
    let mut finding = context.report(place, remark.message).path(file.at.path);
    if let Some(severity) = remark.severity {
        finding = finding.severity(severity);
    }
    match remark.help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// The systemd of a distribution. When that is not known, nothing that depends on it is said: the newest one knows all
/// directives, and takes what older ones refuse.
fn systemd(distribution: Option<&'static Distribution>) -> Systemd {
    let known = distribution.and_then(|distribution| Some((distribution, distribution.systemd()?)));
    match known {
        Some((distribution, release)) => {
            Systemd { release, name: distribution.name, title: distribution.title }
        }
        None => {
            Systemd { release: Release::NEWEST, name: crate::target::PROGRAM, title: crate::target::PROGRAM }
        }
    }
}
