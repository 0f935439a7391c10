//! A server on 127.0.0.1 that does what a test says, wrong things above all.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
    /// How many requests for the path came before.
    pub(crate) before: usize,
}

/// What is answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// The connection ends after so many bytes of the body.
    pub(crate) cut: Option<usize>,
    /// How long to wait at the cut, before the rest is sent.
    pub(crate) pause: Option<Duration>,
    /// At the cut, nothing more is sent before this can be locked.
    pub(crate) hold: Option<Arc<Mutex<()>>>,
    /// What is told as the length of the body, whether it is true or not.
    pub(crate) length: Option<u64>,
    /// The body is sent again and again, without a length.
    pub(crate) is_endless: bool,
    /// How long to wait after each byte.
    pub(crate) drip: Option<Duration>,
}

pub(crate) struct Server {
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

type Handler = dyn Fn(&Request) -> Option<Reply> + Send + Sync;

impl Server {
    /// Serves files; where `special` answers, it is as that says.
    pub(crate) fn start(
        files: BTreeMap<String, Vec<u8>>,
        special: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (log, handler, files) = (Arc::clone(&requests), Arc::new(special), Arc::new(files));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, handler, files) = (Arc::clone(&log), Arc::clone(&handler), Arc::clone(&files));
                thread::spawn(move || serve(stream, &log, &*handler, &files));
            }
        });
        Self { address, requests }
    }

    /// What was asked for below a path that ends so.
    pub(crate) fn requests(&self, end: &str) -> Vec<Request> {
        let all = self.requests.lock().expect("the requests");
        all.iter().filter(|request| request.path.ends_with(end)).cloned().collect()
    }
}

fn serve(stream: TcpStream, log: &Mutex<Vec<Request>>, special: &Handler, files: &BTreeMap<String, Vec<u8>>) {
    let Some(mut request) = read(&stream) else { return };
    {
        let mut log = log.lock().expect("the requests");
        request.before = log.iter().filter(|earlier| earlier.path == request.path).count();
        log.push(request.clone());
    }
    let reply = special(&request).unwrap_or_else(|| file(&request, files));
    // Whoever is no longer there does not matter.
    let _ = answer(stream, &reply);
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_lowercase(), value.to_owned()))
    });
    Some(Request { path, headers: headers.collect(), before: 0 })
}

/// As a good server does it, with parts.
pub(crate) fn file(request: &Request, files: &BTreeMap<String, Vec<u8>>) -> Reply {
    match files.get(&request.path) {
        Some(bytes) => with_parts(request, bytes, "\"one\""),
        None => Reply { status: 404, body: b"<!DOCTYPE html>not found".to_vec(), ..Reply::default() },
    }
}

/// A file with parts, in the state that `tag` names.
pub(crate) fn with_parts(request: &Request, bytes: &[u8], tag: &str) -> Reply {
    let range = request
        .headers
        .get("range")
        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let same = request.headers.get("if-range").is_none_or(|wanted| wanted == tag);
    let etag = ("ETag", tag.to_owned());
    match range.filter(|start: &usize| same && *start < bytes.len()) {
        Some(start) => {
            let span = format!("bytes {start}-{}/{}", bytes.len() - 1, bytes.len());
            Reply {
                status: 206,
                headers: vec![etag, ("Content-Range", span)],
                body: bytes[start..].to_vec(),
                ..Reply::default()
            }
        }
        None => Reply { status: 200, headers: vec![etag], body: bytes.to_vec(), ..Reply::default() },
    }
}

fn answer(mut stream: TcpStream, reply: &Reply) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} x\r\nConnection: close\r\n", reply.status);
    if !reply.is_endless {
        head += &format!("Content-Length: {}\r\n", reply.length.unwrap_or(reply.body.len() as u64));
    }
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    if let Some(pause) = reply.drip {
        for byte in &reply.body {
            stream.write_all(&[*byte])?;
            thread::sleep(pause);
        }
        return Ok(());
    }
    if reply.is_endless {
        // It ends when nobody reads it any more.
        loop {
            stream.write_all(&reply.body)?;
        }
    }
    let cut = reply.cut.unwrap_or(reply.body.len());
    stream.write_all(&reply.body[..cut])?;
    stream.flush()?;
    if let Some(hold) = &reply.hold {
        drop(hold.lock().expect("the end of the hold"));
    } else if let Some(pause) = reply.pause {
        thread::sleep(pause);
    } else {
        return Ok(());
    }
    stream.write_all(&reply.body[cut..])
}
