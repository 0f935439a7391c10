use dryboot_lint::Severity;
use dryboot_systemd::{Release, Span};

/// The systemd that reads the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Systemd {
    /// Its release.
    pub release: Release,
    /// What users type for the target that has it: `debian-12`.
    pub name: &'static str,
    /// What people call that: `Debian 12`.
    pub title: &'static str,
}

/// What there is to say about a place of a unit file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The place, in the text of the file.
    pub span: Span,
    /// A severity other than the rule's own.
    pub severity: Option<Severity>,
    /// What is wrong, and what systemd does about it.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// A remedy that may not be what is meant.
    pub change: Option<Change>,
}

/// A replacement of a part of a unit file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it does: `change it to …`.
    pub title: String,
    /// What is replaced, in the text of the file.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Remark {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, severity: None, message: message.into(), help: None, change: None }
    }

    pub(crate) fn severity(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(crate) fn change(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self { change: Some(Change { title: title.into(), span, text: text.into() }), ..self }
    }

    /// A change of the whole place into a word that is near to it.
    pub(crate) fn change_to(self, near: Option<String>) -> Self {
        let span = self.span;
        match near {
            Some(near) => self.change(format!("change it to `{near}`"), span, near),
            None => self,
        }
    }
}

/// A name as it may stand in a message: on one line, and not too long.
#[must_use]
pub fn shown(name: &str) -> String {
    let mut shown: String =
        name.chars().map(|char| if char.is_control() { ' ' } else { char }).take(60).collect();
    if name.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}
