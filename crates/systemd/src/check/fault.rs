use std::fmt;

use crate::directives::Choices;
use crate::{Release, Span, file};

/// Something that systemd does not take in a unit's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is about: a line, a key, a value or a part of it.
    pub span: Span,
    /// What it is.
    pub kind: FaultKind,
}

/// What systemd does about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing: it is as written, but perhaps not as meant.
    None,
    /// The line, or the part of it, is ignored.
    Ignored,
    /// The unit is refused, and cannot be started (`bad-setting`).
    Refused,
}

/// What is wrong in a unit's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A line before the first section.
    OutsideSection,
    /// A line without `=`.
    NoEquals,
    /// `[Name` without its end.
    BrokenHeader,
    /// A section that no unit has.
    UnknownSection,
    /// A section that units of this type alone have.
    ForeignSection(&'static str),
    /// A directive that no section has.
    UnknownDirective(
        /// The section that it stands in.
        &'static str,
    ),
    /// A directive of another section of the same unit.
    ForeignDirective(
        /// The section that it stands in.
        &'static str,
        /// The section that has it.
        &'static str,
    ),
    /// A directive that this release brought.
    FutureDirective(Release),
    /// The program of a command is neither an absolute path nor, since release 239, a file name;
    /// with the prefix `-`, which makes systemd ignore the line alone.
    RelativeCommand {
        /// Whether the prefix `-` is there.
        tolerated: bool,
    },
    /// There are prefixes, but no program.
    EmptyCommand {
        /// Whether the prefix `-` is there.
        tolerated: bool,
    },
    /// The program's path ends in a slash.
    DirectoryCommand {
        /// Whether the prefix `-` is there.
        tolerated: bool,
    },
    /// A quotation mark is not closed.
    UnbalancedQuotes,
    /// A word that means something to a shell, and is an argument here.
    ShellSyntax,
    /// A `#` after a value, with what is meant as a comment: systemd has comments on lines of their own alone.
    CommentBehindValue,
    /// No boolean; `DynamicUser=` is taken seriously enough to refuse the unit.
    InvalidBoolean {
        /// Whether the unit is refused for it.
        fatal: bool,
    },
    /// No span of time.
    InvalidTimeSpan,
    /// Not one of the words that the directive takes.
    InvalidChoice(Choices),
    /// No `NAME=value` in `Environment=`.
    InvalidAssignment,
    /// No name of a unit.
    InvalidUnitName,
    /// A service without any command.
    NoCommand,
    /// A service without `ExecStart=` that is not a oneshot, or does not remain after exit.
    NoExecStart,
    /// More than one `ExecStart=` in a service that is not a oneshot.
    RepeatedExecStart,
    /// `Restart=` with a value that a oneshot cannot have.
    OneshotRestart,
    /// A service of `Type=dbus` without `BusName=`.
    NoBusName,
    /// A socket without any `Listen…=`.
    NoListen,
    /// A timer or path without anything that triggers it.
    NoTrigger,
    /// A mount or swap without `What=`.
    NoWhat,
    /// `Where=` or `What=` and the unit's name do not match.
    NameMismatch(
        /// The name that matches.
        String,
    ),
    /// A oneshot that is inactive once it has run, so that it runs again whenever anything wants it.
    InactiveOneshot,
}

impl Fault {
    /// What systemd does about it.
    #[must_use]
    pub fn effect(&self, release: Release) -> Effect {
        use FaultKind as Kind;
        let refused = |refused| if refused { Effect::Refused } else { Effect::Ignored };
        match self.kind {
            Kind::NoEquals => refused(release < file::LENIENT),
            Kind::RelativeCommand { tolerated }
            | Kind::EmptyCommand { tolerated }
            | Kind::DirectoryCommand { tolerated } => refused(!tolerated),
            Kind::InvalidBoolean { fatal } => refused(fatal),
            Kind::OutsideSection
            | Kind::UnknownSection
            | Kind::ForeignSection(_)
            | Kind::UnknownDirective(_)
            | Kind::ForeignDirective(..)
            | Kind::FutureDirective(_)
            | Kind::InvalidTimeSpan
            | Kind::InvalidChoice(_)
            | Kind::InvalidAssignment
            | Kind::InvalidUnitName => Effect::Ignored,
            Kind::ShellSyntax | Kind::CommentBehindValue | Kind::InactiveOneshot => Effect::None,
            Kind::BrokenHeader
            | Kind::UnbalancedQuotes
            | Kind::NoCommand
            | Kind::NoExecStart
            | Kind::RepeatedExecStart
            | Kind::OneshotRestart
            | Kind::NoBusName
            | Kind::NoListen
            | Kind::NoTrigger
            | Kind::NoWhat
            | Kind::NameMismatch(_) => Effect::Refused,
        }
    }

    /// Whether systemd refuses the unit for it.
    #[must_use]
    pub fn refuses(&self, release: Release) -> bool {
        self.effect(release) == Effect::Refused
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::ForeignSection(suffix) => {
                return write!(formatter, "only a `.{suffix}` unit has this section");
            }
            Self::UnknownDirective(section) => {
                return write!(formatter, "`[{section}]` has no such directive");
            }
            Self::ForeignDirective(section, other) => {
                return write!(formatter, "this belongs to `[{other}]`, not to `[{section}]`");
            }
            Self::FutureDirective(Release(number)) => {
                return write!(formatter, "systemd only has this since release {number}");
            }
            Self::NameMismatch(name) => return write!(formatter, "the unit must be named `{name}`"),
            Self::OutsideSection => "the line is before the first section",
            Self::NoEquals => "there is no `=` in this line",
            Self::BrokenHeader => "the section header lacks its `]`",
            Self::UnknownSection => "this section does not exist",
            Self::RelativeCommand { .. } => "the program is not an absolute path",
            Self::EmptyCommand { .. } => "there is no program",
            Self::DirectoryCommand { .. } => "the program is a directory",
            Self::UnbalancedQuotes => "a quote is never closed",
            Self::ShellSyntax => "this is passed on as an argument, because there is no shell",
            Self::CommentBehindValue => "this is part of the value: comments must be on lines of their own",
            Self::InvalidBoolean { .. } => "this is neither `yes` nor `no`",
            Self::InvalidTimeSpan => "this is not a time span",
            Self::InvalidChoice(_) => "this is not a valid value",
            Self::InvalidAssignment => "this is not `NAME=value`",
            Self::InvalidUnitName => "this is not a unit name",
            Self::NoCommand => "the service has no `ExecStart=`",
            Self::NoExecStart => {
                "without `ExecStart=`, a service must have `Type=oneshot` and `RemainAfterExit=yes`"
            }
            Self::RepeatedExecStart => "only a service of `Type=oneshot` can have more than one `ExecStart=`",
            Self::OneshotRestart => "a service of `Type=oneshot` cannot have this `Restart=`",
            Self::NoBusName => "a service of `Type=dbus` must have `BusName=`",
            Self::NoListen => "the socket has no address to listen on",
            Self::NoTrigger => "nothing triggers it",
            Self::NoWhat => "there is no `What=`",
            Self::InactiveOneshot => {
                "it is inactive after it has run, and runs again whenever another unit wants it"
            }
        };
        formatter.write_str(text)
    }
}
