//! The command line.

#[cfg(feature = "openpgp")]
mod image;
mod preview;
#[cfg(feature = "openpgp")]
mod verify;

#[cfg(feature = "openpgp")]
pub(crate) use image::{FetchArgs, ImageCommand, LimitArgs, WhichArgs};
pub(crate) use preview::{PreviewArgs, PreviewFormat};
#[cfg(feature = "openpgp")]
pub(crate) use verify::{TrustArgs, VerifyArgs};

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use dryboot_config::{KindChoice, TargetChoice, TemplateChoice, Word};
use dryboot_core::platform::{PLATFORMS, Platform};
use dryboot_core::{CoreosTarget, Location, NetconfFormat, Severity};
use dryboot_report::render::{FORMATS, Format};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Shows what a cloud-config will do before the machine boots.
#[derive(Debug, Parser)]
#[command(name = "dryboot", version, styles = STYLES, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check user-data for mistakes
    #[command(after_help = EXIT_CODES)]
    Lint(LintArgs),
    /// Show what a machine will do with user-data
    #[command(after_help = preview::EXIT_CODES)]
    Preview(PreviewArgs),
    /// List the platforms: where each one reads its data, and what it does not provide
    Platforms {
        /// Show only this platform, with its image's config and example metadata
        #[arg(value_name = "PLATFORM", value_parser = platform)]
        platform: Option<&'static Platform>,

        /// How to print the list
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        output_format: DataFormat,
    },
    /// Convert a network configuration to systemd-networkd units
    #[command(after_help = NETCONF_EXIT_CODES)]
    Netconf(NetconfArgs),
    /// Verify the signature of a machine image
    #[cfg(feature = "openpgp")]
    #[command(after_help = VERIFY_EXIT_CODES)]
    Verify(VerifyArgs),
    /// Download an image from a release channel and verify it
    #[cfg(feature = "openpgp")]
    #[command(subcommand)]
    Image(ImageCommand),
    /// Verify the signature of a machine image (not in this build)
    #[cfg(not(feature = "openpgp"))]
    #[command(disable_help_flag = true)]
    Verify(crate::absent::AbsentArgs),
    /// Download an image from a release channel and verify it (not in this build)
    #[cfg(not(feature = "openpgp"))]
    #[command(disable_help_flag = true)]
    Image(crate::absent::AbsentArgs),
    /// Explain a rule or a key
    Explain {
        /// Name of a rule, as shown in brackets in a finding, or a key, such as `apt.sources` or
        /// `users[].sudo`
        name: String,

        /// The program, version or distribution whose key to explain [default: every program]
        #[arg(long, value_name = "TARGET", value_parser = target)]
        target: Option<TargetChoice>,
    },
    /// List the keys of a program, with their types and the releases that support them
    Keys {
        /// The program that reads them, a version or a distribution
        #[arg(long, default_value = "cloud-init", value_name = "TARGET", value_parser = target)]
        target: TargetChoice,

        /// How to print the list
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        output_format: RulesFormat,
    },
    /// Print a JSON Schema, for editors and other tools
    Schema {
        /// What it describes
        #[arg(value_enum, default_value_t)]
        of: SchemaOf,

        /// The program that reads it, a version or a distribution
        #[arg(long, default_value = "cloud-init", value_name = "TARGET", value_parser = target)]
        target: TargetChoice,
    },
    /// Serve an editor: the language server, over standard input and output
    Lsp {
        /// Use standard input and output; editors pass it, and there is no other way
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Print the completions for a shell
    ///
    /// For bash: `dryboot completions bash > ~/.local/share/bash-completion/completions/dryboot`.
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands to a directory
    Man {
        /// The directory, which is made if it is not there
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,

        /// How to print the page
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT", conflicts_with = "out")]
        output_format: ManFormat,
    },
    /// List the rules
    Rules {
        /// How to print the list
        #[arg(long, value_enum, default_value_t)]
        output_format: RulesFormat,
    },
}

const EXIT_CODES: &str = "\
Exit codes:
  0  no findings at or above --fail-on
  1  findings at or above --fail-on
  2  usage error, a file that cannot be read or written, or an internal error
  3  no input found";

const NETCONF_EXIT_CODES: &str = "\
Exit codes:
  0  converted
  1  the configuration is rejected
  2  usage error, a file that cannot be read, or an internal error";

#[cfg(feature = "openpgp")]
const VERIFY_EXIT_CODES: &str = "\
Exit codes:
  0  enough keys have signed exactly this image: known keys, or keys that you supplied
  1  bad or not trusted
  2  usage error, or something cannot be read";

