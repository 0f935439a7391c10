//! How images are verified.

use js_sys::{Array, Date, JSON, Object, Reflect};
use wasm_bindgen::JsValue;

/// What the user has chosen, as it stands in the fields. Dates are empty or like `2026-11-24`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) accept_sha1: bool,
    /// How many keys must have signed.
    pub(crate) required: String,
    /// The only keys that count, with spaces or commas between them; empty for all.
    pub(crate) fingerprints: String,
    /// In place of the present.
    pub(crate) at: String,
    /// The date of the policy on algorithms.
    pub(crate) policy_as_of: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            accept_sha1: false,
            required: "1".to_owned(),
            fingerprints: String::new(),
            at: String::new(),
            policy_as_of: String::new(),
        }
    }
}

impl Settings {
    /// As the module takes them.
    pub(crate) fn options(&self) -> JsValue {
        let options = Object::new();
        let now = seconds(&self.at).unwrap_or_else(|| (Date::now() / 1000.0).floor());
        set(&options, "now", &now.into());
        if let Some(date) = seconds(&self.policy_as_of) {
            set(&options, "policy_as_of", &date.into());
        }
        let fingerprints: Array = self.asked_for().into_iter().map(JsValue::from).collect();
        set(&options, "fingerprints", &fingerprints);
        set(&options, "required", &self.required().into());
        set(&options, "accept_sha1", &self.accept_sha1.into());
        // Fails for circles alone.
        JSON::stringify(&options).map(JsValue::from).unwrap_or_default()
    }

    /// None would be enough for anything.
    fn required(&self) -> u32 {
        self.required.trim().parse().unwrap_or(1).max(1)
    }

    /// The fingerprints. One may be written in groups of digits, as gpg prints them.
    fn asked_for(&self) -> Vec<String> {
        let lines = self.fingerprints.split([',', ';', '\n']);
        let joined = lines.map(|line| line.split_whitespace().collect::<String>());
        joined.filter(|line| !line.is_empty()).collect()
    }
}

fn seconds(date: &str) -> Option<f64> {
    let milliseconds = Date::parse(date);
    (!date.is_empty() && milliseconds.is_finite()).then_some(milliseconds / 1000.0)
}

/// Sets a key of an object of our own, which nothing forbids.
pub(super) fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn at_least_one_key_must_have_signed() {
        let required = |text: &str| Settings { required: text.to_owned(), ..Settings::default() }.required();
        assert_eq!(["2", " 3 ", "0", "", "-1", "x"].map(required), [2, 3, 1, 1, 1, 1]);
    }

    #[test]
    fn fingerprints_may_be_grouped() {
        let fingerprints = "0412 7D0B  FABE\nC887, ABCD,, ".to_owned();
        let settings = Settings { fingerprints, ..Settings::default() };
        assert_eq!(settings.asked_for(), ["04127D0BFABE", "C887", "ABCD"]);
    }
}
