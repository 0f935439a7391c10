//! What a question of the page is about, beside its text.

use dryboot_core::{self as core, LintOptions, Target};

/// What every gzip stream begins with.
const GZIP: [u8; 2] = [0x1F, 0x8B];

/// The target of this name; none without a name, or with an empty one.
///
/// # Errors
/// When the module has no target of this name.
pub fn target(name: Option<String>) -> Result<Option<Target>, String> {
    let parse = |name: String| Target::parse(&name).map_err(|error| error.message);
    name.filter(|name| !name.is_empty()).map(parse).transpose()
}

/// The name of the program that user-data is for.
///
/// # Errors
/// When the module has no target of this name.
pub fn program(bytes: &[u8], name: Option<String>) -> Result<String, String> {
    let options = LintOptions { target: target(name)?, ..LintOptions::default() };
    // Only the module of this program unpacks it; what is in it decides there.
    let is_packed = options.target.is_none() && bytes.starts_with(&GZIP);
    let program = if is_packed { "coreos" } else { core::program_of(bytes, &options).name };
    Ok(program.to_owned())
}
