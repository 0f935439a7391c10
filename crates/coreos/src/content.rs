//! The content of a file to write: its encodings.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use dryboot_yaml::NodeId;
use dryboot_yaml::scalar::decode_base64;

use dryboot_user_data::gzip::{gunzip, has_header};

/// Why content cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The target does not have this encoding.
    UnknownEncoding,
    /// The content is not base64.
    Base64,
    /// The content does not begin with a gzip header.
    Gzip,
    /// The contents of this text go past the limit on what is decoded: nothing is wrong with this
    /// one, but it was not looked at.
    Limit,
}

/// How content is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Packing {
    None,
    Base64,
    Gzip,
    GzipInBase64,
}

impl Packing {
    fn of(encoding: &str) -> Result<Self, DecodeError> {
        match encoding {
            "" => Ok(Self::None),
            "b64" | "base64" => Ok(Self::Base64),
            "gz" | "gzip" => Ok(Self::Gzip),
            "gz+base64" | "gzip+base64" | "gz+b64" | "gzip+b64" => Ok(Self::GzipInBase64),
            _ => Err(DecodeError::UnknownEncoding),
        }
    }

    /// # Errors
    /// The content does not fit. A gzip stream that breaks off is not an error: the target takes
    /// what could be inflated, and says nothing.
    fn unpack(self, content: &[u8], limit: usize) -> Result<Unpacked, DecodeError> {
        let unpacked = match self {
            Self::None => Unpacked { bytes: content.to_vec(), is_whole: true },
            Self::Base64 => Unpacked { bytes: base64(content)?, is_whole: true },
            Self::Gzip => inflate(content, limit)?,
            Self::GzipInBase64 => inflate(&base64(content)?, limit)?,
        };
        if unpacked.bytes.len() > limit { Err(DecodeError::Limit) } else { Ok(unpacked) }
    }
}

fn base64(content: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let text = std::str::from_utf8(content).ok();
    text.and_then(decode_base64).ok_or(DecodeError::Base64)
}

fn inflate(bytes: &[u8], limit: usize) -> Result<Unpacked, DecodeError> {
    let gunzipped = gunzip(bytes, limit).ok_or(DecodeError::Gzip)?;
    Ok(Unpacked { bytes: gunzipped.bytes, is_whole: gunzipped.whole })
}

/// Whether content can be decoded as the target does when it applies a config. Nothing is inflated for
/// that.
///
/// # Errors
/// The encoding is unknown, or the content does not fit it.
pub fn fits(content: &[u8], encoding: &str) -> Result<(), DecodeError> {
    let gzip = |bytes: &[u8]| if has_header(bytes) { Ok(()) } else { Err(DecodeError::Gzip) };
    match Packing::of(encoding)? {
        Packing::None => Ok(()),
        Packing::Base64 => base64(content).map(drop),
        Packing::Gzip => gzip(content),
        Packing::GzipInBase64 => gzip(&base64(content)?),
    }
}

#[derive(Debug)]
struct Unpacked {
    bytes: Vec<u8>,
    is_whole: bool,
}

/// Decoded content.
#[derive(Clone, Debug)]
pub struct FileContent<'a>(Held<'a>);

#[derive(Clone, Debug)]
enum Held<'a> {
    Written(&'a [u8]),
    Unpacked(Rc<Unpacked>),
}

impl FileContent<'_> {
    /// Whether nothing of it is missing: a gzip stream may break off or fail its checksum.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Held::Written(_) => true,
            Held::Unpacked(unpacked) => unpacked.is_whole,
        }
    }
}

impl Deref for FileContent<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Held::Written(bytes) => bytes,
            Held::Unpacked(unpacked) => &unpacked.bytes,
        }
    }
}

type Known = Result<Rc<Unpacked>, DecodeError>;

/// The decoded contents of one text. A value that many files share through aliases is decoded once,
/// and what all of them come to is limited: a little gzip can hold a lot.
#[derive(Clone, Debug)]
pub struct Contents {
    known: RefCell<HashMap<(NodeId, Packing), Known>>,
    left: Cell<usize>,
    is_exhausted: Cell<bool>,
}

