//! User-data in fences of Markdown.

use dryboot_text::Span;

use crate::body::{Body, blanks, lines};
use crate::{Embedded, Host, Placeholders, mark, scan};

/// A fence that is open.
struct Fence {
    mark: char,
    length: usize,
    indentation: usize,
    language: String,
    start: usize,
}

/// Languages of fences that may have user-data inside.
const LANGUAGES: [(&str, Host); 10] = [
    ("hcl", Host::Hcl),
    ("terraform", Host::Hcl),
    ("tf", Host::Hcl),
    ("yaml", Host::Yaml),
    ("yml", Host::Yaml),
    ("json", Host::Yaml),
    ("sh", Host::Shell),
    ("bash", Host::Shell),
    ("shell", Host::Shell),
    ("ruby", Host::Ruby),
];

/// Finds user-data in Markdown.
pub(crate) fn scan(text: &str, depth: usize, found: &mut Vec<Embedded>) {
    let mut open: Option<Fence> = None;
    for (span, line) in lines(text) {
        let bare = line.trim();
        match &open {
            None => open = fence(line, span.end),
            Some(fence) => {
                let length = bare.chars().take_while(|char| *char == fence.mark).count();
                if length >= fence.length && bare.chars().all(|char| char == fence.mark) {
                    let body = Body::indented(text, Span::new(fence.start, span.start), fence.indentation);
                    inside(body, &fence.language, depth, found);
                    open = None;
                }
            }
        }
    }
}

fn fence(line: &str, start: usize) -> Option<Fence> {
    let bare = line.trim();
    let mark = bare.chars().next().filter(|mark| ['`', '~'].contains(mark))?;
    let length = bare.chars().take_while(|char| *char == mark).count();
    let info = bare.get(length..)?.trim();
    if length < 3 || (mark == '`' && info.contains('`')) {
        return None;
    }
    let language = info.split([' ', ',', '{']).next().unwrap_or_default().to_ascii_lowercase();
    Some(Fence { mark, length, indentation: blanks(line), language, start })
}

fn inside(body: Body, language: &str, depth: usize, found: &mut Vec<Embedded>) {
    if mark::begins(&body.text) {
        found.push(scan::embedded(body, "", Placeholders::None));
        return;
    }
    let Some(&(_, host)) = LANGUAGES.iter().find(|(name, _)| *name == language) else { return };
    let mut deeper = Vec::new();
    scan::scan(host, &body.text, depth + 1, &mut deeper);
    found.extend(deeper.into_iter().map(|inner| scan::outward(inner, &body)));
}
