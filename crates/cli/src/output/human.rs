//! For people: the lines at fault with what is wrong, why, and what to do.

use std::io::Write;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::AnsiColor;
use anyhow::Result;
use dryboot_core::{Diagnostic, Report, Safety, Severity, Span};

use crate::lint::Checked;
use crate::output::{count_not_checked, style, totals};

/// Labels farther away than this many lines get a frame of their own.
const FAR: usize = 12;

pub(crate) fn write(checked: &[Checked], out: &mut impl Write) -> Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    for Checked { input, report } in checked {
        for diagnostic in &report.diagnostics {
            writeln!(out, "{}\n", renderer.render(&[group(&input.name, report, diagnostic)]))?;
        }
    }
    summary(checked, out)
}

fn group<'a>(name: &'a str, report: &'a Report, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.rule));

    let primary_line = report.lines.line(diagnostic.span.start);
    let is_near = |span: Span| report.lines.line(span.start).abs_diff(primary_line) <= FAR;
    let near = diagnostic.labels.iter().filter(|label| is_near(label.span));
    let frame = Frame::around(report, diagnostic, near.clone().map(|label| label.span));
    let primary = AnnotationKind::Primary.span(frame.range(diagnostic.span));
    let mut snippet =
        Snippet::source(frame.text.clone()).path(name).line_start(frame.first_line).annotation(primary);
    for label in near {
        let annotation = AnnotationKind::Context.span(frame.range(label.span)).label(label.message.as_str());
        snippet = snippet.annotation(annotation);
    }
    group = group.element(snippet);
    for label in diagnostic.labels.iter().filter(|label| !is_near(label.span)) {
        let frame = Frame::of(report, label.span, std::iter::empty());
        let annotation = AnnotationKind::Context.span(frame.range(label.span)).label(label.message.as_str());
        let snippet = Snippet::source(frame.text.clone()).path(name).line_start(frame.first_line);
        group = group.element(snippet.annotation(annotation));
    }

    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    if let Some(fix) = diagnostic.fixes.first() {
        let how = match fix.safety {
            Safety::Safe => "`--fix` can do this",
            Safety::Unsafe => "`--fix --unsafe-fixes` can do this",
        };
        group = group.element(Level::NOTE.message(format!("{how}: {}", fix.title)));
    }
    if diagnostic.tentative {
        let why = "found around a syntax error; it may change once that is mended";
        group = group.element(Level::NOTE.message(why));
    }
    group
}

/// The lines that a finding shows, cut out of the text: rendering costs what is shown, not what
/// the file has.
struct Frame {
    text: String,
    first_line: usize,
    start: usize,
}

impl Frame {
    fn around(report: &Report, diagnostic: &Diagnostic, labels: impl Iterator<Item = Span>) -> Self {
        let mut frame = Self::of(report, diagnostic.span, labels);
        if diagnostic.is_secret() {
            frame.mask(diagnostic.span);
        }
        frame
    }

    fn of(report: &Report, span: Span, more: impl Iterator<Item = Span>) -> Self {
        let lines = &report.lines;
        // A block of many lines is shown by its first.
        let last_line = |span: Span| {
            lines.line(span.end.saturating_sub(1).max(span.start)).min(lines.line(span.start) + 3)
        };
        let (mut first, mut last) = (lines.line(span.start), last_line(span));
        for span in more {
            first = first.min(lines.line(span.start));
            last = last.max(last_line(span));
        }
        let start = lines.line_span(first, &report.text).start;
        let end = lines.line_span(last, &report.text).end.max(start);
        Self { text: report.text[start..end].to_owned(), first_line: first, start }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let within = |offset: usize| {
            let offset = offset.saturating_sub(self.start).min(self.text.len());
            (0..=offset).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or_default()
        };
        within(span.start)..within(span.end)
    }

    /// Terminals and logs of CI jobs are no place for secrets.
    fn mask(&mut self, span: Span) {
        let range = self.range(span);
        let masked: String = self.text[range.clone()]
            .bytes()
            .map(|byte| if byte.is_ascii_whitespace() { char::from(byte) } else { '*' })
            .collect();
        self.text.replace_range(range, &masked);
    }
}

fn summary(checked: &[Checked], out: &mut impl Write) -> Result<()> {
    not_checked(checked, out)?;
    let found: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .zip(totals(checked))
        .filter(|&(_, count)| count > 0)
        .map(|(severity, count)| {
            let style = style(severity);
            format!("{style}{}{style:#}", counted(count, severity.name()))
        })
        .collect();
    let found = found.join(", ");
    let skipped = count_not_checked(checked);
    let files = match (checked, skipped) {
        ([one], 0) => format!("in {}", one.input.name),
        (many, 0) => format!("in {} files", many.len()),
        (all, _) if all.len() == skipped => format!("{} not checked", counted(skipped, "file")),
        (all, _) => format!("{} checked, {skipped} not checked", counted(all.len() - skipped, "file")),
    };
    let good = AnsiColor::Green.on_default().bold();
    match (skipped, found.is_empty()) {
        (0, true) => writeln!(out, "{good}no problems{good:#} {files}")?,
        (0, false) => writeln!(out, "{found} {files}")?,
        (_, true) if skipped == checked.len() => writeln!(out, "{files}")?,
        (_, true) => writeln!(out, "{files}: no problems found")?,
        (_, false) => writeln!(out, "{files}: {found}")?,
    }
    for Checked { input, report } in checked.iter().filter(|checked| checked.report.not_checked.is_none()) {
        if let Some(reason) = &report.target_reason {
            let prefix = if checked.len() > 1 { format!("{}: ", input.name) } else { String::new() };
            let program = report.target.program();
            writeln!(out, "{prefix}checked for {program} (`--target {}`): {reason}", report.target)?;
        }
    }
    Ok(())
}

fn not_checked(checked: &[Checked], out: &mut impl Write) -> Result<()> {
    let grey = AnsiColor::BrightBlack.on_default();
    for Checked { input, report } in checked {
        if let Some(reason) = report.not_checked {
            writeln!(out, "{grey}Not checked: {}{grey:#}", reason.sentence(&input.name))?;
        }
    }
    Ok(())
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
