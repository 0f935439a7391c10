//! Each part, checked where it stands.

use dryboot_lint::part::Place;
use dryboot_lint::{Decoded, Diagnostic, Part as Checked};
use dryboot_text::{LineIndex, Span};

use super::{moved, not_checked, standing};
use crate::lint::{Linted, Rule, lint};
use crate::parts::{Kind, Part, Shape, UserData};
use crate::verdict::{Complaint, Judged, Kind as Given, Subject};

/// What is said about the parts, before it is known where in the user-data that is.
pub(super) struct Parts {
    /// What was read of each part that is a cloud-config.
    pub(super) configs: Vec<Option<Judged>>,
    /// Findings in each part.
    found: Vec<Vec<Diagnostic>>,
    checked: Vec<Checked>,
}

/// Checks the parts of user-data that is made of several.
pub(super) fn check(
    user_data: &UserData<'_>,
    whole: (&str, &LineIndex),
    subject: &Subject<'_>,
    runs: &dyn Fn(&Rule) -> bool,
) -> Parts {
    let mut parts = Parts { configs: Vec::new(), found: Vec::new(), checked: Vec::new() };
    if user_data.shape == Shape::Text {
        return parts;
    }
    for part in &user_data.parts {
        let given = match part.kind {
            Kind::CloudConfig => Some(Given::CloudConfig),
            Kind::Jinja => Some(Given::Template),
            _ => None,
        };
        let subject = given.map(|kind| Subject { kind, ..*subject });
        let linted = subject.map(|subject| lint(part.text.as_bytes(), &subject, runs));
        let (judged, found) = match linted {
            Some(Linted { judged, diagnostics }) => (Some(judged), diagnostics),
            None => (None, Vec::new()),
        };
        parts.checked.push(checked(part, judged.as_ref(), whole));
        parts.configs.push(judged);
        parts.found.push(found);
    }
    parts
}

fn checked(part: &Part<'_>, judged: Option<&Judged>, (text, lines): (&str, &LineIndex)) -> Checked {
    let position = |complaint: &Complaint| {
        let place = part.map.span(Span::empty(complaint.place.start));
        lines.position(place.start, text)
    };
    Checked {
        kind: part.kind.name(),
        media_type: part.media_type.clone(),
        name: part.name.clone(),
        span: part.span,
        not_checked: judged.map_or_else(|| not_checked::kind(part.kind), not_checked::text),
        verdict: judged.map(|judged| moved(judged, &position)),
        is_opaque: part.map.is_opaque(),
        decoded: (!part.map.is_verbatim()).then(|| Decoded::new(part.text.clone().into_owned())),
    }
}

impl Parts {
    /// Adds a finding in a part.
    pub(super) fn add(&mut self, index: usize, finding: Diagnostic) {
        if let Some(found) = self.found.get_mut(index) {
            found.push(finding);
        }
    }

    /// Moves all findings to their place in the user-data.
    pub(super) fn finish(
        self,
        user_data: &UserData<'_>,
        runs: &dyn Fn(&Rule) -> bool,
        diagnostics: &mut Vec<Diagnostic>,
        suppressed: &mut Vec<Diagnostic>,
    ) -> Vec<Checked> {
        let read = self.configs.iter().zip(self.found);
        for (index, (part, (judged, found))) in user_data.parts.iter().zip(read).enumerate() {
            let lines = LineIndex::new(&part.text);
            let (standing, silenced) = standing(&part.text, &lines, judged.as_ref(), found, runs);
            let place = Place { index, map: &part.map, editing: part.editing };
            diagnostics.extend(standing.into_iter().map(|finding| place.diagnostic(finding)));
            suppressed.extend(silenced.into_iter().map(|finding| place.diagnostic(finding)));
        }
        self.checked
    }
}
