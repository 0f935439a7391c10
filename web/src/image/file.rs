//! A file that the user gave, and what it turned out to be.

use js_sys::JsString;
use web_sys::File;

use super::report::{Certificate, certificate};
use crate::answer::Answer;
use crate::visible::visible;

/// What a file is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Image,
    Signature,
    Keyring,
    Version,
    /// Nothing: a private key, say.
    Refused,
}

/// What the module says of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sorted {
    pub(crate) kind: Kind,
    /// Why it is refused.
    pub(crate) message: Option<String>,
    /// The keys in it.
    pub(crate) certificates: Vec<Certificate>,
    /// What was passed over in it.
    pub(crate) remarks: Vec<String>,
    /// The version in it.
    pub(crate) version: Option<String>,
}

/// A file. Two with one number are the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Given {
    pub(crate) number: u32,
    pub(crate) file: File,
    /// None while it is looked at.
    pub(crate) sorted: Option<Sorted>,
}

impl Sorted {
    /// Reads what the module answers; none if it is no JSON.
    pub(crate) fn read(json: &JsString) -> Option<Self> {
        let it = Answer::parse(json)?;
        let kind = match it.text("kind").as_str() {
            "image" => Kind::Image,
            "signature" => Kind::Signature,
            "keyring" => Kind::Keyring,
            "version" => Kind::Version,
            _ => Kind::Refused,
        };
        Some(Self {
            kind,
            message: it.optional("message"),
            certificates: it.list("keyring", certificate),
            remarks: it.texts("remarks"),
            version: it.optional("label"),
        })
    }

    /// A file that nothing can be done with.
    pub(crate) fn refused(message: String) -> Self {
        let message = Some(message);
        Self { kind: Kind::Refused, message, certificates: Vec::new(), remarks: Vec::new(), version: None }
    }
}

impl Given {
    /// Its name, as it may be shown.
    pub(crate) fn name(&self) -> String {
        visible(&self.file.name()).into_owned()
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        self.sorted.as_ref().map(|sorted| sorted.kind)
    }
}

/// The file of a kind. Of keyrings, there may be more.
pub(crate) fn of_kind(files: &[Given], kind: Kind) -> Option<&Given> {
    files.iter().find(|given| given.kind() == Some(kind))
}

/// What is verified: the image, or a `version.txt` when it is that which the signature is named after.
pub(crate) fn verified(files: &[Given]) -> Option<&Given> {
    let signature = of_kind(files, Kind::Signature);
    let is_named_after = |given: &&Given| {
        signature.is_some_and(|signature| signature.file.name().starts_with(&given.file.name()))
    };
    of_kind(files, Kind::Image).or_else(|| of_kind(files, Kind::Version).filter(is_named_after))
}
