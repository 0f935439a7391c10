//! The texts beside the user's: what is written into them, and what takes their place.

use std::rc::Rc;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use super::Session;
use super::opening::{MAX_FILE, Undo};
use crate::notice::{Opened, Replaced};
use crate::slot::{OfPlatform, Slot};
use crate::state::{Action, Trouble};

impl Session {
    /// Takes what is typed; none for what stands there at first.
    pub(crate) fn write(&self, slot: Slot, text: Option<Rc<str>>) {
        self.drop_undo();
        match slot {
            Slot::InstanceData => self.set_instance_data(text),
            Slot::Platform(of_platform) => self.write_for_platform(of_platform, text),
        }
    }

    fn write_for_platform(&self, slot: OfPlatform, text: Option<Rc<str>>) {
        let settings = self.settings();
        if let Some(place) = settings.place() {
            self.set_inputs_of(place, settings.inputs().with(slot, text));
        }
    }

    /// Replaces a text, and says so.
    pub(crate) fn replace(&self, slot: Slot, text: Option<Rc<str>>, replaced: Replaced) {
        let undo = self.undo_of(slot);
        self.write(slot, text);
        if let Some(undo) = undo {
            self.offer_undo(replaced, undo);
        }
    }

    /// What brings the text of a slot back.
    pub(super) fn undo_of(&self, slot: Slot) -> Option<Undo> {
        let settings = self.settings();
        match slot {
            Slot::InstanceData => Some(Undo::InstanceData(self.instance_data())),
            Slot::Platform(slot) => {
                settings.place().map(|place| Undo::Inputs(place, settings.inputs(), slot))
            }
        }
    }

    /// Shows a text that was replaced, and gives it the focus: the button that did so is gone.
    pub(crate) fn return_to(&self, slot: Slot) {
        if self.0.input.get().is_same_text(slot.input()) {
            self.focus_beside();
        } else {
            self.turn_to(slot.input());
        }
    }

    /// Replaces a text by what is in a file.
    pub(crate) fn open_into(&self, slot: Slot, file: File) {
        if file.size() > MAX_FILE {
            self.trouble(Trouble::FileRefused(text!("it is larger than 16 MB")));
            return;
        }
        let session = self.clone();
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            match text {
                Some(text) => {
                    let opened = Opened { name: file.name(), ..Opened::default() };
                    session.replace(slot, Some(text.into()), Replaced::Opened(opened));
                }
                None => session.trouble(Trouble::FileRefused(text!("it could not be read"))),
            }
        });
    }

    /// The user's own instance data.
    pub(super) fn instance_data(&self) -> Option<Rc<str>> {
        self.0.instance_data.borrow().clone()
    }

    pub(super) fn set_instance_data(&self, text: Option<Rc<str>>) {
        self.keep_instance_data(text.as_deref());
        self.0.instance_data.borrow_mut().clone_from(&text);
        self.0.dispatch.dispatch(Action::InstanceData(text));
        self.lint();
    }
}
