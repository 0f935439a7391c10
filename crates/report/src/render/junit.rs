//! JUnit's XML, as the CI systems read it that show results of tests.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{Results, uri};
use crate::output::{Output, shown};

pub(super) fn write(results: &Results<'_>, out: &mut Output<'_>) -> io::Result<()> {
    let count: usize = results.reports.iter().map(|named| named.report.diagnostics.len()).sum();
    let failures = |named: &crate::Named<'_>| named.report.diagnostics.len().to_string();
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    let suites = xml.create_element("testsuites").with_attributes([
        ("name", "dryboot"),
        ("tests", cases(results).to_string().as_str()),
        ("failures", count.to_string().as_str()),
    ]);
    suites.write_inner_content(|xml| {
        for named in results.reports {
            let (report, path) = (named.report, clean(&uri::path(named.name)));
            let suite = xml.create_element("testsuite").with_attributes([
                ("name", path.as_str()),
                ("tests", report.diagnostics.len().max(1).to_string().as_str()),
                ("failures", failures(named).as_str()),
                ("skipped", if is_skipped(named) { "1" } else { "0" }),
            ]);
            suite.write_inner_content(|xml| {
                for found in &report.diagnostics {
                    let at = report.lines.position(found.span.start, &report.text);
                    let (line, column) = (at.line.to_string(), at.column.to_string());
                    let case = xml.create_element("testcase").with_attributes([
                        ("name", found.rule),
                        ("classname", path.as_str()),
                        ("file", path.as_str()),
                        ("line", line.as_str()),
                        ("column", column.as_str()),
                    ]);
                    case.write_inner_content(|xml| {
                        let message = clean(&found.message);
                        let failure = xml.create_element("failure").with_attributes([
                            ("message", message.as_str()),
                            ("type", found.severity.name()),
                        ]);
                        let help =
                            found.help.as_ref().map_or_else(String::new, |help| format!("; {}", clean(help)));
                        let text = format!("line {line}, column {column}: {message}{help}");
                        failure.write_text_content(BytesText::new(&text)).map(drop)
                    })?;
                }
                if report.diagnostics.is_empty() {
                    let case = xml
                        .create_element("testcase")
                        .with_attributes([("name", "dryboot"), ("classname", &path)]);
                    match report.not_checked {
                        None => drop(case.write_empty()?),
                        Some(reason) => {
                            let why = clean(&reason.sentence("it"));
                            case.write_inner_content(|xml| {
                                let skipped = xml.create_element("skipped");
                                skipped.with_attribute(("message", why.as_str())).write_empty().map(drop)
                            })?;
                        }
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    let xml = String::from_utf8_lossy(&xml.into_inner()).into_owned();
    out.rendered(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}\n"))
}

fn cases(results: &Results<'_>) -> usize {
    results.reports.iter().map(|named| named.report.diagnostics.len().max(1)).sum()
}

fn is_skipped(named: &crate::Named<'_>) -> bool {
    named.report.not_checked.is_some() && named.report.diagnostics.is_empty()
}

/// XML has no control characters, not even as references.
fn clean(text: &str) -> String {
    shown(text).to_string()
}
