//! Public SSH keys as they stand in `authorized_keys`: options, type, base64 data, comment.

use base64::prelude::{BASE64_STANDARD, Engine as _};

/// A key that sshd can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey<'t> {
    /// The type's name.
    pub kind: &'t str,
    /// The size of an RSA key's modulus.
    pub rsa_bits: Option<usize>,
}

/// Why a text is no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<'t> {
    /// There is nothing.
    Empty,
    /// It is a private key.
    PrivateKey,
    /// It is an X.509 certificate.
    Certificate,
    /// The name of a file format that sshd does not read.
    OtherFormat(&'static str),
    /// It is the path or the address of a key.
    PathOrUrl,
    /// It stands for a key that somebody has to fill in.
    Placeholder,
    /// Base64 data alone; the type that it says it is.
    NoType(&'static str),
    /// Its type is not one that sshd knows.
    UnknownType,
    /// There is a type and no data.
    NoData(&'t str),
    /// The data is not base64.
    NotBase64,
    /// Written type, type inside the data.
    TypeMismatch(&'t str, Option<&'static str>),
    /// The data ends too early.
    Truncated,
    /// The data is not that of a key.
    Malformed,
    /// It is broken over several lines.
    BrokenOverLines,
    /// Another key follows it on the same line.
    SeveralOnOneLine,
}

impl Fault<'_> {
    /// What is wrong, without a word of what is written, and what to do.
    #[must_use]
    pub fn words(self) -> (String, String) {
        let ignored = "sshd ignores it";
        let (message, help) = match self {
            Self::Empty => ("this SSH key is empty".to_owned(), None),
            Self::PrivateKey => (
                "this is a private key: sshd ignores it, and anyone who can read the user-data now has it"
                    .to_owned(),
                Some(
                    "stop using this key; create a new one and paste the content of its `.pub` file"
                        .to_owned(),
                ),
            ),
            Self::Certificate => (format!("this is an X.509 certificate, not an SSH key: {ignored}"), None),
            Self::OtherFormat(format) => (
                format!("this key is in {format} format, which sshd does not read here"),
                Some(
                    "convert it with `ssh-keygen -i -m PKCS8 -f FILE`, or without `-m` for RFC 4716"
                        .to_owned(),
                ),
            ),
            Self::PathOrUrl => (
                format!("this is the location of a key, not the key: {ignored}"),
                Some("paste the key itself; nothing is read or downloaded".to_owned()),
            ),
            Self::Placeholder => (format!("this is a placeholder, not an SSH key: {ignored}"), None),
            Self::NoType(kind) => {
                (format!("the key's type is missing: {ignored}"), Some(format!("write `{kind}` before it")))
            }
            Self::UnknownType => (
                format!("this does not begin with an SSH key type: {ignored}"),
                Some("a key looks like `ssh-ed25519 AAAA… comment`".to_owned()),
            ),
            Self::NoData(kind) => (format!("there is nothing after `{kind}`: {ignored}"), None),
            Self::NotBase64 => (format!("the key's data is not base64: {ignored}"), None),
            Self::TypeMismatch(kind, Some(inside)) => (
                format!("the key's data is of type `{inside}`, not `{kind}`: {ignored}"),
                Some(format!("write `{inside}` before it")),
            ),
            Self::TypeMismatch(kind, None) => {
                (format!("the key's data is not of type `{kind}`: {ignored}"), None)
            }
            Self::Truncated => (format!("the key is truncated: {ignored}"), None),
            Self::Malformed => (format!("the key's data does not match its type: {ignored}"), None),
            Self::BrokenOverLines => (
                format!("the key is split by white space: {ignored}"),
                Some("join its parts on one line, without spaces in the data".to_owned()),
            ),
            Self::SeveralOnOneLine => (
                "there are two keys on one line: sshd reads the second as the first one's comment".to_owned(),
                Some("make each key a separate item".to_owned()),
            ),
        };
        let help =
            help.unwrap_or_else(|| "paste the whole content of the `.pub` file, on one line".to_owned());
        (message, help)
    }
}

/// Type names that sshd takes for a key, without certificates.
const KINDS: [&str; 8] = [
    "ssh-ed25519",
    "ssh-rsa",
    "ssh-dss",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];
const CERTIFICATE: &str = "-cert-v01@openssh.com";

/// Reads the keys of one list element: one a line, as they go to `authorized_keys`.
pub fn read(text: &str) -> Result<Vec<PublicKey<'_>>, Fault<'_>> {
    let text = text.trim();
    if let Some(fault) = other_thing(text) {
        return Err(fault);
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Result<Vec<_>, _> = lines().map(read_line).collect();
    match keys {
        Ok(keys) if keys.is_empty() => Err(Fault::Empty),
        Err(fault) if is_broken(text, fault) => Err(Fault::BrokenOverLines),
        result => result,
    }
}

/// What people paste instead of a public key.
fn other_thing(text: &str) -> Option<Fault<'static>> {
    if text.contains("PRIVATE KEY-----") || text.starts_with("PuTTY-User-Key-File") {
        return Some(Fault::PrivateKey);
    }
    if text.contains("-----BEGIN CERTIFICATE") {
        return Some(Fault::Certificate);
    }
    if text.starts_with("-----BEGIN") {
        return Some(Fault::OtherFormat("PEM"));
    }
    if text.starts_with("---- BEGIN SSH2") {
        return Some(Fault::OtherFormat("RFC 4716"));
    }
    let starts = ["~/", "/", "./", "../", "$HOME", "file:", "http://", "https://", "gh:", "github:"];
    let one_word = !text.contains(char::is_whitespace);
    let is_place = one_word && (starts.iter().any(|start| text.starts_with(start)) || text.ends_with(".pub"));
    is_place.then_some(Fault::PathOrUrl)
}

fn read_line(line: &str) -> Result<PublicKey<'_>, Fault<'_>> {
    let word = line.split([' ', '\t']).next().unwrap_or_default();
    let key = if plain_kind(word).is_some() { line } else { behind_options(line) };
    let mut words = key.split([' ', '\t']).filter(|word| !word.is_empty());
    let kind = words.next().unwrap_or_default();
    let Some(plain) = plain_kind(kind) else {
        return Err(if is_placeholder(line) { Fault::Placeholder } else { no_kind(word) });
    };
    let data = words.next().ok_or(Fault::NoData(kind))?;
    match read_data(kind, plain, data) {
        Err(_) if is_placeholder(data) => Err(Fault::Placeholder),
        Ok(_) if has_another(words) => Err(Fault::SeveralOnOneLine),
        result => result,
    }
}

/// Whether a comment is a key itself.
fn has_another<'t>(comment: impl Iterator<Item = &'t str>) -> bool {
    let words: Vec<&str> = comment.collect();
    words.windows(2).any(|pair| plain_kind(pair[0]).is_some() && pair[1].starts_with("AAAA"))
}

