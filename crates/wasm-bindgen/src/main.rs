//! `wasm-bindgen` with the arguments that trunk gives it.
//!
//! The program of this name on crates.io does the same, but brings a web server and an HTTP client for its runner of
//! tests, which take most of the time to build it. This one is built with the project's own lock file, and so it always
//! has the version of the crate that the page uses.

use std::path::PathBuf;

use clap::Parser;
use wasm_bindgen_cli_support::Bindgen;

/// Writes a WebAssembly module together with the JavaScript that loads it and calls it.
#[derive(Debug, Parser)]
#[command(name = "wasm-bindgen", version)]
struct Arguments {
    /// The module that the Rust compiler wrote
    input: PathBuf,
    /// Where the JavaScript runs
    #[arg(long, value_parser = ["web"])]
    target: String,
    /// The folder to write to
    #[arg(long)]
    out_dir: PathBuf,
    /// The name of the files, without extension
    #[arg(long)]
    out_name: String,
    /// Write no types for TypeScript
    #[arg(long)]
    no_typescript: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    Bindgen::new()
        .web(true)?
        .input_path(&arguments.input)
        .out_name(&arguments.out_name)
        .typescript(!arguments.no_typescript)
        .omit_default_module_path(false)
        .generate(&arguments.out_dir)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_is_that_of_the_library() {
        assert_eq!(env!("CARGO_PKG_VERSION"), wasm_bindgen_shared::version());
    }
}
