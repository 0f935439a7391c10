//! What looks like a secret. Better to miss one than to call something harmless a secret; the
//! secrets themselves never go into a message.

use std::ops::Range;

/// Whether a text holds a secret anywhere, also where no rule reads, as in a script.
#[must_use]
pub fn any(text: &str) -> bool {
    private_key(text).is_some()
        || aws_secret(text).is_some()
        // In JSON and in flow collections several stand on one line.
        || text.split(['\n', '{', '}', '[', ']', ',']).any(|piece| assignment(piece).is_some())
        || !settings(text).is_empty()
        || !url_passwords(text).is_empty()
}

/// The first line of a private key that is not encrypted.
pub fn private_key(text: &str) -> Option<Range<usize>> {
    const BEGIN: &str = "-----BEGIN ";
    // Most texts have none, which is the cheaper question.
    let mut start = text.find(BEGIN).map(|at| text[..at].rfind('\n').map_or(0, |end| end + 1))?;
    for line in text[start..].split_inclusive('\n') {
        let below = &text[start + line.len()..];
        let found = line.match_indices(BEGIN).find_map(|(at, _)| {
            let kind = line[at + BEGIN.len()..].split("-----").next().unwrap_or_default().trim_end();
            let is_private = kind.ends_with("PRIVATE KEY") || kind.ends_with("PRIVATE KEY BLOCK");
            (is_private && !kind.starts_with("ENCRYPTED")).then_some((at, kind.len()))
        });
        if let Some((at, length)) = found.filter(|_| is_key(below)) {
            let frame = at + BEGIN.len() + length;
            let end = frame + if line[frame..].starts_with("-----") { 5 } else { 0 };
            return Some(start + at..start + end);
        }
        start += line.len();
    }
    None
}

/// Whether a key that can be read stands below its first line. Where only the frame stands, something
/// else fills in the key.
fn is_key(below: &str) -> bool {
    let body = below.trim_start();
    let encrypted = below.lines().take(2).any(|line| line.contains("ENCRYPTED"));
    !encrypted && body.len() >= 24 && !body.starts_with(['<', '$', '.', '{', '-'])
}

/// What the public half of an AWS access key begins with.
const IDS: [&str; 2] = ["AKIA", "ASIA"];

/// The secret half of an AWS access key, when the other half stands there, too.
pub fn aws_secret(text: &str) -> Option<Range<usize>> {
    if !IDS.iter().any(|id| text.contains(id)) {
        return None;
    }
    let has_id = words(text).any(|word| {
        let word = &text[word];
        word.len() == 20
            && IDS.iter().any(|id| word.starts_with(id))
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    });
    let is_secret = |word: &Range<usize>| {
        let word = &text[word.clone()];
        word.len() == 40 && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    has_id.then(|| words(text).find(is_secret))?
}

/// Runs of the characters of base64.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, '+' | '/')))
        .filter(|word| !word.is_empty())
        .map(move |word| start_of(word)..start_of(word) + word.len())
}

const NAMES: [&str; 9] = [
    "password",
    "secret_key",
    "client_secret",
    "api_key",
    "apikey",
    "access_token",
    "auth_token",
    "private_token",
    "secret_access_key",
];

/// `NAME=value` and `name: value` where the name says that it is a secret and the value is one.
pub fn assignments(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((name, value)) = assignment(line) {
            found.push((name, start + value.start..start + value.end));
        }
        start += line.len();
    }
    found
}

/// The same anywhere in a line, as units have it: `Environment=NAME=value`, `--name=value`.
pub fn settings(text: &str) -> Vec<(&str, Range<usize>)> {
    // Most texts have none, which is the cheaper question.
    if !text.contains('=') {
        return Vec::new();
    }
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let is_said = |line: &&str| !line.trim_start().starts_with(['#', ';']);
    let words =
        text.lines().filter(is_said).flat_map(str::split_whitespace).filter(|word| word.contains('='));
    words
        .filter_map(|word| {
            let word = word.strip_prefix("Environment=").unwrap_or(word);
            let start = start_of(word);
            let (name, value) = assignment(word)?;
            Some((name.trim_start_matches('-'), start + value.start..start + value.end))
        })
        .collect()
}

fn assignment(line: &str) -> Option<(&str, Range<usize>)> {
    let at = line.bytes().position(|byte| matches!(byte, b'=' | b':'))?;
    let left = line[..at].trim().trim_matches(['"', '\'']);
    // Few names end so, and that is the cheaper question.
    if !NAMES.iter().any(|secret| ends_with(left, secret)) {
        return None;
    }
    let name = left.trim_start_matches("export ").trim_start().trim_start_matches(['"', '\'']);
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)) {
        return None;
    }
    let right = &line[at + 1..];
    let value = right.trim().trim_end_matches([',', ';']).trim_matches(['"', '\'']);
    let start = line.len() - right.len() + right.find(value)?;
    is_literal(value).then(|| (name, start..start + value.len()))
}

