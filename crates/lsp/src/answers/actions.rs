//! What can be done about findings: fix them, suppress them, explain them.

use std::collections::HashMap;

use dryboot_core::{
    Diagnostic as Finding, Edit, Report, Safety, Span, apply_fixes, suppress_here, suppress_in_file,
};
use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, Diagnostic, TextEdit, WorkspaceEdit};

use super::{diagnostics, explain};
use crate::document::Document;
use crate::settings::Holds;

/// The action that applies all safe fixes, which editors can run when a file is saved.
pub(crate) const FIX_ALL: &str = "source.fixAll.dryboot";

/// Suppressions are tried out, which costs a check each: for so many findings at one place.
const TRIED: usize = 4;

/// One fix can uncover another; more rounds than this mean that two undo each other.
const ROUNDS: usize = 10;

/// What an editor asks about.
pub(crate) struct Asked<'a> {
    pub(crate) document: &'a Document,
    pub(crate) report: &'a Report,
    pub(crate) holds: &'a Holds,
}

impl Asked<'_> {
    pub(crate) fn actions(&self, params: &CodeActionParams) -> Vec<CodeAction> {
        let only = params.context.only.as_deref();
        let mut actions = Vec::new();
        if wants(only, CodeActionKind::QuickFix.as_str()) {
            let asked = self.document.text.span(params.range);
            let touched = |found: &&Finding| found.span.start <= asked.end && asked.start <= found.span.end;
            let found: Vec<&Finding> = self.report.diagnostics.iter().filter(touched).collect();
            found.iter().for_each(|found| self.fix(found, &mut actions));
            found.iter().take(TRIED).for_each(|found| self.suppress(found, &mut actions));
            found.iter().for_each(|found| actions.push(self.explain(found)));
        }
        // Nobody looks for it in the list of what can be done at a place.
        if only.is_some() && wants(only, FIX_ALL) {
            actions.extend(self.fix_all());
        }
        actions
    }

    fn fix(&self, found: &Finding, actions: &mut Vec<CodeAction>) {
        for (index, fix) in found.fixes.iter().enumerate() {
            let mut action = self.action(capitalised(&fix.title), found, &fix.edits);
            action.is_preferred = Some(index == 0 && fix.safety == Safety::Safe);
            actions.push(action);
        }
    }

    fn suppress(&self, found: &Finding, actions: &mut Vec<CodeAction>) {
        let lint = |text: &str| self.document.report(text, self.holds);
        if let Some(edit) = suppress_here(self.report, found, lint) {
            actions.push(self.action(format!("Suppress `{}` here", found.rule), found, &[edit]));
        }
        if let Some(edit) = suppress_in_file(self.report, found, lint) {
            actions.push(self.action(format!("Suppress `{}` in this file", found.rule), found, &[edit]));
        }
    }

    fn explain(&self, found: &Finding) -> CodeAction {
        let command = explain::command(found.rule);
        CodeAction {
            title: command.title.clone(),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![self.shown(found)]),
            command: Some(command),
            ..CodeAction::default()
        }
    }

    /// All safe fixes, and those that they make possible, as one edit.
    fn fix_all(&self) -> Option<CodeAction> {
        let text = self.document.text.as_str();
        let (mut fixed, mut applied) = apply_fixes(text, &self.report.diagnostics, Safety::Safe);
        for _ in 1..ROUNDS {
            if applied == 0 {
                break;
            }
            let report = self.document.report(&fixed, self.holds);
            (fixed, applied) = apply_fixes(&fixed, &report.diagnostics, Safety::Safe);
        }
        let edit = difference(text, &fixed)?;
        Some(CodeAction {
            title: "Apply all safe fixes".to_owned(),
            kind: Some(CodeActionKind::new(FIX_ALL)),
            edit: Some(self.edits(&[edit])),
            ..CodeAction::default()
        })
    }

    fn action(&self, title: String, found: &Finding, edits: &[Edit]) -> CodeAction {
        CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![self.shown(found)]),
            edit: Some(self.edits(edits)),
            ..CodeAction::default()
        }
    }

    fn shown(&self, found: &Finding) -> Diagnostic {
        diagnostics::finding(self.document, found)
    }

    fn edits(&self, edits: &[Edit]) -> WorkspaceEdit {
        let edit = |edit: &Edit| TextEdit {
            range: self.document.text.range(edit.span),
            new_text: edit.text.clone(),
        };
        let edits = edits.iter().map(edit).collect();
        WorkspaceEdit {
            changes: Some(HashMap::from([(self.document.uri.clone(), edits)])),
            ..WorkspaceEdit::default()
        }
    }
}

/// Whether a kind of action is asked for: `source` stands for all that begin so.
fn wants(only: Option<&[CodeActionKind]>, kind: &str) -> bool {
    let covers = |asked: &CodeActionKind| {
        let rest = kind.strip_prefix(asked.as_str());
        asked.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(covers))
}

fn capitalised(title: &str) -> String {
    let mut characters = title.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + characters.as_str()
}

/// The least edit that makes one text the other.
fn difference(old: &str, new: &str) -> Option<Edit> {
    if old == new {
        return None;
    }
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: usize, mut characters: Box<dyn Iterator<Item = char> + '_>| -> usize {
        characters.by_ref().take(pairs).map(char::len_utf8).sum()
    };
    let prefix = old.chars().zip(new.chars()).take_while(same).count();
    let start = length(prefix, Box::new(old.chars()));
    let suffix = old[start..].chars().rev().zip(new[start..].chars().rev()).take_while(same).count();
    let end = length(suffix, Box::new(old.chars().rev()));
    let span = Span::new(start, old.len() - end);
    Some(Edit { span, text: new[start..new.len() - end].to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_two_texts_is_the_least_edit() {
        for (old, new, expected) in [
            ("a: b\n", "a: b\n", None),
            ("a: bc\n", "a: bd\n", Some(((4, 5), "d"))),
            ("aä\n", "aö\n", Some(((1, 3), "ö"))),
            ("aa\n", "aaa\n", Some(((2, 2), "a"))),
            ("", "x", Some(((0, 0), "x"))),
        ] {
            let found = difference(old, new);
            let found = found.as_ref().map(|edit| ((edit.span.start, edit.span.end), edit.text.as_str()));
            assert_eq!(found, expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn kinds_of_actions_cover_those_that_begin_so() {
        let only = |kind: &'static str| [CodeActionKind::new(kind)];
        assert!(wants(None, FIX_ALL));
        assert!(wants(Some(&only("source.fixAll")), FIX_ALL));
        assert!(wants(Some(&only("source")), FIX_ALL));
        assert!(!wants(Some(&only("source.fix")), FIX_ALL));
        assert!(!wants(Some(&only("quickfix")), FIX_ALL));
    }
}
