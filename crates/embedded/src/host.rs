//! The languages of files that have user-data in them.

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Terraform, OpenTofu, Packer.
    Hcl,
    /// Kubernetes objects, CloudFormation, LXD profiles, Ansible, workflows; JSON as well.
    Yaml,
    /// A script for a shell.
    Shell,
    /// A Makefile.
    Make,
    /// Ruby, as in a Vagrantfile.
    Ruby,
    /// Bicep.
    Bicep,
    /// Markdown.
    Markdown,
}

/// How a file is known by its name.
struct Names {
    host: Host,
    /// What the name ends with, after a dot.
    ends: &'static [&'static str],
    /// What the name is.
    whole: &'static [&'static str],
}

const NAMES: [Names; 7] = [
    Names { host: Host::Hcl, ends: &["tf", "tofu", "hcl"], whole: &[] },
    Names { host: Host::Yaml, ends: &["yaml", "yml", "json", "template", "yaml.j2", "yml.j2"], whole: &[] },
    Names { host: Host::Shell, ends: &["sh", "bash", "zsh", "ksh"], whole: &[] },
    Names { host: Host::Make, ends: &["mk"], whole: &["Makefile", "makefile", "GNUmakefile"] },
    Names { host: Host::Ruby, ends: &["rb"], whole: &["Vagrantfile"] },
    Names { host: Host::Bicep, ends: &["bicep"], whole: &[] },
    Names { host: Host::Markdown, ends: &["md", "markdown"], whole: &[] },
];

/// Templates whose last name is that of a language.
const TEMPLATES: [&str; 1] = ["pkrtpl.hcl"];

/// Names of files that are user-data whatever they contain.
const USER_DATA: [&str; 4] = ["user-data", "user_data", "userdata", "cloud-config"];

/// What a YAML file of another program has at the beginning of a line, all words of one row.
const YAML_SIGNS: [&[&str]; 9] = [
    &["AWSTemplateFormatVersion"],
    &["apiVersion:", "kind:"],
    &["heat_template_version:"],
    &["jobs:", "on:"],
    &["services:", "configs:"],
    &["config:", "devices:"],
    &["- hosts:"],
    &["- name:"],
    &["profiles:"],
];

/// The signs are among so many lines.
const LINES: usize = 10_000;

impl Host {
    /// The language of a file that is surely not user-data.
    pub(crate) fn of(name: &str, text: &str) -> Option<Self> {
        match Self::by_name(name) {
            Some(Self::Yaml) => Self::by_content(text).filter(|host| *host == Self::Yaml),
            None => Self::by_content(text).filter(|_| !name.starts_with('<')),
            found => found,
        }
    }

    /// The language by what is in the text.
    pub(crate) fn by_content(text: &str) -> Option<Self> {
        if is_shell(text) {
            return Some(Self::Shell);
        }
        let is_json = text.trim_start().starts_with('{');
        // Only JSON has its keys indented at the top.
        let key =
            |line: &str| if is_json { line.trim_start_matches(['"', ' ', '\t']) } else { line }.to_owned();
        let has =
            |sign: &&str| text.lines().take(LINES).any(|line| key(line).replace('"', "").starts_with(sign));
        YAML_SIGNS.iter().any(|signs| signs.iter().all(has)).then_some(Self::Yaml)
    }

    /// The language by the name of the file.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        let file = file_name(name);
        if TEMPLATES.iter().any(|end| ends_with(file, end)) {
            return None;
        }
        let fits =
            |names: &&Names| names.whole.contains(&file) || names.ends.iter().any(|end| ends_with(file, end));
        NAMES.iter().find(fits).map(|names| names.host)
    }

    /// The name in output formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hcl => "hcl",
            Self::Yaml => "yaml",
            Self::Shell => "shell",
            Self::Make => "make",
            Self::Ruby => "ruby",
            Self::Bicep => "bicep",
            Self::Markdown => "markdown",
        }
    }
}

/// Whether a file is user-data by its name alone.
pub(crate) fn is_user_data_by_name(name: &str) -> bool {
    let file = file_name(name);
    let stem = file.split('.').next().unwrap_or_default();
    USER_DATA.contains(&stem)
        && !matches!(Host::by_name(name), Some(Host::Hcl | Host::Shell | Host::Markdown))
}

/// Whether a file is the one of the installer's medium, which needs no header (Ubuntu's autoinstall reference).
pub(crate) fn is_autoinstall_by_name(name: &str) -> bool {
    ["autoinstall.yaml", "autoinstall.yml"].contains(&file_name(name))
}

fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn ends_with(file: &str, end: &str) -> bool {
    let (file, end) = (file.to_ascii_lowercase(), format!(".{end}"));
    file.ends_with(&end)
}

/// Whether a script for a shell begins here.
pub(crate) fn is_shell(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let program = first.strip_prefix("#!").unwrap_or_default();
    program.split(['/', ' ']).any(|word| ["sh", "bash", "dash", "zsh", "ksh", "ash"].contains(&word))
}
