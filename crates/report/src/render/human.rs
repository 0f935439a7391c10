//! For people: the lines at fault with what is wrong, why, and what to do.

use std::{fmt, io};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use dryboot_lint::{Diagnostic, Label, Report, Safety, Severity};
use dryboot_text::{LineIndex, Span};

use super::frame::{Frame, Secrets};
use super::{Results, style};
use crate::output::{FAINT, GOOD, Output, shown};
use crate::{Named, Summary};

/// Labels farther away than this many lines get a frame of their own.
const FAR: usize = 12;

pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    let reports = results.reports;
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    for Named { name, report } in reports {
        let (secrets, secrets_of_parts) = (Secrets::of(report), Secrets::of_parts(report));
        for diagnostic in &report.diagnostics {
            let part = diagnostic.part.as_ref().and_then(|place| {
                let part = report.parts.get(place.index).filter(|part| part.is_opaque)?;
                let decoded = part.decoded.as_ref()?;
                Some((place, decoded, secrets_of_parts.get(place.index)?))
            });
            let source = match part {
                Some((place, decoded, secrets)) => Source {
                    name: format!("{name}, {}", part_name(report, place.index)),
                    text: &decoded.text,
                    lines: &decoded.lines,
                    secrets,
                    span: place.span,
                    labels: &place.labels,
                },
                None => Source {
                    name: (*name).to_owned(),
                    text: &report.text,
                    lines: &report.lines,
                    secrets: &secrets,
                    span: diagnostic.span,
                    labels: &diagnostic.labels.iter().map(|label| label.span).collect::<Vec<_>>(),
                },
            };
            let group = group(report, &source, diagnostic);
            out.rendered(&renderer.render(&[group]))?;
            writeln!(out)?;
        }
    }
    summary(reports, out)
}

/// The text that a finding is shown in: the file, or a part of it after decoding.
struct Source<'a> {
    name: String,
    text: &'a str,
    lines: &'a LineIndex,
    secrets: &'a Secrets,
    /// Where the finding is.
    span: Span,
    /// Where its labels are.
    labels: &'a [Span],
}

impl Source<'_> {
    fn frame(
        &self,
        span: Span,
        more: impl Iterator<Item = Span>,
    ) -> (Frame, Snippet<'static, Annotation<'static>>) {
        let frame = Frame::around(self.text, self.lines, self.secrets, span, more);
        let snippet = Snippet::source(frame.text.clone())
            .path(shown(&self.name).to_string())
            .line_start(frame.first_line);
        (frame, snippet)
    }
}

/// How people count parts.
fn part_name(report: &Report, index: usize) -> String {
    match report.parts.get(index).map(|part| part.name.as_str()) {
        None | Some("") => format!("part {}", index + 1),
        Some(name) => format!("part {} (`{name}`)", index + 1),
    }
}

