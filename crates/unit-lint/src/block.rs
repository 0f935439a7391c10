use dryboot_yaml::{Content, LineIndex, NodeId, Span, Style, Tree};

/// The config that scalars stand in.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// Its text.
    pub text: &'s str,
    /// The lines of that.
    pub lines: &'s LineIndex,
    /// What was read of it.
    pub tree: &'s Tree,
}

/// Leads from a scalar's text back to where it stands in the config. Only the lines of `|` can
/// be told; for everything else, places are the scalar's first line.
#[derive(Debug)]
pub struct BlockMap {
    head: Span,
    /// Where the lines of the text begin, and that of the first in the config.
    lines: Option<(Vec<usize>, usize)>,
    end: usize,
}

impl BlockMap {
    /// The map of a scalar.
    #[must_use]
    pub fn new(source: Source<'_>, node: NodeId) -> Self {
        let scalar = source.tree.node(node);
        let lines = match &scalar.content {
            Content::Scalar { text, style: Style::Literal } => {
                // The span begins at the first line that is not empty.
                let empty = text.len() - text.trim_start_matches('\n').len();
                let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
                let first = source.lines.line(scalar.span.start).checked_sub(empty);
                first.map(|first| ([0].into_iter().chain(breaks).collect(), first))
            }
            _ => None,
        };
        let head = scalar.span.slice(source.text).split('\n').next().unwrap_or_default().trim_end();
        let head = Span::new(scalar.span.start, scalar.span.start + head.len());
        Self { head, lines, end: scalar.span.end }
    }

    /// Number and start of the line of the text that holds an offset, and that line in the config.
    fn line(&self, source: Source<'_>, offset: usize) -> Option<(usize, Span)> {
        let (starts, first) = self.lines.as_ref()?;
        let index = starts.partition_point(|start| *start <= offset).checked_sub(1)?;
        let line = source.lines.line_span(first + index, source.text);
        let content = line.slice(source.text).trim_end_matches(['\n', '\r']);
        let line = Span::new(line.start, line.start + content.len());
        (line.end <= self.end.max(self.head.end)).then_some((starts[index], line))
    }

    /// The whole line that holds an offset of the text, without the white space around it.
    #[must_use]
    pub fn whole_line(&self, source: Source<'_>, offset: usize) -> Span {
        let Some((_, line)) = self.line(source, offset) else { return self.head };
        let content = line.slice(source.text);
        let start = line.start + content.len() - content.trim_start().len();
        Span::new(start, start + content.trim().len())
    }

    /// A part of the text, exactly; none when it goes over the end of its line or cannot be told.
    #[must_use]
    pub fn exact(&self, source: Source<'_>, text: &str, span: Span) -> Option<Span> {
        let (start, line) = self.line(source, span.start)?;
        let rest = text.get(start..)?.split('\n').next()?;
        let written = line.slice(source.text);
        let indentation = written.len().checked_sub(rest.len())?;
        let at = line.start + indentation + (span.start - start);
        let exact = Span::new(at, at + span.end.saturating_sub(span.start));
        (written.ends_with(rest) && exact.end <= line.end).then_some(exact)
    }

    /// A part of the text, or else the line that it begins in.
    #[must_use]
    pub fn place(&self, source: Source<'_>, text: &str, span: Span) -> Span {
        let line = || self.whole_line(source, span.start);
        self.exact(source, text, span).filter(|exact| exact.start < exact.end).unwrap_or_else(line)
    }
}