/// The type without what makes it a certificate's.
fn plain_kind(kind: &str) -> Option<&'static str> {
    let matches = |known: &&str| {
        let stem = known.trim_end_matches("@openssh.com");
        kind == *known || kind.strip_suffix(CERTIFICATE) == Some(stem)
    };
    KINDS.into_iter().find(matches)
}

/// The text behind the first blank outside of quotes, where the type follows options.
fn behind_options(line: &str) -> &str {
    let mut quoted = false;
    let mut escaped = false;
    let end = line.find(|char: char| {
        let ends = !quoted && (char == ' ' || char == '\t');
        quoted ^= char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
        ends
    });
    end.map_or("", |end| line[end..].trim_start())
}

fn is_placeholder(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let marks =
        ["<", "...", "…", "{{", "${", "xxx", "your", "redacted", "changeme", "public_key", "public-key"];
    marks.iter().any(|mark| text.contains(mark))
}

fn no_kind<'t>(word: &str) -> Fault<'t> {
    let bytes = BASE64_STANDARD.decode(word.as_bytes()).unwrap_or_default();
    let inside = Fields(&bytes).next().and_then(|name| plain_kind(std::str::from_utf8(name).ok()?));
    inside.map_or(Fault::UnknownType, Fault::NoType)
}

fn read_data<'t>(kind: &'t str, plain: &'static str, data: &str) -> Result<PublicKey<'t>, Fault<'t>> {
    let Ok(bytes) = BASE64_STANDARD.decode(data.as_bytes()) else {
        // Without its end, the data is still base64 up to the last whole group.
        let group = data.len() / 4 * 4;
        let cut = !data.len().is_multiple_of(4)
            && data.is_ascii()
            && BASE64_STANDARD.decode(&data.as_bytes()[..group]).is_ok();
        return Err(if cut { Fault::Truncated } else { Fault::NotBase64 });
    };
    let mut fields = Fields(&bytes);
    let Some(name) = fields.next() else { return Err(Fault::Truncated) };
    if name != kind.as_bytes() {
        let inside = std::str::from_utf8(name).ok().and_then(plain_kind);
        return Err(Fault::TypeMismatch(kind, inside));
    }
    if kind.ends_with(CERTIFICATE) {
        return Ok(PublicKey { kind, rsa_bits: None });
    }
    let mut sizes = Vec::new();
    let mut modulus = None;
    for field in fields.by_ref() {
        sizes.push(field.len());
        modulus = Some(field);
    }
    let wanted: &[Range] = match plain {
        "ssh-ed25519" => &[(32, 32)],
        "ssh-rsa" => &[(1, 16), (32, 2049)],
        "ssh-dss" => &[(64, 129), (20, 21), (1, 129), (1, 129)],
        "ecdsa-sha2-nistp256" => &[(8, 8), (65, 65)],
        "ecdsa-sha2-nistp384" => &[(8, 8), (97, 97)],
        "ecdsa-sha2-nistp521" => &[(8, 8), (133, 133)],
        "sk-ssh-ed25519@openssh.com" => &[(32, 32), (1, 255)],
        _ => &[(8, 8), (65, 65), (1, 255)],
    };
    let fits = |(size, range): (&usize, &Range)| (range.0..=range.1).contains(size);
    if sizes.len() < wanted.len() {
        return Err(Fault::Truncated);
    }
    if sizes.len() > wanted.len() || !fields.0.is_empty() || !sizes.iter().zip(wanted).all(fits) {
        return Err(Fault::Malformed);
    }
    let rsa_bits = modulus.filter(|_| plain == "ssh-rsa").map(bits);
    Ok(PublicKey { kind, rsa_bits })
}

