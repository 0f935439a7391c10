//! What holds for each file: what a `dryboot.toml` says, and what the command line says instead.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use dryboot_config::{Config, Configs, Settings, TemplateChoice};
use dryboot_core::{LintOptions, Report};
use dryboot_report::output::Output;

use crate::args::LintArgs;
use crate::discover::is_standard_input;

/// The configurations of a run.
pub(crate) struct Project {
    configs: Configs,
    /// What the command line says.
    flags: Settings,
    /// Whether the output stands in for the program's own validator.
    is_native: bool,
    /// The name of standard input.
    stdin_filename: PathBuf,
}

impl Project {
    pub(crate) fn new(args: &LintArgs) -> Result<Self> {
        let base = std::env::current_dir().context("cannot find the working directory")?;
        let configs = match &args.config {
            Some(file) => Configs::named(&base, file)?,
            None => Configs::found_from(&base),
        };
        let flags = Settings {
            target: args.target.clone(),
            platform: args.platform,
            kind: args.kind,
            template: args.template,
            embedded: args.no_embedded.then_some(false),
            fail_on: args.fail_on,
            rules: Default::default(),
        };
        let (is_native, stdin_filename) = (args.output_format.is_native, PathBuf::from(&args.stdin_filename));
        Ok(Self { configs, flags, is_native, stdin_filename })
    }

    /// The configuration for a path.
    pub(crate) fn config(&mut self, path: &Path) -> Result<Option<Arc<Config>>> {
        let config = self.configs.of(path)?;
        if let Some(config) = &config {
            config.check_version(env!("CARGO_PKG_VERSION")).map_err(anyhow::Error::msg)?;
        }
        Ok(config)
    }

    /// A path in full.
    pub(crate) fn full(&self, path: &Path) -> PathBuf {
        self.configs.full(path)
    }

    /// Whether a file of a directory is left out.
    pub(crate) fn excludes(&mut self, path: &Path) -> Result<bool> {
        let full = self.full(path);
        Ok(self.config(path)?.is_some_and(|config| config.excludes(&full)))
    }

    /// What holds for a path.
    pub(crate) fn settings(&mut self, path: &Path) -> Result<Settings> {
        let full = self.full(path);
        let mut settings = self.config(path)?.map(|config| config.settings(&full)).unwrap_or_default();
        settings.add(&self.flags);
        if self.is_native {
            // What a program's own validator is given, it takes as a whole, and it knows of no placeholders.
            settings.embedded = Some(false);
            if settings.template.unwrap_or_default() == TemplateChoice::Auto {
                settings.template = Some(TemplateChoice::None);
            }
        }
        Ok(settings)
    }

    /// Prints what holds for paths.
    pub(crate) fn show(&mut self, paths: &[PathBuf], out: &mut Output<'_>) -> Result<()> {
        for (index, path) in paths.iter().enumerate() {
            // What holds for a directory is what holds for the files in it that no exception names.
            let file = match path {
                path if is_standard_input(path) => self.stdin_filename.clone(),
                path if path.is_dir() => path.join("user-data"),
                path => path.clone(),
            };
            let config = self.config(&file)?;
            let from = config
                .map_or_else(|| "no dryboot.toml".to_owned(), |config| config.path().display().to_string());
            let mut settings = Settings::defaults();
            settings.add(&self.settings(&file)?);
            if index > 0 {
                writeln!(out)?;
            }
            writeln!(out, "# {}: {from}", path.display())?;
            out.lines(&settings.to_toml())?;
        }
        Ok(())
    }
}

/// The report on one file, or on what is embedded in it.
pub(crate) fn report_on(
    name: &str,
    bytes: &[u8],
    settings: &Settings,
    args: &LintArgs,
    base: &LintOptions,
) -> Report {
    match args.output_format.is_native {
        false => settings.lint(name, bytes, base),
        true => {
            let base = LintOptions { printed_for: Some(name.to_owned()), ..base.clone() };
            settings.lint(name, bytes, &base)
        }
    }
}
