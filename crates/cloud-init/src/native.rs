//! What `cloud-init schema` prints about a file, line by line, in its own words.
//!
//! Source: `config/schema.py` of cloud-init's releases, described in our own words. What goes to standard output and what
//! to standard error stands in the order in which a terminal shows it. A traceback names files of the machine that
//! Python runs on, so there are only its first and its last line. Secrets are not repeated.

mod deprecated;
mod fatal;
mod form;
mod hidden;
mod jsonschema;
mod repr;
mod said;

use dryboot_yaml::Span;

use crate::header::{Header, header};
use crate::verdict::{Cause, Judged, Kind, Outcome, Subject};
use form::{Form, filled};
use hidden::Hidden;

pub use said::{Messages, Said, messages};

/// A file that the validator was asked about.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name, as it was given to the validator.
    pub name: &'a str,
    /// The text in it, of which damaged bytes are left out.
    pub text: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Where secrets stand in the text; those that a key tells are found anyway. None repeats everything, as the program
    /// does.
    pub secrets: Option<&'a [Span]>,
}

/// What the validator prints about a file that it has judged.
#[must_use]
pub fn printed(judged: &Judged, file: &File<'_>, subject: &Subject<'_>) -> Vec<String> {
    let form = Form::of(subject.release);
    let is_network = subject.kind == Kind::NetworkConfig;
    let kind = if is_network { "network-config" } else { "user-data" };
    let schema = said::schema_of(subject);
    let named = |template: &str, message: &str| {
        let values = [
            ("name", file.name),
            ("kind", kind),
            ("schema", schema),
            ("message", message),
            ("errors", message),
        ];
        filled(template, &values)
    };
    let verdict = &judged.verdict;
    let text = match verdict.outcome {
        Outcome::NotEvaluated => match (file.bytes.is_empty(), judged.header) {
            (true, _) => named(form.empty, ""),
            (_, Some(Header::Jinja)) if subject.instance_data.is_none() => form.no_instance_data.to_owned(),
            (_, Some(_)) => {
                let found = header(&said::read(judged, file, subject));
                filled(form.other, &[("type", found.map_or("", Header::media_type)), ("name", file.name)])
            }
            (_, None) => form.no_schema.to_owned(),
        },
        Outcome::Crashed => {
            let cause = verdict.errors.first().map(|error| &error.cause);
            fatal::printed(cause, judged, file)
        }
        Outcome::Accepted | Outcome::Refused => match verdict.errors.first().map(|error| &error.cause) {
            Some(Cause::NotAMapping) => named(form.unreadable, &named(form.not_a_mapping, "")),
            Some(Cause::Template(error)) => {
                let hidden = Hidden::in_text(file.text, file.secrets);
                let line = hidden.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
                filled(
                    "Error:\nFailed to render templated user-data. Unable to parse Jinja template due to syntax error: \
                     {message} on line {line}: {text}",
                    &[("message", &error.message), ("line", &error.line.to_string()), ("text", line)],
                )
            }
            first => {
                let by_schema = matches!(first, Some(Cause::Schema(_)));
                decided(&messages(judged, file, subject), by_schema, form, &named)
            }
        },
    };
    text.split('\n').map(str::to_owned).collect()
}

/// The errors and deprecations, as the form has them; `by_schema` when the schema has objections.
fn decided(
    messages: &Messages,
    by_schema: bool,
    form: &Form,
    named: &dyn Fn(&str, &str) -> String,
) -> String {
    let joined = |problems: &[Said], title: &str| {
        let problems: Vec<String> =
            problems.iter().map(|Said { path, message }| format!("{path}: {message}")).collect();
        format!("Cloud config schema {title}: {}", problems.join(", "))
    };
    let is_refused = !messages.errors.is_empty();
    let is_deprecated = !messages.deprecations.is_empty();
    let deprecations = joined(&messages.deprecations, "deprecations");
    let mut printed = String::new();
    if is_deprecated || by_schema && form.announces_deprecations {
        printed.push_str(&deprecations);
        printed.push('\n');
    }
    if is_refused {
        let mut errors = joined(&messages.errors, "errors");
        if is_deprecated && form.repeats_deprecations {
            errors = format!("{errors}\n\n{deprecations}");
        }
        printed.push_str(&named(form.refused, &errors));
    } else {
        printed.push_str(&named(form.valid, ""));
    }
    printed
}
