//! What holds for the open texts: the files `dryboot.toml` around them.

use std::path::Path;

use dryboot_config::{Configs, Settings};

/// Finds what holds for texts.
#[derive(Debug)]
pub(crate) struct Project {
    configs: Configs,
    /// The last thing that was wrong with a file, which is said once.
    complained: Option<String>,
}

/// What holds for a text.
pub(crate) struct Holds {
    pub(crate) settings: Settings,
    /// What is wrong with the file that should say it, if that is new.
    pub(crate) complaint: Option<String>,
}

impl Project {
    pub(crate) fn new(base: &Path) -> Self {
        Self { configs: Configs::found_from(base), complained: None }
    }

    /// What holds for a file. One that cannot be used holds for nothing, and everything is checked without it.
    pub(crate) fn settings(&mut self, path: &Path) -> Holds {
        let found =
            self.configs.of(path).map_err(|invalid| invalid.to_string()).and_then(|config| match config {
                Some(config) => config.check_version(env!("CARGO_PKG_VERSION")).map(|()| Some(config)),
                None => Ok(None),
            });
        match found {
            Ok(config) => {
                let full = self.configs.full(path);
                let settings = config.map(|config| config.settings(&full)).unwrap_or_default();
                Holds { settings, complaint: None }
            }
            Err(message) => {
                let is_new = self.complained.as_ref() != Some(&message);
                self.complained = Some(message.clone());
                Holds { settings: Settings::default(), complaint: is_new.then_some(message) }
            }
        }
    }

    /// Forgets what was read, since a file has changed.
    pub(crate) fn forget(&mut self) {
        self.configs.forget();
        self.complained = None;
    }
}
