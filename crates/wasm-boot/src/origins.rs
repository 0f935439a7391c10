//! What something is due to, as the page shows it.

use dryboot_core::{Cause, Span};
use dryboot_wasm::places::Places;
use dryboot_wasm::protocol::boot::{Origin, Source};

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

    /// The origins of what has these causes. What has lines was asked for: that the program would do
    /// it by itself as well is no news then.
    pub(crate) fn origins(&self, causes: &[Cause]) -> Vec<Origin> {
        let asked =
            causes.iter().any(|cause| matches!(cause, Cause::Text(_) | Cause::Oem(_) | Cause::Vendor(_)));
        let told = causes.iter().filter(|cause| !(asked && matches!(cause, Cause::Generated(_))));
        told.map(|cause| self.origin(cause)).collect()
    }

    /// The origin that a cause is.
    pub(crate) fn origin(&self, cause: &Cause) -> Origin {
        let named = |source, name: &str| Origin { source, name: name.to_owned(), ..Origin::default() };
        match cause {
            Cause::Text(span) => written(Source::User, Some(&self.user), *span),
            Cause::Oem(span) => written(Source::Oem, self.oem.as_ref(), *span),
            Cause::Vendor(span) => written(Source::Vendor, self.vendor.as_ref(), *span),
            Cause::Metadata(field) => named(Source::Metadata, field),
            Cause::Environment(variable) => named(Source::Environment, variable),
            Cause::Generated(key) => named(Source::Generated, key),
        }
    }
}

fn written(source: Source, places: Option<&Places<'_>>, span: Span) -> Origin {
    Origin {
        source,
        place: places.map(|places| places.place(span)),
        last_line: places.map_or(0, |places| places.last_line(span)),
        name: String::new(),
    }
}
