//! The interface's language. English stands where it is used; what it is in another language is loaded by
//! `web/js/language.js`, whose rules hold here, too.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Display;

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use yew::AttrValue;

#[wasm_bindgen]
extern "C" {
    /// `web/js/language.js`.
    #[derive(Clone)]
    pub(crate) type Language;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn name(this: &Language) -> String;

    #[wasm_bindgen(method, getter)]
    fn words(this: &Language) -> Object;

    /// The function that gives texts.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn t(this: &Language) -> Function;
}

thread_local! {
    /// Texts by the English ones; none for English.
    static WORDS: RefCell<HashMap<String, AttrValue>> = RefCell::default();
}

impl Language {
    /// Has everything drawn in this language from now on.
    pub(crate) fn speak(&self) {
        let text = |entry| {
            let entry = Array::from(&entry);
            Some((entry.get(0).as_string()?, AttrValue::from(entry.get(1).as_string()?)))
        };
        WORDS.set(Object::entries(&self.words()).iter().filter_map(text).collect());
    }
}

/// Whether what the linter and the programs say is in the interface's language.
pub(crate) fn is_english() -> bool {
    WORDS.with_borrow(HashMap::is_empty)
}

/// A text in the interface's language.
pub(crate) fn t(english: &'static str) -> AttrValue {
    WORDS.with_borrow(|words| words.get(english).cloned()).unwrap_or(AttrValue::Static(english))
}

/// A text with values in the place of their names in braces. Of a text in two forms, parted by `|`, the number `n` decides.
pub(crate) fn filled(english: &'static str, values: &[(&str, &dyn Display)]) -> AttrValue {
    let text = t(english);
    let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let value = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str());
    let form = match text.split_once('|') {
        Some((one, many)) => {
            if value("n") == Some("1") {
                one
            } else {
                many
            }
        }
        None => &text,
    };
    let mut pieces = form.split('{');
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        whole.push_str(value(name).unwrap_or_default());
        whole.push_str(rest);
    }
    whole.into()
}

/// An English text that is translated where it is shown.
macro_rules! text {
    ($english:literal) => {
        $english
    };
}

/// A text in the interface's language, with the values of its names in braces.
macro_rules! t {
    ($english:literal) => { $crate::words::t($english) };
    ($english:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::words::filled($english, &[$((stringify!($name), &t!(@value $name $(= $value)?))),+])
    };
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_decides_between_two_forms() {
        let lines = |n: usize| t!("{n} line|{n} lines", n).to_string();
        assert_eq!([0, 1, 2].map(lines), ["0 lines", "1 line", "2 lines"]);
    }

    #[test]
    fn values_are_not_read_again() {
        assert_eq!(t!("{name}: {message}", name = "{message}", message = "a|b"), "{message}: a|b");
    }
}
