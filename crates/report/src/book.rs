//! Where the rules are documented for those who read a report.

/// The address of the book in `docs`, with a slash at its end. The book is published nowhere yet. Once it is, its address
/// belongs here, and everything that names a rule links to it.
const BOOK: &str = "";

/// Where a rule is documented; none as long as the book is not published.
#[must_use]
pub fn page_of(rule: &str) -> Option<String> {
    within(BOOK, rule)
}

fn within(book: &str, rule: &str) -> Option<String> {
    (!book.is_empty()).then(|| format!("{book}rules.html#{rule}"))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_rule_has_its_place_in_a_book_that_is_published() {
        let page = within("https://example.org/book/", "unknown-key");
        assert_eq!(page.as_deref(), Some("https://example.org/book/rules.html#unknown-key"));
        assert_eq!(within("", "unknown-key"), None);
    }
}
