//! How a rule says something: a diagnostic, to which what else there is to say is chained.

use dryboot_yaml::{NodeId, Span};

use crate::{Diagnostic, Edit, Fix, InPart, Label, Safety, Severity};

/// What a program knows about the places of a config: paths are made of it.
pub trait Paths {
    /// A key or an item of a list.
    type Place;

    /// The path of a place, keys as written: `coreos.units[0].name`.
    fn path(&self, place: Self::Place) -> String;

    /// The path of the place whose value is `value`; empty for the top level.
    fn path_of(&self, value: NodeId) -> String;
}

/// A finding that is being made.
#[derive(Debug)]
pub struct Finding<'c, P = ()> {
    diagnostic: &'c mut Diagnostic,
    paths: &'c P,
    takes_fixes: bool,
}

impl<'c> Finding<'c> {
    /// A finding whose paths are written out.
    #[must_use]
    pub fn new(diagnostic: &'c mut Diagnostic) -> Self {
        Self::with(diagnostic, &())
    }
}

impl<'c, P> Finding<'c, P> {
    /// A finding whose paths are made of what `paths` knows.
    #[must_use]
    pub fn with(diagnostic: &'c mut Diagnostic, paths: &'c P) -> Self {
        Self { diagnostic, paths, takes_fixes: true }
    }

    /// Leaves out the fixes that follow, unless `takes_fixes`: their edits would be those of another text.
    #[must_use]
    pub fn fixed_if(self, takes_fixes: bool) -> Self {
        Self { takes_fixes, ..self }
    }

    /// A severity other than the rule's own.
    pub fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    /// Where in the tree it is.
    pub fn path(self, path: impl Into<String>) -> Self {
        self.diagnostic.path = path.into();
        self
    }

    /// Where in a part it is.
    pub fn part(self, part: InPart) -> Self {
        self.diagnostic.part = Some(part);
        self
    }

    /// What to do.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Another place that matters, and what is to be seen there.
    pub fn label(self, span: Span, message: impl Into<String>) -> Self {
        self.diagnostic.labels.push(Label { span, message: message.into() });
        self
    }

    /// A remedy that replaces one piece of text.
    pub fn fix(self, safety: Safety, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix_all(safety, title, vec![Edit { span, text: text.into() }])
    }

    /// A remedy of several edits, in ascending order.
    pub fn fix_all(self, safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        if self.takes_fixes {
            self.diagnostic.fixes.push(Fix { title: title.into(), safety, edits });
        }
        self
    }
}

impl<P: Paths> Finding<'_, P> {
    /// The path of a place.
    pub fn at(self, place: P::Place) -> Self {
        let path = self.paths.path(place);
        self.path(path)
    }

    /// The path of the place whose value is `value`.
    pub fn path_of(self, value: NodeId) -> Self {
        let path = self.paths.path_of(value);
        self.path(path)
    }
}
