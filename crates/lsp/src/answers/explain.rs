//! The documentation of a rule.

use dryboot_core::rule;
use gen_lsp_types::{Command, ExecuteCommandParams};
use serde_json::Value;

/// The command; its argument is the name of the rule, its result the documentation in Markdown.
pub(crate) const EXPLAIN: &str = "dryboot.explain";

pub(crate) fn command(name: &str) -> Command {
    Command {
        title: format!("Explain `{name}`"),
        command: EXPLAIN.to_owned(),
        arguments: Some(vec![Value::from(name)]),
        tooltip: None,
    }
}

/// The documentation that is asked for; none of a rule that there is not.
pub(crate) fn documentation(params: &ExecuteCommandParams) -> Option<String> {
    if params.command != EXPLAIN {
        return None;
    }
    let name = params.arguments.as_ref()?.first()?.as_str()?;
    Some(rule(name)?.docs.join("\n\n"))
}
