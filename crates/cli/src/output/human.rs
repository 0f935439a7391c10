//! For people: the lines at fault with what is wrong, why, and what to do.

use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anyhow::Result;
use dryboot_core::{Diagnostic, Report, Safety, Severity, Span};

use super::frame::{Frame, Secrets};
use crate::lint::Checked;
use crate::output::{count_not_checked, style, totals};
use crate::screen::{FAINT, GOOD, Screen, shown};

/// Labels farther away than this many lines get a frame of their own.
const FAR: usize = 12;

pub(crate) fn write(checked: &[Checked], out: &mut Screen) -> Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    for Checked { input, report } in checked {
        let secrets = Secrets::of(report);
        for diagnostic in &report.diagnostics {
            out.rendered(&renderer.render(&[group(&input.name, report, &secrets, diagnostic)]))?;
            writeln!(out)?;
        }
    }
    summary(checked, out)
}

fn group<'a>(name: &str, report: &'a Report, secrets: &Secrets, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let message = shown(&diagnostic.message).to_string();
    let mut group = Group::with_title(level.primary_title(message).id(diagnostic.rule));

    let name = shown(name).to_string();
    let primary_line = report.lines.line(diagnostic.span.start);
    let is_near = |span: Span| report.lines.line(span.start).abs_diff(primary_line) <= FAR;
    let near = diagnostic.labels.iter().filter(|label| is_near(label.span));
    let frame = Frame::around(report, secrets, diagnostic.span, near.clone().map(|label| label.span));
    let primary = AnnotationKind::Primary.span(frame.range(diagnostic.span));
    let mut snippet = Snippet::source(frame.text.clone())
        .path(name.clone())
        .line_start(frame.first_line)
        .annotation(primary);
    for label in near {
        let annotation =
            AnnotationKind::Context.span(frame.range(label.span)).label(shown(&label.message).to_string());
        snippet = snippet.annotation(annotation);
    }
    group = group.element(snippet);
    for label in diagnostic.labels.iter().filter(|label| !is_near(label.span)) {
        let frame = Frame::around(report, secrets, label.span, std::iter::empty());
        let annotation =
            AnnotationKind::Context.span(frame.range(label.span)).label(shown(&label.message).to_string());
        let snippet = Snippet::source(frame.text.clone()).path(name.clone()).line_start(frame.first_line);
        group = group.element(snippet.annotation(annotation));
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
    if diagnostic.tentative {
        let why = "found around a syntax error; it may change once that is mended";
        group = group.element(Level::NOTE.message(why));
    }
    group
}

fn summary(checked: &[Checked], out: &mut Screen) -> Result<()> {
    not_checked(checked, out)?;
    let named = [Severity::Error, Severity::Warning, Severity::Info].into_iter().zip(totals(checked));
    let found: Vec<_> = named.filter(|&(_, count)| count > 0).collect();
    let skipped = count_not_checked(checked);
    let files = match (checked, skipped) {
        ([one], 0) => format!("in {}", one.input.name),
        (many, 0) => format!("in {} files", many.len()),
        (all, _) if all.len() == skipped => format!("{} not checked", counted(skipped, "file")),
        (all, _) => format!("{} checked, {skipped} not checked", counted(all.len() - skipped, "file")),
    };
    let good = GOOD;
    match (skipped, found.is_empty()) {
        (0, true) => writeln!(out, "{good}no problems{good:#} {files}")?,
        (0, false) => writeln!(out, "{} {files}", counts_of(&found))?,
        (_, true) if skipped == checked.len() => writeln!(out, "{files}")?,
        (_, true) => writeln!(out, "{files}: no problems found")?,
        (_, false) => writeln!(out, "{files}: {}", counts_of(&found))?,
    }
    for Checked { input, report } in checked.iter().filter(|checked| checked.report.not_checked.is_none()) {
        if let Some(reason) = &report.target_reason {
            let prefix = if checked.len() > 1 { format!("{}: ", input.name) } else { String::new() };
            let program = &report.target.title;
            writeln!(out, "{prefix}checked for {program} (`--target {}`): {reason}", report.target.name)?;
        }
    }
    Ok(())
}

fn not_checked(checked: &[Checked], out: &mut Screen) -> Result<()> {
    let grey = FAINT;
    for Checked { input, report } in checked {
        if let Some(reason) = &report.not_checked {
            writeln!(out, "{grey}Not checked: {}{grey:#}", reason.sentence(&input.name))?;
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
