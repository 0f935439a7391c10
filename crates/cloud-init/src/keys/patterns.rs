//! The regular expressions of the tables.

use dryboot_schema::Pattern;

/// At least one character on one line.
pub(super) const NOT_EMPTY: Pattern =
    Pattern::new("^.+$", "a name that is not empty", |text| !text.is_empty() && !text.contains('\n'));

/// Anything on one line.
pub(super) static ONE_LINE: Pattern = Pattern::new("^.*$", "text on one line", |text| !text.contains('\n'));

/// `name:password`
pub(super) static NAME_AND_PASSWORD: Pattern = Pattern::new("^.+:.+$", "`name:password`", |text| {
    !text.contains('\n') && text.char_indices().skip(1).any(|(at, char)| char == ':' && at + 1 < text.len())
});

/// Bytes with a unit.
pub(super) static SIZE: Pattern =
    Pattern::new(r"^([0-9]+)?\.?[0-9]+[BKMGT]$", "a size such as `512M`", |text| {
        let Some(number) = text.strip_suffix(['B', 'K', 'M', 'G', 'T']) else { return false };
        let (whole, fraction) = number.split_once('.').unwrap_or(("", number));
        all(whole, |byte| byte.is_ascii_digit())
            && !fraction.is_empty()
            && all(fraction, |byte| byte.is_ascii_digit())
    });

/// Minutes from now.
pub(super) static MINUTES: Pattern =
    Pattern::new(r"^\+?[0-9]+$", "a number of minutes such as `+5`", |text| {
        let digits = text.strip_prefix('+').unwrap_or(text);
        !digits.is_empty() && all(digits, |byte| byte.is_ascii_digit())
    });

/// Landscape's tags.
pub(super) static TAGS: Pattern =
    Pattern::new("^[-_0-9a-zA-Z]+(,[-_0-9a-zA-Z]+)*$", "tags, separated by commas", |text| {
        text.split(',').all(|tag| !tag.is_empty() && all(tag, |byte| is_word(byte) || byte == b'-'))
    });

/// The file name of a repository: in the expression, a space to an underscore is a range.
pub(super) const REPOSITORY: Pattern =
    Pattern::new("^[0-9a-zA-Z -_]+$", "letters, digits, spaces, hyphens and underscores", |text| {
        !text.is_empty() && all(text, |byte| byte.is_ascii_lowercase() || (b' '..=b'_').contains(&byte))
    });

/// A setting of a repository.
pub(super) const WORD: Pattern = Pattern::new("^[0-9a-zA-Z_]+$", "letters, digits and underscores", |text| {
    !text.is_empty() && all(text, is_word)
});

/// The host keys.
pub(super) const HOST_KEY: Pattern = Pattern::new(
    "^(ecdsa|ed25519|rsa)_(public|private|certificate)$",
    "a host key such as `ed25519_private`",
    |text| text.strip_prefix("dsa").is_none() && is_host_key(text),
);

/// The host keys, of the time when DSA was among them.
pub(super) const HOST_KEY_WITH_DSA: Pattern = Pattern::new(
    "^(dsa|ecdsa|ed25519|rsa)_(public|private|certificate)$",
    "a host key such as `ed25519_private`",
    is_host_key,
);

/// A date.
pub(super) static DATE: Pattern = Pattern::format("date", "a date such as `2030-12-31`", is_date);

/// A host name, as jsonschema before 4.0 checks it. Later ones need Python's package `fqdn`, which no distribution
/// has cloud-init depend on.
pub(super) static HOST_NAME: Pattern = Pattern::host_name(|text| {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    (2..=256).contains(&text.len())
        && text.starts_with(|char: char| char.is_ascii_alphanumeric())
        && all(text.strip_suffix('\n').unwrap_or(text), fits)
        && text.split('.').all(|label| label.len() <= 63)
});

fn all(text: &str, fits: impl Fn(u8) -> bool) -> bool {
    text.bytes().all(fits)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_host_key(text: &str) -> bool {
    text.split_once('_').is_some_and(|(kind, part)| {
        ["dsa", "ecdsa", "ed25519", "rsa"].contains(&kind)
            && ["public", "private", "certificate"].contains(&part)
    })
}

fn is_date(text: &str) -> bool {
    let number =
        |range: std::ops::Range<usize>| text.get(range).and_then(|digits| digits.parse::<u32>().ok());
    let form = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    form && year > 0 && (1..=days).contains(&day)
}
