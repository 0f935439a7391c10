//! The part of the page's state that belongs to the Boot view.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::Platform;

use super::preview::Preview;
use super::settings::Settings;
use crate::client::Stop;

/// Boots of the newest text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Previews {
    pub(crate) first: Rc<Preview>,
    /// The one to compare it with.
    pub(crate) second: Option<Rc<Preview>>,
}

/// The parts of a boot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    #[default]
    Stages,
    Files,
    Users,
    Packages,
    Commands,
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
    /// Why there is no preview of the newest text.
    pub(crate) failure: Option<Stop>,
    /// The newest text takes long, and what is shown is about an older one.
    pub(crate) is_late: bool,
}

pub(crate) enum BootAction {
    Part(Part),
    Settings(Rc<Settings>),
    Platforms(Rc<Vec<Platform>>),
    Previews(Previews),
    Failure(Option<Stop>),
    Late,
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
                self.is_late = false;
            }
            BootAction::Failure(failure) => {
                self.failure = failure;
                self.is_late = false;
            }
            BootAction::Late => self.is_late = true,
        }
    }

    /// The platform that is chosen, once it is known.
    pub(crate) fn platform(&self) -> Option<&Platform> {
        let place = self.settings.place()?;
        self.platforms.iter().find(|it| *it.program == *place.program && *it.name == *place.platform)
    }
}
