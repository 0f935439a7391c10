//! In what the two programs differ, as data: code asks what a program does, never which one it is.

use dryboot_yaml::Dialect;

use crate::Target;

/// What one of the programs does, and what the system does that it is part of.
#[derive(Debug)]
pub(crate) struct Habits {
    /// The YAML library that it reads its config with. Source: the imports of both programs.
    pub(crate) dialect: Dialect,
    /// It takes MIME messages apart; otherwise they are not user-data to it. Recorded in `apply/mime-multipart`.
    pub(crate) reads_mime: bool,
    /// It ignores keys that are written with hyphens; otherwise they are the same as with underscores. Its validator
    /// takes both either way. Recorded in `apply/update-strategy-hyphen-1`.
    pub(crate) ignores_hyphens: bool,
    /// It crashes on a tag whose handle `!` was given a meaning by `%TAG`. Source: go-yaml v1 looks for a second part of
    /// such a tag without asking whether there is one; yaml.v3 no longer does.
    pub(crate) crashes_on_redefined_tags: bool,
    /// An empty value stands for the zero value: the key is there, and an element of a list is an empty element.
    /// Otherwise it is as if nothing was written. Recorded in `apply` and `validate` with `null` in the name.
    pub(crate) takes_nulls: bool,
    /// A key that is there twice discards the whole config; otherwise both are applied, one after the other. Recorded in
    /// `apply/dup-keys`.
    pub(crate) refuses_duplicates: bool,
    /// Where a boolean is wanted, it takes YAML 1.1's words for one in quotes, too. Source: yaml.v3 decides by the wanted
    /// type and not by the style.
    pub(crate) takes_quoted_yaml11_booleans: bool,
    /// Numbers that begin with `0o` are numbers in some of its builds only. Source: go-yaml v1 leaves numbers to Go,
    /// which reads them since 1.13 (2019); yaml.v3 reads them itself.
    pub(crate) may_not_know_0o: bool,
    /// What becomes of a host name.
    pub(crate) host_name: HostName,
    /// The system's sshd takes keys on security tokens: OpenSSH 8.2 (2020) or newer. Source: the release notes of both
    /// systems.
    pub(crate) sshd_takes_security_keys: bool,
}

/// What becomes of a host name. Recorded in `apply/hostname-fqdn`; the limits are in the fork's source and in `hostname(7)`.
#[derive(Debug)]
pub(crate) struct HostName {
    /// Nothing is left behind the first dot.
    pub(crate) is_cut_at_dot: bool,
    /// How many bytes are left of it.
    pub(crate) longest: usize,
    /// Who cuts it there, for people.
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
    /// In what it differs from the other program.
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
