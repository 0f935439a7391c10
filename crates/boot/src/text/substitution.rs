//! Substitution of the address variables, on bytes and over the whole text.

use dryboot_yaml::Span;

use super::addresses::Address;
use super::source_map::Edit;

/// A text after substitution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Substituted {
    pub(crate) bytes: Vec<u8>,
    /// What changed, in the order of the text.
    pub(crate) edits: Vec<Edit>,
}

/// Replaces every variable that has no backslash before it, and takes one backslash away where
/// there is one.
///
/// The targets match the byte before a variable together with it, so of equal variables that
/// follow each other directly only every second one is replaced.
pub(crate) fn substitute(original: &[u8], addresses: &[Address]) -> Substituted {
    let mut bytes = Vec::with_capacity(original.len());
    let mut edits = Vec::new();
    let mut copied = 0;
    let mut consumed: Option<(usize, &str)> = None;
    for at in original.iter().enumerate().filter(|&(_, &byte)| byte == b'$').map(|(at, _)| at) {
        let here = &original[at..];
        let Some(address) = addresses.iter().find(|address| here.starts_with(address.variable.as_bytes()))
        else {
            continue;
        };
        let end = at + address.variable.len();
        let escaped = at.checked_sub(1).is_some_and(|before| original[before] == b'\\');
        let (replaced, with, cause) = if escaped {
            (Span::new(at - 1, at), "", None)
        } else if consumed == Some((at, address.variable)) {
            continue;
        } else {
            consumed = Some((end, address.variable));
            (Span::new(at, end), address.value.as_str(), address.cause.clone())
        };
        bytes.extend_from_slice(&original[copied..replaced.start]);
        let derived = Span::new(bytes.len(), bytes.len() + with.len());
        bytes.extend_from_slice(with.as_bytes());
        copied = replaced.end;
        edits.push(Edit { derived, original: replaced, cause });
    }
    bytes.extend_from_slice(&original[copied..]);
    Substituted { bytes, edits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceMap, addresses};
    use dryboot_machine::MachineDescription;
    use dryboot_machine::{Cause, Source};

    fn machine() -> MachineDescription {
        MachineDescription {
            public_ipv4: Some("203.0.113.7".to_owned()),
            private_ipv4: Some("10.0.0.1".to_owned()),
            private_ipv6: Some("fe80:0:0:0:0:0:0:1".to_owned()),
            ..MachineDescription::default()
        }
    }

    fn text(original: &str) -> String {
        String::from_utf8(substitute(original.as_bytes(), &addresses(&machine())).bytes).expect("UTF-8")
    }

    #[test]
    fn variables_are_replaced_where_no_backslash_stands_before_them() {
        for (original, substituted) in [
            ("$private_ipv4", "10.0.0.1"),
            ("a$private_ipv4b", "a10.0.0.1b"),
            (r"\$private_ipv4", "$private_ipv4"),
            (r"\\$private_ipv4", r"\$private_ipv4"),
            ("$private_ipv4$private_ipv4$private_ipv4", "10.0.0.1$private_ipv410.0.0.1"),
            ("$private_ipv4$public_ipv4", "10.0.0.1203.0.113.7"),
            (r"\$private_ipv4$private_ipv4", "$private_ipv410.0.0.1"),
            ("[$public_ipv6]", "[]"),
            ("$private_ipv6", "fe80::1"),
            ("${private_ipv4} $PRIVATE_IPV4 $private_ipv", "${private_ipv4} $PRIVATE_IPV4 $private_ipv"),
        ] {
            assert_eq!(text(original), substituted, "{original}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_stay() {
        let substituted = substitute(b"\xff$private_ipv4\xfe", &addresses(&machine()));
        assert_eq!(substituted.bytes, b"\xff10.0.0.1\xfe");
    }

    #[test]
    fn places_lead_back_to_the_original() {
        let original = r"a: $private_ipv4 \$x \$public_ipv4 z";
        let substituted = substitute(original.as_bytes(), &addresses(&machine()));
        let result = String::from_utf8(substituted.bytes).expect("UTF-8");
        let part = dryboot_text::SourceMap::copied(Span::new(100, 200));
        let map = SourceMap::through(Source::User, part).edited(substituted.edits);
        let behind = |word: &str| {
            let at = result.find(word).expect("the word");
            let causes = map.causes(Span::new(at, at + word.len()));
            let Cause::Text(span) = causes[0] else { panic!("a place in the text") };
            (Span::new(span.start - 100, span.end - 100).slice(original).to_owned(), causes.len())
        };
        assert_eq!(behind("10.0.0.1"), ("$private_ipv4".to_owned(), 2));
        assert_eq!(behind("z"), ("z".to_owned(), 1));
        assert_eq!(behind("a: 1"), ("a: $private_ipv4".to_owned(), 2));
        assert_eq!(behind("public_ipv4"), ("public_ipv4".to_owned(), 1));
    }
}
