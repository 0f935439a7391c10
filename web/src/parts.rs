//! The parts of a text that is made of several, such as a MIME message.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::answer::Answer;

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Part {
    /// The name that the program knows it by.
    pub(crate) name: String,
    /// What the program takes it for: `cloud-config`, `script`.
    pub(crate) kind: String,
    /// Where it stands in the text.
    pub(crate) span: (u32, u32),
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    /// What it says, if that cannot be read where it stands.
    pub(crate) decoded: Option<Rc<Decoded>>,
}

impl Part {
    /// The same part, while nothing is known about its problems.
    pub(crate) fn without_problems(&self) -> Self {
        let decoded = self.decoded.as_ref().map(|it| {
            let (text, is_base64) = (it.text.clone(), it.is_base64);
            Rc::new(Decoded { text, is_base64, places: Vec::new(), marks: JsValue::from(Array::new()) })
        });
        Self { errors: 0, warnings: 0, decoded, ..self.clone() }
    }
}

/// The text of a part after decoding.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Whether it is base64 in the whole text.
    pub(crate) is_base64: bool,
    /// Which of the report's problems are in it, with their start and end in this text.
    pub(crate) places: Vec<(usize, u32, u32)>,
    /// The same as the editor takes them.
    pub(crate) marks: JsValue,
}

/// The parts in an answer of the linter, whose report has this one file; none of a text that is not made of several.
pub(crate) fn read(answer: &Answer, file: &Answer) -> Rc<[Part]> {
    let mut parts = file.list("parts", part);
    if parts.len() < 2 {
        return Rc::default();
    }
    for (index, decoded) in answer.list("decoded", decoded) {
        if let Some(part) = parts.get_mut(index) {
            part.decoded = Some(Rc::new(decoded));
        }
    }
    for (index, severity) in file.list("diagnostics", in_part).into_iter().flatten() {
        if let Some(part) = parts.get_mut(index) {
            part.errors += usize::from(severity == "error");
            part.warnings += usize::from(severity == "warning");
        }
    }
    parts.into()
}

fn part(it: &Answer) -> Part {
    let span = it.get("span");
    Part {
        name: it.text("name"),
        kind: it.text("kind"),
        span: (span.get("start").number("offset"), span.get("end").number("offset")),
        ..Part::default()
    }
}

fn decoded(it: &Answer) -> (usize, Decoded) {
    let place =
        |place: &Answer| (as_index(place.number("problem")), place.number("from"), place.number("to"));
    let decoded = Decoded {
        text: it.raw("text").unwrap_or_default(),
        is_base64: it.is("is_base64"),
        places: it.list("places", place),
        marks: it.get("places").value().clone(),
    };
    (as_index(it.number("index")), decoded)
}

/// In which part a problem is, and how bad it is.
fn in_part(found: &Answer) -> Option<(usize, String)> {
    let index = found.get("part").optional_number("index")?;
    Some((as_index(index), found.text("severity")))
}

fn as_index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What the parts are called in tabs: by their names, or else by their kinds, and by a number, too, where several would be
/// called the same.
pub(crate) fn titles(parts: &[Part]) -> Vec<String> {
    let plain: Vec<&str> = parts.iter().map(plain_title).collect();
    let same = |title: &str, among: &[&str]| among.iter().filter(|it| **it == title).count();
    let titles = plain.iter().enumerate().map(|(at, title)| match same(title, &plain) {
        0 | 1 => (*title).to_owned(),
        _ => format!("{title} {}", same(title, &plain[..=at])),
    });
    titles.collect()
}

fn plain_title(part: &Part) -> &str {
    if is_own_name(&part.name) { &part.name } else { &part.kind }
}

/// Whether somebody has given this name: cloud-init calls what has none by its number, as in `part-001`.
fn is_own_name(name: &str) -> bool {
    let is_number = |rest: &str| rest.len() >= 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    !name.is_empty() && !name.strip_prefix("part-").is_some_and(is_number)
}

/// Where a problem is in what a part says after decoding: the part, and the place in it.
pub(crate) fn decoded_place(parts: &[Part], problem: usize) -> Option<(usize, (u32, u32))> {
    parts.iter().enumerate().find_map(|(index, part)| {
        let places = &part.decoded.as_ref()?.places;
        places.iter().find(|(it, ..)| *it == problem).map(|&(_, from, to)| (index, (from, to)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, kind: &str) -> Part {
        Part { name: name.to_owned(), kind: kind.to_owned(), ..Part::default() }
    }

    #[test]
    fn a_part_is_called_by_its_name_or_else_by_its_kind() {
        let parts = [named("base.yaml", "cloud-config"), named("part-002", "script"), named("", "include")];
        assert_eq!(titles(&parts), ["base.yaml", "script", "include"]);
        assert_eq!(titles(&[named("part-one", "script")]), ["part-one"]);
    }

    #[test]
    fn parts_that_would_be_called_the_same_are_numbered() {
        let script = |name: &str| named(name, "script");
        let parts = [script("part-001"), script("a.sh"), script("part-003"), script("a.sh"), script("b.sh")];
        assert_eq!(titles(&parts), ["script 1", "a.sh 1", "script 2", "a.sh 2", "b.sh"]);
    }
}
