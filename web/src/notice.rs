//! What the page has to say in passing, as that a text was replaced.

use dryboot_wasm::protocol::FileText;
use yew::AttrValue;

use crate::visible::visible;

/// What is said below the texts of what has already happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notices {
    /// A text was replaced, which can be undone.
    pub(crate) replaced: Option<AttrValue>,
    /// What workers were stopped at because it took too long, each once.
    pub(crate) given_up: Vec<Work>,
}

/// What a worker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Check,
    Preview,
}

impl Work {
    /// Says that it did not come to an end.
    pub(crate) fn given_up(self) -> &'static str {
        match self {
            Self::Check => text!("The check of an earlier text took too long and was stopped."),
            Self::Preview => text!("The preview of an earlier text took too long and was stopped."),
        }
    }
}

/// What is said of a file that was opened, of several that were dropped.
pub(crate) fn opened(name: &str, file: &FileText, others: usize) -> AttrValue {
    let name = visible(name);
    let opened = match file.compression.as_str() {
        "gzip" => t!("Opened {name}. It is compressed with gzip; this is the decompressed text.", name),
        "broken-gzip" => {
            t!("Opened {name}. Its gzip stream is damaged; this is the part that can be read.", name)
        }
        "bad-gzip" => {
            t!("Opened {name}. It begins like gzip but cannot be decompressed, so there is no text.", name)
        }
        _ => t!("Opened {name}.", name),
    };
    let mut sentences = vec![opened];
    if file.invalid > 0 {
        sentences.push(t!(
            "One byte is not valid UTF-8 and is shown as �.|{n} bytes are not valid UTF-8 and are shown as �.",
            n = file.invalid
        ));
    }
    if others > 0 {
        sentences.push(t!("The other file was not opened.|The other {n} files were not opened.", n = others));
    }
    sentences.join(" ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_with_what_is_special_about_it() {
        let file = |compression: &str, invalid| FileText {
            compression: compression.to_owned(),
            invalid,
            ..FileText::default()
        };
        assert_eq!(opened("a\u{202e}b", &file("", 0), 0), "Opened a\\u{202e}b.");
        assert!(opened("a.gz", &file("gzip", 0), 0).ends_with("this is the decompressed text."));
        assert!(opened("a", &file("", 2), 1).ends_with(
            "2 bytes are not valid UTF-8 and are shown as \u{fffd}. The other file was not opened."
        ));
    }
}