fn platform(name: &str) -> Result<&'static Platform, String> {
    Platform::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = PLATFORMS.iter().map(|platform| platform.name).collect();
        format!("valid names: {}", names.join(", "))
    })
}

/// A platform of any program.
fn location(name: &str) -> Result<Location, String> {
    Location::from_name(name).ok_or_else(|| format!("valid names: {}", Location::names().join(", ")))
}

#[derive(Args, Debug)]
pub(crate) struct NetconfArgs {
    /// The network configuration, or `-` for standard input
    ///
    /// VMware properties can be a JSON object, or lines of the form `KEY = VALUE`.
    pub(crate) file: PathBuf,

    /// Format of the configuration
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: NetconfFrom,

    /// The program that will convert it; `auto` means coreos
    #[arg(long, value_enum, default_value_t, value_name = "TARGET")]
    pub(crate) target: TargetArg,

    /// How to print the units
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: DataFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataFormat {
    /// For people
    #[default]
    Human,
    /// For programs, versioned
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetconfFrom {
    /// Debian's /etc/network/interfaces
    Debian,
    /// VMware's guestinfo properties
    Vmware,
}

impl NetconfFrom {
    pub(crate) fn format(self) -> NetconfFormat {
        match self {
            Self::Debian => NetconfFormat::Debian,
            Self::Vmware => NetconfFormat::Vmware,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct LintArgs {
    /// Files or directories, or `-` for standard input
    ///
    /// In a directory, files are checked if their first line or their name (`user-data`, `user_data`,
    /// `cloud-config.yaml`) shows that they are cloud-configs, or if they are Terraform, Kubernetes objects, scripts
    /// or Markdown with user-data inside, except files that git ignores.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// The program that will read the user-data: cloud-init, coreos, flatcar, a version or a distribution [default: auto]
    ///
    /// `auto` decides from the file's content. `cloud-init@22.4.2` is a version of cloud-init; `debian-12`
    /// and `ubuntu-24.04` mean the version that the distribution ships. `coreos` is coreos-cloudinit 1.14.0,
    /// the last CoreOS release, and `flatcar` is its fork.
    #[arg(long, value_name = "TARGET", value_parser = target)]
    pub(crate) target: Option<TargetChoice>,

    /// The kind of file [default: auto]
    #[arg(long, value_name = "KIND", value_parser = word::<KindChoice>())]
    pub(crate) kind: Option<KindChoice>,

    /// Instance data for rendering cloud-init's Jinja templates: a machine's
    /// `/run/cloud-init/instance-data.json`
    #[arg(long, value_name = "FILE")]
    pub(crate) instance_data: Option<PathBuf>,

    /// The template language of the files, if another program renders them before a machine boots [default: auto]
    ///
    /// Placeholders are filled with dummy values, and findings that depend on them are left out. cloud-init's
    /// own templates (`## template: jinja`) do not need this option.
    #[arg(long, value_name = "TEMPLATE", value_parser = word::<TemplateChoice>())]
    pub(crate) template: Option<TemplateChoice>,

    /// Do not look for user-data inside other files: Terraform, Kubernetes objects, scripts, Markdown
    #[arg(long)]
    pub(crate) no_embedded: bool,

    /// The platform that machines boot on: also checks its limits and variables
    #[arg(long, value_name = "PLATFORM", value_parser = location)]
    pub(crate) platform: Option<Location>,

    /// Metadata of a machine in the platform's native format, or the directory of a config drive
    #[arg(long, value_name = "FILE", requires = "platform")]
    pub(crate) metadata: Option<PathBuf>,

    /// How to print findings
    #[arg(long, default_value = FORMATS[0].name, value_name = "FORMAT", value_parser = lint_format())]
    pub(crate) output_format: &'static Format,

    /// Print how often each rule has found something, instead of the findings
    #[arg(long, conflicts_with = "output_format")]
    pub(crate) statistics: bool,

    /// Print the documentation of each rule that has found something, after the findings
    #[arg(long, conflicts_with = "statistics")]
    pub(crate) explain: bool,

    /// Say how long everything took
    #[arg(long, short)]
    pub(crate) verbose: bool,

    /// Check again whenever a file changes, until the command is ended
    #[arg(long, conflicts_with_all = ["fix", "diff", "show_config", "update_baseline"])]
    pub(crate) watch: bool,

    /// Write the findings to this file; as `FORMAT=FILE` in another format, besides what is printed. May be repeated
    ///
    /// Without a format, it is that of --output-format, and nothing is printed.
    #[arg(long, value_name = "FILE", value_parser = output_file)]
    pub(crate) output_file: Vec<OutputFile>,

    /// Name to show for standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>", hide_default_value = true)]
    pub(crate) stdin_filename: String,

    /// The lowest severity that makes the exit code 1
    ///
    /// The default is `error`, or `info` for the native format of coreos-cloudinit, because the original
    /// fails on any message.
    #[arg(long, value_name = "SEVERITY", value_parser = word::<Severity>())]
    pub(crate) fail_on: Option<Severity>,

    /// The configuration for all files, instead of the nearest dryboot.toml above each
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,

    /// Print what holds for the files, and from which configuration it comes, instead of checking them
    #[arg(long, help_heading = "Configuration")]
    pub(crate) show_config: bool,

    /// A file with findings that are known and not reported
    ///
    /// A known finding stays known when its line moves, as long as the line does not change.
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(crate) baseline: Option<PathBuf>,

    /// Make all findings of the files that are checked known: write them to the baseline
    #[arg(long, help_heading = "Configuration")]
    pub(crate) update_baseline: bool,

    /// Run only these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) select: Vec<String>,

    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,

    /// Apply the safe fixes to the files
    ///
    /// Files are replaced atomically. With `-`, standard output contains only the file, fixed or not, and
    /// findings go to standard error.
    #[arg(long, help_heading = "Fixes")]
    pub(crate) fix: bool,

    /// With --fix or --diff, also apply fixes that may change the meaning
    #[arg(long, help_heading = "Fixes")]
    pub(crate) unsafe_fixes: bool,

    /// Print what --fix would change, without changing any files
    ///
    /// Invisible characters are escaped, so the diff of a file with control characters cannot be applied as a
    /// patch.
    #[arg(long, help_heading = "Fixes", conflicts_with = "fix")]
    pub(crate) diff: bool,
}

/// The name of a target, or `auto`.
fn target(name: &str) -> Result<TargetChoice, String> {
    TargetChoice::parse(name)
}

/// One of the words for a choice.
fn word<W: Word>() -> impl TypedValueParser<Value = W> {
    let choice = |&(name, doc, _): &(&'static str, &'static str, W)| PossibleValue::new(name).help(doc);
    PossibleValuesParser::new(W::WORDS.iter().map(choice))
        .try_map(|name| W::from_word(&name).ok_or("not a known word"))
}

/// A file for findings.
#[derive(Clone, Debug)]
pub(crate) struct OutputFile {
    /// How they are written there; none for the format that is asked for.
    pub(crate) format: Option<&'static Format>,
    pub(crate) path: PathBuf,
}

fn output_file(value: &str) -> Result<OutputFile, String> {
    let (format, path) = match value.split_once('=') {
        Some((name, path)) => match Format::named(name) {
            Some(format) => (Some(format), path),
            None => (None, value),
        },
        None => (None, value),
    };
    if path.is_empty() {
        return Err("the name of the file is missing".to_owned());
    }
    Ok(OutputFile { format, path: path.into() })
}

/// The formats that there are, as choices.
fn lint_format() -> impl TypedValueParser<Value = &'static Format> {
    let choice =
        |format: &Format| PossibleValue::new(format.name).aliases(format.aliases).help(format.summary);
    PossibleValuesParser::new(FORMATS.iter().map(choice))
        .try_map(|name| Format::named(&name).ok_or("not a known format"))
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TargetArg {
    /// Decide from the file's content
    #[default]
    Auto,
    /// coreos-cloudinit 1.14.0, the last CoreOS release
    Coreos,
    /// Flatcar's fork of it
    Flatcar,
}

impl TargetArg {
    /// The one that is asked for; none decides from the text.
    pub(crate) fn coreos(self) -> Option<CoreosTarget> {
        match self {
            Self::Auto => None,
            Self::Coreos => Some(CoreosTarget::CoreOs),
            Self::Flatcar => Some(CoreosTarget::Flatcar),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ManFormat {
    /// For `man`
    #[default]
    Roff,
    /// One page with all commands
    Markdown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A cloud-config
    #[default]
    CloudConfig,
    /// A network configuration
    NetworkConfig,
    /// The configuration of dryboot
    DrybootToml,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    /// A table for the terminal
    #[default]
    Human,
    /// A page with the full documentation
    Markdown,
    /// For programs
    Json,
}
