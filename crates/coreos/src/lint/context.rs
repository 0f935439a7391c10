//! What a rule sees, and how it speaks.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use crate::Document;
use crate::parts::Fault;
use crate::verdict::{Check, Entry, Verdict};
use dryboot_yaml::{Span, Tree};

use crate::lint::LintOptions;
use crate::lint::places::Places;
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{UnitFile, unit_files};
use dryboot_lint::Diagnostic;

/// A finding that is being made.
pub(crate) type Finding<'c> = dryboot_lint::Finding<'c, Places>;

/// One document under one rule.
pub(crate) struct Context<'d> {
    /// The target's reading of the text.
    pub(crate) document: &'d Document<'d>,
    /// What the target's own validator says.
    pub(crate) verdict: &'d Verdict,
    /// Keys and list elements with their schema.
    pub(crate) places: &'d Places,
    /// The bytes as they were handed over, compressed or not.
    pub(crate) bytes: &'d [u8],
    /// Where the text is going to be read, and the metadata there.
    pub(crate) options: &'d LintOptions,
    /// What is wrong with the message that the text is.
    pub(crate) fault: Option<&'d Fault>,
    unit_files: OnceCell<Rc<[UnitFile<'d>]>>,
    /// The line that was asked about last, and whether it begins as a comment.
    comment_line: Cell<(usize, bool)>,
    rule: &'static Rule,
    found: Vec<(Scope, Diagnostic)>,
}

impl<'d> Context<'d> {
    pub(crate) fn new(
        document: &'d Document<'d>,
        verdict: &'d Verdict,
        places: &'d Places,
        (bytes, options): (&'d [u8], &'d LintOptions),
        first: &'static Rule,
    ) -> Self {
        let (unit_files, comment_line) = (OnceCell::new(), Cell::new((0, false)));
        Self {
            document,
            verdict,
            places,
            bytes,
            options,
            fault: None,
            unit_files,
            comment_line,
            rule: first,
            found: Vec::new(),
        }
    }

    pub(crate) fn run(&mut self, rule: &'static Rule) {
        self.rule = rule;
        (rule.check)(self);
    }

    pub(crate) fn into_found(self) -> Vec<(Scope, Diagnostic)> {
        self.found
    }

    pub(crate) fn text(&self) -> &'d str {
        self.document.text()
    }

    pub(crate) fn tree(&self) -> &'d Tree {
        self.document.tree()
    }

    /// Whether the first character of a line (from 1) is a `#`. A line may be long, and is asked about for
    /// many of its places in a row.
    pub(crate) fn begins_as_comment(&self, line: usize) -> bool {
        let (known, begins) = self.comment_line.get();
        if known == line {
            return begins;
        }
        let text = self.document.lines.line_span(line, self.text()).slice(self.text());
        let begins = text.trim_start().starts_with('#');
        self.comment_line.set((line, begins));
        begins
    }

    /// The unit files, which are read when the first rule asks for them.
    pub(crate) fn unit_files(&self) -> Rc<[UnitFile<'d>]> {
        Rc::clone(self.unit_files.get_or_init(|| unit_files(self).into()))
    }

    /// The entries that a check of the target's own validator made.
    pub(crate) fn entries(&self, check: Check) -> impl Iterator<Item = &'d Entry> {
        let verdict = self.verdict;
        verdict.entries.iter().filter(move |entry| entry.check == check)
    }

    /// Adds a finding of the rule's own severity; what else there is to say is chained on.
    pub(crate) fn report(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        let diagnostic = Diagnostic::new(self.rule.name, self.rule.severity, span, message);
        self.found.push((self.rule.scope, diagnostic));
        let last = self.found.len() - 1;
        Finding::with(&mut self.found[last].1, self.places)
    }
}
