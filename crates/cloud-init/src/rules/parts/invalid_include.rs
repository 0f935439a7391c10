use dryboot_lint::Severity;
use dryboot_text::Span;

use crate::lint::{Context, Rule};
use crate::parts::Kind;
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "invalid-include", severity: Severity::Error, docs: docs!("invalid_include.md"), check };

/// Schemes that cloud-init fetches from.
const SCHEMES: [&str; 5] = ["http://", "https://", "ftp://", "ftps://", "file://"];

fn check(context: &mut Context<'_>) {
    for (index, part) in context.parts().iter().enumerate().filter(|(_, part)| part.kind == Kind::Include) {
        let mut start = 0;
        let mut has_address = false;
        for line in part.text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            let Some((offset, address)) = address(line) else { continue };
            has_address = true;
            let span = Span::new(at + offset, at + offset + address.len());
            if let Some(message) = fault(address) {
                context
                    .report_in(index, span, format!("{message}: cloud-init fails and ignores all user-data"))
                    .help(
                        "each line must be a URL such as `https://example.com/user-data`, or begin with `#`",
                    );
                // What follows is most often more of the same.
                break;
            }
        }
        if !has_address {
            let first = part.text.lines().next().map_or(0, str::len);
            context
                .report_in(index, Span::new(0, first), "there is no URL here, so nothing is included")
                .severity(Severity::Warning);
        }
    }
}

/// The address on a line, and where it begins. It may follow `#include` on the same line.
fn address(line: &str) -> Option<(usize, &str)> {
    let lower = line.to_ascii_lowercase();
    let header = ["#include-once", "#include"].into_iter().find(|header| lower.starts_with(header));
    let rest = line.get(header.map_or(0, str::len)..)?;
    let rest = if header.is_some() { rest.trim_start() } else { rest };
    let address = rest.trim();
    (!rest.starts_with('#') && !address.is_empty())
        .then(|| (address.as_ptr() as usize - line.as_ptr() as usize, address))
}

/// What keeps an address from being one.
fn fault(address: &str) -> Option<&'static str> {
    let lower = address.to_ascii_lowercase();
    let is_path = address.starts_with('/');
    let Some(scheme) = SCHEMES.into_iter().find(|scheme| lower.starts_with(scheme)) else {
        return (!is_path).then_some("this is not a URL that cloud-init can fetch");
    };
    let host = address[scheme.len()..].split(['/', '?', '#']).next().unwrap_or_default();
    if address.contains(char::is_whitespace) {
        return Some("this URL contains spaces");
    }
    (host.is_empty() && scheme != "file://").then_some("this URL has no host")
}

#[cfg(test)]
mod tests {
    use super::{address, fault};

    #[test]
    fn addresses_stand_on_lines_of_their_own_or_behind_the_header() {
        assert_eq!(address("#include https://a/b\n"), Some((9, "https://a/b")));
        assert_eq!(address("#Include-Once\n"), None);
        assert_eq!(address("  http://a \n"), Some((2, "http://a")));
        assert_eq!(address("# a comment\n"), None);
        assert_eq!(address("\n"), None);
    }

    #[test]
    fn what_is_not_an_address_is_known() {
        for good in ["https://a/b?c=d", "HTTP://a", "file:///etc/x", "/etc/cloud/x"] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["packages:", "- https://a", "gopher://a/b", "https:///x", "https://a b", "example.com/x"]
        {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
