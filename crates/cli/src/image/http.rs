//! HTTP as far as it is needed: one request, with the part of a file that is wanted; and when to try again.

use std::io::{self, Read};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use ureq::http::{Response, header};
use ureq::{Agent, Body};

use super::limits::Limits;
use crate::args::LimitArgs;
use crate::remark;

/// An image is where the channel says, or a mirror or two away.
const REDIRECTS: u32 = 10;

pub(super) struct Http {
    agent: Agent,
    retries: u32,
    pub(super) limits: Limits,
}

/// A failure that may go away by itself, or not.
pub(super) enum Trouble {
    /// Try again.
    Passing(anyhow::Error),
    /// Trying again is of no use.
    Lasting(anyhow::Error),
}

/// The answer to a request for a file.
pub(super) enum Answer {
    NotThere,
    /// From `start` on.
    Data(Data),
}

pub(super) struct Data {
    pub(super) start: u64,
    /// The length of the whole file, where it is known.
    pub(super) total: Option<u64>,
    /// What names this state of the file, for the next request.
    pub(super) validator: Option<String>,
    pub(super) body: Box<dyn Read>,
}

impl Http {
    pub(super) fn new(args: &LimitArgs) -> Self {
        let limits = Limits::new(args);
        let timeout = Some(limits.timeout);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(timeout)
            .timeout_recv_response(timeout)
            .timeout_per_read(timeout)
            .timeout_per_write(timeout)
            .max_redirects(REDIRECTS)
            .user_agent(concat!("dryboot/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.new_agent(), retries: args.retries, limits }
    }

    /// A file of a few bytes; none when it is not there.
    pub(super) fn small(&self, url: &str, limit: usize) -> Result<Option<Vec<u8>>> {
        let mut attempt = 0;
        loop {
            let trouble = match self.try_small(url, limit) {
                Ok(found) => return found,
                Err(error) => error,
            };
            self.wait(&mut attempt, trouble).with_context(|| format!("cannot get {url}"))?;
        }
    }

    fn try_small(&self, url: &str, limit: usize) -> Result<Result<Option<Vec<u8>>>, anyhow::Error> {
        let too_long =
            || anyhow!("{url} has more than {limit} bytes, which is too large for this kind of file");
        let data = match self.request(url, 0, None, self.limits.timeout) {
            Ok(Answer::NotThere) => return Ok(Ok(None)),
            Ok(Answer::Data(data)) => data,
            Err(Trouble::Passing(error)) => return Err(error),
            Err(Trouble::Lasting(error)) => return Ok(Err(error)),
        };
        if data.total.is_some_and(|total| total > limit as u64) {
            return Ok(Err(too_long()));
        }
        let mut bytes = Vec::new();
        data.body.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(network)?;
        Ok(if bytes.len() <= limit { Ok(Some(bytes)) } else { Err(too_long()) })
    }

    /// Waits before the next attempt, longer each time; gives up with the trouble after the last.
    pub(super) fn wait(&self, attempt: &mut u32, trouble: anyhow::Error) -> Result<()> {
        if *attempt >= self.retries {
            return Err(trouble);
        }
        let delay = Duration::from_millis(250 << (*attempt).min(7));
        let delay = match self.limits.left() {
            Ok(left) => delay.min(left),
            Err(over) => return Err(trouble.context(over)),
        };
        *attempt += 1;
        remark(&format!("{trouble:#}; trying again in {:.1} s", delay.as_secs_f64()));
        sleep(delay);
        Ok(())
    }

    /// Asks for a file from `start` on, if it is still the one that `validator` names; else for all of it.
    pub(super) fn get(&self, url: &str, start: u64, validator: Option<&str>) -> Result<Answer, Trouble> {
        self.request(url, start, validator, Duration::MAX)
    }

    /// The same, with a limit for all of the answer.
    fn request(
        &self,
        url: &str,
        start: u64,
        validator: Option<&str>,
        limit: Duration,
    ) -> Result<Answer, Trouble> {
        let limit = self.limits.left().map_err(Trouble::Lasting)?.min(limit);
        let request = self.agent.get(url).config().timeout_global(Some(limit)).build();
        let mut request = request.header(header::ACCEPT_ENCODING, "identity");
        if start > 0 {
            request = request.header(header::RANGE, format!("bytes={start}-"));
            if let Some(validator) = validator {
                request = request.header(header::IF_RANGE, validator);
            }
        }
        let response = request.call().map_err(|error| {
            let lasting = matches!(
                error,
                ureq::Error::BadUri(_)
                    | ureq::Error::TooManyRedirects
                    | ureq::Error::RedirectFailed
                    | ureq::Error::Http(_)
            );
            let error = anyhow!(error).context(format!("cannot get {url}"));
            if lasting { Trouble::Lasting(error) } else { Trouble::Passing(error) }
        })?;
        let status = response.status().as_u16();
        match status {
            200 => Ok(Answer::Data(data(response, 0, None))),
            206 => partial(response, start).map_err(Trouble::Passing),
            404 | 410 => Ok(Answer::NotThere),
            // The file is not longer than what is there, or another now.
            416 if start > 0 => self.request(url, 0, None, limit),
            408 | 425 | 429 | 500..=599 => Err(Trouble::Passing(anyhow!("{url} answers with {status}"))),
            _ => Err(Trouble::Lasting(anyhow!("{url} answers with {status}"))),
        }
    }
}

fn text(response: &Response<Body>, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

fn data(response: Response<Body>, start: u64, total: Option<u64>) -> Data {
    let length = text(&response, header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    let total = total.or_else(|| length.and_then(|length| length.checked_add(start)));
    // A weak tag says nothing about bytes.
    let tag = text(&response, header::ETAG).filter(|tag| !tag.starts_with("W/"));
    let validator = tag.or_else(|| text(&response, header::LAST_MODIFIED)).map(str::to_owned);
    Data { start, total, validator, body: Box::new(response.into_body().into_reader()) }
}

/// The answer with a part: `Content-Range: bytes START-END/TOTAL`.
fn partial(response: Response<Body>, wanted: u64) -> Result<Answer> {
    let range = text(&response, header::CONTENT_RANGE).and_then(|range| range.strip_prefix("bytes "));
    let (span, total) =
        range.and_then(|range| range.split_once('/')).context("the server sent a part without a range")?;
    let start = span.split('-').next().and_then(|start| start.parse::<u64>().ok());
    ensure!(start == Some(wanted), "the server sent a different part than the one requested");
    let total = total.parse().ok();
    Ok(Answer::Data(data(response, wanted, total)))
}

/// Whether a failure while reading is one of the network.
pub(super) fn network(error: io::Error) -> anyhow::Error {
    anyhow!(error).context("the connection was lost")
}
