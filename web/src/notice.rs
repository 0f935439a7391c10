//! What the page has to say in passing, as that a text was replaced.

use yew::AttrValue;

use crate::visible::visible;
use crate::words::t;

/// What is said below the texts of what has already happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notices {
    /// A text was replaced, which can be undone.
    pub(crate) replaced: Option<Replaced>,
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

/// What has taken the place of a text. It becomes words where it is shown, since the language may change meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Replaced {
    /// There is nothing more to say than this.
    Plainly(&'static str),
    /// The remedies of so many problems were applied.
    Fixed(usize),
    /// A file was opened.
    Opened(Opened),
}

/// A file that was opened, and what is special about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opened {
    /// Its name.
    pub(crate) name: String,
    /// How it was compressed, in the words of [`FileText`](dryboot_wasm::protocol::FileText).
    pub(crate) compression: String,
    /// How many of its bytes are not UTF-8.
    pub(crate) invalid: u32,
    /// How many more were dropped with it.
    pub(crate) others: usize,
}

impl Replaced {
    /// The same as a sentence.
    pub(crate) fn words(&self) -> AttrValue {
        match self {
            Self::Plainly(words) => t(words),
            Self::Fixed(problems) => t!("Fixed {n} problem.|Fixed {n} problems.", n = problems),
            Self::Opened(file) => file.words(),
        }
    }
}

impl Opened {
    fn words(&self) -> AttrValue {
        let name = visible(&self.name);
        let opened = match self.compression.as_str() {
            "gzip" => t!("Opened {name}. It is compressed with gzip; this is the decompressed text.", name),
            "broken-gzip" => {
                t!("Opened {name}. Its gzip stream is damaged; this is the part that can be read.", name)
            }
            "bad-gzip" => {
                t!(
                    "Opened {name}. It seems to be gzip but did not decompress, so there is nothing to show.",
                    name
                )
            }
            _ => t!("Opened {name}.", name),
        };
        let mut sentences = vec![opened];
        if self.invalid > 0 {
            sentences.push(t!(
                "One byte is not valid UTF-8 and is shown as �.|{n} bytes are not valid UTF-8 and are shown as �.",
                n = self.invalid
            ));
        }
        if self.others > 0 {
            sentences.push(t!(
                "The other file was not opened.|The other {n} files were not opened.",
                n = self.others
            ));
        }
        sentences.join(" ").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_with_what_is_special_about_it() {
        let opened = |name: &str, compression: &str, invalid, others| {
            let (name, compression) = (name.to_owned(), compression.to_owned());
            Replaced::Opened(Opened { name, compression, invalid, others }).words()
        };
        assert_eq!(opened("a\u{202e}b", "", 0, 0), "Opened a\\u{202e}b.");
        assert!(opened("a.gz", "gzip", 0, 0).ends_with("this is the decompressed text."));
        assert!(opened("a", "", 2, 1).ends_with(
            "2 bytes are not valid UTF-8 and are shown as \u{fffd}. The other file was not opened."
        ));
    }
}
