//! The template engine.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior};

use super::{InstanceData, MISSING, Rendered, Stage, TemplateError, check_first_line, marks, names};

/// How much a template may do; a template of 16 KB without loops takes a few hundred steps.
const STEPS: u64 = 1_000_000;

/// Fills the template `text`, whose first line says that it is one.
///
/// # Errors
/// When its first line is another, when it cannot be read, or asks for something inside of a value that is not there.
pub fn render(text: &str, data: &InstanceData) -> Result<Rendered, TemplateError> {
    check_first_line(text)?;
    let body_start = text.find('\n').map_or(text.len(), |at| at + 1);
    let body = text.get(body_start..).unwrap_or_default();
    let (marked, marker) = marks::mark(body);
    let marked = names::with_names(&marked);
    let mut environment = Environment::new();
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    environment.set_fuel(Some(STEPS));
    environment.add_filter(names::FILTER, |value: minijinja::Value, name: String| {
        match value.is_undefined() {
            true => minijinja::Value::from(format!("{MISSING}{name}")),
            false => value,
        }
    });
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
        stage: match error.kind() {
            ErrorKind::SyntaxError | ErrorKind::UnknownFilter | ErrorKind::UnknownTest => Stage::Reading,
            _ => Stage::Filling,
        },
    };
    let template = environment.template_from_str(&marked).map_err(|error| fault(&error))?;
    let mut filled = template.render(data.value()).map_err(|error| fault(&error))?;
    if body.ends_with('\n') {
        filled.push('\n');
    }
    let (text, lines) = marks::unmark(&filled, text, body_start, marker);
    Ok(Rendered { text, lines })
}
