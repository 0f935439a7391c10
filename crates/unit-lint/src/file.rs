use std::borrow::Cow;
use std::collections::BTreeMap;

use dryboot_systemd::check::{Fault, FaultKind, Role, check, check_network, together};
use dryboot_systemd::{Release, Span, directives, name, network};
use dryboot_yaml::order::sort_by;

/// A unit, a drop-in, or a file of systemd-networkd, with content.
#[derive(Clone, Debug)]
pub struct UnitFile<'t> {
    /// The name of the unit, or of the network file.
    pub unit: Cow<'t, str>,
    /// The name of the file, by which systemd sorts drop-ins.
    pub name: Cow<'t, str>,
    /// What the file is to the unit.
    pub role: Role,
    /// What is in it.
    pub text: Cow<'t, str>,
    /// What is wrong with its lines.
    pub faults: Vec<Fault>,
    /// What is wrong with the unit as a whole, as far as this file is to blame; what is missing has
    /// an empty span, in the unit's own file.
    pub whole: Option<Fault>,
}

impl<'t> UnitFile<'t> {
    /// Reads a file of a unit; none of what neither systemd nor systemd-networkd reads.
    #[must_use]
    pub fn read(
        unit: Cow<'t, str>,
        name: Cow<'t, str>,
        role: Role,
        text: Cow<'t, str>,
        release: Release,
    ) -> Option<Self> {
        let suffix = unit.rsplit_once('.').map_or("", |(_, suffix)| suffix);
        let mut faults = match network::SUFFIXES.contains(&suffix) {
            true => check_network(&text, suffix, release),
            false if name::suffix(&unit).is_empty() => return None,
            false => check(&text, &unit, Role::DropIn, release),
        };
        leave_out_what_comments_cause(&mut faults);
        Some(Self { unit, name, role, text, faults, whole: None })
    }

    /// The unit or network file that a file with this path belongs to, and what it is to that, where systemd or
    /// systemd-networkd reads `directories`.
    #[must_use]
    pub fn at(path: &str, directories: &[&str]) -> Option<(String, Role)> {
        let name = directories.iter().find_map(|directory| path.strip_prefix(directory))?;
        match name::path_fault(name) {
            None => Some((name.to_owned(), Role::Unit)),
            Some(name::Fault::DropIn) => Some((name.split(".d/").next()?.to_owned(), Role::DropIn)),
            Some(_) => None,
        }
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
    #[must_use]
    pub fn is_network(&self) -> bool {
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
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self.role {
            Role::DropIn => "drop-in",
            Role::Unit if self.is_network() => "file",
            Role::Unit => "unit",
        }
    }
}

/// A value with a comment after it is wrong in other ways, too; the comment is what there is to say.
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
        // Both are in the order of the text.
        let next = comments.partition_point(|comment| comment.end <= fault.span.start);
        let has_comment = comments.get(next).is_some_and(|comment| comment.start < fault.span.end);
        !is_about_value || !has_comment
    });
}

/// Judges the units whose own file is among `files`, with their drop-ins. What other files the
/// machine has for them is not known, but seldom matters to a unit of the user's.
pub fn judge_together(files: &mut [&mut UnitFile<'_>], release: Release) {
    let mut by_unit: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| !file.is_network()) {
        by_unit.entry(file.unit.to_string()).or_default().push(index);
    }
    for (unit, mut own) in by_unit {
        // Of several files in one place, the last one is left, which is another rule's matter.
        let is_whole = own.iter().filter(|&&index| files[index].role == Role::Unit).count() == 1;
        let is_refused = |index: &usize| files[*index].faults.iter().any(|fault| fault.refuses(release));
        if !is_whole || own.iter().any(is_refused) {
            continue;
        }
        let place = |index: usize| (files[index].role == Role::DropIn, &*files[index].name);
        sort_by(&mut own, |&a, &b| place(a).cmp(&place(b)));
        let texts: Vec<&str> = own.iter().map(|&index| &*files[index].text).collect();
        if let Some((file, fault)) = together(&unit, &texts, release) {
            files[own[file.unwrap_or(0)]].whole = Some(fault);
        }
    }
}
