//! The unit files of a config as systemd reads them, with the faults that it finds.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::{Document, Target};
use dryboot_systemd::check::{Fault, FaultKind, Role, check, check_network, together};
use dryboot_systemd::{Release, directives, name, network};
use dryboot_yaml::order::sort_by;
use dryboot_yaml::{Content, NodeId, Span, Style};

use crate::lint::context::Context;
use crate::lint::files::{File, files as written_files};
use crate::lint::parts::{Part, first_line, has_variable, units};
use crate::lint::places::Places;

/// The systemd of a target.
pub(crate) fn release(target: Target) -> Release {
    match target {
        Target::CoreOs => Release::COREOS,
        Target::Flatcar => Release::FLATCAR,
    }
}

/// Where a unit file comes from.
pub(crate) enum Origin<'d> {
    /// `coreos.units`.
    Unit {
        /// The entry of the list of units.
        entry: Part<'d>,
        /// The entry that has the content: of the units, or of the drop-ins.
        part: Part<'d>,
    },
    /// `write_files`, with a path in a directory that systemd reads.
    File(File<'d>),
}

impl Origin<'_> {
    /// Where to point for what the file lacks.
    pub(crate) fn head(&self, document: &Document<'_>, places: &Places) -> Span {
        match self {
            Self::Unit { entry, .. } => entry.head(document, places),
            Self::File(file) => file.span_of("path"),
        }
    }

    /// The value that names the unit, where it does nothing else.
    pub(crate) fn name(&self) -> Option<NodeId> {
        match self {
            Self::Unit { entry, .. } => entry.node("name"),
            Self::File(_) => None,
        }
    }

    /// By this, systemd sorts drop-ins.
    fn file_name(&self) -> String {
        match self {
            Self::Unit { part, .. } => part.name().to_owned(),
            Self::File(file) => file.target().rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

/// A unit, a drop-in, or a file of systemd-networkd, with content.
pub(crate) struct UnitFile<'d> {
    /// The name of the unit, or of the network file.
    pub(crate) unit: Cow<'d, str>,
    pub(crate) origin: Origin<'d>,
    pub(crate) role: Role,
    pub(crate) text: &'d str,
    pub(crate) node: NodeId,
    /// What is wrong with its lines.
    pub(crate) faults: Vec<Fault>,
    /// What is wrong with the unit as a whole, as far as this file is to blame; what is missing has
    /// an empty span, in the unit's own file.
    pub(crate) whole: Option<Fault>,
    map: OnceCell<TextMap>,
}

/// The files that systemd reads units from. Those of masked units, it does not read.
pub(crate) fn unit_files<'d>(context: &Context<'d>) -> Vec<UnitFile<'d>> {
    let document = context.document;
    let release = release(document.target);
    let mut files = Vec::new();
    let mut add = |unit: Cow<'d, str>, origin, role, (text, node)| {
        let suffix = unit.rsplit_once('.').map_or("", |(_, suffix)| suffix);
        let mut faults = match network::SUFFIXES.contains(&suffix) {
            true => check_network(text, suffix, release),
            false if name::suffix(&unit).is_empty() => return,
            false => check(text, &unit, Role::DropIn, release),
        };
        leave_out_what_comments_cause(&mut faults);
        files.push(UnitFile { unit, origin, role, text, node, faults, whole: None, map: OnceCell::new() });
    };
    for entry in units(document).filter(|unit| !unit.flag("mask")) {
        // Under the name of a drop-in's path, a drop-in is written.
        let (unit, role) = match name::path_fault(entry.name()) {
            None => (entry.name(), Role::Unit),
            Some(name::Fault::DropIn) => (entry.name().split(".d/").next().unwrap_or_default(), Role::DropIn),
            Some(_) => continue,
        };
        let drop_ins = entry.drop_ins().filter(|drop_in| drop_in.name().ends_with(".conf"));
        let parts = [(entry, role)].into_iter().chain(drop_ins.map(|drop_in| (drop_in, Role::DropIn)));
        for (part, role) in parts {
            let text = part.text("content");
            if let Some(node) = part.node("content").filter(|_| !text.is_empty()) {
                add(Cow::Borrowed(unit), Origin::Unit { entry, part }, role, (text, node));
            }
        }
    }
    for file in written_files(context) {
        // What is encoded is not a text that one can point into.
        let text = file.text("content");
        let Some(node) =
            file.value("content").filter(|_| !text.is_empty() && file.text("encoding").is_empty())
        else {
            continue;
        };
        if let Some((unit, role)) = read_by_systemd(&file.target()) {
            add(Cow::Owned(unit), Origin::File(file), role, (text, node));
        }
    }
    judge_together(&mut files, release);
    files
}

