//! Reads answers of the workers, which JavaScript has parsed, into the shared types. The browser's
//! own JSON parser is faster than a second one in WebAssembly, and nobody has to download it.
//!
//! Texts are read as they may be shown: what hides or turns the text around it is visible. A text that is not shown but
//! used, as an edit, is read `raw`.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use dryboot_wasm::protocol::boot::Place;
use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::visible::{visible, visible_lines};

#[wasm_bindgen]
extern "C" {
    /// The text stays where it is: `js_sys` would copy it into WebAssembly and back.
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_json(text: &JsString) -> Result<JsValue, JsValue>;
}

thread_local! {
    /// The keys as JavaScript has them, by where they stand in this module: they are few, and translated
    /// once instead of a thousand times for each answer.
    static KEYS: RefCell<BTreeMap<(*const u8, usize), JsValue>> = RefCell::default();
}

/// A part of an answer. What is absent is empty, as the workers leave out what is empty.
#[derive(Clone, Debug)]
pub(crate) struct Answer(JsValue);

impl Answer {
    /// The whole answer; none if the text is no JSON.
    pub(crate) fn parse(json: &JsString) -> Option<Self> {
        parse_json(json).ok().map(Self)
    }

    /// An answer that JavaScript has parsed.
    pub(crate) fn of(value: JsValue) -> Self {
        Self(value)
    }

    pub(crate) fn value(&self) -> &JsValue {
        &self.0
    }

    pub(crate) fn get(&self, key: &'static str) -> Self {
        Self(KEYS.with_borrow_mut(|keys| {
            let key = keys.entry((key.as_ptr(), key.len())).or_insert_with(|| JsValue::from(key));
            Reflect::get(&self.0, key).unwrap_or_default()
        }))
    }

    pub(crate) fn text(&self, key: &'static str) -> String {
        self.optional(key).unwrap_or_default()
    }

    /// A text that may be absent.
    pub(crate) fn optional(&self, key: &'static str) -> Option<String> {
        self.get(key).shown()
    }

    /// A text of several lines that may be absent.
    pub(crate) fn optional_lines(&self, key: &'static str) -> Option<String> {
        self.raw(key).map(|text| owned(visible_lines(&text)).unwrap_or(text))
    }

    /// A text that may be absent, as it is.
    pub(crate) fn raw(&self, key: &'static str) -> Option<String> {
        self.get(key).0.as_string()
    }

    fn shown(&self) -> Option<String> {
        self.0.as_string().map(|text| owned(visible(&text)).unwrap_or(text))
    }

    pub(crate) fn is(&self, key: &'static str) -> bool {
        self.get(key).0.is_truthy()
    }

    pub(crate) fn number(&self, key: &'static str) -> u32 {
        self.optional_number(key).unwrap_or_default()
    }

    /// A number that may be absent.
    pub(crate) fn optional_number(&self, key: &'static str) -> Option<u32> {
        self.get(key).0.as_f64().map(whole)
    }

    pub(crate) fn signed(&self, key: &'static str) -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "the workers count in 32 bits")]
        let number = self.get(key).0.as_f64().unwrap_or_default() as i32;
        number
    }

    pub(crate) fn place(&self, key: &'static str) -> Place {
        let it = self.get(key);
        Place {
            from: it.number("from"),
            to: it.number("to"),
            line: it.number("line"),
            column: it.number("column"),
        }
    }

    pub(crate) fn list<T>(&self, key: &'static str, read: impl Fn(&Self) -> T) -> Vec<T> {
        self.get(key).items(read)
    }

    /// The items of an answer that is a list.
    pub(crate) fn items<T>(&self, read: impl Fn(&Self) -> T) -> Vec<T> {
        let Some(items) = self.0.dyn_ref::<Array>() else {
            return Vec::new();
        };
        items.iter().map(|item| read(&Self(item))).collect()
    }

    pub(crate) fn texts(&self, key: &'static str) -> Vec<String> {
        self.list(key, |item| item.shown().unwrap_or_default())
    }

    pub(crate) fn numbers(&self, key: &'static str) -> Vec<u32> {
        self.list(key, |item| item.0.as_f64().map(whole).unwrap_or_default())
    }

    /// Whether there is something at all.
    pub(crate) fn has(&self, key: &'static str) -> bool {
        !self.get(key).0.is_undefined()
    }
}

/// The text, if it is another one.
fn owned(text: Cow<'_, str>) -> Option<String> {
    match text {
        Cow::Borrowed(_) => None,
        Cow::Owned(text) => Some(text),
    }
}

fn whole(number: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the workers count in u32")]
    let whole = number as u32;
    whole
}
