//! Texts that begin with `## template: jinja`, filled with what is known of a machine.
//!
//! Source: cloud-init 26.2, `templater.py` and `handlers/jinja_template.py`.

mod data;
mod map;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};

pub use data::InstanceData;
pub use map::SourceLines;

/// How much a template may do; a template of 16 KB without loops takes a few hundred steps.
const STEPS: u64 = 1_000_000;

/// What stands in the text for a variable that is not known, followed by its name.
pub const MISSING: &str = "CI_MISSING_JINJA_VAR/";

/// A filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The text, without the line that says it is a template.
    pub text: String,
    /// Where its lines come from.
    pub lines: SourceLines,
}

/// Why a template cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// The line of the template, from 1.
    pub line: usize,
    /// Whether the template cannot be read, as opposed to being read and not filled.
    pub is_syntax: bool,
}

/// Fills the template `text`, whose first line says that it is one.
///
/// # Errors
/// When it cannot be read, or asks for something inside of a value that is not there.
pub fn render(text: &str, data: &InstanceData) -> Result<Rendered, TemplateError> {
    let body_start = text.find('\n').map_or(text.len(), |at| at + 1);
    let body = text.get(body_start..).unwrap_or_default();
    let (marked, marker) = map::mark(body);
    let mut environment = Environment::new();
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    environment.set_fuel(Some(STEPS));
    environment.set_formatter(|out, _, value| {
        if value.is_undefined() {
            return out.write_str(MISSING).map_err(Into::into);
        }
        // As Python writes them.
        let python = match (value.is_none(), value.kind()) {
            (true, _) => "None".to_owned(),
            (_, minijinja::value::ValueKind::Bool) => {
                if value.is_true() { "True" } else { "False" }.to_owned()
            }
            _ => value.to_string(),
        };
        out.write_str(&python).map_err(Into::into)
    });
    let fault = |error: &minijinja::Error| TemplateError {
        message: error.detail().map_or_else(|| error.kind().to_string(), str::to_owned),
        // Without the first line.
        line: error.line().map_or(1, |line| line + 1),
        // Jinja looks for filters and tests while it reads the template.
        is_syntax: matches!(
            error.kind(),
            ErrorKind::SyntaxError | ErrorKind::UnknownFilter | ErrorKind::UnknownTest
        ),
    };
    let template = environment.template_from_str(&marked).map_err(|error| fault(&error))?;
    let mut filled = template.render(data.value()).map_err(|error| fault(&error))?;
    if body.ends_with('\n') {
        filled.push('\n');
    }
    let (text, lines) = map::unmark(&filled, text, body_start, marker);
    Ok(Rendered { text, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> InstanceData {
        let json = r#"{"v1": {"region": "eu", "local-hostname": "a", "list": [1, 2]}, "ds": {"meta_data": {"instance-id": "i-1"}}}"#;
        InstanceData::parse(json).expect("instance data")
    }

    fn filled(body: &str) -> String {
        render(&format!("## template: jinja\n{body}"), &data())
            .map_or_else(|error| error.message, |filled| filled.text)
    }

    #[test]
    fn variables_are_found_under_their_names_aliases_and_at_the_top() {
        assert_eq!(filled("a: {{ v1.region }}\n"), "a: eu\n");
        assert_eq!(filled("a: {{ region }}"), "a: eu");
        assert_eq!(filled("a: {{ v1.local_hostname }} {{ ds.meta_data.instance_id }}"), "a: a i-1");
        assert_eq!(filled("a: {{ v1['local-hostname'] }}"), "a: a");
        assert_eq!(filled("a: {{ true }} {{ none }}"), "a: True None");
    }

    #[test]
    fn what_is_not_known_is_marked_and_nothing_is_inside_of_it() {
        assert!(filled("a: {{ nothing }}").contains(MISSING));
        let error =
            render("## template: jinja\na: 1\nb: {{ nothing.at.all }}", &data()).expect_err("an error");
        assert!(!error.is_syntax);
        assert_eq!(error.line, 3);
    }

    #[test]
    fn a_template_that_cannot_be_read_says_where() {
        let error = render("## template: jinja\na: 1\nb: {{ v1.region }\n", &data()).expect_err("an error");
        assert!(error.is_syntax);
        assert_eq!(error.line, 3);
    }

    #[test]
    fn a_template_that_never_ends_is_stopped() {
        let text = "## template: jinja\n{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
        assert!(render(text, &data()).is_err());
    }

    #[test]
    fn each_line_knows_the_line_that_it_comes_from() {
        let text =
            "## template: jinja\n#cloud-config\n{% for n in v1.list %}\n- {{ n }}\n{% endfor %}\nlast: 1\n";
        let filled = render(text, &data()).expect("a text");
        assert_eq!(filled.text, "#cloud-config\n- 1\n- 2\nlast: 1\n");
        let source: Vec<usize> = (1..=4).map(|line| filled.lines.source_line(line)).collect();
        assert_eq!(source, [2, 4, 4, 6]);
    }

    #[test]
    fn white_space_control_is_not_disturbed() {
        assert_eq!(filled("a:\n  {%- if true %} 1{% endif %}\n"), "a: 1\n");
        assert_eq!(filled("a:{% if true -%}\n   1{% endif %}\n"), "a:1\n");
        assert_eq!(filled("{% raw %}\n  {{ x }}\n{% endraw %}\nb: 1\n"), "  {{ x }}\nb: 1\n");
    }
}