/// The unit or network file that systemd reads from a path, and what the file is to it.
pub(crate) fn read_by_systemd(path: &str) -> Option<(String, Role)> {
    const DIRECTORIES: [&str; 4] =
        ["/etc/systemd/system/", "/run/systemd/system/", "/etc/systemd/network/", "/run/systemd/network/"];
    let name = DIRECTORIES.iter().find_map(|directory| path.strip_prefix(directory))?;
    match name::path_fault(name) {
        None => Some((name.to_owned(), Role::Unit)),
        Some(name::Fault::DropIn) => Some((name.split(".d/").next()?.to_owned(), Role::DropIn)),
        Some(_) => None,
    }
}

/// A value with a comment behind it is wrong in other ways, too; the comment is what there is to say.
fn leave_out_what_comments_cause(faults: &mut Vec<Fault>) {
    let comments: Vec<Span> = faults
        .iter()
        .filter(|fault| fault.kind == FaultKind::CommentBehindValue)
        .map(|fault| fault.span)
        .collect();
    faults.retain(|fault| {
        let is_about_value = matches!(
            fault.kind,
            FaultKind::InvalidBoolean { .. }
                | FaultKind::InvalidTimeSpan
                | FaultKind::InvalidChoice(_)
                | FaultKind::InvalidAssignment
                | FaultKind::InvalidUnitName
                | FaultKind::ShellSyntax
                | FaultKind::UnbalancedQuotes
        );
        !is_about_value
            || !comments
                .iter()
                .any(|comment| fault.span.end > comment.start && fault.span.start < comment.end)
    });
}

/// Judges the units whose own file the config has, with their drop-ins. What other files the
/// machine has for them is not known, but seldom matters to a unit of the user's.
fn judge_together(files: &mut [UnitFile<'_>], release: Release) {
    let mut by_unit: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| !file.is_network()) {
        by_unit.entry(file.unit.to_string()).or_default().push(index);
    }
    for (unit, mut own) in by_unit {
        // Of several files in one place, the last one is left, which is another rule's matter.
        let is_whole = own.iter().filter(|&&index| files[index].role == Role::Unit).count() == 1;
        let is_refused = |index: &usize| files[*index].faults.iter().any(|fault| fault.refuses(release));
        if !is_whole || has_variable(&unit) || own.iter().any(is_refused) {
            continue;
        }
        let place = |index: usize| (files[index].role == Role::DropIn, files[index].origin.file_name());
        sort_by(&mut own, |&a, &b| place(a).cmp(&place(b)));
        let texts: Vec<&str> = own.iter().map(|&index| files[index].text).collect();
        if let Some((file, fault)) = together(&unit, &texts, release) {
            files[own[file.unwrap_or(0)]].whole = Some(fault);
        }
    }
}

