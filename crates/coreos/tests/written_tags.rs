//! Tags that yaml.v3 does not resolve: what is below them is text, and an error names the tag as it is written.
//!
//! Source: yaml.v3, `resolve.go` and `decode.go`.

use dryboot_coreos::envelope::open;
use dryboot_coreos::{Document, Target};
use dryboot_yaml::Limits;

/// What Flatcar's validator prints for a unit with this value of `enable`, or why it gives up.
fn said(value: &str) -> Vec<String> {
    let text = format!("#cloud-config\ncoreos:\n  units:\n    - name: a.service\n      enable: {value}\n");
    let limits = Limits::default();
    let envelope = open(text.as_bytes(), limits.bytes);
    let verdict = Document::read(&envelope, Target::Flatcar, &limits).verdict();
    let entries = verdict.entries.into_iter().map(|entry| format!("{}: {}", entry.line, entry.message));
    verdict.failure.into_iter().chain(entries).collect()
}

#[test]
fn text_with_a_tag_of_its_own_is_a_boolean_where_one_is_wanted() {
    for value in ["yes", "\"yes\"", "!!ool yes", "!mine yes", "!!str yes", "! yes"] {
        assert_eq!(said(value), ["5: incorrect type for \"enable\" (want bool)"], "{value}");
    }
    assert!(said("true").is_empty());
}

#[test]
fn an_error_names_the_tag_as_it_is_written() {
    for (value, shown) in [
        ("maybe", "!!str `maybe`"),
        ("!!ool maybe", "!!ool `maybe`"),
        ("!mine maybe", "!mine `maybe`"),
        ("! maybe", "!!str `maybe`"),
        ("!!str a long text", "!!str `a long ...`"),
        ("[a]", "!!seq"),
        ("!mine [a]", "!mine ``"),
    ] {
        let words = format!("yaml: unmarshal errors:\n  line 5: cannot unmarshal {shown} into bool");
        assert_eq!(said(value).first(), Some(&words), "{value}");
    }
}
