//! What something is due to, as the page shows it.

use dryboot_core::{Cause, Span};
use dryboot_wasm::places::Places;
use dryboot_wasm::protocol::boot::{Origin, Place, Source};

/// The texts that causes point into.
pub(crate) struct Texts<'p> {
    user: Places<'p>,
    oem: Option<Places<'p>>,
    vendor: Option<Places<'p>>,
}

impl<'p> Texts<'p> {
    /// Spans point into the text inside the compression, which is what the editor shows.
    pub(crate) fn new(text: &'p str, oem: Option<&'p str>) -> Self {
        Self { user: Places::new(text), oem: oem.map(Places::new), vendor: None }
    }

    /// The same for cloud-init.
    pub(crate) fn with_vendor_data(text: &'p str, vendor: Option<&'p str>) -> Self {
        Self { user: Places::new(text), oem: None, vendor: vendor.map(Places::new) }
    }

    /// The origins of what has these causes: texts first, where each run of lines is one origin, and then all else. If a text
    /// asks for it, what the program would do anyway is left out.
    pub(crate) fn origins(&self, causes: &[Cause]) -> Vec<Origin> {
        let [mut user, mut oem, mut vendor] = [const { Vec::new() }; 3];
        let (mut others, mut by_itself) = (Vec::new(), Vec::new());
        let named = |source, name: &str| Origin { source, name: name.to_owned(), ..Origin::default() };
        for cause in causes {
            match cause {
                Cause::Text(span) => user.push(*span),
                Cause::Oem(span) => oem.push(*span),
                Cause::Vendor(span) => vendor.push(*span),
                Cause::Metadata(field) => others.push(named(Source::Metadata, field)),
                Cause::Environment(variable) => others.push(named(Source::Environment, variable)),
                Cause::Generated(key) => by_itself.push(named(Source::Generated, key)),
            }
        }
        let mut all = runs(Source::User, Some(&self.user), user);
        all.extend(runs(Source::Oem, self.oem.as_ref(), oem));
        all.extend(runs(Source::Vendor, self.vendor.as_ref(), vendor));
        if all.is_empty() {
            others.extend(by_itself);
        }
        all.extend(others);
        all
    }
}

/// The runs of lines of a text in which spans are. An effect may be due to a hundred keys and values, which nobody wants one
/// by one.
fn runs(source: Source, places: Option<&Places<'_>>, mut spans: Vec<Span>) -> Vec<Origin> {
    let Some(places) = places else {
        // A text that is not at hand has no lines: naming it once is enough.
        return spans.first().map(|_| Origin { source, ..Origin::default() }).into_iter().collect();
    };
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(before) if span.start <= before.end => before.end = before.end.max(span.end),
            _ => apart.push(span),
        }
    }
    let mut runs: Vec<(Place, u32)> = Vec::new();
    for span in apart {
        let (place, last_line) = (places.place(span), places.last_line(span));
        match runs.last_mut() {
            Some((run, last)) if place.line <= *last + 1 => (run.to, *last) = (place.to, last_line),
            _ => runs.push((place, last_line)),
        }
    }
    let origin = |(place, last_line)| Origin { source, place: Some(place), last_line, name: String::new() };
    runs.into_iter().map(origin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a: 1\nb:\n  - c\n  - d\n\ne: 2\n";

    fn lines(texts: &Texts<'_>, causes: &[Cause]) -> Vec<(Source, u32, u32, &'static str)> {
        let shown = |origin: Origin| {
            let place = origin.place.unwrap_or_default();
            let text = usize::try_from(place.from).ok().zip(usize::try_from(place.to).ok());
            let text = text.and_then(|(from, to)| TEXT.get(from..to)).unwrap_or_default();
            (origin.source, place.line, origin.last_line, text)
        };
        texts.origins(causes).into_iter().map(shown).collect()
    }

    fn at(words: &str) -> Cause {
        let start = TEXT.find(words).expect("it is in the text");
        Cause::Text(Span::new(start, start + words.len()))
    }

    #[test]
    fn keys_and_values_of_neighbouring_lines_are_one_origin() {
        let texts = Texts::new(TEXT, None);
        assert_eq!(
            lines(&texts, &[at("d"), at("- c"), at("c"), at("b:")]),
            [(Source::User, 2, 4, "b:\n  - c\n  - d")]
        );
        assert_eq!(
            lines(&texts, &[at("e"), at("a"), at("1")]),
            [(Source::User, 1, 1, "a: 1"), (Source::User, 6, 6, "e")]
        );
    }

    #[test]
    fn what_a_text_asks_for_is_not_done_by_itself() {
        let texts = Texts::new(TEXT, None);
        let by_itself = Cause::Generated("a");
        assert_eq!(lines(&texts, &[by_itself.clone(), at("1")]), [(Source::User, 1, 1, "1")]);
        assert_eq!(lines(&texts, &[by_itself]), [(Source::Generated, 0, 0, "")]);
    }

    #[test]
    fn a_text_that_is_not_at_hand_is_named_once() {
        let oem = |start| Cause::Oem(Span::new(start, start + 1));
        let origins = Texts::new(TEXT, None).origins(&[oem(1), oem(9)]);
        assert_eq!(
            origins.iter().map(|origin| (origin.source, origin.place)).collect::<Vec<_>>(),
            [(Source::Oem, None)]
        );
    }
}