impl Contents {
    /// None yet; together they may have `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { known: RefCell::default(), left: Cell::new(limit), is_exhausted: Cell::new(false) }
    }

    /// Decodes the value of a node as the target does when it applies a config.
    ///
    /// # Errors
    /// The encoding is unknown, or the content does not fit it, or too much has been decoded already.
    pub fn decode<'a>(
        &self,
        node: Option<NodeId>,
        content: &'a [u8],
        encoding: &str,
    ) -> Result<FileContent<'a>, DecodeError> {
        let packing = Packing::of(encoding)?;
        if packing == Packing::None {
            return Ok(FileContent(Held::Written(content)));
        }
        let key = node.map(|node| (node, packing));
        let known = key.and_then(|key| self.known.borrow().get(&key).cloned());
        let unpacked = known.unwrap_or_else(|| {
            let unpacked = self.unpack(packing, content).map(Rc::new);
            if let Some(key) = key {
                self.known.borrow_mut().insert(key, unpacked.clone());
            }
            unpacked
        });
        unpacked.map(|unpacked| FileContent(Held::Unpacked(unpacked)))
    }

    /// Whether something was not decoded, since it would have been too much.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.is_exhausted.get()
    }

    fn unpack(&self, packing: Packing, content: &[u8]) -> Result<Unpacked, DecodeError> {
        if self.is_exhausted() {
            return Err(DecodeError::Limit);
        }
        let unpacked = packing.unpack(content, self.left.get());
        match &unpacked {
            Ok(unpacked) => self.left.set(self.left.get() - unpacked.bytes.len()),
            // Nothing more is tried: each attempt would inflate as much again.
            Err(DecodeError::Limit) => self.is_exhausted.set(true),
            Err(_) => {}
        }
        unpacked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf hi | gzip -n | base64`
    const HI: &str = "H4sIAAAAAAACA8vIBACsKpPYAgAAAA==";

    fn decoded(content: &str, encoding: &str) -> Result<(String, bool), DecodeError> {
        let content = Contents::new(1000).decode(None, content.as_bytes(), encoding)?;
        Ok((String::from_utf8_lossy(&content).into_owned(), content.is_whole()))
    }

    #[test]
    fn every_encoding_decodes_and_refuses() {
        let hi = |is_whole| Ok(("hi".to_owned(), is_whole));
        for (content, encoding, wanted) in [
            ("hi", "", hi(true)),
            ("aGk=", "b64", hi(true)),
            (HI, "gzip+b64", hi(true)),
            ("H4sIAAAAAAACA8vI", "gzip+b64", Ok(("h".to_owned(), false))),
            ("hi", "base64", Err(DecodeError::Base64)),
            ("hi", "gz", Err(DecodeError::Gzip)),
            ("hi", "Base64", Err(DecodeError::UnknownEncoding)),
        ] {
            let fault = wanted.as_ref().err().copied();
            assert_eq!(decoded(content, encoding), wanted, "{content} as {encoding}");
            assert_eq!(fits(content.as_bytes(), encoding).err(), fault, "{content} as {encoding}");
        }
    }

    #[test]
    fn a_node_is_decoded_once_and_all_of_them_only_so_far() {
        let text = "[a, b, c]";
        let tree = dryboot_yaml::parse(
            text.as_bytes(),
            text,
            dryboot_yaml::Dialect::GoYamlV3,
            &dryboot_yaml::Limits::default(),
        )
        .tree;
        let nodes: Vec<NodeId> = tree.ids().collect();
        let contents = Contents::new(4);
        let decode = |node: usize, content: &str| {
            contents
                .decode(nodes.get(node).copied(), content.as_bytes(), "gz+b64")
                .map(|content| content.to_vec())
        };
        assert_eq!(decode(1, HI), Ok(b"hi".to_vec()));
        // Another content under the same node would show that it is decoded again.
        assert_eq!(decode(1, "x"), Ok(b"hi".to_vec()));
        assert_eq!(decode(2, HI), Ok(b"hi".to_vec()));
        assert!(!contents.is_exhausted());
        assert_eq!(decode(3, HI), Err(DecodeError::Limit));
        assert!(contents.is_exhausted());
        assert_eq!(decode(2, HI), Ok(b"hi".to_vec()));
    }
}
