//! What holds for the open texts: the files `dryboot.toml` around them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use dryboot_config::{Config, Configs, Settings};
use dryboot_core::{BootProblems, LintOptions, Report, boot_problems, gzipped_length};
use dryboot_report::baseline::Baseline;

/// Finds what holds for texts.
#[derive(Debug)]
pub(crate) struct Project {
    configs: Configs,
    /// The baselines that were read.
    baselines: HashMap<PathBuf, Rc<Baseline>>,
    /// The last thing that was wrong with a file, which is said once.
    complained: Option<String>,
}

/// What holds for a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Holds {
    pub(crate) settings: Settings,
    /// The findings that are known, and what the text is called there.
    baseline: Option<(Rc<Baseline>, String)>,
}

impl Holds {
    /// Checks a text.
    pub(crate) fn lint(&self, name: &str, text: &str) -> Report {
        let base = LintOptions {
            gzipped_length: Some(gzipped_length),
            boot_problems: Some(BootProblems::Follow(boot_problems)),
            ..LintOptions::default()
        };
        let mut report = self.settings.lint(name, text.as_bytes(), &base);
        if let Some((baseline, name)) = &self.baseline {
            baseline.settle(name, &mut report);
        }
        report
    }
}

impl Project {
    pub(crate) fn new(base: &Path) -> Self {
        Self { configs: Configs::found_from(base), baselines: HashMap::new(), complained: None }
    }

    /// What holds for a file, and what is wrong with what should say it, if that is new. A file that cannot be used holds for
    /// nothing, and everything is checked without it.
    pub(crate) fn holds(&mut self, path: &Path) -> (Holds, Option<String>) {
        match self.try_holds(path) {
            Ok(holds) => (holds, None),
            Err(message) => {
                let is_new = self.complained.as_ref() != Some(&message);
                self.complained = Some(message.clone());
                (Holds::default(), is_new.then_some(message))
            }
        }
    }

    fn try_holds(&mut self, path: &Path) -> Result<Holds, String> {
        let Some(config) = self.configs.of(path).map_err(|invalid| invalid.to_string())? else {
            return Ok(Holds::default());
        };
        config.check_version(env!("CARGO_PKG_VERSION"))?;
        let full = self.configs.full(path);
        Ok(Holds { settings: config.settings(&full), baseline: self.baseline(&config, &full)? })
    }

    fn baseline(&mut self, config: &Config, full: &Path) -> Result<Option<(Rc<Baseline>, String)>, String> {
        let Some(file) = config.baseline().map(|file| self.configs.full(&file)) else { return Ok(None) };
        let directory = file.parent().unwrap_or(Path::new(""));
        let name = full.strip_prefix(directory).unwrap_or(full).to_string_lossy().into_owned();
        let baseline = match self.baselines.get(&file) {
            Some(baseline) => Rc::clone(baseline),
            None => {
                let text = fs::read_to_string(&file)
                    .map_err(|error| format!("cannot read the baseline {}: {error}", file.display()))?;
                let read = Baseline::parse(&text);
                let read = read.map_err(|error| format!("{} is not a baseline: {error}", file.display()))?;
                let baseline = Rc::new(read);
                self.baselines.insert(file, Rc::clone(&baseline));
                baseline
            }
        };
        Ok(Some((baseline, name)))
    }

    /// Forgets what was read, since a file has changed.
    pub(crate) fn forget(&mut self) {
        self.configs.forget();
        self.baselines.clear();
        self.complained = None;
    }
}
