use dryboot_core::{Kind, Target, complete, hover};

use crate::choice;

/// Asks for help at some places of a text, between characters and not, and where it is cut there: what it is about lies
/// in the text.
pub fn assist(data: &[u8]) {
    const PLACES: usize = 16;
    let text = String::from_utf8_lossy(data);
    let first = choice(data, text.len() / PLACES + 1);
    let places = (0..PLACES).map(|number| first + number * (text.len() / PLACES).max(1));
    let readers = readers();
    let offsets = places.chain([0, text.len(), usize::MAX]);
    for (offset, (target, kind)) in offsets.zip(readers.iter().cycle().skip(first)) {
        if let Some(hover) = hover(&text, target.as_ref(), *kind, offset) {
            assert!(hover.span.touches(offset));
            assert!(text.get(hover.span.start..hover.span.end).is_some());
        }
        let cut = &text[..text.floor_char_boundary(offset)];
        for (text, offset) in [(&*text, offset), (cut, cut.len())] {
            if let Some(completion) = complete(text, target.as_ref(), *kind, offset) {
                let span = completion.span;
                assert!(text.get(span.start..span.end).is_some() && span.touches(offset));
                assert!(!completion.items.is_empty());
            }
        }
    }
}

/// Who is asked: each program, an old release, and network configurations.
fn readers() -> Vec<(Option<Target>, Kind)> {
    const NAMES: [&str; 4] = ["cloud-init", "debian-11", "coreos", "flatcar"];
    let target = |name: &str| Some(Target::parse(name).expect("a target"));
    let user_data = NAMES.iter().map(|name| (target(name), Kind::UserData));
    user_data
        .chain([
            (None, Kind::UserData),
            (None, Kind::NetworkConfig),
            (target("debian-11"), Kind::NetworkConfig),
        ])
        .collect()
}
