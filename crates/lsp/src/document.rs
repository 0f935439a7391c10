//! An open text.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use dryboot_config::{Config, FILE, KindChoice, Problem, Settings};
use dryboot_core::{LintOptions, Report, has_embedded, is_user_data};
use gen_lsp_types::{TextDocumentItem, Uri};

use crate::settings::Holds;
use crate::text::{Encoding, Text};
use crate::uri;

/// Languages that are user-data, by whatever name the file has.
const USER_DATA: [&str; 2] = ["cloud-config", "cloudconfig"];

/// An open text.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) uri: Uri,
    /// Its file; the name of one for a text that is in none.
    pub(crate) path: PathBuf,
    language: String,
    pub(crate) version: i32,
    pub(crate) text: Text,
    /// What is known about this version.
    pub(crate) checked: Option<Rc<Checked>>,
    /// The client has not been told yet.
    pub(crate) is_due: bool,
}

/// What is known about a version of a text.
#[derive(Debug)]
pub(crate) enum Checked {
    /// It is not ours.
    Foreign,
    /// It has user-data.
    UserData {
        /// What there is to say.
        report: Box<Report>,
        /// What it was checked with.
        holds: Holds,
    },
    /// It is a configuration.
    Config(Vec<Problem>),
}

impl Document {
    pub(crate) fn new(item: TextDocumentItem, encoding: Encoding) -> Self {
        let path = uri::path(&item.uri).unwrap_or_else(|| {
            let name = item.uri.as_ref().rsplit([':', '/']).next().unwrap_or_default();
            PathBuf::from(name)
        });
        Self {
            path,
            language: String::from(item.language_id),
            version: item.version,
            text: Text::new(item.text, encoding),
            uri: item.uri,
            checked: None,
            is_due: true,
        }
    }

    pub(crate) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    pub(crate) fn is_config(&self) -> bool {
        self.path.file_name().is_some_and(|name| name == FILE)
    }

    /// Checks the text.
    pub(crate) fn check(&self, holds: Holds) -> Checked {
        if self.is_config() {
            return Checked::Config(
                Config::parse(Path::new(FILE), self.text.as_str()).err().unwrap_or_default(),
            );
        }
        if !self.is_ours(&holds.settings) {
            return Checked::Foreign;
        }
        let report = Box::new(self.report(self.text.as_str(), &holds));
        Checked::UserData { report, holds }
    }

    /// The report on a text in the place of this one.
    pub(crate) fn report(&self, text: &str, holds: &Holds) -> Report {
        holds.lint(&self.name(), text)
    }

    /// The options for help while typing.
    pub(crate) fn options(&self, settings: &Settings) -> LintOptions {
        settings.options(&self.name(), self.text.as_str().as_bytes(), &LintOptions::default())
    }

    /// Editors send everything that they take for YAML; only some of it is for us.
    fn is_ours(&self, settings: &Settings) -> bool {
        let (name, bytes) = (self.name(), self.text.as_str().as_bytes());
        USER_DATA.contains(&self.language.as_str())
            || settings.kind.unwrap_or_default() != KindChoice::Auto
            || is_user_data(&name, bytes)
            || (settings.looks_inside() && has_embedded(&name, bytes))
    }
}
