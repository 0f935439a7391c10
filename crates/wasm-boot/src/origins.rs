//! What something is due to, as the page shows it.

use dryboot_core::Cause;
use dryboot_wasm::places::Places;
use dryboot_wasm::protocol::boot::{Origin, Source};

/// The origins of what has these causes. What has lines was asked for: that the program would do it
/// by itself as well is no news then.
pub(crate) fn origins(causes: &[Cause], places: &Places<'_>) -> Vec<Origin> {
    let asked = causes.iter().any(|cause| matches!(cause, Cause::Text(_)));
    let told = causes.iter().filter(|cause| !(asked && matches!(cause, Cause::Generated(_))));
    told.map(|cause| origin(cause, places)).collect()
}

/// The origin that a cause is.
pub(crate) fn origin(cause: &Cause, places: &Places<'_>) -> Origin {
    let named = |source, name: &str| Origin { source, name: name.to_owned(), ..Origin::default() };
    match cause {
        Cause::Text(span) => Origin {
            source: Source::User,
            place: Some(places.place(*span)),
            last_line: places.last_line(*span),
            name: String::new(),
        },
        Cause::Metadata(field) => named(Source::Metadata, field),
        Cause::Environment(variable) => named(Source::Environment, variable),
        Cause::Generated(key) => named(Source::Generated, key),
    }
}
