use dryboot_core::{complete, hover};
use dryboot_coreos::Target;

use crate::choice;

/// Asks for help at some places of a text, between characters and not: what it is about lies in the text.
pub fn assist(data: &[u8]) {
    const PLACES: usize = 16;
    let text = String::from_utf8_lossy(data);
    let first = choice(data, text.len() / PLACES + 1);
    let places = (0..PLACES).map(|number| first + number * (text.len() / PLACES).max(1));
    for offset in places.chain([0, text.len(), usize::MAX]) {
        for target in [None].into_iter().chain(Target::ALL.map(Some)) {
            if let Some(hover) = hover(&text, target, offset) {
                assert!(hover.span.touches(offset));
                assert!(text.get(hover.span.start..hover.span.end).is_some());
            }
            if let Some(completion) = complete(&text, target, offset) {
                assert!(text.get(completion.span.start..completion.span.end).is_some());
                assert!(!completion.items.is_empty());
            }
        }
    }
}
