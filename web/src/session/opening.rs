//! Texts that take the place of others: examples, files, the platform's own. Each can be undone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dryboot_wasm::protocol::FileText;
use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use super::Session;
use crate::boot::settings::{Inputs, Place};
use crate::client::Call;
use crate::examples::{ALL, Example};
use crate::notice::{Opened, Replaced, Work};
use crate::report;
use crate::slot::{OfPlatform, Slot};
use crate::state::{Action, Config, Cursor, Input, Trouble, View};

/// A file above this size is no user-data of any platform, and would only freeze the page.
pub(super) const MAX_FILE: f64 = 16.0 * 1024.0 * 1024.0;

/// What the session keeps for it.
#[derive(Default)]
pub(super) struct Opening {
    /// The file that was opened last. As long as the editor has its text, its bytes are checked: they may be compressed,
    /// begin with a byte order mark, or not be valid UTF-8.
    file: RefCell<Option<OpenFile>>,
    undo: RefCell<Option<Undo>>,
    /// Whether the text is being replaced: that does not make the offer to undo it void.
    is_replacing: Cell<bool>,
}

/// A file, and the text that the editor has of it.
#[derive(Clone)]
struct OpenFile {
    text: JsString,
    bytes: Uint8Array,
}

/// What a click brings back.
pub(super) enum Undo {
    UserData(UserText),
    InstanceData(Option<Rc<str>>),
    /// The texts of a platform, and which of them was replaced.
    Inputs(Place, Inputs, OfPlatform),
}

/// The user's text, and the file that it may be from.
pub(super) struct UserText {
    text: JsString,
    file: Option<OpenFile>,
}

impl Session {
    /// What to ask about: the bytes of the file that the editor still shows, or its text.
    pub(super) fn question_about_text(
        &self,
        text: &'static str,
        file: &'static str,
    ) -> (&'static str, JsValue) {
        let shown = self.0.text.borrow().clone();
        match &*self.0.opening.file.borrow() {
            Some(opened) if JsValue::from(&opened.text) == JsValue::from(&shown) => {
                (file, opened.bytes.clone().into())
            }
            _ => (text, shown.into()),
        }
    }

    /// Puts an example into the editor.
    pub(crate) fn open_example(&self, example: Example) {
        let before = self.user_text();
        // One example after the other is opened without a message: nothing is lost.
        let is_lost = !ALL.iter().any(|example| before.text == *example.text);
        let text = JsString::from(example.text);
        self.0.host.draft().known(&text);
        self.0.frame.show_text_pane();
        self.turn_to(Input::UserData);
        self.set_user_text(&text, None);
        if is_lost {
            let replaced = Replaced::Plainly(text!("Opened an example instead of your text."));
            self.offer_undo(replaced, Undo::UserData(before));
        } else {
            self.drop_undo();
        }
    }

    /// From now on, files that are dropped anywhere on the page are opened.
    pub(super) fn open_what_is_dropped(&self) {
        let session = self.clone();
        let open = Closure::<dyn Fn(Array, bool)>::new(move |files: Array, on_editor: bool| {
            let files: Vec<File> = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
            if session.0.view.get() == View::Image && !on_editor {
                session.add_files(files);
            } else {
                session.open_files(files);
            }
        });
        self.0.host.set_on_drop(open.into_js_value().unchecked_ref());
    }

    /// Opens the first of some files; it is read in the page.
    fn open_files(&self, files: Vec<File>) {
        let others = files.len().saturating_sub(1);
        let Some(file) = files.into_iter().next() else { return };
        if file.size() > MAX_FILE {
            self.trouble(Trouble::FileRefused(text!("it is larger than 16 MB")));
            return;
        }
        let session = self.clone();
        spawn_local(async move {
            if let Err(reason) = session.open_file(&file, others).await {
                session.trouble(Trouble::FileRefused(reason));
            }
        });
    }

    async fn open_file(&self, file: &File, others: usize) -> Result<(), &'static str> {
        const UNREADABLE: &str = text!("it could not be read");
        let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| UNREADABLE)?;
        let bytes = Uint8Array::new(&buffer);
        let call = Call { operation: "read", arguments: vec![bytes.clone().into()] };
        let answer = self.client(|client| client.ask(&call)).ok_or(UNREADABLE)?;
        let json = JsFuture::from(answer).await.ok().and_then(|json| json.dyn_into::<JsString>().ok());
        let shown = json
            .and_then(|json| report::file_text(&json))
            .ok_or(text!("the linter that reads it is not running"))?;
        if shown.too_long {
            return Err(text!("it is larger than 32 MB once it is decompressed"));
        }
        // As editors have it.
        let text = JsString::from(shown.text.replace("\r\n", "\n").replace('\r', "\n"));
        let before = self.user_text();
        self.0.host.draft().known(&text);
        self.0.frame.show_text_pane();
        self.turn_to(Input::UserData);
        self.set_user_text(&text, Some(OpenFile { text: text.clone(), bytes }));
        let FileText { compression, invalid, .. } = shown;
        let opened = Opened { name: file.name(), compression, invalid, others };
        self.offer_undo(Replaced::Opened(opened), Undo::UserData(before));
        Ok(())
    }

    /// The text in the editor, to be undone to.
    pub(super) fn user_text(&self) -> UserText {
        let (text, file) = (self.0.text.borrow().clone(), self.0.opening.file.borrow().clone());
        UserText { text, file }
    }

    fn set_user_text(&self, text: &JsString, file: Option<OpenFile>) {
        *self.0.opening.file.borrow_mut() = file;
        self.0.opening.is_replacing.set(true);
        self.0.editor.borrow().set_text(text);
        let plain = self.0.editor.borrow().plain_text();
        if let Some(text) = plain {
            self.changed(text);
        }
        self.0.opening.is_replacing.set(false);
        self.0.dispatch.dispatch(Action::Cursor(Config::User, Cursor::default()));
    }

    pub(super) fn offer_undo(&self, replaced: Replaced, undo: Undo) {
        *self.0.opening.undo.borrow_mut() = Some(undo);
        self.0.dispatch.dispatch(Action::Replaced(Some(replaced)));
    }

    /// Takes the offer to undo back: what would be undone is not the last change any more.
    pub(super) fn drop_undo(&self) {
        let is_void = !self.0.opening.is_replacing.get() && self.0.opening.undo.borrow_mut().take().is_some();
        if is_void {
            self.0.dispatch.dispatch(Action::Replaced(None));
        }
    }

    /// Undoes what the notice is about.
    pub(crate) fn undo(&self) {
        let undo = self.0.opening.undo.borrow_mut().take();
        self.0.dispatch.dispatch(Action::Replaced(None));
        match undo {
            Some(Undo::UserData(UserText { text, file })) => {
                self.turn_to(Input::UserData);
                self.set_user_text(&text, file);
                self.0.editor.borrow().focus();
            }
            Some(Undo::InstanceData(text)) => {
                self.set_instance_data(text);
                self.return_to(Slot::InstanceData);
            }
            Some(Undo::Inputs(place, inputs, slot)) => {
                self.set_inputs_of(place, inputs);
                self.return_to(Slot::Platform(slot));
            }
            None => {}
        }
    }

    pub(crate) fn close_replaced(&self) {
        self.0.opening.undo.borrow_mut().take();
        self.0.dispatch.dispatch(Action::Replaced(None));
        self.focus_text();
    }

    pub(crate) fn close_given_up(&self, work: Work) {
        self.0.dispatch.dispatch(Action::CloseGivenUp(work));
    }
}
