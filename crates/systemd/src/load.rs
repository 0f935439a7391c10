//! Units as systemd loads them from the files of a machine.

mod catalog;

pub use catalog::{Catalog, Content, DIRECTORIES};

use crate::settings::{self, Setting};
use crate::{Release, check, directives, name};
use catalog::Found;

/// What has become of loading a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadState {
    /// It is there.
    Loaded,
    /// There is no file of this name.
    NotFound,
    /// It is linked to `/dev/null`, or its file is empty.
    Masked,
    /// systemd refuses it (`bad-setting`).
    Refused {
        /// The file, as an index into [`Unit::files`]; none when it is due to all of them together
        /// and nothing in particular.
        file: Option<usize>,
        /// Why.
        fault: check::Fault,
    },
}

/// A unit as it is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name; for an alias that of the unit after it.
    pub name: String,
    /// Other names that lead to it.
    pub aliases: Vec<String>,
    /// What has become of it.
    pub state: LoadState,
    /// The fragment.
    pub fragment: Option<String>,
    /// The files that were read, in the order in which they are applied: the fragment, if there is
    /// one, and the drop-ins.
    pub files: Vec<String>,
    /// What the files say together.
    pub settings: Vec<Setting>,
    /// What directories such as `NAME.wants` add.
    pub links: Vec<DependencyLink>,
}

/// A link in `NAME.wants`, `NAME.requires` or `NAME.upholds`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyLink {
    /// The directive that says the same: `Wants`, `Requires` or `Upholds`.
    pub directive: &'static str,
    /// The unit that it names.
    pub unit: String,
    /// Its path.
    pub path: String,
}

/// The directories that add dependencies, and the release that brought them.
const LINKS: [(&str, &str, Release); 3] = [
    (".wants", "Wants", Release(0)),
    (".requires", "Requires", Release(0)),
    (".upholds", "Upholds", Release(254)),
];

impl Unit {
    /// The last value of a directive, which is the one that counts for those that take one.
    #[must_use]
    pub fn value(&self, section: &str, key: &str) -> Option<&Setting> {
        self.settings.iter().rfind(|setting| setting.section == section && setting.key == key)
    }

    /// All values of a directive.
    pub fn values<'u>(&'u self, section: &'u str, key: &'u str) -> impl Iterator<Item = &'u Setting> {
        self.settings.iter().filter(move |setting| setting.section == section && setting.key == key)
    }

    /// The text of the last value, or nothing.
    #[must_use]
    pub fn text(&self, section: &str, key: &str) -> &str {
        self.value(section, key).map_or("", |setting| &setting.value)
    }

    /// The last value that is a boolean, or else the default.
    #[must_use]
    pub fn flag(&self, section: &str, key: &str, default: bool) -> bool {
        let values = self.values(section, key).filter_map(|setting| directives::boolean(&setting.value));
        values.last().unwrap_or(default)
    }

    /// The drop-ins, in the order in which they are applied.
    #[must_use]
    pub fn drop_ins(&self) -> &[String] {
        self.files.get(usize::from(self.fragment.is_some())..).unwrap_or_default()
    }

    /// How much was read for it, in bytes and files.
    pub(crate) fn weight(&self, catalog: &Catalog) -> usize {
        self.files.iter().map(|path| 1 + catalog.text(path).len()).sum()
    }

    /// Whether systemd can start it.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.state == LoadState::Loaded
    }
}

impl Catalog {
    /// Loads a unit. It follows aliases, takes the template for an instance, and applies drop-ins.
    #[must_use]
    pub fn load(&self, asked: &str, release: Release) -> Unit {
        let found = self.find(asked);
        let mut unit = Unit {
            name: asked.to_owned(),
            aliases: Vec::new(),
            state: LoadState::NotFound,
            fragment: None,
            files: Vec::new(),
            settings: Vec::new(),
            links: Vec::new(),
        };
        match found {
            Some(Found { masked: true, .. }) => {
                unit.state = LoadState::Masked;
                return unit;
            }
            Some(Found { id, path, .. }) => {
                unit.aliases = self.aliases(&id, &path);
                if id != asked && !unit.aliases.iter().any(|alias| alias == asked) {
                    unit.aliases.push(asked.to_owned());
                }
                unit.name = id;
                unit.files.push(path.clone());
                unit.fragment = Some(path);
            }
            // These exist without a file.
            None if asked.len() > name::LONGEST => return unit,
            None if matches!(name::suffix(asked), "device" | "slice") || asked == "-.mount" => {}
            None => return unit,
        }
        unit.state = LoadState::Loaded;
        let names: Vec<&str> =
            [unit.name.as_str()].into_iter().chain(unit.aliases.iter().map(String::as_str)).collect();
        unit.files.extend(self.drop_ins(&names, release));
        let mut links = Vec::new();
        for (suffix, directive, since) in LINKS.into_iter().filter(|(.., since)| *since <= release) {
            let _ = since;
            links.extend(self.links(&names, suffix, release).map(|(unit, path)| DependencyLink {
                directive,
                unit,
                path,
            }));
        }
        unit.links = links;
        self.read(&mut unit, release);
        unit
    }

    fn read(&self, unit: &mut Unit, release: Release) {
        let mut all = Vec::new();
        for (file, path) in unit.files.iter().enumerate() {
            let text = self.text(path);
            let fault = check::check(text, &unit.name, check::Role::DropIn, release);
            if let Some(fault) = fault.into_iter().find(|fault| fault.refuses(release)) {
                unit.state = LoadState::Refused { file: Some(file), fault };
                return;
            }
            all.extend(settings::read(text, &unit.name, file, release));
        }
        unit.settings = settings::reset(all);
        if let Some(refusal) = check::whole(&unit.name, &unit.settings, release) {
            let file = refusal.setting.map(|setting| unit.settings[setting].file);
            unit.state = LoadState::Refused { file, fault: refusal.fault };
        }
    }
}
