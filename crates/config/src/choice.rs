//! What users choose among, with the words for it.

use std::fmt;

use dryboot_core::{Kind, Severity, Target, TemplateSyntax};

/// A choice among a few words, the same on the command line and in the file.
pub trait Word: Copy + PartialEq + Send + Sync + 'static {
    /// Each word with what it means, in one line.
    const WORDS: &'static [(&'static str, &'static str, Self)];

    /// What a word stands for.
    #[must_use]
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(name, ..)| *name == word).map(|(.., value)| *value)
    }

    /// The word for it.
    #[must_use]
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(.., value)| *value == self).map_or("", |(name, ..)| name)
    }
}

/// The program that reads a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetChoice(
    /// The program; none decides from the file's content.
    pub Option<Target>,
);

impl TargetChoice {
    /// The word that leaves the decision to the content.
    const AUTO: &'static str = "auto";

    /// What a name stands for.
    ///
    /// # Errors
    /// When it is not the name of a target; as a sentence.
    pub fn parse(name: &str) -> Result<Self, String> {
        match name {
            Self::AUTO => Ok(Self(None)),
            name => Target::parse(name).map(|target| Self(Some(target))).map_err(|error| error.to_string()),
        }
    }
}

impl fmt::Display for TargetChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str(Self::AUTO),
            Some(target) => f.write_str(&target.named().name),
        }
    }
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KindChoice {
    /// The first line says it.
    #[default]
    Auto,
    /// User-data, whatever its name.
    UserData,
    /// Vendor-data.
    VendorData,
    /// A network configuration for cloud-init.
    NetworkConfig,
}

impl Word for KindChoice {
    const WORDS: &'static [(&'static str, &'static str, Self)] = &[
        ("auto", "User-data: the first line says which kind", Self::Auto),
        ("user-data", "User-data, whatever its name", Self::UserData),
        ("vendor-data", "Vendor-data, which is read like user-data", Self::VendorData),
        ("network-config", "A network configuration for cloud-init", Self::NetworkConfig),
    ];
}

impl KindChoice {
    /// How the program gets the file.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Auto | Self::UserData | Self::VendorData => Kind::UserData,
            Self::NetworkConfig => Kind::NetworkConfig,
        }
    }
}

/// The template language of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TemplateChoice {
    /// The name of the file says it.
    #[default]
    Auto,
    /// None.
    None,
    /// Terraform.
    Terraform,
    /// Jinja.
    Jinja,
    /// Go.
    Go,
}

impl Word for TemplateChoice {
    const WORDS: &'static [(&'static str, &'static str, Self)] = &[
        ("auto", "Decide from the file name: .tftpl, .tpl, .j2, .gotmpl, .tmpl, .erb", Self::Auto),
        ("none", "Do not treat any file as a template", Self::None),
        ("terraform", "Terraform: ${…} and %{…}", Self::Terraform),
        ("jinja", "Jinja, as used by Ansible: {{…}} and {%…%}", Self::Jinja),
        ("go", "Go: {{…}}", Self::Go),
    ];
}

impl TemplateChoice {
    /// The language of a file's template, if it is one.
    #[must_use]
    pub fn syntax(self, name: &str, bytes: &[u8]) -> Option<TemplateSyntax> {
        match self {
            Self::Auto => TemplateSyntax::of_file(name, std::str::from_utf8(bytes).ok()?),
            Self::None => None,
            Self::Terraform => Some(TemplateSyntax::Terraform),
            Self::Jinja => Some(TemplateSyntax::Jinja),
            Self::Go => Some(TemplateSyntax::Go),
        }
    }
}

impl Word for Severity {
    const WORDS: &'static [(&'static str, &'static str, Self)] = &[
        ("error", "Not applied, or only partly", Self::Error),
        ("warning", "Applied, but probably not as intended", Self::Warning),
        ("info", "Could be better", Self::Info),
    ];
}

/// What becomes of a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// There are none.
    Off,
    /// All of them have this severity.
    At(Severity),
}

impl Word for Level {
    const WORDS: &'static [(&'static str, &'static str, Self)] = &[
        ("off", "Do not run the rule", Self::Off),
        ("info", "Report its findings as infos", Self::At(Severity::Info)),
        ("warning", "Report its findings as warnings", Self::At(Severity::Warning)),
        ("error", "Report its findings as errors", Self::At(Severity::Error)),
    ];
}
