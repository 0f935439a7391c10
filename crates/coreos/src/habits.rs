//! The differences between the two programs, as data: code asks what a program does, never which one it is.

use dryboot_yaml::Dialect;

use crate::Target;

/// What one of the programs does, or the system that it is part of.
#[derive(Debug)]
pub(crate) struct Habits {
    /// The YAML library that it reads its config with. Source: the imports of both programs.
    pub(crate) dialect: Dialect,
    /// It takes MIME messages apart; otherwise they are not user-data to it. Recorded in `apply/mime-multipart`.
    pub(crate) reads_mime: bool,
    /// It ignores keys with hyphens when it applies a config; otherwise a hyphen is the same as an underscore. The
    /// validators of both accept either spelling. Recorded in `apply/update-strategy-hyphen-1`.
    pub(crate) ignores_hyphens: bool,
    /// It crashes on a tag if `%TAG` redefines its handle `!`. Source: go-yaml v1 takes the second part of such a tag
    /// without checking that there is one; yaml.v3 does not.
    pub(crate) crashes_on_redefined_tags: bool,
    /// An empty value is decoded as the zero value: the key counts as set, and an empty element of a list stays in the
    /// list. Otherwise both count as not written. Source: go-yaml v1 and yaml.v3, `decode.go`; recorded in
    /// `validate/top-nulls`.
    pub(crate) takes_nulls: bool,
    /// A repeated key discards the whole config; otherwise both values are applied, one after the other. Recorded in
    /// `apply/dup-keys`.
    pub(crate) refuses_duplicates: bool,
    /// It accepts YAML 1.1's words for booleans even in quotes where a boolean is wanted. Source: yaml.v3, `decode.go`,
    /// which looks at the wanted type and not at the style.
    pub(crate) takes_quoted_yaml11_booleans: bool,
    /// Only some of its builds read `0o17` as a number. Source: go-yaml v1 leaves numbers to Go, which reads this form
    /// since 1.13 (2019); yaml.v3 reads it itself.
    pub(crate) may_not_know_0o: bool,
    /// How it shortens a host name.
    pub(crate) host_name: HostName,
    /// The system's sshd accepts keys on security tokens, as OpenSSH does since 8.2 (2020). Source: the release notes of
    /// OpenSSH and of both systems.
    pub(crate) sshd_takes_security_keys: bool,
}

/// How a host name is shortened. Recorded in `apply/hostname-fqdn`; the limits are those of the fork's source and of
/// `sethostname(2)`.
#[derive(Debug)]
pub(crate) struct HostName {
    /// It ends at the first dot.
    pub(crate) is_cut_at_dot: bool,
    /// The most bytes that are kept.
    pub(crate) longest: usize,
    /// What cuts it to that length, for people.
    pub(crate) cut_by: &'static str,
}

static COREOS: Habits = Habits {
    dialect: Dialect::GoYamlV1,
    reads_mime: false,
    ignores_hyphens: false,
    crashes_on_redefined_tags: true,
    takes_nulls: true,
    refuses_duplicates: false,
    takes_quoted_yaml11_booleans: false,
    may_not_know_0o: true,
    host_name: HostName { is_cut_at_dot: false, longest: 64, cut_by: "`hostnamectl`" },
    sshd_takes_security_keys: false,
};

static FLATCAR: Habits = Habits {
    dialect: Dialect::GoYamlV3,
    reads_mime: true,
    ignores_hyphens: true,
    crashes_on_redefined_tags: false,
    takes_nulls: false,
    refuses_duplicates: true,
    takes_quoted_yaml11_booleans: true,
    may_not_know_0o: false,
    host_name: HostName { is_cut_at_dot: true, longest: 63, cut_by: "Flatcar" },
    sshd_takes_security_keys: true,
};

impl Target {
    /// What it does differently from the other program.
    pub(crate) fn habits(self) -> &'static Habits {
        match self {
            Self::CoreOs => &COREOS,
            Self::Flatcar => &FLATCAR,
        }
    }

    /// The YAML library that this program reads its config with.
    #[must_use]
    pub fn dialect(self) -> Dialect {
        self.habits().dialect
    }
}
