//! A static file server for the built page, on a free loopback port.
//!
//! It answers as a plain static host does: right types, the page's own security headers, and no cache, so that every
//! test sees the files that are on disk.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// Longest request line or header that is read.
const LINE_LIMIT: u64 = 16 * 1024;

/// A running server. It ends with the process.
pub(crate) struct Server {
    address: SocketAddr,
}

impl Server {
    /// Serves a folder from background threads.
    ///
    /// # Errors
    /// When the folder does not exist or no port is free.
    pub(crate) fn start(folder: &Path, headers: &BTreeMap<String, String>) -> Result<Self> {
        let root = fs::canonicalize(folder).with_context(|| format!("cannot serve {}", folder.display()))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no loopback port is free")?;
        let address = listener.local_addr().context("the server has no address")?;
        let mut fixed = String::from("Connection: close\r\nCache-Control: no-store\r\n");
        for (name, value) in headers {
            // Writing to a string cannot fail.
            let _ = write!(fixed, "{name}: {value}\r\n");
        }
        let site = Arc::new(Site { root, fixed });
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&site);
                // A client that goes away in the middle is no trouble of the server's.
                thread::spawn(move || site.answer(stream).ok());
            }
        });
        Ok(Self { address })
    }

    /// The page's address, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// The headers that the page is served with in development, so that both servers send the same.
///
/// # Errors
/// When `Trunk.toml` cannot be read.
pub(crate) fn headers(trunk_toml: &Path) -> Result<BTreeMap<String, String>> {
    #[derive(Default, Deserialize)]
    struct Trunk {
        #[serde(default)]
        serve: Serve,
    }
    #[derive(Default, Deserialize)]
    struct Serve {
        #[serde(default)]
        headers: BTreeMap<String, String>,
    }
    let text =
        fs::read_to_string(trunk_toml).with_context(|| format!("cannot read {}", trunk_toml.display()))?;
    let trunk: Trunk =
        toml::from_str(&text).with_context(|| format!("{} is damaged", trunk_toml.display()))?;
    Ok(trunk.serve.headers)
}

struct Site {
    root: PathBuf,
    fixed: String,
}

impl Site {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let request = read_line(&mut reader)?;
        while !read_line(&mut reader)?.trim_end().is_empty() {}

        let mut words = request.split_whitespace();
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (status, kind, body) = match (method, self.file(target)) {
            ("GET" | "HEAD", Some(path)) => ("200 OK", mime(&path), fs::read(path)?),
            ("GET" | "HEAD", None) => ("404 Not Found", "text/plain; charset=utf-8", b"not found\n".to_vec()),
            _ => ("405 Method Not Allowed", "text/plain; charset=utf-8", b"GET or HEAD only\n".to_vec()),
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{}\r\n",
            body.len(),
            self.fixed
        )?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
        stream.flush()
    }

    /// The file that a request's target names, if it is inside the folder.
    fn file(&self, target: &str) -> Option<PathBuf> {
        let path = target.split(['?', '#']).next()?;
        let path = decode(path)?;
        let mut file = self.root.clone();
        for part in path.strip_prefix('/')?.split('/') {
            match part {
                "" | "." => {}
                ".." => return None,
                part if part.contains(['\\', ':', '\0']) => return None,
                part => file.push(part),
            }
        }
        if file.is_dir() {
            file.push("index.html");
        }
        // Links may lead out of the folder.
        let file = fs::canonicalize(file).ok()?;
        (file.is_file() && file.starts_with(&self.root)).then_some(file)
    }
}

fn read_line(reader: &mut impl BufRead) -> std::io::Result<String> {
    let mut line = String::new();
    reader.take(LINE_LIMIT).read_line(&mut line)?;
    Ok(line)
}

/// Undoes percent encoding; `None` when it is damaged.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The media type that a browser insists on for modules, workers and streaming compilation.
fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "yaml" | "yml" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Server, decode, headers, mime};
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::path::Path;

    #[test]
    fn types_that_browsers_insist_on() {
        assert_eq!(mime(Path::new("a/app_bg.wasm")), "application/wasm");
        assert_eq!(mime(Path::new("worker.js")), "text/javascript; charset=utf-8");
        assert_eq!(mime(Path::new("x.mjs")), "text/javascript; charset=utf-8");
        assert_eq!(mime(Path::new("noextension")), "application/octet-stream");
    }

    #[test]
    fn percent_encoding() {
        assert_eq!(decode("/a%20b").as_deref(), Some("/a b"));
        assert_eq!(decode("/%2e%2E/").as_deref(), Some("/../"));
        assert_eq!(decode("/%e2%82%ac").as_deref(), Some("/€"));
        for damaged in ["%", "%2", "%zz", "%ff"] {
            assert_eq!(decode(damaged), None, "{damaged}");
        }
    }

    fn ask(server: &Server, request: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(server.address)?;
        write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    #[test]
    fn serves_what_is_inside_the_folder_and_nothing_else() -> anyhow::Result<()> {
        let base = std::env::temp_dir().join(format!("xtask-server-{}", std::process::id()));
        let site = base.join("site");
        fs::create_dir_all(site.join("sub"))?;
        fs::write(site.join("index.html"), "<p>home")?;
        fs::write(site.join("sub/index.html"), "<p>sub")?;
        fs::write(base.join("secret"), "secret")?;
        #[cfg(unix)]
        std::os::unix::fs::symlink(base.join("secret"), site.join("link"))?;
        let server = Server::start(&site, &BTreeMap::from([("X-Test".to_owned(), "yes".to_owned())]))?;

        let home = ask(&server, "GET /?q=1")?;
        let outside = [
            "/../secret",
            "/%2e%2e/secret",
            "/sub/../../secret",
            "/..%5csecret",
            "/link",
            "secret",
            "//secret",
        ]
        .map(|target| (target, ask(&server, &format!("GET {target}"))));
        let sub = ask(&server, "GET /sub/")?;
        let head = ask(&server, "HEAD /")?;
        let post = ask(&server, "POST /")?;
        fs::remove_dir_all(&base)?;

        assert!(home.starts_with("HTTP/1.1 200 OK\r\n") && home.ends_with("\r\n\r\n<p>home"), "{home}");
        assert!(home.contains("X-Test: yes\r\n") && home.contains("Cache-Control: no-store\r\n"), "{home}");
        assert!(sub.ends_with("<p>sub"), "{sub}");
        assert!(head.contains("Content-Length: 7\r\n") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(post.starts_with("HTTP/1.1 405"), "{post}");
        for (target, answer) in outside {
            assert!(answer?.starts_with("HTTP/1.1 404"), "{target}");
        }
        Ok(())
    }

    #[test]
    fn headers_are_those_of_the_project() -> anyhow::Result<()> {
        let headers = headers(&crate::workspace::root().join("Trunk.toml"))?;
        assert!(headers.contains_key("X-Content-Type-Options"));
        Ok(())
    }
}
