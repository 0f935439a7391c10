//! `net/url.ParseRequestURI` of Go, as far as the verdict goes: an absolute URI or a rooted path.

/// Whether Go accepts `raw` as a request URI.
pub(crate) fn is_request_uri(raw: &str) -> bool {
    if raw.is_empty() || raw.bytes().any(|byte| byte < b' ' || byte == 0x7F) {
        return false;
    }
    if raw == "*" {
        return true;
    }
    let Some((scheme, rest)) = split_scheme(raw) else { return false };
    let rest = rest.split('?').next().unwrap_or_default();
    if !rest.starts_with('/') {
        return scheme.is_some();
    }
    let path = match (scheme, rest.strip_prefix("//")) {
        (Some(_), Some(after)) => {
            let end = after.find('/').unwrap_or(after.len());
            if !is_authority(&after[..end]) {
                return false;
            }
            &after[end..]
        }
        _ => rest,
    };
    escapes_are_valid(path)
}

/// The scheme, if there is one, and what follows its colon; none when a colon comes first.
fn split_scheme(raw: &str) -> Option<(Option<&str>, &str)> {
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return None,
            b':' => return Some((Some(&raw[..at]), &raw[at + 1..])),
            _ => break,
        }
    }
    Some((None, raw))
}

fn is_authority(authority: &str) -> bool {
    match authority.rsplit_once('@') {
        None => is_host(authority),
        Some((user, host)) => {
            let user_fits = user
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte));
            is_host(host) && user_fits && escapes_are_valid(user)
        }
    }
}

fn is_host(host: &str) -> bool {
    let port_fits = |port: &str| {
        port.is_empty() || (port.starts_with(':') && port[1..].bytes().all(|byte| byte.is_ascii_digit()))
    };
    if host.starts_with('[') {
        let Some(end) = host.rfind(']') else { return false };
        return port_fits(&host[end + 1..]) && host_bytes_fit(&host[..=end].replace("%25", ""));
    }
    let port = host.rfind(':').map_or("", |at| &host[at..]);
    port_fits(port) && host_bytes_fit(host)
}

/// A host may hold anything that is not ASCII, escaped or not, and these characters.
fn host_bytes_fit(host: &str) -> bool {
    let bytes = host.as_bytes();
    escapes_are_valid(host)
        && bytes.iter().enumerate().all(|(at, &byte)| match byte {
            b'%' => bytes.get(at + 1).is_some_and(|high| (b'8'..=b'f').contains(&high.to_ascii_lowercase())),
            0x80.. => true,
            _ => byte.is_ascii_alphanumeric() || b"!$&'()*+,;=:[]<>\"-_.~".contains(&byte),
        })
}

fn escapes_are_valid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, &byte)| {
        byte != b'%' || bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::is_request_uri;

    #[test]
    fn what_go_accepts_is_accepted() {
        for good in [
            "https://discovery.etcd.io/abc",
            "http://[::1]:80/x",
            "/rooted",
            "mailto:x",
            "http://",
            "a:b",
            "*",
            "http://user:p%20w@host/",
            "http://host:/x",
            "http://ä/",
            "http://h/x y",
        ] {
            assert!(is_request_uri(good), "{good}");
        }
        for bad in [
            "",
            "discovery.etcd.io/abc",
            ":x",
            "http://ho st/",
            "http://h:port/",
            "http://h/%zz",
            "http://[::1/",
            "http://h%41/",
            "abc",
            "?x",
            "http://a\u{7f}/",
        ] {
            assert!(!is_request_uri(bad), "{bad}");
        }
    }
}