fn group<'a>(report: &'a Report, source: &Source<'_>, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let message = shown(&diagnostic.message).to_string();
    let mut group = Group::with_title(level.primary_title(message).id(diagnostic.rule));

    let primary_line = source.lines.line(source.span.start);
    let is_near = |span: Span| source.lines.line(span.start).abs_diff(primary_line) <= FAR;
    let labels = || source.labels.iter().copied().zip(&diagnostic.labels);
    let label_at = |frame: &Frame, span: Span, label: &Label| {
        AnnotationKind::Context.span(frame.range(span)).label(shown(&label.message).to_string())
    };
    let near = || labels().filter(|(span, _)| is_near(*span));
    let (frame, mut snippet) = source.frame(source.span, near().map(|(span, _)| span));
    snippet = snippet.annotation(AnnotationKind::Primary.span(frame.range(source.span)));
    for (span, label) in near() {
        snippet = snippet.annotation(label_at(&frame, span, label));
    }
    group = group.element(snippet);
    for (span, label) in labels().filter(|(span, _)| !is_near(*span)) {
        let (frame, snippet) = source.frame(span, std::iter::empty());
        group = group.element(snippet.annotation(label_at(&frame, span, label)));
    }

    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(shown(help).to_string()));
    }
    if let Some(fix) = diagnostic.fixes.first() {
        let how = match fix.safety {
            Safety::Safe => "`--fix` can do this",
            Safety::Unsafe => "`--fix --unsafe-fixes` can do this",
        };
        group = group.element(Level::NOTE.message(format!("{how}: {}", shown(&fix.title))));
    }
    if let Some(place) = &diagnostic.part {
        let part = report.parts.get(place.index);
        // The place of an encoded part names it, and one alone needs no name.
        if let Some(part) = part.filter(|part| !part.is_opaque && report.parts.len() > 1) {
            let name = part_name(report, place.index);
            group = group
                .element(Level::NOTE.message(shown(&format!("in {name}, {}", part.media_type)).to_string()));
        }
    }
    if diagnostic.tentative {
        let why = "found near a syntax error; fix that first, since this may go away";
        group = group.element(Level::NOTE.message(why));
    }
    group
}

fn summary(reports: &[Named<'_>], out: &mut Output<'_>) -> io::Result<()> {
    not_checked(reports, out)?;
    let Summary { errors, warnings, infos, not_checked: skipped, .. } = Summary::of(reports);
    let counts = [(Severity::Error, errors), (Severity::Warning, warnings), (Severity::Info, infos)];
    let found: Vec<_> = counts.into_iter().filter(|&(_, count)| count > 0).collect();
    let files = match (reports, skipped) {
        ([one], 0) => format!("in {}", one.name),
        (many, 0) => format!("in {} files", many.len()),
        (all, _) if all.len() == skipped => format!("{} not checked", counted(skipped, "file")),
        (all, _) => format!("{} checked, {skipped} not checked", counted(all.len() - skipped, "file")),
    };
    let good = GOOD;
    match (skipped, found.is_empty()) {
        (0, true) => writeln!(out, "{good}no problems{good:#} {files}")?,
        (0, false) => writeln!(out, "{} {files}", counts_of(&found))?,
        (_, true) if skipped == reports.len() => writeln!(out, "{files}")?,
        (_, true) => writeln!(out, "{files}: no problems found")?,
        (_, false) => writeln!(out, "{files}: {}", counts_of(&found))?,
    }
    for Named { name, report } in reports.iter().filter(|named| named.report.not_checked.is_none()) {
        let prefix = if reports.len() > 1 { format!("{name}: ") } else { String::new() };
        if let Some(template) = &report.template {
            writeln!(out, "{prefix}{}", template.sentence())?;
        }
        if let Some(reason) = &report.target_reason {
            let program = &report.target.title;
            writeln!(out, "{prefix}checked for {program} (`--target {}`): {reason}", report.target.name)?;
        }
    }
    Ok(())
}

fn not_checked(reports: &[Named<'_>], out: &mut Output<'_>) -> io::Result<()> {
    let grey = FAINT;
    for Named { name, report } in reports {
        if let Some(reason) = &report.not_checked {
            writeln!(out, "{grey}Not checked: {}{grey:#}", reason.sentence(name))?;
            continue;
        }
        for (index, part) in report.parts.iter().enumerate() {
            if let Some(reason) = &part.not_checked {
                let name = format!("{name}, {}", part_name(report, index));
                writeln!(out, "{grey}Not checked: {}{grey:#}", reason.sentence(&name))?;
            }
        }
    }
    Ok(())
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `1 error, 2 warnings`, in colours.
fn counts_of(found: &[(Severity, usize)]) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        found.iter().enumerate().try_for_each(|(index, &(severity, count))| {
            let comma = if index == 0 { "" } else { ", " };
            let style = style(severity);
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{comma}{style}{count} {}{plural}{style:#}", severity.name())
        })
    })
}