/// Whether a name ends with these words, in whatever case and with whatever between them.
fn ends_with(name: &str, words: &str) -> bool {
    let same = |byte: u8| if matches!(byte, b'-' | b'.') { b'_' } else { byte.to_ascii_lowercase() };
    let start = name.len().checked_sub(words.len());
    start.is_some_and(|start| name.bytes().skip(start).map(same).eq(words.bytes()))
}

/// Whether a value is a secret, rather than a reference to one or a word to be replaced.
fn is_literal(value: &str) -> bool {
    let says_something = value.bytes().any(|byte| byte.is_ascii_digit()) || value.len() >= 16;
    value.len() >= 6
        && says_something
        && !value.starts_with('/')
        && !value.contains(|char: char| char.is_whitespace() || "$<>{}()%`*".contains(char))
}

/// `user:password` in URLs.
pub fn url_passwords(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most texts have none, which is the cheaper question.
    if !text.contains('@') {
        return found;
    }
    for (at, mark) in text.match_indices("://") {
        let start = at + mark.len();
        let rest = &text[start..];
        let end = rest.find(|char: char| char.is_whitespace() || "/?#\"'<>`)(,".contains(char));
        let authority = &rest[..end.unwrap_or(rest.len())];
        let Some((user, _)) = authority.rsplit_once('@') else { continue };
        let Some((name, password)) = user.split_once(':') else { continue };
        let is_reference = password.contains(['$', '{', '%', '*']) || name.contains(['$', '{']);
        let is_example = ["password", "passwd", "pass", "secret", "xxx"]
            .iter()
            .any(|word| password.eq_ignore_ascii_case(word));
        if !password.is_empty() && !is_reference && !is_example {
            found.push(start..start + user.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_keys_are_found_and_certificates_are_not() {
        let key = "x\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75b3lqPq\n";
        assert_eq!(private_key(key).map(|range| &key[range]), Some("-----BEGIN RSA PRIVATE KEY-----"));
        for other in [
            "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA75b3lqPq\n",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75b3lqPq\n",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nMIIEpAIBAAKCAQEA75b3lqPq\n",
            "-----BEGIN RSA PRIVATE KEY-----\n<your key goes here, please>\n",
            "-----BEGIN PRIVATE KEY",
        ] {
            assert_eq!(private_key(other), None, "{other}");
        }
    }

    #[test]
    fn assignments_need_a_name_and_a_value_that_tell() {
        let found = |text| assignments(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(found("A=b\nDB_PASSWORD=hunter22\n"), ["DB_PASSWORD"]);
        assert_eq!(found("  \"api-key\": \"0123456789abcdef\","), ["api-key"]);
        for harmless in [
            "PASSWORD=$(cat /run/secret1)",
            "password=/run/secrets/db1",
            "passwd: compat",
            "password: changeme",
            "initial-cluster-token: etcd-cluster-1",
            "password: <your password 1>",
        ] {
            assert!(found(harmless).is_empty(), "{harmless}");
        }
    }

    #[test]
    fn settings_stand_anywhere_in_a_unit() {
        let found = |text| settings(text).into_iter().map(|(name, at)| (name, &text[at])).collect::<Vec<_>>();
        let text = "[Service]\nEnvironment=A=1 \"DB_PASSWORD=hunter22\"\nEnvironment=API_KEY=abc1234\n\
                    ExecStart=/opt/bin/run --password=hunter33 -e X\n";
        let secrets = [("DB_PASSWORD", "hunter22"), ("API_KEY", "abc1234"), ("password", "hunter33")];
        assert_eq!(found(text), secrets);
        for harmless in [
            "EnvironmentFile=/run/password1",
            "ExecStart=/opt/bin/run --password=${PASSWORD1} --password-file=/run/p1",
            "ExecStart=/opt/bin/run --password=%i",
            "# DB_PASSWORD=hunter22",
        ] {
            assert!(found(harmless).is_empty(), "{harmless}");
        }
    }

    #[test]
    fn passwords_in_urls_are_found() {
        let found =
            |text: &str| url_passwords(text).into_iter().map(|range| text[range].to_owned()).collect();
        let one: Vec<String> = found("get https://me:s3cr3t@host/x now");
        assert_eq!(one, ["me:s3cr3t"]);
        for harmless in [
            "http://host:80/",
            "http://me@host/",
            "http://a/b:c@d",
            "http://u:$P@h/",
            "http://user:password@h/",
        ] {
            assert!(url_passwords(harmless).is_empty(), "{harmless}");
        }
    }

    #[test]
    fn half_an_aws_key_is_no_secret() {
        let id = "AKIAIOSFODNN7EXAMPLE";
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        assert_eq!(aws_secret(&format!("id={id}")), None);
        assert_eq!(aws_secret(&format!("secret={secret}")), None);
        assert!(aws_secret(&format!("id={id}\nsecret={secret}\n")).is_some());
    }
}
