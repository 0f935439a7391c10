//! The image on its way from the network to the disk, across lost connections.

use std::io::Read;
use std::path::Path;

use anyhow::{Result, anyhow};

use super::http::{Answer, Data, Http, Trouble, network};
use super::limits::{Limits, Pace};
use super::own;
use super::part::Part;
use crate::remark;
use crate::verify::Meter;

pub(super) struct Download<'a> {
    pub(super) http: &'a Http,
    pub(super) url: &'a str,
    pub(super) directory: &'a Path,
    /// Of the part, which is hidden.
    pub(super) name: &'a str,
    /// Of the image, at last.
    pub(super) place: &'a Path,
}

/// A download under way.
struct Run {
    part: Part,
    /// How much is there.
    at: u64,
    validator: Option<String>,
}

impl Download<'_> {
    /// Downloads all of the file. What is there after a failure serves the next run.
    pub(super) fn run(&self) -> Result<Part> {
        let (mut part, validator) = Part::open(self.directory, self.name, self.url)?;
        let at = part.resume()?;
        // A run that had the part until now may have put the image there.
        if let Err(error) = own::check_free(self.place) {
            if at == 0 {
                part.discard();
            }
            return Err(error);
        }
        if at > 0 {
            remark(&format!("resuming after {at} bytes from an earlier run"));
        }
        let mut run = Run { part, at, validator };
        let mut attempt = 0;
        loop {
            let before = run.at;
            let trouble = match self.attempt(&mut run) {
                Ok(()) => break,
                Err(Trouble::Passing(error)) => error,
                Err(Trouble::Lasting(error)) => {
                    // Nothing was learned that the next run could use: the disk may be full.
                    run.part.discard();
                    return Err(error);
                }
            };
            if self.http.limits.is_progress(run.at.saturating_sub(before)) {
                attempt = 0;
            }
            if let Err(error) = self.http.wait(&mut attempt, trouble) {
                let there = run.at;
                let advice = match (there, &run.validator) {
                    (0, _) => {
                        run.part.discard();
                        return Err(error);
                    }
                    (_, Some(_)) => "run the command again to resume",
                    (_, None) => {
                        "the server does not identify the version of the file, so the next run starts over"
                    }
                };
                return Err(error.context(format!("the download ended after {there} bytes; {advice}")));
            }
        }
        Ok(run.part)
    }

    /// One request, to the end of the file.
    fn attempt(&self, run: &mut Run) -> Result<(), Trouble> {
        // Without a name for the state of the file, a part could be one of another; then all of it comes again.
        let start = if run.validator.is_some() { run.at } else { 0 };
        let data = match self.http.get(self.url, start, run.validator.as_deref())? {
            Answer::Data(data) => data,
            Answer::NotThere => return Err(Trouble::Lasting(anyhow!("{} does not exist (404)", self.url))),
        };
        // An answer without one is to the condition that we have set.
        let changed = data.start > 0 && data.validator.is_some() && data.validator != run.validator;
        if changed {
            run.validator = None;
            return Err(Trouble::Passing(anyhow!("{} has changed during the download", self.url)));
        }
        if data.start == 0 {
            if run.at > 0 {
                remark("the file has changed, or the server does not support resuming: starting over");
            }
            run.part.restart(data.validator.as_deref(), self.url).map_err(Trouble::Lasting)?;
            run.at = 0;
            run.validator.clone_from(&data.validator);
        }
        receive(data, run, &self.http.limits)
    }
}

fn receive(mut data: Data, run: &mut Run, limits: &Limits) -> Result<(), Trouble> {
    limits.check_size(data.total.unwrap_or_default()).map_err(Trouble::Lasting)?;
    let mut pace = Pace::new(limits);
    let meter = Meter::new(data.total, run.at);
    let mut buffer = vec![0; 1 << 17];
    loop {
        let count = match data.body.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) => return Err(Trouble::Passing(network(error))),
        };
        let reached = run.at + count as u64;
        limits.check_size(reached).map_err(Trouble::Lasting)?;
        if let Some(total) = data.total.filter(|total| reached > *total) {
            return Err(Trouble::Passing(anyhow!(
                "the server sends more than the {total} bytes that it announced"
            )));
        }
        run.part.write(&buffer[..count]).map_err(Trouble::Lasting)?;
        run.at = reached;
        meter.advance(count);
        pace.advance(count as u64).map_err(Trouble::Passing)?;
    }
    match data.total {
        Some(total) if total != run.at => {
            Err(Trouble::Passing(anyhow!("the connection was lost after {} of {total} bytes", run.at)))
        }
        _ => Ok(()),
    }
}
