//! The verdict on an image, as `docs/verify-report.schema.json` describes it.

use js_sys::JsString;

use crate::answer::Answer;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Report {
    /// Name of the image.
    pub(crate) file: String,
    pub(crate) trust: Trust,
    /// The verdict in a few words.
    pub(crate) headline: String,
    /// How many keys have signed, and how many had to.
    pub(crate) counted: u32,
    pub(crate) required: u32,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) keyring: Vec<Certificate>,
    pub(crate) remarks: Vec<String>,
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Keys that are known by fingerprint.
    Known,
    /// Keys that the user supplied, and nobody has checked.
    Supplied,
    /// Nothing: it is not good.
    None,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signature {
    /// Its name, as in `key-missing`.
    pub(crate) state: String,
    pub(crate) trust: Trust,
    /// The state in a word or two.
    pub(crate) label: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) signer: Option<Signer>,
    /// Whose it says it is.
    pub(crate) claims: Vec<String>,
    pub(crate) made: Option<String>,
    pub(crate) hash: Option<String>,
    pub(crate) notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signer {
    pub(crate) fingerprint: String,
    /// The key that has signed; the same for the primary key.
    pub(crate) key: String,
    pub(crate) kind: String,
    pub(crate) user_id: Option<String>,
    /// The name of a built-in key.
    pub(crate) pin: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Certificate {
    pub(crate) fingerprint: String,
    pub(crate) user_ids: Vec<String>,
    /// As in `pinned`.
    pub(crate) recognition: String,
    pub(crate) message: String,
}

impl Report {
    /// None if the text is no JSON.
    pub(crate) fn read(json: &JsString) -> Option<Self> {
        let it = Answer::parse(json)?;
        Some(Self {
            file: it.text("file"),
            trust: trust(&it),
            headline: it.text("headline"),
            counted: it.number("counted"),
            required: it.number("required"),
            signatures: it.list("signatures", signature),
            keyring: it.list("keyring", certificate),
            remarks: it.texts("remarks"),
        })
    }
}

/// What is not said to be trusted is not.
fn trust(it: &Answer) -> Trust {
    match it.text("trust").as_str() {
        "known" => Trust::Known,
        "supplied" => Trust::Supplied,
        _ => Trust::None,
    }
}

impl Trust {
    /// The class of its looks, and its icon.
    pub(crate) fn looks(self) -> (&'static str, &'static str) {
        match self {
            Self::Known => ("good", "done"),
            Self::Supplied => ("supplied", "warning"),
            Self::None => ("bad", "failed"),
        }
    }
}

impl Report {
    /// Fingerprints of the keys that are to be compared before it is worth anything.
    pub(crate) fn to_compare(&self) -> Vec<&str> {
        let supplied =
            self.signatures.iter().filter(|it| it.trust == Trust::Supplied && self.trust == Trust::Supplied);
        let mut keys: Vec<&str> =
            supplied.filter_map(|it| Some(it.signer.as_ref()?.fingerprint.as_str())).collect();
        keys.dedup();
        keys
    }
}

fn signature(it: &Answer) -> Signature {
    let signer = it.get("signer");
    Signature {
        state: it.text("state"),
        trust: trust(it),
        label: it.text("label"),
        message: it.text("message"),
        help: it.optional("help"),
        signer: signer.optional("fingerprint").map(|fingerprint| Signer {
            fingerprint,
            key: signer.text("key"),
            kind: signer.text("kind"),
            user_id: signer.optional("user_id"),
            pin: signer.optional("pin"),
        }),
        claims: it.texts("claims"),
        made: it.optional("made"),
        hash: it.optional("hash"),
        notes: it.list("notes", |note| note.text("message")),
    }
}

pub(crate) fn certificate(it: &Answer) -> Certificate {
    Certificate {
        fingerprint: it.text("fingerprint"),
        user_ids: it.texts("user_ids"),
        recognition: it.text("recognition"),
        message: it.text("message"),
    }
}
