//! Where a trouble is written: from a line of a unit file back to the text that has it.

use std::collections::HashSet;

use dryboot_systemd::graph::{EdgeId, Graph, NodeId, Reason};
use dryboot_systemd::load::LoadState;
use dryboot_text::Span;

use super::teller::{MOST, Teller};
use crate::action::Action;
use crate::cause::{Cause, Source};

impl Teller<'_> {
    /// Where the dependencies are written.
    pub(super) fn causes(&self, graph: &Graph, edges: impl IntoIterator<Item = EdgeId>) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        let mut known = HashSet::new();
        for edge in edges.into_iter().take(MOST) {
            let Reason::Written { unit, file, span } = &graph.edge(edge).reason else { continue };
            let Some(path) = graph.unit(*unit).files.get(*file) else { continue };
            let Some((writer, content)) = self.written(path) else { continue };
            let start =
                content.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let line = content.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
            causes
                .extend(self.narrowed(writer, line).into_iter().filter(|cause| known.insert(cause.clone())));
        }
        causes
    }

    /// What wrote the file that systemd refuses.
    pub(super) fn of_file(&self, graph: &Graph, node: NodeId) -> Vec<Cause> {
        let unit = graph.unit(node);
        let LoadState::Refused { file, .. } = &unit.state else { return Vec::new() };
        let path = unit.files.get(file.unwrap_or_default());
        let writer = path.and_then(|path| self.replay.writers.get(path));
        writer
            .and_then(|&writer| self.boot.effects.get(writer))
            .map(|effect| effect.causes.clone())
            .unwrap_or_default()
    }

    fn written(&self, path: &str) -> Option<(usize, &str)> {
        let writer = *self.replay.writers.get(path)?;
        match &self.boot.effects.get(writer)?.action {
            Action::WriteFile { content, .. } => Some((writer, content)),
            _ => None,
        }
    }

    /// The causes of an effect; of the texts only the line, where it stands in them once.
    fn narrowed(&self, effect: usize, line: &str) -> Vec<Cause> {
        let Some(effect) = self.boot.effects.get(effect) else { return Vec::new() };
        let find = |cause: &Cause| {
            let (text, span, source) = match cause {
                Cause::Text(span) => (self.boot.text, *span, Source::User),
                Cause::Oem(span) => (self.boot.oem?, *span, Source::Oem),
                _ => return None,
            };
            let within = text.get(span.start..span.end)?;
            let mut found = within.match_indices(line);
            let (at, _) = found.next().filter(|_| !line.is_empty())?;
            if found.next().is_some() {
                return None;
            }
            let start = span.start + at;
            Some(source.cause(Span::new(start, start + line.len())))
        };
        let narrow: Vec<Cause> = effect.causes.iter().filter_map(find).collect();
        if narrow.is_empty() { effect.causes.clone() } else { narrow }
    }
}
