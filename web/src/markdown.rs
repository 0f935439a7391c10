//! The part of Markdown in which rules are documented.

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block<'a> {
    Heading(&'a str),
    Paragraph(String),
    List(Vec<String>),
    /// The text, and the words behind its opening fence.
    Code(String, &'a str),
}

/// A piece of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inline<'a> {
    Text(&'a str),
    Strong(&'a str),
    Code(&'a str),
    Link(&'a str, &'a str),
}

/// Splits a document into blocks.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some((fence, info)) = fence(line) {
            let code: Vec<_> = lines.by_ref().take_while(|line| *line != fence).collect();
            blocks.push(Block::Code(code.join("\n"), info));
        } else if line.starts_with('#') {
            blocks.push(Block::Heading(line.trim_start_matches('#').trim()));
        } else if let Some(first) = item(line) {
            let mut items = vec![first.to_owned()];
            while let Some(line) = lines.next_if(|line| continues_list(line)) {
                match (item(line), items.last_mut()) {
                    (None, Some(last)) => append(last, line),
                    (item, _) => items.extend(item.map(str::to_owned)),
                }
            }
            blocks.push(Block::List(items));
        } else if !line.trim().is_empty() {
            let mut paragraph = line.trim().to_owned();
            while let Some(line) = lines.next_if(|line| continues_paragraph(line)) {
                append(&mut paragraph, line);
            }
            blocks.push(Block::Paragraph(paragraph));
        }
    }
    blocks
}

fn fence(line: &str) -> Option<(&str, &str)> {
    let info = line.trim_start_matches('`');
    let fence = &line[..line.len() - info.len()];
    (fence.len() >= 3).then_some((fence, info))
}

fn item(line: &str) -> Option<&str> {
    let bullet = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
    bullet.or_else(|| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = rest.len() < line.len();
        rest.strip_prefix(". ").filter(|_| numbered)
    })
}

fn continues_list(line: &str) -> bool {
    item(line).is_some() || (line.starts_with("  ") && !line.trim().is_empty())
}

fn continues_paragraph(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#') && fence(line).is_none() && item(line).is_none()
}

fn append(text: &mut String, line: &str) {
    text.push(' ');
    text.push_str(line.trim());
}

/// Splits a paragraph at code spans, strong text and links. What is not closed is text.
pub(crate) fn inlines(text: &str) -> Vec<Inline<'_>> {
    let mut inlines = Vec::new();
    let (mut rest, mut plain) = (text, 0);
    while let Some(at) = rest[plain..].find(['`', '*', '[']).map(|at| at + plain) {
        if let Some((inline, length)) = span(&rest[at..]) {
            if at > 0 {
                inlines.push(Inline::Text(&rest[..at]));
            }
            inlines.push(inline);
            (rest, plain) = (&rest[at + length..], 0);
        } else {
            plain = at + 1;
        }
    }
    if !rest.is_empty() {
        inlines.push(Inline::Text(rest));
    }
    inlines
}

/// The inline element at the start of `text`, and its length.
fn span(text: &str) -> Option<(Inline<'_>, usize)> {
    let between = |open: &str, close: &str| {
        let inner = text.strip_prefix(open)?;
        let end = inner.find(close).filter(|&end| end > 0)?;
        Some((&inner[..end], open.len() + end + close.len()))
    };
    if let Some((code, length)) = between("``", "``") {
        return Some((Inline::Code(code.trim()), length));
    }
    if let Some((code, length)) = between("`", "`") {
        return Some((Inline::Code(code), length));
    }
    if let Some((strong, length)) = between("**", "**") {
        return Some((Inline::Strong(strong), length));
    }
    let (label, length) = between("[", "](")?;
    let end = text[length..].find(')')?;
    let target = &text[length..length + end];
    let is_web = target.starts_with("https://");
    is_web.then_some((Inline::Link(label, target), length + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_told_apart() {
        let text = "# Title\n\nTwo\nlines.\n- one\n  more\n2. two\n\n```yaml,fail\na: 1\n\nb: 2\n```\nend\n";
        let expected = [
            Block::Heading("Title"),
            Block::Paragraph("Two lines.".to_owned()),
            Block::List(vec!["one more".to_owned(), "two".to_owned()]),
            Block::Code("a: 1\n\nb: 2".to_owned(), "yaml,fail"),
            Block::Paragraph("end".to_owned()),
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn an_open_fence_reaches_to_the_end() {
        assert_eq!(blocks("```\na"), [Block::Code("a".to_owned(), "")]);
    }

    #[test]
    fn inlines_are_told_apart() {
        use Inline::{Code, Link, Strong, Text};
        let text = "Use `a`, **not** b: [docs](https://example.org/x).";
        let expected = [
            Text("Use "),
            Code("a"),
            Text(", "),
            Strong("not"),
            Text(" b: "),
            Link("docs", "https://example.org/x"),
            Text("."),
        ];
        assert_eq!(inlines(text), expected);
    }

    #[test]
    fn what_is_not_closed_is_text() {
        for text in ["a ` b", "2 * 3", "units[0].name", "[a](javascript:b)", "``"] {
            assert_eq!(inlines(text), [Inline::Text(text)], "{text}");
        }
    }
}