/// Least and greatest length of a field.
type Range = (usize, usize);

/// The size of a number with its most significant byte first.
fn bits(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|&&byte| byte == 0).count();
    let first = number.get(zeros).map_or(0, |byte| byte.leading_zeros() as usize);
    ((number.len() - zeros) * 8).saturating_sub(first)
}

/// Fields of four bytes of length, most significant first, and as many bytes of data; stops at
/// one that is not whole, and leaves it.
struct Fields<'b>(&'b [u8]);

impl<'b> Iterator for Fields<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        let (length, rest) = self.0.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let field = rest.get(..length)?;
        self.0 = &rest[length..];
        Some(field)
    }
}

/// Whether a key that is damaged becomes whole once its white space is taken out.
fn is_broken<'t>(text: &'t str, fault: Fault<'t>) -> bool {
    let may_be = matches!(fault, Fault::Truncated | Fault::NotBase64 | Fault::NoData(_));
    // The longest RSA keys have 3 KB; trying more parts than a key has lines would only cost time.
    if !may_be || text.len() > 16 * 1024 {
        return false;
    }
    let mut words = text.split_whitespace().skip_while(|word| plain_kind(word).is_none());
    let Some(kind) = words.next() else { return false };
    let Some(plain) = plain_kind(kind) else { return false };
    let mut data = String::new();
    words.take(64).any(|word| {
        data.push_str(word);
        read_data(kind, plain, &data).is_ok()
    })
}

#[cfg(test)]
#[path = "ssh_key_tests.rs"]
mod tests;
