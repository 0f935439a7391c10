//! Places lead from a file to the text inside of it and back.

use std::fs;
use std::path::Path;

use dryboot_embedded::find;
use dryboot_text::Span;

#[test]
fn a_place_of_a_file_is_a_place_of_its_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/embedded");
    let (mut tried, mut found) = (0, 0);
    for entry in fs::read_dir(folder).expect("the cases") {
        let path = entry.expect("a file").path();
        let Ok(file) = fs::read_to_string(&path) else { continue };
        for embedded in find(&path.to_string_lossy(), &file).into_iter().flat_map(|found| found.texts) {
            if embedded.map.is_opaque() {
                assert_eq!(
                    embedded.inward(embedded.span.start),
                    None,
                    "nothing of it is written in the file"
                );
                continue;
            }
            assert_eq!(embedded.inward(embedded.span.end + 1), None, "{}", path.display());
            for (at, _) in embedded.text.char_indices() {
                tried += 1;
                let outer = embedded.map.span(Span::empty(at)).start;
                let Some(inner) = embedded.inward(outer) else { continue };
                assert_eq!(embedded.map.span(Span::empty(inner)).start, outer, "{} at {at}", path.display());
                found += usize::from(inner == at);
            }
        }
    }
    assert!(tried > 4_000 && found * 10 > tried * 9, "{found} of {tried}");
}
