//! The unit files of a config as systemd reads them, with the faults that it finds.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Deref;

use crate::{Document, Target};
use dryboot_lint::Safety;
use dryboot_systemd::check::{Fault, Role};
use dryboot_systemd::{Release, name};
use dryboot_unit_lint::{BlockMap, Remark, Source, Systemd, judge_together};
use dryboot_yaml::{NodeId, Span};

use crate::lint::context::{Context, Finding};
use crate::lint::files::{File, files as written_files};
use crate::lint::parts::{Part, has_variable, units};
use crate::lint::places::Places;

/// The release of systemd of a target.
pub(crate) fn release(target: Target) -> Release {
    match target {
        Target::CoreOs => Release::COREOS,
        Target::Flatcar => Release::FLATCAR,
    }
}

/// The systemd of a target.
pub(crate) fn systemd(target: Target) -> Systemd {
    let title = match target {
        Target::CoreOs => "CoreOS",
        Target::Flatcar => "Flatcar",
    };
    Systemd { release: release(target), name: target.name(), title }
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

impl<'d> Origin<'d> {
    /// Where to point for what the file lacks.
    pub(crate) fn head(&self, document: &Document<'_>, places: &Places) -> Span {
        match self {
            Self::Unit { entry, .. } => entry.head(document, places),
            Self::File(file) => file.span_of("path"),
        }
    }

    /// By this, systemd sorts drop-ins.
    fn file_name(&self) -> Cow<'d, str> {
        match self {
            Self::Unit { part, .. } => part.name().into(),
            Self::File(file) => file.target().rsplit('/').next().unwrap_or_default().to_owned().into(),
        }
    }

    /// The value that names the unit, where it does nothing else.
    pub(crate) fn name(&self) -> Option<NodeId> {
        match self {
            Self::Unit { entry, .. } => entry.node("name"),
            Self::File(_) => None,
        }
    }
}

/// A unit file with where it comes from.
pub(crate) struct UnitFile<'d> {
    pub(crate) origin: Origin<'d>,
    pub(crate) node: NodeId,
    read: dryboot_unit_lint::UnitFile<'d>,
    map: OnceCell<BlockMap>,
}

impl<'d> Deref for UnitFile<'d> {
    type Target = dryboot_unit_lint::UnitFile<'d>;

    fn deref(&self) -> &Self::Target {
        &self.read
    }
}

/// The files that systemd reads units from. Those of masked units, it does not read.
pub(crate) fn unit_files<'d>(context: &Context<'d>) -> Vec<UnitFile<'d>> {
    let document = context.document;
    let release = release(document.target);
    let mut files = Vec::new();
    let mut add = |origin: Origin<'d>, unit: Cow<'d, str>, role, (text, node): (&'d str, NodeId)| {
        let name = origin.file_name();
        if let Some(read) = dryboot_unit_lint::UnitFile::read(unit, name, role, text.into(), release) {
            files.push(UnitFile { origin, node, read, map: OnceCell::new() });
        }
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
                add(Origin::Unit { entry, part }, unit.into(), role, (text, node));
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
            add(Origin::File(file), unit.into(), role, (text, node));
        }
    }
    // What the variable makes of the name is not known.
    let named = files.iter_mut().filter(|file| !has_variable(&file.unit));
    judge_together(&mut named.map(|file| &mut file.read).collect::<Vec<_>>(), release);
    files
}

/// The unit or network file that systemd reads from a path, and what the file is to it.
pub(crate) fn read_by_systemd(path: &str) -> Option<(String, Role)> {
    const DIRECTORIES: [&str; 4] =
        ["/etc/systemd/system/", "/run/systemd/system/", "/etc/systemd/network/", "/run/systemd/network/"];
    dryboot_unit_lint::UnitFile::at(path, &DIRECTORIES)
}

impl UnitFile<'_> {
    fn map(&self, document: &Document<'_>) -> &BlockMap {
        self.map.get_or_init(|| BlockMap::new(source(document), self.node))
    }

    /// A part of the text, or else the line that it begins in.
    pub(crate) fn place(&self, document: &Document<'_>, span: Span) -> Span {
        self.map(document).place(source(document), &self.text, span)
    }

    /// A part of the text, where that can be told to the byte.
    pub(crate) fn exact(&self, document: &Document<'_>, span: Span) -> Option<Span> {
        self.map(document).exact(source(document), &self.text, span)
    }
}

/// The document as what unit files stand in.
pub(crate) fn source<'d>(document: &'d Document<'_>) -> Source<'d> {
    Source { text: document.text(), lines: &document.lines, tree: document.tree() }
}

/// What is read of the files, whatever they come from.
pub(crate) fn read_files<'f, 'd>(files: &'f [UnitFile<'d>]) -> Vec<&'f dryboot_unit_lint::UnitFile<'d>> {
    files.iter().map(|file| &file.read).collect()
}

/// Says what there is to say about the faults of each file.
pub(crate) fn report_faults(
    context: &mut Context<'_>,
    mut say: impl FnMut(&dryboot_unit_lint::UnitFile<'_>, &Fault, &Systemd) -> Option<Remark>,
) {
    let systemd = systemd(context.document.target);
    for file in context.unit_files().iter() {
        for remark in file.faults.iter().filter_map(|fault| say(file, fault, &systemd)) {
            report(context, file, remark);
        }
    }
}

/// Says something about a place of a file.
pub(crate) fn report<'c>(context: &'c mut Context<'_>, file: &UnitFile<'_>, remark: Remark) -> Finding<'c> {
    let document = context.document;
    let mut finding = context.report(file.place(document, remark.span), remark.message).path_of(file.node);
    if let Some(severity) = remark.severity {
        finding = finding.severity(severity);
    }
    if let Some(help) = remark.help {
        finding = finding.help(help);
    }
    if let Some(change) = remark.change
        && let Some(span) = file.exact(document, change.span)
    {
        finding = finding.fix(Safety::Unsafe, change.title, span, change.text);
    }
    finding
}
