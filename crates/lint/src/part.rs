//! The parts of a text that is made of several, and findings in them.

use dryboot_text::{LineIndex, SourceMap, Span};

use crate::{Diagnostic, Edit, NotChecked, Safety, Verdict};

/// A part of a text.
#[derive(Clone, Debug)]
pub struct Part {
    /// What the program takes it for: `cloud-config`, `script`.
    pub kind: &'static str,
    /// Its MIME type, as the program decides it.
    pub media_type: String,
    /// The name that the program knows it by.
    pub name: String,
    /// Where it stands in the text, without its headers.
    pub span: Span,
    /// Why it was not judged, or not as a whole.
    pub not_checked: Option<NotChecked>,
    /// What the program's own validator says to it alone; places are those of the whole text.
    pub verdict: Option<Verdict>,
    /// The text of the part, where it does not stand in the whole as it is.
    pub decoded: Option<Decoded>,
    /// What stands in the whole says nothing to people: it is base64, or compressed.
    pub is_opaque: bool,
}

/// The text of a part that is encoded.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// Its lines.
    pub lines: LineIndex,
}

impl Decoded {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        let lines = LineIndex::new(&text);
        Self { text, lines }
    }
}

/// Where in a part a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPart {
    /// Which of the report's parts it is, from 0.
    pub index: usize,
    /// Where in the text of the part, after decoding.
    pub span: Span,
    /// Where its labels are, in their order.
    pub labels: Vec<Span>,
}

/// What an edit of a part is in the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    /// Another edit: none is offered.
    Never,
    /// An edit of a value, within one of its lines. What is a comment in the part belongs to that value, so no edit is
    /// safe.
    OfValue,
    /// The same edit: the part stands in the whole as it is.
    Same,
}

impl Editing {
    /// Of a part that belongs to no value.
    #[must_use]
    pub fn of(map: &SourceMap) -> Self {
        if map.is_verbatim() { Self::Same } else { Self::Never }
    }
}

/// The place of a part in the whole text.
#[derive(Clone, Copy, Debug)]
pub struct Place<'m> {
    /// Which of the report's parts it is, from 0.
    pub index: usize,
    /// The way back to the whole.
    pub map: &'m SourceMap,
    /// What an edit of it is in the whole.
    pub editing: Editing,
}

impl Place<'_> {
    /// A finding in the part as one in the whole. Remedies go where their edits would be others in the whole.
    #[must_use]
    pub fn diagnostic(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let labels: Vec<Span> = diagnostic.labels.iter().map(|label| label.span).collect();
        let (index, span) = (self.index, diagnostic.span);
        diagnostic.part = Some(InPart { index, span, labels });
        diagnostic.span = self.map.span(span);
        for label in &mut diagnostic.labels {
            label.span = self.map.span(label.span);
        }
        diagnostic.fixes.retain_mut(|fix| {
            let edits: Option<Vec<Edit>> = fix.edits.drain(..).map(|edit| self.edit(edit)).collect();
            fix.edits = edits.unwrap_or_default();
            if self.editing == Editing::OfValue {
                fix.safety = Safety::Unsafe;
            }
            !fix.edits.is_empty()
        });
        diagnostic
    }

    fn edit(&self, edit: Edit) -> Option<Edit> {
        let is_allowed = match self.editing {
            Editing::Never => false,
            Editing::OfValue => !edit.text.contains(['\n', '\r']),
            Editing::Same => true,
        };
        let span = self.map.verbatim(edit.span).filter(|_| is_allowed)?;
        Some(Edit { span, text: edit.text })
    }
}

#[cfg(test)]
mod tests {
    use dryboot_text::Builder;

    use super::*;
    use crate::{Fix, Label, Severity};

    fn finding(edits: &[(Span, &str)]) -> Diagnostic {
        let edit = |&(span, text): &(Span, &str)| Edit { span, text: text.to_owned() };
        Diagnostic {
            labels: vec![Label { span: Span::new(6, 7), message: String::new() }],
            fixes: vec![Fix {
                title: String::new(),
                safety: Safety::Safe,
                edits: edits.iter().map(edit).collect(),
            }],
            ..Diagnostic::new("a-rule", Severity::Error, Span::new(2, 3), "")
        }
    }

    /// `ab\ncd` below an indentation of two.
    fn indented() -> SourceMap {
        let mut map = Builder::default();
        map.copy(Span::new(12, 15));
        map.copy(Span::new(17, 19));
        map.finish(Span::new(12, 19))
    }

    #[test]
    fn findings_and_their_labels_move_to_the_whole() {
        let map = SourceMap::copied(Span::new(100, 120));
        let place = Place { index: 3, map: &map, editing: Editing::Same };
        let moved = place.diagnostic(finding(&[(Span::new(2, 3), "a\nb")]));
        assert_eq!((moved.span, moved.labels[0].span), (Span::new(102, 103), Span::new(106, 107)));
        let inside = InPart { index: 3, span: Span::new(2, 3), labels: vec![Span::new(6, 7)] };
        assert_eq!(moved.part, Some(inside));
        assert_eq!(moved.fixes[0].edits[0].span, Span::new(102, 103));
    }

    #[test]
    fn a_remedy_that_would_be_another_one_in_the_whole_goes() {
        let map = indented();
        let place = Place { index: 0, map: &map, editing: Editing::OfValue };
        let edits = |edits: &[(Span, &str)]| place.diagnostic(finding(edits)).fixes.len();
        assert_eq!(edits(&[(Span::new(3, 4), "x")]), 1);
        assert_eq!(place.diagnostic(finding(&[(Span::new(3, 4), "x")])).fixes[0].safety, Safety::Unsafe);
        assert_eq!(edits(&[(Span::new(3, 4), "x\n")]), 0, "the new line would not be indented");
        assert_eq!(edits(&[(Span::new(1, 4), "x")]), 0, "it spans an indentation");
        assert_eq!(edits(&[(Span::new(0, 1), "x"), (Span::new(1, 4), "x")]), 0);
        let place = Place { editing: Editing::Never, ..place };
        assert!(place.diagnostic(finding(&[(Span::new(3, 4), "x")])).fixes.is_empty());
    }
}
