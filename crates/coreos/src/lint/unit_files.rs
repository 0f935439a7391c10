//! The unit files of a config as systemd reads them, with the faults that it finds.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::{Document, Target};
use dryboot_systemd::Release;
use dryboot_systemd::check::{Fault, FaultKind, Role, check, together};
use dryboot_systemd::name;
use dryboot_yaml::order::sort_by;
use dryboot_yaml::{Content, NodeId, Span, Style};

use crate::lint::parts::{Part, first_line, has_variable, units};

/// The systemd of a target.
pub(crate) fn release(target: Target) -> Release {
    match target {
        Target::CoreOs => Release::COREOS,
        Target::Flatcar => Release::FLATCAR,
    }
}

/// A unit or drop-in with content.
#[derive(Debug)]
pub(crate) struct UnitFile<'d> {
    /// The name of the unit.
    pub(crate) unit: &'d str,
    /// The entry of the list of units.
    pub(crate) entry: Part<'d>,
    /// The entry that has the content: of the units, or of the drop-ins.
    pub(crate) part: Part<'d>,
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
pub(crate) fn unit_files<'d>(document: &'d Document<'d>) -> Vec<UnitFile<'d>> {
    let mut files = Vec::new();
    for entry in units(document).filter(|unit| !unit.is_network() && !unit.flag("mask")) {
        // Under the name of a drop-in's path, a drop-in is written.
        let (unit, role) = match name::path_fault(entry.name()) {
            None => (entry.name(), Role::Unit),
            Some(name::Fault::DropIn) => (entry.name().split(".d/").next().unwrap_or_default(), Role::DropIn),
            Some(_) => continue,
        };
        if name::suffix(unit).is_empty() {
            continue;
        }
        let drop_ins = entry.drop_ins().filter(|drop_in| drop_in.name().ends_with(".conf"));
        let parts = [(entry, role)].into_iter().chain(drop_ins.map(|drop_in| (drop_in, Role::DropIn)));
        for (part, role) in parts {
            let text = part.text("content");
            if let Some(node) = part.node("content").filter(|_| !text.is_empty()) {
                let faults = check(text, unit, Role::DropIn, release(document.target));
                files.push(UnitFile {
                    unit,
                    entry,
                    part,
                    role,
                    text,
                    node,
                    faults,
                    whole: None,
                    map: OnceCell::new(),
                });
            }
        }
    }
    judge_together(&mut files, release(document.target));
    files
}

/// Judges the units whose own file the config has, with their drop-ins. What other files the
/// machine has for them is not known, but seldom matters to a unit of the user's.
fn judge_together(files: &mut [UnitFile<'_>], release: Release) {
    let mut by_unit: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        by_unit.entry(file.unit).or_default().push(index);
    }
    for (unit, mut own) in by_unit {
        // Of several files in one place, the last one is left, which is another rule's matter.
        let is_whole = own.iter().filter(|&&index| files[index].role == Role::Unit).count() == 1;
        let is_refused = |index: &usize| files[*index].faults.iter().any(|fault| fault.refuses(release));
        if !is_whole || has_variable(unit) || own.iter().any(is_refused) {
            continue;
        }
        let place = |index: usize| (files[index].role == Role::DropIn, files[index].part.name());
        sort_by(&mut own, |&a, &b| place(a).cmp(&place(b)));
        let texts: Vec<&str> = own.iter().map(|&index| files[index].text).collect();
        if let Some((file, fault)) = together(unit, &texts, release) {
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

    /// What this is to the user.
    pub(crate) fn what(&self) -> &'static str {
        match self.role {
            Role::Unit => "unit",
            Role::DropIn => "drop-in",
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
