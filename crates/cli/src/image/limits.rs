//! How long a server may take, and how much it may send.

use std::io::{Read, Take};
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use crate::args::LimitArgs;

pub(super) struct Limits {
    /// For a connection, the beginning of an answer, each piece of a file, and all of a small file.
    pub(super) timeout: Duration,
    /// Bytes per second, over the span of a timeout.
    min_speed: u64,
    /// Of a file, in bytes.
    max_size: u64,
    max_time: Duration,
    started: Instant,
}

impl Limits {
    /// The clock begins to run.
    pub(super) fn new(args: &LimitArgs) -> Self {
        Self {
            timeout: Duration::from_secs(args.timeout),
            min_speed: args.min_speed,
            max_size: args.max_size.saturating_mul(1 << 20),
            max_time: Duration::from_secs(args.max_time),
            started: Instant::now(),
        }
    }

    /// What is left of the total time.
    pub(super) fn left(&self) -> Result<Duration> {
        let left = self.max_time.saturating_sub(self.started.elapsed());
        if left.is_zero() {
            bail!("it took longer than {} s; `--max-time` allows more", self.max_time.as_secs());
        }
        Ok(left)
    }

    pub(super) fn check_size(&self, bytes: u64) -> Result<()> {
        ensure!(
            bytes <= self.max_size,
            "the file has more than {} MiB; `--max-size` allows more",
            self.max_size >> 20
        );
        Ok(())
    }

    /// Reads no further than is needed to see that the size is not allowed.
    pub(super) fn cut_off<R: Read>(&self, data: R) -> Take<R> {
        data.take(self.max_size.saturating_add(1))
    }

    /// As many bytes in one connection are progress, which more attempts are worth.
    pub(super) fn is_progress(&self, bytes: u64) -> bool {
        bytes >= self.in_a_timeout().max(1)
    }

    fn in_a_timeout(&self) -> u64 {
        self.min_speed.saturating_mul(self.timeout.as_secs())
    }
}

/// Watches the speed of a download.
pub(super) struct Pace<'a> {
    limits: &'a Limits,
    since: Instant,
    bytes: u64,
}

impl<'a> Pace<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, since: Instant::now(), bytes: 0 }
    }

    /// Takes note of so many bytes more.
    ///
    /// # Errors
    /// When too few came in too long a time.
    pub(super) fn advance(&mut self, bytes: u64) -> Result<()> {
        self.bytes += bytes;
        if self.since.elapsed() < self.limits.timeout {
            return Ok(());
        }
        ensure!(
            self.bytes >= self.limits.in_a_timeout(),
            "the server sends fewer than {} bytes per second (`--min-speed`)",
            self.limits.min_speed
        );
        *self = Self::new(self.limits);
        Ok(())
    }
}
