//! What enabling a unit does: the links that its `[Install]` section asks for.

use std::collections::BTreeSet;

use crate::load::{Catalog, LoadState, Unit};
use crate::{Effort, Release, name, settings};

/// A symbolic link that enabling makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Its path.
    pub path: String,
    /// Where it leads.
    pub target: String,
}

/// Why a unit cannot be enabled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no file for this unit.
    NotFound(String),
    /// This unit is masked.
    Masked(String),
    /// This is not a unit name.
    InvalidName(String),
}

/// Directories of links, by directive of `[Install]`.
const DIRECTORIES: [(&str, &str); 3] =
    [("WantedBy", "wants"), ("RequiredBy", "requires"), ("UpheldBy", "upholds")];

/// The links that enabling a unit makes, in the order in which systemd makes them, with those of
/// the units that `Also=` names. `runtime` makes them below `/run`. Drop-ins count (since release
/// 236). Without `[Install]` there are none, and no error.
///
/// # Errors
/// When the unit itself cannot be enabled; units of `Also=` that cannot are left out.
pub fn enable(
    catalog: &Catalog,
    unit: &str,
    runtime: bool,
    release: Release,
    effort: &Effort,
) -> Result<Vec<Link>, Refusal> {
    if name::fault(unit).is_some() {
        return Err(Refusal::InvalidName(unit.to_owned()));
    }
    let directory = if runtime { "/run/systemd/system" } else { "/etc/systemd/system" };
    let mut links = Vec::new();
    let mut seen = BTreeSet::new();
    let mut queue = vec![unit.to_owned()];
    while let Some(next) = queue.pop() {
        if effort.is_exhausted() || !seen.insert(next.clone()) {
            continue;
        }
        let loaded = catalog.load(&next, release);
        effort.spend(1 + loaded.weight(catalog));
        match (loaded.state.clone(), &loaded.fragment) {
            (LoadState::Masked, _) if next == unit => return Err(Refusal::Masked(next)),
            (LoadState::NotFound, _) if next == unit => return Err(Refusal::NotFound(next)),
            (LoadState::Loaded | LoadState::Refused { .. }, Some(fragment)) => {
                let install = Install { unit: &loaded, directory, fragment };
                install.links(&mut links);
                let also: Vec<String> = install.words("Also").map(str::to_owned).collect();
                queue.extend(also.into_iter().rev());
            }
            _ => {}
        }
    }
    Ok(links)
}

struct Install<'u> {
    unit: &'u Unit,
    directory: &'u str,
    fragment: &'u str,
}

impl<'u> Install<'u> {
    fn words(&self, key: &'u str) -> impl Iterator<Item = &'u str> {
        self.unit.values("Install", key).flat_map(|setting| settings::words(&setting.value))
    }

    fn links(&self, links: &mut Vec<Link>) {
        let mut link = |path: String| links.push(Link { path, target: self.fragment.to_owned() });
        let default = self.unit.text("Install", "DefaultInstance");
        // A template stands for its default instance, or for nothing that anything could want.
        let unit = match name::is_template(&self.unit.name) {
            true if default.is_empty() => None,
            true => Some(name::instantiate(&self.unit.name, default)),
            false => Some(self.unit.name.clone()),
        };
        for alias in self.words("Alias").filter_map(|alias| other_name(alias, &self.unit.name)) {
            link(format!("{}/{alias}", self.directory));
        }
        for (key, kind) in DIRECTORIES {
            for by in self.words(key).filter(|by| name::fault(by).is_none()) {
                match &unit {
                    Some(unit) => link(format!("{}/{by}.{kind}/{unit}", self.directory)),
                    // A template may want a template.
                    None if name::is_template(by) => {
                        link(format!("{}/{by}.{kind}/{}", self.directory, self.unit.name));
                    }
                    None => {}
                }
            }
        }
    }
}

/// Another name that a unit may have: of the same type, and a template or instance when the unit is
/// one; that of a template has an instance's own (`unit_symlink_name_compatible`).
fn other_name(alias: &str, unit: &str) -> Option<String> {
    let name = match (name::instance(alias), name::instance(unit)) {
        (None, None) | (Some(_), Some("")) => alias.to_owned(),
        (Some(""), Some(instance)) => name::instantiate(alias, instance),
        (Some(alias_of), Some(instance)) if alias_of == instance => alias.to_owned(),
        _ => return None,
    };
    (name::fault(&name).is_none() && name::suffix(&name) == name::suffix(unit)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enabled(files: &[(&str, &str)], unit: &str, runtime: bool) -> Result<Vec<String>, Refusal> {
        let mut catalog = Catalog::new();
        for (path, text) in files {
            catalog.file(*path, *text);
        }
        let links = enable(&catalog, unit, runtime, Release::FLATCAR, &Effort::unlimited())?;
        Ok(links.into_iter().map(|link| format!("{} -> {}", link.path, link.target)).collect())
    }

    /// As `systemctl --root=… enable` of systemd 252 makes them.
    #[test]
    fn links_are_made_as_systemctl_makes_them() {
        let files = [
            (
                "/etc/systemd/system/foo.service",
                "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=a.target\nAlias=bar.service\nAlso=baz.service t@.service\n",
            ),
            ("/etc/systemd/system/foo.service.d/x.conf", "[Install]\nWantedBy=b.target\n"),
            (
                "/usr/lib/systemd/system/baz.service",
                "[Service]\nExecStart=/bin/true\n[Install]\nRequiredBy=a.target\n",
            ),
            (
                "/etc/systemd/system/t@.service",
                "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=a.target %i.target\n",
            ),
        ];
        let own = "/etc/systemd/system/foo.service";
        assert_eq!(
            enabled(&files, "foo.service", false),
            Ok(vec![
                format!("/etc/systemd/system/bar.service -> {own}"),
                format!("/etc/systemd/system/a.target.wants/foo.service -> {own}"),
                format!("/etc/systemd/system/b.target.wants/foo.service -> {own}"),
                "/etc/systemd/system/a.target.requires/baz.service -> /usr/lib/systemd/system/baz.service"
                    .to_owned(),
            ])
        );
        let template = "/etc/systemd/system/t@.service";
        assert_eq!(
            enabled(&files, "t@y.service", true),
            Ok(vec![
                format!("/run/systemd/system/a.target.wants/t@y.service -> {template}"),
                format!("/run/systemd/system/y.target.wants/t@y.service -> {template}"),
            ])
        );
        assert_eq!(enabled(&files, "no.service", false), Err(Refusal::NotFound("no.service".to_owned())));
    }

    #[test]
    fn units_that_name_each_other_are_enabled_once() {
        let files = [
            ("/etc/systemd/system/a.target", "[Install]\nAlso=b.target\nWantedBy=c.target"),
            ("/etc/systemd/system/b.target", "[Install]\nAlso=a.target"),
        ];
        assert_eq!(enabled(&files, "a.target", false).map(|links| links.len()), Ok(1));
    }
}
