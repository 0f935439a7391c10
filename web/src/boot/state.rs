//! The part of the page's state that belongs to the Boot view.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Platform;

use super::preview::Preview;
use super::settings::Settings;

/// Boots of the newest text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Previews {
    pub(crate) first: Rc<Preview>,
    /// On the platform to compare with.
    pub(crate) second: Option<Rc<Preview>>,
}

/// Why there is no preview of the newest text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The module could not be loaded.
    Missing,
    /// It broke on the text.
    Stopped,
}

/// The parts of a boot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    #[default]
    Stages,
    Files,
    Users,
    Units,
    Network,
    Log,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct BootState {
    /// What is shown of the boot.
    pub(crate) part: Part,
    pub(crate) settings: Rc<Settings>,
    /// Empty until they are known.
    pub(crate) platforms: Rc<Vec<Platform>>,
    pub(crate) previews: Option<Previews>,
    pub(crate) failure: Option<Failure>,
}

pub(crate) enum BootAction {
    Part(Part),
    Settings(Rc<Settings>),
    Platforms(Rc<Vec<Platform>>),
    Previews(Previews),
    Failure(Option<Failure>),
}

impl BootState {
    pub(crate) fn reduce(&mut self, action: BootAction) {
        match action {
            BootAction::Part(part) => self.part = part,
            BootAction::Settings(settings) => self.settings = settings,
            BootAction::Platforms(platforms) => self.platforms = platforms,
            BootAction::Previews(previews) => {
                self.previews = Some(previews);
                self.failure = None;
            }
            BootAction::Failure(failure) => self.failure = failure,
        }
    }

    /// The platform that is chosen, once it is known.
    pub(crate) fn platform(&self) -> Option<&Platform> {
        let name = self.settings.platform.as_deref()?;
        self.platforms.iter().find(|platform| platform.name == name)
    }
}