impl UnitFile<'_> {
    fn map(&self, document: &Document<'_>) -> &TextMap {
        self.map.get_or_init(|| TextMap::new(document, self.node))
    }

    /// A part of the text, or else the line that it begins in.
    pub(crate) fn place(&self, document: &Document<'_>, span: Span) -> Span {
        self.map(document).place(document, self.text, span)
    }

    /// A part of the text, where that can be told to the byte.
    pub(crate) fn exact(&self, document: &Document<'_>, span: Span) -> Option<Span> {
        self.map(document).exact(document, self.text, span)
    }

    /// Whether systemd ignores a line that may be the one that the unit lacks.
    pub(crate) fn has_ignored_lines(&self) -> bool {
        let is_ignored = |kind: &FaultKind| {
            matches!(
                kind,
                FaultKind::UnknownSection
                    | FaultKind::ForeignSection(_)
                    | FaultKind::UnknownDirective(_)
                    | FaultKind::ForeignDirective(..)
                    | FaultKind::FutureDirective(_)
                    | FaultKind::InvalidTimeSpan
                    | FaultKind::RelativeCommand { .. }
            )
        };
        self.faults.iter().any(|fault| is_ignored(&fault.kind))
    }

    /// Whether systemd-networkd reads it, and not systemd.
    pub(crate) fn is_network(&self) -> bool {
        name::suffix(&self.unit).is_empty()
    }

    /// What reads it.
    pub(crate) fn reader(&self) -> &'static str {
        if self.is_network() { "systemd-networkd" } else { "systemd" }
    }

    /// The sections that it may have.
    pub(crate) fn sections(&self) -> Vec<&'static str> {
        match self.is_network() {
            true => network::sections(self.unit.rsplit_once('.').map_or("", |(_, suffix)| suffix)).collect(),
            false => directives::sections(name::suffix(&self.unit)).collect(),
        }
    }

    /// What this is to the user.
    pub(crate) fn what(&self) -> &'static str {
        match self.role {
            Role::DropIn => "drop-in",
            Role::Unit if self.is_network() => "file",
            Role::Unit => "unit",
        }
    }
}

/// Leads from a scalar's text back to where it stands in the document. Only the lines of `|` can
/// be told; for everything else, places are the scalar's first line.
#[derive(Debug)]
pub(crate) struct TextMap {
    head: Span,
    /// Where the lines of the text begin, and that of the first in the document.
    lines: Option<(Vec<usize>, usize)>,
    end: usize,
}

impl TextMap {
    pub(crate) fn new(document: &Document<'_>, node: NodeId) -> Self {
        let scalar = document.tree().node(node);
        let lines = match &scalar.content {
            Content::Scalar { text, style: Style::Literal } => {
                // The span begins at the first line that is not empty.
                let empty = text.len() - text.trim_start_matches('\n').len();
                let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
                let first = document.lines.line(scalar.span.start).checked_sub(empty);
                first.map(|first| ([0].into_iter().chain(breaks).collect(), first))
            }
            _ => None,
        };
        Self { head: first_line(document, node), lines, end: scalar.span.end }
    }

    /// Number and start of the line of the text that holds an offset, and that line in the
    /// document.
    fn line(&self, document: &Document<'_>, offset: usize) -> Option<(usize, Span)> {
        let (starts, first) = self.lines.as_ref()?;
        let index = starts.partition_point(|start| *start <= offset).checked_sub(1)?;
        let line = document.lines.line_span(first + index, document.text());
        let content = line.slice(document.text()).trim_end_matches(['\n', '\r']);
        let line = Span::new(line.start, line.start + content.len());
        (line.end <= self.end.max(self.head.end)).then_some((starts[index], line))
    }

    /// The whole line that holds an offset of the text, without the white space around it.
    pub(crate) fn whole_line(&self, document: &Document<'_>, offset: usize) -> Span {
        let Some((_, line)) = self.line(document, offset) else { return self.head };
        let content = line.slice(document.text());
        let start = line.start + content.len() - content.trim_start().len();
        Span::new(start, start + content.trim().len())
    }

    /// A part of the text, exactly; none when it goes over the end of its line or cannot be told.
    pub(crate) fn exact(&self, document: &Document<'_>, text: &str, span: Span) -> Option<Span> {
        let (start, line) = self.line(document, span.start)?;
        let rest = text.get(start..)?.split('\n').next()?;
        let written = line.slice(document.text());
        let indentation = written.len().checked_sub(rest.len())?;
        let at = line.start + indentation + (span.start - start);
        let exact = Span::new(at, at + span.end.saturating_sub(span.start));
        (written.ends_with(rest) && exact.end <= line.end).then_some(exact)
    }

    /// A part of the text, or else the line that it begins in.
    pub(crate) fn place(&self, document: &Document<'_>, text: &str, span: Span) -> Span {
        let line = || self.whole_line(document, span.start);
        self.exact(document, text, span).filter(|exact| exact.start < exact.end).unwrap_or_else(line)
    }
}
